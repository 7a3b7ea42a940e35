"""Completeness: what came for each measure and month, who owes what for the coming board, and data quality."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from scorecard.core.periods import day_words, month_words
from scorecard.core.rows import Row, rows_with_none
from scorecard.pages.parts.markup import Content, Markup, joined, link, listing, paragraph, show, table
from scorecard.pages.parts.session import current_view, kept_query, scorecard
from scorecard.use_cases.publish.boards import next_meeting
from scorecard.use_cases.view.completeness import (
    HOLDS,
    MARK_RULES,
    MARKS,
    NOTHING_OWED,
    WINDOW,
    CompletenessView,
    completeness_of,
)
from scorecard.use_cases.view.export_assessment import safe_csv

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
.sc-came th:first-child { text-align: left; white-space: normal; }
.sc-came tbody th { position: sticky; left: 0; background: #fff; }
.sc-mark { font-size: 1.1rem; line-height: 1; } .sc-mark.sc-missing { color: #801650; font-weight: 700; }
</style>"""


def page() -> None:
    """Draws the matrix, what is owed and the marks, for the month and moment that the URL names."""
    show(Markup(STYLE))
    st.title("Completeness")
    view = current_view()
    months = st.radio("Months shown", (12, 24), horizontal=True, format_func=lambda number: f"{number} months")
    opened = scorecard()
    seen = completeness_of(opened, view, months)
    _summary(seen)
    meeting = next_meeting(opened, view.month)
    _owed(seen, meeting)
    _matrix(seen)
    _quality(seen)


def _summary(seen: CompletenessView) -> None:
    due, came = (int(seen.found.marks[name].sum()) for name in ("due", "came"))
    missing = due - came
    words = (
        f"Of {due:,} figures due in the {WINDOW} months to {month_words(seen.month)}, {came:,} came and "
        f"{missing:,} {'is' if missing == 1 else 'are'} missing."
    )
    show(paragraph(words, "sc-finding"))


def _owed(seen: CompletenessView, meeting: tuple[str, date, date | None] | None) -> None:
    """What is missing, by who supplies it."""
    st.header("Who owes what", anchor="owed")
    if meeting is not None:
        name, day, papers = meeting
        papers_words = f"; papers are due on {day_words(papers)}" if papers else ""
        show(paragraph(f"The next board is the {name} on {day_words(day)}{papers_words}.", "sc-words"))
    owed = seen.found.owed
    if owed.empty:
        show(paragraph(NOTHING_OWED, "sc-words"))
        return
    now = owed["period_end"] == seen.month
    heading = f"{int(now.sum()):,} for {month_words(seen.month)}, {int((~now).sum()):,} for earlier months."
    show(paragraph(heading, "sc-words"))
    body = [
        (
            str(source),
            f"{len(part):,}",
            listing(
                joined([_measure(row), month_words(row["period_end"]), *_owner(row)], ", ")
                for row in rows_with_none(part)
            ),
        )
        for source, part in owed.groupby("supplied_by", sort=False)
    ]
    show(
        table("Missing figures, by who supplies them", ("Source", "Figures", "Which"), body, numeric=(1,), compact=True)
    )
    st.download_button(
        "Download what is owed (CSV)",
        safe_csv(owed.assign(period_end=owed["period_end"].dt.strftime("%Y-%m"))),
        "owed.csv",
        "text/csv",
        on_click="ignore",
    )


def _measure(row: Row) -> Markup:
    return link(row["name"], "measure", measure=row["measure_id"], **kept_query())


def _owner(row: Row) -> list[str]:
    return [f"owner: {row['owner']}"] if row["owner"] else []


def _matrix(seen: CompletenessView) -> None:
    """A table for each service area: a row a measure, a column a month; every cell a shape and words."""
    st.header("What came, month by month", anchor="matrix")
    key = [
        (Markup(f'<span class="sc-mark" aria-hidden="true">{sign}</span>'), word, meaning)
        for sign, word, meaning in SHAPES.values()
    ]
    show(table("What the shapes mean", ("Shape", "Word", "Meaning"), key, row_header=False, compact=True))
    matrix = seen.found.matrix
    ends = sorted(matrix["period_end"].unique())
    heads = [_short(end) for end in ends]
    cells = {(row["measure_id"], row["period_end"]): row for row in rows_with_none(matrix)}
    for area in seen.catalogue.service_areas:
        body: list[list[Content]] = [
            [
                link(measure.name, "measure", measure=measure.id, **kept_query()),
                *[_cell(cells[measure.id, end]) for end in ends],
            ]
            for measure in area.measures
        ]
        show(table(area.name, ("Measure", *heads), body, compact=True, kind="sc-came"))


def _short(end: pd.Timestamp) -> str:
    return f"{end:%b} {end:%y}"


def _cell(row: Row) -> Markup:
    """A shape that is seen, and words that are read out: 'Revised, late'."""
    sign, word, _ = SHAPES[row["state"]]
    more = [flag for flag in ("provisional", "revised", "late") if row[flag] and flag != row["state"]]
    words = ", ".join([word, *more])
    kind = "sc-mark sc-missing" if row["state"] == "missing" else "sc-mark"
    return Markup(f'<span class="{kind}" role="img" aria-label="{words}" title="{words}">{sign}</span>')


def _quality(seen: CompletenessView) -> None:
    """Four marks a measure, each with why."""
    st.header("Data quality", anchor="quality")
    show(listing(f"{mark.capitalize()}: {rule}." for mark, rule in MARK_RULES.items()))
    names = {measure.id: measure.name for measure in seen.catalogue.measures}
    body: list[tuple[Content, ...]] = [
        (
            link(names[row["measure_id"]], "measure", measure=row["measure_id"], **kept_query()),
            *[f"{HOLDS[row[mark]]}: {row[f'{mark}_words']}" for mark in MARKS],
        )
        for row in rows_with_none(seen.found.marks)
    ]
    headers = ("Measure", *[mark.capitalize() for mark in MARKS])
    show(table("Data quality of each measure", headers, body, compact=True))
