"""Revisions: how first figures differ from the latest ones, and how much those of a measure are usually revised."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from scorecard.core.numbers import amount_words
from scorecard.core.observations import OBSERVATION_KEY
from scorecard.core.periods import period_words
from scorecard.core.types import Unit

FEWEST_SENT_AGAIN = 6  # periods that were sent at least twice, before anything is said of what is usual
MOSTLY = 0.75  # of the revisions that changed anything go one way, for that way to be named
REVISION_COLUMNS = [
    *OBSERVATION_KEY,
    "first_value",
    "latest_value",
    "revision",  # latest − first; NaN where either is no number
    "revised",  # whether value, numerator, denominator or symbol of the latest differ from the first
    "times_sent",  # by how many extracts
    "first_received",
    "last_received",
]
_FIGURE = ["value", "numerator", "denominator", "symbol"]


class UsualRevision(NamedTuple):
    """How much first figures of a measure are usually revised: in its unit, and in a sentence."""

    periods: int  # that were sent at least twice
    revised: int  # of them
    median: float  # of the sizes of all revisions, nothing changed counting as 0
    largest: float
    sentence: str


def revisions(versions: pd.DataFrame) -> pd.DataFrame:
    """A row a figure: its first version, its latest, and what lies between, in REVISION_COLUMNS.

    versions: every version of every figure (the agreed columns and recorded_to), without those of extracts that were
    withdrawn. The latest is the one still in force, else the one recorded last.
    """
    ordered = versions.sort_values([*OBSERVATION_KEY, "recorded_from"], kind="stable", na_position="first")
    grouped = ordered.groupby(OBSERVATION_KEY, sort=False)
    first, latest = grouped.nth(0).reset_index(drop=True), grouped.nth(-1).reset_index(drop=True)
    same = np.logical_and.reduce([_same(first[name], latest[name]) for name in _FIGURE])
    frame = first[OBSERVATION_KEY].assign(
        first_value=first["value"],
        latest_value=latest["value"],
        revision=latest["value"] - first["value"],
        revised=~same,
        first_received=first["recorded_from"],
        last_received=latest["recorded_from"],
    )
    times = grouped["extract_id"].nunique().rename("times_sent").reset_index()
    return frame.merge(times, on=OBSERVATION_KEY)[REVISION_COLUMNS]


def _same(left: pd.Series, right: pd.Series) -> np.ndarray:
    equal = (left == right).to_numpy(dtype=bool, na_value=False)
    both: np.ndarray = equal | (left.isna() & right.isna()).to_numpy(dtype=bool)
    return both


def usual_revision(revised: pd.DataFrame, unit: Unit, decimals: int) -> UsualRevision | None:
    """How much the first figures of one measure are usually revised; None while too few were sent again to say.

    revised: `revisions` of the measure. unit, decimals: the measure's.
    """
    again = revised[(revised["times_sent"] > 1) & revised["revision"].notna()]
    if len(again) < FEWEST_SENT_AGAIN:
        return None
    sizes = again["revision"].abs()
    changed = again[sizes > 0]
    most = again.iloc[int(sizes.to_numpy().argmax())]
    usual = UsualRevision(len(again), len(changed), float(sizes.median()), float(sizes.max()), "")
    if changed.empty:
        sentence = f"{len(again)} figures were sent again, and none had changed."
        return usual._replace(sentence=f"First figures of this measure are not usually revised: {sentence}")
    size = amount_words(usual.median, unit, decimals)
    largest = amount_words(usual.largest, unit, decimals)
    period = period_words(most["period_end"], int(most["months"]))
    start = (
        f"First figures of this measure are usually revised by {size}{_way(changed['revision'])}"
        if usual.median > 0
        else "Most first figures of this measure are not revised"
    )
    return usual._replace(
        sentence=f"{start}: {len(changed)} of {len(again)} figures that were sent again had changed, "
        f"{period} most, by {largest}."
    )


def _way(changes: pd.Series) -> str:
    up = float((changes > 0).mean())
    if up >= MOSTLY:
        return ", mostly upwards"
    return ", mostly downwards" if up <= 1 - MOSTLY else ""
