"""What the deck shows, slide by slide, from a snapshot alone: board's page, exceptions, areas, what is owed, about."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import Literal

from scorecard.core.numbers import NO_FIGURE, count_of
from scorecard.core.periods import month_words
from scorecard.core.vocabulary import EXCEPTION_RULE, STATUS_WORDS, lower_first, upper_first
from scorecard.pack.document.attention import ADVISE_RULE, ALERT_RULE, ASSURE_RULE, exceptions_by_weight, is_new, lists
from scorecard.pack.document.blocks import Block, Cell, Column, Gallery, Heading, Table, Text
from scorecard.pack.document.changes import IN_FULL, areas_table, changed, corrections, disagreements, rules_table
from scorecard.pack.document.commentary_and_decisions import NOTE, commentary_blocks, decision_sections, decisions_table
from scorecard.pack.document.data_quality import marks_summary, overdue_blocks, summary
from scorecard.pack.document.exceptions import advice, projected_sentence, sentence_of
from scorecard.pack.document.front_page import cover, facts, subject, warnings
from scorecard.pack.document.neighbours import neighbours_sections, neighbours_table
from scorecard.pack.document.paper import printed_blocks
from scorecard.pack.document.service_areas import LEGEND, area_table, latest_words, status_cell, target_of
from scorecard.pack.document.where_we_stand import missed_otherwise, signals, weight_table
from scorecard.pack.document.words import moment_words, plan_words, scope_words, short_id, state_words
from scorecard.pack.powerpoint.charts import native_chart
from scorecard.pack.powerpoint.from_blocks import (
    SYMBOLS,
    deck_cell,
    parts_of,
    status_shape,
    table_part,
    without_columns,
)
from scorecard.pack.powerpoint.parts import (
    ChartPart,
    DeckCell,
    DeckColumn,
    Para,
    Part,
    Plan,
    Run,
    SideBySide,
    TablePart,
    TextPart,
    labelled,
    para,
)
from scorecard.pack.powerpoint.tables import names_group
from scorecard.pack.powerpoint.theme import safe
from scorecard.pack.snapshot.measure import SnapshotMeasure
from scorecard.pack.snapshot.models import PackState, Snapshot, SnapshotArea

NEW_HERE = "new; "
NAMED_AT_MOST = 6
NAMED_OF_DATA = 3
# The columns that slides show, and their widths.
ABOUT = "About the latest"
SHOWN = {
    "Measure": 4.8,
    "Latest": 0.9,
    ABOUT: 2,
    "Target": 1.4,
    "Status": 1.1,
    "Variation": 2.4,
    "Assurance": 1.4,
}  # widths
COMPARED = {
    "Measure": 2.5, "Published for": 1.5, "Ours": 0.75, "Neighbours": 0.95, "Gap": 2.3, "With the neighbours": 1.2,
}  # fmt: skip
ALERTED = {"Measure": 4.2, "Latest": 0.8, "Target": 1.2, "For how long": 2.1, "Why it is here": 2.4}


def plans(snapshot: Snapshot, snapshot_id: str, state: PackState, together: Literal[1, 2] = 1) -> list[Plan]:
    """All slides of a pack, before they are laid out. together: how many exceptions share a slide."""
    known = source_notes(snapshot, snapshot_id)
    return [
        _opening(snapshot, snapshot_id, state, known),
        *_cover(snapshot, state, known),
        *_stand(snapshot, known),
        *_asked(snapshot, known),
        *_exceptions(snapshot, known, together),
        *_neighbours(snapshot, known),
        *(_measures(snapshot, known) if snapshot.length == "whole" else ()),
        _data_quality(snapshot, known),
        _about(snapshot, snapshot_id, state, known),
    ]


def source_notes(snapshot: Snapshot, snapshot_id: str) -> tuple[str, ...]:
    """What the notes of every slide say: where the figures come from, and which snapshot this is."""
    if snapshot.demonstration:
        source = "Source: demonstration data; the history is invented."
    elif snapshot.extracts:
        files = [
            f"extract {extract.extract_id} ({extract.file_name}, {extract.source or 'no source named'})"
            for extract in snapshot.extracts
        ]
        more = f" and {len(files) - NAMED_AT_MOST} more" if len(files) > NAMED_AT_MOST else ""
        source = f"Source: {plan_words(snapshot.plan)}; {'; '.join(files[-NAMED_AT_MOST:])}{more}."
    else:
        source = f"Source: {plan_words(snapshot.plan)}."
    versions = f"pack version {snapshot.pack_version}, scorecard {snapshot.software_version}"
    return source, f"Snapshot {snapshot_id}, as known at {moment_words(snapshot.as_known_at)}; {versions}."


def _opening(snapshot: Snapshot, snapshot_id: str, state: PackState, known: tuple[str, ...]) -> Plan:
    paras = [
        para(subject(snapshot, state), "lead"),
        para(state_words(state), "strong"),
        para(f"As known at {moment_words(snapshot.as_known_at)}"),
        *(para(warning, "strong") for warning in warnings(snapshot, state)),
        para(f"Snapshot {short_id(snapshot_id)}, in full on the last slide", "note"),
        para(f"{snapshot.authority}: {plan_words(snapshot.plan)}", "note"),
    ]
    title = f"Measures that matter: {month_words(snapshot.reporting_month)}"
    return Plan(title, (TextPart(tuple(paras)),), known, opening=True)


def _cover(snapshot: Snapshot, state: PackState, known: tuple[str, ...]) -> Iterator[Plan]:
    """How the measures stand, what the board is asked, what it is advised and assured of; then what it is alerted to.

    Every exception is among the alerts, so that their table is that of the exceptions too.
    """
    blocks = cover(snapshot, state)
    text_blocks = [block for block in blocks if not isinstance(block, Gallery)]
    if len(text_blocks) == len(blocks):
        yield Plan("How the measures stand", parts_of(text_blocks), known)
        return
    others = [item for block in blocks if isinstance(block, Gallery) for item in block.items[1:]]
    rules = (f"Alert: {ALERT_RULE}", f"Advise: {ADVISE_RULE}", f"Assure: {ASSURE_RULE}")
    lists_beside = SideBySide(tuple(parts_of(_without_rule(item)) for item in others), (1 / len(others),) * len(others))
    yield Plan("What the board is asked, advised and assured", (*parts_of(text_blocks), lists_beside), (*rules, *known))
    yield _alert(snapshot, (*rules, *known))


def _without_rule(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """A list without the rule for it, which the notes say."""
    return tuple(block for block in blocks if not (isinstance(block, Text) and block.style == "note"))


def _alert(snapshot: Snapshot, known: tuple[str, ...]) -> Plan:
    lines = lists(snapshot).alert
    why = {line.measure.id: f"{NEW_HERE if is_new(snapshot, line.measure) else ''}{line.why}" for line in lines}
    measures = [line.measure for line in lines]
    exceptions = count_of(sum(measure.judgement.exception for measure in measures), "exception")
    rest = [para(text, "note") for text in missed_otherwise(snapshot)]
    whole = weight_table(snapshot, measures, why)
    weighed = without_columns(whole, ("Distance", "Due by"))  # said on each exception's own slide
    columns = tuple(replace(column, width=ALERTED[column.label]) for column in weighed.columns)
    rows = tuple((replace(row[0], note=""), *row[1:]) for row in weighed.rows)  # what is new is told with the reasons
    table = table_part(replace(weighed, columns=columns, rows=rows)) if measures else TextPart((para("None."),))
    notes = [para.text for para in rest]
    return Plan(
        f"Alert: {len(measures)}, by weight; {exceptions}", (table, TextPart(tuple(rest), spare=True)), (*notes, *known)
    )


def _stand(snapshot: Snapshot, known: tuple[str, ...]) -> Iterator[Plan]:
    chance = f"{scope_words(snapshot)} in {month_words(snapshot.reporting_month)}: change or chance"
    signal_blocks = [_in_words(block) if isinstance(block, Table) else block for block in signals(snapshot)]
    has_table = any(isinstance(block, Table) for block in signal_blocks)
    if has_table:
        yield Plan(chance, parts_of(signal_blocks), known)
    yield Plan("Where each service area stands", (table_part(areas_table(snapshot)),), known)
    since = (*changed(snapshot, IN_FULL)[1:], *disagreements(snapshot))
    without = (
        () if has_table else (Heading(upper_first(chance), "chance"), *signal_blocks)
    )  # a sentence needs no slide of its own
    yield Plan("What changed since the last board", parts_of((*since, *without)), known)
    if snapshot.changes is not None and snapshot.changes.rules:
        yield Plan("Changed rules", (table_part(rules_table(snapshot.changes)),), known)
    if snapshot.corrects is not None:
        yield Plan("What this pack corrects", parts_of(printed_blocks(corrections(snapshot)[1:])), known)


def _in_words(grid: Table) -> Table:
    """The table of names with one column of words, for a slide has no room for six."""
    rows = tuple((row[0], Cell(_cells_in_words(grid, row))) for row in grid.rows)
    return replace(grid, columns=(Column(grid.columns[0].label, 1), Column("Measures, by assurance", 4)), rows=rows)


def _cells_in_words(grid: Table, row: Sequence[Cell]) -> str:
    named = zip(grid.columns[1:], row[1:], strict=True)
    return ". ".join(f"{column.label}: {'; '.join(cell.items)}" for column, cell in named if cell.items) or NO_FIGURE


def _asked(snapshot: Snapshot, known: tuple[str, ...]) -> Iterator[Plan]:
    """What the board asked and decided, where anything is open or was just answered."""
    for section in decision_sections(snapshot):
        yield Plan(section.title, (table_part(decisions_table(snapshot)),), (NOTE, *known))


def _exceptions(snapshot: Snapshot, known: tuple[str, ...], together: Literal[1, 2]) -> Iterator[Plan]:
    """The exceptions, the weightiest first: each on a slide of its own, or two beside each other."""
    exceptions = exceptions_by_weight(snapshot)
    if not exceptions:
        none = TextPart((para("There are none this month."), para(EXCEPTION_RULE, "note")))
        yield Plan("Exceptions", (none,), known)
    for start in range(0, len(exceptions), together):
        shown = exceptions[start : start + together]
        if len(shown) == 1:
            yield _exception(snapshot, shown[0], f"Exception {start + 1} of {len(exceptions)}", known)
        else:
            title = f"Exceptions {start + 1} and {start + 2} of {len(exceptions)}"
            yield _exceptions_beside(snapshot, shown, title, known)
        for number, measure in enumerate(shown, start=start + 1):
            if measure.commentary is not None:
                title = f"Exception {number} of {len(exceptions)}: commentary on {safe(measure.name)}"
                yield Plan(title, parts_of(commentary_blocks(measure)), known)


def _exception(snapshot: Snapshot, measure: SnapshotMeasure, heading: str, known: tuple[str, ...]) -> Plan:
    area = snapshot.area_of(measure.id)
    facts_part = TextPart(tuple(_facts(measure, area)))
    parts: tuple[Part, ...] = (TextPart((para(sentence_of(measure), "lead"),)),)
    parts += (SideBySide(((_chart(measure),), (facts_part,)), (0.66, 0.34)) if snapshot.with_charts else facts_part,)
    return Plan(f"{heading}: {safe(measure.name)}", parts, (*measure_notes(measure, area), *known))


def _exceptions_beside(
    snapshot: Snapshot, measures: Sequence[SnapshotMeasure], title: str, known: tuple[str, ...]
) -> Plan:
    """Exceptions with their names, sentences, questions and charts in small; the notes have what else is said."""
    columns = tuple(tuple(_in_a_column(snapshot, measure)) for measure in measures)
    notes: list[str] = []
    for measure in measures:
        area = snapshot.area_of(measure.id)
        notes += [*measure_notes(measure, area), *(para.text for para in _facts(measure, area))]
    return Plan(title, (SideBySide(columns, (1 / len(columns),) * len(columns)),), (*notes, *known))


def _in_a_column(snapshot: Snapshot, measure: SnapshotMeasure) -> Iterator[Part]:
    area = para(snapshot.area_of(measure.id).name, "note")
    to_ask = [labelled("To ask", measure.judgement.question)] if measure.judgement.question else []
    yield TextPart((para(measure.name, "strong"), area, para(sentence_of(measure)), *to_ask))
    if snapshot.with_charts:
        chart = measure.chart.model_copy(
            update={
                "projection": (),
                "comparators": (),
                "baseline": None,
                "marks": tuple(mark for mark in measure.chart.marks if mark.kind != "event"),
            }
        )
        yield ChartPart(chart, native_chart(chart.model_copy(update={"name": "Figure"})))


def _facts(measure: SnapshotMeasure, area: SnapshotArea) -> Iterator[Para]:
    yield labelled("Service area", area.name)
    figure_text, note = latest_words(measure)
    yield labelled("Latest", f"{figure_text} ({note})" if note else figure_text)
    yield labelled("Target", target_of(measure))
    word = status_cell(measure).text
    symbol, colour = status_shape(word)
    shape = (Run(f"{symbol} ", bold=True, colour=colour),) if symbol else ()
    yield Para((Run("Status: ", bold=True), *shape, Run(word)))
    yield from (labelled("Ahead", text) for text in projected_sentence(measure.judgement))
    yield from (labelled(label, text) for label, text in advice(measure))


def measure_notes(measure: SnapshotMeasure, area: SnapshotArea) -> Iterator[str]:
    """What a speaker may be asked of a measure."""
    row = measure.judgement
    yield f"{measure.name}. Service area: {area.name}."
    if area.responsible:
        yield f"Responsible: {'; '.join(area.responsible)}."
    known = (("Distance", row.distance_words), ("Variation", row.variation_words), ("Assurance", row.assurance_words))
    yield from (f"{label}: {text}." for label, text in known if text)
    yield f"The plan's wording: {measure.plan_wording}"
    yield f"What it counts: {measure.definition}"
    if measure.note:
        yield f"Note: {measure.note}"
    yield f"Finding: {measure.trend.title}. {measure.trend.subtitle}"
    yield f"The chart in words: {measure.trend.alt}"
    yield from measure.trend.notes
    yield measure.trend.source


def _neighbours(snapshot: Snapshot, known: tuple[str, ...]) -> Iterator[Plan]:
    """How measures compare with the neighbours; the notes say how means are made, gaps moved, and England's ranks."""
    for section in neighbours_sections(snapshot):
        notes = [block.text for block in section.blocks if isinstance(block, Text)]
        made_notes = [
            f"{comparison.measure}: neighbours' {comparison.made_words}; {comparison.moved_words or NO_FIGURE}; "
            f"{comparison.england_rank_words} in England"
            f"{f', {comparison.funnel_words}' if comparison.funnel_words else ''}."
            for comparison in snapshot.published or ()
        ]
        whole = without_columns(
            neighbours_table(snapshot), ("How made", "Over the years", "How it moved", "In England")
        )
        table = replace(whole, columns=tuple(replace(column, width=COMPARED[column.label]) for column in whole.columns))
        yield Plan(section.title, (table_part(table),), (*notes, *made_notes, *known))


def _measures(snapshot: Snapshot, known: tuple[str, ...]) -> Iterator[Plan]:
    """The measures that the board is not alerted to, whose table those are: area after area, over as few slides."""
    alerted = {line.measure.id for line in lists(snapshot).alert}
    shown = [area for area in snapshot.service_areas if any(measure.id not in alerted for measure in area.measures)]
    if not shown:
        return
    tables = [(area, area_table(snapshot, area)) for area in shown]
    rows = [row for area, table in tables for row in _rows(area, table, alerted)]
    notes = {safe(area.name): tuple(_area_notes(area, table)) for area, table in tables}
    part = TablePart("Other measures, by service area", *_columns_told(rows))
    yield Plan("Other measures, by service area", (part,), (_legend(), *known), group_notes=notes)


def _rows(area: SnapshotArea, table: Table, alerted: Collection[str]) -> Iterator[tuple[DeckCell, ...]]:
    """An area's name, and below it the rows of its measures but those alerted to, in the columns of SHOWN."""
    labels = [column.label for column in table.columns]
    yield (DeckCell(safe(area.name), strong=True), *[DeckCell("")] * (len(SHOWN) - 1))
    for measure, cells in zip(area.measures, table.rows, strict=True):
        if measure.id not in alerted:
            shown = {name: deck_cell(cells[labels.index(name)]) for name in SHOWN if name in labels}
            shown[ABOUT] = DeckCell((shown["Latest"].note if "Latest" in shown else "") or NO_FIGURE)
            in_order = [shown.get(name, DeckCell(NO_FIGURE)) for name in SHOWN]
            yield (replace(in_order[0], strong=False, note=""), *in_order[1:])


def _columns_told(
    rows: Sequence[tuple[DeckCell, ...]],
) -> tuple[tuple[DeckColumn, ...], tuple[tuple[DeckCell, ...], ...]]:
    """Columns and rows without the columns in which nothing stands.

    What must be said of the latest figures has a column of its own where most have something, else a line below each.
    """
    latest, about = list(SHOWN).index("Latest"), list(SHOWN).index(ABOUT)
    measure_rows = [row for row in rows if not names_group(row)]
    apart = 2 * sum(bool(row[latest].note) for row in measure_rows) > len(measure_rows)
    without = {about} if not apart else set()
    empty = {index for index in range(1, len(SHOWN)) if all(row[index].text == NO_FIGURE for row in measure_rows)}
    shown_columns = [index for index in range(len(SHOWN)) if index not in empty | without]
    columns = tuple(DeckColumn(name, width, name == "Latest") for name, width in SHOWN.items())
    plain = [(*row[:latest], replace(row[latest], note=""), *row[latest + 1 :]) if apart else row for row in rows]
    return tuple(columns[index] for index in shown_columns), tuple(
        tuple(row[index] for index in shown_columns) for row in plain
    )


def _legend() -> str:
    shapes = ", ".join(
        f"{symbol}\u00a0{STATUS_WORDS[status].lower()}" for status, symbol in SYMBOLS.items() if symbol != "–"
    )
    return f"{LEGEND} Status: {shapes}."


def _chart(measure: SnapshotMeasure) -> ChartPart:
    chart = measure.chart
    return ChartPart(chart, native_chart(chart))


def _area_notes(area: SnapshotArea, table: Table) -> Iterator[str]:
    """Every column of the table in words, those too for which the slide has no room."""
    if area.responsible:
        yield f"Responsible: {'; '.join(area.responsible)}."
    if area.outcomes:
        yield f"What the plan wants: {'; '.join(area.outcomes)}."
    for measure, row in zip(area.measures, table.rows, strict=True):
        column_texts = [
            f"{column.label}: {cell.text}{f' ({cell.note})' if cell.note else ''}"
            for column, cell in zip(table.columns[1:], row[1:], strict=True)
            if cell.text and cell.chart is None
        ]
        yield f"{measure.name}. {'; '.join(column_texts)}."


def _data_quality(snapshot: Snapshot, known: tuple[str, ...]) -> Plan:
    """What is said of the data in words, and who owes what; the PDF, the web page and the workbook have the rest."""
    blocks: tuple[Block, ...] = (
        *marks_summary(snapshot, NAMED_OF_DATA),
        *printed_blocks(overdue_blocks(snapshot, NAMED_OF_DATA)),
    )
    return Plan("Data quality", (TextPart((para(summary(snapshot), "lead"),)), *parts_of(blocks)), known)


def _about(snapshot: Snapshot, snapshot_id: str, state: PackState, known: tuple[str, ...]) -> Plan:
    fact_paras = [labelled(fact.label, fact.words) for fact in facts(snapshot, state, snapshot_id)]
    warning_paras = [para(warning, "strong") for warning in warnings(snapshot, state)]
    rule = para(f"Exceptions: {lower_first(EXCEPTION_RULE)}", "note")
    return Plan("About this pack", (TextPart((*warning_paras, *fact_paras, rule)),), known)
