"""What the deck shows, slide by slide, from a snapshot alone: board's page, exceptions, areas, what is owed, about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scorecard.core.numbers import number_words
from scorecard.core.periods import month_words
from scorecard.core.vocabulary import EXCEPTION_RULE, NO_FIGURES, STATUS_WORDS
from scorecard.pack.document.blocks import Block, Heading, Section, Table
from scorecard.pack.document.board_summary import areas_table, disagreements, signals
from scorecard.pack.document.changes import changed
from scorecard.pack.document.data_quality import care_words, quality_section
from scorecard.pack.document.exceptions import exceptions_section
from scorecard.pack.document.front_page import facts, subject, warnings
from scorecard.pack.document.service_areas import (
    LEGEND,
    any_limits,
    area_table,
    assurance_of,
    latest_words,
    status_cell,
    target_of,
)
from scorecard.pack.document.words import (
    area_sentence,
    count_of,
    listed,
    moment_words,
    plan_words,
    scope_words,
    short_id,
    standing_words,
    state_words,
)
from scorecard.pack.powerpoint.charts import native_chart
from scorecard.pack.powerpoint.from_blocks import SYMBOLS, parts_of, status_shape, table_part
from scorecard.pack.powerpoint.parts import (
    ChartPart,
    DeckCell,
    DeckColumn,
    Pair,
    Para,
    Part,
    Plan,
    Run,
    TablePart,
    TextPart,
    labelled,
    para,
)
from scorecard.pack.powerpoint.theme import Colour, safe
from scorecard.pack.snapshot.counts import Counts
from scorecard.pack.snapshot.models import PackState, Snapshot, SnapshotArea, SnapshotMeasure

NAMED_AT_MOST = 6
YIELDS = {"July 2020 in the plan": 8, "Region": 7, "England": 6, "SN": 5, "Baseline": 4}
FIXED = {"Measure", "Latest", "Target", "Distance to target", "Status", "Variation", "Assurance"}
MONTH_YIELDS = 9
CHARTS_AT_MOST = 2  # on an area's slide
EACH_MEASURE = "Measure by measure"  # quality_section's heading
TABLES_TOO_LONG = 40  # rows: longer tables of what changed are cut; the PDF and the workbook have them whole


def plans(snapshot: Snapshot, snapshot_id: str, state: PackState) -> list[Plan]:
    """All slides of a pack, before they are laid out."""
    known = said_of(snapshot, snapshot_id)
    return [
        _opening(snapshot, snapshot_id, state, known),
        *_board(snapshot, known),
        *_exceptions(snapshot, known),
        *(_area(snapshot, area, known) for area in snapshot.service_areas),
        *_sections(snapshot, known),
        _about(snapshot, snapshot_id, state, known),
    ]


def said_of(snapshot: Snapshot, snapshot_id: str) -> tuple[str, ...]:
    """What the notes of every slide say: where the figures come from, and which snapshot this is."""
    if snapshot.demonstration:
        source = "Source: demonstration data; the history is invented."
    elif snapshot.extracts:
        files = [
            f"extract {one.extract_id} ({one.file_name}, {one.source or 'no source named'})"
            for one in snapshot.extracts
        ]
        more = f" and {len(files) - NAMED_AT_MOST} more" if len(files) > NAMED_AT_MOST else ""
        source = f"Source: {plan_words(snapshot.plan)}; {'; '.join(files[-NAMED_AT_MOST:])}{more}."
    else:
        source = f"Source: {plan_words(snapshot.plan)}."
    made = f"pack version {snapshot.pack_version}, scorecard {snapshot.software_version}"
    return source, f"Snapshot {snapshot_id}, as known at {moment_words(snapshot.as_known_at)}; {made}."


def _opening(snapshot: Snapshot, snapshot_id: str, state: PackState, known: tuple[str, ...]) -> Plan:
    paras = [
        para(subject(snapshot, state), "lead"),
        para(state_words(state), "strong"),
        para(f"As known at {moment_words(snapshot.as_known_at)}"),
        *(para(said, "strong") for said in warnings(snapshot, state)),
        para(f"Snapshot {short_id(snapshot_id)}, in full on the last slide", "note"),
        para(f"{snapshot.authority}: {plan_words(snapshot.plan)}", "note"),
    ]
    title = f"Measures that matter: {month_words(snapshot.reporting_month)}"
    return Plan(title, (TextPart(tuple(paras)),), known, opening=True)


def _board(snapshot: Snapshot, known: tuple[str, ...]) -> Iterator[Plan]:
    counts, month = snapshot.totals, month_words(snapshot.reporting_month)
    lead = standing_words(counts, snapshot.reporting_month)
    overview = Pair((_counts_table(counts),), (TextPart(tuple(_summary(snapshot))),), 0.36)
    yield Plan(f"{scope_words(snapshot)} in {month}", (TextPart((para(lead, "lead"),)), overview), known)
    yield Plan("Where each service area stands", (table_part(areas_table(snapshot)),), known)
    beside = Pair(parts_of(changed(snapshot)), parts_of((*signals(snapshot), *disagreements(snapshot))), 0.46)
    yield Plan("What changed, and what may be chance", (beside,), known)


def _counts_table(counts: Counts) -> TablePart:
    rows = []
    for status in ("met", "close", "missed", "no_target", "no_data"):
        symbol, colour = status_shape(STATUS_WORDS[status])
        rows.append(_count(STATUS_WORDS[status], getattr(counts, status), symbol, colour))
    rows += [
        _count("Not applicable this month", counts.not_applicable),
        _count("Monitored or not to be judged", counts.no_status),
        _count("All measures", counts.measures, strong=True),
        _count("Exceptions", counts.exceptions),
        _count("Figures owed", counts.owed),
    ]
    columns = (DeckColumn("Status", 3), DeckColumn("Measures", 1, right=True))
    return TablePart("How many measures stand where", columns, tuple(rows))


def _count(
    words: str, number: int, symbol: str = "", colour: Colour = "tx1", strong: bool = False
) -> tuple[DeckCell, ...]:
    return (
        DeckCell(words, strong=True, symbol=symbol, colour=colour),
        DeckCell(number_words(number), strong=strong),
    )


def _summary(snapshot: Snapshot) -> Iterator[Para]:
    """What a reader with one minute must know."""
    found = [measure.name for measure in snapshot.measures if measure.judgement.exception]
    if found:
        yield labelled(f"Exceptions ({len(found)}), each on a slide of its own", _named(found), "bullet")
    else:
        yield labelled("Exceptions", "none this month.", "bullet")
    yield labelled("Since the last board", _since(snapshot), "bullet")
    yield labelled("Change or chance", _chance(snapshot), "bullet")
    unlike = [measure.name for measure in snapshot.measures if measure.judgement.disagreement]
    where = f"for {count_of(len(unlike), 'measure')}: {_named(unlike)}" if unlike else "nowhere."
    if not unlike and not snapshot.signals.with_limits:
        where = "nothing can be said yet: no limits may be shown."
    yield labelled("Status and signal disagree", where, "bullet")


def _named(names: Sequence[str]) -> str:
    more = len(names) - NAMED_AT_MOST
    return "; ".join(names[:NAMED_AT_MOST]) + (f"; and {more} more." if more > 0 else ".")


def _since(snapshot: Snapshot) -> str:
    changes = snapshot.changes
    if changes is None:
        return "this board has no earlier approved snapshot to compare with."
    judged = (*changes.status, *changes.variation, *changes.assurance)
    better = sum(change.direction == "better" for change in judged)
    worse = sum(change.direction == "worse" for change in judged)
    figures = (
        f"{count_of(len(changes.new_figures), 'new figure')} and {count_of(len(changes.revised), 'revised figure')}"
    )
    return (
        f"since {month_words(changes.old.reporting_month)}, {count_of(better, 'change')} for the better, {worse} for "
        f"the worse; {figures}."
    )


def _chance(snapshot: Snapshot) -> str:
    counted = snapshot.signals
    if not counted.with_limits:
        return "no measure may show limits yet."
    return (
        f"{counted.signalling} of {count_of(counted.with_limits, 'measure')} with limits signal a change; chance alone "
        f"would give about {number_words(counted.expected_by_chance, 1)}."
    )


def _exceptions(snapshot: Snapshot, known: tuple[str, ...]) -> Iterator[Plan]:
    found = [measure for measure in snapshot.measures if measure.judgement.exception]
    if not found:
        yield Plan("Exceptions", (TextPart((para("There are none this month."), para(EXCEPTION_RULE, "note"))),), known)
    for place, measure in enumerate(found, start=1):
        yield _exception(
            measure, snapshot.area_of(measure.id), f"Exception {place} of {len(found)}", known, snapshot.with_charts
        )
    for title, blocks in _under_headings(exceptions_section(snapshot)):
        if any(block.kind == "table" for block in blocks):
            yield Plan(title, parts_of(blocks), known)


def _under_headings(section: Section) -> Iterator[tuple[str, list[Block]]]:
    """A section's top-level headings, each with the blocks below it."""
    title, blocks = "", list[Block]()
    for block in section.blocks:
        if isinstance(block, Heading):
            if title:
                yield title, blocks
            title, blocks = safe(block.text), []
        else:
            blocks.append(block)
    if title:
        yield title, blocks


def _exception(
    measure: SnapshotMeasure, area: SnapshotArea, place: str, known: tuple[str, ...], with_charts: bool
) -> Plan:
    sentence = (measure.judgement.exception_words or "").removeprefix(f"{measure.name}: ")
    sentence = sentence[:1].upper() + sentence[1:]
    beside = TextPart(tuple(_facts(measure, area)))
    parts: tuple[Part, ...] = (TextPart((para(sentence, "lead"),)),)
    parts += (Pair((_chart(measure),), (beside,), 0.71) if with_charts else beside,)
    return Plan(f"{place}: {safe(measure.name)}", parts, (*measure_notes(measure, area), *known))


def _facts(measure: SnapshotMeasure, area: SnapshotArea) -> Iterator[Para]:
    judgement = measure.judgement
    yield labelled("Service area", area.name)
    if area.responsible:
        yield labelled("Responsible", "; ".join(area.responsible))
    words, note = latest_words(measure)
    yield labelled("Latest", f"{words} ({note})" if note else words)
    yield labelled("Target", target_of(measure))
    if judgement.distance_words:
        yield labelled("Distance", judgement.distance_words)
    for label, said in (("Ahead", judgement.outlook_words), ("What to do", judgement.action)):
        if said:
            yield labelled(label, said)
    word = status_cell(measure).text
    symbol, colour = status_shape(word)
    shape = (Run(f"{symbol} ", bold=True, colour=colour),) if symbol else ()
    yield Para((Run("Status: ", bold=True), *shape, Run(word)))
    if judgement.variation_words:
        yield labelled("Variation", judgement.variation_words)
    if judgement.assurance_words and assurance_of(measure):
        yield labelled("Assurance", judgement.assurance_words)
    if care := care_words(measure):
        yield para(care)


def measure_notes(measure: SnapshotMeasure, area: SnapshotArea) -> Iterator[str]:
    """What a speaker may be asked of a measure."""
    yield f"{measure.name}. Service area: {area.name}."
    yield f"The plan's wording: {measure.plan_wording}"
    yield f"What it counts: {measure.definition}"
    if measure.note:
        yield f"Note: {measure.note}"
    yield f"Finding: {measure.trend.title}. {measure.trend.subtitle}"
    yield f"The chart in words: {measure.trend.alt}"
    yield from measure.trend.notes
    yield measure.trend.source


def _area(snapshot: Snapshot, area: SnapshotArea, known: tuple[str, ...]) -> Plan:
    table = area_table(snapshot, area)
    yields = {column.label: YIELDS.get(column.label, MONTH_YIELDS) for column in table.columns}
    yields |= dict.fromkeys(FIXED, 0)
    parts: tuple[Part, ...] = (
        TextPart((para(area_sentence(area, snapshot.reporting_month)),)),
        table_part(table, yields),
        TextPart((para(_legend(area), "note"),), spare=True),
        *(_charts(area) if snapshot.with_charts else ()),
    )
    return Plan(safe(area.name), parts, (*_area_notes(area, table), _legend(area), *known))


def _charts(area: SnapshotArea) -> Iterator[Pair]:
    """Where there is room, the charts of one or two measures that are no exceptions: those have slides of their own."""
    shown = [one for one in area.measures if not one.judgement.exception and one.judgement.value is not None]
    if 1 <= len(shown) <= CHARTS_AT_MOST:
        charts = [_chart(measure) for measure in shown]
        yield Pair(tuple(charts[:1]), tuple(charts[1:]), 0.5 if charts[1:] else 0.75, spare=True)


def _chart(measure: SnapshotMeasure) -> ChartPart:
    chart = measure.chart
    return ChartPart(chart, native_chart(chart))


def _legend(area: SnapshotArea) -> str:
    shapes = ", ".join(
        f"{symbol}\u00a0{STATUS_WORDS[status].lower()}" for status, symbol in SYMBOLS.items() if symbol != "–"
    )
    if any_limits(area):
        return f"{LEGEND} Status: {shapes}."
    reasons = sorted({measure.judgement.no_limits or NO_FIGURES for measure in area.measures})
    return f"{LEGEND} Status: {shapes}. Variation and assurance are not shown: {listed(reasons)}."


def _area_notes(area: SnapshotArea, table: Table) -> Iterator[str]:
    """Every column of the table in words, those too for which the slide has no room."""
    if area.responsible:
        yield f"Responsible: {'; '.join(area.responsible)}."
    if area.outcomes:
        yield f"What the plan wants: {'; '.join(area.outcomes)}."
    for measure, row in zip(area.measures, table.rows, strict=True):
        told = [
            f"{column.label}: {cell.text}{f' ({cell.note})' if cell.note else ''}"
            for column, cell in zip(table.columns[1:], row[1:], strict=True)
            if cell.text and cell.chart is None
        ]
        yield f"{measure.name}. {'; '.join(told)}."


def _sections(snapshot: Snapshot, known: tuple[str, ...]) -> Iterator[Plan]:
    """Data quality and revisions: what is said in words on one slide, each table on its own; measures in words."""
    said: list[Block] = []
    tables = []
    for title, blocks in _under_headings(quality_section(snapshot)):
        if title == EACH_MEASURE:  # its table has a row for every measure: the PDF and the workbook have it
            blocks = [block for block in blocks if block.kind in ("text", "bullets")]
        parts = tuple(_not_too_long(part) for part in parts_of(blocks))
        if any(isinstance(part, TablePart) for part in parts):
            tables.append(Plan(f"Data quality: {title[:1].lower()}{title[1:]}", parts, known))
        else:
            said += [Heading(title, ""), *blocks]
    if said:
        yield Plan("Data quality", parts_of(said), known)
    yield from tables


def _not_too_long(part: Part) -> Part:
    if not isinstance(part, TablePart) or len(part.rows) <= TABLES_TOO_LONG:
        return part
    more = len(part.rows) - TABLES_TOO_LONG
    last = (DeckCell(f"and {more} more, in the PDF and the workbook"), *(DeckCell("") for _ in part.columns[1:]))
    return TablePart(part.caption, part.columns, (*part.rows[:TABLES_TOO_LONG], last), part.total)


def _about(snapshot: Snapshot, snapshot_id: str, state: PackState, known: tuple[str, ...]) -> Plan:
    told = [labelled(fact.label, fact.words) for fact in facts(snapshot, state, snapshot_id)]
    said = [para(warning, "strong") for warning in warnings(snapshot, state)]
    rule = para(f"Exceptions: {EXCEPTION_RULE[:1].lower()}{EXCEPTION_RULE[1:]}", "note")
    return Plan("About this pack", (TextPart((*said, *told, rule)),), known)
