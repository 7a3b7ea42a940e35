"""The board's page: the whole service on one page, for a reader with ten minutes."""

from __future__ import annotations

from collections.abc import Sequence

from scorecard.core.numbers import number_words
from scorecard.core.periods import month_words
from scorecard.core.vocabulary import ASSURANCE_SHORT, LEVEL_MOVES, VARIATION_HEADINGS
from scorecard.pack.document.blocks import Block, Bullets, Cell, Column, Columns, Heading, Section, Table, Text
from scorecard.pack.document.words import count_of, counts_words
from scorecard.pack.snapshot.models import (
    AreaCounts,
    AssessmentRow,
    Comparison,
    Snapshot,
    SnapshotMeasure,
    WordChange,
)

LINE = 70  # characters that a line of half the page's width holds, on the safe side
EXCEPTION_LINES, DISAGREEMENT_LINES = 14, 6  # so that the board's page stays one page, whatever the names
CHANGES_SHOWN = 5
ASSURANCES = (*ASSURANCE_SHORT.items(), ("moving", LEVEL_MOVES), (None, "No target"))


def board_section(snapshot: Snapshot) -> Section:
    """The board's page."""
    counts = snapshot.totals
    lead = (
        f"Of {count_of(counts.measures, 'measure')} in {month_words(snapshot.reporting_month)}: {counts_words(counts)}."
        f"{_pairs(snapshot)}"
    )
    left = (Heading("Where each service area stands", "board-areas"), areas_table(snapshot), *signals(snapshot))
    right = (*hear_of(snapshot), *changed(snapshot), *disagreements(snapshot))
    return Section("board", "The whole service on a page", (Text(lead, "lead"), Columns(left, right, 0.5)))


def _pairs(snapshot: Snapshot) -> str:
    """Why fewer are counted than the pack shows: the number and the rate of one thing are one."""
    more = len(snapshot.measures) - snapshot.totals.measures
    return f" A number and a rate of the same thing count as one ({more} such)." if more > 0 else ""


def areas_table(snapshot: Snapshot) -> Table:
    """What is met, close and missed, area by area."""
    columns = (
        Column("Service area", 3.4),
        Column("Met", 0.8, "number"),
        Column("Close", 0.8, "number"),
        Column("Missed", 0.95, "number"),
        Column("Not judged", 1, "number"),
        Column("Exceptions", 1.3, "number"),
        Column("Owed", 0.8, "number"),
    )
    rows = [_counts_row(area.name, area.counts, f"area-{area.id}") for area in snapshot.service_areas]
    total = _counts_row("All", snapshot.totals)
    return Table("What is met, close and missed", columns, (*rows, total), total=True, show_caption=False)


def _counts_row(name: str, counts: AreaCounts, link: str = "") -> tuple[Cell, ...]:
    other = counts.no_target + counts.no_data + counts.no_status
    numbers = (counts.met, counts.close, counts.missed, other, counts.exceptions, counts.overdue)
    return (Cell(name, strong=True, link=link), *(Cell(number_words(number)) for number in numbers))


def hear_of(snapshot: Snapshot) -> tuple[Block, ...]:
    """The exceptions by name; their pages follow."""
    found = [measure for measure in snapshot.measures if measure.judgement.exception]
    if not found:
        return (
            Heading("Exceptions", "board-exceptions"),
            Text("None: no missed target meets the rule for exceptions."),
        )
    items = [
        f"{measure.name}: {measure.judgement.value_words}, {measure.judgement.distance_words}" for measure in found
    ]
    return (
        Heading(f"Exceptions: {len(found)}", "board-exceptions"),
        Bullets(_cut(items, "in the section on exceptions", EXCEPTION_LINES)),
    )


def _cut(items: Sequence[str], where: str, room: int) -> tuple[str, ...]:
    """As many items as there is room for, in lines of the page, and how many more there are, and where."""
    kept: list[str] = []
    for item in items:
        room -= 1 + len(item) // LINE
        if room < (1 if len(kept) + 1 < len(items) else 0):
            break
        kept.append(item)
    more = len(items) - len(kept)
    return (*kept, f"{'and ' if kept else ''}{more} more, {where}") if more else tuple(kept)


def changed(snapshot: Snapshot) -> tuple[Block, ...]:
    """What changed since the board's last approved snapshot, for the better and for the worse."""
    heading = Heading("What changed since the last board", "board-changes")
    changes = snapshot.changes
    if changes is None:
        return (heading, Text("This board has no earlier approved snapshot to compare with: this is its first."))
    since = Text(f"Since {month_words(changes.old.reporting_month)} (snapshot {changes.old.id[:12]}).", "note")
    if changes.nothing:
        return (heading, since, Text("Nothing changed."))
    better = [change for change in _judged(changes) if change.direction == "better"]
    worse = [change for change in _judged(changes) if change.direction == "worse"]
    items = [
        f"Better: {_changes_words(better)}",
        f"Worse: {_changes_words(worse)}",
        _other_changes(changes),
    ]
    return (heading, since, Bullets(tuple(items)))


def _judged(changes: Comparison) -> tuple[WordChange, ...]:
    return (*changes.status, *changes.variation, *changes.assurance)


def _changes_words(changes: Sequence[WordChange]) -> str:
    if not changes:
        return "none."
    said = [f"{change.measure} ({change.old.lower()} → {change.new.lower()})" for change in changes]
    return "; ".join(_cut(said, "in the section on data quality", CHANGES_SHOWN)) + "."


def _other_changes(changes: Comparison) -> str:
    counts = [
        (len(changes.new_figures), "new figure"),
        (len(changes.revised), "revised figure"),
        (len(changes.taken_back), "figure taken back"),
        (len(changes.targets), "changed target"),
        (len(changes.wording), "changed wording"),
        (len(changes.added), "measure added"),
        (len(changes.removed), "measure left out"),
    ]
    plural = {
        "figure taken back": "figures taken back",
        "measure added": "measures added",
        "measure left out": "measures left out",
    }
    return "; ".join(count_of(number, words, plural.get(words)) for number, words in counts if number) + "."


def signals(snapshot: Snapshot) -> tuple[Block, ...]:
    """Variation × assurance, and how many signals chance alone would give; or why no limits may be shown."""
    heading = Heading("Change or chance", "board-signals")
    counted = snapshot.signals
    if not counted.with_limits:
        why = "No measure may show limits yet: that takes 12 figures in a row that do not share their data."
        return (heading, Text(f"{why} Until then nothing is said of variation or assurance."))
    chance = number_words(counted.expected_by_chance, 1)
    words = (
        f"{counted.signalling} of {count_of(counted.with_limits, 'measure')} with limits signal a change this month; "
        f"chance alone would give about {chance}."
    )
    return (heading, grid(snapshot), Text(words, "note"))


def grid(snapshot: Snapshot) -> Table:
    """How many measures stand in each pair of variation and assurance."""
    shown = [measure for measure in snapshot.measures if measure.judgement.variation is not None]
    rows = []
    for variation, label in VARIATION_HEADINGS.items():
        of_row = [measure for measure in shown if measure.judgement.variation == variation]
        if not of_row and variation.startswith("neutral"):
            continue
        cells = [
            Cell(_number([m for m in of_row if _assurance(m.judgement) == assurance])) for assurance, _ in ASSURANCES
        ]
        rows.append((Cell(label, strong=True), *cells))
    columns = (Column("Variation", 2.4), *(Column(label, 1.2, "number") for _, label in ASSURANCES))
    return Table("Variation by assurance: how many measures", columns, tuple(rows), show_caption=False)


def _assurance(judgement: AssessmentRow) -> str | None:
    return "moving" if judgement.no_assurance else judgement.assurance


def _number(measures: Sequence[SnapshotMeasure]) -> str:
    return number_words(len(measures))


def disagreements(snapshot: Snapshot) -> tuple[Block, ...]:
    """Where the status and the signal say different things."""
    found = [f"{m.name}: {m.judgement.disagreement}" for m in snapshot.measures if m.judgement.disagreement]
    heading = Heading("Where status and signal disagree", "board-disagreements")
    if not found:
        none = "Nowhere." if snapshot.signals.with_limits else "Nothing can be said yet: no limits may be shown."
        return (heading, Text(none))
    return (heading, Bullets(_cut(found, "in the service areas' tables", DISAGREEMENT_LINES)))
