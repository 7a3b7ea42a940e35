"""How often stable series signal: the table of docs/methods.md, a fresh simulation, and what the pages say are one."""

import re
from pathlib import Path

import pytest

from benchmarks.chance.false_alarms import RULES, simulate, stable
from scorecard.analysis.spc.stable import Kind, alarms_like

PAGE = (Path(__file__).parents[3] / "docs" / "methods.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| (\d+) \| ([\d.]+) % \| ([\d.]+) % \|" + r" ([\d.]+) % \|" * 4 + "$", re.MULTILINE)
PRINTED = {
    int(points): dict(zip(("last_point", "anywhere", *RULES), (float(share) / 100 for share in shares), strict=True))
    for points, *shares in ROW.findall(PAGE)
}
SERIES = 6_000
# Four standard errors of a share: of SERIES at their widest, and of the 1,500 that the pages' chances rest on.
MARGIN_ANYWHERE, MARGIN_LAST = 0.026, 0.008
DRAWN, DRAWN_LAST = 0.052, 0.014


def normal(points: int) -> Kind:
    return Kind(points, "normal", 0.0, 1.0, (), 0.0, 0.0)


def test_the_page_has_the_table() -> None:
    assert list(PRINTED) == [12, 15, 18, 20, 24, 30, 36, 48, 60, 84, 120]


@pytest.mark.parametrize("points", [12, 60])
def test_the_table_is_near_a_fresh_simulation(points: int) -> None:
    shares = simulate(stable(points, SERIES, seed=20))
    assert shares["anywhere"] == pytest.approx(PRINTED[points]["anywhere"], abs=MARGIN_ANYWHERE)
    assert shares["last_point"] == pytest.approx(PRINTED[points]["last_point"], abs=MARGIN_LAST)


@pytest.mark.parametrize("points", [12, 24, 60])
def test_normal_figures_signal_as_the_table_says(points: int) -> None:
    alarms = alarms_like(normal(points), points)
    assert alarms.newest == pytest.approx(PRINTED[points]["last_point"], abs=DRAWN_LAST)
    assert alarms.somewhere == pytest.approx(PRINTED[points]["anywhere"], abs=DRAWN)
    for rule in ("limit", "trend", "two_of_three"):  # of a shift the table counts what no other rule names
        assert alarms.of_rule(rule) == pytest.approx(PRINTED[points][rule], abs=DRAWN)


def test_series_longer_than_those_drawn_count_in_proportion() -> None:
    alarms = alarms_like(normal(60), 120)
    assert alarms.somewhere == pytest.approx(PRINTED[120]["anywhere"], abs=DRAWN)
    assert alarms.newest == pytest.approx(PRINTED[120]["last_point"], abs=DRAWN_LAST)


@pytest.mark.parametrize("lean", [0.0, 0.6])
def test_a_signal_anywhere_is_more_likely_than_in_the_newest_figure_and_a_longer_run_less(lean: float) -> None:
    alarms = alarms_like(normal(24)._replace(lean=lean), 24)
    assert alarms.newest < alarms.somewhere < 1
    for rule in ("limit", "trend", "shift"):
        shares = [alarms.of_rule(rule, figures) for figures in (1, 7, 9, 14)]
        assert shares == sorted(shares, reverse=True)
        assert shares[0] > shares[-1]
