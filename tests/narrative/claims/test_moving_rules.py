"""What moves, is as usual or on track, by tables: part of a sentence, what is known, and whether it holds.

None: it can't be told. Each boundary has a case on both sides; the last figure is of July 2020.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.narrative.claims.plain_evidence import DOWN, NEITHER, Case, known, verdict

MOVING: list[Case] = [
    # the limits' word stands before the last step's
    ("it is better: {}", {"variation": "good"}, True),
    ("it is better: {}", {"variation": "bad"}, False),
    ("it is better: {}", {"variation": "common_cause"}, False),
    ("it is better: {}", {"variation": "neutral_high"}, False),
    # without limits the last step's
    ("{}", {"figures": (70, 71)}, True),
    ("{}", {"figures": (70, 70.5)}, True),
    ("{}", {"figures": (70, 70)}, False),
    ("{}", {"figures": (70, 69.5)}, False),
    ("{}", {"figures": (70, 69)}, False),
    ("{}", {"figures": (70,)}, None),
    ("{}", {"figures": (70, 71), **NEITHER}, None),
    # since a time that is named by the figures, whatever the limits say
    ("{} over the last two months", {"figures": (70, 80, 70.5), "variation": "bad"}, True),
    ("{} over the last two months", {"figures": (70, 60, 70), "variation": "good"}, False),
    ("{} over the last two months", {"figures": (70, 60, 69.5), "variation": "good"}, False),
    ("{} on last year", {"figures": (70, *[90] * 11, 71)}, True),
    ("{} on last year", {"figures": (70, *[50] * 11, 69)}, False),
    # where that time has no figure, by the limits
    ("{} over the last two months", {"figures": (70, 69), "variation": "good"}, True),
    ("{} over the last two months", {"figures": (70, 80, 71), "variation": "good", **NEITHER}, True),
]


@pytest.mark.parametrize(("sentence", "changed", "holds"), MOVING)
@pytest.mark.parametrize(
    ("rule", "phrase", "good", "bad"),
    [
        ("improving", "improved", "improvement", "concern"),
        ("worsening", "worsened", "concern", "improvement"),
    ],
)
@pytest.mark.parametrize("better", ["up", "down"])
def test_it_improves_or_worsens(
    rule: str, phrase: str, good: str, bad: str, better: str, sentence: str, changed: dict[str, Any], holds: bool | None
) -> None:
    """The table is written for what improves as it rises; the figures of the other three lie the other way about."""
    turned = (rule == "worsening") != (better == "down")
    figures = [140 - value if turned else value for value in changed.get("figures", (70, 71))]
    variation = {"good": good, "bad": bad}.get(changed.get("variation", ""), changed.get("variation"))
    evidence = known(**{"better": better, **changed, "figures": figures, "variation": variation})
    assert verdict(rule, sentence.format(phrase), evidence) is holds


STEPS: list[Case] = [
    ("{}", {"figures": (70, 70.5)}, True),
    ("{}", {"figures": (70, 70)}, False),
    ("{}", {"figures": (70, 69.5)}, False),
    ("{}", {"figures": (70,)}, None),
    ("{}", {"figures": (70, 71), **NEITHER}, True),  # which way is good is no matter
    # a signal of that way bears it out, whatever the last step
    ("{}", {"figures": (70, 69), "signal": True, "signal_up": True}, True),
    ("{}", {"figures": (70, 70), "signal": True, "signal_up": True}, True),
    ("{}", {"figures": (70, 69), "signal": True, "signal_up": False}, False),
    ("{}", {"figures": (70, 69), "signal": False, "signal_up": True}, False),
    ("{}", {"figures": (70, 69), "signal": True, "signal_up": None}, False),
    # but not where a time is named
    ("{} since may", {"figures": (70, 80, 70.5)}, True),
    ("{} since may", {"figures": (70, 60, 70), "signal": True, "signal_up": True}, False),
    ("{} since may", {"figures": (70, 60, 69), "signal": True, "signal_up": True}, False),
    ("{} since april", {"figures": (70, 60, 71)}, None),
    ("{} since may over two months", {"figures": (90, 70, 60, 71)}, True),
    ("{} over three months", {"figures": (70, 80, 90, 71)}, True),
    ("{} over three months", {"figures": (70, 60, 50, 70), "signal": True, "signal_up": True}, False),
    ("{} over three months", {"figures": (60, 50, 71)}, None),
    # so many times in a row
    ("{} two months in a row", {"figures": (80, 70, 71, 72)}, True),
    ("{} two months in a row", {"figures": (70, 71, 72)}, True),
    ("{} two months in a row", {"figures": (71, 72)}, False),
    ("{} two months in a row", {"figures": (70, 70, 72)}, False),
    ("{} two months in a row", {"figures": (70, 72, 71)}, False),
    ("{} two months in a row", {"figures": (70, 71, 71), "signal": True, "signal_up": True}, False),
    ("{} three months in a row", {"figures": (70, 71, 72)}, False),
]


@pytest.mark.parametrize(("sentence", "changed", "holds"), STEPS)
@pytest.mark.parametrize(("rule", "phrase"), [("rising", "rose"), ("falling", "fell")])
def test_it_rises_or_falls(rule: str, phrase: str, sentence: str, changed: dict[str, Any], holds: bool | None) -> None:
    """The table is written for what rises; of what falls the figures and the signal are the other way about."""
    falling = rule == "falling"
    figures = [140 - value if falling else value for value in changed["figures"]]
    up = changed.get("signal_up")
    signal_up = up if up is None else up is not falling
    evidence = known(**{**changed, "figures": figures, "signal_up": signal_up})
    assert verdict(rule, sentence.format(phrase), evidence) is holds


@pytest.mark.parametrize(
    ("changed", "holds"),
    [
        ({"variation": "concern", "status": "met"}, False),
        ({"variation": "improvement", "status": "met"}, True),
        ({"status": "met", "figures": (72, 70)}, True),
        ({"status": "close", "figures": (72, 70)}, True),
        ({"status": "missed", "figures": (72, 73)}, True),
        ({"status": "missed", "figures": (72, 72)}, False),
        ({"status": "missed", "figures": (72, 71)}, False),
        ({"status": "missed", "figures": (72, 71), **DOWN}, True),
        ({"status": "missed", "figures": (72,)}, None),
        ({"status": None, "figures": (72, 73)}, True),
    ],
)  # fmt: skip
def test_it_recovered(changed: dict[str, Any], holds: bool | None) -> None:
    assert verdict("recovered", "it has recovered", known(**changed)) is holds


@pytest.mark.parametrize(
    ("variation", "stable", "significant"),
    [
        (None, None, None),
        ("common_cause", True, False),
        ("improvement", False, True),
        ("concern", False, True),
        ("neutral_low", False, True),
    ],
)
def test_it_is_as_usual_or_significant(variation: str | None, stable: bool | None, significant: bool | None) -> None:
    evidence = known(variation=variation)
    assert verdict("as usual", "it remains stable", evidence) is stable
    assert verdict("significant", "a significant change", evidence) is significant


@pytest.mark.parametrize(
    ("changed", "holds"),
    [
        ({"status": "met"}, True),
        ({"status": "met", "chance": 0.1, "behind": True}, True),
        ({"status": "missed", "chance": 0.5}, True),
        ({"status": "missed", "chance": 0.49}, False),
        ({"status": "missed", "chance": 1.0}, True),
        ({"status": "close", "chance": 0.0}, False),
        ({"status": "missed", "chance": 0.5, "behind": True}, False),
        ({"status": "missed", "behind": True}, False),
        ({"status": "missed"}, None),
        ({}, None),
    ],
)
def test_it_is_on_track(changed: dict[str, Any], holds: bool | None) -> None:
    evidence = known(**changed)
    turned = None if holds is None else not holds
    for clause in ("we are on track", "we will meet the target", "we are set to reach it"):
        assert verdict("on track", clause, evidence) is holds, clause
    for clause in ("we are off track", "we are off course", "we are behind schedule", "it is behind the line"):
        assert verdict("on track", clause, evidence) is turned, clause
