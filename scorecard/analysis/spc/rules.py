"""When is a point special? Making Data Count's four rules: vectors in, flags out.

Every function takes one flat, sorted run of points (all segments of all series, end to end) and gives one
flag a point. Three vectors carry the order: `joined[i]` is true where point i is the next period after point
i - 1 in the same segment, so a series' first point, a segment's first point and the first point after a gap
are not joined; no rule reaches across them. `side` is +1 above the mean, -1 below it, 0 on it; `step` is +1
where a point is higher than the joined point before it, -1 where lower, 0 where level or not joined.

The rules are NHS England's Making Data Count rules, in the order in which the open package NHSRplotthedots
0.2.2 applies them: https://github.com/nhs-r-community/NHSRplotthedots (R/ptd_calculate_point_type.R).
docs/methods.md lists where we differ, and why.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from scorecard.analysis.arrays import Flags

Signs = npt.NDArray[np.int8]

# Making Data Count: six or more steps the same way, which is seven points.
TREND_POINTS = 7
# Making Data Count: seven or more points on one side of the mean.
SHIFT_POINTS = 7
# Figures that make a run, by what goes on in it (Rule.run).
FEWEST_OF_A_RUN = {"steps": TREND_POINTS, "side": SHIFT_POINTS}
# Making Data Count (Western Electric's second zone test): two of three successive points beyond a near limit.
NEAR_POINTS, NEAR_WINDOW = 2, 3

COMMON_CAUSE = "common_cause"
POINT_TYPES = (COMMON_CAUSE, "improvement", "concern", "neutral_high", "neutral_low")
# Place in POINT_TYPES of a point going (nowhere, up, down), by the measure's polarity.
TYPE_BY_POLARITY = {
    "higher_is_better": (0, 1, 2),
    "lower_is_better": (0, 2, 1),
    "monitor": (0, 3, 4),
}


@dataclass(frozen=True)
class Evidence:
    """What the rules look at: one entry a point in each vector, in the sorted order of the points."""

    joined: Flags
    step: Signs
    side: Signs
    above_limit: Flags
    below_limit: Flags
    above_near_limit: Flags
    below_near_limit: Flags


def outside_limits(evidence: Evidence) -> tuple[Flags, Flags]:
    """Rule 1: a single point strictly above the upper, or strictly below the lower, limit."""
    return evidence.above_limit, evidence.below_limit


def trend(evidence: Evidence) -> tuple[Flags, Flags]:
    """Rule 2: every point of TREND_POINTS or more joined points that only rise, or only fall.

    The peak between a rise and a fall belongs to both; it takes the direction of the step after it.
    """
    rising = in_a_run(evidence.step > 0, TREND_POINTS)
    falling = in_a_run(evidence.step < 0, TREND_POINTS)
    next_step = np.append(evidence.step[1:], np.int8(0))
    turning = rising & falling
    return rising & ~(turning & (next_step < 0)), falling & ~(turning & (next_step > 0))


def two_of_three(evidence: Evidence) -> tuple[Flags, Flags]:
    """Rule 3: NEAR_POINTS of NEAR_WINDOW joined points beyond a near limit yet inside the limits.

    All three stand on that side of the mean, the third at any distance from it (outside the limit too);
    the points beyond the near limit are the special ones.
    """
    near_high = evidence.above_near_limit & ~evidence.above_limit
    near_low = evidence.below_near_limit & ~evidence.below_limit
    return (
        _two_of_three_on(evidence.side > 0, near_high, evidence.joined),
        _two_of_three_on(evidence.side < 0, near_low, evidence.joined),
    )


def shift(evidence: Evidence) -> tuple[Flags, Flags]:
    """Rule 4: every point of SHIFT_POINTS or more joined points on one side of the mean; on it breaks it."""
    high, low = evidence.side > 0, evidence.side < 0
    return (
        in_a_run(_both(high) & evidence.joined, SHIFT_POINTS),
        in_a_run(_both(low) & evidence.joined, SHIFT_POINTS),
    )


class Rule(NamedTuple):
    """A rule: its name, what `points.special_cause` calls a point that meets it above or below, and its function.

    run: what goes on where the rule tells of a run of figures: each a step the same way, or all on one side of the
    mean. window: how many figures the rule looks at, where it tells of no run. Its words are an entry of
    core.vocabulary.RULE_WORDS.
    """

    name: str
    high: str
    low: str
    flags: Callable[[Evidence], tuple[Flags, Flags]]
    run: Literal["steps", "side"] | None = None
    window: int = 1


OUTSIDE = Rule("limit", "above_limit", "below_limit", outside_limits)
# In this order: the first rule that a point meets names it.
RULES = (
    OUTSIDE,
    Rule("trend", "trend_up", "trend_down", trend, run="steps"),
    Rule("two_of_three", "two_of_three_high", "two_of_three_low", two_of_three, window=NEAR_WINDOW),
    Rule("shift", "shift_high", "shift_low", shift, run="side"),
)


def special_causes() -> tuple[str, ...]:
    """What a point can be: common cause, then each rule's two words; the rules give places in this tuple."""
    return (COMMON_CAUSE, *(word for rule in RULES for word in (rule.high, rule.low)))


def directions() -> Signs:
    """Which way each of special_causes points: up (1), down (−1), or nowhere (0)."""
    return np.array([0, *(way for _ in RULES for way in (1, -1))], dtype=np.int8)


def rule_of(cause: str) -> tuple[Rule, bool]:
    """The rule that a special cause names, and whether it points up. Raises KeyError for what is none."""
    by_cause = {word: (rule, word == rule.high) for rule in RULES for word in (rule.high, rule.low)}
    return by_cause[cause]


def special_cause(evidence: Evidence) -> Signs:
    """The first rule that each point meets, as its place in special_causes (int8; 0 is common cause)."""
    cause = np.zeros(len(evidence.step), dtype=np.int8)
    for index, rule in reversed(list(enumerate(RULES))):
        high, low = rule.flags(evidence)
        cause[high] = 2 * index + 1
        cause[low] = 2 * index + 2
    return cause


def in_a_run(links: Flags, points: int) -> Flags:
    """Points in a row of at least `points`, where links[i] says that point i carries on from point i - 1.

    A point that begins a series, a segment or a stretch after a gap has no link.
    """
    run_is_long_enough_here = _all_of_last(links, points - 1)
    return _any_of_next(run_is_long_enough_here, points)


def _two_of_three_on(on_this_side: Flags, near: Flags, joined: Flags) -> Flags:
    window_ends_here = _all_of_last(_both(on_this_side) & joined, NEAR_WINDOW - 1)
    count = near.astype(np.int8)
    count[1:] += near[:-1]
    count[2:] += near[:-2]
    return near & _any_of_next(window_ends_here & (count >= NEAR_POINTS), NEAR_WINDOW)


def _both(flags: Flags) -> Flags:
    """Where a point and the one before it both have the flag."""
    both = np.zeros_like(flags)
    both[1:] = flags[1:] & flags[:-1]
    return both


def _all_of_last(flags: Flags, count: int) -> Flags:
    """Where this flag and the count - 1 before it are all true; an incomplete window isn't."""
    all_so_far = flags.copy()
    covered = 1
    while covered < count:  # each turn doubles the stretch that one entry speaks for
        more = min(covered, count - covered)
        all_so_far[more:] &= all_so_far[:-more].copy()
        covered += more
    all_so_far[: count - 1] = False
    return all_so_far


def _any_of_next(flags: Flags, count: int) -> Flags:
    """Where this flag or one of the count - 1 after it is true."""
    any_so_far = flags.copy()
    covered = 1
    while covered < count:
        more = min(covered, count - covered)
        any_so_far[:-more] |= any_so_far[more:].copy()
        covered += more
    return any_so_far
