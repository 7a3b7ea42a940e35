"""The parts of a trend chart, from catalogue, assessment and series: points, limits, targets, levels, marks."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby
from statistics import median_low
from typing import Any, cast

import pandas as pd

from scorecard.analysis.assessment import target as target_rules
from scorecard.analysis.assessment.assess import UNITS_THAT_ADD_UP
from scorecard.analysis.assessment.signals import FEWER_THAN_TEN
from scorecard.analysis.spc.analyse import PROVISIONAL_FROM, SETTLED_FROM
from scorecard.analysis.spc.series import GAP_STEPS
from scorecard.catalogue.models import COMPARATOR_KINDS, Catalogue, Comparator, Measure, Target
from scorecard.catalogue.target_words import target_words as words_of_target
from scorecard.charts.model.models import (
    ComparatorLine,
    ComparatorRole,
    DatedValue,
    FanPoint,
    Level,
    Point,
    PointMark,
    Segment,
    TargetStep,
    Trajectory,
    VerticalMark,
    XRange,
)
from scorecard.charts.model.titles import Row, figure, month_of
from scorecard.core.numbers import SYMBOL_WORDS, figure_words, number_words
from scorecard.core.periods import add_months, month_words, months_from, period_words, year_to_date_months
from scorecard.core.rows import missing, rows_of
from scorecard.core.vocabulary import ORIGIN_WORDS, level_of, lower_first, upper_first, variation_words
from scorecard.narrative.signal import point_words

NO_FIGURE = "no figure received"


def of_measure(frame: pd.DataFrame | list[dict[str, Any]] | None, measure_id: str) -> list[dict[str, Any]]:
    """A frame's rows of one measure, as plain records; records are of the measure already."""
    if isinstance(frame, list):
        return frame
    if frame is None or frame.empty:
        return []
    return rows_of(frame[(frame["measure_id"] == measure_id).to_numpy(dtype=bool)])


def points_of(
    measure: Measure, series: list[dict[str, Any]], spc_rows: list[dict[str, Any]], show_limits: bool
) -> tuple[Point, ...]:
    """The series as points, with the places where a figure is missing; types only where limits may be shown."""
    judged = {month_of(row["period_end"]): row for row in spc_rows} if show_limits else {}
    points: list[Point] = []
    for row in series:
        month = month_of(row["period_end"])
        points += _months_without(measure, points, month)
        before = points[-1] if points else None
        points.append(_point(measure, row, month, judged.get(month), before))
    return tuple(points)


def _point(
    measure: Measure, row: dict[str, Any], month: date, judged: dict[str, Any] | None, before: Point | None
) -> Point:
    value = None if missing(row["value"]) else float(row["value"])
    symbol = None if missing(row["symbol"]) else str(row["symbol"])
    months = int(row["months"])
    when = upper_first(period_words(month, months))
    if value is None:
        why = SYMBOL_WORDS.get(symbol or "", symbol or NO_FIGURE)
        return Point(
            month=month, months=months, value=None, figure=why, words=f"{when}: {why}", missing=why, symbol=symbol
        )
    provisional = bool(row.get("provisional", False)) or symbol == "p"
    mark, cause, mean = judgement(judged)
    if not missing(row.get("denominator")) and row["denominator"] < FEWER_THAN_TEN:
        mark, cause = "figure", None  # one child moves it too far: it has no variation of its own
    remarks = [SYMBOL_WORDS[symbol]] if symbol in SYMBOL_WORDS and symbol != "p" else []
    remarks += ["provisional"] if provisional else []
    remarks += [f"{mark_words(mark, level_of_measure(measure))}: {point_words(cause)}"] if cause else []
    origin = str(row["origin"])
    remarks += [ORIGIN_WORDS[origin]] if origin != "extract" else []
    shown = figure(measure, value) + _of_few(measure, row)
    description = f"{when}: {shown}" + (f" ({'; '.join(remarks)})" if remarks else "")
    return Point.model_validate(
        {
            "month": month, "months": months, "value": value, "figure": shown, "words": description, "mark": mark,
            "signal": cause, "mean": mean, "provisional": provisional, "origin": origin, "symbol": symbol,
            "joined": _joined(measure, before, month),
        }
    )  # fmt: skip


def judgement(row: Mapping[str, Any] | None) -> tuple[PointMark, str | None, float | None]:
    """A point's mark, its special cause and its segment's mean, from its row of spc.points; none without one."""
    if row is None or missing(row["point_type"]):
        return "figure", None, None
    mark = cast(PointMark, str(row["point_type"]))
    cause = None if row["special_cause"] == "common_cause" else str(row["special_cause"])
    return mark, cause, float(row["mean"])


def _of_few(measure: Measure, row: Mapping[str, Any]) -> str:
    """', 2 of 3': a share of fewer than ten says of how many."""
    few = (
        not missing(row.get("denominator"))
        and not missing(row.get("numerator"))
        and row["denominator"] < FEWER_THAN_TEN
    )
    if not few or measure.unit != "percent":
        return ""
    return f", {number_words(row['numerator'])} of {number_words(row['denominator'])}"


def mark_words(mark: str, level: str) -> str:
    """What a mark means: 'improving'; 'towards the plan's level' where a level tells which way is good."""
    return lower_first(variation_words(mark, level))


def level_of_measure(measure: Measure) -> str:
    """What the measure moves towards or away from (core.vocabulary.level_of), by its last target."""
    return level_of(measure.kind, measure.polarity, bool(measure.targets) and measure.targets[-1].between is not None)


def _joined(measure: Measure, before: Point | None, month: date) -> bool:
    """Whether a line leads here: from a figure one usual step before, in a count that hasn't restarted between."""
    if before is None or before.value is None:
        return False
    restarted = measure.accumulation == "year_to_date" and year_to_date_months(month) < year_to_date_months(
        before.month
    )
    return not restarted and months_from(before.month, month) < GAP_STEPS * measure.months_between


def _months_without(measure: Measure, points: list[Point], month: date) -> list[Point]:
    """Places for the months of a monthly measure that have no row between the last point and this one."""
    if not points or measure.months_between != 1:
        return []
    gap = [add_months(points[-1].month, step) for step in range(1, months_from(points[-1].month, month))]
    return [
        Point(month=day, value=None, figure=NO_FIGURE, words=f"{month_words(day)}: {NO_FIGURE}", missing=NO_FIGURE)
        for day in gap
    ]


def _usual(rows: list[dict[str, Any]], name: str) -> float | None:
    """A segment's limit: that of its usual denominator, for a figure on far fewer or far more has its own."""
    limits = [float(row[name]) for row in rows if not missing(row[name])]
    return median_low(limits) if limits else None


def segments_of(spc_rows: list[dict[str, Any]], measure: Measure | None = None) -> tuple[Segment, ...]:
    """Mean and limits, a step for each rebase; a short segment has its mean alone, or provisional limits.

    measure: whose figures they are, so that no limit is drawn or printed where none of them can lie; None of changes.
    """
    least, most = possible(measure, [row["value"] for row in spc_rows])
    segments = []
    for _, group in groupby(spc_rows, key=lambda point: point["segment"]):
        rows = list(group)
        known = sum(not missing(point["value"]) for point in rows)
        first = rows[0]
        if missing(first["mean"]) or not known:
            continue
        limited = rows if known >= PROVISIONAL_FROM else []
        lower, upper = _usual(limited, "lower_limit"), _usual(limited, "upper_limit")
        segments.append(
            Segment(
                start=month_of(first["period_end"]),
                end=month_of(rows[-1]["period_end"]),
                mean=float(first["mean"]),
                lower=None if lower is None else max(lower, least),
                upper=None if upper is None else min(upper, most),
                provisional=known < SETTLED_FROM,
            )
        )
    return tuple(segments)


def possible(measure: Measure | None, values: Sequence[Any]) -> tuple[float, float]:
    """From where to where a measure's figures can lie: none under nothing, unless one does; no share over the whole."""
    if measure is None or any(not missing(value) and value < 0 for value in values):
        return -math.inf, math.inf
    return 0.0, (measure.maximum or 100.0) if measure.unit == "percent" else math.inf


def target_steps(measure: Measure, row: Row, x_range: XRange) -> tuple[TargetStep, ...]:
    """The target path: a step for each target in force, and for a year to date that adds up, one a month."""
    if bool(row["unjudged"]) or not measure.targets:
        return ()
    steps = []
    for index, target in enumerate(measure.targets):
        later = measure.targets[index + 1 :]
        start = max(target.from_month or x_range[0], x_range[0])
        end = add_months(later[0].from_month, -1) if later and later[0].from_month else x_range[1]
        end = min(end, x_range[1])
        if start <= end:
            steps += _steps_of(measure, target, start, end)
    return tuple(steps)


def _steps_of(measure: Measure, target: Target, start: date, end: date) -> list[TargetStep]:
    target_text = words_of_target(target, measure)
    if measure.accumulation != "year_to_date" or measure.unit not in UNITS_THAT_ADD_UP:
        return [TargetStep(start=start, end=end, lower=target.lower, upper=target.upper, words=target_text)]
    steps = []
    for step in range(months_from(start, end) + 1):
        month = add_months(start, step)
        due = pd.Series([float(year_to_date_months(month))])
        share = float(target_rules.share_of_year(due, pd.Series([target.profile], dtype=object))[0])
        lower, upper = (None if edge is None else edge * share for edge in (target.lower, target.upper))
        steps.append(TargetStep(start=month, end=month, lower=lower, upper=upper, words=f"{target_text} for the year"))
    return steps


def baseline_of(measure: Measure, row: Row, catalogue: Catalogue, x_range: XRange) -> Level | None:
    """The baseline as a level across the chart; across a break of definition, only up to the plan's own figure."""
    if missing(row["baseline"]):
        return None
    end = None
    if measure.definition_break is not None:
        end = add_months(measure.definition_break.from_month or catalogue.plan.actuals, -1)
        if end <= x_range[0]:
            return None
    figure_text = figure(measure, float(row["baseline"]))
    counted = ", counted differently" if end else ""
    label = f"Baseline (undated{counted}): {figure_text}"
    return Level(value=float(row["baseline"]), label=label, short_label=f"Baseline {figure_text}", end=end)


def trajectory_of(measure: Measure, row: Row, catalogue: Catalogue) -> Trajectory | None:
    """The line from the plan's figure to the target's date, where the assessment has one."""
    if not missing(row["no_trajectory_code"]) or missing(row["july_2020"]) or missing(row["target_by"]):
        return None
    edges = [pd.Series([row[name]], dtype="float64") for name in ("july_2020", "target_lower", "target_upper")]
    goal = float(target_rules.edge(*edges)[0])
    by = month_of(row["target_by"])
    return Trajectory(
        start=DatedValue(month=catalogue.plan.actuals, value=float(row["july_2020"])),
        end=DatedValue(month=by, value=goal),
        label=f"Trajectory to {figure(measure, goal)} by {month_words(by)}",
        short_label="Trajectory",
    )


def comparators_of(
    measure: Measure, catalogue: Catalogue, over_time: pd.DataFrame | None, x_range: XRange
) -> tuple[ComparatorLine, ...]:
    """Other areas' figures of the same definition: as lines where given over time, else as the plan's levels."""
    lines = []
    published = _published(measure, catalogue, over_time, x_range)
    for kind in COMPARATOR_KINDS:
        if kind in published:
            lines.append(published[kind])
            continue
        comparator = measure.comparators.get(kind)
        if comparator is None or comparator.value is None or not comparator.comparable:
            continue
        name, short = comparator_names(kind, catalogue)
        year = f" ({comparator.year})" if comparator.year else ""
        figure_text = figure_of_other(measure, comparator.value)
        lines.append(
            ComparatorLine(
                role=kind,
                value=comparator.value,
                label=f"{name}{year}: {figure_text}",
                short_label=f"{short} {figure_text}",
            )
        )
    return tuple(lines)


def figure_of_other(measure: Measure, value: float) -> str:
    """Another area's figure, with one decimal more where ours would hide it: '0.5' beside whole numbers."""
    places = measure.decimals if round(value, measure.decimals) == value else measure.decimals + 1
    return figure_words(value, measure.unit, places)


def comparator_names(role: ComparatorRole, catalogue: Catalogue) -> tuple[str, str]:
    """The name of another area, and a short one for narrow charts."""
    authority = catalogue.authority
    if role == "statistical_neighbour":
        return "Statistical neighbours", "SN"
    area = authority.region if role == "regional" else authority.country
    return area.name, area.name


def _published(
    measure: Measure, catalogue: Catalogue, over_time: pd.DataFrame | None, x_range: XRange
) -> dict[str, ComparatorLine]:
    roles: dict[str, ComparatorRole] = {
        catalogue.authority.region.code: "regional",
        catalogue.authority.country.code: "national",
        "statistical_neighbour": "statistical_neighbour",
    }
    rows = [row for row in of_measure(over_time, measure.id) if not missing(row["value"])]
    lines: dict[str, ComparatorLine] = {}
    for code, role in roles.items():
        dated = sorted((month_of(row["period_end"]), float(row["value"])) for row in rows if row["area"] == code)
        inside = [DatedValue(month=month, value=value) for month, value in dated if x_range[0] <= month <= x_range[1]]
        if inside:
            name, short = comparator_names(role, catalogue)
            last = inside[-1]
            figure_text = figure_of_other(measure, last.value)
            label = f"{name}: {figure_text} ({month_words(last.month)})"
            lines[role] = ComparatorLine(
                role=role, value=last.value, label=label, short_label=f"{short} {figure_text}", points=tuple(inside)
            )
    return lines


def comparator_notes(measure: Measure, catalogue: Catalogue) -> list[str]:
    """What the plan prints of other areas and the chart does not draw, and why."""
    notes = []
    for kind, comparator in measure.comparators.items():
        if comparator.comparable and comparator.value is not None:
            continue
        name, _ = comparator_names(kind, catalogue)
        notes.append(f"Not drawn: {name}, printed as ‘{comparator.printed}’{_why_not(comparator)}")
    return notes


def _why_not(comparator: Comparator) -> str:
    return f": {comparator.why}" if comparator.why else ", for it gives no single number."


def fan_of(measure: Measure, projection: list[dict[str, Any]], points: Sequence[Point]) -> tuple[FanPoint, ...]:
    """The projection, for the months after the last figure; none for a count that restarts each year."""
    known = [point.month for point in points if point.value is not None]
    if measure.accumulation == "year_to_date" or not known:
        return ()
    names = ("projected", "lower_80", "upper_80", "lower_95", "upper_95")
    ahead = [row for row in projection if month_of(row["period_end"]) > known[-1] and not missing(row["projected"])]
    return tuple(
        FanPoint(month=month_of(row["period_end"]), **{name: float(row[name]) for name in names}) for row in ahead
    )


def marks_of(
    measure: Measure, catalogue: Catalogue, x_range: XRange, points: Sequence[Point]
) -> tuple[VerticalMark, ...]:
    """What happened: events, rebases with their reasons, and the plan's own month; those within the chart."""
    marks = [
        VerticalMark(month=event.date, kind="event", label=event.what, why=event.why) for event in catalogue.events
    ]
    for rebase in measure.rebase:
        label = "Limits start anew"
        marks.append(VerticalMark(month=rebase.from_month, kind="rebase", label=label, why=rebase.why))
    plan = catalogue.plan.actuals
    if sum(point.value is not None for point in points) > 1:
        why = f"{month_words(plan)} is the month of the plan's own figures."
        marks.append(VerticalMark(month=plan, kind="plan", label=f"{month_words(plan)} (plan)", why=why))
    inside = [mark for mark in marks if x_range[0] <= mark.month <= x_range[1]]
    return tuple(sorted(inside, key=lambda mark: (mark.month, mark.kind)))
