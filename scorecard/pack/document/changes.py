"""What changed since the last board: better, worse, by rule; each change in full; and where each area stands."""

from __future__ import annotations

from collections.abc import Sequence

from scorecard.core.numbers import NO_FIGURE, count_of, number_words
from scorecard.core.periods import month_words, period_words
from scorecard.core.vocabulary import NOT_JUDGED, STATUS_WORDS
from scorecard.pack.document.blocks import (
    Block,
    Bullets,
    Cell,
    Column,
    Columns,
    Heading,
    Screen,
    Section,
    Table,
    Text,
    table_of,
)
from scorecard.pack.document.words import cut_to_room, short_id
from scorecard.pack.snapshot.changes import ChangedRules, Comparison, FigureChange, RuleChange, WordChange
from scorecard.pack.snapshot.counts import Counts
from scorecard.pack.snapshot.models import Snapshot

LINES_OF_EACH = 6  # of better, worse, rules and ended warnings in short; all of them stand below
ROWS_ON_PAPER = 12
IN_FULL = "on the web page"  # which has each change, whatever a paper or a slide leaves out
NO_REASON = "no reason is given"
FIRST = "This board has no earlier approved snapshot to compare with: this is its first."


def changed(snapshot: Snapshot, in_full: str = "below") -> tuple[Block, ...]:
    """What changed since the board's last approved snapshot, in short: what the figures changed, and what rules did.

    in_full: where each change stands that there is no room for.
    """
    heading = Heading("What changed since the last board", "board-changes")
    changes = snapshot.changes
    if changes is None:
        return (heading, Text(FIRST))
    since = Text(f"Since {month_words(changes.old.reporting_month)} (snapshot {short_id(changes.old.id)}).", "note")
    if changes.nothing:
        return (heading, since, Text("Nothing changed."))
    return (heading, since, Bullets(tuple(changes_in_short(changes, in_full))))


def changes_in_short(changes: Comparison, in_full: str | None) -> list[str]:
    """A line each for better, worse, changed rules, ended warnings, measures come and gone, and how many figures.

    in_full: where each change stands that a line has no room for; None: every one is in its line.
    """
    judged = (*changes.status, *changes.variation, *changes.assurance)
    better = [_arrow(change) for change in judged if change.direction == "better"]
    worse = [_arrow(change) for change in judged if change.direction == "worse"]
    lines = [_line("Better", better, in_full), _line("Worse", worse, in_full)]
    for label, parts in (
        ("Changed rules", [rules_words(changed) for changed in changes.rules]),
        (
            "No longer warned of",
            [f"{ended.measure} ({ended.warning.lower()}): {ended.reason}" for ended in changes.ended],
        ),
        ("Added", changes.added),
        ("Retired", changes.retired),
        ("Left out", changes.removed),
    ):
        if parts:
            lines.append(_line(label, parts, in_full))
    return [*lines, *filter(None, [_counts(changes)])]


def _line(label: str, parts: Sequence[str], in_full: str | None) -> str:
    shown = parts if in_full is None else cut_to_room(parts, in_full, LINES_OF_EACH)
    return f"{label}: {'; '.join(shown) if shown else 'none'}."


def _arrow(change: WordChange) -> str:
    return f"{change.measure} ({change.old.lower()} → {change.new.lower()})"


def rules_words(changed: ChangedRules) -> str:
    """The changed rules of a measure in a line: 'Audits: target at least 90% → at least 70% (status missed → met)'."""
    rules = ", ".join(f"{rule.what.lower()} {rule.old} → {rule.new}" for rule in changed.rules)
    return f"{changed.measure}: {rules} ({altered_words(changed)})"


def altered_words(changed: ChangedRules) -> str:
    """What changed rules alone altered: 'status missed → met'."""
    alterations = [f"{change.what.lower()} {change.old.lower()} → {change.new.lower()}" for change in changed.altered]
    if not changed.measure_id:  # the methods of all measures: each is named
        alterations = [
            f"{change.measure}, {alteration}" for change, alteration in zip(changed.altered, alterations, strict=True)
        ]
    return "; ".join(alterations) or "no status or signal altered"


def reason_words(rule: RuleChange) -> str:
    """Why a rule changed and who agreed it, as far as the catalogue says."""
    agreed = f"agreed by {rule.agreed_by}" if rule.agreed_by else ""
    return "; ".join(filter(None, (rule.why or NO_REASON, agreed)))


def difference_words(changes: Comparison) -> str:
    """How much differs between two snapshots: '3 revised figures; 1 changed wording'."""
    return _counts(changes).removesuffix(".") or (
        "nothing in its figures" if changes.nothing else "what is said of them"
    )


def _counts(changes: Comparison) -> str:
    counts = [
        (len(changes.new_figures), "new figure", "new figures"),
        (len(changes.revised), "revised figure", "revised figures"),
        (len(changes.taken_back), "figure taken back", "figures taken back"),
        (len(changes.wording), "changed wording", "changed wordings"),
    ]
    counts_text = "; ".join(count_of(number, single, many) for number, single, many in counts if number)
    return f"{counts_text}." if counts_text else ""


def changes_since(snapshot: Snapshot) -> list[Block]:
    """Each change since the board's last approved snapshot: figures, rules, ended warnings, what is said otherwise.

    Nothing where there is no such snapshot, which `changed` says.
    """
    changes = snapshot.changes
    if changes is None:
        return []
    heading = Heading("Revisions since the last board", "revisions")
    revised = [*changes.revised, *changes.taken_back]
    none = Text(f"None since {month_words(changes.old.reporting_month)}.")
    figures: list[Block] = [heading, figures_table(revised) if revised else none]
    wording = _titled("Status, signals and wording since the last board", "changed-words", words_table(changes))
    if snapshot.length == "short":
        return [*_rules_and_warnings(changes), Screen((*figures, *wording))]
    return [*figures, *_rules_and_warnings(changes), *wording]


def corrections(snapshot: Snapshot) -> list[Block]:
    """What a correction has otherwise than the approved pack that it corrects."""
    changes = snapshot.corrects
    if changes is None:
        return []
    figures = [*changes.new_figures, *changes.revised, *changes.taken_back]
    return [
        Heading("What this pack corrects", "corrections"),
        Text(f"Otherwise than in snapshot {short_id(changes.old.id)}, of the same board and month.", "note"),
        Bullets(tuple(changes_in_short(changes, None))),
        *([figures_table(figures)] if figures else []),
    ]


def _rules_and_warnings(changes: Comparison) -> list[Block]:
    return [
        *_titled("Changed rules", "changed-rules", rules_table(changes)),
        *_titled("Warnings that are no longer given", "ended-warnings", ended_table(changes)),
    ]


def _titled(title: str, anchor: str, table: Table) -> list[Block]:
    return [Heading(title, anchor), table] if table.rows else []


def figures_table(changes: Sequence[FigureChange]) -> Table:
    """Revised figures, old → new."""
    return table_of(
        "Revised figures",
        changes,
        (Column("Measure", 3.2), lambda change: change.measure),
        (Column("Service area", 2), lambda change: change.service_area),
        (Column("Period", 1.6), lambda change: period_words(change.period_end, change.months)),
        (Column("Was", 1, "number"), lambda change: change.old_words),
        (Column("Is", 1, "number"), lambda change: change.new_words),
        on_paper=ROWS_ON_PAPER,
    )


def rules_table(changes: Comparison) -> Table:
    """Each changed rule: old → new, why, agreed by whom, and what it altered."""
    return table_of(
        "Changed rules",
        [(changed, rule) for changed in changes.rules for rule in changed.rules],
        (Column("Measure", 2.4), lambda pair: pair[0].measure),
        (Column("Rule", 1.4), lambda pair: pair[1].what),
        (Column("Was", 2), lambda pair: pair[1].old),
        (Column("Is", 2), lambda pair: pair[1].new),
        (Column("Why, and agreed by", 2.4), lambda pair: reason_words(pair[1])),
        (Column("What it altered", 2), lambda pair: altered_words(pair[0])),
    )


def ended_table(changes: Comparison) -> Table:
    """Each warning that is no longer given though nothing became better, and why."""
    return table_of(
        "Warnings that are no longer given",
        changes.ended,
        (Column("Measure", 3), lambda ended: ended.measure),
        (Column("Service area", 2), lambda ended: ended.service_area),
        (Column("Warning", 1.6), lambda ended: ended.warning),
        (Column("Why it ended", 4), lambda ended: ended.reason),
    )


def words_table(changes: Comparison) -> Table:
    """What is said otherwise than at the last board: status, signals and wording."""
    return table_of(
        "What is said otherwise than at the last board",
        (*changes.status, *changes.variation, *changes.assurance, *changes.wording),
        (Column("Measure", 3), lambda change: change.measure),
        (Column("What", 1.2), lambda change: change.what),
        (Column("Was", 2.4), lambda change: change.old),
        (Column("Is", 2.4), lambda change: change.new),
        (Column("For", 0.8), lambda change: NO_FIGURE if change.direction == "neither" else f"the {change.direction}"),
        on_paper=ROWS_ON_PAPER,
    )


def since_section(snapshot: Snapshot) -> Section:
    """The third page: changes beside a table of the service areas; below them each change in full."""
    left = (Heading("Where each service area stands", "board-areas"), areas_table(snapshot), *_older(snapshot.totals))
    right = (*changed(snapshot, "below" if snapshot.length == "whole" else IN_FULL), *disagreements(snapshot))
    blocks = (Columns(left, right, 0.5), *corrections(snapshot), *changes_since(snapshot))
    return Section("since", "What changed, and where each service area stands", blocks)


def areas_table(snapshot: Snapshot) -> Table:
    """What is met, close and missed by the latest figures, area by area."""
    columns = (
        Column("Service area", 3.4),
        Column(STATUS_WORDS["met"], 0.8, "number"),
        Column(STATUS_WORDS["close"], 0.8, "number"),
        Column(STATUS_WORDS["missed"], 0.95, "number"),
        Column(NOT_JUDGED, 1, "number"),
        Column("Exceptions", 1.3, "number"),
        Column("Figures owed", 1, "number"),
    )
    in_full = snapshot.length == "whole"
    rows = [
        _counts_row(area.name, area.counts, f"area-{area.id}" if in_full else "") for area in snapshot.service_areas
    ]
    total = _counts_row("All", snapshot.totals)
    return Table("What is met, close and missed", columns, (*rows, total), total=True, show_caption=False)


def _older(counts: Counts) -> tuple[Block, ...]:
    """How many of the table's judgements rest on figures of earlier months."""
    by_older = counts.judged_by_older
    if not by_older:
        return ()
    judged = counts.judged + by_older
    return (
        Text(f"By the latest figure of each measure: for {by_older} of {judged} that of an earlier month.", "note"),
    )


def _counts_row(name: str, counts: Counts, link: str = "") -> tuple[Cell, ...]:
    numbers = (counts.met, counts.close, counts.missed, counts.not_judged, counts.exceptions, counts.owed)
    return (Cell(name, strong=True, link=link), *(Cell(number_words(number)) for number in numbers))


def disagreements(snapshot: Snapshot) -> tuple[Block, ...]:
    """Where the status and the signal say different things."""
    heading = Heading("Met but getting worse; missed but improving", "board-disagreements")
    sentences = tuple(f"{m.name}: {m.judgement.disagreement}" for m in snapshot.measures if m.judgement.disagreement)
    if not sentences:
        none = "Nowhere." if snapshot.signals.with_limits else "Nothing can be said yet: no limits may be shown."
        return (heading, Text(none))
    return (heading, Bullets(sentences))
