"""The whole service at a glance: counts by service area, what a board is to hear of, what is furthest from target."""

from __future__ import annotations

import numpy as np
import pandas as pd

from scorecard.analysis.assessment.evidence import MATERIAL_CHANCE
from scorecard.core.numbers import NOT_APPLICABLE

# What a measure is counted as, in this order; every measure is counted as exactly one of them.
JUDGED = ("met", "close", "missed")
STANDS = (*JUDGED, "no_target", "no_data", "no_status")

DUE_SOON = 3  # months
A_YEAR = 12  # figures: fewer say little of a target that was never met

VARIATIONS = ("improvement", "common_cause", "concern", "neutral_high", "neutral_low", "not_shown")
ASSURANCES = ("consistently_passing", "inconsistent", "consistently_failing", "met_months", "moving", "none")


def counted_as(measures: pd.DataFrame) -> pd.Series:
    """What each measure counts as: its status, or no_status where it is monitored or can't be judged.

    Where what came last says that there was nothing to count, an older figure judges nothing.
    """
    later = measures["received_end"].notna() & ~(measures["received_end"] <= measures["period_end"])
    nothing_applied = (measures["received_symbol"] == NOT_APPLICABLE) & later
    return (
        measures["status"].mask(nothing_applied & measures["status"].isin(JUDGED)).fillna("no_status").rename("stand")
    )


def by_service_area(measures: pd.DataFrame) -> pd.DataFrame:
    """One row a service area, in the plan's order: how many measures stand where.

    Columns: service_area_id, service_area, measures (how many rows), a column for each of STANDS, exceptions, overdue.
    A number and a rate of the same thing count once (`counted`) where they stand; exceptions and overdue count each
    measure, as they are listed.
    """
    counted = measures[measures["counted"]].assign(stand=counted_as(measures))
    order = measures.drop_duplicates("service_area_id")[["service_area_id", "service_area"]]
    counts = pd.crosstab(counted["service_area_id"], counted["stand"]).reindex(columns=list(STANDS), fill_value=0)
    flags = measures.groupby("service_area_id")[["exception", "overdue"]].sum().astype("int64")
    table = order.join(counts, on="service_area_id").join(
        flags.rename(columns={"exception": "exceptions"}), on="service_area_id"
    )
    table.insert(2, "measures", table[list(STANDS)].sum(axis=1))
    return table.reset_index(drop=True)


def totals(measures: pd.DataFrame) -> dict[str, int]:
    """How many measures stand where over the whole service, each pair counted once; and exceptions and overdue."""
    areas = by_service_area(measures)
    return {name: int(areas[name].sum()) for name in ("measures", *STANDS, "exceptions", "overdue")}


def furthest_from_target(measures: pd.DataFrame, most: int = 5) -> pd.DataFrame:
    """The measures that miss their target by most, as a share of the target's own number, pairs once.

    Figures that are overdue, or stand on fewer than ten, are left out: they would lead for the wrong reason.
    Added column: shortfall (`shortfall`).
    """
    ranked_here = measures["counted"] & ~measures["overdue"] & ~measures["small_numbers"]
    missed = measures[ranked_here & (measures["status"] == "missed")]
    ranked = missed.assign(shortfall=shortfall(missed))
    return ranked.sort_values(["shortfall", "measure_id"], ascending=[False, True]).head(most)


def shortfall(measures: pd.DataFrame) -> pd.Series:
    """How far each measure is below its target, as a share of the target's own number; NaN where it has no distance.

    A target of nothing can't be divided by: there the distance in points of a hundred stands for it.
    """
    goal = measures["goal"].abs()
    share = np.where(goal > 0, -measures["distance"] / goal.where(goal > 0), -measures["distance"] / 100)
    return pd.Series(share, index=measures.index, dtype="float64")


def needs_attention(measures: pd.DataFrame) -> pd.DataFrame:
    """The same rows, those that need attention first: missed at the target's date, exceptions, other misses, overdue.

    Then those that are close, and the rest. Equal ones keep their order.
    """
    missed = measures["status"] == "missed"
    tests = [date_passed(measures), measures["exception"], missed, measures["overdue"], measures["status"] == "close"]
    rank = np.select(tests, range(len(tests)), default=len(tests))
    return measures.assign(attention=rank).sort_values("attention", kind="stable").drop(columns="attention")


def date_passed(measures: pd.DataFrame) -> pd.Series:
    """Whether a measure misses its target though the target's date has come."""
    return (measures["status"] == "missed") & (measures["target_by"] <= measures["reporting_month"])


def due_soon(measures: pd.DataFrame) -> pd.Series:
    """Whether a measure misses its target and its date comes within DUE_SOON months."""
    month, by = measures["reporting_month"], measures["target_by"]
    return (measures["status"] == "missed") & (by > month) & (by <= month + pd.offsets.MonthEnd(DUE_SOON))


def for_the_board(measures: pd.DataFrame) -> pd.Series:
    """What a board is to hear of: the exceptions, and the targets missed at their date."""
    return measures["exception"] | date_passed(measures)


def never_met(measures: pd.DataFrame) -> pd.Series:
    """Whether a missed target was met by none of its figures of the last 24 months, of at least a year's."""
    none = (measures["met_months"] == 0) & (measures["met_of"] >= A_YEAR)
    return measures["counted"] & (measures["status"] == "missed") & none.fillna(False)


def moves_beyond_chance(measures: pd.DataFrame, variation: str) -> pd.Series:
    """Whether it gets better (improvement) or worse (concern) beyond chance, each pair once; a volume does neither."""
    return measures["counted"] & (measures["variation"] == variation) & measures["level"].isna()


def moves_otherwise(measures: pd.DataFrame) -> pd.Series:
    """Whether it moves beyond chance, and no way is better: a volume, or a measure that is monitored. Pairs once."""
    signals = measures["counted"] & measures["unlikely"]
    return signals & ~moves_beyond_chance(measures, "improvement") & ~moves_beyond_chance(measures, "concern")


def newly_judged(measures: pd.DataFrame, status: str) -> pd.Series:
    """Whether a target is met (or missed) by the month's settled figure and was not by the one before. Pairs once.

    A share of fewer than ten says too little, and a target missed by chance (exceptions.exceptions) is no news.
    """
    now, before = (_reaches(measures, name) for name in ("settled_distance_today", "settled_previous_distance"))
    known = measures["settled_distance_today"].notna() & measures["settled_previous_distance"].notna()
    changed = now & ~before if status == "met" else ~now & before
    of_the_month = measures["settled_end"] == measures["reporting_month"]
    known &= ~measures["small_numbers"] & ~measures["missed_by_chance"]
    return measures["counted"] & (measures["status"] == status) & of_the_month & known & changed


def _reaches(measures: pd.DataFrame, distance: str) -> pd.Series:
    return (measures[distance] > 0) | ((measures[distance] == 0) & ~measures["target_strict"])


def grid(measures: pd.DataFrame) -> pd.DataFrame:
    """Variation × assurance: who will meet or miss the target as things stand, who passes by luck.

    Rows: VARIATIONS (not_shown: no variation may be shown). Columns: ASSURANCES, of which met_months holds the
    measures whose target is at a bound, where met_months speaks instead of assurance, moving those whose level
    is on the move, and none those without a target, only monitored, or whose limits may not be shown. Each cell is a
    list of measure ids, in the plan's order; every measure is in exactly one.
    """
    variation = measures["variation"].fillna("not_shown")
    at_bound = measures["target_at_bound"] & measures["met_of"].notna()
    assurance = measures["assurance"].fillna("none").mask(measures["no_assurance"].notna(), "moving")
    assurance = assurance.mask(at_bound, "met_months")
    cells: dict[tuple[str, str], list[str]] = {(row, column): [] for row in VARIATIONS for column in ASSURANCES}
    for measure_id, row, column in zip(measures["measure_id"], variation, assurance, strict=True):
        cells[row, column].append(measure_id)
    table = {column: [cells[row, column] for row in VARIATIONS] for column in ASSURANCES}
    return pd.DataFrame(table, index=pd.Index(VARIATIONS, name="variation"), dtype="object")


def met_by_luck(measures: pd.DataFrame) -> pd.Series:
    """Whether a measure meets its target now, though its level misses it in 1 month of 5 or more. Pairs once."""
    either_way = (measures["assurance"] == "inconsistent") | measures["target_at_bound"]
    by_chance = (measures["variation"] == "common_cause") & either_way
    material = measures["chance_of_missing"] >= MATERIAL_CHANCE
    return measures["counted"] & (measures["status"] == "met") & by_chance & material


def improving_too_slowly(measures: pd.DataFrame) -> pd.Series:
    """Whether a measure improves beyond chance, and is behind the line to its target beyond chance too. Pairs once.

    While a level moves its limits can't say whether it will get there: the line and the projection do.
    """
    improving = (measures["variation"] == "improvement") & (measures["status"] == "missed")
    return measures["counted"] & improving & measures["behind_beyond_chance"]
