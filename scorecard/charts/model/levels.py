"""Before there is a trend: where a measure stood at the baseline, where it stands, and where its target lies."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scorecard.catalogue.models import Figure, Measure
from scorecard.charts.model.models import ChartValue, Number
from scorecard.core.numbers import figure_words
from scorecard.core.rows import missing
from scorecard.narrative.phrases import level


class Levels(ChartValue):
    """A measure's levels in its own unit; None where there is none.

    bound: the number that the plan prints a figure above or below of, where it prints no figure. broken: baseline and
    latest count different things, so that no line may lead from one to the other.
    """

    name: str
    baseline: Number | None
    latest: Number | None
    bound: Number | None
    target: Number | None
    latest_words: str
    target_words: str
    broken: bool
    alt: str


def levels_of(row: Mapping[str, Any], measure: Measure) -> Levels:
    """The levels of a measure; row: of assessment.measures, with its words."""
    latest, baseline = (None if missing(row[name]) else float(row[name]) for name in ("value", "baseline"))
    printed = "" if missing(row["july_2020_printed"]) else str(row["july_2020_printed"])
    plan = measure.july_2020 if latest is None else None
    side, bound = _side(plan)
    edges = [float(row[name]) for name in ("target_lower", "target_upper") if not missing(row[name])]
    target = None if not edges else edges[0] if missing(row["goal"]) else float(row["goal"])
    named = level(dict(row))
    target_text = "" if missing(row["target_words"]) else f"{named} {row['target_words']}"
    was = "" if baseline is None else f"baseline {_figure(row, baseline)}"
    now = printed or "no figure"
    if latest is not None or bound is not None:
        now = _figure(row, latest) if latest is not None else f"{side} {_figure(row, bound or 0.0)}"
    return Levels(
        name=str(row["name"]),
        baseline=baseline,
        latest=latest,
        bound=bound,
        latest_words=now,
        target=target,
        target_words="" if target is None else f"{named} {_figure(row, target)}",
        broken=bool(row["broken"]),
        alt=f"{row['name']}: {', '.join(part for part in (was, f'latest {now}', target_text) if part)}.",
    )


def _side(plan: Figure | None) -> tuple[str, float | None]:
    """'above' and its number, where the plan says only that."""
    if plan is None or (plan.above is None and plan.below is None):
        return "", None
    return ("above", plan.above) if plan.above is not None else ("below", plan.below)


def _figure(row: Mapping[str, Any], value: float) -> str:
    decimals = 0 if value.is_integer() else max(int(row["decimals"]), 1)
    return figure_words(value, row["unit"], decimals)
