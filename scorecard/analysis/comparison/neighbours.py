"""The figure of the statistical neighbours: the simple mean of those with a figure, and how many they are."""

from __future__ import annotations

import pandas as pd

from scorecard.analysis.comparison.areas import CELL, JOINT, by_member, cells_of, comparable

FEWEST = 5  # neighbours with a figure, for a mean to be given
COLUMNS = [*CELL, "edition", "sn_mean", "sn_median", "sn_n", "sn_of"]


def neighbours_figures(figures: pd.DataFrame, neighbours: pd.DataFrame, own: str) -> pd.DataFrame:
    """The figures of an authority's neighbours, each area once in a period.

    figures: see comparison.areas. neighbours: period_end, edition, neighbour (numbers): which list holds for a period.
    A joint return stands for each of its halves, and never for our own. Returns the figures' rows with `edition`.
    """
    figures = figures.drop(columns="edition", errors="ignore")  # of the figures: here it is the list's
    known = figures["area"].unique()
    ours = [area for area in known if own in area.split(JOINT)]
    near = set(neighbours["neighbour"])
    listable = [area for area in known if near.intersection(area.split(JOINT))]
    wanted = figures["area"].isin(listable) & ~figures["area"].isin(ours)
    members = by_member(figures[wanted.to_numpy(dtype=bool)])
    listed = neighbours.rename(columns={"neighbour": "member"})
    joined = members.merge(listed, on=["period_end", "member"])
    return joined.drop_duplicates([*CELL, "edition", "area"]).drop(columns="member").reset_index(drop=True)


def neighbours_mean(figures: pd.DataFrame, neighbours: pd.DataFrame, own: str) -> pd.DataFrame:
    """Mean and median of the neighbours for each measure and period, in COLUMNS; NaN where fewer than FEWEST have one.

    sn_n: neighbours with a figure; sn_of: on the list.
    """
    list_sizes = neighbours.groupby(["period_end", "edition"]).size().rename("sn_of").reset_index()
    each = neighbours_figures(figures, neighbours, own)
    usable = each[comparable(each)].sort_values([*CELL, "edition"], kind="stable", ignore_index=True)
    (group,) = cells_of((usable,), [*CELL, "edition"])
    grouped = usable["value"].groupby(group, sort=False)
    counted = pd.DataFrame({"sn_mean": grouped.mean(), "sn_median": grouped.median(), "sn_n": grouped.size()})
    table = usable.loc[~pd.Series(group).duplicated().to_numpy(dtype=bool), [*CELL, "edition"]].reset_index(drop=True)
    table = table.join(counted.reset_index(drop=True)).merge(list_sizes, on=["period_end", "edition"], how="left")
    enough = table["sn_n"] >= FEWEST
    means = {name: table[name].where(enough) for name in ("sn_mean", "sn_median")}
    return table.assign(**means)[COLUMNS]
