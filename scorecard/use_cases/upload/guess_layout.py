"""Show a layout: look into a report, guess how it is laid out, and try what a person says of it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from scorecard.catalogue.models import Catalogue
from scorecard.core.numbers import count_of
from scorecard.core.safe_text import visible
from scorecard.extract.check_extract import CheckedExtract
from scorecard.extract.codes.report import LAYOUT_CODES
from scorecard.extract.files.contents import Refused
from scorecard.extract.files.sent_file import read_table
from scorecard.extract.findings import Finding
from scorecard.extract.header.periods_in_text import header_period, month_in_text
from scorecard.extract.header.read_header import header_score
from scorecard.extract.report_layout.match import find_header, labels_of
from scorecard.extract.report_layout.model import FIRST_ROWS, MonthPlace, ReportLayout, plain_label
from scorecard.extract.text.spreadsheet_columns import column_letters

ROWS_SHOWN = 15
COLUMNS_SHOWN = 12
MOST_LABELS = 200
HEADED = {
    "month": ("month", "period"),
    "value": ("value", "actual", "result", "figure", "rate", "%", "outturn"),
    "numerator": ("numerator", "num", "number", "count"),
    "denominator": ("denominator", "den", "out of", "total", "of"),
    "note": ("note", "comment"),
    "area": ("area", "authority"),
}  # how reports head what a layout asks about, the likeliest first
SHORTEST_START = 3  # letters of a word that a longer name may start with
LIKE_ENOUGH = 0.72  # of a label and a measure's name, by difflib's ratio, for the one to be taken for the other
LONGEST_CELL = 40
LEAVE_OUT = ""  # the answer for a label that means no measure
MOST_UNANSWERED = 10  # labels that are named one by one
_DIGIT = re.compile("[0-9]")
_ROWS_KEPT = 5_000
_ASKED = MonthPlace(stands_in="asked")


@dataclass(frozen=True)
class ReportPreview:
    """What a report's table looks like: its first rows, and what can be guessed of it. Records are as they stand."""

    sheet: str | None
    sheets: tuple[str, ...]
    records: list[list[str]]

    @property
    def header_row(self) -> int:
        """The row that looks most like a header: of the first rows the one with most filled cells, none a number."""
        top = self.records[:FIRST_ROWS]
        scores = [(sum(_is_words(cell) for cell in record), header_score(record), -at) for at, record in enumerate(top)]
        return 1 - max(scores)[2] if scores else 1

    def header(self, row: int) -> tuple[str, ...]:
        """The names in a row, each once, in their order."""
        record = self.records[row - 1] if row <= len(self.records) else []
        return tuple(dict.fromkeys(cell.strip() for cell in record if cell.strip()))

    def top(self, rows: int = ROWS_SHOWN) -> list[tuple[str, ...]]:
        """The first rows, fit to be shown: cut, and with what can't be seen written out."""
        width = min(max((len(record) for record in self.records[:rows]), default=0), COLUMNS_SHOWN)
        return [
            tuple(visible(record[at].strip(), LONGEST_CELL) if at < len(record) else "" for at in range(width))
            for record in self.records[:rows]
        ]

    def month_cell(self, row: int) -> str | None:
        """The first cell above the header that names one month: 'B2'."""
        for at, record in enumerate(self.records[: row - 1]):
            for column, cell in enumerate(record):
                if month_in_text(cell).reading is not None:
                    return f"{column_letters(column)}{at + 1}"
        return None

    def month_columns(self, row: int) -> tuple[str, ...]:
        """The header's names that are months."""
        return tuple(name for name in self.header(row) if header_period(name) is not None)

    def labels(self, row: int, columns: tuple[str, ...]) -> tuple[str, ...]:
        """The first of the different labels in the rows below the header: as many as can be asked about."""
        return self.all_labels(row, columns)[:MOST_LABELS]

    def all_labels(self, row: int, columns: tuple[str, ...]) -> tuple[str, ...]:
        """The different labels in the rows below the header, as a layout with these columns would join them."""
        draft = _draft(row, self.header(row), columns)
        header = find_header(self.records, draft)
        return tuple(dict.fromkeys(label for _, label in labels_of(self.records, draft, header)))

    def without_figures(self, row: int, columns: tuple[str, ...]) -> frozenset[str]:
        """The labels beside which no number is in any row, as headings: there is nothing of theirs to leave out."""
        draft = _draft(row, self.header(row), columns)
        header = find_header(self.records, draft)
        at = {header.at(name) for name in columns}
        labels = [(label, self.records[index]) for index, label in labels_of(self.records, draft, header)]
        with_figures = {
            label
            for label, record in labels
            if any(_DIGIT.search(cell) for column, cell in enumerate(record) if column not in at)
        }
        return frozenset(label for label, _ in labels) - with_figures

    def label_column(self, row: int, catalogue: Catalogue) -> str | None:
        """The column whose cells read most like the names of measures."""
        best: tuple[int, str] | None = None
        for name in self.header(row):
            labels = self.labels(row, (name,))
            score = sum(guess_measure(label, catalogue) is not None for label in labels) * 100
            score += sum(_is_words(label) for label in labels)
            if best is None or score > best[0]:
                best = score, name
        return best[1] if best else None


def _is_words(text: str) -> bool:
    return any(sign.isalpha() for sign in text)


def _draft(row: int, header: tuple[str, ...], columns: tuple[str, ...]) -> ReportLayout:
    return ReportLayout.model_construct(
        name="draft", source="draft", header_row=row, header=header, labels_in=columns, measures={}, ignored=(),
        value=None, numerator=None, denominator=None, area=None, note=None, shares=False, symbols={},
        month=_ASKED,
    )  # fmt: skip


def preview_report(content: bytes, file_name: str, sheet: str | None = None) -> ReportPreview | None:
    """A report's first rows; None where the file has no table."""
    try:
        table = read_table(content, file_name, sheet)
    except Refused:
        return None
    return ReportPreview(table.sheet, table.sheets, table.records[:_ROWS_KEPT])


def guess_measure(label: str, catalogue: Catalogue) -> str | None:
    """The measure that a label most likely means, by its id, its name and the plan's wording; None where unclear."""
    names: dict[str, str] = {}
    for measure in catalogue.measures:
        for name in (measure.plan_wording, measure.name, measure.id.replace("-", " ")):
            names[plain_label(name)] = measure.id
    tidy = plain_label(label)
    if tidy in names:
        return names[tidy]
    near = get_close_matches(tidy, names, n=1, cutoff=LIKE_ENOUGH)
    return names[near[0]] if near else None


def guess_meanings(labels: Sequence[str], before: ReportLayout | None, catalogue: Catalogue) -> dict[str, str | None]:
    """The measure that each label means: as the layout's version before says, and of a new label by its own words.

    None where the version before leaves it out, where its words are unclear, or where another label has that measure.
    """
    known_meanings: dict[str, str | None] = {}
    if before is not None:
        known_meanings = {plain_label(label): None for label in before.ignored}
        known_meanings |= {plain_label(label): meaning.measure for label, meaning in before.measures.items()}
    taken = {known_meanings.get(plain_label(label)) for label in labels}
    meanings: dict[str, str | None] = {}
    for label in labels:
        known = plain_label(label) in known_meanings
        measure = known_meanings[plain_label(label)] if known else guess_measure(label, catalogue)
        meanings[label] = measure if known or measure not in taken else None
    return meanings


def first_answers(
    labels: Sequence[str], nothing_beside: frozenset[str], before: ReportLayout | None, catalogue: Catalogue
) -> dict[str, str | None]:
    """What each label's answer is before it is given: a measure's id, LEAVE_OUT, or None where a person must say.

    Left out from the start are only labels that the version before leaves out, and those with no figure beside them.
    """
    left_out = {plain_label(label) for label in before.ignored} if before is not None else set()
    meanings = guess_meanings(labels, before, catalogue)
    return {
        label: measure or (LEAVE_OUT if plain_label(label) in left_out or label in nothing_beside else None)
        for label, measure in meanings.items()
    }


def unanswered(name: str, meant: Mapping[str, str | None]) -> list[str]:
    """What a person has still to say before a layout can be kept, a line each; none where all is said."""
    lines = [] if name.strip() else ["Give the layout a name: next month's report is recognised under it."]
    left = [label for label, measure in meant.items() if measure is None]
    lines += [f"Say what '{visible(label, 60)}' means, or leave it out." for label in left[:MOST_UNANSWERED]]
    more = len(left) - MOST_UNANSWERED
    return [*lines, f"{count_of(more, 'more label has', 'more labels have')} no answer yet."] if more > 0 else lines


def guess_column(wanted: str, names: Sequence[str]) -> str | None:
    """The name that a report most likely heads a column with (one of HEADED): it is one of the words, or starts so."""
    tidy = [name.strip().casefold() for name in names]
    for word in HEADED[wanted]:
        for name, plainly in zip(names, tidy, strict=True):
            if plainly == word or (len(word) >= SHORTEST_START and plainly.startswith(word)):
                return name
    return None


def faults_of_layout(checked: CheckedExtract, layout: ReportLayout) -> tuple[Finding, ...]:
    """The errors for which a layout isn't kept: its own, not the figures'. A month that is asked for may be missing."""
    asked = {"layout-month-unclear"} if layout.month.stands_in == "asked" else set()
    return tuple(finding for finding in checked.errors if finding.code in LAYOUT_CODES and finding.code not in asked)
