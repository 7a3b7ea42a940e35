"""Two plain figures of a measure, and what a rule makes of a part of a sentence beside them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from scorecard.core.periods import add_months
from scorecard.narrative.claims.evidence import Evidence
from scorecard.narrative.claims.rules import RULES

JULY = date(2020, 7, 31)
RULE = {rule.name: rule for rule in RULES}
DOWN, NEITHER = {"better": "down"}, {"better": ""}
Case = tuple[str, dict[str, Any], bool | None]


def known(figures: Iterable[float] = (70, 72), **changed: Any) -> Evidence:
    """What is known of a measure with these figures to July 2020, of which a higher one is better."""
    values = [float(value) for value in figures]
    months = {add_months(JULY, back - len(values) + 1): value for back, value in enumerate(values)}
    return replace(Evidence(figures=months, better="up", unit="percent", decimals=0), **changed)


def verdict(rule: str, clause: str, evidence: Evidence) -> bool | None:
    match = RULE[rule].pattern.search(clause)
    assert match is not None, f"{rule} does not listen to '{clause}'"
    return RULE[rule].holds(clause, match, evidence)
