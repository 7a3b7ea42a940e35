"""Are the chances that pages print those of the rules as they are?"""

from pathlib import Path

import pytest

from benchmarks.false_alarms import percent, simulate, stable
from scorecard.analysis.spc.false_alarms import FALSE_ALARMS, Chance, chance_of_signal

SERIES = 6_000
# Four standard errors of a share of SERIES, at its widest.
MARGIN_ANYWHERE, MARGIN_LAST = 0.026, 0.008


@pytest.mark.parametrize("points", [12, 24, 60])
def test_the_table_is_near_a_fresh_simulation(points):
    found = simulate(stable(points, SERIES, seed=20))
    assert found["anywhere"] == pytest.approx(FALSE_ALARMS[points].anywhere, abs=MARGIN_ANYWHERE)
    assert found["last_point"] == pytest.approx(FALSE_ALARMS[points].last_point, abs=MARGIN_LAST)


@pytest.mark.parametrize(
    ("points", "expected"),
    [
        (0, Chance(0, 0)),
        (11, Chance(0, 0)),
        (12, FALSE_ALARMS[12]),
        (54, Chance(*((a + b) / 2 for a, b in zip(FALSE_ALARMS[48], FALSE_ALARMS[60], strict=True)))),
        (120, FALSE_ALARMS[120]),
        (500, FALSE_ALARMS[120]),
    ],
)
def test_between_and_beyond_the_lengths_of_the_table(points, expected):
    assert chance_of_signal(points) == pytest.approx(expected)


def test_a_longer_series_has_more_chances():
    anywhere = [chance.anywhere for chance in FALSE_ALARMS.values()]
    assert anywhere == sorted(anywhere)


def test_the_methods_page_prints_this_table():
    page = (Path(__file__).parents[3] / "docs" / "methods.md").read_text(encoding="utf-8")
    for points, chance in FALSE_ALARMS.items():
        assert f"| {points} | {percent(chance.last_point)} | {percent(chance.anywhere)} |" in page
