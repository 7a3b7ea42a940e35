"""Upload, layouts: a person shows once how a source's own report is laid out; next month it is recognised."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

import streamlit as st

from scorecard.pages.parts.confirmation import fingerprint, is_confirmed
from scorecard.pages.parts.markup import MARKDOWN, Markup, listing, paragraph, show, table, unmarked
from scorecard.pages.parts.session import fault
from scorecard.use_cases.errors import StoreError
from scorecard.use_cases.open_scorecard import Scorecard, now, today
from scorecard.use_cases.upload.carry_over_layout import CarriedLayout, carry_over, guesses, label_columns
from scorecard.use_cases.upload.check_file import HowToRead
from scorecard.use_cases.upload.guess_layout import (
    LEAVE_OUT,
    ReportPreview,
    faults_of_layout,
    first_answers,
    guess_column,
    preview_report,
    unanswered,
)
from scorecard.use_cases.upload.report_layouts import LayoutError, ReportLayout, StoredLayout, keep_layout, make_layout
from scorecard.use_cases.upload.submit_extract import preview_extract

DOWN, ACROSS = "A row each, named by a label", "A column each, named by its header"
MONTHS = {
    "column": "In a column",
    "headers": "Each month is a column",
    "cell": "In one cell",
    "sheet_name": "In the sheet's name",
    "file_name": "In the file's name",
    "asked": "Nowhere: I say it each time",
}
ASKED = ("value", "numerator", "denominator", "note", "area")
NONE = ""
MOST_FAULTS = 20
KEPT = "upload_layout_kept"


def show_layout(opened: Scorecard, name: str, content: bytes, sheet: str | None, before: StoredLayout | None) -> None:
    """The questions about a report's layout, answered by guesses where they can be; at the end it is kept.

    before: the layout that the report had until it changed.
    """
    seen = preview_report(content, name, sheet)
    if seen is None:
        return
    st.subheader("Show how this report is laid out")
    introduction = "You do this once. Next month's report of the same shape is recognised, and loads untouched."
    show(paragraph(introduction, "sc-words"))
    letters = [f"{chr(65 + at)}" for at in range(len(seen.top()[0]) if seen.top() else 0)]
    body = [
        (f"Row {at}", *[Markup("") if cell == "" else cell for cell in row]) for at, row in enumerate(seen.top(), 1)
    ]
    show(table("The first rows of the file", ("Row", *letters), body, compact=True, kind="sc-brief", stacks=False))
    answers = _structure(seen, opened, before)
    if answers is not None:
        _meanings(opened, name, content, seen, answers, before)


def _structure(seen: ReportPreview, opened: Scorecard, before: StoredLayout | None) -> dict[str, Any] | None:
    """Where the header, the labels, the figures and the month stand; what was said before is kept where it fits."""
    left, right = st.columns(2)
    most = max(1, min(60, len(seen.records)))
    row = int(left.number_input("In which row is the header?", 1, most, min(seen.header_row, most)))
    header = seen.header(row)
    if not header:
        show(paragraph("That row is blank. Choose the row with the names of the columns.", "sc-words"))
        return None
    was = guesses(before.layout if before else None, header)
    ways = (DOWN, ACROSS)
    across = right.radio("How do the measures stand?", ways, int(bool(was and was.side_by_side))) == ACROSS
    answers: dict[str, Any] = {"header_row": row, "header": header, "labels_in": ()}
    months = seen.month_columns(row)
    if not across:
        chosen = _labels_in(seen, opened, row, header, was.labels_in if was else ())
        answers["labels_in"] = label_columns(was, chosen, header)
        if not answers["labels_in"]:
            return None
    left, right = st.columns(2)
    places = [month_location for month_location in MONTHS if not (month_location == "headers" and across)]
    cell = seen.month_cell(row)
    guess = "headers" if months and not across else "cell" if cell else "column"
    guess = was.month.stands_in if was and was.month.stands_in in places else guess
    where = left.selectbox("Where does the month stand?", places, places.index(guess), format_func=MONTHS.__getitem__)
    answers["month"] = {"stands_in": where}
    if where == "column":
        answers["month"]["column"] = right.selectbox("Which column has the month?", header, _month_column(header, was))
    elif where == "cell":
        answers["month"]["cell"] = right.text_input("Which cell has the month?", cell or "B2", max_chars=5)
    if where != "headers":
        _figures(header, answers, across, was)
    return answers


def _month_column(header: tuple[str, ...], was: ReportLayout | None) -> int:
    previous_column = was.month.column if was else None
    return header.index(previous_column if previous_column in header else guess_column("month", header) or header[0])


def _labels_in(
    seen: ReportPreview, opened: Scorecard, row: int, header: tuple[str, ...], were: tuple[str, ...]
) -> tuple[str, ...]:
    left, right = st.columns(2)
    guess = were[-1] if were and were[-1] in header else seen.label_column(row, opened.catalogue)
    first = left.selectbox("Which column has the labels?", header, header.index(guess) if guess in header else 0)
    choices = (NONE, *[name for name in header if name != first])
    label = "Headings above the labels, in a column of their own (if any)"
    at = choices.index(were[0]) if len(were) > 1 and were[0] in choices else 0
    above = right.selectbox(label, choices, at, format_func=lambda name: name or "None")
    return (above, first) if above else (first,)


def _figures(header: tuple[str, ...], answers: dict[str, Any], across: bool, was: ReportLayout | None) -> None:
    """Which columns have the figures, where the labels are in rows."""
    if across:
        return
    choices = (NONE, *header)
    used = {*answers["labels_in"], answers["month"].get("column")}
    for column, name in zip(st.columns(len(ASKED)), ASKED, strict=True):
        previous_column = getattr(was, name) if was else None
        guess = previous_column if previous_column in choices else guess_column(name, header)
        at = 0 if guess in used else choices.index(guess or NONE)
        chosen = column.selectbox(
            name.capitalize(), choices, at, format_func=lambda column: column or "None", key=f"layout-{name}"
        )
        answers[name] = chosen or None
        used.add(chosen or None)


def _meanings(
    opened: Scorecard,
    name: str,
    content: bytes,
    seen: ReportPreview,
    answers: dict[str, Any],
    before: StoredLayout | None,
) -> None:
    """What each label means; and the layout's name. Kept once the report can be read by it."""
    row, was = answers["header_row"], before.layout if before else None
    month_column = answers["month"].get("column")
    labels = all_labels = tuple(name for name in answers["header"] if name != month_column)
    if answers["labels_in"]:
        labels, all_labels = (find(row, answers["labels_in"]) for find in (seen.labels, seen.all_labels))
    try:
        carried = carry_over(was, answers, labels, all_labels)
    except LayoutError as error:
        fault("The layout can't be shown again here", str(error))
        return
    _carried(before, carried)
    names = {measure.id: measure.name for measure in opened.catalogue.measures}
    choices = (LEAVE_OUT, *names)
    columns = answers["labels_in"]
    nothing_beside = seen.without_figures(row, columns) if columns else frozenset()
    first = first_answers(labels, nothing_beside, was, opened.catalogue)
    with st.form("layout"):
        show(paragraph("What does each label mean?", "sc-finding"))
        meant: dict[str, str | None] = {}
        places: Any = ()
        for at, label in enumerate(labels):
            places = st.columns(2) if at % 2 == 0 else places
            answer = first[label]
            meant[label] = places[at % 2].selectbox(
                unmarked(label[:120], MARKDOWN),
                choices,
                choices.index(answer) if answer in choices else None,
                format_func=lambda measure_id: names.get(measure_id, "Leave out"),
                key=f"label-{at}-{row}",
                placeholder="Not answered yet",
            )
        others = st.checkbox("Leave out every label that has no answer")
        left, right = st.columns(2)
        called = left.text_input("Name of this layout", was.name if was else "", max_chars=60)
        sources = sorted({measure.supplied_by for measure in opened.catalogue.measures})
        at = sources.index(was.source) if was and was.source in sources else 0
        source = right.selectbox("Who makes this report?", sources, at)
        shares = st.checkbox("Percentages are written as shares (0.82 for 82%)", bool(was and was.shares))
        agreed = is_confirmed(
            "Keep this layout and read the report", "keep-layout",
            fingerprint(sha256(content).hexdigest(), seen.sheet, *labels),
            button=st.form_submit_button, primary=True,
        )  # fmt: skip
    if agreed:
        meant = {label: LEAVE_OUT if others and meaning is None else meaning for label, meaning in meant.items()}
        if lines := unanswered(called, meant):
            fault("The layout was not kept", "\n".join(["Something is still to be said.", *lines]))
            return
        any_sheet = was is not None and was.sheet is None
        by_name = len(seen.sheets) > 1 and answers["month"]["stands_in"] != "sheet_name" and not any_sheet
        values = {
            **answers,
            "layout": called,
            "source": source,
            "shares": shares,
            "sheet": seen.sheet if by_name else None,
            "measures": {label: measure for label, measure in meant.items() if measure != LEAVE_OUT},
            "ignored": [label for label, measure in meant.items() if measure == LEAVE_OUT]
            if answers["labels_in"]
            else [],
        }
        _keep(opened, name, content, seen, carried.into(values))


def _carried(before: StoredLayout | None, carried: CarriedLayout) -> None:
    """What isn't asked, and is kept as the version before has it."""
    carried_lines = carried.in_sentences()
    if before is None or not carried_lines:
        return
    show(paragraph(f"Not asked here, and kept as {before.called} has it:", "sc-words"))
    show(listing(carried_lines))


def _keep(opened: Scorecard, name: str, content: bytes, seen: ReportPreview, values: dict[str, Any]) -> None:
    """Tries the layout on the report, and keeps it where nothing about the layout itself is at fault."""
    try:
        layout = make_layout(values)
        how = HowToRead(sheet=seen.sheet if len(seen.sheets) > 1 else None, layout=StoredLayout(layout, 0))
        tried = preview_extract(opened, name, content, today=today(), how=how)
        faults = faults_of_layout(tried.checked, layout)[:MOST_FAULTS]
        if faults:
            lines = [f"{finding.title}: {finding.found} {finding.remedy}" for finding in faults]
            fault("The report can't be read like this", "\n".join(["Nothing was kept.", *lines]))
            return
        kept_layout = keep_layout(opened, layout, when=now())
    except (LayoutError, StoreError) as error:
        fault("The layout was not kept", str(error))
        return
    st.session_state[KEPT] = f"The layout '{kept_layout.layout.name}' is kept as version {kept_layout.version}."
    st.rerun()
