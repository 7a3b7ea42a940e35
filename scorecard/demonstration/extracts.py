"""A history of monthly extracts, all invented: what was sent each month, late, hidden, missing or put right later.

Pure: the same catalogue gives the same files, byte for byte. No measure is named here: its unit, accumulation and
polarity, the plan's figures and its place in the catalogue say what is invented for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import product
from typing import NamedTuple

from scorecard.catalogue.due_dates import is_due
from scorecard.catalogue.models import Catalogue, Measure
from scorecard.core.numbers import RATES
from scorecard.core.periods import month_code
from scorecard.demonstration.figures import Figure, can_be_few, chance, figures, of_counts, rates_of, scaled
from scorecard.demonstration.incidents import CORRECTED_AFTER, EARLY, SLIPPED, WHY, Happenings, happenings
from scorecard.demonstration.levels import MOVED, STAYED, Span, has_moved, levels, span_of
from scorecard.use_cases.upload.long_file import Row, long_file, number_text

MONTHS = 36
EVERY_FEW = 6  # of the measures whose figure fewer than ten can give, the last and every sixth before it count so few
SELDOM = 0.3  # how often there is anything to count of a measure that is mostly not applicable
NOTHING_LATELY = 6  # months in which there was nothing to count, for what the plan says at the end to be true


class MonthFile(NamedTuple):
    """An extract as it was sent for a month."""

    month: date
    name: str
    content: bytes


class _Sent(NamedTuple):
    """A row, and for which month's extract (its place in the span)."""

    place: int
    row: Row


def invent(catalogue: Catalogue, months: int = MONTHS) -> list[MonthFile]:
    """The extracts of so many months up to the plan's actuals, in which they end."""
    span = span_of(months, catalogue.plan.actuals, catalogue.plan.inspected)
    events = [at for at in range(months) if any(event.date == span.month(at) for event in catalogue.events)]
    places = {measure.id: index for index, measure in enumerate(filter(_counted_monthly, catalogue.measures))}
    figures_by_measure = _figures(catalogue, span, places)
    by_month: list[list[Row]] = [[] for _ in range(months)]
    for measure in catalogue.measures:
        due = [at for at in range(months) if _is_sent(catalogue, measure, span.month(at))]
        what = happenings(measure, figures_by_measure[measure.id], places.get(measure.id), span, events)
        sent = (
            _rare(measure, due, span)
            if _is_rare(measure)
            else _sent(measure, figures_by_measure[measure.id], what, due, span)
        )
        for index, row in sent:
            by_month[index].append(row)
    files = ((span.month(at), rows) for at, rows in enumerate(by_month) if rows)
    return [MonthFile(month, f"demonstration-{month_code(month)}.csv", long_file(rows)) for month, rows in files]


def _counted_monthly(measure: Measure) -> bool:
    return measure.accumulation in ("in_month", "unknown") and measure.frequency == "monthly" and not _is_rare(measure)


def _is_rare(measure: Measure) -> bool:
    """Whether the plan prints a symbol for want of anything to count."""
    return measure.july_2020 is not None and measure.july_2020.symbol is not None


# The figures of each measure, before anything happens to them


def _figures(catalogue: Catalogue, span: Span, places: Mapping[str, int]) -> dict[str, list[Figure]]:
    level = {}
    for moved, monthly in product((True, False), (True, False)):  # each kind has all the stories
        stories = MOVED if moved else STAYED
        those = [
            measure
            for measure in catalogue.measures
            if has_moved(measure) == moved and (measure.id in places) == monthly
        ]
        for index, measure in enumerate(those):
            level[measure.id] = levels(measure, stories[index % len(stories)], span)
    figures_by_measure: dict[str, list[Figure]] = {}
    paired = list(_pairs(catalogue))
    for number, rate in paired:
        figures_by_measure[number.id] = figures(number, level[number.id], span)
        figures_by_measure[rate.id] = rates_of(figures_by_measure[number.id], number, rate)
    few = [measure.id for measure in catalogue.measures if measure.id in places and can_be_few(measure)][::-EVERY_FEW]
    for measure in catalogue.measures:
        if measure.id not in figures_by_measure:
            of = (
                _children(catalogue, measure, paired, figures_by_measure)
                if measure.accumulation == "at_month_end"
                else None
            )
            figures_by_measure[measure.id] = figures(measure, level[measure.id], span, few=measure.id in few, of=of)
    return figures_by_measure


def _children(
    catalogue: Catalogue,
    measure: Measure,
    paired: Sequence[tuple[Measure, Measure]],
    figures_by_measure: Mapping[str, list[Figure]],
) -> list[int] | None:
    """How many children a service area has each month, where one of its measures is their number, with its rate."""
    own = catalogue.service_area_of(measure.id).measures
    number = next((number for number, _ in paired if number in own), None)
    return None if number is None else [max(1, int(figure.value)) for figure in figures_by_measure[number.id]]


def _pairs(catalogue: Catalogue) -> Iterator[tuple[Measure, Measure]]:
    """Each number with the rate that names it and that it names."""
    known = {measure.id: measure for measure in catalogue.measures}
    for measure in catalogue.measures:
        other = known.get(measure.pair or "")
        if other is not None and measure.unit == "number" and other.unit in RATES:
            yield measure, other


# What was sent of them, and when


def _sent(
    measure: Measure, measure_figures: Sequence[Figure], what: Happenings, due: Sequence[int], span: Span
) -> Iterator[_Sent]:
    """Every row that was ever sent of a measure: each month's, and those that came again later."""
    for at in due:
        period = month_code(span.month(at))
        figure = measure_figures[at] if at != what.outlier else scaled(measure, measure_figures[at], what.factor)
        if at in what.unsent:
            continue
        if at in what.withheld:
            yield _Sent(at, Row(measure.id, period, what.withheld[at], note=WHY[what.withheld[at]]))
        elif what.late:
            last = at == span.months - 1
            early = figure if last else scaled(measure, figure, EARLY)
            yield _Sent(at, _row(measure, period, early, "[p]", WHY["[p]"]))
            if not last:
                yield _Sent(at + 1, _row(measure, period, figure))
        elif at == what.slip:
            yield _Sent(at, _row(measure, period, scaled(measure, figure, SLIPPED)))
            yield _Sent(at + CORRECTED_AFTER, _row(measure, period, figure, "[r]", WHY["[r]"]))
        else:
            yield _Sent(at, _row(measure, period, figure))


def _rare(measure: Measure, due: Sequence[int], span: Span) -> Iterator[_Sent]:
    """A measure of what seldom happens: mostly nothing to count, now and then one or two; the plan's cell at last."""
    random = chance(measure.id)
    printed = measure.july_2020
    for at in due:
        period = month_code(span.month(at))
        seldom, part, whole = (
            random.random() < SELDOM and at < span.months - NOTHING_LATELY,
            int(random.integers(0, 2)),
            int(random.integers(1, 3)),
        )
        if at == span.months - 1 and printed is not None:
            counts = (number_text(printed.numerator), number_text(printed.denominator))
            yield _Sent(at, Row(measure.id, period, f"[{printed.symbol}]", *counts))
        elif seldom and measure.unit == "percent":
            yield _Sent(at, _row(measure, period, of_counts(measure, part, whole)))
        else:
            yield _Sent(at, Row(measure.id, period, "[z]", "0", "0"))


def _is_sent(catalogue: Catalogue, measure: Measure, month: date) -> bool:
    """Whether a figure is due, or the plan prints one for this month of a measure that is there then."""
    printed = measure.july_2020
    is_printed = printed is not None and (printed.value is not None or printed.symbol is not None)
    begun = measure.starts is None or measure.starts <= month
    ended = measure.retired is not None and measure.retired < month
    return is_due(measure, month) or (month == catalogue.plan.actuals and is_printed and begun and not ended)


def _row(measure: Measure, period: str, figure: Figure, mark: str = "", note: str = "") -> Row:
    value = f"{number_text(figure.value)} {mark}".strip()
    return Row(measure.id, period, value, number_text(figure.numerator), number_text(figure.denominator), note)
