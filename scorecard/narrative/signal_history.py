"""Each signal of a series in one sentence: what was seen, when, and how often chance alone would show it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

import pandas as pd

from scorecard.analysis.arrays import SAME_FIGURE
from scorecard.analysis.spc import rules
from scorecard.analysis.spc.analyse import PROVISIONAL_FROM
from scorecard.analysis.spc.rules import COMMON_CAUSE, FEWEST_OF_A_RUN, Rule, rule_of
from scorecard.analysis.spc.stable import UNLIKELY_BOUND, Alarms
from scorecard.core.periods import month_words, months_from
from scorecard.core.rows import Row, missing
from scorecard.core.vocabulary import RULE_WORDS, UNLIKELY, count_words, lower_first, period_noun
from scorecard.narrative.phrases import figure
from scorecard.narrative.signal import fill_words, way_words


class Episode(NamedTuple):
    """Points next to each other that signal the same way: rule names it; its segment has `of` points."""

    rule: str
    up: bool
    point_type: str
    figures: int
    first: pd.Timestamp
    last: pd.Timestamp
    value: float
    mean: float
    segment: int
    of: int
    outside: tuple[pd.Timestamp, ...]


def episodes(points: Sequence[Row]) -> list[Episode]:
    """The signals of a series, oldest first: neighbours that signal the same way, in one segment, are one episode.

    points: rows of spc.points of one measure and area, in order of month.
    """
    listed = []
    for _, group in groupby(points, key=lambda point: point["segment"]):
        segment = [point for point in group if not missing(point["value"])]
        listed += [_episode(segment, places) for places in _signalling(segment)]
    return listed


def _episode(segment: Sequence[Row], places: Sequence[int]) -> Episode:
    """The episode of the points at these places of a segment, named by the rule that tells most of it."""
    causes = {index: rule_of(str(segment[index]["special_cause"])) for index in places}
    names = {rule.name for rule, _ in causes.values()}
    rule = next(rule for rule in _telling_first() if rule.name in names)
    last, first, figures = segment[places[-1]], places[0], len(places)
    _, up = causes[places[-1]]
    if rule.run:
        named = max(index for index in places if causes[index][0].name == rule.name)
        start, end = _run(segment, named, rule.run, up)
        first, figures = min(first, start), end - start + 1
    outside = tuple(segment[index]["period_end"] for index in places if causes[index][0].name == "limit")
    return Episode(
        rule.name, up, str(last["point_type"]), figures, segment[first]["period_end"], last["period_end"],
        float(last["value"]), float(last["mean"]), int(last["segment"]), len(segment), outside,
    )  # fmt: skip


def _telling_first() -> list[Rule]:
    """The rules by how much of an episode they tell: runs first, a single figure outside a limit last."""
    return sorted(rules.RULES, key=lambda rule: (rule.run is None, rule.run != "steps", rule.name == "limit"))


def _run(segment: Sequence[Row], index: int, run: str, up: bool) -> tuple[int, int]:
    """From where to where the rise, the fall or the time on one side of the mean lasts that a point is part of.

    The rule may name some of its points by another rule: one that is outside a limit, too.
    """
    step = _months_apart(segment, index)
    start = end = index
    while start and _goes_on(segment, start, run, up) and _months_apart(segment, start) == step:
        start -= 1
    while end + 1 < len(segment) and _goes_on(segment, end + 1, run, up) and _months_apart(segment, end + 1) == step:
        end += 1
    return start, end


def _goes_on(segment: Sequence[Row], index: int, run: str, up: bool) -> bool:
    """Whether a point carries on the run of the point before it."""
    before, after = segment[index - 1], segment[index]
    if run == "steps":
        return _beyond(after["value"], before["value"], up)
    return all(_beyond(point["value"], point["mean"], up) for point in (before, after))


def _beyond(value: float, other: float, up: bool) -> bool:
    same = abs(value - other) <= SAME_FIGURE * (1 + abs(other))
    return not same and (value > other) == up


def _months_apart(segment: Sequence[Row], index: int) -> int:
    return months_from(segment[index - 1]["period_end"], segment[index]["period_end"])


def _signalling(segment: Sequence[Row]) -> Iterator[list[int]]:
    """Places of a segment next to each other that are special the same way."""
    for way, group in groupby(range(len(segment)), key=lambda index: _way(segment[index])):
        if way is not None:
            yield list(group)


def _way(point: Row) -> bool | None:
    cause = point["special_cause"]
    return None if missing(cause) or cause == COMMON_CAUSE else rule_of(str(cause))[1]


def explain(row: Row, episodes: Sequence[Episode], alarms: Mapping[int, Alarms]) -> list[str]:
    """Each episode in a sentence or two, newest first, with how many of 100 stable series would show one by chance.

    alarms: of stable series like each segment's (chance.alarms_by_segment).
    """
    return [
        f"{_when(episode)}{_direction(row, episode)}: {_seen(row, episode)}. {_by_chance(episode, alarms)}"
        for episode in reversed(episodes)
    ]


def _when(episode: Episode) -> str:
    first, last = month_words(episode.first), month_words(episode.last)
    return last if first == last else f"{first} to {last}"


def _direction(row: Row, episode: Episode) -> str:
    """' (improving)', ' (away from the plan's level)'; empty where it goes neither way."""
    way = way_words({**row, "variation": episode.point_type})
    return f" ({lower_first(way)})" if way else ""


def _seen(row: Row, episode: Episode) -> str:
    rule_words = RULE_WORDS[episode.rule]
    seen = rule_words.alone if rule_words.alone and episode.figures == 1 else rule_words.episode
    episode_text = fill_words(
        seen[not episode.up], row, episode.figures, mean=figure(row, episode.mean), value=figure(row, episode.value)
    )
    limit = f"the {'upper' if episode.up else 'lower'} limit"
    return episode_text if episode.rule == "limit" else f"{episode_text}{_outside(episode, limit)}"


def _outside(episode: Episode, limit: str) -> str:
    if not episode.outside:
        return ""
    if len(episode.outside) == 1:
        return f", and beyond {limit} in {month_words(episode.outside[0])}"
    return f", {count_words(len(episode.outside))} of them beyond {limit}"


def _by_chance(episode: Episode, alarms: Mapping[int, Alarms]) -> str:
    like = alarms.get(episode.segment)
    if like is None or episode.rule not in like.longest:
        return f"How often chance shows that in a series of {episode.of} figures is not known."
    rule = next(rule for rule in rules.RULES if rule.name == episode.rule)
    counted = RULE_WORDS[episode.rule].by_chance
    often = _of_100(like.of_rule(episode.rule))
    so_often = f"{counted} somewhere in {often} of 100 stable series of {episode.of} such figures"
    least = FEWEST_OF_A_RUN[rule.run] if rule.run else rule.window
    if episode.figures <= least or (not rule.run and rule.window > 1):
        return f"{so_often}."
    so_long = "so long a run" if rule.run else "so many in a row"
    return f"{so_often}; {so_long} in {_of_100(like.of_rule(episode.rule, episode.figures))}."


def _of_100(chance: float) -> str:
    return "fewer than 1" if chance < 0.005 else "about 1" if chance < 0.015 else f"about {100 * chance:.0f}"


def by_chance_words(points: int, alarms: Alarms) -> str:
    """How often stable series of so many figures, like the measure's, signal anywhere and in their newest figure.

    alarms: of stable series like the last segment. Empty where there are too few, and nothing may be shown.
    """
    if points < PROVISIONAL_FROM:
        return ""
    rare = alarms.newest < UNLIKELY_BOUND
    news = "a new one is" if rare else f"and a new one only where it says '{UNLIKELY}'"
    return (
        f"Where nothing changes, chance marks the newest figure of {'only ' * rare}{_of_100(alarms.newest)} in 100 "
        f"such series, and some figure of {points} in {_of_100(alarms.somewhere)}: an old mark is no news by itself, "
        f"{news}."
    )


def rebase_words(row: Row, proposal: Row) -> str:
    """A proposal of spc.suggest_rebase with its evidence; people decide."""
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
