"""Each rule on vectors worked by hand: one short of its threshold, on it, one past it."""

import numpy as np
import pytest

from scorecard.analysis.spc import rules
from scorecard.analysis.spc.rules import Evidence, in_a_run, outside_limits, shift, special_cause, trend, two_of_three


def evidence(steps: str = "", side: str = "", place: str = "", joined: str = "") -> Evidence:
    """Vectors from strings, an entry a point: steps '/', '\\', '-', ' '; side '+', '-', '0'; joined '1', '0'.

    place: A above the upper limit, a above the near one only; b and B below; '.' between the near limits.
    """
    n = max(map(len, (steps, side, place, joined)))
    links = [c == "1" for c in joined] if joined else [i > 0 for i in range(n)]
    places = place or "." * n
    return Evidence(
        joined=np.array(links),
        step=np.array([{"/": 1, "\\": -1}.get(c, 0) for c in (steps or " " * n)], dtype=np.int8),
        side=np.array([{"+": 1, "-": -1}.get(c, 0) for c in (side or "0" * n)], dtype=np.int8),
        above_limit=np.array([c == "A" for c in places]),
        below_limit=np.array([c == "B" for c in places]),
        above_near_limit=np.array([c in "Aa" for c in places]),
        below_near_limit=np.array([c in "Bb" for c in places]),
    )


def flags(high_and_low: tuple[np.ndarray, np.ndarray]) -> str:
    high, low = high_and_low
    assert not (high & low).any()
    return "".join("+" if h else "-" if x else "." for h, x in zip(high, low, strict=True))


def test_outside_limits_takes_each_point_for_itself():
    assert flags(outside_limits(evidence(place=".AaB.b"))) == ".+.-.."


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        (" /////", "......"),  # six points
        (" //////", "+++++++"),  # seven
        (" ///////", "++++++++"),  # eight
        (" \\\\\\\\\\", "......"),
        (" \\\\\\\\\\\\", "-------"),
        ("/ //////".replace(" ", "-"), ".+++++++"),  # a level step, then seven rising
        (" ///-///", "........"),  # a level step breaks it
        (" ///\\///", "........"),
        (" //////\\\\\\\\\\\\", "++++++-------"),  # the peak goes the way of the step after it
        (" \\\\\\\\\\\\//////", "------+++++++"),
        (" //////\\//////", "++++++++++++++"),  # one step down between two long rises
        (" //////-//////", "++++++++++++++"),  # one level step between them
        (" \\\\\\\\\\\\/\\\\\\\\\\\\", "--------------"),
        (" //////\\\\", "+++++++.."),
    ],
)
def test_trend(steps, expected):
    assert flags(trend(evidence(steps=steps))) == expected


@pytest.mark.parametrize(
    ("side", "expected"),
    [
        ("++++++", "......"),
        ("+++++++", "+++++++"),
        ("++++++++", "++++++++"),
        ("------", "......"),
        ("-------", "-------"),
        ("---------", "---------"),
        ("+++0+++", "......."),  # on the mean: broken
        ("++++++0+", "........"),
        ("-+++++++-", ".+++++++."),
        ("+++++++-------", "+++++++-------"),
    ],
)
def test_shift(side, expected):
    assert flags(shift(evidence(side=side))) == expected


@pytest.mark.parametrize(
    ("place", "side", "expected"),
    [
        ("a..", "+++", "..."),  # one of three
        ("aa.", "+++", "++."),
        ("a.a", "+++", "+.+"),
        (".aa", "+++", ".++"),
        ("aaa", "+++", "+++"),
        ("a..a", "++++", "...."),  # two of four
        ("a.a", "+-+", "..."),  # the third on the other side
        ("a.a", "+0+", "..."),  # the third on the mean
        ("aA.", "+++", "..."),  # one beyond the limit itself is no near one
        ("aAa", "+++", "+.+"),  # but may be the third
        ("aa", "++", ".."),  # no third at all
        ("bb.", "---", "--."),
        ("b.b", "--0", "..."),
        ("ab.", "+--", "..."),
        ("-aa", "-++", "..."),
        (".aa.", "-+++", ".++."),  # a later window has them
        ("bb.aa", "---++", "--..."),
    ],
)
def test_two_of_three(place, side, expected):
    assert flags(two_of_three(evidence(place=place.replace("-", "."), side=side))) == expected


@pytest.mark.parametrize(
    ("rule", "vectors", "whole"),
    [
        (trend, {"steps": " //////"}, "+++++++"),
        (shift, {"side": "+++++++"}, "+++++++"),
        (two_of_three, {"side": "+++++++", "place": "a.a...."}, "+.+...."),
    ],
)
def test_no_rule_reaches_across_a_break(rule, vectors, whole):
    assert flags(rule(evidence(**vectors, joined="0111111"))) == whole
    broken = vectors | ({"steps": " / ////"} if "steps" in vectors else {})
    assert flags(rule(evidence(**broken, joined="0101111"))) == "......."


def test_the_first_rule_in_order_names_the_point():
    # Rising through all of it: a trend, with one outside, two near the limit, and seven above the mean.
    causes = special_cause(evidence(steps=" //////", side="+++++++", place="....aaA"))
    assert [rules.special_causes()[i] for i in causes] == ["trend_up"] * 6 + ["above_limit"]
    causes = special_cause(evidence(side="+++++++", place="....aaA"))
    codes = [rules.special_causes()[i] for i in causes]
    assert codes == ["shift_high"] * 4 + ["two_of_three_high"] * 2 + ["above_limit"]


@pytest.mark.parametrize("points", [2, 3, 5, 7, 8])
def test_a_run_is_found_at_its_length_and_not_one_short(points):
    for length in range(1, 12):
        links = np.array([False] + [True] * (length - 1) + [False])
        expected = [length >= points] * length + [False]
        if points == 1:
            expected[-1] = True
        assert list(in_a_run(links, points)) == expected


def test_every_cause_has_a_direction_and_every_polarity_its_types():
    assert len(rules.directions()) == len(rules.special_causes()) == 2 * len(rules.RULES) + 1
    assert all(len(types) == 3 for types in rules.TYPE_BY_POLARITY.values())
