"""How we compare: our published figures beside the neighbours', the region's and England's, and how the gap moved."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import streamlit as st

from scorecard.core.periods import month_words
from scorecard.pages.compare.measure import measure_in_full
from scorecard.pages.compare.shared_comparison import comparison_for
from scorecard.pages.parts.markup import Content, Markup, heading, joined, link, paragraph, picture, show, table
from scorecard.pages.parts.session import choice, current_view, fault, page_title, view_query
from scorecard.use_cases.open_scorecard import UnusableScorecard
from scorecard.use_cases.published.comparison import Comparison
from scorecard.use_cases.published.overview import (
    BY_THE_RULE,
    LINES,
    MIDDLES,
    NOT_BESIDE_INVENTED,
    NOTHING_KNOWN,
    ComparedMeasure,
    compared_measures,
    finding_words,
    gap_picture,
    lists_to_choose,
)
from scorecard.use_cases.published.reference import MappingError
from scorecard.use_cases.view.measures import View

TITLE = "How we compare"


def page() -> None:
    """Draws a row for each measure that publications feed, and the measure that the URL names in full."""
    view = current_view()
    above, finding = st.container(), TITLE
    if view.demonstration:
        show(Markup(f'<div class="sc-notice" role="note">{paragraph(NOT_BESIDE_INVENTED)}</div>'))
    else:
        try:
            finding = f"{TITLE}: {_compared(view)}"
        except MappingError as error:
            fault("The mapping of published figures can't be used", str(error))
        except UnusableScorecard as error:
            fault("Published figures can't be shown", str(error))
    page_title(finding)
    with above:
        show(heading(finding, 1))


def _compared(view: View) -> str:
    """Draws the table and the measure that is asked for, and hands back what all of them say."""
    left, right, _ = st.columns([3, 3, 1])
    with left:
        chosen = choice("Neighbours' list", "list", lists_to_choose(comparison_for(view)), shown_label=True)
    with right:
        middle = choice("Neighbours' figure", "figure", MIDDLES, shown_label=True)
    comparison = comparison_for(view, None if chosen == BY_THE_RULE else chosen, middle)
    introduction = (
        "From published statistics alone, never from our monthly figures. 'Then' is the newest published period "
        f"that had ended by {month_words(view.month.date())}; 'now' is the newest there is. Bars point up where we are "
        "better than the neighbours, or above them where neither way is better."
    )
    show(paragraph(introduction, "sc-words"))
    rows = compared_measures(comparison, view.month.date())
    show(_table(comparison, rows))
    _in_full(comparison, rows, view.month.date())
    return finding_words(comparison)


def _table(comparison: Comparison, rows: list[ComparedMeasure]) -> Markup:
    headers = (
        "Measure",
        "Then",
        "Now",
        "Gap to the neighbours over the years",
        "How it moved",
        "Rank with the neighbours",
        "Rank in England",
    )
    body: list[tuple[Content, ...]] = [
        (
            link(row.name, "compare", anchor="measure", measure=row.measure_id, **_kept()),
            row.then,
            row.now,
            _bars(comparison, row),
            row.moved,
            row.neighbours_rank,
            row.england_rank,
        )
        for row in rows
    ]
    return table("How each measure compares", headers, body, compact=True, kind="sc-many")


def _kept() -> dict[str, str]:
    """What of the URL goes along with a link to a measure: what every link keeps, and what was chosen here."""
    chosen = {name: st.query_params[name] for name in ("list", "figure", "lines") if name in st.query_params}
    return {**view_query(), **chosen}


def _bars(comparison: Comparison, row: ComparedMeasure) -> Markup | None:
    drawn = gap_picture(comparison, row.measure_id)
    return None if drawn is None else joined([picture(drawn[0], "", "sc-spark"), paragraph(drawn[1], "sc-muted")])


def _in_full(comparison: Comparison, rows: list[ComparedMeasure], month: date) -> None:
    names: Mapping[str, str] = {row.measure_id: row.name for row in rows}
    if not names:
        show(paragraph(NOTHING_KNOWN, "sc-words"))
        return
    show(heading("One measure in full", anchor="measure"))
    left, right, _ = st.columns([3, 3, 1])
    with left:
        shown = choice("Measure", "measure", names, shown_label=True)
    with right:
        lines = choice("Neighbours over the years", "lines", LINES, shown_label=True)
    measure_in_full(comparison, comparison.measures[shown], month, by_list=lines == "lists")
