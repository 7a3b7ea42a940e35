"""The workbook has the snapshot's figures as numbers, real tables, native charts, and nothing live."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils import range_boundaries
from python_calamine import CalamineWorkbook

from scorecard.core.vocabulary import STATUS_WORDS
from scorecard.pack.excel.render import workbook
from scorecard.pack.snapshot.measure import OverdueFigure
from scorecard.pack.snapshot.models import PackState, Snapshot
from scorecard.pack.snapshot.take import canonical_json, snapshot_id
from tests.pack import invented
from tests.pack.published_charts import YEARS

NAMES = [
    "Read me",
    "Summary",
    "Measures",
    "Charts",
    "Observations",
    "Revisions",
    "Data quality",
    "Owed",
    "Definitions",
    "Targets",
]


@pytest.fixture(scope="session")
def workbook_bytes(content: bytes) -> bytes:
    return workbook(content)


@pytest.fixture(scope="session")
def book(workbook_bytes: bytes) -> CalamineWorkbook:
    return CalamineWorkbook.from_filelike(io.BytesIO(workbook_bytes))


@pytest.fixture(scope="session")
def opened(workbook_bytes: bytes) -> openpyxl.Workbook:
    """The same with how it prints, which takes seconds to read: read once."""
    return openpyxl.load_workbook(io.BytesIO(workbook_bytes))


def parts(workbook_bytes: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(workbook_bytes)) as archive:
        return {name: archive.read(name).decode("utf-8") for name in archive.namelist()}


def table(book: CalamineWorkbook, name: str, first: str) -> list[dict[str, Any]]:
    """The rows of a sheet's table, by its headings; `first` is the first heading."""
    rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    head = next(number for number, row in enumerate(rows) if row[0] == first)
    heads = [str(cell) for cell in rows[head] if cell != ""]
    return [dict(zip(heads, row, strict=False)) for row in rows[head + 1 :]]


def blank(value: Any) -> Any:
    return None if value == "" else value


def near(value: float | None) -> Any:
    """A number as a workbook can hold it: to 16 digits."""
    return None if value is None else pytest.approx(value, rel=1e-14)


def test_the_sheets_stand_in_their_order(book: CalamineWorkbook) -> None:
    assert book.sheet_names == NAMES


def test_every_measures_figures_are_numbers(book: CalamineWorkbook, snapshot: Snapshot) -> None:
    rows = table(book, "Measures", "Measure")
    assert len(rows) == len(snapshot.measures)
    for measure, row in zip(snapshot.measures, rows, strict=True):
        judged = measure.judgement
        assert row["Measure id"] == measure.id
        assert blank(row["Latest"]) == near(judged.value)
        assert blank(row["Same time last year"]) == near(judged.last_year)
        assert blank(row["Baseline"]) == (measure.baseline.value if measure.baseline else None)
        assert blank(row["Baseline as printed"]) == (measure.baseline.printed if measure.baseline else None)
        assert blank(row["July 2020 in the plan"]) == (measure.july_2020.value if measure.july_2020 else None)
        assert blank(row["Target"]) == judged.target_words
        assert blank(row["Target lower"]) == near(judged.target_lower)
        assert blank(row["Target upper"]) == near(judged.target_upper)
        assert blank(row["Distance to target"]) == near(judged.distance)
        nothing = measure.stands == "not_applicable"
        none = "No figure" if judged.value is None else "Monitored" if measure.polarity == "monitor" else "Not judged"
        assert row["Status"] == ("Not applicable" if nothing else STATUS_WORDS.get(judged.status or "", none))
        assert row["Exception"] == ("Yes" if judged.exception else "No")
        known = {kind: comparator.value for kind, comparator in measure.comparators.items() if comparator.comparable}
        assert blank(row["Statistical neighbours"]) == known.get("statistical_neighbour")
        assert blank(row["Region"]) == known.get("regional")
        assert blank(row["England"]) == known.get("national")


def test_every_observation_is_a_row_with_symbol_origin_and_extract(book: CalamineWorkbook, snapshot: Snapshot) -> None:
    rows = table(book, "Observations", "Measure id")
    figures = [(measure, figure) for measure in snapshot.measures for figure in measure.observations]
    assert len(rows) == len(figures)
    for (measure, figure), row in zip(figures, rows, strict=True):
        assert row["Measure id"] == measure.id
        assert row["Period end"] == figure.period_end
        assert blank(row["Value"]) == near(figure.value)
        assert blank(row["Numerator"]) == figure.numerator
        assert blank(row["Denominator"]) == figure.denominator
        assert blank(row["Symbol"]) == figure.symbol
        assert row["Origin"] == figure.origin
        assert blank(row["Extract"]) == figure.extract_id
        assert blank(row["Mean"]) == near(figure.mean)
        assert blank(row["Lower limit"]) == near(figure.lower_limit)
        assert blank(row["Upper limit"]) == near(figure.upper_limit)
        recorded = figure.recorded_from.replace(tzinfo=None) if figure.recorded_from else None
        assert blank(row["Recorded (UTC)"]) in (recorded, recorded and recorded.date())


def test_the_summary_has_every_areas_counts(book: CalamineWorkbook, snapshot: Snapshot) -> None:
    rows = table(book, "Summary", "Service area")
    for area, row in zip(snapshot.service_areas, rows, strict=True):
        assert (
            row["Service area"],
            row["Met"],
            row["Close"],
            row["Missed"],
            row["Exceptions"],
            row["Figures owed"],
        ) == (
            area.name,
            area.counts.met,
            area.counts.close,
            area.counts.missed,
            area.counts.exceptions,
            area.counts.owed,
        )


def test_revisions_definitions_and_targets_are_those_of_the_snapshot(
    book: CalamineWorkbook, snapshot: Snapshot
) -> None:
    if snapshot.changes is not None:
        rows = table(book, "Revisions", "Measure")
        known = [(row["Kind"], row["Measure id"], row["Was"], row["Is"]) for row in rows]
        changes = snapshot.changes
        assert known[: len(changes.revised)] == [
            ("Revised figure", change.measure_id, change.old_words, change.new_words) for change in changes.revised
        ]
        judged = (*changes.status, *changes.variation, *changes.assurance)
        assert judged
        assert known[-len(judged) :] == [
            ("Said otherwise", change.measure_id, change.old, change.new) for change in judged
        ]
    defined = table(book, "Definitions", "Measure")
    assert [row["The plan's wording"] for row in defined] == [measure.plan_wording for measure in snapshot.measures]
    targets = table(book, "Targets", "Measure")
    assert [(row["Measure id"], row["As printed"], blank(row["Due by"])) for row in targets] == [
        (measure.id, target.printed, target.by) for measure in snapshot.measures for target in measure.targets
    ]


def test_each_mark_is_a_column_with_its_words_beside_it(book: CalamineWorkbook, snapshot: Snapshot) -> None:
    rows = table(book, "Data quality", "Measure")
    in_words = [row["Data quality"] for row in table(book, "Measures", "Measure")]
    assert len(rows) == len(snapshot.measures)
    for measure, row, words in zip(snapshot.measures, rows, in_words, strict=True):
        assert measure.quality is not None
        assert row["Measure id"] == measure.id
        assert (row["Figures due"], row["Figures that came"]) == (measure.expected_figures, measure.figures_received)
        assert row["In words"] == words == measure.quality.words
        for name, mark in measure.quality.marks.items():
            assert row[name.capitalize()] == {True: "Yes", False: "No", None: "Can't be judged"}[mark.holds]
            assert row[f"{name.capitalize()}: why"] == mark.words


def test_every_figure_that_is_owed_is_a_row(book: CalamineWorkbook, snapshot: Snapshot) -> None:
    rows = [(row["Measure id"], row["Missing for"]) for row in table(book, "Owed", "Supplied by")]
    owed = [(measure.id, figure.period_end) for measure in snapshot.measures for figure in measure.owed]
    assert sorted(rows) == sorted(owed)
    assert rows


def test_of_an_old_snapshot_the_workbook_says_what_was_not_kept() -> None:
    old = (Path(__file__).parents[2] / "fixtures" / "snapshot_1_0.json").read_bytes()
    book = CalamineWorkbook.from_filelike(io.BytesIO(workbook(old)))
    assert book.sheet_names == NAMES
    for name in ("Data quality", "Owed"):
        (_, note) = [row[0] for row in book.get_sheet_by_name(name).to_python()]
        assert note == "This snapshot was taken before packs kept each measure's data quality."


def test_the_read_me_names_the_snapshot_and_explains_symbols(book: CalamineWorkbook, content: bytes) -> None:
    known = {row["Item"]: row["Detail"] for row in table(book, "Read me", "Item")}
    assert known["Snapshot (SHA-256)"] == snapshot_id(content)
    assert known["Marking"] == "OFFICIAL-SENSITIVE"
    assert known["Symbol [x]"] == "not available"
    assert known["State"] == "DRAFT: not approved"


def test_one_real_table_a_sheet_with_frozen_headings_and_no_blank_row(
    workbook_bytes: bytes, book: CalamineWorkbook
) -> None:
    files = parts(workbook_bytes)
    tables = [name for name in files if name.startswith("xl/tables/")]
    filled = [name for name in NAMES if name != "Charts" and f"<name>{name}" is not None]
    for number, name in enumerate(NAMES, 1):
        sheet = files[f"xl/worksheets/sheet{number}.xml"]
        rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        if "<tableParts" in sheet:
            assert 'state="frozen"' in sheet
            assert sheet.count("<tablePart ") == 1
            assert all(any(cell != "" for cell in row) for row in rows)
    assert len(filled) - 2 <= len(tables) <= len(filled)


def test_charts_are_native_with_words_for_those_who_cannot_see_them(workbook_bytes: bytes, snapshot: Snapshot) -> None:
    files = parts(workbook_bytes)
    charts = [name for name in files if name.startswith("xl/charts/chart")]
    with_figures = [m for m in snapshot.measures if any(figure.value is not None for figure in m.observations)]
    assert len(charts) == len(with_figures) + 1
    drawings = "".join(text for name, text in files.items() if name.startswith("xl/drawings/drawing"))
    assert drawings.count("descr=") == len(charts)
    for number, measure in enumerate(with_figures, 2):
        (cached,) = re.findall(r"Observations!\$H\$(\d+)(?::\$H\$(\d+))?", files[f"xl/charts/chart{number}.xml"])
        assert int(cached[1] or cached[0]) - int(cached[0]) + 1 == len(measure.observations)


def test_no_chart_is_cut_on_paper(workbook_bytes: bytes, snapshot: Snapshot) -> None:
    files = parts(workbook_bytes)
    named = next(number for number, name in enumerate(NAMES, 1) if name == "Charts")
    sheet = files[f"xl/worksheets/sheet{named}.xml"]
    drawing = max((name for name in files if name.startswith("xl/drawings/drawing")), key=lambda name: len(files[name]))
    assert "fitToPage" not in sheet  # under it Excel does not heed breaks
    (scale,) = map(int, re.findall(r'<pageSetup[^>]* scale="(\d+)"', sheet))
    breaks = [int(row) for row in re.findall(r'<brk id="(\d+)"', sheet)]
    anchors = re.findall(
        r"<xdr:from><xdr:col>(\d+)</xdr:col>.*?<xdr:row>(\d+)</xdr:row>.*?"
        r"<xdr:to><xdr:col>(\d+)</xdr:col>.*?<xdr:row>(\d+)</xdr:row>",
        files[drawing],
    )
    assert len(anchors) == sum(any(f.value is not None for f in m.observations) for m in snapshot.measures)
    area = re.search(r"'?Charts'?!\$A\$1:\$([A-Z])\$(\d+)", files["xl/workbook.xml"])
    assert area is not None
    pages = [0, *breaks, int(area[2])]
    for left, top, right, bottom in (map(int, anchor) for anchor in anchors):
        assert any(start <= top and bottom < end for start, end in pairwise(pages)), (top, bottom)
        assert left < right <= ord(area[1]) - ord("A")
    # landscape A4 less Excel's usual margins, in points; a row is 15 points high and a column 48 wide
    assert max(end - start for start, end in pairwise(pages)) * 15 * scale / 100 <= 595 - 2 * 54
    assert (ord(area[1]) - ord("A") + 1) * 48 * scale / 100 <= 842 - 2 * 50.4


def test_nothing_in_the_workbook_is_live() -> None:
    made = workbook(canonical_json(invented.hostile_snapshot('=HYPERLINK("http://x")\n+1-1@SUM(A1) http://y \x07')))
    files = parts(made)
    sheets = "".join(text for name, text in files.items() if name.startswith("xl/worksheets/"))
    assert "<f>" not in sheets
    assert "<hyperlink" not in sheets
    assert not [name for name in files if "externalLink" in name or "vba" in name.lower()]
    book = CalamineWorkbook.from_filelike(io.BytesIO(made))
    row = table(book, "Definitions", "Measure")[2]
    assert row["Note (ours)"].startswith('=HYPERLINK("http://x")')


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "{="])
def test_a_name_that_begins_like_a_formula_stays_text_in_chart_titles_too(sign: str) -> None:
    name = f"{sign}cmd|'/c calc'!A1"
    plan = invented.small_snapshot()
    (area,) = plan.service_areas
    measures = tuple(measure.model_copy(update={"name": name}) for measure in area.measures)
    renamed = area.model_copy(update={"name": name, "measures": measures})
    files = parts(workbook(canonical_json(plan.model_copy(update={"service_areas": (renamed,), "with_charts": True}))))
    charts = [text for file, text in files.items() if file.startswith("xl/charts/chart")]
    assert len(charts) > 1
    for chart in charts:
        for formula in re.findall(r"<c:f>(.*?)</c:f>", chart):
            assert re.fullmatch(r"(Observations|Summary)!\$[A-Z]+\$\d+(:\$[A-Z]+\$\d+)?", formula), formula
    escaped = name.replace("'", "&apos;")
    assert sum(name in chart or escaped in chart for chart in charts) >= len(charts) - 1


def test_hostile_text_comes_out_literally() -> None:
    made = workbook(canonical_json(invented.hostile_snapshot()))
    row = table(CalamineWorkbook.from_filelike(io.BytesIO(made)), "Definitions", "Measure")[2]
    for name in ("Service area", "Measure", "Definition (ours)", "Note (ours)"):
        assert row[name] == invented.HOSTILE


def test_the_bytes_are_the_same_and_dated_by_the_snapshot(
    workbook_bytes: bytes, content: bytes, snapshot: Snapshot
) -> None:
    assert workbook(content) == workbook_bytes
    core = parts(workbook_bytes)["docProps/core.xml"]
    moment = snapshot.as_known_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    assert core.count(moment) == 2
    with zipfile.ZipFile(io.BytesIO(workbook_bytes)) as archive:
        assert {item.date_time[0] for item in archive.infolist()} == {1980}


def test_an_approved_workbook_says_so_at_the_head_of_every_sheet() -> None:
    state = PackState(state="approved", role="Executive Director", when=datetime(2020, 9, 3, tzinfo=UTC))
    files = parts(workbook(canonical_json(invented.small_snapshot()), state))
    sheets = [text for name, text in files.items() if name.startswith("xl/worksheets/sheet")]
    assert all("OFFICIAL-SENSITIVE" in text and "Approved by the Executive Director" in text for text in sheets)
    assert len(sheets) == len(NAMES) - 1  # no charts were asked for


def test_wrapped_cells_have_the_height_their_text_needs(workbook_bytes: bytes, snapshot: Snapshot) -> None:
    """No program sets the height of a wrapped row by itself: each has room for its longest text."""
    sheet = parts(workbook_bytes)[f"xl/worksheets/sheet{NAMES.index('Definitions') + 1}.xml"]
    heights = [float(height) for height in re.findall(r'<row [^>]* ht="([\d.]+)"', sheet)]
    longest = max(len(measure.note or "") for measure in snapshot.measures)
    assert max(heights) >= min(15 * longest / 120, 409)
    assert max(heights) <= 409


def test_wide_sheets_print_over_pages_that_can_be_read(workbook_bytes: bytes, opened: openpyxl.Workbook) -> None:
    """Oracle: at the scale they are printed, columns between two breaks are no wider than the paper."""
    files = parts(workbook_bytes)
    for name in ("Measures", "Data quality", "Definitions"):
        sheet = files[f"xl/worksheets/sheet{NAMES.index(name) + 1}.xml"]
        scale = int(re.findall(r'<pageSetup [^>]*scale="(\d+)"', sheet)[0])
        assert scale >= 55, name
        widths: list[float] = []
        for first, last, width in re.findall(r'<col min="(\d+)" max="(\d+)" width="([\d.]+)"', sheet):
            widths += [float(width)] * (int(last) - int(first) + 1)
        printed = opened[name].print_area.rpartition("!")[2]
        widths = widths[: range_boundaries(printed)[2]]
        edges = [0, *(int(at) for at in re.findall(r'<brk id="(\d+)" max="1048575"', sheet)), len(widths)]
        for page, (start, end) in enumerate(pairwise(edges)):
            wide = sum(widths[start:end]) + (widths[0] if page else 0)  # the first stands again
            assert wide * 1.85 * scale / 100 <= 277, (name, page)
    assert 'fitToHeight="0"' not in files["xl/worksheets/sheet1.xml"], "'Read me' is one page"


def test_the_workbook_prints_on_at_most_40_pages(opened: openpyxl.Workbook) -> None:
    """Oracle: rows and columns as high and as wide as they are, on A4 across at the scale and breaks of each sheet."""
    assert printed_pages(opened) <= 40


def test_published_figures_of_eleven_measures_and_figures_owed_of_all_leave_it_at_40() -> None:
    line = YEARS.lines[0]
    ends = tuple(line.points[0].model_copy(update={"end": date(2000 + year, 3, 31)}) for year in range(20))
    years = YEARS.model_copy(update={"lines": (line.model_copy(update={"points": ends}),) * 4})
    published = tuple(invented.BESIDE.model_copy(update={"measure_id": str(at), "years": years}) for at in range(11))
    plan = invented.plan_snapshot()
    owing = {"figures_owed": 1, "owed": (OverdueFigure(period_end=date(2020, 7, 31)),)}
    areas = tuple(
        area.model_copy(update={"measures": tuple(measure.model_copy(update=owing) for measure in area.measures)})
        for area in plan.service_areas
    )
    made = workbook(canonical_json(plan.model_copy(update={"published": published, "service_areas": areas})))
    book = openpyxl.load_workbook(io.BytesIO(made))
    assert printed_pages(book) <= 40
    assert book["Neighbours by year"].max_row > 11 * 4 * 20, "the file has every row"


def printed_pages(book: openpyxl.Workbook) -> int:
    """How many pages a workbook prints on."""
    total = 0
    for sheet in book:
        setup, fits = sheet.page_setup, sheet.sheet_properties.pageSetUpPr
        if fits is not None and fits.fitToPage and setup.fitToHeight != 0:
            total += 1
            continue
        scale = (setup.scale or 55) / 100
        last = range_boundaries(sheet.print_area.rpartition("!")[2])[3] if sheet.print_area else sheet.max_row
        high = sum(sheet.row_dimensions[row].height or 15 for row in range(1, last + 1)) * scale
        down = max(len(sheet.row_breaks.brk) + 1, -(-high // 477))
        total += int(down * (len(sheet.col_breaks.brk) + 1))
    return total
