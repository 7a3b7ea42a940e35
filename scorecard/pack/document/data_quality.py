"""Data quality: completeness, late or missing and provisional figures, revisions since the last board, extracts."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from scorecard.analysis.data_quality.completeness import MARK_RULES, NOT_IN_WORDS, NOTHING_OVERDUE, WINDOW
from scorecard.core.numbers import NO_FIGURE, SYMBOL_WORDS, count_of
from scorecard.core.periods import day_words, month_words
from scorecard.core.vocabulary import upper_first
from scorecard.pack.document.blocks import Block, Bullets, Cell, Column, Heading, Screen, Section, Table, Text, table_of
from scorecard.pack.document.paper import ELSEWHERE, height_of
from scorecard.pack.document.words import moment_words, overdue_words, plan_words
from scorecard.pack.snapshot.measure import QualityMark, SnapshotMeasure
from scorecard.pack.snapshot.models import Snapshot, SnapshotBoard

AT_MOST = 6  # measures named of a mark, and rows of a table, on paper: fewer where they would take more than a page
EXTRACTS_ON_PAPER = 3
PAGE, HALF_PAGE = 440, 245  # points below the section's title
MONTHS_NAMED = 3


def quality_section(snapshot: Snapshot) -> Section:
    """How far the figures can be relied on, in a page; the web page and the workbook have every measure.

    Below the end of the part before it, where half a page is left, it says the same in that half.
    """
    each = Screen((Heading("Measure by measure", "completeness"), completeness_table(snapshot)))
    whole = _named_at_most(lambda most: _in_a_page(snapshot, most), PAGE)
    half = _named_at_most(lambda most: _in_half_a_page(snapshot, most), HALF_PAGE)
    return Section("quality", "Data quality", (*whole, each), starts="together", shorter=half)


def _named_at_most(blocks_of: Callable[[int], tuple[Block, ...]], room: float) -> tuple[Block, ...]:
    """Blocks that name as many measures as their room holds; at the least, one of each kind."""
    tried = (blocks_of(most) for most in range(AT_MOST, 1, -1))
    return next((blocks for blocks in tried if height_of(blocks) <= room), blocks_of(1))


def _in_a_page(snapshot: Snapshot, most: int) -> tuple[Block, ...]:
    """What paper has of the data, with so many measures in each list and table."""
    return (
        Text(summary(snapshot), "lead"),
        *marks_summary(snapshot, most),
        *_with_care(snapshot, most),
        *overdue_blocks(snapshot, most),
        *extracts(snapshot),
    )


def _in_half_a_page(snapshot: Snapshot, most: int) -> tuple[Block, ...]:
    """The part on data quality for half a page: sentences stand in place of two of its tables."""
    care = [measure.name for measure in _by_care(snapshot)]
    more = f"; and {len(care) - most} more, {ELSEWHERE}" if len(care) > most else ""
    return (
        Text(summary(snapshot), "lead"),
        *marks_summary(snapshot, most),
        *([Text(f"To read with care ({len(care)}): {'; '.join(care[:most])}{more}.")] if care else []),
        *overdue_blocks(snapshot, most),
        Text(_extracts_in_words(snapshot), "note"),
    )


def _by_care(snapshot: Snapshot) -> list[SnapshotMeasure]:
    """The measures whose figures are read with care, and those of whose latest figure there is something to know."""
    known = [measure for measure in snapshot.measures if care_words(measure) or what_to_know(measure) != NO_FIGURE]
    return sorted(known, key=lambda measure: not care_words(measure))


def _with_care(snapshot: Snapshot, most: int) -> tuple[Block, ...]:
    """Of those measures what is to know, and why."""
    measures = _by_care(snapshot)
    if not measures:
        return ()
    table = table_of(
        "Measures to read with care",
        measures,
        (Column("Measure", 3), lambda measure: measure.name),
        (Column("Service area", 2), lambda measure: snapshot.area_of(measure.id).name),
        (Column("What to know", 2.4), what_to_know),
        (
            Column("Why", 5),
            lambda measure: upper_first(measure.quality.why) if measure.quality and care_words(measure) else NO_FIGURE,
        ),
        on_paper=most,
    )
    return (Heading("To read with care", "care"), table)


def summary(snapshot: Snapshot) -> str:
    """How many figures came of those due, and how many are late, missing or provisional."""
    measures = snapshot.measures
    due = sum(measure.expected_figures for measure in measures)
    received = sum(measure.figures_received for measure in measures)
    provisional = sum(measure.judgement.provisional for measure in measures)
    early = count_of(provisional, "latest figure is", "latest figures are")
    sentences = [f"Over the last {WINDOW} months {received:,} of {count_of(due, 'figure')} came"]
    sentences += [overdue_words(measures, snapshot.reporting_month)] if snapshot.totals.owed else []
    return f"{'. '.join([*sentences, f'{early} provisional'])}."


def marks_summary(snapshot: Snapshot, most: int = AT_MOST) -> tuple[Block, ...]:
    """Of each mark when it holds, for how many measures it does, and for which it doesn't, as many as are named.

    Nothing of old snapshots.
    """
    measures_with_marks = [(measure.name, measure.quality.marks) for measure in snapshot.measures if measure.quality]
    if not measures_with_marks:
        return ()
    by_mark = [(mark, [(name, marks[mark]) for name, marks in measures_with_marks]) for mark in MARK_RULES]
    return (
        Bullets(
            tuple(
                f"{mark.capitalize()} ({MARK_RULES[mark]}): {_holds(mark, mark_of_each, most)}."
                for mark, mark_of_each in by_mark
            )
        ),
    )


def _holds(mark: str, marks: Sequence[tuple[str, QualityMark]], most: int) -> str:
    good = sum(judged.holds is True for _, judged in marks)
    bad = [name for name, judged in marks if judged.holds is False]
    unknown = [judged.words for _, judged in marks if judged.holds is None]
    if good == len(marks):
        return count_of(good, "measure") if good == 1 else f"all {good} measures"
    if len(unknown) == len(marks):
        return f"can't be judged for any measure, for {'; '.join(sorted(set(unknown)))}"
    clauses = [count_of(good, "measure")]
    if bad:
        more = f"; and {len(bad) - most} more, {ELSEWHERE}" if len(bad) > most else ""
        clauses.append(f"{len(bad)} {_not_held(mark)}: {'; '.join(bad[:most])}{more}")
    if unknown:
        clauses.append(f"{len(unknown)} can't be judged")
    return ". ".join(clauses)


def _not_held(mark: str) -> str:
    return "with an unusual figure that was accepted" if mark == "plausible" else NOT_IN_WORDS[mark]


def care_words(measure: SnapshotMeasure) -> str:
    """Why a measure's figures are read with care; empty where nothing speaks against them."""
    return measure.quality.care if measure.quality else ""


def completeness_table(snapshot: Snapshot) -> Table:
    """A row a measure: its latest figure, how many came of those due, what to know of it, and its data quality."""
    has_quality = any(measure.quality for measure in snapshot.measures)
    return table_of(
        "Completeness and data quality of each measure",
        snapshot.measures,
        (Column("Measure", 3.2), lambda measure: measure.name),
        (Column("Service area", 2), lambda measure: snapshot.area_of(measure.id).name),
        (Column("Latest figure for", 1.3), latest_month),
        (
            Column(f"Came, of due in {WINDOW} months", 1.1, "number"),
            lambda measure: f"{measure.figures_received} of {measure.expected_figures}",
        ),
        (Column("What to know", 1.8), what_to_know),
        *([(Column("Data quality", 2.6), _quality_cell)] if has_quality else []),
        (Column("Supplied by", 1.8), lambda measure: measure.supplied_by),
    )


def latest_month(measure: SnapshotMeasure) -> str:
    """The month of the latest figure that came, in words."""
    end = measure.judgement.received_end
    return month_words(end) if end else "none yet"


def _quality_cell(measure: SnapshotMeasure) -> Cell:
    return Cell(measure.quality.words, note=measure.quality.why) if measure.quality else Cell(NO_FIGURE)


def what_to_know(measure: SnapshotMeasure) -> str:
    """Late, missing, provisional, or a symbol instead of a value."""
    judgement = measure.judgement
    notes = []
    if judgement.received_end is None:
        notes.append("no figure yet" if not judgement.overdue else "no figure yet: overdue")
    elif judgement.overdue:
        notes.append("overdue")
    if judgement.provisional:
        notes.append("provisional")
    missing = [row for row in measure.observations if row.value is None]
    notes += [
        f"{month_words(row.period_end)}: {SYMBOL_WORDS.get(row.symbol or ':', 'missing')}" for row in missing[-2:]
    ]
    return ", ".join(notes) or NO_FIGURE


def overdue_blocks(snapshot: Snapshot, most: int = AT_MOST) -> list[Block]:
    """Who needs to send what for the coming board: the figures that were due and are missing, by who supplies them."""
    heading = Heading("Who needs to send what", "owed-by-source")
    meeting = meeting_words(snapshot.board)
    owing = sorted(
        (measure for measure in snapshot.measures if measure.figures_owed), key=lambda measure: measure.supplied_by
    )
    if not owing:
        return [heading, Text(" ".join(filter(None, (NOTHING_OVERDUE, meeting))))]
    rule = f"Figures that were due in the last {WINDOW} months and are missing, by who supplies them."
    table = table_of(
        "Missing figures, by who supplies them",
        owing,
        (Column("Supplied by", 2), lambda measure: measure.supplied_by),
        (Column("Measure", 3.2), lambda measure: measure.name),
        (Column("Service area", 2), lambda measure: snapshot.area_of(measure.id).name),
        (Column("Figures", 0.8, "number"), lambda measure: f"{measure.figures_owed:,}"),
        (Column("Missing for", 2.8), overdue_months),
        (Column("Owner", 1.6), lambda measure: measure.owner or "none agreed"),
        on_paper=most,
    )
    return [heading, Text(" ".join(filter(None, (rule, meeting))), "note"), table]


def overdue_months(measure: SnapshotMeasure) -> str:
    """The months of a measure's missing figures: each where they are few, else the earliest and the latest."""
    months = [month_words(figure.period_end) for figure in measure.owed]
    if not months:
        return f"since {latest_month(measure)}" if measure.judgement.received_end else latest_month(measure)
    if len(months) <= MONTHS_NAMED:
        return ", ".join(reversed(months))
    return f"{months[-1]} to {months[0]}, {len(months)} figures"


def meeting_words(board: SnapshotBoard) -> str:
    """When the board meets next, and when its papers are due; empty where no meeting is set."""
    if board.next_meeting is None:
        return ""
    papers = f"; papers are due on {day_words(board.papers_due)}" if board.papers_due else ""
    return f"The board meets next on {day_words(board.next_meeting)}{papers}."


def extracts(snapshot: Snapshot) -> list[Block]:
    """The extracts that the figures came from."""
    heading = Heading("Where the figures come from", "extracts")
    if not snapshot.extracts:
        return [heading, Text(_extracts_in_words(snapshot))]
    table = table_of(
        "Extracts that the figures came from, the latest first",
        snapshot.extracts[::-1],
        (Column("Extract", 0.7), lambda extract: str(extract.extract_id)),
        (Column("File", 2.6), lambda extract: extract.file_name),
        (Column("Source", 1.6), lambda extract: extract.source or NO_FIGURE),
        (Column("Sent by", 1.3), lambda extract: extract.who),
        (Column("Sent", 1.7), lambda extract: moment_words(extract.submitted_at)),
        (Column("Rows", 0.7, "number"), lambda extract: f"{extract.rows:,}"),
        (Column("SHA-256 begins", 1.5), lambda extract: extract.sha256[:16]),
        on_paper=EXTRACTS_ON_PAPER,
    )
    return [heading, table]


def _extracts_in_words(snapshot: Snapshot) -> str:
    """How many extracts the figures came from, and which was the latest."""
    if not snapshot.extracts:
        invented = "invented demonstration data and " if snapshot.demonstration else ""
        return f"All figures are {invented}those that the plan prints: {plan_words(snapshot.plan)}."
    last = snapshot.extracts[-1]
    sent = f"{last.file_name}, sent by {last.who} on {moment_words(last.submitted_at)}"
    return f"The figures come from {count_of(len(snapshot.extracts), 'extract')}; the latest: {sent}."
