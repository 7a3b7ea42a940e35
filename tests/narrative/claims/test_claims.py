"""Claims against evidence: sentences, half of them true; how often each rule is wrong is counted and printed."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from scorecard.core.periods import add_months
from scorecard.narrative.claims.check import check
from scorecard.narrative.claims.evidence import Compared, Evidence
from scorecard.narrative.claims.reading import since_month
from scorecard.narrative.claims.rules import RULES

WRITTEN: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("claim_sentences.yaml").read_text())
PAGE = Path(__file__).parents[3] / "docs" / "commentary.md"
JULY = date(2020, 7, 31)


class Judged(NamedTuple):
    """A sentence, the rule whose business it is, whether it is true, and the rules that flagged it."""

    rule: str
    true: bool
    sentence: str
    flagged: frozenset[str]


def evidence(name: str) -> Evidence:
    known = dict(WRITTEN["evidence"][name])
    values = known.pop("figures")
    figures = {add_months(JULY, back - len(values) + 1): float(value) for back, value in enumerate(values)}
    others = {kind: Compared(values[-1] - value, value, kind) for kind, value in known.pop("compared", {}).items()}
    return Evidence(figures=figures, compared=others, **known)


def judged() -> list[Judged]:
    judged_sentences = []
    for name, rule, true, sentence in WRITTEN["sentences"]:
        flags = frozenset(flag.rule for flag in check(sentence, evidence(name)))
        judged_sentences.append(Judged(rule, true, sentence, flags))
    return judged_sentences


def table() -> str:
    """How each rule did, as the page prints it: a false alarm counts against every rule that gave one."""
    judged_sentences = judged()
    sentences, false = (
        Counter(claim.rule for claim in judged_sentences),
        Counter(claim.rule for claim in judged_sentences if not claim.true),
    )
    missed = Counter(claim.rule for claim in judged_sentences if not claim.true and not claim.flagged)
    alarms = Counter(rule for claim in judged_sentences if claim.true for rule in claim.flagged)
    rows = [(rule.name, sentences[rule.name], false[rule.name], missed[rule.name], alarms[rule.name]) for rule in RULES]
    rows.append(("**all**", *(sum(row[at] for row in rows) for at in range(1, 5))))
    lines = ["| Rule | Sentences | Of them false | Missed | False alarms |", "| --- | ---: | ---: | ---: | ---: |"]
    return "\n".join(lines + [f"| {' | '.join(map(str, row))} |" for row in rows])


def test_half_of_the_sentences_are_true_and_every_rule_has_some_of_both() -> None:
    judged_sentences = judged()
    assert len(judged_sentences) >= 150
    assert sum(claim.true for claim in judged_sentences) * 2 == len(judged_sentences)
    assert len({claim.sentence for claim in judged_sentences}) == len(judged_sentences)
    for rule in RULES:
        assert {claim.true for claim in judged_sentences if claim.rule == rule.name} == {True, False}, rule.name


def test_the_page_prints_how_often_each_rule_is_wrong() -> None:
    assert table() in PAGE.read_text(), "renew the page: .venv/bin/python -m tests.narrative.claims.test_claims"


@pytest.mark.parametrize(
    ("name", "sentence", "flagged"),
    [
        ("rising-missed", "We are now meeting the 90% target.", True),
        ("rising-missed", "We remain below the 90% target.", False),
        ("days-up-missed", "Court days are within the 182-day target.", True),
        ("days-down-met", "Matches are within our 120 days target.", False),
        ("chance-missed", "There is a clear upward trend.", True),
        ("chance-missed", "There is no clear trend in either direction.", False),
        ("children-in-care", "Numbers have levelled off.", True),
        ("rising-missed", "Timeliness has slumped.", True),
        ("days-up-missed", "Court days have soared since January.", False),
    ],
)
def test_a_claim_in_other_words_is_heard(name: str, sentence: str, flagged: bool) -> None:
    assert bool(check(sentence, evidence(name))) == flagged


@pytest.mark.parametrize(
    ("sentence", "wrong"),
    [
        ("The target has been missed since August.", False),  # it has; what it signals began in January
        ("The target has been missed since January.", True),
        ("This has been improving since January.", False),
        ("This has been improving since August.", True),
    ],
)
def test_a_miss_and_a_change_begin_each_in_its_own_month(sentence: str, wrong: bool) -> None:
    assert ("since" in {flag.rule for flag in check(sentence, evidence("rising-missed"))}) is wrong


@pytest.mark.parametrize(
    ("clause", "month"),
    [
        ("better since 2019", date(2019, 1, 31)),
        ("better since march", date(2020, 3, 31)),
        ("better since july", date(2019, 7, 31)),  # of the latest month's own name the one before
        ("better since december", date(2019, 12, 31)),
        ("better since february 2020", date(2020, 2, 29)),
        ("better since the inspection", None),
        ("better in march", None),
    ],
)
def test_the_month_that_since_names(clause: str, month: date | None) -> None:
    assert since_month(clause, JULY) == month


def test_what_stands_beside_a_wrong_since_tells_both_beginnings() -> None:
    (flag,) = check("The target has been missed since January.", evidence("rising-missed"))
    assert flag.evidence == ("What it signals began in January 2020. The target has been missed since August 2019.")


@pytest.mark.parametrize(
    ("status", "sentence", "wrong"),
    [
        ("close", "We met the target.", True),
        ("close", "We missed the target.", False),
        ("met", "We met the target.", False),
        ("missed", "We met the target.", True),
        ("no_target", "We met the target.", False),  # there is nothing to hold it to
    ],
)
def test_a_target_is_met_or_not_by_its_status(status: str, sentence: str, wrong: bool) -> None:
    known = replace(evidence("chance-missed"), status=status)
    assert bool(check(sentence, known)) is wrong


if __name__ == "__main__":
    print(table())
    for claim in judged():
        if claim.true == bool(claim.flagged):
            print(claim)
