"""The frame of published figures that a comparison is made of, and areas that are two authorities' joint return.

Columns: measure_id, area (a number, or 'a / b' of a joint return), period_end, months, value, symbol, numerator,
denominator. A figure with a symbol that stands for no number, or that rounds to nought, is not comparable.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

JOINT = " / "
CELL = ["measure_id", "period_end", "months"]
NO_NUMBER = ("low",)  # nought that isn't nought: a value to draw, and none to average or rank


def comparable(figures: pd.DataFrame) -> NDArray[np.bool_]:
    """Which figures can be averaged and ranked."""
    return np.asarray(figures["value"].notna() & ~figures["symbol"].isin(NO_NUMBER), dtype=np.bool_)


def each_authority_once(figures: pd.DataFrame) -> pd.DataFrame:
    """Figures without a joint return where one of its halves has a figure of its own in the same period."""
    joint = figures["area"].str.contains(JOINT, regex=False)
    if not joint.any():
        return figures
    halves = figures[joint].assign(half=figures.loc[joint, "area"].str.split(JOINT)).explode("half")
    single = figures.loc[~joint, [*CELL, "area"]].rename(columns={"area": "half"})
    doubled = halves.merge(single, on=[*CELL, "half"])[[*CELL, "area"]].drop_duplicates()
    found = figures[[*CELL, "area"]].merge(doubled, on=[*CELL, "area"], how="left", indicator="found")
    return figures[(found["found"] == "left_only").to_numpy()]


def by_member(figures: pd.DataFrame) -> pd.DataFrame:
    """A row for each authority that a figure stands for, its number as `member`; its own figure before a joint one."""
    joint = figures["area"].str.contains(JOINT, regex=False).to_numpy(dtype=bool)
    alone = figures.assign(member=figures["area"])
    if not joint.any():
        return alone
    halves = figures[joint].assign(member=figures.loc[joint, "area"].str.split(JOINT)).explode("member")
    together = pd.concat([alone[~joint], halves.astype({"member": "str"})], ignore_index=True)
    return together.drop_duplicates([*CELL, "member"])


def own_figures(figures: pd.DataFrame, own: str) -> pd.DataFrame:
    """The figures that stand for one authority: its own, or those of the joint return it is part of."""
    members = by_member(figures[figures["area"].str.contains(own, regex=False)])
    return members[members["member"] == own].drop(columns="member").reset_index(drop=True)
