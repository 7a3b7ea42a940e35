"""How often stable series like a measure's own signal: the kinds that are drawn, and what is said of them."""

from __future__ import annotations

import numpy as np
import pytest

from scorecard.analysis.spc.rules import RULES
from scorecard.analysis.spc.stable import (
    SERIES,
    Kind,
    autocorrelation_beyond_a_change,
    chance_of_signal_like,
    draw,
    kind_of,
    lean_of,
    simulated,
)

NOTHING = np.full(24, np.nan)


def normal(points: int, **others: float) -> Kind:
    return Kind(points, "normal", 0.0, 1.0, (), **({"step": 0.0, "lean": 0.0} | others))


@pytest.mark.parametrize(
    ("kind", "chance"),
    [  # issue: shares near 100 % on small denominators 6 to 7 %, counts of one or two 4 %, months that lean 5 to 9 %
        (Kind(24, "share", 0.97, 0.0, (30.0,), 1.0, 0.0), 0.065),
        (Kind(24, "count", 1.0, 0.0, (), 0.0, 0.0), 0.05),
        (Kind(24, "count", 2.0, 0.0, (), 0.0, 0.0), 0.04),
        (normal(36, lean=0.3), 0.07),
        (normal(36, step=1.0), 0.05),
    ],
)
def test_other_figures_signal_more_often(kind, chance):
    assert chance_of_signal_like(kind) == pytest.approx(chance, abs=0.025)


def test_a_rarer_signal_is_less_likely_by_chance():
    kind = Kind(24, "share", 0.97, 0.0, (30.0,), 1.0, 0.0)
    chances = [chance_of_signal_like(kind, "below_limit", reach) for reach in (1.0, 1.5, 2.0, 4.0, 9.0)]
    assert chances == sorted(chances, reverse=True)
    assert chances[0] > 0.03 > chances[-1]
    runs = [chance_of_signal_like(normal(24), "shift_low", run=run) for run in (7, 8, 12)]
    assert runs == sorted(runs, reverse=True)


@pytest.mark.parametrize("kind", [normal(24), Kind(24, "count", 1.0, 0.0, (), 0.0, 0.0)])
def test_as_many_stable_series_are_as_rare_as_is_said(kind):
    """Of signals called as likely as c or less, no more than a share of c come up."""
    simulation = simulated(kind)
    for bound in (0.01, 0.03, 0.05):
        chances = [chance_of_signal_like(kind, *_seen(rule, strength)) for rule, strength in _signals(simulation)]
        assert np.mean(np.array(chances) < bound) * len(chances) / SERIES <= bound


def _signals(simulation):
    at = simulation.rule > 0
    return list(zip(simulation.rule[at], simulation.strength[at], strict=True))


def _seen(rule, strength):
    return RULES[rule - 1].high, float(strength), int(strength)


@pytest.mark.parametrize(
    ("value", "denominator", "unit", "draws"),
    [
        (np.tile([97.0, 100.0, 93.0], 8), np.full(24, 30.0), "percent", "share"),
        (np.tile([97.0, 100.0, 93.0], 8), NOTHING, "percent", "share"),
        (np.tile([47.0, 52.0, 50.0], 8), NOTHING, "percent", "normal"),
        (np.tile([80.0, 82.0, 81.0], 8), np.full(24, 500.0), "percent", "normal"),
        (np.tile([0.0, 2.0, 1.0], 8), NOTHING, "number", "count"),
        (np.tile([9.0, 12.0, 11.0], 8), NOTHING, "number", "normal"),
        (np.tile([0.5, 2.0, 1.0], 8), NOTHING, "number", "normal"),
        (np.tile([14.1, 13.2, 15.7], 8), NOTHING, "days", "normal"),
    ],
)
def test_a_kind_follows_from_the_figures(value, denominator, unit, draws):
    kind = kind_of(value, denominator, unit, 0)
    assert kind.draws == draws
    assert kind == kind_of(value, denominator, unit, 0)
    assert draw(kind, np.random.default_rng(1)).shape == (SERIES, 24)


@pytest.mark.parametrize(("level", "signals"), [(70.0, 0.643), (70.3, 0.286), (70.5, 0.062)])
def test_coarsely_rounded_figures_signal_by_where_between_two_steps_their_level_lies(level, signals):
    """signals: of 4,000 such series, as many as the rules judged (benchmarks.chance.false_alarms.simulate)."""
    series = np.round(np.random.default_rng(5).normal(level, 0.33, (20, 24)))
    chances = [chance_of_signal_like(kind_of(value, NOTHING, "days", 0)) for value in series]
    assert np.mean(chances) == pytest.approx(signals, abs=0.08)


def test_a_denominator_with_limits_of_its_own_is_taken_as_usual():
    few = np.append(np.full(23, 200.0), 12.0)
    value = np.tile([97.0, 100.0, 98.0], 8)
    assert kind_of(value, few, "percent", 0).of == kind_of(value, np.full(24, 200.0), "percent", 0).of


@pytest.mark.parametrize("lean", [0.0, 0.75])
@pytest.mark.parametrize("change", ["none", "step", "line"])
def test_lean_is_told_from_a_step_and_from_a_line(lean, change):
    random = np.random.default_rng(4)
    noise = random.normal(0, 1, (400, 48))
    for month in range(1, 48):
        noise[:, month] += lean * noise[:, month - 1]
    moved = {"none": 0.0, "step": 8.0 * (np.arange(48) > 20), "line": 0.5 * np.arange(48)}[change]
    leans = np.array([autocorrelation_beyond_a_change(row + moved) for row in noise])
    assert (leans > 0.2).mean() > 0.85 if lean else (leans > 0.2).mean() < 0.08


@pytest.mark.parametrize("value", [np.full(12, 5.0), np.arange(12.0), np.repeat([1.0, 9.0], 6)])
def test_what_a_change_explains_whole_leaves_nothing_to_lean(value):
    assert lean_of(value) == 0.0
