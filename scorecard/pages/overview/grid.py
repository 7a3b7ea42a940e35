"""Variation × assurance: which measures change beyond chance, and which will meet their target as things stand."""

from __future__ import annotations

from collections.abc import Collection

from scorecard.charts import assurance_icon, variation_icon
from scorecard.core.vocabulary import ASSURANCE_HEADINGS, VARIATION_HEADINGS, lower_first
from scorecard.pages.parts.figures import measure_link, rows_by_id, status_mark
from scorecard.pages.parts.markup import Content, Markup, joined, listing, paragraph, picture, table
from scorecard.use_cases.view.charts import SCREEN_FONT
from scorecard.use_cases.view.measures import View

NO_ICON = ("met_months", "moving", "none")


def grid(view: View, wanted: Collection[str]) -> Markup:
    """The grid of the measures wanted, each as its status and a link; below it those that it can't place, and why."""
    cells = {
        (row, column): [measure_id for measure_id in view.cell(row, column) if measure_id in wanted]
        for row in VARIATION_HEADINGS
        for column in ASSURANCE_HEADINGS
    }
    columns = [code for code in ASSURANCE_HEADINGS if any(cells[row, code] for row in VARIATION_HEADINGS)]
    rows = [code for code in VARIATION_HEADINGS if any(cells[code, column] for column in columns)]
    headers = ["Is it moving?", *(_heading(code) for code in columns)]
    body = [
        (
            _row_heading(code),
            *(_cell(view, cells[code, column], column) for column in columns),
        )
        for code in rows
    ]
    drawn = table("Is it moving, and will it be met?", headers, body, kind="sc-grid") if body else ""
    return Markup(f"{drawn}{_too_little(view, wanted)}")


def _row_heading(variation: str) -> Content:
    """A variation as its icons and words: what is better or worse may lie high or low."""
    ways = (True, False) if variation in ("improvement", "concern") else (True,)
    icons = [picture(variation_icon(variation, up=up, font=SCREEN_FONT), "", "sc-icon") for up in ways]
    return Markup(f'<span class="sc-beside">{joined(icons, "")}<span>{VARIATION_HEADINGS[variation]}</span></span>')


def _heading(assurance: str) -> Content:
    """An assurance as its icon and words; the columns that are none have no icon."""
    heading_text, icon = ASSURANCE_HEADINGS[assurance], _icon(assurance)
    return Markup(f'<span class="sc-beside">{icon}<span>{heading_text}</span></span>') if icon else heading_text


def _icon(assurance: str, kind: str = "") -> Markup | None:
    if assurance in NO_ICON:
        return None
    return picture(assurance_icon(assurance, font=SCREEN_FONT), "", f"sc-icon {kind}")


def _cell(view: View, measure_ids: list[str], assurance: str) -> Content:
    """The measures of a cell; on a telephone, where it is below its row, after its column's icon."""
    if not measure_ids:
        return None
    rows = [rows_by_id(view)[measure_id] for measure_id in measure_ids]
    often = [row["assurance_words"] if row["target_at_bound"] else None for row in rows]
    pace_parts = [[f"({lower_first(pace)})"] if pace else [] for pace in often]
    entries = zip(rows, pace_parts, strict=True)
    marks = [status_mark(row["status"], joined([measure_link(row), *more])) for row, more in entries]
    return Markup(f"{_icon(assurance, 'sc-hand') or ''}{listing(marks, 'sc-cell')}")


def _too_little(view: View, wanted: Collection[str]) -> Markup:
    """The measures that the grid can't place, by the reason."""
    ids_of = {why: [measure_id for measure_id in ids if measure_id in wanted] for why, ids in view.too_little.items()}
    lines = [
        joined([f"{why}: ", joined([measure_link(rows_by_id(view)[measure_id]) for measure_id in ids], "; ")], "")
        for why, ids in ids_of.items()
        if ids
    ]
    if not lines:
        return Markup("")
    introduction = paragraph("Change can't be told from chance for:", "sc-words")
    return Markup(f"{introduction}{listing(lines)}")
