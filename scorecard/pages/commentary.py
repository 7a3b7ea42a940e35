"""Commentary: what is due, what waits to be approved, what was returned; and what boards asked and decided."""

from __future__ import annotations

import streamlit as st

from scorecard.core.periods import month_words
from scorecard.pages.parts.choices import choice_links, chosen
from scorecard.pages.parts.decisions import answer_form, decisions_table
from scorecard.pages.parts.download import download
from scorecard.pages.parts.figures import area_link
from scorecard.pages.parts.markup import Markup, heading, link, paragraph, show, table
from scorecard.pages.parts.session import choice, current_view, moment_words, page_title, scorecard, view_query
from scorecard.pages.parts.sharing import mail_link, page_address
from scorecard.use_cases.commentary.reminders import calendar, mail_address, questions_mail_address
from scorecard.use_cases.commentary.status import MeasureCommentary, MonthCommentary, commentary_frame, month_commentary
from scorecard.use_cases.decisions.list_decisions import decisions_frame, list_decisions
from scorecard.use_cases.open_scorecard import Scorecard, now
from scorecard.use_cases.view.completeness import completeness_of
from scorecard.use_cases.view.export_assessment import safe_csv
from scorecard.use_cases.view.measures import View

HEADERS = ("Measure", "Service area", "State", "Last written by", "When")
SHOWN = {"owed": "Due", "submitted": "Submitted", "returned": "Returned", "approved": "Approved", "every": "All"}
BOARD = "board"
EVERYWHERE = ""


def page() -> None:
    """Draws the list that the URL names: what is due at first."""
    view = current_view()
    page_title("Commentary and decisions")
    show(heading("Commentary and decisions", 1))
    commentary = month_commentary(scorecard(), view)
    show(paragraph(_in_short(view, commentary), "sc-finding"))
    counted = {code: f"{label} {len(_of(commentary, code))}" for code, label in SHOWN.items()}
    lists = {**counted, BOARD: "What the board asked"}
    with st.container(key="choices", horizontal=True, vertical_alignment="center", gap="small"):
        shown = chosen("show", lists)
        show(choice_links("Show", "show", lists, shown))
        area = choice("Service area", "area", _areas(view))
    if shown == BOARD:
        _board(view, area)
    else:
        _comments(view, commentary, shown, area)


def _in_short(view: View, commentary: MonthCommentary) -> str:
    month = month_words(view.month)
    if not commentary.sentence:
        return f"{month}: no commentary is due."
    board = f" to {commentary.board}" if commentary.board and commentary.papers_due else ""
    return f"{month}: {commentary.sentence}{board}."


def _areas(view: View) -> dict[str, str]:
    return {EVERYWHERE: "All service areas", **{area.id: area.name for area in view.catalogue.service_areas}}


def _of(commentary: MonthCommentary, code: str) -> tuple[MeasureCommentary, ...]:
    if code == "every":
        return commentary.measures
    if code == "owed":
        return commentary.awaited
    return tuple(
        measure for measure in commentary.measures if measure.comment is not None and measure.comment.state == code
    )


def _comments(view: View, commentary: MonthCommentary, code: str, area: str) -> None:
    rows = [_row(measure) for measure in _of(commentary, code) if area in (EVERYWHERE, measure.service_area_id)]
    if rows:
        show(table(f"{SHOWN[code]}: commentary of {month_words(view.month)}", HEADERS, rows))
    else:
        show(paragraph("None.", "sc-words"))
    show(paragraph("Exceptions are asked a comment; any other measure may have one, on its own page.", "sc-muted"))
    month = view.month.date()
    name = f"commentary-{month:%Y-%m}.csv"
    download("All of this month (CSV)", name, "text/csv", lambda _: safe_csv(commentary_frame(commentary, month)))
    _reminders(view, commentary)


def _reminders(view: View, commentary: MonthCommentary) -> None:
    """What is due as an e-mail of one's own and as days of a calendar; the scorecard sends nothing."""
    month = view.month.date()
    if commentary.awaited:
        address = mail_address(commentary, month, page_address(view, "commentary"))
        show(mail_link(address))

    def days(opened: Scorecard) -> str:
        items, figures = list_decisions(opened, view.as_known_at), completeness_of(opened, view).completeness.owed
        return calendar(commentary, month, items, now(), figures)

    download("Days due, for a calendar (ICS)", f"due-{month:%Y-%m}.ics", "text/calendar", days)


def _row(measure: MeasureCommentary) -> tuple[str | Markup, ...]:
    to_it = link(measure.name, "measure", measure=measure.measure_id, section="commentary", **view_query())
    area_cell = area_link(measure.service_area_id, measure.service_area)
    if measure.comment is None:
        return to_it, area_cell, measure.state, "–", "–"
    why = f": {measure.comment.reason}" if measure.comment.reason else ""
    return to_it, area_cell, f"{measure.state}{why}", measure.comment.who, moment_words(measure.comment.at)


def _board(view: View, area: str) -> None:
    items = tuple(
        item for item in list_decisions(scorecard(), view.as_known_at) if area in (EVERYWHERE, item.service_area_id)
    )
    open_ones, closed = (tuple(item for item in items if item.open is state) for state in (True, False))
    show(heading(f"Open: {len(open_ones)}"))
    show(decisions_table(open_ones, "Open questions and decisions") if open_ones else paragraph("None.", "sc-words"))
    if open_ones:
        show(mail_link(questions_mail_address(open_ones, page_address(view, "commentary", show=BOARD))))
    if view.as_known_at is None:
        answer_form(open_ones)
    if closed:
        show(heading(f"Closed: {len(closed)}"))
        show(decisions_table(closed, "Closed questions and decisions"))
    instruction = (
        "Note what a board asked on the page of the measure, under Commentary, or on that of the service area."
    )
    show(paragraph(instruction, "sc-muted"))
    download("All of them (CSV)", "board-asked.csv", "text/csv", lambda _: safe_csv(decisions_frame(items)))
