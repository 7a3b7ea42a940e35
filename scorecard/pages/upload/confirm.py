"""Upload, the yes: why the warnings are right, storing, and what was done."""

from __future__ import annotations

from typing import NamedTuple

import streamlit as st

from scorecard.core.bounds import LONGEST_WORDS
from scorecard.pages.parts.confirmation import is_confirmed
from scorecard.pages.parts.markup import MARKDOWN, Markup, link, listing, paragraph, show, unmarked
from scorecard.pages.parts.session import fault, view_query
from scorecard.pages.upload.changes import all_changes, changes_table
from scorecard.pages.upload.store_in_background import STORED, store
from scorecard.use_cases.open_scorecard import Scorecard, now
from scorecard.use_cases.upload.export_findings import effect_words
from scorecard.use_cases.upload.findings_in_file import groups
from scorecard.use_cases.upload.submit_extract import REASONS, Preview, Receipt

MOST_ONE_BY_ONE = 30
STORE = "store"  # the kind of yes
TOGETHER, BY_KIND, ONE_BY_ONE = "One reason for all", "A reason for each kind", "A reason for each"


class Question(NamedTuple):
    """Why some warnings are right: a key that stays the same when the preview is made again, and the words."""

    key: str
    label: str


def confirm(opened: Scorecard, preview: Preview) -> None:
    """The yes to this preview and no other, with the reasons for which the warnings are right."""
    file = preview.checked.sha256[:12]  # what was answered for one file is no answer for the next
    questions, asked = _questions(preview, _way(preview, file))
    with st.form("confirm"):
        left, right = st.columns(2) if len(questions) == 1 else (st.container(), st.container())
        answers = {
            question.key: left.selectbox(
                question.label, REASONS, index=None, placeholder="Choose a reason", key=f"why-{file}-{question.key}"
            )
            for question in questions
        }
        label = "In a few words (kept with the extract)"
        more = right.text_input(label, max_chars=LONGEST_WORDS, key=f"words-{file}") if questions else ""
        confirmed = is_confirmed(
            "Store this extract", STORE, preview.sha256, button=st.form_submit_button, primary=True
        )
    if not confirmed:
        return
    if not all(answers.values()):
        each = "Choose a reason for each question" if len(questions) > 1 else "Choose why the warnings are right"
        fault("Choose a reason", f"The file has warnings. {each}, then store the extract.")
        return
    why = {key: f"{reason}: {more.strip()}" if more.strip() else str(reason) for key, reason in answers.items()}
    store(opened, preview, now(), [why[key] for key in asked])


def _way(preview: Preview, file: str) -> str:
    """How the warnings are accepted: all at once, kind by kind, or one by one where they are not too many."""
    warnings = preview.checked.findings.frame.query("severity == 'warning'")
    ways = [TOGETHER]
    if 1 < warnings["code"].nunique() < len(warnings):
        ways.append(BY_KIND)
    if 1 < len(warnings) <= MOST_ONE_BY_ONE:
        ways.append(ONE_BY_ONE)
    if len(ways) == 1:
        return TOGETHER
    return str(st.radio("How do you accept the warnings?", ways, horizontal=True, key=f"way-{file}"))


def _questions(preview: Preview, way: str) -> tuple[list[Question], list[str]]:
    """What is asked; and for each warning, in their order, the key of the question that is asked about it."""
    if way == ONE_BY_ONE:
        return _one_by_one(preview)
    codes = preview.checked.findings.frame.query("severity == 'warning'")["code"].tolist()
    if not codes:
        return [], []
    if way == TOGETHER:
        return [Question("all", "Why are the warnings right?")], ["all"] * len(codes)
    kinds = [kind for kind in groups(preview.checked.findings) if kind.severity == "warning"]
    return [Question(kind.code, f"{kind.title} ({kind.count:,})") for kind in kinds], codes


def _one_by_one(preview: Preview) -> tuple[list[Question], list[str]]:
    questions: list[Question] = []
    keys: list[str] = []
    for at, warning in enumerate(preview.checked.warnings, 1):
        found_text = f": {unmarked(warning.found, MARKDOWN)}" if warning.found else ""
        row = "whole file" if warning.row is None else f"row {warning.row:,}"
        subject = ", ".join(part for part in (warning.measure_id, row) if part)
        about = f"{warning.code}-{warning.row}-{warning.column}-{warning.measure_id}-{warning.found}"
        keys.append(f"{about}-{sum(key.startswith(about) for key in keys)}")
        questions.append(Question(keys[-1], f"{at}. {warning.title}{found_text} ({subject})"))
    return questions, keys


def confirmed_message(opened: Scorecard, next_file: bool) -> None:
    """What the last yes did, until the next file is sent."""
    if next_file:
        st.session_state.pop(STORED, None)
    if STORED not in st.session_state:
        return
    receipt: Receipt
    receipt, changed_by_it = st.session_state[STORED]
    effects = effect_words(changed_by_it)
    receipt_text = (
        f"Extract {receipt.extract_id} is stored: {receipt.new:,} new, {receipt.revised:,} revised, "
        f"{receipt.unchanged:,} unchanged."
    )
    body = [
        paragraph(receipt_text),
        listing(effects) if effects else Markup(""),
        paragraph(link("See the overview", "", **view_query())),
    ]
    show(Markup(f'<div class="sc-notice" role="status"><h2>Done</h2>{"".join(map(str, body))}</div>'))
    changed = receipt.changes[receipt.changes["kind"] != "unchanged"]
    if not changed.empty:
        with st.expander("What was changed, figure by figure"):
            show(changes_table(opened, changed, f"What extract {receipt.extract_id} changed"))
            all_changes(changed, f"changes-of-extract-{receipt.extract_id}.csv", "changes-done")
