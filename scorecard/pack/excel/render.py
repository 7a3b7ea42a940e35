"""The pack as an Excel workbook: real tables, number formats, native charts; no text of it is ever a live formula."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from textwrap import wrap
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from scorecard.charts.palette import GREY, NAVY, PLUM
from scorecard.core.numbers import UNIT_WORDS
from scorecard.core.vocabulary import STATUS_WORDS
from scorecard.pack.document.front_page import subject
from scorecard.pack.document.words import state_words
from scorecard.pack.excel.observations import OBSERVATION_COLUMNS
from scorecard.pack.excel.sheet import MEASURE, Row, Sheet, SheetColumn
from scorecard.pack.excel.sheets import all_sheets
from scorecard.pack.snapshot.canonical_json import read_snapshot, snapshot_id
from scorecard.pack.snapshot.measure import SnapshotMeasure
from scorecard.pack.snapshot.models import PackState, Snapshot

DRAFT = PackState()
LONGEST_CELL = 32_000  # Excel's own bound is 32,767 characters
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "remove_timezone": True,
}
LINE_HEIGHT = 15  # points, of a row of 11 point Arial
TALLEST_ROW = 409  # points: Excel's own bound
PAGE_WIDTH = 194  # of columns, in characters, across a landscape A4 page, also where another font stands for Excel's
ACROSS_SCALE = 55  # percent, at which that is as wide as the page
MARGIN = 0.4  # inches
INDENT = 2  # characters that a cell's indent takes of its width
ONE_PAGE = "Read me"
NAMED_BY = MEASURE.label  # the column that stands again on every page across
CHARTS_AFTER = "Measures"
CHART_SIZE = {"width": 620, "height": 300}
ROWS_A_CHART, COLUMNS_A_CHART = 16, 10
ROWS_A_PAGE = 3
ABOVE_CHARTS = 3  # rows
ROW_HEIGHT = 15  # points
CHARTS_SCALE = 63  # percent: at which three rows of two charts fit a landscape A4 page below the sheet's title
DRAWN = (
    ("Value", "Figure", NAVY, "solid", 2.0),
    ("Target lower", "Target", PLUM, "solid", 1.5),
    ("Target upper", "Target (upper)", PLUM, "solid", 1.5),
    ("Mean", "Mean", GREY, "solid", 1.0),
    ("Lower limit", "Lower limit", GREY, "dash", 1.0),
    ("Upper limit", "Upper limit", GREY, "dash", 1.0),
)


def workbook(content: bytes, state: PackState = DRAFT) -> bytes:
    """The pack of a snapshot as .xlsx.

    content: the snapshot's canonical JSON. The same arguments give the same bytes. Raises PackError where the snapshot
    can't be read.
    """
    snapshot = read_snapshot(content)
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, OPTIONS)
    known = snapshot.as_known_at.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    book.set_properties(
        {
            "title": f"Measures that matter: {subject(snapshot, state)}",
            "subject": state_words(state),
            "author": f"{snapshot.authority} children's services",
            "comments": f"Snapshot {snapshot_id(content)}",
            "created": known,
        }
    )
    formats = _Formats(book)
    first_rows: dict[str, int] = {}
    sheets = all_sheets(snapshot, state, snapshot_id(content))
    charts: Any = None
    for sheet in sheets:
        page = book.add_worksheet(sheet.name)
        first_rows[sheet.name] = _write(page, sheet, formats)
        _for_print(page, snapshot, state)
        _across_pages(page, sheet, first_rows[sheet.name])
        if sheet.on_paper is not None:
            _first_page_alone(page, sheet, first_rows[sheet.name])
        if sheet.name == "Summary":
            _summary_chart(book, page, sheet, first_rows[sheet.name])
        if sheet.name == CHARTS_AFTER and snapshot.with_charts:
            charts = book.add_worksheet("Charts")
            _for_print(charts, snapshot, state)
    if charts is not None:
        _measure_charts(book, charts, snapshot, first_rows["Observations"], formats)
    book.close()
    return target.getvalue()


class _Formats:
    """The formats of the book's cells, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._known: dict[str, Any] = {}

    def of(self, code: str, **more: Any) -> Any:
        key = f"{code}{sorted(more.items())}"
        if key not in self._known:
            look = {"font_name": "Arial", "font_size": 11, "valign": "top", **more}
            self._known[key] = self._book.add_format(look | ({"num_format": code} if code else {}))
        return self._known[key]

    def cell(self, column: SheetColumn, row: Row) -> Any:
        match column.kind:
            case "number":
                places = "." + "0" * row.decimals if row.decimals else ""
                unit = '"%"' if row.percent else ""
                return self.of(f"#,##0{places}{unit};−#,##0{places}{unit}")
            case "count":
                return self.of("#,##0;−#,##0")
            case "date":
                return self.of("d mmmm yyyy", align="left", indent=1)
            case "moment":
                return self.of("d mmm yyyy hh:mm", align="left", indent=1)
            case "long":
                return self.of("", text_wrap=True, align="left", indent=1)
            case _:
                return self.of("", align="left", indent=1)

    def heading(self, column: SheetColumn) -> Any:
        """Above figures at the right, as they stand; above words with the room that keeps them off the figures."""
        if column.kind in ("number", "count"):
            return self.of("", bold=True, text_wrap=True, align="right")
        return self.of("", bold=True, text_wrap=True, align="left", indent=1)


def _write(page: Any, sheet: Sheet, formats: _Formats) -> int:
    """Title, notes and table; returns the first row of the table's body."""
    page.write_string(0, 0, sheet.title, formats.of("", bold=True, font_size=14))
    note_texts = [*sheet.notes, *([sheet.when_empty] if not sheet.rows else [])]
    notes = [line for note in note_texts for line in wrap(note, PAGE_WIDTH)]
    for position, note in enumerate(notes, 1):
        page.write_string(position, 0, note, formats.of(""))
    head = len(notes) + 1
    for position, column in enumerate(sheet.columns):
        page.set_column(position, position, column.width)
    if not sheet.rows:
        return head
    last = len(sheet.columns) - 1
    page.add_table(
        head,
        0,
        head + len(sheet.rows),
        last,
        {
            "name": sheet.name.replace(" ", "_"),
            "style": "Table Style Light 1",
            "columns": [{"header": column.label, "header_format": formats.heading(column)} for column in sheet.columns],
        },
    )
    page.freeze_panes(head + 1, 1)
    page.repeat_rows(head)
    page.set_row(head, _height([(column.label, column.width) for column in sheet.columns]))
    for number, row in enumerate(sheet.rows, head + 1):
        page.set_row(number, _row_height(sheet, row))
        for position, (column, value) in enumerate(zip(sheet.columns, row.cells, strict=True)):
            _cell(page, number, position, value, formats.cell(column, row))
    return head + 1


def _row_height(sheet: Sheet, row: Row) -> float:
    """How high a row must be for its wrapped cells: no program but Excel fits it, and Excel only once it is edited."""
    pairs = zip(sheet.columns, row.cells, strict=True)
    return _height([(cell, column.width) for column, cell in pairs if column.kind == "long" and isinstance(cell, str)])


def _height(wrapped: list[tuple[str, float]]) -> float:
    lines = max((_lines(text, width) for text, width in wrapped), default=1)
    return min(lines * LINE_HEIGHT, TALLEST_ROW)


def _lines(text: str, width: float) -> int:
    """In how many lines a text is set, its words kept whole."""
    return max(1, sum(len(wrap(part, max(int(width) - INDENT, 1))) or 1 for part in text.split("\n")))


def _across_pages(page: Any, sheet: Sheet, first: int) -> None:
    """As many pages across as a sheet needs to be read, each beginning with what names the rows; 'Read me' is one."""
    shown = sheet.columns[: sheet.shown]
    widths, labels = [column.width for column in shown], [column.label for column in shown]
    if len(shown) < len(sheet.columns) and sheet.rows:
        page.print_area(0, 0, first + len(sheet.rows) - 1, len(shown) - 1)
    if sheet.name == ONE_PAGE or not sheet.rows or sum(widths) <= PAGE_WIDTH or NAMED_BY not in labels:
        page.fit_to_pages(1, 1 if sheet.name == ONE_PAGE else 0)
        return
    named = labels.index(NAMED_BY)
    page.repeat_columns(named, named)
    again = widths[named]
    breaks, used = [], 0.0
    for column_index, width in enumerate(widths):
        if used + width > PAGE_WIDTH:
            breaks.append(column_index)
            used = again
        used += width
    page.set_v_pagebreaks(breaks)
    page.set_print_scale(ACROSS_SCALE)


def _first_page_alone(page: Any, sheet: Sheet, first: int) -> None:
    """Of a sheet of thousands of rows, what paper shows: the columns that fit a page, and so many rows."""
    used, last = 0.0, 0
    for column_index, column in enumerate(sheet.columns):
        used += column.width
        last = column_index if used <= PAGE_WIDTH else last
    page.print_area(0, 0, first + min(len(sheet.rows), sheet.on_paper or 0) - 1, last)
    page.set_v_pagebreaks([])
    page.fit_to_pages(1, 1)


def _cell(page: Any, row: int, column_index: int, value: Any, look: Any) -> None:
    if value is None:
        return
    if isinstance(value, datetime | date):
        page.write_datetime(row, column_index, value, look)
    elif isinstance(value, str):
        page.write_string(row, column_index, value if len(value) <= LONGEST_CELL else value[:LONGEST_CELL] + "…", look)
    else:
        page.write_number(row, column_index, value, look)


def _for_print(page: Any, snapshot: Snapshot, state: PackState) -> None:
    page.set_landscape()
    page.set_paper(9)
    page.set_margins(left=MARGIN, right=MARGIN)
    invented = " · Demonstration data" if snapshot.demonstration else ""
    board = _header_text(f"{subject(snapshot, state)} · {state_words(state)}")
    page.set_header(f"&L&B{_header_text(snapshot.board.marking + invented)}&R{board}"[:255])
    page.set_footer("&L&A&RPage &P of &N")


def _header_text(text: str) -> str:
    return text.replace("&", "&&")[:110]


def _summary_chart(book: Any, page: Any, sheet: Sheet, first: int) -> None:
    """Met, close and missed of each area, as one native chart below the table."""
    chart = book.add_chart({"type": "bar", "subtype": "stacked"})
    last = first + len(sheet.rows) - 1
    labels = [column.label for column in sheet.columns]
    for status, colour in (("met", "#28A197"), ("close", "#A285D1"), ("missed", "#F46A25")):
        label = STATUS_WORDS[status]
        column_index = labels.index(label)
        chart.add_series(
            {
                "name": label,
                "categories": [sheet.name, first, 0, last, 0],
                "values": [sheet.name, first, column_index, last, column_index],
                "fill": {"color": colour},
                "border": {"color": "#0B0C0C", "width": 0.5},
                "data_labels": {"value": True, "num_format": "0;;"},
                "gap": 40,
            }
        )
    chart.set_title({"name": "Met, close and missed by service area", "name_font": {"size": 12}})
    chart.set_y_axis({"reverse": True})
    chart.set_legend({"position": "bottom"})
    chart.set_size({"width": 1200, "height": 460})
    description = (
        "Stacked bars: how many measures of each service area are met, close and missed. The table has the numbers."
    )
    page.insert_chart(last + 2, 0, chart, {"description": description, "object_position": 2})


def _measure_charts(book: Any, page: Any, snapshot: Snapshot, first: int, formats: _Formats) -> None:
    """A native line chart a measure, from the rows of the sheet Observations."""
    page.write_string(0, 0, "Charts", formats.of("", bold=True, font_size=14))
    page.write_string(1, 0, "A chart a measure, drawn from the sheet Observations.", formats.of(""))
    row, chart_index = first, 0
    for measure in snapshot.measures:
        count = len(measure.observations)
        if count and any(figure.value is not None for figure in measure.observations):
            chart = _line_chart(book, measure, row, row + count - 1)
            at = ABOVE_CHARTS + ROWS_A_CHART * (chart_index // 2)
            alternative_text = measure.trend.alt
            where = {
                "description": alternative_text,
                "object_position": 2,
                "y_offset": 10,
            }  # clear of the edge of the page before
            page.insert_chart(at, COLUMNS_A_CHART * (chart_index % 2), chart, where)
            chart_index += 1
        row += count
    _break_between_charts(page, -(-chart_index // 2))


def _break_between_charts(page: Any, rows: int) -> None:
    """So many rows of charts on paper, none cut: a scale of our own, for fitting to a width leaves breaks unheeded."""
    page.set_default_row(ROW_HEIGHT)
    page.set_print_scale(CHARTS_SCALE)
    page.center_horizontally()
    page.print_area(0, 0, ABOVE_CHARTS + ROWS_A_CHART * max(rows, 1) - 1, 2 * COLUMNS_A_CHART - 1)
    page.set_h_pagebreaks([ABOVE_CHARTS + ROWS_A_CHART * row for row in range(ROWS_A_PAGE, rows, ROWS_A_PAGE)])


def _title(labels: list[str], row: int) -> str:
    """A chart's title, shown from the cell that holds the measure's name: a name alone could be read as a formula."""
    return f"=Observations!${xl_col_to_name(labels.index(NAMED_BY))}${row + 1}"


def _line_chart(book: Any, measure: SnapshotMeasure, first: int, last: int) -> Any:
    labels = [column.label for column in OBSERVATION_COLUMNS]
    dates = labels.index("Period end")
    chart = book.add_chart({"type": "line"})
    has = {
        "Target lower": any(target.lower is not None for target in measure.targets),
        "Target upper": any(target.upper is not None for target in measure.targets),
    }
    limits = any(figure.mean is not None for figure in measure.observations)
    for label, name, colour, dash, width in DRAWN:
        if not has.get(label, label == "Value" or limits):
            continue
        column = labels.index(label)
        mark = {"type": "circle", "size": 5, "fill": {"color": colour}, "border": {"color": colour}}
        chart.add_series(
            {
                "name": name if not (label == "Target upper" and not has["Target lower"]) else "Target",
                "categories": ["Observations", first, dates, last, dates],
                "values": ["Observations", first, column, last, column],
                "line": {"color": colour, "width": width, "dash_type": dash},
                "marker": mark if label == "Value" else {"type": "none"},
            }
        )
    chart.set_title({"name": _title(labels, first), "name_font": {"size": 12}, "overlay": False})
    months = max(1, (last - first) // 6)
    chart.set_x_axis(
        {
            "date_axis": True,
            "num_format": "mmm yyyy",
            "num_font": {"size": 9},
            "major_unit": months,
            "major_unit_type": "months",
        }
    )
    grid = {"visible": True, "line": {"color": "#E1E4E6", "width": 0.75}}
    axis = measure.trend.y_axis  # a percentage's ends at 100 here too
    known = [figure.value for figure in measure.observations if figure.value is not None]
    ends = {"min": min(axis.low, *known), "max": max(axis.high, *known)}
    chart.set_y_axis({"name": UNIT_WORDS[measure.unit], "num_font": {"size": 9}, "major_gridlines": grid, **ends})
    chart.set_legend({"position": "bottom"})
    chart.show_blanks_as("gap")
    chart.set_size(CHART_SIZE)
    return chart
