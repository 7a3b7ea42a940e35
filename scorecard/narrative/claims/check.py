"""Holds a text against the evidence: every claim that the figures speak against, with what they say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from scorecard.narrative.claims.evidence import Evidence
from scorecard.narrative.claims.reading import clauses, intended, negated
from scorecard.narrative.claims.rules import RULES, Rule
from scorecard.narrative.commentary.sentences import sentences


class Flag(NamedTuple):
    """A claim that the figures speak against: the rule, the sentence it is in, and what the figures say."""

    rule: str
    words: str
    evidence: str


def check(text: str, evidence: Evidence) -> tuple[Flag, ...]:
    """The flags of a text, in the order of its sentences; of a sentence one for each rule at most.

    What is planned, hoped for or asked is no claim; what is said with 'not' is held to the opposite.
    """
    return tuple(flag for sentence in sentences(text) for flag in _of_sentence(sentence, evidence))


def _of_sentence(sentence: str, evidence: Evidence) -> Iterator[Flag]:
    parts = list(clauses(_with_its_region(sentence, evidence.region)))
    for rule in RULES:
        if any(_contradicted(rule, part, evidence) for part in parts):
            yield Flag(rule.name, sentence, rule.shown(evidence))


def _with_its_region(sentence: str, region: str) -> str:
    """The sentence in which the authority's own region isn't named: 'above the North East' is above the region."""
    return re.sub(rf"\b{re.escape(region)}\b", "region", sentence, flags=re.IGNORECASE) if region else sentence


def _contradicted(rule: Rule, clause: str, evidence: Evidence) -> bool:
    return any(
        rule.holds(clause, match, evidence) == negated(clause, match.start(), match.end())
        for match in rule.pattern.finditer(clause)
        if rule.ahead or not intended(clause, match.start())
    )
