"""Where we stand: every measure by variation and assurance, by name; and the exceptions, the weightiest first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from scorecard.core.numbers import NO_FIGURE, count_of, number_words
from scorecard.core.periods import month_words
from scorecard.core.vocabulary import (
    ASSURANCE_HEADINGS,
    ASSURANCE_SHORT,
    EXCEPTION_REASONS,
    LEVEL_MOVES,
    NO_FIGURES,
    VARIATION_HEADINGS,
    upper_first,
    variation_words,
)
from scorecard.pack.document.attention import exceptions_by_weight, exceptions_drawn, is_new, why_alert
from scorecard.pack.document.blocks import (
    Block,
    Cell,
    Column,
    Heading,
    Section,
    Table,
    Text,
    table_of,
    without_empty_columns,
)
from scorecard.pack.document.words import scope_words
from scorecard.pack.snapshot.measure import SnapshotMeasure
from scorecard.pack.snapshot.models import Snapshot

MOVING = "moving"
AT_BOUND = "at a bound"  # of such a target it is said in how many months it was met
ASSURANCES = (
    *ASSURANCE_SHORT.items(),
    (MOVING, LEVEL_MOVES),
    (AT_BOUND, ASSURANCE_HEADINGS["met_months"]),
    (None, "No target"),
)
WIDEST = 8  # names in a column that make it as wide as columns get
NEW = "new since the last board"


def stand_section(snapshot: Snapshot) -> Section:
    """The second page: the whole service in a table of names, and all that the board must hear of."""
    exceptions = exceptions_by_weight(snapshot)
    listed_blocks = [
        Heading(f"Exceptions by weight: {len(exceptions)}" if exceptions else "Exceptions", "stand-exceptions"),
        *_exceptions(snapshot, exceptions),
        *(Text(sentence, "note") for sentence in missed_otherwise(snapshot)),
    ]
    title = f"Where we stand: {upper_first(scope_words(snapshot)).replace('The whole', 'the whole')}"
    return Section("stand", title, (*signals(snapshot), *listed_blocks), starts="on a page")


def _exceptions(snapshot: Snapshot, exceptions: Sequence[SnapshotMeasure]) -> tuple[Block, ...]:
    if not exceptions:
        return (Text("None: no missed target meets the rule for exceptions."),)
    why = {measure.id: reason_words(measure) for measure in exceptions}
    return (weight_table(snapshot, exceptions, why),)


def weight_table(snapshot: Snapshot, exceptions: Sequence[SnapshotMeasure], why: Mapping[str, str]) -> Table:
    """A row a measure, in the order given: its figure, target, distance, for how long, due when, why it is here.

    A column in which nothing stands is left out. why: by the measure's id.
    """
    drawn = {measure.id for measure in exceptions_drawn(snapshot)}

    def name(measure: SnapshotMeasure) -> Cell:
        new = upper_first(NEW) if is_new(snapshot, measure) else ""
        return Cell(measure.name, note=new, strong=True, link=f"exception-{measure.id}" if measure.id in drawn else "")

    def due(measure: SnapshotMeasure) -> str:
        return month_words(measure.judgement.target_by) if measure.judgement.target_by else "no date"

    table = table_of(
        "Measures by weight",
        exceptions,
        (Column("Measure", 5), name),
        (Column("Latest", 0.8), lambda measure: measure.judgement.value_words or NO_FIGURE),
        (Column("Target", 1.1), lambda measure: measure.judgement.target_words or NO_FIGURE),
        (Column("Distance", 2.2), lambda measure: measure.judgement.distance_words or NO_FIGURE),
        (Column("For how long", 1.9), lambda measure: upper_first(measure.judgement.record_words or NO_FIGURE)),
        (Column("Due by", 1.1), due),
        (Column("Why it is here", 1.7), lambda measure: upper_first(why[measure.id])),
    )
    return without_empty_columns(table)


def reason_words(measure: SnapshotMeasure) -> str:
    """Why a measure is an exception, in a few words: 'worsening, behind the line to its date'."""
    moving = {"concern": variation_words("concern", measure.level).lower()}
    return ", ".join((EXCEPTION_REASONS | moving)[code] for code in measure.judgement.exception_reasons)


def missed_otherwise(snapshot: Snapshot) -> tuple[str, ...]:
    """Which measures miss their target and are no exceptions, in a sentence or two."""
    rest = [measure for measure in snapshot.measures if measure.stands == "missed" and not measure.judgement.exception]
    if not rest:
        return ()
    names = "; ".join(_with_why(snapshot, measure) for measure in rest)
    sentences = [f"Missed, but no exception ({len(rest)}): {names}."]
    unknown = [measure.name for measure in rest if measure.judgement.movement_unknown]
    if unknown:
        beginning = "Whether these get nearer can't be told from one figure"
        sentences.append(f"{beginning}: {'; '.join(unknown)}.")
    return tuple(sentences)


def _with_why(snapshot: Snapshot, measure: SnapshotMeasure) -> str:
    why = why_alert(snapshot, measure)
    return f"{measure.name} ({why})" if why else measure.name


def signals(snapshot: Snapshot) -> tuple[Block, ...]:
    """Variation × assurance, and how many signals chance alone would give; or why no limits may be shown."""
    counted = snapshot.signals
    if not counted.with_limits:
        why = "No measure may show limits yet: that takes 12 figures in a row that do not share their data."
        return (Text(f"{why} Until then nothing is said of variation or assurance."),)
    chance = number_words(counted.expected_by_chance, 1)
    sentence = (
        f"{counted.signalling} of {count_of(counted.with_limits, 'measure')} with limits signal a change this month; "
        f"chance alone would give about {chance}."
    )
    return (grid(snapshot), Text(" ".join(filter(None, (sentence, _without_limits(snapshot)))), "note"))


def _without_limits(snapshot: Snapshot) -> str:
    """How many measures the table leaves out, by why."""
    reasons: dict[str, int] = {}
    for measure in snapshot.measures:
        if measure.judgement.variation is None:
            why = measure.judgement.no_limits or NO_FIGURES
            reasons[why] = reasons.get(why, 0) + 1
    reasons_text = "; ".join(f"{count}, {reason}" for reason, count in reasons.items())
    return (
        f"{count_of(sum(reasons.values()), 'measure is', 'measures are')} not in the table: {reasons_text}."
        if reasons_text
        else ""
    )


def grid(snapshot: Snapshot) -> Table:
    """Which measures are in each pair of variation and assurance, by name; columns that are empty are left out."""
    shown = [measure for measure in snapshot.measures if measure.judgement.variation is not None]
    columns = [(code, label) for code, label in ASSURANCES if any(_assurance(measure) == code for measure in shown)]
    rows = []
    for variation, label in VARIATION_HEADINGS.items():
        of_row = [measure for measure in shown if measure.judgement.variation == variation]
        if not of_row and variation.startswith("neutral"):
            continue
        cells = [_names([measure for measure in of_row if _assurance(measure) == code]) for code, _ in columns]
        rows.append((Cell(label, strong=True), *cells))
    widths = [0.9 + 0.35 * min(sum(_assurance(measure) == code for measure in shown), WIDEST) for code, _ in columns]
    heads = (
        Column("Variation", 2.2),
        *(Column(label, width) for (_, label), width in zip(columns, widths, strict=True)),
    )
    return Table("Variation by assurance: which measures", heads, tuple(rows), show_caption=False)


def _names(measures: Sequence[SnapshotMeasure]) -> Cell:
    return Cell("" if measures else NO_FIGURE, items=tuple(measure.name for measure in measures))


def _assurance(measure: SnapshotMeasure) -> str | None:
    row = measure.judgement
    if row.target_at_bound and row.met_of is not None and row.met_of > 1:
        return AT_BOUND
    return MOVING if row.no_assurance else row.assurance
