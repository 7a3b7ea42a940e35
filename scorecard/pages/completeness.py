"""Completeness: what came for each measure and month, who owes what for the coming board, and data quality."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from scorecard.core.periods import day_words, month_words
from scorecard.core.rows import Row, rows_with_none
from scorecard.core.vocabulary import lower_first
from scorecard.pages.parts.choices import choice_links, chosen
from scorecard.pages.parts.download import download
from scorecard.pages.parts.markup import Content, Markup, heading, joined, link, listing, paragraph, show, table
from scorecard.pages.parts.session import current_view, page_title, scorecard, view_query
from scorecard.pages.parts.sharing import mail_link, page_address
from scorecard.use_cases.boards import next_meeting
from scorecard.use_cases.commentary.reminders import figures_mail_address
from scorecard.use_cases.view.completeness import (
    MARK_RULES,
    MARKS,
    NOTHING_OVERDUE,
    WINDOW,
    CompletenessView,
    completeness_of,
)
from scorecard.use_cases.view.export_assessment import safe_csv
from scorecard.use_cases.view.measures import View

SHAPES = {
    "received": ("●", "Received", "A figure came, by its due day where one is agreed"),
    "late": ("▲", "Late", "It came after its due day"),
    "revised": ("◆", "Revised", "A later extract changed the first figure"),
    "provisional": ("◐", "Provisional", "It came, and may still change"),
    "suppressed": ("■", "Suppressed", "It was withheld because the numbers are small"),
    "missing": ("✕", "Missing", "It was due, and no figure came"),
    "not_due": (
        "·",
        "Not due",
        "No figure is due: by its frequency, its start or end, or because its day has not come",
    ),
}
STYLE = """<style>
.sc-came th, .sc-came td { text-align: center; padding-right: .35rem; white-space: nowrap; }
.sc-came th:first-child { text-align: left; white-space: nowrap; }
.sc-came.sc-table th, .sc-came.sc-table td { padding-top: .1rem; padding-bottom: .1rem; font-size: .85rem;
  line-height: 1.2; }
.sc-came tbody tr { height: 24px; }
.sc-came tbody th { position: sticky; left: 0; background: #fff; }
.sc-mark { font-size: 1.1rem; line-height: 1; } .sc-mark.sc-missing { color: #801650; font-weight: 700; }
@media screen and (max-width: 62rem) {
  .sc-came.sc-table th { white-space: normal; } .sc-came.sc-table tbody th { min-width: 8rem; }
}
@media screen and (max-width: 40rem) { /* a measure's name, and below it its months */
  .sc-came.sc-stacks thead { display: block; position: static; width: auto; height: auto; clip-path: none; }
  .sc-came.sc-stacks tr { display: grid; grid-template-columns: repeat(12, minmax(0, 1fr)); padding: .15rem 0;
    height: auto; }
  .sc-came.sc-stacks th:first-child { grid-column: 1 / -1; position: static; white-space: normal; }
  .sc-came.sc-stacks thead th:not(:first-child) { writing-mode: vertical-rl; justify-self: center; }
  .sc-came.sc-stacks td[data-of]::before { content: none; }
}
</style>"""


def page() -> None:
    """Draws what is owed, the grid and what is not in order, for the month and moment that the URL names."""
    show(Markup(STYLE))
    view = current_view()
    opened = scorecard()
    seen = completeness_of(opened, view, int(chosen("months", MONTHS)))
    finding = _finding(seen)
    page_title(finding)
    show(heading(finding, 1))
    _owed(view, seen, next_meeting(opened, view.month))
    _grid(seen)
    _not_in_order(seen)


MONTHS = {"12": "12 months", "24": "24 months"}


def _finding(seen: CompletenessView) -> str:
    due, arrived = (int(seen.completeness.marks[name].sum()) for name in ("due", "came"))
    missing = due - arrived
    return (
        f"Of {due:,} figures due in the {WINDOW} months to {month_words(seen.month)}, {arrived:,} came and "
        f"{missing:,} {'is' if missing == 1 else 'are'} missing"
    )


def _owed(view: View, seen: CompletenessView, meeting: tuple[str, date, date | None] | None) -> None:
    """What is missing, by who supplies it."""
    show(heading("Who needs to send what", anchor="owed"))
    next_board = ""
    if meeting is not None:
        name, day, papers = meeting
        papers_words = f"; papers are due on {day_words(papers)}" if papers else ""
        next_board = f" The next board is the {name} on {day_words(day)}{papers_words}."
    missing_figures = seen.completeness.owed
    if missing_figures.empty:
        show(paragraph(f"{NOTHING_OVERDUE}{next_board}", "sc-across"))
        return
    now = missing_figures["period_end"] == seen.month
    counts = f"{int(now.sum()):,} for {month_words(seen.month)}, {int((~now).sum()):,} for earlier months."
    show(paragraph(f"{counts}{next_board}", "sc-across"))
    body = [
        (
            str(source),
            f"{len(part):,}",
            listing(
                joined([_measure(row), month_words(row["period_end"]), *_owner(row)], ", ")
                for row in rows_with_none(part)
            ),
        )
        for source, part in missing_figures.groupby("supplied_by", sort=False)
    ]
    show(table("Missing figures, by who supplies them", ("Source", "Figures", "Which"), body, compact=True))
    papers = meeting[2] if meeting else None
    months = missing_figures["period_end"].dt.strftime("%Y-%m")
    csv = missing_figures.assign(period_end=months)
    with st.container(key="take-owed", horizontal=True, vertical_alignment="center", gap="medium"):
        show(
            mail_link(
                figures_mail_address(missing_figures, view.month.date(), papers, page_address(view, "completeness"))
            )
        )
        download("Download what is missing (CSV)", "owed.csv", "text/csv", lambda _: safe_csv(csv))


def _measure(row: Row) -> Markup:
    return link(row["name"], "measure", measure=row["measure_id"], **view_query())


def _owner(row: Row) -> list[str]:
    return [f"owner: {row['owner']}"] if row["owner"] else []


def _grid(seen: CompletenessView) -> None:
    """One grid: a row a measure, a column a month, the newest first; every cell a shape and words."""
    months = choice_links("Months", "months", MONTHS, chosen("months", MONTHS))
    matrix = seen.completeness.matrix
    ends = sorted(matrix["period_end"].unique(), reverse=True)
    cells = {(row["measure_id"], row["period_end"]): row for row in rows_with_none(matrix)}
    body: list[list[Content]] = [
        [
            link(measure.name, "measure", measure=measure.id, **view_query()),
            *[_cell(cells[measure.id, end]) for end in ends],
        ]
        for area in seen.catalogue.service_areas
        for measure in area.measures
    ]
    shown = {*matrix["state"], *(flag for flag in ("late", "revised", "provisional") if matrix[flag].any())}
    key = [
        f"{sign} {word.lower()}: {lower_first(meaning)}"
        for code, (sign, word, meaning) in SHAPES.items()
        if code in shown
    ]
    grid = table("What came of each measure, newest month first", ("Measure", *map(_short, ends)), body, kind="sc-came")
    above = f"{heading('What came, month by month', anchor='matrix')}{months}"
    show(Markup(f"{above}{paragraph('; '.join(key), 'sc-muted sc-across')}{grid}"))


def _short(end: pd.Timestamp) -> str:
    return f"{end:%b} {end:%y}"


def _cell(row: Row) -> Markup:
    """A shape that is seen, and words that are read out: 'Revised, late'."""
    sign, word, _ = SHAPES[row["state"]]
    more = [flag for flag in ("provisional", "revised", "late") if row[flag] and flag != row["state"]]
    label = ", ".join([word, *more])
    kind = "sc-mark sc-missing" if row["state"] == "missing" else "sc-mark"
    return Markup(f'<span class="{kind}" role="img" aria-label="{label}" title="{label}">{sign}</span>')


def _not_in_order(seen: CompletenessView) -> None:
    """The measures of which a mark does not hold, each with why; and when a mark holds."""
    marks = seen.completeness.marks
    names = {measure.id: measure.name for measure in seen.catalogue.measures}
    body: list[tuple[Content, ...]] = [
        (
            link(names[row["measure_id"]], "measure", measure=row["measure_id"], **view_query()),
            row["why_words"],
        )
        for row in rows_with_none(marks)
        if any(row[mark] is False for mark in MARKS)
    ]
    show(heading(f"Not in order: {len(body)} of {len(marks)} measures", anchor="quality"))
    if body:
        show(table("Measures whose data are not in order, and why", ("Measure", "Why"), body, compact=True))
    rules = listing(f"{mark.capitalize()}: {rule}." for mark, rule in MARK_RULES.items())
    show(Markup(f"<details><summary>When data are in order</summary>{rules}</details>"))
