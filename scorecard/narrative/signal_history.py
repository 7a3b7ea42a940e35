"""Each signal of a series in one sentence: what was seen, when, and how often chance alone would show it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any, NamedTuple

import pandas as pd

from scorecard.analysis.spc.false_alarms import chance_of_rule, chance_of_signal
from scorecard.core.periods import month_words
from scorecard.core.rows import Row, missing
from scorecard.core.vocabulary import count_words, period_noun
from scorecard.narrative.phrases import figure, rises

RULES = ("trend", "shift", "two_of_three", "limit")  # the one that tells most of an episode names it
RULE_WORDS = {
    "trend": "Seven or more in a row going one way come up",
    "shift": "Seven or more in a row on one side of the mean come up",
    "two_of_three": "Two of three near a limit come up",
    "limit": "A figure outside a limit comes up",
}

LONG_RUN = 9  # a run of more figures than this is far rarer than the seven that the rule asks for


class Episode(NamedTuple):
    """Points next to each other that signal the same way: rule names it; points of its segment are `of`."""

    rule: str
    up: bool
    point_type: str
    figures: int
    first: pd.Timestamp
    last: pd.Timestamp
    value: float
    mean: float
    of: int
    outside: tuple[pd.Timestamp, ...]


def episodes(points: Sequence[dict[str, Any]]) -> list[Episode]:
    """The signals of a series, oldest first: neighbours that signal the same way, in one segment, are one episode.

    points: rows of spc.points of one measure and area, in order of month.
    """
    found = []
    for _, group in groupby(points, key=lambda point: point["segment"]):
        segment = [point for point in group if not missing(point["value"])]
        for runs in _signalling(segment):
            causes = [str(point["special_cause"]) for point in runs]
            rules = [rule for rule in RULES if any(rule in cause for cause in causes)]
            outside = tuple(point["period_end"] for point, cause in zip(runs, causes, strict=True) if "limit" in cause)
            last = runs[-1]
            found.append(
                Episode(
                    rules[0], rises(causes[-1]), str(last["point_type"]), len(runs), runs[0]["period_end"],
                    last["period_end"], float(last["value"]), float(last["mean"]), len(segment), outside,
                )
            )  # fmt: skip
    return found


def _signalling(segment: Sequence[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """Runs of neighbouring points that are special the same way."""
    for way, group in groupby(segment, key=_way):
        if way is not None:
            yield list(group)


def _way(point: dict[str, Any]) -> bool | None:
    cause = point["special_cause"]
    return None if missing(cause) or cause == "common_cause" else rises(str(cause))


def explain(row: Row, found: Sequence[Episode]) -> list[str]:
    """Each episode in a sentence or two, newest first, with how many of 100 stable series would show one by chance."""
    return [
        f"{_when(episode)}{_direction(row, episode)}: {_seen(row, episode)}. {_by_chance(episode)}"
        for episode in reversed(found)
    ]


def _when(episode: Episode) -> str:
    first, last = month_words(episode.first), month_words(episode.last)
    return last if first == last else f"{first} to {last}"


def _direction(row: Row, episode: Episode) -> str:
    """' (improving)', ' (worsening)'; a volume goes towards or away from the plan's level; a monitored one neither."""
    if row["kind"] == "volume":
        if missing(row["goal"]) or row["polarity"] == "monitor":
            return ""
        towards = (row["goal"] > episode.mean) == episode.up
        return f" ({'towards' if towards else 'away from'} the plan's level)"
    return {"improvement": " (improving)", "concern": " (worsening)"}.get(episode.point_type, "")


def _seen(row: Row, episode: Episode) -> str:
    noun = period_noun(int(row["months_between"]))
    count, side = count_words(episode.figures), "above" if episode.up else "below"
    limit = f"the {'upper' if episode.up else 'lower'} limit"
    if episode.rule == "limit":
        one = episode.figures == 1
        return f"{figure(row, episode.value)}, beyond {limit}" if one else f"{count} {noun} in a row beyond {limit}"
    words = {
        "trend": f"{count} {noun} of a {'rise' if episode.up else 'fall'} without a break",
        "shift": f"{count} {noun} in a row {side} the mean of {figure(row, episode.mean)}",
        "two_of_three": f"at least two of three {noun} close to {limit}",
    }[episode.rule]
    return f"{words}{_outside(episode, limit)}"


def _outside(episode: Episode, limit: str) -> str:
    if not episode.outside:
        return ""
    if len(episode.outside) == 1:
        return f", and beyond {limit} in {month_words(episode.outside[0])}"
    return f", {count_words(len(episode.outside))} of them beyond {limit}"


def _by_chance(episode: Episode) -> str:
    chance = chance_of_rule(episode.of, episode.rule)
    if not chance:
        return f"How often chance shows that in a series of only {episode.of} figures is not known."
    words = f"{RULE_WORDS[episode.rule]} somewhere in {_of_100(chance)} of 100 stable series of {episode.of} figures"
    least = 1 if episode.rule == "limit" else LONG_RUN
    rarer = episode.rule != "two_of_three" and episode.figures > least
    return (
        f"{words}; {'so many' if episode.rule == 'limit' else 'so long a run'} far more rarely."
        if rarer
        else f"{words}."
    )


def _of_100(chance: float) -> str:
    return "fewer than 1" if chance < 0.005 else "about 1" if chance < 0.015 else f"about {100 * chance:.0f}"


def by_chance_words(points: int) -> str:
    """How often a stable series of so many points signals anywhere, and in its newest figure; empty under 12."""
    chance = chance_of_signal(points)
    if not chance.anywhere:
        return ""
    return (
        f"Pure chance shows a signal somewhere in {_of_100(chance.anywhere)} of 100 stable series of {points} figures, "
        f"but in the newest figure in only {_of_100(chance.last_point)}: an old signal is no news by itself, a new one "
        "is."
    )


def rebase_words(row: Row, proposal: dict[str, Any]) -> str:
    """A proposal of spc_rebase.suggest_rebase with its evidence; people decide."""
    side = "above" if proposal["direction"] == "shift_high" else "below"
    noun = period_noun(int(row["months_between"]))
    start = month_words(proposal["rebase_from"])
    before, since = figure(row, proposal["mean_before"]), figure(row, proposal["mean_since"])
    begin = (
        "the figures before it had no mean of their own"
        if missing(proposal["mean_before"])
        else (f"the mean was {before} before, and has been {since} since")
    )
    return (
        f"The last {count_words(int(proposal['points_since']))} {noun}, from {start} on, all lie {side} the mean, and "
        f"have settled: {begin}. If there is a known reason why it changed, the board may want limits drawn anew from "
        f"{start}."
    )
