"""How often would this measure signal if nothing changed? By simulation, from its own figures.

The rules' odds are those of normal figures that don't lean on each other. A share near 100 % of few, a count of one or
two, rounded figures and months that lean on the month before signal more often. So stable series are drawn that are
like a measure's own: as many figures, the same level, denominators, rounding and lean; the rules judge them.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import lru_cache
from typing import Literal, NamedTuple

import numpy as np

from scorecard.analysis.arrays import Flags, Floats, Ints
from scorecard.analysis.spc import rules
from scorecard.analysis.spc.denominators import far_from_usual, usual_denominator
from scorecard.analysis.spc.limits import MEAN_TO_LIMIT, Segments, evidence_of, limits_of, mean_of
from scorecard.analysis.spc.rules import FEWEST_OF_A_RUN, special_cause, special_causes
from scorecard.analysis.spc.slope import about_best_step, straight_line

SERIES = 1_500  # drawn for each kind: a chance of 2 % is then known within 0.4 %
SEED = 20
LONGEST, ALIKE_FROM, ALIKE_BY = 60, 36, 6  # figures: beyond 36 the newest one's chance changes slowly, beyond 60 not
NEARLY_NORMAL = 10.0  # n p (1 − p), or a mean count, from which figures are as good as normal
SEEN_BY_RULES = 8  # the newest figures that decide whether the newest one is special
STANDARD_DEVIATIONS = 3.0
PERCENT = 100.0
# A signal is 'unlikely to be chance' where stable series like the measure's show so strong a one in fewer than 3 of
# 100 newest figures; from there on it is 'perhaps chance'.
UNLIKELY_BOUND = 0.03
# In-month figures lean where their autocorrelation is above spc.AUTOCORRELATION_BOUND and above this too once the best
# step or straight line is taken away, which would explain it.
LEAN_BEYOND_A_CHANGE = 0.2
FEWEST_TO_LEAN = 0.2
# Taking a step or a line away lowers the autocorrelation of n figures by about 3 ÷ n, and shrinks it by 5 ÷ n or more:
# chosen so that of series that lean by 0.3 and 0.6 as many signal as is expected (benchmarks.chance.false_alarms).
TAKEN, SHRUNK, FEWEST_STRETCHED = 3.0, 5.0, 12
SAME_TO = 9  # decimals: figures that differ by less are the same
COARSE = 1.5  # standard deviations in one step of rounding, from which few different figures are left
Draws = Literal["share", "count", "normal", "figures"]


class Kind(NamedTuple):
    """What a stable series is drawn from; rounded, so that like measures share what was simulated.

    draws: share (binomial), count (Poisson), normal, or figures (its own, each as often as it came: of coarsely
    rounded ones it matters where between two steps the level lies). mean: a share of 1, a count, or 0. beyond: the
    standard deviation of the level from month to month beyond what share or count gives; of normal figures 1. of:
    denominators, one a figure (or one for all); of `figures` these themselves, in steps from their median. step: what
    figures are rounded to (0: not at all). lean: lag-one autocorrelation of the months.
    """

    points: int
    draws: Draws
    mean: float
    beyond: float
    of: tuple[float, ...]
    step: float
    lean: float


class Simulated(NamedTuple):
    """Of the simulated series, for their last point: rule (place in rules.RULES, counted from 1; 0 for none), strength
    (for a limit the distance from the mean ÷ that of the limit, for a trend or a shift how many figures it has lasted,
    for two of three 0), up (it points up) and rarity (the share of series that signal by the same rule at least so
    strongly; 1 for none).
    """

    rule: Ints
    strength: Floats
    up: Flags
    rarity: Floats


def kind_of(value: Floats, denominator: Floats, unit: str, decimals: int) -> Kind:
    """What a stable series like these figures is drawn from; of the same figures it is found once.

    value: the figures of the last segment, no gaps. denominator: of each, NaN where none (one far from usual, which
    has limits of its own, is taken as the usual one). unit, decimals: the measure's.
    """
    values, denominators = (np.asarray(each, dtype=np.float64).tobytes() for each in (value, denominator))
    return _kind_of(values, denominators, unit, decimals)


@lru_cache(maxsize=1_000)
def _kind_of(values: bytes, denominators: bytes, unit: str, decimals: int) -> Kind:
    value, denominator = np.frombuffer(values), np.frombuffer(denominators)
    points = min(len(value), LONGEST)
    points -= (points - ALIKE_FROM) % ALIKE_BY if points > ALIKE_FROM else 0
    value, denominator = value[-points:], denominator[-points:]
    lean = lean_of(value)
    step = 10.0**-decimals if np.allclose(value, np.round(value, decimals), atol=1e-9) else 0.0
    mean = float(value.mean())
    ranges = float(np.abs(np.diff(value)).mean()) * MEAN_TO_LIMIT / STANDARD_DEVIATIONS
    variance = max(ranges**2, 1e-12) / (1 - lean)
    lean = round(lean, 1)
    normal = _as_rounded(value, points, step / math.sqrt(variance), step, lean)
    if unit == "percent" and 0 <= mean <= PERCENT:
        share = mean / PERCENT
        one_series = np.zeros(points, dtype=np.int64)
        usual = usual_denominator(denominator, one_series, 1)
        of = np.where(far_from_usual(denominator, one_series, 1), usual, denominator)
        of = np.where(of > 0, of, np.nan)
        if np.isnan(of).any():
            alike = _significant(max(share * (1 - share), 1e-6) * PERCENT**2 / variance)
            if alike * share * (1 - share) >= NEARLY_NORMAL:
                return normal
            return Kind(points, "share", _near_a_bound(share), 0.0, (max(alike, 1.0),), step, 0.0)
        if float(of.min()) * share * (1 - share) >= NEARLY_NORMAL:
            return normal
        known = tuple(_significant(float(each)) for each in of)
        by_chance = PERCENT**2 * share * (1 - share) * float((1 / of).mean())
        beyond = _beyond(variance - by_chance, by_chance) / PERCENT
        return Kind(points, "share", _near_a_bound(share), beyond, known, step, lean if beyond else 0.0)
    if unit == "number" and step == 1.0 and value.min() >= 0 and mean < NEARLY_NORMAL:
        beyond = _beyond(variance - mean, mean)
        return Kind(points, "count", _significant(mean), beyond, (), 0.0, lean if beyond else 0.0)
    return normal


def _as_rounded(value: Floats, points: int, coarse: float, step: float, lean: float) -> Kind:
    """What figures without a law of their own are drawn from. coarse: standard deviations in a step of rounding."""
    if coarse < COARSE:
        return Kind(points, "normal", 0.0, 1.0, (), round(2 * coarse) / 2, lean)
    steps = np.round((value - np.median(value)) / step)
    return Kind(points, "figures", 0.0, 0.0, tuple(np.sort(steps).tolist()), 0.0, 0.0)


def _beyond(variance: float, of_chance: float) -> float:
    """The standard deviation beyond chance, to two digits; nothing where it is no more than half of chance's own."""
    return _significant(math.sqrt(variance)) if variance > 0.5 * of_chance else 0.0


def _near_a_bound(share: float) -> float:
    """A share, to two digits of what it lacks of the nearer bound."""
    return 1 - _significant(1 - share) if share > 0.5 else _significant(share)


def _significant(number: float, digits: int = 2) -> float:
    return float(f"{number:.{digits}g}")


def lean_of(value: Floats) -> float:
    """How far months lean on the month before beyond a change: the lag-one autocorrelation (0 to 0.9) about the better
    of the best step and the straight line, with what taking that away costs given back (TAKEN, SHRUNK); 0 where it is
    under FEWEST_TO_LEAN before it is stretched.
    """
    left = autocorrelation_beyond_a_change(value)
    lean = left + TAKEN / len(value) if left else 0.0
    return min(lean / (1 - SHRUNK / max(len(value), FEWEST_STRETCHED)), 0.9) if lean >= FEWEST_TO_LEAN else 0.0


def autocorrelation_beyond_a_change(value: Floats) -> float:
    """The lag-one autocorrelation of what the better of the best step and the straight line leaves over."""
    start, count = np.zeros(1, dtype=np.int64), np.array([len(value)])
    line = straight_line(value, start, count)
    if len(value) > 2 and line.about_line[0] <= about_best_step(value, start, count)[0]:
        rest = value - value.mean() - line.slope[0] * (np.arange(len(value)) - (len(value) - 1) / 2)
    else:
        rest = value - _two_levels(value)
    total = float(rest @ rest)
    return float(rest[1:] @ rest[:-1]) / total if total > 1e-18 * max(float(value @ value), 1e-300) else 0.0


def _two_levels(value: Floats) -> Floats:
    """The means before and after the best single step."""
    so_far = np.cumsum(value - value.mean())[:-1]
    position = np.arange(1, len(value))
    at = int(position[np.argmax(so_far**2 / (position * (len(value) - position)))])
    return np.repeat([value[:at].mean(), value[at:].mean()], [at, len(value) - at])


def chance_of_signal_like(kind: Kind, cause: str = "", reach: float = 0.0, run: int = 0) -> float:
    """The share of stable series of a kind whose newest figure signals; of a cause, one that is at least so rare.

    cause: of rules.special_causes(); '' for any signal. reach, run: the distance from the mean ÷ that of the limit, and
    how many figures the run has lasted, of the signal that was seen. How rare a signal is, is told within its rule.
    """
    chances = simulated(kind)
    if not cause:
        return float((chances.rule > 0).mean())
    rule = _rule(np.array([special_causes().index(cause)]))
    strength = _strength(rule, np.array([reach]), np.array([run]))
    rarity = ((chances.rule == rule) & (chances.strength >= strength * (1 - 1e-9))).mean()
    return float((chances.rarity <= max(rarity, 0.5 / SERIES)).mean())


def chance_of_rare_signal_like(kind: Kind, up: bool) -> float:
    """The share of stable series of a kind whose newest figure points up (or down) so rarely that it is unlikely."""
    chances = simulated(kind)
    return float(((chances.rule > 0) & (chances.up == up) & (chances.rarity < UNLIKELY_BOUND)).mean())


def _rule(cause: Ints) -> Ints:
    return (cause + 1) // 2


def _strength(rule: Ints, reach: Floats, run: Ints) -> Floats:
    outside, runs = rules.RULES.index(rules.OUTSIDE) + 1, [*_places("steps"), *_places("side")]
    return np.where(rule == outside, reach, np.where(np.isin(rule, runs), run, 0.0))


def _places(run: str) -> list[int]:
    """The places in rules.RULES, counted from 1, of the rules that tell of a run of steps, or of one side."""
    return [place for place, rule in enumerate(rules.RULES, start=1) if rule.run == run]


class Alarms(NamedTuple):
    """How often stable series of a kind signal though nothing changes.

    newest: the share whose newest figure signals. somewhere: that show a signal anywhere. longest: by rule, for each
    series the most figures in a row that the rule makes something of (0: none).
    """

    newest: float
    somewhere: float
    longest: Mapping[str, Ints]
    lengths: float
    """How many times as long as those drawn a series is."""

    def of_rule(self, rule: str, figures: int = 1) -> float:
        """The share of series in which so many figures in a row, or more, come up by a rule somewhere."""
        return _as_long(float((self.longest[rule] >= max(figures, 1)).mean()), self.lengths)


def alarms_like(kind: Kind, points: int) -> Alarms:
    """How often stable series of a kind signal, of so many figures: more than kind_of draws count in proportion."""
    lengths = max(points / kind.points, 1.0)
    somewhere, longest = _somewhere(kind)
    return Alarms(chance_of_signal_like(kind), _as_long(somewhere, lengths), longest, lengths)


def _as_long(share: float, lengths: float) -> float:
    """The share of longer series that show something which so large a share of shorter ones shows."""
    return float(1 - (1 - share) ** lengths)


@lru_cache(maxsize=100)
def _somewhere(kind: Kind) -> tuple[float, Mapping[str, Ints]]:
    """Of the series of simulated(kind), all their points: the share that signals anywhere, and Alarms.longest."""
    value = draw(kind, np.random.default_rng(SEED))
    series = _segments(value)
    limits = limits_of(series)
    cause = special_cause(evidence_of(series, limits)).reshape(value.shape).astype(np.int64)
    mean = mean_of(series, None)[:, None]
    away, change = (np.sign(np.round(each, SAME_TO)) for each in (value - mean, np.diff(value, axis=1)))
    runs = {"side": _longest(away), "steps": _longest(change) + 1}
    longest: dict[str, Ints] = {}
    for rule_number, rule in enumerate(rules.RULES, start=1):
        named = np.where(_rule(cause) == rule_number, cause, 0)
        if rule.run:
            longest[rule.name] = runs[rule.run] * (runs[rule.run] >= FEWEST_OF_A_RUN[rule.run])
        elif rule.window == 1:
            longest[rule.name] = _longest(named)
        else:
            longest[rule.name] = np.where((named > 0).any(axis=1), np.int64(rule.window), np.int64(0))
    return float((cause > 0).any(axis=1).mean()), longest


def _longest(codes: Floats | Ints) -> Ints:
    """The most columns in a row of each row that hold the same code, zeros left out."""
    lasted = most = np.zeros(len(codes), dtype=np.int64)
    before = np.zeros(len(codes))
    for column in codes.T:
        lasted = np.where(column == 0, 0, np.where(column == before, lasted + 1, 1))
        most, before = np.maximum(most, lasted), column
    return np.asarray(most, dtype=np.int64)


@lru_cache(maxsize=1_000)
def simulated(kind: Kind) -> Simulated:
    """Stable series of a kind, as the rules judge their last points. Seeded: the same kind gives the same answer."""
    value = draw(kind, np.random.default_rng(SEED))
    series = _segments(value)
    limits = limits_of(series)
    newest = value[:, -SEEN_BY_RULES:]
    cause = special_cause(evidence_of(_segments(newest), limits)).reshape(newest.shape)[:, -1].astype(np.int64)
    mean = mean_of(series, None)
    with np.errstate(divide="ignore", invalid="ignore"):
        reach = np.nan_to_num(np.abs(value[:, -1] - mean) / (limits.upper - limits.mean), nan=0.0)
    side, way = np.sign(value - mean[:, None]), np.sign(np.diff(value, axis=1))
    rule = _rule(cause)
    run = np.where(np.isin(rule, _places("steps")), _run_at_the_end(way) + 1, _run_at_the_end(side))
    strength = _strength(rule, reach, run)
    rarity = np.ones(SERIES)
    for which in np.unique(rule[rule > 0]):
        at = rule == which
        among = np.sort(strength[at])
        rarity[at] = (len(among) - np.searchsorted(among, strength[at])) / SERIES
    return Simulated(rule, strength, cause % 2 == 1, rarity)


def _segments(value: Floats) -> Segments:
    """Rows of figures as segments of their own, their outlying steps screened."""
    counts = np.full(len(value), value.shape[1])
    starts = np.cumsum(counts) - counts
    joined = np.ones(value.size, dtype=np.bool_)
    joined[starts] = False
    return Segments(value.ravel(), starts, counts, joined, np.ones(len(value), dtype=np.bool_), counts)


def _run_at_the_end(signs: Floats) -> Ints:
    """How many of a row's last signs are the same as its last."""
    same = signs[:, ::-1] == signs[:, -1:]
    return np.asarray(np.cumprod(same, axis=1).sum(axis=1), dtype=np.int64)


def draw(kind: Kind, random: np.random.Generator) -> Floats:
    """SERIES stable series of a kind, a row each, in the measure's unit (normal ones in standard deviations)."""
    shape = (SERIES, kind.points)
    if kind.draws == "share":
        denominators = np.maximum(np.round(np.array(kind.of)), 1).astype(np.int64)
        level = np.clip(kind.mean + _months(kind, shape, random), 0, 1)
        value = PERCENT * random.binomial(denominators, level, shape) / denominators
    elif kind.draws == "count":
        value = random.poisson(np.clip(kind.mean + _months(kind, shape, random), 0, None), shape).astype(np.float64)
    elif kind.draws == "figures":
        value = random.choice(np.array(kind.of), shape)
    else:
        value = _months(kind, shape, random)
    return np.round(value / kind.step) * kind.step if kind.step else value


def _months(kind: Kind, shape: tuple[int, int], random: np.random.Generator) -> Floats:
    """The level of each month about its mean: normal, leaning on the month before as the kind's months do."""
    if not kind.beyond:
        return np.zeros(shape)
    noise = random.normal(0, 1, shape)
    for month in range(1, shape[1]) if kind.lean else ():
        noise[:, month] = kind.lean * noise[:, month - 1] + math.sqrt(1 - kind.lean**2) * noise[:, month]
    return kind.beyond * noise
