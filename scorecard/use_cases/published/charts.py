"""The charts of how we compare, of one measure: models first, then pictures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

import numpy as np
import pandas as pd

from scorecard.analysis.comparison.areas import comparable
from scorecard.analysis.comparison.funnel import OUTSIDE_95, OUTSIDE_998, by_chance_alone, limits
from scorecard.analysis.comparison.ranks import quarters
from scorecard.catalogue.models import Measure
from scorecard.charts.model.comparison import (
    FunnelChart,
    FunnelLimits,
    FunnelPoint,
    GapBars,
    ListChange,
    Place,
    PlaceChart,
    Whose,
    YearChart,
    YearLine,
    YearPoint,
    axis_of,
    runs,
)
from scorecard.core.periods import month_words
from scorecard.core.rows import Row, missing, rows_of
from scorecard.core.vocabulary import upper_first
from scorecard.narrative.comparison import gap_words, good_way, mean_words, period_of, rank_words, value_of
from scorecard.published.neighbours import IN_EVERY
from scorecard.use_cases.published.comparison import Comparison, Middle

LIMIT_POINTS = 60
FEWEST_LOCAL = 3
NAMES: dict[Whose, str] = {"neighbours": "Statistical neighbours", "region": "Region", "england": "England"}


def years_chart(
    comparison: Comparison,
    measure: Measure,
    *,
    by_list: bool = False,
    other_values: Sequence[float] = (),
    by: date | None = None,
) -> YearChart:
    """Our published figures over the years beside the neighbours', the region and England.

    by_list: each list of neighbours over all years, and the neighbours that all lists name, in place of the list that
    held. other_values: values of a chart beside it that its axis has room for. by: the day by which the years had
    ended.
    """
    rows = [row for row in comparison.rows_of(measure.id) if by is None or row["period_end"] <= pd.Timestamp(by)]
    editions = _editions(comparison)
    newest = [row for row in rows if not missing(row["value"])][-1:]
    whose = ", ".join(comparison.joint_names(measure.id)) or comparison.catalogue.authority.name
    lines = [_line("ours", whose, rows, "value", measure)]
    if measure.unit != "number":
        region = comparison.catalogue.authority.region.name
        lines += [
            *_neighbours_lines(comparison, measure, rows, newest, by_list),
            _line("region", f"{region}, as printed", rows, "region", measure, short=region),
            _line("england", "England, as printed", rows, "england", measure, short=NAMES["england"]),
        ]
    shown = tuple(line for line in lines if line.points)
    title = _title(newest, measure, comparison.middle)
    values = [*(point.value for line in shown for point in line.points), *other_values]
    return YearChart(
        title=title,
        subtitle=f"{measure.name}, as published",
        lines=shown,
        changes=() if by_list else _list_changes(rows, editions),
        axis=axis_of(values, measure.unit),
        alt=f"{title}. {'; '.join(f'{line.name}: {_said(line)}' for line in shown)}.",
    )


def _neighbours_lines(
    comparison: Comparison, measure: Measure, rows: list[Row], newest: list[Row], by_list: bool
) -> list[YearLine]:
    """The neighbours by the list that held; or by each list over all years, and by those that all lists name."""
    editions, middle = _editions(comparison), comparison.middle
    if not by_list:
        mean_text = f", {mean_words(newest[0], editions, middle)}" if newest else ""
        name = NAMES["neighbours"]
        line = _line("neighbours", f"{name}{mean_text}", rows, comparison.sn, measure, "neighbours_edition", name)
        return [line]
    whose: list[Whose] = ["neighbours", *["other_list"] * (len(editions) - 1)]  # type: ignore[list-item]
    lists = [*zip(editions, whose, (f"{middle} by the list of {name}" for name in editions.values()), strict=True)]
    if len(editions) > 1:
        lists.append((IN_EVERY, "in_every", f"{middle} of those in every list"))
    lines = []
    for edition, members, name in lists:
        known = comparison.neighbours(edition)
        means = rows_of(known[known["measure_id"] == measure.id].sort_values("period_end"))
        lines.append(_line(members, f"{NAMES['neighbours']}, {name}", means, comparison.sn, measure))
    return lines


def local_chart(
    comparison: Comparison, measure: Measure, figures: pd.DataFrame, other_values: Sequence[float] = ()
) -> YearChart | None:
    """Our own monthly figures, to stand beside the published ones; None where there are fewer than FEWEST_LOCAL.

    figures: period_end, value, provisional (bool), months. other_values: published values, where both have one
    value axis.
    """
    known = figures[figures["value"].notna()].sort_values("period_end")
    if len(known) < FEWEST_LOCAL:
        return None
    ends = [end.date() for end in known["period_end"]]
    values = known["value"].astype("float64").tolist()
    joined = runs(ends, [""] * len(ends), measure.months_between)
    points = zip(ends, values, known["provisional"].tolist(), joined, strict=True)
    line = YearLine(
        whose="ours",
        name=f"{comparison.catalogue.authority.name}, our monthly figures",
        points=tuple(
            YearPoint(end=end, value=value, words=value_of(value, measure), hollow=bool(hollow), run=run)
            for end, value, hollow, run in points
        ),
    )
    mapped = comparison.reference.mapping.by_measure[measure.id]
    title = f"{value_of(values[-1], measure)} in {month_words(ends[-1])}"
    same = "the same definition and value axis as beside" if mapped.match == "same" else f"not the same: {mapped.words}"
    return YearChart(
        title=title,
        subtitle=f"{measure.name}, our own figures; {same}",
        lines=(line,),
        changes=(),
        axis=axis_of([*values, *other_values], measure.unit),
        alt=f"{title}. {_said(line)}. Our own figures are never joined to the published ones.",
    )


def places_chart(comparison: Comparison, measure: Measure, end: pd.Timestamp, *, named: bool) -> PlaceChart | None:
    """Our neighbours (named) or all authorities, from the lowest to the highest; None where we have no figure."""
    ours = comparison.ours[(comparison.ours["measure_id"] == measure.id) & (comparison.ours["period_end"] == end)]
    if ours.empty or not comparable(ours)[0]:
        return None
    near = _at(comparison.neighbour_figures, measure.id, end)
    group = pd.concat([near, ours]) if named else _at(comparison.authorities, measure.id, end)
    group = group[comparable(group)].drop_duplicates("area").sort_values("value", kind="stable")
    own, neighbours = str(ours["area"].iloc[0]), set(near["area"])
    row = rows_of(_at(comparison.beside_others, measure.id, end))[0]
    prefix = "sn" if named else "england"
    ranked = row["sn_ranked"] if named else row["england_of"]
    title = (
        f"{rank_words(row[f'{prefix}_rank_lowest_first'], ranked)}{' with its neighbours' if named else ' in England'}"
    )
    title = upper_first(title)
    return PlaceChart(
        title=title,
        subtitle=f"{measure.name}, {period_of(row)}",
        places=tuple(
            Place(name=_name(comparison, row["area"]), value=row["value"], words=value_of(row["value"], measure),
                  whose=_whose(row["area"], own, neighbours))
            for row in rows_of(group)
        ),
        quarters=quarters(group["value"]),
        axis=axis_of(group["value"].tolist(), measure.unit),
        named=named,
        alt=f"{title}, {value_of(ours['value'].iloc[0], measure)}; the table below has every figure.",
    )  # fmt: skip


def funnel_chart(comparison: Comparison, measure: Measure, end: pd.Timestamp) -> FunnelChart | None:
    """Every authority in the funnel of a period; None where the counts behind the figures aren't published."""
    rows = _at(comparison.funnel_of(measure.id), measure.id, end)
    ours = comparison.ours[(comparison.ours["measure_id"] == measure.id) & (comparison.ours["period_end"] == end)]
    if rows.empty or ours.empty:
        return None
    own, neighbours = str(ours["area"].iloc[0]), set(_at(comparison.neighbour_figures, measure.id, end)["area"])
    per, share = comparison.per(measure.id), measure.unit == "percent"
    target, tau2 = float(rows["funnel_target"].iloc[0]), float(rows["funnel_tau2"].iloc[0])
    sizes = np.linspace(max(rows["denominator"].min() * 0.5, 1.0), rows["denominator"].max() * 1.03, LIMIT_POINTS)
    outer, inner = (limits(sizes, target / per, tau2, outside, share) for outside in (OUTSIDE_998, OUTSIDE_95))
    outside = rows["funnel_position"].isin(["high", "low"])
    unadjusted = int((by_chance_alone(rows, per, share) != "inside").sum())
    title = (
        f"{int(outside.sum())} of {len(rows)} authorities lie further out than authorities of their size differ by; "
        f"limits of chance alone would name {unadjusted}"
    )
    row = rows_of(_at(comparison.beside_others, measure.id, end))[0]
    return FunnelChart(
        title=title,
        subtitle=f"{measure.name}, {period_of(row)}",
        points=tuple(
            FunnelPoint(name=_name(comparison, row["area"]), denominator=row["denominator"], value=row["value"],
                        whose=_whose(row["area"], own, neighbours), outside=row["funnel_position"] in ("high", "low"))
            for row in rows_of(rows)
            if not missing(row["value"])
        ),
        limits=tuple(
            FunnelLimits(denominator=size, lower_998=per * outer[0][at], upper_998=per * outer[1][at],
                         lower_95=per * inner[0][at], upper_95=per * inner[1][at])
            for at, size in enumerate(sizes.tolist())
        ),
        target=target,
        axis=axis_of([*rows["value"].dropna(), target, per * float(outer[1][-1])], measure.unit),
        size_title=comparison.size_words(measure.id),
        alt=f"{title}. Ours: {value_of(ours['value'].iloc[0], measure)}.",
    )  # fmt: skip


def gaps_chart(comparison: Comparison, measure_id: str, by: date | None = None) -> GapBars | None:
    """The gap to the neighbours in each year that ended by a day, up where we are better (or above); None without any.

    A year in which either has no figure leaves a space.
    """
    gaps = {row["period_end"]: row["gap"] for row in comparison.gap_rows(measure_id, by)}
    if not gaps:
        return None
    measure = comparison.measures[measure_id]
    ends = [row["period_end"] for row in comparison.rows_of(measure_id)]
    first, last = min(gaps), max(gaps)
    way = good_way(measure) or 1
    return GapBars(
        gaps=tuple(way * float(gaps[end]) if end in gaps else None for end in ends if by is None or end.date() <= by),
        alt="; ".join(f"{end:%Y}: {gap_words(gaps[end], measure, 'them')}" for end in (first, last)),
    )


def _line(
    whose: Whose, name: str, rows: list[Row], column: str, measure: Measure, sets: str | None = None, short: str = ""
) -> YearLine:
    by_end: dict[pd.Timestamp, Row] = {}
    for row in rows:
        if not missing(row[column]):
            by_end.setdefault(row["period_end"], row)
    known = list(by_end.values())
    ends = [row["period_end"].date() for row in known]
    groups = [str(row[sets]) if sets else "" for row in known]
    hollow = [whose == "ours" and str(row["symbol"]) in ("low", "p") for row in known]
    points = zip(ends, [row[column] for row in known], hollow, runs(ends, groups), strict=True)
    return YearLine(
        whose=whose,
        name=name,
        short_name=short or name,
        points=tuple(
            YearPoint(end=end, value=value, words=value_of(value, measure), hollow=empty, run=run)
            for end, value, empty, run in points
        ),
    )


def _title(newest: list[Row], measure: Measure, middle: Middle) -> str:
    if not newest:
        return "No figure of ours is published"
    row = newest[0]
    if measure.unit == "number":
        return f"{value_of(row['value'], measure)} on {period_of(row)}" if row["months"] == 1 else (
            f"{value_of(row['value'], measure)} in the {period_of(row)}")  # fmt: skip
    gap_text = gap_words(row[f"gap_to_sn_{middle}"], measure, "the neighbours")
    return f"{upper_first(gap_text)} in {row['period_end']:%Y}"


def _list_changes(rows: list[Row], editions: dict[str, str]) -> tuple[ListChange, ...]:
    """Where one list of neighbours gives way to the next."""
    known = [row for row in rows if not missing(row["neighbours_edition"])]
    return tuple(
        ListChange(end=now["period_end"].date(), words=f"list of {editions[now['neighbours_edition']]} from here")
        for before, now in pairwise(known)
        if now["neighbours_edition"] != before["neighbours_edition"]
    )


def _said(line: YearLine) -> str:
    first, last = line.points[0], line.points[-1]
    return f"{first.words} in {first.end.year}, {last.words} in {last.end.year}"


def _editions(comparison: Comparison) -> dict[str, str]:
    return {edition.id: edition.name for edition in comparison.reference.neighbours.rule.editions}


def _at(frame: pd.DataFrame, measure_id: str, end: pd.Timestamp) -> pd.DataFrame:
    of_period = frame[(frame["period_end"] == end).to_numpy(dtype=bool)]  # days are compared far sooner than texts
    return of_period[(of_period["measure_id"] == measure_id).to_numpy(dtype=bool)]


def _whose(area: str, own: str, neighbours: set[str]) -> Whose:
    return "ours" if area == own else "neighbours" if area in neighbours else "other"


def _name(comparison: Comparison, area: str) -> str:
    return comparison.reference.authorities.area(area).name
