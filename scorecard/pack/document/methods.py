"""Methods and definitions, and the registers of targets and rebases."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from scorecard.catalogue.models import Target
from scorecard.core.numbers import NO_FIGURE, UNIT_WORDS
from scorecard.core.periods import month_words
from scorecard.core.vocabulary import EXCEPTION_RULE, STATUS_RULE
from scorecard.pack.document.blocks import Block, Column, Columns, Heading, Screen, Section, Table, Text, table_of
from scorecard.pack.document.words import plan_words
from scorecard.pack.snapshot.measure import SnapshotMeasure
from scorecard.pack.snapshot.models import Snapshot

POLARITY = {
    "higher_is_better": "Higher is better",
    "lower_is_better": "Lower is better",
    "monitor": "Monitored: neither way is good",
}
BASIS = {"statistical_neighbour": "Neighbours", "regional": "Region", "national": "England"}
COVERS = {
    "in_month": "in the month",
    "rolling_12_months": "over the last 12 months",
    "year_to_date": "since April",
    "at_month_end": "at the month's end",
    "unknown": "a period the plan does not give",
}
METHODS: tuple[tuple[str, str], ...] = (
    ("Status", STATUS_RULE),
    (
        "Distance",
        "The latest figure less the target, signed so that + is on the target's good side. Measures are never ranked "
        "by it as it stands, for their units differ. A volume, such as how many children are looked after, is neither "
        "good nor bad: it is told from the plan's level.",
    ),
    (
        "Change or chance",
        "Each series has a mean, and limits at 2.66 times its average moving range, with moving ranges of 3.267 times "
        "the average or more left out (NHS England's Making Data Count rules for XmR charts). A point is beyond chance "
        "if it is outside a limit; part of 7 rising or falling in a row; one of two in three near a limit; or part of "
        "7 on one side of the mean. Under 12 figures no limits are shown; from 12 to 19 they are provisional. Series "
        "whose figures share their data, or lean on the month before, show none.",
    ),
    (
        "Assurance",
        "Where the target lies outside the limits, the measure will go on meeting it, or missing it, unless something "
        "changes; inside them, chance decides month by month.",
    ),
    (
        "Exceptions",
        f"{EXCEPTION_RULE} They stand by weight: new since the last board, then longest missed, furthest off as a "
        "share of the target, soonest due.",
    ),
    (
        "Provisional figures",
        "The newest months are often recorded late. A provisional figure is drawn hollow and makes no signal and no "
        "exception alone.",
    ),
    (
        "Symbols",
        "Instead of a figure: [x] not available, [c] suppressed, [z] not applicable, : missing. Beside a figure: [low] "
        "rounds to zero, [u] unreliable, [p] provisional, [e] estimated, [r] revised, [b] break in series.",
    ),
    (
        "As known at",
        "All figures, targets and definitions are those that were known at the moment under 'About this pack'. The "
        "snapshot's id is the SHA-256 of its content: the same id is the same content, digit for digit.",
    ),
)


HEADING = 230  # letters of half a page's width for which a heading and the rest of a last line take the room
SHORT = ("Status", "Change or chance", "Assurance")


def methods_section(snapshot: Snapshot) -> Section:
    """How figures are judged, in a page; what each measure counts stands on the web page and in the workbook."""
    texts: list[tuple[Block, ...]] = [_method(name, text) for name, text in METHODS]
    if snapshot.events:
        event_texts = [Text(f"{month_words(event.date)}: {event.what}. {event.why}") for event in snapshot.events]
        texts.append((Heading("Events drawn on charts", "events"), *event_texts))
    half = _half(texts)
    blocks = (
        _version(snapshot),
        Columns(tuple(chain(*texts[:half])), tuple(chain(*texts[half:])), 0.5),
        Screen((Heading("Definitions", "definitions"), *_definitions(snapshot))),
    )
    return Section("methods", "Methods and definitions", blocks, starts="together")


def _half(texts: Sequence[Sequence[Block]]) -> int:
    """How many of some texts make the left of two columns, so that both are about as long."""
    long = [HEADING + sum(len(block.text) for block in blocks if isinstance(block, Text)) for blocks in texts]
    return min(range(len(texts) + 1), key=lambda split: abs(sum(long[:split]) - sum(long[split:])))


def methods_in_short(snapshot: Snapshot) -> Section:
    """What a short pack says of how figures are judged."""
    texts = chain(*(_method(name, text) for name, text in METHODS if name in SHORT))
    return Section("methods", "Methods", (_version(snapshot), *texts))


def definitions_section(snapshot: Snapshot) -> Section:
    """What each measure counts."""
    return Section("definitions", "Definitions", _definitions(snapshot))


def _method(name: str, text: str) -> tuple[Block, ...]:
    return (Heading(name, f"how-{name.lower().replace(' ', '-')}"), Text(text))


def _version(snapshot: Snapshot) -> Text:
    where = (
        "What each measure counts, and the registers of targets and rebases, are on the web page and in the workbook."
    )
    return Text(f"Methods text version {snapshot.methods_version}. {where}", "note")


def _definitions(snapshot: Snapshot) -> tuple[Block, ...]:
    return (Text(_whose(snapshot), "note"), definitions_table(snapshot))


def _whose(snapshot: Snapshot) -> str:
    return (
        f"The plan's wording is from {plan_words(snapshot.plan)}. "
        "Definitions, short names, which way is good and notes are ours."
    )


def definitions_table(snapshot: Snapshot) -> Table:
    """A row a measure: the plan's wording, our definition, how it is read."""
    return table_of(
        "Definitions",
        snapshot.measures,
        (Column("Measure", 1.8), lambda measure: measure.name),
        (Column("The plan's wording", 2.2), lambda measure: measure.plan_wording),
        (Column("Definition (ours)", 2.6), lambda measure: measure.definition),
        (Column("How it is read (ours)", 1.5), _how_read),
        (Column("Note (ours)", 3.2), lambda measure: measure.notes or NO_FIGURE),
    )


def _how_read(measure: SnapshotMeasure) -> str:
    return (
        f"{POLARITY[measure.polarity]}. {UNIT_WORDS[measure.unit].capitalize()}, "
        f"{COVERS.get(measure.accumulation, measure.accumulation)}; {measure.frequency}."
    )


def registers_section(snapshot: Snapshot) -> Section:
    """The targets with who agreed them and why, and the rebases."""
    return Section(
        "registers",
        "Targets and rebases",
        (
            Screen(
                (
                    Heading("Register of targets", "targets"),
                    Text("A month is judged by the target in force then; a change never repaints the past.", "note"),
                    targets_table(snapshot),
                    Heading("Register of rebases", "rebases"),
                    *_rebases(snapshot),
                )
            ),
        ),
    )


def targets_table(snapshot: Snapshot) -> Table:
    """Every target of every measure, the plan's own first."""
    return table_of(
        "Register of targets",
        [(measure, target) for measure in snapshot.measures for target in measure.targets],
        (Column("Measure", 2.4), lambda pair: pair[0].name),
        (Column("Target", 1.2), lambda pair: pair[0].target_words(pair[1])),
        (Column("As printed", 1.8), lambda pair: pair[1].printed),
        (Column("In force", 1), lambda pair: _in_force(pair[1])),
        (Column("Due by", 1), lambda pair: month_words(pair[1].by) if pair[1].by else "no date"),
        (Column("Where that date comes from", 3.2), lambda pair: _date_basis(pair[1])),
        (Column("Basis", 1.1), lambda pair: BASIS.get(pair[1].basis or "", pair[1].basis or NO_FIGURE)),
        (Column("Agreed by, and why", 1.5), lambda pair: _agreed(pair[1])),
    )


def _in_force(target: Target) -> str:
    return f"from {month_words(target.from_month)}" if target.from_month else "from the start"


def _date_basis(target: Target) -> str:
    if target.by_basis == "action date":
        return f"The plan's action ‘{target.by_action}’, due ‘{target.by_printed}’"
    return "The plan's own date for it" if target.by_basis else NO_FIGURE


def _agreed(target: Target) -> str:
    clauses = [f"Agreed by {target.agreed_by}" if target.agreed_by else "The plan" if target.from_month is None else ""]
    if target.why:
        clauses.append(target.why)
    return ". ".join(word for word in clauses if word) or NO_FIGURE


def _rebases(snapshot: Snapshot) -> tuple[Block, ...]:
    rebases = [(measure, rebase) for measure in snapshot.measures for rebase in measure.rebase]
    if not rebases:
        return (Text("No limits have been drawn anew: there is no rebase."),)
    table = table_of(
        "Register of rebases",
        rebases,
        (Column("Measure", 2.6), lambda pair: pair[0].name),
        (Column("From", 1.1), lambda pair: month_words(pair[1].from_month)),
        (Column("Why", 3), lambda pair: pair[1].why),
        (Column("Proposed by", 1.4), lambda pair: pair[1].proposed_by or NO_FIGURE),
        (Column("Agreed by", 1.4), lambda pair: pair[1].agreed_by or NO_FIGURE),
        (Column("Agreed", 1.1), lambda pair: month_words(pair[1].agreed) if pair[1].agreed else NO_FIGURE),
    )
    return (table,)
