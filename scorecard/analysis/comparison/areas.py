"""The frame of published figures that a comparison is made of, and areas that are two authorities' joint return.

Columns: measure_id, area (a number, or 'a / b' of a joint return), period_end, months, value, symbol, numerator,
denominator. A figure with a symbol that stands for no number, or that rounds to zero, is not comparable.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

JOINT = " / "
CELL = ["measure_id", "period_end", "months"]
NO_NUMBER = ("low",)  # zero that isn't zero: a value to draw, and none to average or rank


def comparable(figures: pd.DataFrame) -> NDArray[np.bool_]:
    """Which figures can be averaged and ranked."""
    return np.asarray(figures["value"].notna() & ~figures["symbol"].isin(NO_NUMBER), dtype=np.bool_)


def cells_of(frames: Sequence[pd.DataFrame], keys: Sequence[str] = CELL) -> list[NDArray[np.int64]]:
    """For each row of some frames a number that is the same where all its keys are."""
    codes = np.zeros(sum(map(len, frames)), dtype=np.int64)
    for key in keys:
        part, known = pd.factorize(pd.concat([frame[key] for frame in frames], ignore_index=True))
        codes = codes * (len(known) + 1) + part
    return np.split(codes, np.cumsum([len(frame) for frame in frames])[:-1])


def each_authority_once(figures: pd.DataFrame) -> pd.DataFrame:
    """Figures without a joint return where one of its halves has a figure of its own in the same period."""
    joint = of_several(figures["area"])
    if not joint.any():
        return figures
    halves = _each_half(figures.loc[joint, [*CELL, "area"]].assign(at=np.flatnonzero(joint)))
    alone = figures["area"].isin(halves["member"].unique()).to_numpy(dtype=bool)
    single = figures.loc[alone, [*CELL, "area"]].rename(columns={"area": "member"})
    is_kept = np.ones(len(figures), dtype=bool)
    is_kept[halves.merge(single, on=[*CELL, "member"])["at"].to_numpy()] = False
    return figures[is_kept]


def of_several(areas: pd.Series) -> NDArray[np.bool_]:
    """Which areas are a joint return."""
    joint = [area for area in areas.unique() if JOINT in area]
    return np.asarray(areas.isin(joint), dtype=np.bool_)


def _each_half(figures: pd.DataFrame) -> pd.DataFrame:
    """A row for each half of joint returns, its number as `member`."""
    halves = figures.assign(member=figures["area"].str.split(JOINT)).explode("member", ignore_index=True)
    return halves.astype({"member": "str"})


def by_member(figures: pd.DataFrame) -> pd.DataFrame:
    """A row for each authority that a figure stands for, its number as `member`; its own figure before a joint one."""
    joint = of_several(figures["area"])
    alone = figures.assign(member=figures["area"])
    if not joint.any():
        return alone
    together = pd.concat([alone[~joint], _each_half(figures[joint])], ignore_index=True)
    return together.drop_duplicates([*CELL, "member"])


def own_figures(figures: pd.DataFrame, own: str) -> pd.DataFrame:
    """The figures that stand for one authority: its own, or those of the joint return it is part of."""
    ours = [area for area in figures["area"].unique() if own in area.split(JOINT)]
    members = by_member(figures[figures["area"].isin(ours).to_numpy(dtype=bool)])
    return members[members["member"] == own].drop(columns="member").reset_index(drop=True)
