"""Commentary on a measure: the rule's sentence and last month's words, the form, what is flagged, the approval."""

from __future__ import annotations

import streamlit as st

from scorecard.access.permissions import Permission
from scorecard.catalogue.models import Measure
from scorecard.core.bounds import LONGEST, LONGEST_WORDS
from scorecard.core.periods import month_words
from scorecard.pages.measure import comment_form
from scorecard.pages.parts.confirmation import fingerprint, is_confirmed
from scorecard.pages.parts.decisions import decisions_section
from scorecard.pages.parts.figures import rows_by_id
from scorecard.pages.parts.markup import Markup, heading, joined, listing, paragraph, show, table
from scorecard.pages.parts.session import fault, moment_words, scorecard
from scorecard.use_cases.commentary.approve import approve_comment, return_comment
from scorecard.use_cases.commentary.claims import REPEATED_RULE, flags_of, repeated_words
from scorecard.use_cases.commentary.closed import why_closed
from scorecard.use_cases.commentary.comment import STATES, Comment, Words, comment_before, versions
from scorecard.use_cases.errors import NotAllowed, RefusedError
from scorecard.use_cases.open_scorecard import now
from scorecard.use_cases.view.measures import View

STATE_WORDS = {
    "draft": "Draft: kept, and for nobody's approval yet.",
    "submitted": "Submitted: it waits to be approved.",
    "approved": "Approved: it stands in the next pack.",
    "returned": "Returned: change it, and submit it again.",
}


def commentary(view: View, measure: Measure) -> None:
    """Draws what is said of the measure in the view's month, and what boards asked of it."""
    opened, month = scorecard(), view.month.date()
    known = [
        version
        for version in versions(opened, measure.id, month)
        if not view.as_known_at or version.at <= view.as_known_at
    ]
    newest = known[-1] if known else None
    before = comment_before(opened, measure.id, month)
    show(heading(f"Commentary for {month_words(month)}"))
    left, right = st.columns([3, 2], gap="large")
    with right:
        _beside(view, measure.id, before)
    with left:
        _state(newest)
        closed = why_closed(opened, measure.id, month, now())
        if view.as_known_at is not None:
            show(paragraph("To write, set 'Known' in the bar back to today.", "sc-words"))
        elif closed is not None and (newest is None or newest.state != "approved"):
            show(Markup(f'<div class="sc-notice" role="note">{paragraph(closed)}</div>'))
        newest_words = newest.words if newest else Words()
        person, area = opened.person, view.row(measure.id)["service_area_id"]
        writes = view.as_known_at is None and closed is None and person.may(Permission.COMMENT, area)
        if writes and comment_form.open_to_writing(measure.id, month, newest):
            newest_words = comment_form.form(measure.id, month, newest)
        else:
            comment_form.unsaved(measure.id, month)
            _shown(newest)
        _flags(view, measure.id, newest_words, newest, before)
        if view.as_known_at is None and newest is not None and person.may(Permission.APPROVE_COMMENT):
            _judge(view, newest)
    _history(known)
    decisions_section(view, view.row(measure.id)["service_area_id"], measure.id)


def _shown(newest: Comment | None) -> None:
    """What is said, to who doesn't write it; what isn't approved yet only to who writes or approves it."""
    if newest is None:
        return
    if newest.words == Words():
        show(paragraph("Its words are shown once they are approved.", "sc-words"))
    else:
        show(words_of(newest))


def words_of(comment: Comment) -> Markup:
    """A comment's fields, each below its name."""
    fields = "".join(f"<dt>{label}</dt><dd>{html}</dd>" for label, html in comment.words.shown.items())
    return Markup(f'<dl class="sc-said">{fields}</dl>')


def _beside(view: View, measure_id: str, before: Comment | None) -> None:
    show(heading("What the figures say", 3))
    row = rows_by_id(view)[measure_id]
    show(paragraph(row["exception_words"] or row["sentence"], "sc-words"))
    if before is None:
        show(paragraph("Nothing was said of it in the 12 months before.", "sc-muted"))
        return
    show(heading(f"What was said for {month_words(before.month)}", 3))
    show(paragraph(f"{STATES[before.state]}, {before.who}, {moment_words(before.at)}", "sc-muted"))
    show(words_of(before))


def _state(newest: Comment | None) -> None:
    if newest is None:
        show(paragraph("Nothing is written yet.", "sc-words"))
        return
    by = f"Version {newest.version}, {newest.who}, {moment_words(newest.at)}."
    show(paragraph(f"{STATE_WORDS[newest.state]} {by}", "sc-words"))
    if newest.state == "returned":
        reason = paragraph(joined([Markup("<strong>Why it was returned:</strong>"), newest.reason]))
        show(Markup(f'<div class="sc-notice" role="note">{reason}</div>'))


def _flags(view: View, measure_id: str, comment_words: Words, newest: Comment | None, before: Comment | None) -> None:
    """What the figures say otherwise, and what was said last month: shown, and nobody is held up by it."""
    flags = newest.flags if newest and newest.state == "approved" else flags_of(view, measure_id, comment_words)
    if flags:
        title = "Approved all the same" if newest and newest.state == "approved" else "The figures say otherwise"
        items = [joined([Markup(f"<strong>{joined([f'‘{flag.words}’'])}</strong>"), flag.evidence]) for flag in flags]
        show(Markup(f'<div class="sc-flags" role="status">{heading(title, 3)}{listing(items)}</div>'))
    again = repeated_words(comment_words, before)
    if again and before is not None:
        repeated_note = (
            f"{heading(f'Said for {month_words(before.month)} too', 3)}{listing([f'‘{words}’' for words in again])}"
        )
        show(Markup(f'<div class="sc-flags" role="status">{repeated_note}{paragraph(REPEATED_RULE, "sc-muted")}</div>'))


def _judge(view: View, newest: Comment) -> None:
    """What who approves can do: approve what is submitted, return what is submitted or approved."""
    seen = fingerprint(newest.measure_id, newest.month, newest.version)
    if newest.state == "submitted":
        with st.form(f"approve-{seen[:12]}"):
            role = st.text_input("Role that approves it, such as Executive Director", max_chars=LONGEST["role"])
            if is_confirmed("Approve the comment", "comment", seen, button=st.form_submit_button, primary=True):
                _done(lambda: approve_comment(
                    scorecard(), view, newest.measure_id, based_on=newest.version, role=role,
                    when=now(),
                ))  # fmt: skip
    if newest.state in ("submitted", "approved"):
        with st.expander("Return it to its writer"), st.form(f"return-{seen[:12]}"):
            reason = st.text_input("Why it is returned", max_chars=LONGEST_WORDS)
            if is_confirmed("Return it", "return", seen, button=st.form_submit_button):
                _done(lambda: return_comment(
                    scorecard(), newest.measure_id, newest.month, based_on=newest.version, reason=reason,
                    when=now(),
                ))  # fmt: skip


def _done(act: comment_form.Act) -> None:
    try:
        act()
    except (NotAllowed, RefusedError, ValueError) as error:
        fault("Nothing was changed", str(error))
        return
    st.rerun()


def _history(known: list[Comment]) -> None:
    if len(known) < 2:
        return
    rows = [
        (
            str(version.version),
            STATES[version.state],
            version.who,
            moment_words(version.at),
            version.reason or version.role or "–",
        )
        for version in reversed(known)
    ]
    with st.expander(f"All {len(known)} versions"):
        headers = ("Version", "State", "By", "When", "Reason, or role")
        show(table("Versions, latest first", headers, rows, compact=True))
        chosen = st.selectbox(
            "Read a version",
            [version.version for version in reversed(known)],
            key=f"version-of-{known[0].measure_id}-{known[0].month}",
        )
        show(words_of(known[chosen - 1]))
