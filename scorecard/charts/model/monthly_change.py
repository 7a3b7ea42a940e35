"""A change charted beside the figure: on the month before where months lean on each other, or on the year before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any, Literal

import numpy as np
import pandas as pd

from scorecard.analysis import spc
from scorecard.analysis.assessment.chance import signals_by_chance
from scorecard.analysis.assessment.signals import SHOWN
from scorecard.analysis.spc.rules import COMMON_CAUSE
from scorecard.analysis.spc.runs import last_points
from scorecard.catalogue.models import Catalogue, Measure
from scorecard.charts.model import trend_parts as parts
from scorecard.charts.model.axes import y_axis
from scorecard.charts.model.models import Axis, Point, Segment, TrendChart
from scorecard.charts.model.titles import alt_text, month_of, place_words
from scorecard.charts.model.trend import source_of, time_range
from scorecard.core.numbers import amount_words, number_words
from scorecard.core.periods import add_months, month_words
from scorecard.core.rows import Row, missing, row_of
from scorecard.core.types import Unit
from scorecard.core.vocabulary import upper_first
from scorecard.narrative.signal import likelihood, point_words, signal_fact

Charted = Literal["monthly change", "yearly change"]
MONTHS_OF_A_YEAR = 12
MONTHLY: Charted = "monthly change"
YEARLY: Charted = "yearly change"
WHY = {
    MONTHLY: (
        "Each month of this measure leans on the month before, so the change from month to month is charted: it shows "
        "whether the latest change is more than chance would give."
    ),
    YEARLY: (
        "The same months of each year are alike in this measure, so each is charted against the same month of the year "
        "before: it shows whether the latest change is more than chance would give."
    ),
}
ON = {MONTHLY: "change on the figure before", YEARLY: "change on the same month of the year before"}
THAN = {MONTHLY: "the figure before", YEARLY: "the same month of the year before"}


def change_chart(
    measure: Measure,
    row: Mapping[str, Any] | pd.Series,
    series: pd.DataFrame,
    *,
    catalogue: Catalogue,
    demonstration: bool | None = None,
) -> TrendChart:
    """The chart of a measure's change from each figure to the next, with limits of its own; where it has a season, of
    its change on the same month of the year before.

    measure: of the catalogue. row: its row of assessment.measures. series: assessment.series (may hold other measures).
    A change is only taken between figures one usual step apart; one with a provisional figure in it is provisional.
    """
    facts = row_of(row)
    figures = parts.points_of(measure, parts.of_measure(series, measure.id), [], show_limits=False)
    charted: Charted = YEARLY if facts["seasonal"] else MONTHLY
    changes = _pairs(figures, charted)
    analysed = _analysed(measure, catalogue.authority.code, changes)
    spc_rows = [] if analysed is None else parts.of_measure(analysed.points, measure.id)
    show = analysed is not None and analysed.series["standing"].iloc[0] in SHOWN
    points = _points(measure, changes, spc_rows if show else [])
    segments = parts.segments_of(spc_rows) if show else ()
    x_range = time_range(figures, (), None, month_of(facts["reporting_month"]), catalogue.plan.actuals)
    marks = parts.marks_of(measure, catalogue, x_range, points)
    title = change_title(facts, points, _last_signal(measure, facts, analysed), charted)
    invented = any(point.origin == "demonstration" for point in figures) if demonstration is None else demonstration
    return TrendChart(
        measure_id=measure.id,
        name=f"{measure.name}: {ON[charted]}",
        unit=_change_unit(measure.unit),
        decimals=measure.decimals,
        volume=measure.kind == "volume",
        level=parts.level_of_measure(measure),
        charted=charted,
        first=x_range[0],
        last=x_range[1],
        y_axis=_axis(measure, points, segments, charted),
        points=points,
        segments=segments,
        marks=marks,
        title=title,
        subtitle=f"Above zero: higher than {THAN[charted]}. Below zero: lower",
        alt=alt_text(f"{measure.name}, {ON[charted]}", title, points),
        notes=(
            WHY[charted],
            *(f"{month_words(mark.month)}, {mark.label}: {mark.why}" for mark in marks if mark.kind != "plan"),
        ),
        source=source_of(measure, figures, invented),
        demonstration=invented,
    )


def _pairs(figures: Sequence[Point], charted: str) -> list[tuple[Point, Point]]:
    """Each figure with the one that it is compared to."""
    if charted == MONTHLY:
        return [(before, after) for before, after in pairwise(figures) if after.joined]
    known = {point.month: point for point in figures if point.value is not None}
    years = ((known.get(add_months(month, -MONTHS_OF_A_YEAR)), point) for month, point in known.items())
    return [(before, after) for before, after in years if before is not None and before.months == after.months]


def _change_unit(unit: Unit) -> Unit:
    """A change of a percentage is in percentage points: never written with a percent sign."""
    return "number" if unit == "percent" else unit


def _axis(measure: Measure, points: Sequence[Point], segments: Sequence[Segment], charted: Charted) -> Axis:
    values = [point.value for point in points if point.value is not None]
    values += [edge for part in segments for edge in (part.mean, part.lower, part.upper) if edge is not None]
    axis = y_axis(values, _change_unit(measure.unit), change=True)
    if measure.unit == "percent":
        return axis.model_copy(update={"title": f"{upper_first(ON[charted])} (percentage points)"})
    return axis


def _analysed(measure: Measure, area: str, changes: Sequence[tuple[Point, Point]]) -> spc.Spc | None:
    """Limits and signals of the changes up to the last settled one; None where there is no change yet."""
    settled = list(changes)
    while settled and _provisional(settled[-1]):
        settled.pop()
    if not settled:
        return None
    frame = pd.DataFrame(
        {
            "measure_id": measure.id,
            "area": area,
            "period_end": pd.to_datetime([after.month for _, after in settled]),
            "value": [_change(pair) for pair in settled],
        }
    )
    settings = pd.DataFrame(
        {
            "measure_id": [measure.id],
            "polarity": ["monitor" if parts.level_of_measure(measure) else measure.polarity],
            "screen_outliers": [measure.screen_outliers],
            "fix_after": pd.array([measure.fix_after], dtype="Int64"),
            "rebase": [[pd.Timestamp(rebase.from_month) for rebase in measure.rebase]],
        }
    )
    return spc.analyse(frame, settings)


def _change(pair: tuple[Point, Point]) -> float:
    before, after = pair
    return float(f"{(after.value or 0.0) - (before.value or 0.0):.12g}")  # without the last bits of binary fractions


def _provisional(pair: tuple[Point, Point]) -> bool:
    return pair[0].provisional or pair[1].provisional


def _points(
    measure: Measure, changes: Sequence[tuple[Point, Point]], spc_rows: Sequence[Mapping[str, Any]]
) -> tuple[Point, ...]:
    judged = {month_of(row["period_end"]): row for row in spc_rows}
    points: list[Point] = []
    for pair in changes:
        before, after = pair
        mark, cause, mean = parts.judgement(judged.get(after.month))
        change = _change(pair)
        points.append(
            Point(
                month=after.month,
                months=after.months,
                value=change,
                figure=number_words(change, measure.decimals, signed=True),
                words=f"{month_words(after.month)}: {_words(measure, change)} {month_words(before.month)}"
                + (f" ({point_words(cause)})" if cause else ""),
                mark=mark,
                signal=cause,
                mean=mean,
                provisional=_provisional(pair),
                origin=after.origin,
                joined=bool(points) and points[-1].month >= add_months(after.month, -measure.months_between),
            )
        )
    return tuple(points)


def _words(measure: Measure, change: float) -> str:
    if change == 0:
        return "the same as in"
    return f"{amount_words(change, measure.unit, measure.decimals)} {'higher' if change > 0 else 'lower'} than in"


def _last_signal(measure: Measure, row: Row, analysed: spc.Spc | None) -> Row:
    """What the last settled change signals and how often chance would, with what narrative.signal asks for."""
    if analysed is None:
        return {}
    last = last_points(analysed.points)
    changes = pd.DataFrame(
        {
            "measure_id": [measure.id],
            "unit": ["average"],  # a change is no share and no count, whatever its measure is
            "decimals": [measure.decimals],
            "accumulation": [measure.accumulation],
        }
    )
    signalling = (last["signal_cause"] != COMMON_CAUSE).to_numpy(dtype=bool)
    series, no_season = analysed.points.assign(denominator=float("nan")), np.zeros(len(analysed.points))
    by_chance = signals_by_chance(changes, series, analysed, last, signalling, no_season)
    return {
        "months_between": row["months_between"],
        "standing": analysed.series["standing"].iloc[0],
        "last_settled": last["period_end"].iloc[0],
        "own_denominator": False,
        **row_of(by_chance.iloc[0]),
        **row_of(last.iloc[0]),
    }


def change_title(row: Row, points: Sequence[Point], last_signal: Row, charted: Charted = MONTHLY) -> str:
    """'Latest change no more than chance would give. 5 percentage points above target'.

    row: of the assessment. last_signal: spc.runs.last_points of the changes, with months_between, standing and
    last_settled.
    """
    settled = [point for point in points if not point.provisional]
    if not settled:
        none = {MONTHLY: "No two settled figures in a row yet", YEARLY: "No settled figure of the year before yet"}
        return f"{none[charted]}, so no change can be charted"
    last = settled[-1]
    where = "" if missing(row["value"]) else place_words(row)
    end = f". {upper_first(where)}" if where else ""
    if last.mean is None:
        return upper_first(last.words.split(": ", 1)[1]) + f" ({month_words(last.month)})" + end
    if last.signal is None:
        return f"Latest change no more than chance would give{end}"
    return f"Latest change {last.figure}, {signal_fact(last_signal)}: {likelihood(last_signal)}{end}"
