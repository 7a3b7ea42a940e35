"""Overview: all service areas at a glance. Where are we off target, and is it moving?"""

from __future__ import annotations

import streamlit as st

from scorecard.charts import status_icon
from scorecard.core.periods import month_words
from scorecard.core.rows import Row, rows_with_none
from scorecard.pages.overview.attention import attention
from scorecard.pages.overview.change_or_chance import change_or_chance, moving_words
from scorecard.pages.parts.figures import (
    STATUS_LABELS,
    area_link,
    measure_link,
    movers_table,
    rows_among,
    rows_by_id,
    status_mark,
)
from scorecard.pages.parts.markup import Markup, joined, link, listing, paragraph, picture, show, table
from scorecard.pages.parts.session import current_view, kept_query
from scorecard.use_cases.view.measures import View, judged

CONTENTS = {
    "attention": "What needs attention",
    "chance": "Change or chance",
    "areas": "All service areas",
    "moved": "What moved most",
    "furthest": "Furthest from target",
    "owed": "Owed, and open questions",
}


def page() -> None:
    """Draws the overview for the month and moment that the URL names."""
    st.title("Measures that matter")
    view = current_view()
    rows = list(rows_by_id(view).values())
    _headline(view)
    _tiles(view)
    contents = [Markup(f'<a href="#{anchor}">{words}</a>') for anchor, words in CONTENTS.items()]
    show(Markup(f'<nav class="sc-contents" aria-label="On this page">{joined(contents, " ")}</nav>'))
    attention(view)
    change_or_chance(view)
    _areas(view, rows)
    _movers(view)
    _owed_and_odd(rows)


def _headline(view: View) -> None:
    """The answer in two sentences: where are we off target, and is it moving?"""
    count = view.totals
    words = (
        f"{view.catalogue.authority.name}, {month_words(view.month)}: {count['met']} of {judged(count)} measures that "
        f"can be judged meet their target; {count['missed']} miss it. {count['exceptions']} need the board's attention."
    )
    show(Markup(f"{paragraph(words, 'sc-finding')}{paragraph(moving_words(view), 'sc-lead')}"))


def _tiles(view: View) -> None:
    """How many measures stand where."""
    labels = {**STATUS_LABELS, "no_status": "Monitored or not judged"}
    tiles = "".join(
        f'<li class="sc-{code}"><span class="sc-count">{view.totals[code]}</span>'
        f"{status_mark(None if code == 'no_status' else code, label)}</li>"
        for code, label in labels.items()
        if view.totals[code] or code != "close"
    )
    note = "A number and a rate of the same thing count once. Met means the latest figure reaches its target."
    show(Markup(f'<ul class="sc-tiles">{tiles}</ul>{paragraph(note, "sc-muted")}'))


def _areas(view: View, rows: list[Row]) -> None:
    """One row a service area: how its measures stand, each as a shape that leads to it."""
    st.header("All service areas", anchor="areas")
    strips: dict[str, list[Markup]] = {}
    for row in rows:
        words = f"{row['name']}: {row['status_words']}"
        shape = picture(status_icon(row["status"]), words, "sc-shape")
        to_measure = link(shape, "measure", measure=row["measure_id"], **kept_query())
        strips.setdefault(row["service_area_id"], []).append(to_measure)
    body = [
        (
            area_link(area["service_area_id"], area["service_area"]),
            Markup(f'<span class="sc-strip">{"".join(map(str, strips[area["service_area_id"]]))}</span>'),
            str(area["met"]),
            str(area["close"]),
            str(area["missed"]),
            str(area["no_data"]),
            str(area["no_target"] + area["no_status"]),
            str(area["exceptions"]),
        )
        for area in view.once("areas for the overview", lambda: rows_with_none(view.by_service_area))
    ]
    headers = ("Service area", "Measures", "Met", "Close", "Missed", "No figure", "No status or target", "Exceptions")
    show(table("How each service area's measures stand", headers, body, numeric=(2, 3, 4, 5, 6, 7)))


def _movers(view: View) -> None:
    st.header("What moved most", anchor="moved")
    show(paragraph("Change since the figure before, or since the baseline where there is none.", "sc-muted"))
    better = movers_table(rows_among(view, view.better), "Better, or towards the plan's level")
    worse = movers_table(rows_among(view, view.worse), "Worse, or away from the plan's level")
    show(Markup(f'<div class="sc-pair">{better}{worse}</div>'))
    st.header("Furthest from target", anchor="furthest")
    body = [
        (measure_link(row), row["value_words"], row["target_words"], row["distance_words"], row["movement_words"])
        for row in rows_among(view, view.furthest)
    ]
    headers = ("Measure", "Latest", "Target", "Distance", "Since the figure before")
    show(table("Missed by most, as a share of the target", headers, body, compact=True))


def _owed_and_odd(rows: list[Row]) -> None:
    """What is owed, what can't be compared yet, and where a number and a rate disagree."""
    lists = {
        "Figures owed": [(row, row["status_words"]) for row in rows if row["overdue"]],
        "Missed, with no earlier figure to compare": [
            (row, row["sentence"]) for row in rows if row["movement_unknown"]
        ],
        "Number and rate disagree": [(row, row["movement_words"]) for row in rows if row["pair_disagrees"]],
    }
    st.header("Owed, and open questions", anchor="owed")
    if not any(lists.values()):
        show(paragraph("No figure is owed.", "sc-words"))
    for heading, found in lists.items():
        if found:
            st.subheader(heading, anchor=False)
            show(listing(joined([measure_link(row), words], ": ") for row, words in found))
