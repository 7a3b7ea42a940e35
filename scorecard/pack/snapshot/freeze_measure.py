"""Freezes one measure: from the catalogue's model and the assessment's rows to the models of a snapshot."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from scorecard.analysis.assessment.assess import Assessment
from scorecard.analysis.assessment.signals import limits_may_be_shown
from scorecard.analysis.data_quality.completeness import MARKS, Completeness
from scorecard.catalogue.models import COMPARATOR_KINDS, Figure, Measure, Target
from scorecard.catalogue.target_words import target_words
from scorecard.core.numbers import NO_FIGURE, SYMBOL_WORDS, figure_words
from scorecard.core.rows import missing
from scorecard.pack.snapshot.models import (
    Judgement,
    KeptMeasure,
    KeptRebase,
    KeptTarget,
    Observation,
    PrintedComparator,
    PrintedFigure,
)
from scorecard.pack.snapshot.quality_models import DataQuality, OwedFigure, QualityMark

LIMITS = ("mean", "lower_limit", "upper_limit")


class Charts(NamedTuple):
    """The chart models of one measure, or none."""

    trend: Any = None
    sparkline: Any = None


class Came(NamedTuple):
    """What came of one measure: how many figures were due, how many of them came, its data quality, what is owed."""

    due: int
    came: int
    quality: DataQuality
    owed: tuple[OwedFigure, ...]


def plain(value: Any) -> Any:
    """A cell of a frame as a plain value: None where it holds nothing, a date for a month's end, no −0."""
    if missing(value):
        return None
    if isinstance(value, pd.Timestamp):
        return moment(value) if value.tzinfo else value.date()
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float):
        return None if math.isnan(value) else value + 0.0
    if isinstance(value, list | np.ndarray):
        return tuple(plain(item) for item in value)
    return value


def moment(value: datetime) -> datetime:
    """An aware moment in UTC. Raises ValueError for one without a time zone."""
    if value.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    whole = value.to_pydatetime() if isinstance(value, pd.Timestamp) else value
    return whole.astimezone(UTC)


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a frame as plain values, by column name."""
    columns = {str(name): [plain(value) for value in frame[name].tolist()] for name in frame.columns}
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def measure_rows(assessment: Assessment) -> dict[str, list[dict[str, Any]]]:
    """The authority's own figures with limits and signals, by measure, in time order."""
    points = assessment.spc.points.drop(columns=["value"])
    series = assessment.series.merge(points, on=["measure_id", "area", "period_end"], how="left", validate="one_to_one")
    rows: dict[str, list[dict[str, Any]]] = {}
    for row in records(series):
        rows.setdefault(row["measure_id"], []).append(row)
    return rows


def kept_measure(
    measure: Measure,
    row: Mapping[str, Any],
    figures: Sequence[Mapping[str, Any]],
    came: Came,
    charts: Charts,
) -> KeptMeasure:
    """One measure, frozen: its catalogue entry, its figures up to the month, and what the assessment says."""
    shows_limits = limits_may_be_shown(row)
    return KeptMeasure(
        id=measure.id,
        name=measure.name,
        plan_wording=measure.plan_wording,
        definition=measure.definition,
        note=measure.note,
        kind=measure.kind,
        unit=measure.unit,
        decimals=measure.decimals,
        polarity=measure.polarity,
        accumulation=measure.accumulation,
        frequency=measure.frequency,
        supplied_by=measure.supplied_by,
        owner=measure.owner,
        tolerance=measure.tolerance,
        pair=measure.pair,
        starts=measure.starts,
        retired=measure.retired,
        baseline=printed_figure(measure.baseline, measure),
        july_2020=printed_figure(measure.july_2020, measure),
        definition_break=measure.definition_break.why if measure.definition_break else None,
        comparators=comparators(measure),
        comparators_printed=measure.comparators_printed,
        targets=tuple(kept_target(target, measure) for target in measure.targets),
        rebases=tuple(KeptRebase(**rebase.model_dump()) for rebase in measure.rebase),
        judgement=Judgement(**{name: row[name] for name in Judgement.model_fields} | {"signal": row["signal"] is True}),
        observations=tuple(observation(figure, measure, shows_limits) for figure in figures),
        expected_figures=came.due,
        figures_received=came.came,
        quality=came.quality,
        owed=came.owed,
        trend=charts.trend,
        sparkline=charts.sparkline,
    )


def observation(row: Mapping[str, Any], measure: Measure, shows_limits: bool) -> Observation:
    """One figure; its limits and signal only where they may be shown."""
    known = {name: row.get(name) for name in Observation.model_fields if name != "words"}
    if not shows_limits:
        known |= dict.fromkeys(("segment", *LIMITS, "special_cause", "point_type"))
    extract_id = row.get("extract_id")
    known["extract_id"] = None if extract_id is None else int(extract_id)
    return Observation(**known, words=words_of(row["value"], row["symbol"], measure))


def words_of(value: float | None, symbol: str | None, measure: Measure) -> str:
    """A figure as tables show it: '82%', '14.14', or what its symbol means where there is none."""
    if value is None:
        return SYMBOL_WORDS.get(symbol or ":", NO_FIGURE)
    return figure_words(value, measure.unit, measure.decimals)


def printed_figure(figure: Figure | None, measure: Measure) -> PrintedFigure | None:
    """A cell of the plan, as printed and as read."""
    if figure is None:
        return None
    words = figure_words(figure.value, measure.unit, measure.decimals)
    return PrintedFigure(printed=figure.printed, value=figure.value, words=words)


def comparators(measure: Measure) -> tuple[PrintedComparator, ...]:
    """The comparators that the plan prints for a measure, neighbours first."""
    return tuple(
        PrintedComparator(
            kind=kind,
            printed=figure.printed,
            value=figure.value,
            words=figure_words(figure.value, measure.unit, measure.decimals),
            comparable=figure.comparable,
            why=figure.why,
            year=figure.year,
        )
        for kind in COMPARATOR_KINDS
        if (figure := measure.comparators.get(kind)) is not None
    )


def kept_target(target: Target, measure: Measure) -> KeptTarget:
    """A target, frozen, with its words."""
    names = KeptTarget.model_fields.keys() - {"words", "kind", "lower", "upper"}
    return KeptTarget(
        **{name: getattr(target, name) for name in names},
        words=target_words(target, measure),
        kind=target.kind,
        lower=target.lower,
        upper=target.upper,
    )


def what_came(found: Completeness) -> dict[str, Came]:
    """What came of each measure, by its id, as the analysis judges it."""
    owed: dict[str, list[OwedFigure]] = {}
    for row in records(found.owed[["measure_id", "period_end", "due_on"]]):
        figure = OwedFigure(period_end=row["period_end"], due_on=row["due_on"])
        owed.setdefault(row["measure_id"], []).append(figure)
    return {
        row["measure_id"]: Came(row["due"], row["came"], _quality(row), tuple(owed.get(row["measure_id"], ())))
        for row in records(found.marks)
    }


def _quality(row: Mapping[str, Any]) -> DataQuality:
    marks = {mark: QualityMark(holds=row[mark], words=row[f"{mark}_words"]) for mark in MARKS}
    return DataQuality(**marks, words=row["quality_words"], why=row["why_words"], care=row["care_words"])
