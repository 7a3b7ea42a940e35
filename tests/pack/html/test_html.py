"""The page says what the snapshot says, needs nothing else, and can be read without seeing it."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from scorecard.core.numbers import NO_FIGURE, figure_words, number_words
from scorecard.core.periods import month_words, period_words
from scorecard.core.vocabulary import STATUS_WORDS
from scorecard.pack.document.blocks import Block, Cell, Columns, Gallery, Screen, Table, Text
from scorecard.pack.document.charts import has_figure, limit_words
from scorecard.pack.html.render import _pads, html
from scorecard.pack.snapshot.models import PackState, Snapshot
from scorecard.pack.snapshot.take import canonical_json, snapshot_id
from tests.pack import invented

PAD = re.compile(r"p\d+-\d+-\d+")  # the class of a cell that leaves room at its right
VOID = {"meta", "link", "br", "img", "input", "hr"}


class Page(HTMLParser):
    """What a page is made of: its tags, ids, links, headings, and the cells of each table by its caption."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.headings: list[tuple[int, str]] = []
        self.tables: dict[str, list[list[str]]] = {}
        self.text: list[str] = []
        self._open: list[str] = []
        self._rows: list[list[str]] = []
        self._caption = ""
        self._quiet = 0
        self.feed(content.decode("utf-8"))
        assert not self._open, self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)
        if tag == "table":
            self._rows, self._caption = [], ""
        elif tag == "tr":
            self._rows.append([])
        elif tag in ("td", "th"):
            self._rows[-1].append("")
        elif re.fullmatch(r"h\d", tag):
            self.headings.append((int(tag[1]), ""))
        if tag in ("svg", "small"):
            self._quiet += 1

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag
        if tag in ("svg", "small"):
            self._quiet -= 1
        if tag == "table":
            self.tables.setdefault(self._caption, self._rows)

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] not in ("style", "title"):
            self.text.append(data)
        if "caption" in self._open:
            self._caption += data
        elif self._open and re.fullmatch(r"h\d", self._open[-1]):
            level, text = self.headings[-1]
            self.headings[-1] = (level, text + data)
        elif not self._quiet and ("td" in self._open or "th" in self._open):
            self._rows[-1][-1] += data


@pytest.fixture(scope="session")
def page_bytes(content: bytes) -> bytes:
    return html(content)


@pytest.fixture(scope="session")
def page(page_bytes: bytes) -> Page:
    return Page(page_bytes)


def test_every_figure_of_every_measure_stands_in_its_areas_table(page: Page, snapshot: Snapshot) -> None:
    for area in snapshot.service_areas:
        (table,) = [rows for caption, rows in page.tables.items() if caption.startswith(f"{area.name}: measures in")]
        heads, body = table[0], table[1:]
        assert [row[0] for row in body] == [measure.name for measure in area.measures]
        for measure, row in zip(area.measures, body, strict=True):
            cells, judged = dict(zip(heads, row, strict=True)), measure.judgement
            assert cells["Latest"] == figure_words(judged.value, measure.unit, measure.decimals)
            assert cells["Target"] == (judged.target_words or NO_FIGURE)
            assert cells["Distance to target"] == number_words(judged.distance, measure.decimals, signed=True)
            assert cells.get("Same time last year", NO_FIGURE) == measure.figure_words(judged.last_year)
            status = STATUS_WORDS[judged.status] if judged.status else None
            status = "Not applicable" if measure.stands == "not_applicable" else status
            assert cells["Status"] in ((status,) if status else ("Monitored", "Not judged", "No figure"))
            for head, figure in (("Baseline", measure.baseline), ("July 2020 in the plan", measure.july_2020)):
                if figure is not None and figure.value is not None:
                    assert cells[head] == figure_words(figure.value, measure.unit, measure.decimals)
            for kind, comparator in measure.comparators.items():
                head = {"statistical_neighbour": "SN", "regional": "Region", "national": "England"}[kind]
                if comparator.value is not None:
                    assert cells[head] == figure_words(comparator.value, measure.unit, measure.decimals)


def test_beside_each_chart_stand_all_its_figures_with_their_limits(page: Page, snapshot: Snapshot) -> None:
    for measure in snapshot.measures:
        if not has_figure(measure):  # it has no chart, and its finding says why
            assert f"{measure.name}: the figures behind the chart" not in page.tables
            continue
        heads, *rows = page.tables[f"{measure.name}: the figures behind the chart"]
        assert len(rows) == len(measure.observations)
        for figure, row in zip(measure.observations, rows, strict=True):
            cells = dict(zip(heads, row, strict=True))
            assert cells["Period"] == period_words(figure.period_end, figure.months)
            assert cells["Figure"] == measure.words_of(figure)
            if figure.mean is not None:
                assert cells["Mean"] == limit_words(measure, figure.mean)
                assert cells["Lower limit"] == limit_words(measure, figure.lower_limit)
                assert cells["Upper limit"] == limit_words(measure, figure.upper_limit)


def test_each_chart_is_the_svg_that_the_pdf_has_with_its_words(page_bytes: bytes, snapshot: Snapshot) -> None:
    text = page_bytes.decode()
    drawn = [measure for measure in snapshot.measures if has_figure(measure)]
    assert text.count('<figure tabindex="0"><svg ') == len(drawn)  # each once, an exception's with the exceptions
    assert text.count("<desc>") == text.count("<svg ")


def test_every_target_and_definition_is_in_its_register(page: Page, snapshot: Snapshot) -> None:
    defined = page.tables["Definitions"][1:]
    assert [(row[1], row[2]) for row in defined] == [
        (measure.plan_wording, measure.definition) for measure in snapshot.measures
    ]
    expected = [
        (
            measure.target_words(target),
            target.printed,
            f"from {month_words(target.from_month)}" if target.from_month else "from the start",
            month_words(target.by) if target.by else "no date",
        )
        for measure in snapshot.measures
        for target in measure.targets
    ]
    assert [tuple(row[1:5]) for row in page.tables["Register of targets"][1:]] == expected


def test_the_front_has_month_moment_id_and_state(page: Page, content: bytes, snapshot: Snapshot) -> None:
    text = "".join(page.text)
    assert snapshot_id(content) in text
    assert "DRAFT: not approved" in text
    assert ("Demonstration data: the history in this pack is invented." in text) == snapshot.demonstration


def test_an_approved_page_says_by_which_role() -> None:
    state = PackState(state="approved", role="Executive Director")
    text = "".join(Page(html(canonical_json(invented.small_snapshot()), state)).text)
    assert "Approved by the Executive Director" in text
    assert "DRAFT" not in text


def test_headings_start_at_one_and_never_skip_a_level(page: Page, snapshot: Snapshot) -> None:
    levels = [level for level, _ in page.headings]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert {area.name for area in snapshot.service_areas} <= {text for level, text in page.headings if level == 3}


def test_ids_are_given_once_and_every_link_leads_to_one(page: Page) -> None:
    ids = [attrs["id"] for tag, attrs in page.tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    links = [str(attrs["href"]) for tag, attrs in page.tags if tag == "a"]
    assert len(links) > 40
    assert {link.removeprefix("#") for link in links} <= set(ids)


def test_the_page_asks_for_nothing_and_runs_nothing(page_bytes: bytes, page: Page) -> None:
    tags = {tag for tag, _ in page.tags}
    assert not tags & {"script", "link", "iframe", "img", "object", "embed", "form", "base", "video", "audio"}
    for tag, attrs in page.tags:
        assert not [name for name in attrs if name.startswith("on") or name in ("src", "style", "srcset")], tag
    addresses = set(re.findall(rb"https?://[^\s\"'<>)]+", page_bytes))
    assert addresses <= {b"http://www.w3.org/2000/svg"}
    assert re.findall(rb"url\((?!\"data:font/woff2;base64,)", page_bytes) == []


def test_the_security_policy_allows_only_the_style_that_is_inside(page_bytes: bytes, page: Page) -> None:
    (policy,) = [
        str(attrs["content"])
        for tag, attrs in page.tags
        if tag == "meta" and attrs.get("http-equiv") == "Content-Security-Policy"
    ]
    style = page_bytes.split(b"<style>")[1].split(b"</style>")[0]
    digest = base64.b64encode(hashlib.sha256(style).digest()).decode()
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{digest}'; font-src data:; base-uri 'none'; form-action 'none'"
    )


def test_tables_have_captions_and_header_cells_and_the_page_its_language_and_skip_link(page: Page) -> None:
    tags = [tag for tag, _ in page.tags]
    assert tags.count("table") == tags.count("caption") == tags.count("thead")
    scopes = {attrs.get("scope") for tag, attrs in page.tags if tag == "th"}
    assert scopes == {"col", "row"}
    assert next(attrs for tag, attrs in page.tags if tag == "html")["lang"] == "en-GB"
    first_link = next(attrs for tag, attrs in page.tags if tag == "a")
    assert first_link["href"] == "#main"


@pytest.mark.parametrize("text", [invented.HOSTILE, invented.BEYOND_THE_FONT])
def test_text_that_means_something_to_html_comes_out_literally(text: str) -> None:
    made = html(canonical_json(invented.hostile_snapshot(text)))
    page = Page(made)
    assert "".join(page.text).count(text) >= 5
    assert b"<b>&amp;</b>" not in made
    assert made.count(b"</style>") == 1


def test_every_cell_that_leaves_room_at_its_right_has_a_rule_for_it_and_no_rule_is_idle(page_bytes: bytes) -> None:
    text = page_bytes.decode("utf-8")
    style, body = text[text.index("<style>") : text.index("</style>")], text[text.index("</style>") :]
    used = {name for names in re.findall(r'class="([^"]*)"', body) for name in names.split() if PAD.fullmatch(name)}
    rules = dict(re.findall(r"\.(p\d+-\d+-\d+) \{ padding-right: calc\(\.5rem \+ ([0-9.]+)em\); \}", style))
    assert used
    assert set(rules) == used
    digit, point, percent = 0.497, 0.249, 0.824  # of the font's size, as the shipped font's own widths tell
    for name, width in rules.items():
        digits, points, percents = map(int, name[1:].split("-"))
        assert float(width) == pytest.approx(digit * digits + point * points + percent * percents, abs=0.001)


def test_blocks_within_blocks_leave_room_too() -> None:
    def block(digits: int) -> Table:
        return Table("", (), ((Cell("1", pad=(digits, 0, 0)), Cell("2")),))

    blocks: tuple[Block, ...] = (
        block(1),
        Gallery(2, ((block(2),), (block(3),))),
        Columns((block(4),), (block(5),)),
        Screen((block(6),)),
        Text("without any"),
    )
    assert [pad[0] for pad in _pads(blocks)] == [1, 2, 3, 4, 5, 6]
