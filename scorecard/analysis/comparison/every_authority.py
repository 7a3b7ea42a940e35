"""Every authority beside its own neighbours, its region and the country, and its rank among all: in one pass."""

from __future__ import annotations

import numpy as np
import pandas as pd

from scorecard.analysis.comparison.areas import CELL, JOINT, by_member, cells_of, comparable, of_several
from scorecard.analysis.comparison.neighbours import FEWEST
from scorecard.analysis.comparison.ranks import QUARTERS


def ranks(figures: pd.DataFrame) -> pd.DataFrame:
    """The rank of each figure among all of its measure and period, as ranks.rank_among gives it; <NA> where none.

    figures: of authorities, each once (comparison.areas). On their index: england_of (how many there are),
    england_rank_lowest_first, england_rank_highest_first, england_quarter_lowest_first (1 to 4).
    """
    known = figures.loc[comparable(figures), [*CELL, "value"]]
    among = known.groupby(CELL)["value"]
    lowest = among.rank(method="min").astype("int64")
    ranked = among.transform("size").astype("int64")
    table = pd.DataFrame(
        {
            "england_of": ranked,
            "england_rank_lowest_first": lowest,
            "england_rank_highest_first": among.rank(method="min", ascending=False).astype("int64"),
            "england_quarter_lowest_first": (lowest - 1) * QUARTERS // ranked + 1,
        },
        index=known.index,
    )
    return table.reindex(figures.index).astype("Int64")


def with_own_neighbours(figures: pd.DataFrame, lists: pd.DataFrame) -> pd.DataFrame:
    """Each authority beside its own neighbours: CELL, area (its number), edition, sn_mean, sn_median, sn_n, ranks, gap.

    figures: of authorities that can be averaged. lists: period_end, edition, owner, neighbour (numbers). A joint return
    stands for each of its halves, and is no neighbour of either. NaN where fewer than FEWEST have a figure.
    """
    members = by_member(figures[comparable(figures)])[[*CELL, "area", "member", "value"]]
    near = _near(members, lists)
    theirs, ours = cells_of((near, members.rename(columns={"member": "owner"})), [*CELL, "owner"])
    own = pd.Series(members["value"].to_numpy(dtype=np.float64), index=ours).reindex(theirs).to_numpy()
    value = near["value"].to_numpy(dtype=np.float64)
    (group,) = cells_of((near.assign(of=theirs),), ["of", "edition"])
    both = pd.DataFrame({"group": group, "value": value, "own": own, "lower": value < own, "higher": value > own})
    counted = both.groupby("group", sort=False).agg(
        own=("own", "first"), sn_mean=("value", "mean"), sn_median=("value", "median"), sn_n=("value", "size"),
        sn_rank_lowest_first=("lower", "sum"), sn_rank_highest_first=("higher", "sum"),
    )  # fmt: skip
    first = ~pd.Series(group).duplicated().to_numpy(dtype=bool)
    table = near.loc[first, [*CELL, "owner", "edition"]].reset_index(drop=True).join(counted.reset_index(drop=True))
    enough = table["sn_n"] >= FEWEST
    means = {name: table[name].where(enough) for name in ("sn_mean", "sn_median")}
    ranked = {
        name: (table[name] + 1).where(table["own"].notna())
        for name in ("sn_rank_lowest_first", "sn_rank_highest_first")
    }
    table = table.assign(**means, **ranked).rename(columns={"owner": "area"})
    return table.assign(gap_to_sn_mean=table["own"] - table["sn_mean"]).drop(columns="own")


def _near(members: pd.DataFrame, lists: pd.DataFrame) -> pd.DataFrame:
    """Each authority's neighbours with their figures, each area once: owner, edition, CELL, area, value."""
    named = members[["period_end", "member"]].assign(at=np.arange(len(members)))
    near = lists.merge(named.rename(columns={"member": "neighbour"}), on=["period_end", "neighbour"])
    at = near["at"].to_numpy(dtype=np.int64)
    columns = {name: members[name].to_numpy()[at] for name in (*CELL, "area", "value")}
    near = near[["owner", "edition"]].assign(**columns)
    joint = of_several(members["area"])[at]
    rows = zip(near["owner"].to_numpy()[joint], near["area"].to_numpy()[joint], strict=True)
    half = np.array([owner in area.split(JOINT) for owner, area in rows], dtype=np.bool_)
    again = near[joint].duplicated([*CELL, "edition", "owner", "area"]).to_numpy(dtype=bool)
    is_kept = np.ones(len(near), dtype=np.bool_)
    is_kept[joint] = ~half & ~again
    return near[is_kept]
