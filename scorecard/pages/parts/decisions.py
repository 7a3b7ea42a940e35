"""What boards asked and decided, as a list; a form to note more, and one to answer; and what is asked of people."""

from __future__ import annotations

from datetime import date

import streamlit as st

from scorecard.access.permissions import Permission
from scorecard.core.bounds import LONGEST, LONGEST_NOTE
from scorecard.core.periods import day_words, month_words
from scorecard.pages.parts.markup import Markup, heading, joined, link, paragraph, show, table
from scorecard.pages.parts.session import fault, moment_words, scorecard, view_query
from scorecard.use_cases.boards import board_names
from scorecard.use_cases.commentary.status import month_commentary
from scorecard.use_cases.decisions.list_decisions import KINDS, Decision, list_decisions
from scorecard.use_cases.decisions.record_decision import Kind, answer_decision, record_decision
from scorecard.use_cases.errors import NotAllowed, RefusedError
from scorecard.use_cases.open_scorecard import now, today
from scorecard.use_cases.view.measures import View

HEADERS = ("What was asked or decided", "About", "Board", "Owner", "Answer by", "Answers")


def request_lines(view: View) -> tuple[Markup, ...]:
    """What is asked of people, a line each with its link: commentary that is owed, the boards' open questions."""
    opened = scorecard()
    owed_line = month_commentary(opened, view).sentence
    items = [item for item in list_decisions(opened, view.as_known_at) if item.open]
    late = sum(item.overdue(today()) for item in items)
    lines = [link(owed_line, "commentary", **view_query())] if owed_line else []
    if items:
        open_ones = (
            f"{len(items)} open {'question or decision' if len(items) == 1 else 'questions and decisions'} of boards"
        )
        open_ones += f", {late} past {'its' if late == 1 else 'their'} day" if late else ""
        lines.append(link(open_ones, "commentary", show="board", **view_query()))
    return tuple(lines)


def decisions_table(items: tuple[Decision, ...], caption: str) -> Markup:
    """Questions and decisions, a row each, with their answers."""
    return table(caption, HEADERS, [_cells(item) for item in items])


def _cells(item: Decision) -> tuple[str | Markup, ...]:
    about = item.measure or item.service_area
    where = (
        link(about, "measure", measure=item.measure_id, section="commentary", **view_query())
        if item.measure_id
        else link(about, "service-area", area=item.service_area_id, **view_query())
    )
    due = day_words(item.due) + (", past its day" if item.overdue(today()) else "")
    answers = [
        joined([answer.text, Markup(f'<span class="sc-under">{_by(answer.who)}, {moment_words(answer.at)}</span>')])
        for answer in item.answers
    ]
    kind = f"{KINDS[item.kind]} {item.number}{'' if item.open else ', closed'}"
    what = joined([item.text, Markup(f'<span class="sc-under">{kind}, {month_words(item.month)}</span>')])
    return what, where, item.board, item.owner, due, joined(answers, "<br>") if answers else "None yet"


def _by(who: str) -> str:
    return str(joined([who]))


def decisions_section(view: View, service_area_id: str, measure_id: str | None = None) -> None:
    """What boards asked of a measure, or of a service area and its measures; and a form to note more."""
    items = tuple(
        item
        for item in list_decisions(scorecard(), view.as_known_at)
        if item.service_area_id == service_area_id and (measure_id is None or item.measure_id in (None, measure_id))
    )
    show(heading("What the board asked", anchor="asked"))
    if items:
        show(decisions_table(items, "What boards asked and decided"))
    else:
        show(paragraph("Nothing is noted.", "sc-words"))
    if view.as_known_at is None and scorecard().person.may(Permission.DECIDE):
        label = "Note what a board asked or decided"
        expander = st.expander(label, on_change="rerun", key=f"note-{service_area_id}-{measure_id or 'area'}")
        if expander.open:  # else its fields, and the browser's code for each kind of them, are sent for nobody
            with expander:
                _note(view.month.date(), service_area_id, measure_id)


def _note(month: date, service_area_id: str, measure_id: str | None) -> None:
    known = board_names(scorecard())
    if not known:
        show(paragraph("The list of boards can't be used: the page 'Board pack' says why.", "sc-words"))
        return
    about = f"{service_area_id}-{measure_id or 'area'}"
    form_key = f"{about}-{_kept_so_far(about)}"
    with st.form(f"note-{form_key}"):
        board = st.selectbox("Board", list(known), format_func=known.__getitem__, key=f"note-board-{form_key}")
        kind: Kind = st.radio(
            "Kind",
            ("question", "decision"),
            format_func=KINDS.__getitem__,
            horizontal=True,
            key=f"note-kind-{form_key}",
        )
        text = st.text_area("What the board asked or decided", max_chars=LONGEST_NOTE, key=f"note-text-{form_key}")
        owner = st.text_input(
            "Who answers: a role, such as Service Manager", max_chars=LONGEST["role"], key=f"note-owner-{form_key}"
        )
        due = st.date_input("By which day", value=None, format="DD/MM/YYYY", key=f"note-due-{form_key}")
        by = st.text_input(
            "Who asked: a role, such as Chair (may be left empty)", max_chars=LONGEST["role"], key=f"note-by-{form_key}"
        )
        if not st.form_submit_button("Keep it"):
            return
    try:
        record_decision(
            scorecard(), kind, text, board=board, month=month, service_area=service_area_id, measure=measure_id,
            owner=owner, due=due, asked_by=by, when=now(),
        )  # fmt: skip
    except (NotAllowed, RefusedError, ValueError) as error:
        fault("It was not kept", str(error))
        return
    _empty_form(about)


def _kept_so_far(form: str) -> int:
    """How many a person has kept with a form: part of its fields' keys, as a browser holds on to what a key had."""
    return int(st.session_state.get(f"kept-{form}", 0))


def _empty_form(form: str) -> None:
    """Runs the page again with the form empty, so that nothing is kept twice by another press."""
    st.session_state[f"kept-{form}"] = _kept_so_far(form) + 1
    st.rerun()


def answer_form(items: tuple[Decision, ...]) -> None:
    """A form that answers one of the open questions and decisions."""
    known = {item.number: f"{item.number}: {item.text[:80]} ({item.about})" for item in items if item.open}
    if not known or not scorecard().person.may(Permission.ANSWER_DECISION):
        return
    form_key = _kept_so_far("answer")
    with st.expander("Answer one"), st.form(f"answer-{form_key}"):
        number = st.selectbox(
            "Question or decision", list(known), format_func=known.__getitem__, key=f"answer-number-{form_key}"
        )
        text = st.text_area("The answer", max_chars=LONGEST_NOTE, key=f"answer-text-{form_key}")
        closes = st.checkbox("This closes it: the board asks nothing more", key=f"answer-closes-{form_key}")
        sent = st.form_submit_button("Keep the answer")
    if sent:
        try:
            answer_decision(scorecard(), number, text, closes=closes, when=now())
        except (NotAllowed, RefusedError, ValueError) as error:
            fault("It was not kept", str(error))
            return
        _empty_form("answer")
