"""What a projection makes of a step, a rebase, a provisional figure, and of what its measure is."""

import numpy as np
import pandas as pd
import pytest

from scorecard.analysis.projection import methods
from scorecard.analysis.projection.project import FIGURES, project, too_few
from scorecard.analysis.projection.steps import levelled

NOISE = np.random.default_rng(4).integers(-2, 3, 48).tolist()
STEP = [50 + noise for noise in NOISE[:19]] + [70 + noise for noise in NOISE[:5]]


def observations(values, measure="m", **columns):
    ends = pd.date_range(end="2020-07-31", periods=len(values), freq="ME")
    given = {"measure_id": measure, "area": "A", "period_end": ends, "value": np.array(values, dtype=float)}
    return pd.DataFrame({**given, **columns})


def settings(measure="m", **given):
    return pd.DataFrame([{"measure_id": measure, **given}])


STOCK = settings(accumulation="at_month_end", unit="number")
SHARE = settings(accumulation="in_month", unit="percent")


# ── steps ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_step_is_found_where_it_is_and_taken_out():
    without_step = levelled(np.array([STEP], dtype=float))
    assert without_step.start[0] == 19
    assert without_step.step[0] == pytest.approx(20, abs=1)
    np.testing.assert_allclose(without_step.values[0, 19:], STEP[19:])
    assert abs(without_step.values[0, :19].mean() - np.mean(STEP[19:])) < 0.1


@pytest.mark.parametrize(
    "values",
    [
        [50 + noise for noise in NOISE],
        [50 + 3 * month + noise for month, noise in enumerate(NOISE)],
        [50.0] * 24,
        [50 + noise for noise in NOISE[:21]] + [70, 71, 69],  # three figures are no level yet
        [50 + noise for noise in NOISE[:7]],
        [50 + noise for noise in NOISE[:16]] + [82, 80, 78, 77, 75, 73, 72, 70, 68],  # it falls since: no level
        [92 + noise / 2 for noise in NOISE[:22]] + [91, 90, 89, 88, 87, 86, 85, 84],  # it only began to fall
    ],
    ids=["noise", "line", "constant", "three figures", "too short", "falling since", "beginning to fall"],
)
def test_where_there_is_no_step_nothing_is_taken_out(values):
    without_step = levelled(np.array([values], dtype=float))
    np.testing.assert_allclose(without_step.step, 0, atol=0.02)
    np.testing.assert_allclose(without_step.values[0], values, atol=0.02)


def test_a_fall_that_began_is_no_step_to_go_back_to():
    falling = [92 + noise / 2 for noise in NOISE[:22]] + [91, 90, 89, 88, 87, 86, 85, 84]
    projection = project(observations(falling), settings=SHARE)
    assert projection["projected"].max() < 85, "the mean of what it fell through is not where it goes"


@pytest.mark.parametrize("own_settings", [None, SHARE, STOCK], ids=["any", "share", "stock"])
def test_one_step_makes_neither_a_trend_nor_a_season(own_settings):
    projection = project(observations(STEP), settings=own_settings)
    assert projection["projected"].between(67, 75).all()
    assert np.ptp(projection["projected"]) < 3
    last = projection.iloc[-1]
    assert last["lower_95"] < 56, "whether the step stays is not known"


def test_a_step_that_is_rebased_leaves_no_doubt_behind():
    rebased = SHARE.assign(rebase=[[pd.Timestamp("2019-02-01")]])
    long = [50 + noise for noise in NOISE[:19]] + [70 + noise for noise in NOISE[:18]]
    wide, narrow = (project(observations(long), settings=own_settings).iloc[-1] for own_settings in (SHARE, rebased))
    assert narrow["upper_80"] - narrow["lower_80"] < 0.7 * (wide["upper_80"] - wide["lower_80"])


# ── what counts ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_projection_starts_at_the_last_rebase_that_is_not_ahead_of_it():
    history = observations([*range(40, 60), *NOISE[:16]])
    dates = [pd.Timestamp("2018-01-01"), pd.Timestamp("2019-04-01"), pd.Timestamp("2021-01-01")]
    projection = project(history, settings=settings(rebase=dates))
    pd.testing.assert_frame_equal(projection, project(history.iloc[20:]), check_exact=True)


def test_too_few_figures_since_a_rebase_are_silent():
    own_settings = settings(rebase=[pd.Timestamp("2019-10-31")])
    assert project(observations(NOISE), settings=own_settings).empty
    assert too_few(observations(NOISE), settings=own_settings)["points"].tolist() == [10]


@pytest.mark.parametrize("mark", [{"symbol": "p"}, {"provisional": True}])
def test_provisional_figures_are_left_out(mark):
    name, value = next(iter(mark.items()))
    history = observations([*NOISE[:20], 40, 41], **{name: [None if name == "symbol" else False] * 20 + [value] * 2})
    projection = project(history)
    assert projection["period_end"].iloc[0] == pd.Timestamp("2020-06-30"), "follows the last figure that has settled"
    pd.testing.assert_frame_equal(projection, project(history.iloc[:20]), check_exact=True)


def test_settings_given_twice_are_named():
    with pytest.raises(ValueError, match="settings are given more than once"):
        project(observations(NOISE), settings=pd.concat([STOCK, STOCK]))


# ── what the measure is ──────────────────────────────────────────────────────────────────────────────────────────────


def test_a_stock_stays_at_its_last_level():
    walk = np.array(NOISE[:30]).cumsum() + 500
    projection = project(observations(walk), settings=STOCK)
    np.testing.assert_allclose(projection["projected"], walk[-1], atol=2.5)
    half = (projection["upper_80"] - projection["projected"]).to_numpy()
    assert np.all(np.diff(half) > 0), "what may come and go adds up"


def test_a_stock_that_drifts_beyond_chance_goes_on_drifting():
    rising = 500 + 4 * np.arange(30) + np.array(NOISE[:30])
    projection = project(observations(rising), settings=STOCK)
    assert projection["projected"].iloc[-1] == pytest.approx(rising[-1] + 48, abs=12)


def test_the_drift_of_a_stock_with_gaps_is_that_of_its_ends():
    drift = methods.stock_drift(np.array([[10, 12, np.nan, np.nan, 18, 20.0]]))
    assert drift[0].tolist() == pytest.approx([0, 2, 2, 2, 2, 2])


def test_a_share_is_carried_on_nearer_its_mean_than_its_last_figures():
    random = np.random.default_rng(3)
    away = np.zeros(2)
    for _ in range(40):
        values = 80 + 4 * random.normal(size=24)
        ahead = [
            project(observations(values), settings=own_settings)["projected"].mean() for own_settings in (None, SHARE)
        ]
        away += np.abs(np.array(ahead) - values.mean())
    assert away[1] < 0.9 * away[0]


def test_a_trend_that_is_beyond_chance_is_not_held_back_by_the_mean():
    rising = [52 + 1.1 * month + noise / 2 for month, noise in enumerate(NOISE[:30])]
    any_, share = (project(observations(rising), settings=own_settings)["projected"] for own_settings in (None, SHARE))
    np.testing.assert_allclose(share, any_, atol=1)


@pytest.mark.parametrize("own_settings", [STOCK, SHARE], ids=["stock", "share"])
def test_each_way_nests_its_intervals_and_moves_with_shift_and_scale(own_settings):
    random = np.random.default_rng(11)
    for _ in range(10):
        values = 50 + random.normal(size=20).cumsum() + random.normal(size=20)
        one, other = (project(observations(series), settings=own_settings) for series in (values, 3 * values - 20))
        ordered = one[["lower_95", "lower_80", "projected", "upper_80", "upper_95"]].to_numpy()
        assert (np.diff(ordered, axis=1) > 0).all()
        np.testing.assert_allclose(other[FIGURES], 3 * one[FIGURES] - 20, atol=1e-6)


def test_measures_of_every_way_get_the_same_digits_alone_or_together():
    own_settings = pd.concat([STOCK.assign(measure_id="stock"), SHARE.assign(measure_id="share")])
    each = [observations(NOISE[:length], measure=name) for name, length in (("any", 30), ("share", 25), ("stock", 14))]
    together = project(pd.concat(each), settings=own_settings)
    alone = pd.concat([project(figures, settings=own_settings) for figures in each], ignore_index=True)
    pd.testing.assert_frame_equal(together, alone, check_exact=True)


def test_a_quarterly_measure_has_the_season_of_its_quarters():
    season = [70, 78, 82, 74]
    values = [np.nan] * 48
    values[2::3] = [season[quarter % 4] + NOISE[quarter] / 2 for quarter in range(16)]
    projection = project(observations(values), settings=SHARE)
    np.testing.assert_allclose(projection["projected"].iloc[2::3], season, atol=1.5)
