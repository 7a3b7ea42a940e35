# ruff: noqa: E501  a case a line
"""What each part of a catalogue allows and the parts together can't mean is a fault, with its line and what to do."""

from __future__ import annotations

import re

import pytest

from scorecard.catalogue.read_measures import CatalogueError, read_catalogue
from tests.catalogue.small_catalogue import SMALL

BASELINE = 'baseline: {value: 35, printed: "35%"}'
TARGET = 'targets: [{at_least: 50, printed: "50%"}]'
COMPARATOR = "comparators: {regional: {value: 45, "
RISING = "0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1, 1"

FAULTS = [  # what stands in the small catalogue, what is written instead, where the fault is, what it says
    (TARGET, TARGET.replace("50,", "101,"), "targets[1].at_least", "101", "The largest that this measure can be is 100"),
    (TARGET, TARGET.replace("50,", "-1,"), "targets[1].at_least", "-1", "A target of this measure is 0 or more."),
    (TARGET, TARGET.replace("at_least: 50", "more_than: 100"), "targets[1].more_than", "100", "write 'at_least'"),
    (TARGET, TARGET.replace("at_least: 50", "between: [90, 120]"), "targets[1].between[2]", "120", "is 100"),
    ("at_most: 900", "at_most: -0.5", "targets[1].at_most", "-0.5", "0 or more"),
    ("at_most: 900", "less_than: 0", "targets[1].less_than", "0", "write 'at_most'"),
    ('{at_most: 900, printed: "900"}]', '{at_most: 1201, printed: "900"}]\n        maximum: 1200', "targets[1].at_most", "1201", "correct one of the two"),
    ("unit: number", "unit: number\n        maximum: 0", "maximum", "0", "A maximum is more than 0."),
    (BASELINE, BASELINE.replace("35,", "135,"), "baseline.value", "135", "The largest that this measure can be is 100"),
    (BASELINE, BASELINE.replace("35,", "-35,"), "baseline.value", "-35", "A figure of this measure is 0 or more."),
    (BASELINE, "baseline: {numerator: 50, denominator: 10, printed: x}", "baseline.numerator", "50 of 10", "500%"),
    (BASELINE, "baseline: {value: 36, numerator: 7, denominator: 20, printed: x}", "baseline.value", "36", "7 of 20 is 35"),
    (BASELINE, "baseline: {value: 0, numerator: 0, denominator: 0, printed: x}", "baseline.denominator", "0", "symbol: z"),
    (BASELINE, "baseline: {numerator: -1, denominator: 10, printed: x}", "baseline.numerator", "-1", "0 or more"),
    (BASELINE, "baseline: {numerator: 1, denominator: -10, printed: x}", "baseline.denominator", "-10", "0 or more"),
    (BASELINE, "baseline: {value: 35, symbol: c, printed: x}", "baseline.symbol", "'c' and the value 35", "take one of the two out"),
    (COMPARATOR, COMPARATOR.replace("45", "145"), "comparators.regional.value", "145", "is 100"),
    (TARGET, TARGET.replace("}]", ", from: 2021-03, by: 2021-02, by_basis: plan}]"), "targets[1].by", "'2021-02'", "'from', 2021-03"),
    (TARGET, TARGET.replace("}]", ", from: 2021-03, by: 2020, by_basis: plan}]"), "targets[1].by", "2020", "before the target begins"),
    (TARGET, TARGET.replace("}]", f", profile: [{RISING.replace('0.6', '0.45')}]}}]"), "targets[1].profile[6]", "0.45", "never falls"),
    (TARGET, TARGET.replace("}]", f", profile: [{RISING.replace('0.1', '-0.1')}]}}]"), "targets[1].profile[1]", "-0.1", "0 or more"),
    ("name: Second\n", 'name: "Sec\\u202eond"\n', "name", "'Sec\u202eond'", "U+202E right-to-left override"),
    ("name: Second\n", f"name: {'x' * 151}\n", "name", "151 characters", "150 at most"),
    ("name: Second\n", "name: ' first '\n", "name", "' first '", "Line 16 has this name already: give this measure another."),
    ("region: {name: A Region, code: E12000099}", "region: {name: A Region, code: E06000099}", "authority.region.code", "'E06000099'", "The authority has this code already"),
    ("country: {name: A Country,", "country: {name: a region,", "authority.country.name", "'a region'", "The region has this name already"),
    ("country: {name: A Country, code: E92000099}", "country: {name: A, code: E12000099}", "authority.country.code", "'E12000099'", "The region has this code already"),
]  # fmt: skip
SOUND = [
    (TARGET, TARGET.replace("50,", "100,")),
    (TARGET, TARGET.replace("at_least: 50", "between: [0, 100]")),
    (TARGET, TARGET.replace("at_least: 50", "more_than: 99.9")),
    ("at_most: 900", "at_most: 0"),
    (BASELINE, "baseline: {value: 35, numerator: 7, denominator: 20, printed: x}"),
    (BASELINE, "baseline: {value: 35.4, numerator: 35.9, denominator: 100, printed: half a last digit away}"),
    (BASELINE, "baseline: {symbol: z, numerator: 0, denominator: 0, printed: x}"),
    (BASELINE, "baseline: {value: 35, symbol: p, printed: x}"),
    (BASELINE, "baseline: {symbol: c, printed: x}"),
    (BASELINE, "baseline: {value: 0.51, numerator: 10, printed: a part without its whole}"),
    (TARGET, TARGET.replace("}]", ", from: 2021-03, by: 2021-03, by_basis: plan}]")),
    (TARGET, TARGET.replace("}]", ", from: 2021-03, by: 2021, by_basis: plan}]")),
    (TARGET, TARGET.replace("}]", f", profile: [{RISING}]}}]")),
]


def faults_of(text: str) -> list[tuple[str, str, str, int]]:
    try:
        read_catalogue(text.encode())
    except CatalogueError as error:
        return [(fault.where, fault.found, fault.remedy, fault.line) for fault in error.faults]
    return []


@pytest.mark.parametrize(("old", "new", "where", "found", "remedy"), FAULTS, ids=lambda text: text[:60])
def test_what_makes_no_sense_is_one_fault_at_its_own_place(
    old: str, new: str, where: str, found: str, remedy: str
) -> None:
    assert old in SMALL
    text = SMALL.replace(old, new, 1)
    ((named, what, advice, line),) = faults_of(text)
    assert (named, what) == (where, found)
    assert remedy in advice
    key = re.findall(r"\w+", re.sub(r"\[\d+\]", "", where))[-1]
    assert key in text.splitlines()[line - 1]


@pytest.mark.parametrize(("old", "new"), SOUND, ids=lambda text: text[:80])
def test_what_stands_exactly_on_a_bound_is_sound(old: str, new: str) -> None:
    assert old in SMALL
    assert faults_of(SMALL.replace(old, new, 1)) == []


def test_two_service_areas_of_one_name_are_a_fault() -> None:
    area = SMALL[SMALL.index("  - id: area-one") :]
    second = area.replace("area-one", "area-two").replace("Area one", "AREA  one")
    for old, new in (("first-measure", "third"), ("second-measure", "fourth"), ("name: First", "name: Third"), ("name: Second", "name: Fourth")):  # fmt: skip
        second = second.replace(old, new)
    ((where, found, remedy, _),) = faults_of(SMALL + second)
    assert (where, found) == ("service_areas[2].name", "'AREA  one'")
    assert remedy == "Line 13 has this name already: give this service area another."


def test_faults_of_sense_are_told_beside_the_others_at_once() -> None:
    text = SMALL.replace("kind: quality", "kind: qualty").replace("at_least: 50", "at_least: 150")
    assert [where for where, *_ in faults_of(text)] == ["kind", "targets[1].at_least"]
