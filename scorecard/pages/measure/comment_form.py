"""The form of a comment: it saves what is in it whenever a field is left, and never writes over another's words.

What a field holds lives in the session only between two runs; each save is a version in the store.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import streamlit as st

from scorecard.core.bounds import LONGEST, LONGEST_COMMENT
from scorecard.pages.parts.markup import Markup, heading, joined, listing, paragraph, show
from scorecard.pages.parts.session import moment_words, scorecard
from scorecard.use_cases.commentary.comment import LABELS, Comment, Words, comment_of
from scorecard.use_cases.commentary.write import Incomplete, save_draft, submit_comment
from scorecard.use_cases.errors import NotAllowed, RefusedError
from scorecard.use_cases.open_scorecard import now

Act = Callable[[], object]
HINTS = {
    "what_happened": "what the figure did, in a sentence or two",
    "why": "what caused it, as far as it is known",
    "being_done": "what is done about it now",
    "by_whom": "a role, such as Service Manager, not a person's name",
}


def open_to_writing(measure_id: str, month: date, newest: Comment | None) -> bool:
    """Whether the form is shown: not for a comment that is submitted, until it is taken back, or approved."""
    if newest is None or newest.state in ("draft", "returned"):
        return True
    if newest.state == "submitted":
        st.button(
            "Take it back to change it", on_click=_save, args=(measure_id, month, newest.words, newest.version),
            key=f"{_key(measure_id, month)}-back",
        )  # fmt: skip
    return False


def form(measure_id: str, month: date, newest: Comment | None) -> Words:
    """Draws the form, and gives what is in it."""
    key = _key(measure_id, month)
    _fill(key, newest)
    _conflict(key, measure_id, month, newest)
    faults: dict[str, str] = st.session_state.get(f"{key}-faults", {})
    _summary(st.session_state.get(f"{key}-fault"), faults)
    where = (measure_id, month)
    for name in ("what_happened", "why", "being_done"):
        _fault(faults.get(name))
        st.text_area(_label(name), key=f"{key}-{name}", height=100, on_change=_leave, args=where)
    _fault(faults.get("by_whom"))
    longest = LONGEST["role"]
    st.text_input(_label("by_whom"), key=f"{key}-by_whom", max_chars=longest, on_change=_leave, args=where)
    _fault(faults.get("by_when"))
    st.date_input(
        LABELS["by_when"], value=None, key=f"{key}-by_when", format="DD/MM/YYYY", on_change=_leave, args=where
    )
    typed = _said(key)
    length = sum(map(len, typed.texts().values()))
    length_note = (
        f"{length:,} of {LONGEST_COMMENT:,} characters. Paragraphs, lists (- ), *italics* and **bold** are shown."
    )
    show(paragraph(f"{length_note} Saved whenever you leave a field.", "sc-muted"))
    with st.container(horizontal=True):
        st.button(
            "Submit for approval", type="primary", on_click=_submit, args=(measure_id, month), key=f"{key}-submit"
        )
        st.button("Save the draft", on_click=_leave, args=(measure_id, month), key=f"{key}-save")
    return typed


def _label(name: str) -> str:
    return f"{LABELS[name]}: {HINTS[name]}"


def _key(measure_id: str, month: date) -> str:
    return f"comment-{measure_id}-{month:%Y-%m}"


def _fill(key: str, newest: Comment | None) -> None:
    """Puts the newest version into the form, unless something unsaved stands there."""
    unsaved: Words | None = st.session_state.get(f"{key}-unsaved")
    version = newest.version if newest else 0
    form_is_filled = f"{key}-what_happened" in st.session_state
    if unsaved is not None and form_is_filled:
        return
    if unsaved is None and form_is_filled and st.session_state.get(f"{key}-version") == version:
        return
    to_fill = unsaved or (newest.words if newest else Words())
    for name in LABELS:
        st.session_state[f"{key}-{name}"] = getattr(to_fill, name)
    if unsaved is None:
        st.session_state[f"{key}-version"] = version


def _said(key: str) -> Words:
    return Words(**{name: st.session_state.get(f"{key}-{name}", Words.model_fields[name].default) for name in LABELS})


def _leave(measure_id: str, month: date) -> None:
    key = _key(measure_id, month)
    _save(measure_id, month, _said(key), st.session_state.get(f"{key}-version", 0))


def _save(measure_id: str, month: date, comment_words: Words, based_on: int) -> None:
    _try(measure_id, month, comment_words, lambda: save_draft(
        scorecard(), measure_id, month, comment_words, based_on=based_on, when=now()
    ))  # fmt: skip


def _submit(measure_id: str, month: date) -> None:
    key = _key(measure_id, month)
    comment_words, based_on = _said(key), st.session_state.get(f"{key}-version", 0)
    _try(measure_id, month, comment_words, lambda: submit_comment(
        scorecard(), measure_id, month, comment_words, based_on=based_on, when=now()
    ))  # fmt: skip


def _try(measure_id: str, month: date, comment_words: Words, act: Callable[[], int]) -> None:
    """Does it, or keeps the words in the form, with what is in the way."""
    key = _key(measure_id, month)
    for name in ("fault", "faults"):
        st.session_state.pop(f"{key}-{name}", None)
    try:
        st.session_state[f"{key}-version"] = act()
        st.session_state.pop(f"{key}-unsaved", None)
    except Incomplete as error:
        st.session_state[f"{key}-faults"] = error.faults
        _save_incomplete(measure_id, month, comment_words)
    except (NotAllowed, RefusedError, ValueError) as error:
        st.session_state[f"{key}-fault"] = str(error)
        st.session_state[f"{key}-unsaved"] = comment_words


def _save_incomplete(measure_id: str, month: date, comment_words: Words) -> None:
    key = _key(measure_id, month)
    faults = st.session_state[f"{key}-faults"]
    _save(measure_id, month, comment_words, st.session_state.get(f"{key}-version", 0))
    st.session_state[f"{key}-faults"] = faults


def _conflict(key: str, measure_id: str, month: date, newest: Comment | None) -> None:
    """Where somebody else has saved since: their words beside the form, to be taken, or to be written upon."""
    unsaved = st.session_state.get(f"{key}-unsaved")
    if unsaved is None or newest is None or newest.version == st.session_state.get(f"{key}-version"):
        return
    theirs = "".join(f"<dt>{label}</dt><dd>{html}</dd>" for label, html in newest.words.shown.items())
    explanation = (
        f"Version {newest.version} by {newest.who}, {moment_words(newest.at)}. Yours stands in the form below."
    )
    title = heading("Somebody else has saved this comment", 3)
    body = f'{title}{paragraph(explanation)}<dl class="sc-said">{theirs}</dl>'
    show(Markup(f'<div class="sc-notice" role="alert">{body}</div>'))
    with st.container(horizontal=True):
        st.button("Save mine as the next version", on_click=_over, args=(measure_id, month), key=f"{key}-mine")
        st.button("Take theirs, and drop mine", on_click=_drop, args=(measure_id, month), key=f"{key}-theirs")


def unsaved(measure_id: str, month: date) -> None:
    """Where the form isn't shown any more, the words that could not be saved in it, and why; none where all were."""
    key = _key(measure_id, month)
    unsaved_words: Words | None = st.session_state.get(f"{key}-unsaved")
    if unsaved_words is None:
        return
    title = heading("What you wrote was not saved", 3)
    why = paragraph(st.session_state.get(f"{key}-fault", ""))
    fields = "".join(f"<dt>{label}</dt><dd>{html}</dd>" for label, html in unsaved_words.shown.items())
    show(Markup(f'<div class="sc-notice" role="alert">{title}{why}<dl class="sc-said">{fields}</dl></div>'))
    st.button("Drop these words", on_click=_drop, args=(measure_id, month), key=f"{key}-drop")


def _over(measure_id: str, month: date) -> None:
    newest = comment_of(scorecard(), measure_id, month)
    _save(measure_id, month, _said(_key(measure_id, month)), newest.version if newest else 0)


def _drop(measure_id: str, month: date) -> None:
    key = _key(measure_id, month)
    for name in ("unsaved", "fault", "faults", "version"):
        st.session_state.pop(f"{key}-{name}", None)


def _summary(message: str | None, faults: dict[str, str]) -> None:
    """What is in the way, first: as text, told at once to who can't see it."""
    lines = [message] if message else [f"{LABELS[name]}: {fault}" for name, fault in faults.items()]
    if lines:
        title = "Not saved" if message else "Saved as a draft, and not submitted"
        show(Markup(f'<div class="sc-error" role="alert"><h2>{title}</h2>{listing(lines)}</div>'))


def _fault(fault: str | None) -> None:
    if fault:
        show(Markup(f'<p class="sc-fault">{joined([Markup("<strong>Error:</strong>"), fault])}</p>'))
