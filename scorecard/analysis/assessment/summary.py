"""The whole service at a glance: counts by service area, what moved most, what is furthest from target."""

from __future__ import annotations

import numpy as np
import pandas as pd

from scorecard.analysis.assessment.evidence import MATERIAL_CHANCE
from scorecard.analysis.assessment.movement import AWAY, BETTER, TOWARDS, WORSE

# What a measure is counted as, in this order; every measure is counted as exactly one of them.
JUDGED = ("met", "close", "missed")
STANDS = (*JUDGED, "no_target", "no_data", "no_status")

VARIATIONS = ("improvement", "common_cause", "concern", "neutral_high", "neutral_low", "not_shown")
ASSURANCES = ("consistently_passing", "inconsistent", "consistently_failing", "met_months", "moving", "none")


def stand(measures: pd.DataFrame) -> pd.Series:
    """What each measure counts as: its status, or no_status where it is monitored or can't be judged."""
    return measures["status"].fillna("no_status").rename("stand")


def by_service_area(measures: pd.DataFrame) -> pd.DataFrame:
    """One row a service area, in the plan's order: how many measures stand where.

    Columns: service_area_id, service_area, measures (how many rows), a column for each of STANDS, exceptions, overdue.
    A number and a rate of the same thing count once (`counted`) where they stand; exceptions and overdue count each
    measure, as they are listed.
    """
    counted = measures[measures["counted"]].assign(stand=stand(measures))
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


def biggest_movers(measures: pd.DataFrame, *, for_the_better: bool, most: int = 5) -> pd.DataFrame:
    """The measures that moved most against their way from baseline to target, largest first, pairs once.

    for_the_better: those that got better or moved towards the plan's level; else those that got worse or moved away.
    """
    wanted = (BETTER, TOWARDS) if for_the_better else (WORSE, AWAY)
    moved = measures[measures["counted"] & measures["mover_direction"].isin(wanted) & (measures["mover_size"] > 0)]
    return moved.sort_values(["mover_size", "measure_id"], ascending=[False, True]).head(most)


def furthest_from_target(measures: pd.DataFrame, most: int = 5) -> pd.DataFrame:
    """The measures that miss their target by most, as a share of the target's own number, pairs once.

    Figures that are overdue, or stand on fewer than ten, are left out: they would lead for the wrong reason.
    Added column: shortfall (distance below target ÷ target; no unit). A target of nothing can't be divided by: there
    the distance in points of a hundred stands for it.
    """
    ranked_here = measures["counted"] & ~measures["overdue"] & ~measures["small_numbers"]
    missed = measures[ranked_here & (measures["status"] == "missed")]
    goal = missed["goal"].abs()
    shortfall = np.where(goal > 0, -missed["distance"] / goal.where(goal > 0), -missed["distance"] / 100)
    ranked = missed.assign(shortfall=shortfall)
    return ranked.sort_values(["shortfall", "measure_id"], ascending=[False, True]).head(most)


def needs_attention(measures: pd.DataFrame) -> pd.DataFrame:
    """All measures, those that need attention first: exceptions, other misses, owed figures, then the rest."""
    rank = np.select(
        [measures["exception"], measures["status"] == "missed", measures["overdue"], measures["status"] == "close"],
        [0, 1, 2, 3],
        default=4,
    )
    return measures.assign(attention=rank).sort_values("attention", kind="stable").drop(columns="attention")


def grid(measures: pd.DataFrame) -> pd.DataFrame:
    """Variation × assurance: who will meet or miss the target as things stand, who passes by luck.

    Rows: VARIATIONS (not_shown: no variation may be shown). Columns: ASSURANCES, of which met_months holds the
    measures whose target stands at a bound, where met_months speaks instead of assurance, moving those whose level
    is on the move, and none those without a target, only monitored, or whose limits may not be shown. Each cell is a
    list of measure ids, in the plan's order; every measure stands in exactly one.
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


def met_by_luck(measures: pd.DataFrame) -> pd.DataFrame:
    """The measures that meet their target now, though their level misses it in 1 month of 5 or more. Pairs once."""
    by_chance = (measures["variation"] == "common_cause") & (measures["assurance"] == "inconsistent")
    material = measures["chance_of_missing"] >= MATERIAL_CHANCE
    return measures[measures["counted"] & (measures["status"] == "met") & by_chance & material]


def improving_too_slowly(measures: pd.DataFrame) -> pd.DataFrame:
    """The measures that improve beyond chance, and are behind the line to their target beyond chance too. Pairs once.

    While a level moves its limits can't say whether it will get there: the line and the projection do.
    """
    improving = (measures["variation"] == "improvement") & (measures["status"] == "missed")
    return measures[measures["counted"] & improving & measures["behind_beyond_chance"]]


def disagreements(measures: pd.DataFrame) -> pd.DataFrame:
    """Where status and signal point different ways ('met, but worsening'), in the plan's order, pairs once."""
    return measures[measures["counted"] & measures["disagreement"].notna()]


def outgrown(measures: pd.DataFrame) -> pd.DataFrame:
    """The measures whose target asks for nothing more: the board may want to set it anew. Plan's order, pairs once."""
    return measures[measures["counted"] & measures["outgrown"]]
