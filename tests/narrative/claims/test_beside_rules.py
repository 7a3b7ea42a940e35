"""What lies beside others, earlier figures, a month or a target, by tables: part of a sentence, and whether it holds.

None: it can't be told. Each boundary has a case on both sides; the last figure is of July 2020.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from scorecard.narrative.claims.check import check
from scorecard.narrative.claims.evidence import Compared
from tests.narrative.claims.plain_evidence import DOWN, NEITHER, known, verdict

STATUSES = ("met", "close", "missed", "no_target", None)
ABOVE = ("above", "higher than", "over", "more than")
BELOW = ("below", "lower than", "fewer than", "less than", "under")
BETTER, WORSE = ("better than", "ahead of"), ("worse than", "behind")
DIFFERENCES = (-1.0, -0.5, 0.0, 0.5, 1.0)


@pytest.mark.parametrize(
    ("phrases", "better", "holds"),
    [
        (ABOVE, "up", (False, False, False, True, True)),
        (ABOVE, "down", (False, False, False, True, True)),
        (BELOW, "up", (True, True, False, False, False)),
        (BELOW, "down", (True, True, False, False, False)),
        (BETTER, "up", (False, False, False, True, True)),
        (BETTER, "down", (True, True, False, False, False)),
        (WORSE, "up", (True, True, False, False, False)),
        (WORSE, "down", (False, False, False, True, True)),
        (ABOVE, "", (False, False, False, True, True)),
        (BELOW, "", (True, True, False, False, False)),
        (BETTER, "", (None,) * 5),
        (WORSE, "", (None,) * 5),
    ],
)
def test_it_lies_beside_others(phrases: tuple[str, ...], better: str, holds: tuple[bool | None, ...]) -> None:
    for phrase in phrases:
        verdicts = [
            verdict("compared", f"it is {phrase} england",
                    known(better=better, compared={"national": Compared(difference, 70.0, "")}))
            for difference in DIFFERENCES
        ]  # fmt: skip
        assert tuple(verdicts) == holds, phrase


@pytest.mark.parametrize(
    ("margin", "theirs", "difference", "holds"),
    [
        (6.0, 80.0, 6.0, True),
        (6.0, 80.0, 6.1, False),
        (6.0, 80.0, -6.0, True),
        (6.0, 80.0, -6.1, False),
        (3.0, 80.0, 4.0, True),  # a twentieth of theirs
        (3.0, 80.0, 4.1, False),
        (None, 80.0, 4.0, True),
        (None, 80.0, -4.0, True),
        (None, 80.0, 4.1, False),
        (None, 80.0, -4.1, False),
        (None, -80.0, 4.0, True),
        (None, 0.0, 0.0, True),
        (None, 0.0, 0.1, False),
    ],
)
def test_it_is_in_line_with_others(margin: float | None, theirs: float, difference: float, holds: bool) -> None:
    evidence = known(margin=margin, compared={"national": Compared(difference, theirs, "")})
    for phrase in ("in line with", "similar to", "close to", "the same as", "on a par with"):
        assert verdict("compared", f"it is {phrase} england", evidence) is holds, phrase


OTHERS = {
    "statistical_neighbour": Compared(2.0, 70.0, ""),
    "regional": Compared(-2.0, 74.0, ""),
    "national": Compared(0.5, 71.5, ""),
}


@pytest.mark.parametrize(
    ("others", "holds"),
    [
        ("our neighbours", True),
        ("similar authorities", True),
        ("similar councils", True),
        ("our peers", True),
        ("the region", False),
        ("the national figure", True),
        ("our neighbours and england", True),
        ("england and the region", False),
        ("the region and our neighbours", False),
    ],
)
def test_the_others_that_are_named_count_and_all_of_them(others: str, holds: bool) -> None:
    assert verdict("compared", f"it is above {others}", known(compared=OTHERS)) is holds


@pytest.mark.parametrize("region", ["South East", "North East", "London", "Yorkshire and The Humber"])
@pytest.mark.parametrize(
    ("sentence", "flagged"),
    [
        ("It is above the {region}.", True),
        ("It is below the {region} and above England.", False),
        ("We are not below the {region}.", True),
        ("It is above the West Midlands.", False),  # whose figure isn't known
        ("It is above the {region}ern councils.", False),
    ],
)
def test_the_authority_s_own_region_counts_by_its_name(region: str, sentence: str, flagged: bool) -> None:
    evidence = known(compared=OTHERS, region=region)
    assert bool(check(sentence.format(region=region), evidence)) is flagged


def test_others_that_are_not_known_are_left_alone() -> None:
    only_national = known(compared={"national": OTHERS["national"]})
    assert verdict("compared", "it is above our neighbours", only_national) is None
    assert verdict("compared", "it is above our neighbours and england", only_national) is True


def test_what_no_way_is_good_of_is_flagged_neither_as_better_nor_as_not_better() -> None:
    """What can't be told is no flag, said with 'not' neither."""
    evidence = known(better="", compared=OTHERS)
    assert check("It is better than England.", evidence) == ()
    assert check("It is not better than England.", evidence) == ()


@pytest.mark.parametrize(
    ("clause", "changed", "holds"),
    [
        ("the highest on record", {"figures": (70, 74, 73.5)}, False),
        ("the highest on record", {"figures": (70, 74, 74)}, True),
        ("the highest on record", {"figures": (70, 74, 74.5), **DOWN}, True),
        ("the lowest on record", {"figures": (70, 74, 70.5), **DOWN}, False),
        ("the lowest on record", {"figures": (70, 74, 70)}, True),
        ("the lowest on record", {"figures": (70, 74, 69.5)}, True),
        ("the lowest on record", {"figures": (70, 74, 69.5), **DOWN}, True),
        ("the lowest on record", {"figures": (70, 74, 75), **DOWN}, False),
        ("a record high", {"figures": (70, 74, 75)}, True),
        ("a record high", {"figures": (70, 74, 69)}, False),
        ("an all-time low", {"figures": (70, 74, 69)}, True),
        ("an all-time low", {"figures": (70, 74, 75)}, False),
        ("the best ever", {"figures": (70, 74, 75)}, True),
        ("the best ever", {"figures": (70, 74, 69)}, False),
        ("the best ever", {"figures": (70, 74, 69), **DOWN}, True),
        ("the best ever", {"figures": (70, 74, 75), **DOWN}, False),
        ("the worst ever", {"figures": (70, 74, 69)}, True),
        ("the worst ever", {"figures": (70, 74, 75)}, False),
        ("the worst ever", {"figures": (70, 74, 75), **DOWN}, True),
        ("the worst ever", {"figures": (70, 74, 69), **DOWN}, False),
        ("the best ever", {"figures": (70, 74, 75), **NEITHER}, None),
        ("the worst ever", {"figures": (70, 74, 75), **NEITHER}, None),
        ("the highest ever", {"figures": (70, 74, 75), **NEITHER}, True),
        ("the highest ever", {"figures": (70,)}, None),
        # the month that is named is no part of the time since; the span's first month is
        ("the highest since may", {"figures": (70, 90, 72, 73)}, True),
        ("the highest since may", {"figures": (70, 60, 74, 73)}, False),
        ("the highest since june", {"figures": (70, 74, 72, 73)}, None),
        ("the highest in two months", {"figures": (90, 80, 72, 73)}, True),
        ("the highest in two months", {"figures": (60, 60, 74, 73)}, False),
        ("the highest in three months", {"figures": (90, 74, 72, 73)}, False),
        ("the highest in three months", {"figures": (90, 73, 72, 73)}, True),
        ("the highest for two months since april", {"figures": (90, 74, 72, 73)}, False),
    ],
)  # fmt: skip
def test_it_is_the_highest_or_the_lowest(clause: str, changed: dict[str, Any], holds: bool | None) -> None:
    assert verdict("extreme", clause, known(**changed)) is holds


BEGAN = {"missed_since": date(2020, 3, 31), "since": date(2020, 3, 31)}
NAMED = ("january", "february", "march", "april", "may")
WITHIN_A_MONTH = (False, True, True, True, False)


@pytest.mark.parametrize(
    ("phrase", "changed", "holds"),
    [
        ("missed", {"status": "missed"}, WITHIN_A_MONTH),
        ("missing it", {"status": "close"}, WITHIN_A_MONTH),
        ("missed", {"status": "met"}, (False,) * 5),
        ("missed", {"status": "missed", "since": None}, WITHIN_A_MONTH),
        ("missed", {"status": "missed", "missed_since": None}, (None,) * 5),
        ("improving", {"variation": "improvement"}, WITHIN_A_MONTH),
        ("better", {"variation": "improvement", "missed_since": None}, WITHIN_A_MONTH),
        ("improving", {"variation": "concern"}, (None,) * 5),
        ("better", {"variation": "common_cause"}, (None,) * 5),
        ("improving", {"variation": "improvement", "since": None}, (None,) * 5),
        ("worsening", {"variation": "concern"}, WITHIN_A_MONTH),
        ("worse", {"variation": "concern"}, WITHIN_A_MONTH),
        ("deteriorating", {"variation": "concern"}, WITHIN_A_MONTH),
        ("worse", {"variation": "improvement"}, (None,) * 5),
    ],
)
def test_it_began_within_a_month_of_the_one_named(
    phrase: str, changed: dict[str, Any], holds: tuple[bool | None, ...]
) -> None:
    evidence = known(**{**BEGAN, **changed})
    assert tuple(verdict("since", f"{phrase} since {month}", evidence) for month in NAMED) == holds
    assert verdict("since", f"{phrase} since the inspection", evidence) is None


@pytest.mark.parametrize(
    ("clauses", "changed", "holds"),
    [
        # by the status: met, close, missed, no target, not known
        (("we met the target", "we hit our 90% target", "it reached the target", "we are at the target",
          "we exceeded the target", "we are within the target", "the target has been met", "targets were reached"),
         {}, (True, False, False, None, None)),
        (("we missed the target", "we are short of the target", "the target was missed"),
         {}, (False, True, True, None, None)),
        (("we are above the target", "we are over target"), {"goal": 70.0}, (True, False, False, None, None)),
        (("we are below the target", "it is under target"), {"goal": 70.0}, (False, True, True, None, None)),
        (("we are above the target",), DOWN, (True, False, False, None, None)),
        (("we are below the target",), DOWN, (False, True, True, None, None)),
        (("we exceeded the target",), {**DOWN, "goal": 70.0}, (True, False, False, None, None)),
        (("we met the family", "we hit the ground running"), {}, (None,) * 5),
        # by the figure, where a higher one isn't better: 72 in July
        (("it is above the target", "it is over the target"), {**DOWN, "goal": 71.5}, (True,) * 5),
        (("it is above the target", "it is over the target"), {**DOWN, "goal": 72.0}, (False,) * 5),
        (("it is above the target",), {**NEITHER, "goal": 72.5}, (False,) * 5),
        (("it is below the target", "it is under the target"), {**DOWN, "goal": 72.5}, (True,) * 5),
        (("it is below the target", "it is under the target"), {**DOWN, "goal": 72.0}, (False,) * 5),
        (("it is below the target",), {**NEITHER, "goal": 71.5}, (False,) * 5),
    ],
)  # fmt: skip
def test_the_target_is_met(clauses: tuple[str, ...], changed: dict[str, Any], holds: tuple[bool | None, ...]) -> None:
    for clause in clauses:
        assert tuple(verdict("target", clause, known(**changed, status=status)) for status in STATUSES) == holds, clause
