"""The smallest catalogue that shows each kind of entry, as YAML; tests edit one thing in it."""

from __future__ import annotations

from scorecard.catalogue.models import Catalogue
from scorecard.catalogue.read_measures import read_catalogue

SMALL = """\
authority:
  name: Sometown
  code: E06000099
  region: {name: A Region, code: E12000099}
  country: {name: A Country, code: E92000099}
plan:
  title: A plan
  edition: First
  inspected: 2019-11
  actuals: 2020-07
service_areas:
  - id: area-one
    name: Area one
    measures:
      - id: first-measure
        name: First
        plan_wording: First
        definition: What is counted
        kind: quality
        unit: percent
        decimals: 0
        polarity: higher_is_better
        accumulation: in_month
        frequency: monthly
        supplied_by: A system
        pair: second-measure
        baseline: {value: 35, printed: "35%"}
        july_2020: {value: 40, printed: "40%"}
        targets: [{at_least: 50, printed: "50%"}]
        comparators: {regional: {value: 45, printed: "45%"}}
      - id: second-measure
        name: Second
        plan_wording: Second
        definition: What is counted
        kind: volume
        unit: number
        decimals: 0
        polarity: lower_is_better
        accumulation: at_month_end
        frequency: monthly
        supplied_by: A system
        pair: first-measure
        july_2020: {value: 1200, printed: "1,200"}
        targets: [{at_most: 900, printed: "900"}]
"""


def of_authority(code: str, region: str, country: str) -> str:
    """The small catalogue of an authority that there is."""
    return SMALL.replace("E06000099", code).replace("E12000099", region).replace("E92000099", country)


def edited(old: str, new: str) -> str:
    """The small catalogue with the first `old` replaced."""
    assert old in SMALL, old
    return SMALL.replace(old, new, 1)


def small_catalogue(*edits: tuple[str, str]) -> Catalogue:
    """The small catalogue read, after edits."""
    text = SMALL
    for old, new in edits:
        assert old in text, old
        text = text.replace(old, new, 1)
    return read_catalogue(text.encode())
