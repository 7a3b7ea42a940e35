"""The board's page: the whole service on one page, for a reader with ten minutes."""

from __future__ import annotations

from collections.abc import Sequence

from scorecard.core.numbers import number_words
from scorecard.core.vocabulary import ASSURANCE_SHORT, LEVEL_MOVES, VARIATION_HEADINGS
from scorecard.pack.document.blocks import Block, Bullets, Cell, Column, Columns, Heading, Section, Table, Text
from scorecard.pack.document.changes import changed
from scorecard.pack.document.words import count_of, cut_to_room, scope_words, standing_words
from scorecard.pack.snapshot.counts import Counts
from scorecard.pack.snapshot.models import Snapshot, SnapshotMeasure

EXCEPTION_LINES, DISAGREEMENT_LINES = 14, 6  # so that the board's page stays one page, whatever the names
MOVING = "moving"
AT_BOUND = "at a bound"  # of such a target it is said in how many months it was met
ASSURANCES = (*ASSURANCE_SHORT.items(), (MOVING, LEVEL_MOVES), (AT_BOUND, "Target at a bound"), (None, "No target"))


def board_section(snapshot: Snapshot) -> Section:
    """The board's page."""
    counts = snapshot.totals
    lead = f"{standing_words(counts, snapshot.reporting_month)}{_pairs(snapshot)}"
    left = (Heading("Where each service area stands", "board-areas"), areas_table(snapshot), *signals(snapshot))
    right = (*hear_of(snapshot), *changed(snapshot), *disagreements(snapshot))
    return Section("board", f"{scope_words(snapshot)} on a page", (Text(lead, "lead"), Columns(left, right, 0.5)))


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
        Column("Figures owed", 1, "number"),
    )
    rows = [_counts_row(area.name, area.counts, f"area-{area.id}") for area in snapshot.service_areas]
    total = _counts_row("All", snapshot.totals)
    return Table("What is met, close and missed", columns, (*rows, total), total=True, show_caption=False)


def _counts_row(name: str, counts: Counts, link: str = "") -> tuple[Cell, ...]:
    numbers = (counts.met, counts.close, counts.missed, counts.not_judged, counts.exceptions, counts.owed)
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
        Bullets(cut_to_room(items, "in the section on exceptions", EXCEPTION_LINES)),
    )


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
            Cell(_number([measure for measure in of_row if _assurance(measure) == code])) for code, _ in ASSURANCES
        ]
        rows.append((Cell(label, strong=True), *cells))
    columns = (Column("Variation", 2.4), *(Column(label, 1.2, "number") for _, label in ASSURANCES))
    return Table("Variation by assurance: how many measures", columns, tuple(rows), show_caption=False)


def _assurance(measure: SnapshotMeasure) -> str | None:
    row = measure.judgement
    if row.target_at_bound and row.met_of is not None and row.met_of > 1:
        return AT_BOUND
    return MOVING if row.no_assurance else row.assurance


def _number(measures: Sequence[SnapshotMeasure]) -> str:
    return number_words(len(measures))


def disagreements(snapshot: Snapshot) -> tuple[Block, ...]:
    """Where the status and the signal say different things."""
    found = [f"{m.name}: {m.judgement.disagreement}" for m in snapshot.measures if m.judgement.disagreement]
    heading = Heading("Where status and signal disagree", "board-disagreements")
    if not found:
        none = "Nowhere." if snapshot.signals.with_limits else "Nothing can be said yet: no limits may be shown."
        return (heading, Text(none))
    return (heading, Bullets(cut_to_room(found, "in the service areas' tables", DISAGREEMENT_LINES)))
