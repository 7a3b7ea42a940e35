"""Commentary: what is owed, what waits to be approved, what was returned; and what boards asked and decided."""

from __future__ import annotations

import streamlit as st

from scorecard.core.periods import month_words
from scorecard.pages.parts.asked import answer_form, asked_table
from scorecard.pages.parts.choices import choice_links, chosen
from scorecard.pages.parts.download import download
from scorecard.pages.parts.figures import area_link
from scorecard.pages.parts.markup import Markup, heading, link, paragraph, show, table
from scorecard.pages.parts.session import choice, current_view, kept_query, moment_words, page_title, scorecard
from scorecard.pages.parts.sharing import mail_link, page_address
from scorecard.use_cases.commentary.owed import Asked, Owed, owed, owed_frame
from scorecard.use_cases.commentary.reminders import calendar, mail_address, questions_mail_address
from scorecard.use_cases.decisions.asked import asked, asked_frame
from scorecard.use_cases.open_scorecard import Scorecard, now
from scorecard.use_cases.view.completeness import completeness_of
from scorecard.use_cases.view.export_assessment import safe_csv
from scorecard.use_cases.view.measures import View

HEADERS = ("Measure", "Service area", "State", "Last written by", "When")
SHOWN = {"owed": "Owed", "submitted": "Submitted", "returned": "Returned", "approved": "Approved", "every": "All"}
BOARD = "board"
EVERYWHERE = ""


def page() -> None:
    """Draws the list that the URL names: owed at first."""
    view = current_view()
    page_title("Commentary and decisions")
    show(heading("Commentary and decisions", 1))
    commentary = owed(scorecard(), view)
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


def _in_short(view: View, commentary: Asked) -> str:
    month = month_words(view.month)
    if not commentary.sentence:
        return f"{month}: no commentary is owed."
    board = f" to {commentary.board}" if commentary.board and commentary.papers_due else ""
    return f"{month}: {commentary.sentence}{board}."


def _areas(view: View) -> dict[str, str]:
    return {EVERYWHERE: "All service areas", **{area.id: area.name for area in view.catalogue.service_areas}}


def _of(commentary: Asked, code: str) -> tuple[Owed, ...]:
    if code == "every":
        return commentary.measures
    if code == "owed":
        return commentary.awaited
    return tuple(owed for owed in commentary.measures if owed.comment is not None and owed.comment.state == code)


def _comments(view: View, commentary: Asked, code: str, area: str) -> None:
    rows = [_row(owed) for owed in _of(commentary, code) if area in (EVERYWHERE, owed.service_area_id)]
    if rows:
        show(table(f"{SHOWN[code]}: commentary of {month_words(view.month)}", HEADERS, rows))
    else:
        show(paragraph("None.", "sc-words"))
    show(paragraph("Exceptions are asked a comment; any other measure may have one, on its own page.", "sc-muted"))
    month = view.month.date()
    name = f"commentary-{month:%Y-%m}.csv"
    download("All of this month (CSV)", name, "text/csv", lambda _: safe_csv(owed_frame(commentary, month)))
    _reminders(view, commentary)


def _reminders(view: View, commentary: Asked) -> None:
    """What is owed as an e-mail of one's own and as days of a calendar; the scorecard sends nothing."""
    month = view.month.date()
    if commentary.awaited:
        address = mail_address(commentary, month, page_address(view, "commentary"))
        show(mail_link(address))

    def days(opened: Scorecard) -> str:
        items, figures = asked(opened, view.as_known_at), completeness_of(opened, view).completeness.owed
        return calendar(commentary, month, items, now(), figures)

    download("Days due, for a calendar (ICS)", f"due-{month:%Y-%m}.ics", "text/calendar", days)


def _row(owed: Owed) -> tuple[str | Markup, ...]:
    to_it = link(owed.name, "measure", measure=owed.measure_id, section="commentary", **kept_query())
    area_cell = area_link(owed.service_area_id, owed.service_area)
    if owed.comment is None:
        return to_it, area_cell, owed.state, "–", "–"
    why = f": {owed.comment.reason}" if owed.comment.reason else ""
    return to_it, area_cell, f"{owed.state}{why}", owed.comment.who, moment_words(owed.comment.at)


def _board(view: View, area: str) -> None:
    items = tuple(item for item in asked(scorecard(), view.as_known_at) if area in (EVERYWHERE, item.service_area_id))
    open_ones, closed = (tuple(item for item in items if item.open is state) for state in (True, False))
    show(heading(f"Open: {len(open_ones)}"))
    show(asked_table(open_ones, "Open questions and decisions") if open_ones else paragraph("None.", "sc-words"))
    if open_ones:
        show(mail_link(questions_mail_address(open_ones, page_address(view, "commentary", show=BOARD))))
    if view.as_known_at is None:
        answer_form(open_ones)
    if closed:
        show(heading(f"Closed: {len(closed)}"))
        show(asked_table(closed, "Closed questions and decisions"))
    instruction = (
        "Note what a board asked on the page of the measure, under Commentary, or on that of the service area."
    )
    show(paragraph(instruction, "sc-muted"))
    download("All of them (CSV)", "board-asked.csv", "text/csv", lambda _: safe_csv(asked_frame(items)))
