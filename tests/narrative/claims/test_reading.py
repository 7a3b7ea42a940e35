"""How a sentence is read: its parts, what is said with 'not', what is only meant to come, spans and runs."""

from __future__ import annotations

import pytest

from scorecard.narrative.claims.reading import clauses, in_a_row, intended, months_spanned, negated


@pytest.mark.parametrize(
    ("sentence", "parts"),
    [
        ("Visits rose.", ["visits rose."]),
        ("Visits rose, but reviews fell; calls (few) held.", ["visits rose", "reviews fell", "calls", "few", "held."]),
        ("We met it because staff came, which helped.", ["we met it", "staff came", "helped."]),
        ("It rose and is now met, and we hope for more.", ["it rose", "is now met", "we hope for more."]),
        ("Staff and families agree – it rose.", ["staff and families agree", "it rose."]),
        ("Not there, yet better.", ["not there", "better."]),
    ],
)  # fmt: skip
def test_the_parts_of_a_sentence(sentence: str, parts: list[str]) -> None:
    assert list(clauses(sentence)) == parts


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        ("it is not improving", True),
        ("it isn't improving", True),
        ("it isn’t improving", True),
        ("there was no real sign of improving", True),
        ("it failed to be improving", True),
        ("it is improving", False),
        ("it is not only improving", False),
        ("no doubt it is improving", False),
        ("not one of the teams in the north is improving", False),  # too far before it
        ("improving has stalled", True),
        ("improving is not what we see", True),
        ("improving is unlikely to be chance", False),
        ("improving is unlikely", True),
        ("improving in the first of four teams has stopped", False),  # too far after it
    ],
)
def test_what_is_said_with_not(clause: str, expected: bool) -> None:
    start = clause.index("improving")
    assert negated(clause, start, start + len("improving")) is expected


@pytest.mark.parametrize(
    ("clause", "meant"),
    [
        ("it will improve", True),
        ("we hope that visits improve", True),
        ("a plan to improve", True),
        ("managers asked whether visits improve", True),
        ("visits improve", False),
        ("visits continue to improve", False),
        ("visits have begun to improve", False),
        ("visits failed to improve", False),
        ("thanks to the team visits improve", False),
        ("visits improve and we will see", False),  # what comes after it is no matter
    ],
)
def test_what_is_only_meant_to_come(clause: str, meant: bool) -> None:
    assert intended(clause, clause.index("improve")) is meant


@pytest.mark.parametrize(
    ("clause", "months"),
    [
        ("improved on last year", 12),
        ("better than a year ago", 12),
        ("up year on year", 12),
        ("improved over the last six months", 6),
        ("improved over the last 18 months", 18),
        ("improved in the past quarter", 3),
        ("improved for two quarters", 6),
        ("improved in the last two years", 24),
        ("improved for a month", 1),
        ("improved over the last month", 1),
        ("improved over the past twelve months", 12),
        ("improved in july", None),
        ("improved", None),
    ],
)
def test_over_how_many_months(clause: str, months: int | None) -> None:
    assert months_spanned(clause) == months


@pytest.mark.parametrize(
    ("clause", "periods"),
    [
        ("risen six months in a row", 6),
        ("risen 14 months running", 14),
        ("risen four consecutive quarters", 4),
        ("risen for three successive months", 3),
        ("risen two quarters on end", 2),
        ("risen for one month in succession", 1),
        ("risen for six months", None),
        ("risen", None),
    ],
)
def test_how_many_in_a_row(clause: str, periods: int | None) -> None:
    assert in_a_row(clause) == periods
