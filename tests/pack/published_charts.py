"""Charts of published figures to test packs with, and what each cell of their tables should print."""

from __future__ import annotations

from datetime import date
from typing import Any

from scorecard.charts.model.comparison import (
    FunnelChart,
    FunnelLimits,
    FunnelPoint,
    YearChart,
    YearLine,
    YearPoint,
    axis_of,
)
from tests.pack.read_back import Line

AXIS = axis_of([7, 16], "average")
LINES = {"Us": {2018: 7.044, 2019: 15.362}, "All": {2019: 9.876}}
YEARS = YearChart(
    title="Over the years",
    subtitle="As published",
    lines=tuple(
        YearLine(
            whose="ours" if name == "Us" else "england",
            name=name,
            short_name=name,
            points=tuple(YearPoint(end=date(year, 9, 30), value=at, words=f"{at:.2f}") for year, at in values.items()),
        )
        for name, values in LINES.items()
    ),
    changes=(),
    axis=AXIS,
    alt="Over the years",
)
FUNNEL = FunnelChart(
    title="By size",
    subtitle="As published",
    limits=tuple(
        FunnelLimits(denominator=size, lower_95=9, upper_95=11, lower_998=8, upper_998=12) for size in (10, 9000)
    ),
    target=10,
    axis=AXIS,
    size_title="Staff",
    alt="By size",
    points=(
        FunnelPoint(name="Farborough", denominator=1234, value=9.876, whose="other", outside=False),
        FunnelPoint(name="Us", denominator=4321, value=15.362, whose="ours", outside=True),
    ),
)


def published_figures(plain: dict[str, Any], line: Line, months: list[str]) -> list[float] | None:
    """The numbers of a cell of these charts' tables, from the frozen points; None of other cells.

    plain: the snapshot as plain values. months: those that the row names, as 2019-09.
    """
    (published,) = plain["published"]
    first, *others = line.row.split(" | ")
    if line.part.endswith(": every authority by size"):
        (point,) = (point for point in published["funnel"]["points"] if point["name"] == first)
        wanted: dict[str, float] = {"Figure": point["value"], "Staff": point["denominator"]}
        return [wanted[line.column]] if line.column in wanted else []
    by_year = line.part == "Neighbours by year" and line.column == "Figure"
    if not by_year and not line.part.endswith(": the published figures"):
        return None
    whose = next(name for name in LINES if name in others) if by_year else line.column
    points = [point for drawn in published["years"]["lines"] if drawn["name"] == whose for point in drawn["points"]]
    return [point["value"] for point in points if point["end"][:7] == months[0]]
