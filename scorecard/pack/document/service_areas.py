"""A service area's pages: its sentence, its table, and a chart for each measure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from scorecard.catalogue.models import Figure
from scorecard.charts.model.models import TrendChart
from scorecard.core.numbers import NO_FIGURE, NOT_APPLICABLE, SYMBOL_WORDS, count_of, number_words
from scorecard.core.periods import add_months, month_words, period_words
from scorecard.core.types import ComparatorKind
from scorecard.core.vocabulary import (
    ASSURANCE_SHORT,
    LEVEL_MOVES,
    NO_FIGURES,
    status_word,
    upper_first,
    variation_words,
)
from scorecard.pack.document.blocks import (
    Block,
    Cell,
    Column,
    Columns,
    Gallery,
    Icon,
    Screen,
    Section,
    Table,
    Text,
    figure_cells,
)
from scorecard.pack.document.charts import NARROW, SMALL, chart_blocks, has_figure, months_drawn, sparkline_cell
from scorecard.pack.document.commentary_and_decisions import commentary_in_short
from scorecard.pack.document.words import COMPARATOR_SHORT, area_sentence, letters, listed
from scorecard.pack.snapshot.measure import SnapshotMeasure
from scorecard.pack.snapshot.models import Snapshot, SnapshotArea

MONTHS_SHOWN = 3
THIRD = (SMALL, 3)  # the size of charts, and how many stand in a row
IN_A_ROW = {4: (NARROW, 4)}  # the same where an area has so many
BESIDE = 600  # letters that have room beside a chart, in each column that charts leave free
ON_PAPER = 6  # charts of an area on paper, so that it takes a page at most; the web page has them all
LONGEST_PRINTED = 15
IN_WORDS = "in words"
LAST_YEAR = "Same time last year"
EMPTY = Cell(NO_FIGURE)
ALWAYS = ("Measure", "Latest", "Target", "Distance to target", "Status")
LEGEND = (
    "Distance is in the measure's own unit: + is on the target's good side, − is short of it. – means that the plan or "
    "the data gives none. SN: statistical neighbours. The chart of an exception stands with the exceptions."
)


def areas_section() -> Section:
    """The title above the service areas, and how their tables are read."""
    return Section("areas", "Service areas", (Text(LEGEND, "note"),))


def area_sections(snapshot: Snapshot) -> tuple[Section, ...]:
    """A section for each service area, one running on below another."""
    return tuple(
        Section(f"area-{area.id}", area.name, _area(snapshot, area), level=2, starts="running on")
        for area in snapshot.service_areas
    )


def _area(snapshot: Snapshot, area: SnapshotArea) -> tuple[Block, ...]:
    """Its sentence, its table, and the charts of its measures; who is responsible stands beside few charts."""
    models = {measure.id: measure.chart for measure in area.measures}
    charts, lines = _charts(area, snapshot, models)
    _, in_a_row = IN_A_ROW.get(len(charts), THIRD)
    shown, more = charts[:ON_PAPER], charts[ON_PAPER:]
    about, free = _about(area), in_a_row - len(shown)
    fits_beside = bool(shown) and free > 0 and sum(letters(text.text) for text in about) <= BESIDE * free
    more_charts = count_of(len(more), "more chart is", "more charts are")
    drawn = Gallery(len(shown) if fits_beside else in_a_row, shown)
    return (
        Text(area_sentence(area, snapshot.reporting_month)),
        *(() if fits_beside else about),
        area_table(snapshot, area, models),
        *(
            [Gallery(1, ((Columns((drawn,), about, len(shown) / in_a_row),),))]
            if fits_beside
            else [drawn]
            if shown
            else []
        ),
        *([Text(f"{more_charts} on the web page and in the workbook.", "note")] if more else []),
        *([Screen((Gallery(in_a_row, more),))] if more else []),
        *([Text(" ".join(lines), "note")] if lines else []),
        *commentary_in_short(area),
    )


def _about(area: SnapshotArea) -> tuple[Text, ...]:
    """Who is responsible, what the plan wants, and why no limits are shown, in one paragraph."""
    sentences = [f"Responsible: {'; '.join(area.responsible)}."] if area.responsible else []
    sentences += [f"What the plan wants: {'; '.join(area.outcomes)}."] if area.outcomes else []
    if no_limits := no_limits_of(area):
        sentences.append(no_limits)
    return (Text(" ".join(sentences), "note"),) if sentences else ()


def months_shown(snapshot: Snapshot) -> tuple[date, ...]:
    """The last three months for which the pack has any figure; the plan's own month has a column already.

    Where a figure of that month differs from the plan's, the month gets its column all the same.
    """
    months = [add_months(snapshot.reporting_month, -back) for back in range(MONTHS_SHOWN - 1, -1, -1)]
    return tuple(
        month for month in months if any(_says_more(measure, month, snapshot) for measure in snapshot.measures)
    )


def _says_more(measure: SnapshotMeasure, month: date, snapshot: Snapshot) -> bool:
    figure = figure_in(measure, month)
    if figure == NO_FIGURE:
        return False
    return (
        month != snapshot.plan.actuals
        or measure.july_2020 is None
        or figure != printed_words(measure, measure.july_2020)
    )


def figure_in(measure: SnapshotMeasure, month: date) -> str:
    """A measure's figure for a month, or what its symbol means, or an en dash."""
    figures = [measure.words_of(figure) for figure in measure.observations if figure.period_end == month]
    return figures[-1] if figures else NO_FIGURE


def _month_figure(measure: SnapshotMeasure, month: date) -> tuple[str, str]:
    return figure_in(measure, month), ""


def printed_words(measure: SnapshotMeasure, figure: Figure | None) -> str:
    """The plan's figure as read; as printed where it supports no value; an en dash where the plan has none.

    Where the plan has a sentence instead of a figure, the definitions quote it.
    """
    if figure is None:
        return NO_FIGURE
    if figure.value is not None:
        return measure.figure_words(figure.value)
    return figure.printed if len(figure.printed) <= LONGEST_PRINTED else IN_WORDS


def latest_words(measure: SnapshotMeasure) -> tuple[str, str]:
    """The latest figure and what must be said of it: its month where it is older, 'provisional', '2 of 3'."""
    judgement = measure.judgement
    if judgement.value is None or judgement.period_end is None:
        return NO_FIGURE, "figure owed" if judgement.overdue else ""
    figure_text = figure_in(measure, judgement.period_end)
    notes = []
    if judgement.months_old:
        notes.append(period_words(judgement.period_end, judgement.months))
    if judgement.value_words and judgement.value_words.removesuffix(" days") != figure_text:
        notes.append(judgement.value_words.partition(" (")[0])
    if judgement.provisional:
        notes.append("provisional")
    if judgement.overdue:
        notes.append("overdue")
    return figure_text, ", ".join(notes)


def target_of(measure: SnapshotMeasure) -> str:
    """The target in force, in words, or an en dash."""
    return measure.judgement.target_words or NO_FIGURE


def status_of(measure: SnapshotMeasure) -> str:
    """A measure's status in a word or two, as it is counted: an older figure judges nothing that is not applicable."""
    status = measure.judgement.status
    if measure.stands == "not_applicable":
        return upper_first(SYMBOL_WORDS[NOT_APPLICABLE])
    return status_word("no_data" if status is None and measure.judgement.value is None else status, measure.polarity)


def status_cell(measure: SnapshotMeasure) -> Cell:
    """A measure's status as shape and word."""
    shape = None if measure.stands == "not_applicable" else measure.judgement.status
    return Cell(status_of(measure), icon=Icon("status", shape))


def variation_cell(measure: SnapshotMeasure) -> Cell:
    """A measure's variation as icon and word, or an en dash where none may be shown."""
    variation = measure.judgement.variation
    if variation is None:
        return Cell(NO_FIGURE)
    label = variation_words(variation, measure.level)
    return Cell(label, icon=Icon("variation", variation, up=measure.signal_up))


def assurance_cell(measure: SnapshotMeasure) -> Cell:
    """A measure's assurance as icon and words; for a target at a bound, or never met, in how many months it was met."""
    label, judgement = assurance_of(measure), measure.judgement
    by_limits = label in ASSURANCE_SHORT.values() or judgement.never_met
    return Cell(label, icon=Icon("assurance", judgement.assurance) if by_limits else None)


def distance_of(measure: SnapshotMeasure) -> str:
    """The signed distance to target, good being positive."""
    return number_words(measure.judgement.distance, measure.decimals, signed=True)


def comparator_of(measure: SnapshotMeasure, kind: ComparatorKind) -> tuple[str, str]:
    """A comparator's figure, and the year or the doubt that belongs to it."""
    comparator = measure.comparators.get(kind)
    if comparator is None:
        return NO_FIGURE, ""
    notes = [comparator.year or "", "" if comparator.comparable else "not comparable"]
    return printed_words(measure, comparator), ", ".join(filter(None, notes))


def area_table(snapshot: Snapshot, area: SnapshotArea, charts: Mapping[str, TrendChart] | None = None) -> Table:
    """One row a measure: from the baseline to the sparkline, without columns in which nothing stands.

    charts: by the measure's id, for the sparklines; None: without them.
    """
    measures = area.measures
    columns: list[tuple[Column, list[Cell]]] = [
        (Column("Measure", 3.1), [_name_cell(measure) for measure in measures]),
        _figures("Baseline", measures, lambda measure: (printed_words(measure, measure.baseline), "")),
    ]
    if snapshot.plan.actuals <= snapshot.reporting_month:
        label = f"{month_words(snapshot.plan.actuals)} in the plan"
        columns.append(_figures(label, measures, lambda measure: (printed_words(measure, measure.july_2020), "")))
    for month in months_shown(snapshot):
        if month != snapshot.reporting_month:
            columns.append(_figures(month_words(month), measures, partial(_month_figure, month=month)))
    columns += [
        _latest(measures),
        (Column("Target", 1.25), [Cell(target_of(measure)) for measure in measures]),
        _figures("Distance to target", measures, lambda measure: (distance_of(measure), "")),
        _figures(LAST_YEAR, measures, lambda measure: (measure.figure_words(measure.judgement.last_year), ""), 0.9),
        (Column("Status", 1.3), [status_cell(measure) for measure in measures]),
    ]
    if any_limits(area):
        columns += [
            (
                Column("Variation", 1.65),
                [variation_cell(measure) for measure in measures],
            ),
            (Column("Assurance", 1.5), [assurance_cell(measure) for measure in measures]),
        ]
    columns += [
        _figures(COMPARATOR_SHORT[kind], measures, partial(comparator_of, kind=kind), 0.85) for kind in COMPARATOR_SHORT
    ]
    month = snapshot.reporting_month
    if charts is not None:
        columns.append(
            (Column("Last months", 1.35), [sparkline_cell(charts[measure.id], month) for measure in measures])
        )
    columns = [column for column in columns if column[0].label in ALWAYS or any(cell != EMPTY for cell in column[1])]
    rows = tuple(zip(*[cells for _, cells in columns], strict=True))
    caption = f"{area.name}: measures in {month_words(snapshot.reporting_month)}"
    return Table(caption, tuple(column for column, _ in columns), rows, show_caption=False)


def _name_cell(measure: SnapshotMeasure) -> Cell:
    units = {"days": "days", "rate_per_10000": "per 10,000", "rate_per_1000": "per 1,000"}
    spans = {"rolling_12_months": "over 12 months", "year_to_date": "since April"}
    notes = [units.get(measure.unit, ""), spans.get(measure.accumulation, "")]
    return Cell(measure.name, note=", ".join(filter(None, notes)), strong=True)


def _figures(
    label: str,
    measures: Sequence[SnapshotMeasure],
    figure_and_note: Callable[[SnapshotMeasure], tuple[str, str]],
    width: float = 1.0,
) -> tuple[Column, list[Cell]]:
    texts = [figure_and_note(measure) for measure in measures]
    return Column(label, width, "number"), figure_cells([text for text, _ in texts], [note for _, note in texts])


def _latest(measures: Sequence[SnapshotMeasure]) -> tuple[Column, list[Cell]]:
    column, cells = _figures("Latest", measures, latest_words, 1.15)
    return replace(column, kept=True), [replace(cell, strong=True) for cell in cells]


def assurance_of(measure: SnapshotMeasure) -> str:
    """The assurance in a word or two; for a target at a bound, or never met, in how many months it was met."""
    judgement = measure.judgement
    if judgement.never_met or (judgement.target_at_bound and judgement.met_of is not None and judgement.met_of > 1):
        return f"Met {judgement.met_months} of {judgement.met_of}"
    if judgement.no_assurance:
        return LEVEL_MOVES
    return ASSURANCE_SHORT.get(judgement.assurance or "", NO_FIGURE)


def any_limits(area: SnapshotArea) -> bool:
    """Whether any measure of an area may show limits."""
    return any(
        measure.judgement.variation is not None or assurance_of(measure) != NO_FIGURE for measure in area.measures
    )


def no_limits_of(area: SnapshotArea) -> str:
    """Why an area's table has no variation and no assurance; empty where it has."""
    if any_limits(area):
        return ""
    reasons = sorted({measure.judgement.no_limits or NO_FIGURES for measure in area.measures})
    return f"Variation and assurance are not shown: {listed(reasons)}."


Drawn = tuple[tuple[Block, ...], ...]


def _charts(area: SnapshotArea, snapshot: Snapshot, models: Mapping[str, TrendChart]) -> tuple[Drawn, tuple[str, ...]]:
    """A chart a measure, small multiples on one time axis; and of measures without any figure, a line each.

    An exception has its chart with the exceptions, where the pack shows it.
    """
    if not snapshot.with_charts:
        return (), ()
    here = [measure for measure in area.measures if not measure.judgement.exception]
    x_range = months_drawn(snapshot, area.measures)
    drawn = [measure for measure in here if has_figure(measure)]
    size, _ = IN_A_ROW.get(len(drawn), THIRD)
    charts = tuple(chart_blocks(measure, models[measure.id], size, x_range) for measure in drawn)
    return charts, tuple(f"{measure.name}: {measure.trend.title}." for measure in here if not has_figure(measure))
