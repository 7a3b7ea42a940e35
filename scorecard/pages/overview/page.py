"""Overview: the finding, and the measures that it rests on as a list, by service area or by change and outlook."""

from __future__ import annotations

import streamlit as st

from scorecard.charts import status_icon
from scorecard.core.rows import Row, rows_with_none
from scorecard.pages.overview.grid import grid
from scorecard.pages.overview.share import share
from scorecard.pages.parts.choices import choice_links, chosen, folded_choice
from scorecard.pages.parts.decisions import request_lines
from scorecard.pages.parts.figures import area_link, rows_by_id
from scorecard.pages.parts.markup import Markup, anchor_link, heading, joined, link, paragraph, picture, show
from scorecard.pages.parts.measure_rows import measure_rows
from scorecard.pages.parts.session import current_view, page_title, scorecard, view_query
from scorecard.use_cases.view.measures import View
from scorecard.use_cases.view.methods import EXCEPTION_RULE
from scorecard.use_cases.view.order_measures import ORDERS
from scorecard.use_cases.view.overview import Overview, list_code, list_label, listed, overview

Parts = dict[str, tuple[Markup | tuple[str, str], ...]]
VIEWS = {"list": "List", "areas": "By area", "grid": "Grid"}


def page() -> None:
    """Draws the overview for the month and moment that the URL names."""
    view = current_view(share)
    overview_shown = overview(scorecard(), view)
    page_title(overview_shown.finding)
    lists = _lists(view, overview_shown)
    code = chosen("list", lists, list_code(scorecard(), view, ""))
    order, shown = chosen("sort", ORDERS), chosen("view", VIEWS)
    rows = [rows_by_id(view)[measure_id] for measure_id in listed(scorecard(), view, code, order)]
    drawn = {"list": _list, "areas": _areas, "grid": _grid}[shown](view, rows, code)
    whole = " sc-whole" if shown == "grid" else ""
    parts = _beside(view, overview_shown)
    choices = (
        choice_links("Measures listed", "list", lists, code),
        folded_choice("Sort", "sort", ORDERS, order),
        choice_links("Show as", "view", VIEWS, shown, "plain"),
    )
    above = f'{heading(overview_shown.finding, 1)}<div class="sc-choices sc-scrolls">{joined(choices, "")}</div>'
    main = f'<div class="sc-main">{_jumps(parts)}{drawn}</div>'
    show(Markup(f'{above}<div class="sc-overview{whole}">{main}{_aside(parts)}</div>'))


def _lists(view: View, overview_shown: Overview) -> dict[str, str]:
    """The lists that are offered, with how many stand in each; also the one that the URL asks for."""
    asked = st.query_params.get("list", "")
    offered = [
        *overview_shown.chosen,
        *([asked] if asked in overview_shown.lists and asked not in overview_shown.chosen else []),
    ]
    lists_shown = [code for code in offered if overview_shown.lists[code] or code in ("board", "missed", "all", asked)]
    return {code: list_label(scorecard(), view, code) for code in lists_shown}


def _list(view: View, rows: list[Row], code: str) -> Markup:
    label = list_label(scorecard(), view, code)
    if not rows:
        return paragraph("No measure stands in this list this month.", "sc-words")
    why = f"{EXCEPTION_RULE} Targets missed at their date stand here too."
    folded = f"<details><summary>Why these</summary>{paragraph(why, 'sc-muted')}</details>" if code == "board" else ""
    return Markup(f"{measure_rows(view, rows, label)}{folded}")


def _areas(view: View, rows: list[Row], code: str) -> Markup:
    """A tile for each service area: how its measures of the list stand, each a shape that leads to it."""
    del code
    strips: dict[str, list[Markup]] = {}
    for row in rows:
        shape = picture(status_icon(row["status"]), f"{row['name']}: {row['status_words']}", "sc-shape")
        to_measure = link(shape, "measure", measure=row["measure_id"], **view_query())
        strips.setdefault(row["service_area_id"], []).append(to_measure)
    areas = view.memoised("areas for the overview", lambda: rows_with_none(view.by_service_area))
    tiles = "".join(
        f"<li>{area_link(area['service_area_id'], area['service_area'])}"
        f'<span class="sc-strip">{joined(strips[area["service_area_id"]], "")}</span></li>'
        for area in areas
        if area["service_area_id"] in strips
    )
    return Markup(f'<ul class="sc-areas">{tiles}</ul>')


def _grid(view: View, rows: list[Row], code: str) -> Markup:
    del code
    return grid(view, {row["measure_id"] for row in rows})


def _beside(view: View, overview_shown: Overview) -> Parts:
    """What a board decides, what is new since the month before, what can be trusted, and what is asked of people."""
    asked = request_lines(view)
    return {
        "For the board to decide": overview_shown.decide
        or (("", "No target is due, already met for long, or never met."),),
        overview_shown.since_heading: overview_shown.since
        or (("", "No target is newly met, or newly missed beyond chance."),),
        "Can I trust it?": (*overview_shown.trust, ("", overview_shown.beside_chance), *_earlier(view)),
        **({"Asked of you": asked} if asked else {}),
    }


def _earlier(view: View) -> tuple[Markup, ...]:
    """The way to a history, where no measure has enough of one to show real change."""
    return () if view.signals_shown else (link("Load earlier months", "upload", **view_query()),)


def _aside(parts: Parts) -> str:
    sections = "".join(
        f"<section>{heading(name, anchor=f'beside-{section_number}')}<ul>"
        f"{''.join(f'<li>{_told(line)}</li>' for line in lines)}</ul></section>"
        for section_number, (name, lines) in enumerate(parts.items())
    )
    return f'<aside class="sc-aside" aria-label="Beside the list">{sections}</aside>'


def _jumps(parts: Parts) -> str:
    """The way to what is below the list where there is no room beside it."""
    ways = joined((anchor_link(name, f"beside-{section_number}") for section_number, name in enumerate(parts)), "")
    return f'<nav class="sc-jumps" aria-label="Below the list">{ways}</nav>'


def _told(line: Markup | tuple[str, str]) -> Markup:
    """A line that is a link already; or a list's code and its words, which lead to it."""
    if isinstance(line, Markup):
        return line
    code, label = line
    return link(label, "overview", list=code, **view_query()) if code else joined([label])
