"""Where texts and tables break, and what goes on the next slide: cases of known widths, heights and places."""

from __future__ import annotations

from typing import Any

import pytest
from pptx import Presentation

from scorecard.pack.powerpoint.draw import Drawer, _notes
from scorecard.pack.powerpoint.layout import (
    Box,
    LaidText,
    PlacedTable,
    first_page,
    pages,
    para_lines,
    room_of,
    style_size,
    text_height,
)
from scorecard.pack.powerpoint.parts import DeckCell, DeckColumn, Plan, SideBySide, TablePart, TextPart, labelled, para
from scorecard.pack.powerpoint.tables import (
    SIDE,
    LaidTable,
    column_widths,
    group_names,
    heading_height,
    lay_table,
    names_group,
    rest_of,
    row_height,
    table_xml,
)
from scorecard.pack.powerpoint.template import _meet
from scorecard.pack.powerpoint.text_metrics import (
    ARIAL,
    OTHER,
    WIDER,
    Typeface,
    cut_to,
    line_ends,
    lines_of,
    longest_word,
    text_width,
    typeface,
)

SIZE = 12.0
LINE = SIZE * 1.2  # a line of Arial
ROW = LINE + 2 * 1.5  # a row of one line
COLUMNS = (DeckColumn("Measure", 3), DeckColumn("Latest", 1, right=True))


def row(name: str, figure: str = "1") -> tuple[DeckCell, ...]:
    return DeckCell(name), DeckCell(figure)


def group(name: str) -> tuple[DeckCell, ...]:
    return DeckCell(name, strong=True), DeckCell("")


def table(*rows: tuple[DeckCell, ...], total: bool = False) -> TablePart:
    return TablePart("Rows", COLUMNS, rows, total)


def laid(part: TablePart, rows_high: float, fresh: bool = False) -> tuple[LaidTable | None, int]:
    """A table laid in a room as high as its heading and so many rows of one line."""
    return lay_table(part, 400, ROW * (1 + rows_high) + 0.01, SIZE, ARIAL, fresh)


def names(made: LaidTable | None) -> list[str]:
    return [] if made is None else [cells[0].text for cells in made.part.rows]


@pytest.mark.parametrize(
    ("text", "units"),
    [("Hi", 944), ("i", 222), ("é", 556), ("e\u0301", 556), ("漢", 1000), ("ł", 222), ("W@", 944 + 1015), ("", 0)],
)
def test_a_text_is_as_wide_as_arial_has_its_letters_and_a_little_more(text: str, units: int) -> None:
    assert text_width(text, 10) == pytest.approx(units / 100 * 1.03)
    assert text_width(text, 10, bold=True) == pytest.approx(units / 100 * 1.03 * 1.1)
    assert text_width(text, 20, Typeface(1.22)) == pytest.approx(units / 50 * 1.03 * 1.22)


@pytest.mark.parametrize(
    ("fonts", "face"),
    [
        ([], ARIAL),
        (["Calibri"], ARIAL),
        (["Tahoma", "Segoe UI"], Typeface(1.06, 1.36)),
        (["Verdana", "Papyrus"], Typeface(WIDER["Verdana"].width, OTHER.line)),
        (["Papyrus"], OTHER),
    ],
)
def test_of_several_fonts_the_widest_and_the_highest_count(fonts: list[str], face: Typeface) -> None:
    assert typeface(fonts) == face


def test_the_longest_word_counts_not_the_last() -> None:
    assert longest_word("a longest one", 10) == text_width("longest", 10)
    assert longest_word("", 10) == 0


@pytest.mark.parametrize(
    ("room", "lines"),
    [
        ("one two three", ["one two three"]),
        ("one two thre", ["one two", "three"]),
        ("three", ["one", "two", "three"]),
        ("one", ["one", "two", "thr", "ee"]),
    ],
)
def test_lines_are_as_full_as_may_be(room: str, lines: list[str]) -> None:
    """The room is as wide as a text, and no wider."""
    ends = line_ends("one two three", text_width(room, SIZE), SIZE)
    made = ["one two three"[start:end].strip() for start, end in zip([0, *ends], ends, strict=False)]
    assert made == lines
    assert lines_of("one two three", text_width(room, SIZE), SIZE) == len(lines)


@pytest.mark.parametrize(
    ("lines", "cut"),
    [(1, "one tw…"), (2, "one two three f…"), (3, "one two three four five six")],
)
def test_what_is_over_is_cut_within_its_last_line(lines: int, cut: str) -> None:
    room = text_width("three four", SIZE)  # two words a line
    assert cut_to("one two three four five six", lines, room, SIZE) == cut


def test_a_name_of_rows_is_known_by_its_first_cell_alone() -> None:
    assert names_group(group("Care"))
    assert not names_group(row("Care"))
    assert not names_group((DeckCell("Care"), DeckCell("")))  # not strong
    assert not names_group((DeckCell("Care", strong=True),))  # one column names nothing
    assert not names_group((DeckCell("Care", strong=True), DeckCell("", symbol="●")))
    assert list(group_names([group("Care"), row("a"), group("Homes (continued)")])) == ["Care", "Homes"]


@pytest.mark.parametrize(
    ("rows_high", "shown"),
    [
        (0.5, []),
        (1, ["Care"]),
        (2, ["Care", "a"]),
        (3, ["Care", "a", "b"]),
        (4, ["Care", "a", "b"]),  # a name stands with what it names
        (5, ["Care", "a", "b", "Homes", "c"]),
    ],
)
def test_as_many_rows_are_laid_as_there_is_room_for(rows_high: float, shown: list[str]) -> None:
    part = table(group("Care"), row("a"), row("b"), group("Homes"), row("c"))
    made, count = laid(part, rows_high)
    assert (names(made), count) == (shown, len(shown))
    if made is not None:
        assert made.heights == pytest.approx([ROW] * (1 + len(shown)))
        assert (made.height, made.width) == (pytest.approx(ROW * (1 + len(shown))), pytest.approx(400))


@pytest.mark.parametrize(
    ("laid_rows", "rest"),
    [
        (2, ["Care (continued)", "b", "Homes", "c"]),
        (3, ["Homes", "c"]),
        (4, ["Homes (continued)", "c"]),
        (5, None),
    ],
)
def test_what_follows_on_the_next_slide_stands_below_its_name_again(laid_rows: int, rest: list[str] | None) -> None:
    part = table(group("Care"), row("a"), row("b"), group("Homes"), row("c"))
    following = rest_of(part, laid_rows)
    assert (None if following is None else [cells[0].text for cells in following.rows]) == rest


def test_a_name_that_goes_on_twice_is_continued_once() -> None:
    second = rest_of(table(group("Care (continued)"), row("a"), row("b")), 2)
    assert second is not None
    assert [cells[0].text for cells in second.rows] == ["Care (continued)", "b"]
    plain = rest_of(table(row("a"), row("b")), 1)
    assert plain is not None
    assert [cells[0].text for cells in plain.rows] == ["b"]


def test_a_total_is_told_on_the_slide_that_has_its_row() -> None:
    part = table(row("a"), row("All"), total=True)
    for rows_high, total in ((1, False), (2, True)):
        made, _ = laid(part, rows_high)
        assert made is not None
        assert made.part.total == total
        assert ('lastRow="1"' in table_xml(made)) == total
        assert 'firstRow="1" firstCol="1"' in table_xml(made)


def test_a_row_too_high_for_a_whole_slide_is_cut_and_otherwise_waits() -> None:
    part = table((DeckCell("word " * 200, note="A note"), DeckCell("1")))
    assert laid(part, 4) == (None, 0)
    made, count = laid(part, 4, fresh=True)
    assert made is not None
    assert (count, made.part.rows[0][0].note) == (1, "A note")
    assert made.part.rows[0][0].text.endswith("…")
    assert made.height <= ROW * 5 + 0.01


def test_columns_share_the_width_and_none_is_narrower_than_its_words() -> None:
    wide = column_widths(table(row("a")), 400, SIZE, ARIAL)
    assert wide == pytest.approx((300, 100))
    word = "Unaccompanied"
    narrow = column_widths(TablePart("t", (DeckColumn("a", 99), DeckColumn(word, 1)), (row("b"),)), 400, SIZE, ARIAL)
    assert narrow[1] == pytest.approx(text_width(word, SIZE, bold=True) + 2 * 6 + 0.5)
    assert sum(narrow) == pytest.approx(400)


def test_heights_are_those_of_the_highest_cell() -> None:
    widths = (100.0, 60.0)
    assert row_height(row("a"), widths, SIZE, ARIAL) == pytest.approx(ROW)
    noted = (DeckCell("a", note="b"), DeckCell("1"))
    assert row_height(noted, widths, SIZE, ARIAL) == pytest.approx(ROW + LINE)
    assert row_height((DeckCell("a"), DeckCell("word " * 4)), widths, SIZE, ARIAL) > ROW
    assert heading_height(table(row("a")), widths, SIZE, ARIAL) == pytest.approx(ROW)
    exact = text_width("● Met", SIZE, bold=True) + 2 * 6
    assert row_height((DeckCell("Met", symbol="●"),), (exact,), SIZE, ARIAL) == pytest.approx(ROW)
    assert row_height((DeckCell("Met", symbol="●"),), (exact - 0.1,), SIZE, ARIAL) == pytest.approx(ROW + LINE)


@pytest.mark.parametrize(
    ("style", "size", "letters"),
    [("lead", 14, 16), ("note", 18, 16), ("note", 13, 12), ("normal", 14, 14), ("bullet", 14, 14), ("strong", 14, 14)],
)
def test_a_styles_letters_stand_to_normal_ones_and_are_never_below_12(style: Any, size: float, letters: float) -> None:
    assert style_size(style, size) == letters


def test_paragraphs_are_as_high_as_their_lines_and_what_is_between() -> None:
    two = (para("one"), para("two"))
    assert text_height(two, 500, 14, ARIAL) == pytest.approx(2 * 14 * 1.2 + 0.3 * 14)
    assert text_height(two[:1], 500, 14, ARIAL) == pytest.approx(14 * 1.2)
    assert text_height((para("one", "lead"),), 500, 14, ARIAL) == pytest.approx(16 * 1.2)
    assert (room_of(para("a", "bullet"), 100), room_of(para("a"), 100)) == (84, 100)
    room = text_width("Label: a text", 14) + 0.1  # as bold it is wider
    assert len(para_lines(para("Label: a text"), room, 14, ARIAL)) == 1
    assert len(para_lines(labelled("Label", "a text"), room, 14, ARIAL)) == 2


ROOM = Box(10, 20, 600, 300)


def texts_of(page: Any) -> list[list[str]]:
    return [[paragraph.text for paragraph in part.paras] for part in page.laid if isinstance(part, LaidText)]


def test_parts_stand_one_below_another_with_a_gap() -> None:
    (page,) = pages(Plan("T", (TextPart((para("one"),)), TextPart((para("two"),))), ("A note",)), ROOM)
    first, second = page.laid
    assert first.box == Box(10, 20, 600, pytest.approx(18 * 1.2))  # type: ignore[arg-type]
    assert second.box.y == pytest.approx(20 + 18 * 1.2 + 10)
    assert (page.title, page.notes, page.opening) == ("T", ("A note",), False)


def test_two_columns_stand_beside_each_other_by_their_share() -> None:
    pair = SideBySide(((TextPart((para("left"),)),), (TextPart((para("right"),)),)), (0.25, 0.75))
    (page,) = pages(Plan("T", (pair, TextPart((para("below"),))), ()), ROOM)
    left, right, below = page.laid
    assert (left.box.x, left.box.width) == (10, 145)  # a quarter of 600 less 20
    assert (right.box.x, right.box.width) == (175, 435)
    assert left.box.y == right.box.y == 20
    assert below.box.y > left.box.y + left.box.height


def test_what_may_be_left_out_is_where_there_is_no_room() -> None:
    spare = TextPart((para("spare"),), spare=True)
    (little,) = pages(Plan("T", (TextPart((para("word"),)), spare), ()), ROOM)
    assert texts_of(little) == [["word"], ["spare"]]
    high = TextPart(tuple(para(f"{number}") for number in range(18)))  # no row of 12 is free below it
    (page,) = pages(Plan("T", (high, spare), ()), Box(0, 0, 600, text_height(high.paras, 600, 12, ARIAL) + 5))
    assert ["spare"] not in texts_of(page)


def test_a_slide_has_the_notes_of_the_groups_that_stand_on_it() -> None:
    rows = (group("Care"), *[row(f"c{number}") for number in range(20)], group("Homes"), row("h"))
    plan = Plan("T", (table(*rows),), ("All",), group_notes={"Care": ("About care",), "Homes": ("About homes",)})
    made = pages(plan, ROOM)
    assert len(made) == 2
    assert [page.notes for page in made] == [("About care", "All"), ("About care", "About homes", "All")]
    assert [page.title for page in made] == ["T (1 of 2)", "T (2 of 2)"]
    placed = made[1].laid[0]
    assert isinstance(placed, PlacedTable)
    assert names(placed.table)[0] == "Care (continued)"


def test_the_first_slide_is_cut_to_one() -> None:
    plan = Plan("T", (TextPart(tuple(para("word " * 200) for _ in range(6))),), ("N",), opening=True)
    page = first_page(plan, Box(0, 0, 600, 200))
    assert (page.title, page.notes, page.opening) == ("T", ("N",), True)
    assert all(text.endswith("…") for text in texts_of(page)[0])
    short = first_page(Plan("T", (TextPart((para("word"),)),), ()), Box(0, 0, 600, 200))
    assert texts_of(short) == [["word"]]


LONG = "Children whose views were represented at their initial child protection conference"


def test_no_two_slides_have_one_title_however_it_is_cut() -> None:
    drawer = object.__new__(Drawer)
    drawer._titles = set()

    def titled(title: str, lines: int, room: float) -> str:
        return drawer._unlike(title, lines, room, 24.0, ARIAL)

    assert [titled("Exceptions", 1, 900.0) for _ in range(3)] == ["Exceptions", "Exceptions – 2", "Exceptions – 3"]
    assert titled("Exceptions (2 of 3)", 1, 900.0) == "Exceptions (2 of 3)"
    assert titled("Exceptions (2 of 3)", 1, 900.0) == "Exceptions (2 of 3) – 2"
    assert titled("Exceptions (of few)", 1, 900.0) == "Exceptions (of few)"
    first, second = titled(LONG, 1, 500.0), titled(LONG, 1, 500.0)
    counted = titled(f"{LONG} (1 of 2)", 1, 500.0)
    assert first.startswith("Children whose views")
    assert second.startswith("Children whose views")
    assert second.endswith(" – 2")
    assert counted.endswith(" (1 of 2)")
    for text in (first, second, counted):
        assert "…" in text
        assert lines_of(text, 500.0, 24.0, ARIAL, bold=True) == 1


@pytest.mark.parametrize(
    ("other", "meets"),
    [
        (Box(10, 10, 5, 5), True),
        (Box(15, 5, 5, 5), True),
        (Box(20, 0, 5, 5), False),  # edge to edge
        (Box(0, 20, 5, 5), False),
        (Box(0, 19.9, 5, 5), True),
        (Box(-5, 0, 5, 5), False),
        (Box(0, -5, 5, 5), False),
        (Box(-5, -5, 5.1, 5.1), True),
    ],
)
def test_boxes_meet_where_they_share_some_room(other: Box, meets: bool) -> None:
    box = Box(0, 0, 20, 20)
    assert _meet(box, other) is meets
    assert _meet(other, box) is meets


def test_a_heading_is_as_high_as_its_bold_letters_need() -> None:
    label = "Improvement plan"
    plain, bold = (text_width(label, SIZE, ARIAL, weight) for weight in (False, True))
    room = (plain + bold) / 2
    edges = 2 * SIDE
    part = TablePart("t", (DeckColumn(label, 1),), ())
    heights = [heading_height(part, (width + edges,), SIZE, ARIAL) for width in (bold, room)]
    assert plain < room < bold
    assert heights[1] - heights[0] == pytest.approx(SIZE * ARIAL.line), "one line more where only the plain letters fit"


def test_notes_are_kept_where_a_template_has_no_box_for_them() -> None:
    slide = Presentation().slides.add_slide(Presentation().slide_layouts[6])
    body = slide.notes_slide.notes_placeholder
    body._element.getparent().remove(body._element)
    before = len(slide.notes_slide.shapes)
    _notes(slide, ["Source: the plan.", "", "x" * 20])
    assert slide.notes_slide.notes_placeholder is None
    (box,) = [shape for shape in slide.notes_slide.shapes if shape.has_text_frame and shape.text_frame.text]
    assert box.text_frame.text.splitlines() == ["Source: the plan.", "x" * 20]
    assert len(slide.notes_slide.shapes) <= before + 1
    assert [box.left, box.top, box.width, box.height] == [685_800, 4_400_000, 5_486_400, 3_600_000]
