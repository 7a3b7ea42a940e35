"""What stands beside a claim that the figures speak against, whole and in order."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from scorecard.narrative.claims.check import Flag, check
from scorecard.narrative.claims.evidence import Compared
from tests.narrative.claims.plain_evidence import RULE, known

TOLD: dict[str, Any] = {
    "change_words": "It changed.", "target_words": "It stands.", "ahead_words": "It will.",
    "compared": {"regional": Compared(-2.0, 74.0, "The region: 74%."),
                 "national": Compared(2.0, 70.0, "England: 70%.")},
}  # fmt: skip
BOTH = "It was 70% in June 2020 and 72% in July 2020."


@pytest.mark.parametrize(
    ("sentence", "changed", "rule", "shown"),
    [
        ("It worsened.", {}, "worsening", f"{BOTH} It changed."),
        ("It worsened.", {"change_words": ""}, "worsening", BOTH),
        ("It improved.", {"variation": "concern"}, "improving", "It changed."),
        ("It improved.", {"variation": "concern", "change_words": ""}, "improving", BOTH),
        ("It recovered.", {"variation": "concern"}, "recovered", "It changed."),
        ("It remains stable.", {"variation": "concern"}, "as usual", "It changed."),
        ("That is a significant change.", {"variation": "common_cause"}, "significant", "It changed."),
        ("It fell.", {}, "falling", BOTH),
        ("It did not rise.", {}, "rising", BOTH),
        ("We are on track.", {"behind": True}, "on track", "It stands. It will."),
        ("We are on track.", {"behind": True, "ahead_words": ""}, "on track", "It stands."),
        ("We will meet the target.", {"behind": True}, "on track", "It stands. It will."),
        ("We are below England.", {}, "compared", "The region: 74%. England: 70%."),
        ("That is the lowest ever.", {}, "extreme",
         "It is 72%; before, the highest was 70% in June 2020, the lowest 70% in June 2020."),
        ("That is the lowest ever.", {"figures": (70, 90, 80, 72)}, "extreme",
         "It is 72%; before, the highest was 90% in May 2020, the lowest 70% in April 2020."),
        ("It was missed since May.", {"status": "met", "missed_since": date(2020, 6, 30)}, "since",
         "The target has been missed since June 2020."),
        ("Improving since May.", {"variation": "improvement", "since": date(2020, 2, 29)}, "since",
         "What it signals began in February 2020."),
        ("We met the target.", {"status": "missed"}, "target", "It stands."),
    ],
)  # fmt: skip
def test_what_stands_beside_a_claim_that_is_wrong(
    sentence: str, changed: dict[str, Any], rule: str, shown: str
) -> None:
    assert check(sentence, known(**{**TOLD, **changed})) == (Flag(rule, sentence, shown),)


def test_of_a_single_figure_no_other_is_told() -> None:
    assert RULE["extreme"].shown(known((72,))) == "It was 72% in July 2020."


def test_a_sentence_has_one_flag_of_each_rule_and_the_flags_come_in_order() -> None:
    text = "It fell, but it fell again and it worsened. We hope that it falls. It fell."
    assert [(flag.rule, flag.words) for flag in check(text, known())] == [
        ("worsening", "It fell, but it fell again and it worsened."),
        ("falling", "It fell, but it fell again and it worsened."),
        ("falling", "It fell."),
    ]
