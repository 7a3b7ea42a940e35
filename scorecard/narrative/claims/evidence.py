"""What a claim about a measure is held against: a few facts of its row of the assessment, and its figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, NamedTuple

import pandas as pd

from scorecard.core.periods import add_months, month_words
from scorecard.core.rows import Row, missing
from scorecard.core.types import ComparatorKind
from scorecard.narrative.phrases import figure, level
from scorecard.narrative.signal import level_name, signal

KINDS: tuple[ComparatorKind, ...] = ("statistical_neighbour", "regional", "national")


class Compared(NamedTuple):
    """How the latest figure stands to others: figure − theirs, theirs, and what both are in words."""

    difference: float
    theirs: float
    words: str


@dataclass(frozen=True)
class Evidence:
    """What is known of a measure in a month; None: not known, so that nothing can be held against it.

    figures: its own, by month, oldest first. better: which way is good ('up', 'down', or '' where neither is).
    variation, status: the assessment's words. signal: whether the last figure is special, be it perhaps chance.
    signal_up: it points up. since: since when what it signals has lasted. missed_since: since when no figure met the
    target. goal: the target's edge. chance: of meeting the target. behind: behind the line to it beyond chance.
    margin: how far a figure may lie from its level by chance. region: the name of the authority's own. The texts say
    the same to people.
    """

    figures: Mapping[date, float]
    better: Literal["up", "down", ""] = ""
    variation: str | None = None
    signal: bool = False
    signal_up: bool | None = None
    since: date | None = None
    status: str | None = None
    missed_since: date | None = None
    goal: float | None = None
    chance: float | None = None
    behind: bool = False
    margin: float | None = None
    compared: Mapping[str, Compared] = field(default_factory=dict)
    change_words: str = ""
    target_words: str = ""
    ahead_words: str = ""
    unit: str = "number"
    decimals: int = 1
    region: str = ""

    @property
    def month(self) -> date:
        """The latest figure's month."""
        return max(self.figures)

    @property
    def latest(self) -> float:
        """The latest figure."""
        return self.figures[self.month]

    @property
    def before(self) -> float | None:
        """The figure before it."""
        months = sorted(self.figures)
        return self.figures[months[-2]] if len(months) > 1 else None

    @property
    def way(self) -> Literal["better", "worse", "same", ""]:
        """Which way the latest figure lies of the one before."""
        return self.way_from(self.before)

    def way_from(self, earlier: float | None) -> Literal["better", "worse", "same", ""]:
        """Which way the latest figure lies of an earlier one; '' where there is none, or neither way is good."""
        if earlier is None or not self.better:
            return ""
        change = self.latest - earlier
        return "same" if change == 0 else "better" if (change > 0) == (self.better == "up") else "worse"

    def in_month(self, month: date) -> float | None:
        """The figure of a month, by its last day."""
        return self.figures.get(month)

    def months_back(self, months: int) -> float | None:
        """The figure of so many months before the latest."""
        return self.figures.get(add_months(self.month, -months))

    def figure_text(self, value: float) -> str:
        """A value in the measure's unit."""
        return figure({"unit": self.unit, "decimals": self.decimals}, value)

    def step_words(self) -> str:
        """'It was 80% in June 2020 and 82% in July 2020.'"""
        months = sorted(self.figures)[-2:]
        texts = [f"{self.figure_text(self.figures[month])} in {month_words(month)}" for month in months]
        return f"It was {' and '.join(texts)}."


def evidence_of(row: Row, series: pd.DataFrame, chance: Row, ahead_words: str, region: str = "") -> Evidence | None:
    """The evidence of one measure; None where it has no figure.

    row: of the assessment. series: its own rows of assessment.series (period_end, value). chance: its row of
    projection.outlook.outlook. ahead_words: the same in words. region: the name of the authority's own.
    """
    known = series.dropna(subset=["value"])
    if known.empty:
        return None
    polarity = {"higher_is_better": "up", "lower_is_better": "down"}.get(str(row["polarity"]), "")
    last_signal = signal(row)
    return Evidence(
        figures={end.date(): float(value) for end, value in zip(known["period_end"], known["value"], strict=True)},
        better=polarity if not level_name(row) else "",  # type: ignore[arg-type]
        variation=_or_none(row["variation"]),
        signal=bool(row["signal"]),
        signal_up=_or_none(row["signal_up"]),
        since=_day(row["run_since"]),
        status=_or_none(row["status"]),
        missed_since=_day(row["missed_since"]),
        goal=_or_none(row["goal"]),
        chance=_or_none(chance["chance_of_meeting"]),
        behind=bool(row["behind_beyond_chance"]),
        margin=_or_none(row["chance_margin"]),
        compared=_compared(row),
        change_words=last_signal.sentence if last_signal else _not_shown(row),
        target_words=f"{row['value_words']}, {level(row)} {row['target_words']}: {row['distance_words']}.",
        ahead_words=f"{ahead_words.removesuffix('.')}.",
        unit=row["unit"],
        decimals=int(row["decimals"]),
        region=region,
    )


def _not_shown(row: Row) -> str:
    return f"Change can't be told from chance yet: {row['no_limits']}." if not missing(row["no_limits"]) else ""


def _compared(row: Row) -> dict[str, Compared]:
    names = {"statistical_neighbour": "Statistical neighbours", "regional": "The region", "national": "England"}
    compared: dict[str, Compared] = {}
    for kind in KINDS:
        difference = row[f"{kind}_difference"]
        if not missing(difference):
            theirs = float(row["value"]) - float(difference)
            both_figures = f"{names[kind]}: {figure(row, theirs)}; here {figure(row, row['value'])}."
            compared[kind] = Compared(float(difference), theirs, both_figures)
    return compared


def _or_none(value: Any) -> Any:
    return None if missing(value) else value


def _day(value: Any) -> date | None:
    return None if missing(value) else pd.Timestamp(value).date()
