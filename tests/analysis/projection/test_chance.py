"""The chance of meeting a target, from the intervals of a projection."""

import numpy as np
import pandas as pd
import pytest

from scorecard.analysis.projection.project import CHANCE_COLUMNS, PROJECTION_COLUMNS, chance_of_meeting, project

AUGUST, SEPTEMBER = pd.Timestamp("2020-08-31"), pd.Timestamp("2020-09-30")


def projection(*rows):
    """Rows (area, month, projected, lower_80, upper_80, lower_95, upper_95) of one measure."""
    return pd.DataFrame([("m", *row) for row in rows], columns=PROJECTION_COLUMNS)


def targets(lower=np.nan, upper=np.nan, by=AUGUST, **more):
    return pd.DataFrame([{"measure_id": "m", "target_lower": lower, "target_upper": upper, "by": by, **more}])


USUAL = projection(("A", AUGUST, 50.0, 40.0, 60.0, 30.0, 70.0))


@pytest.mark.parametrize(
    ("lower", "upper", "chance"),
    [
        (50, np.nan, 0.5),
        (np.nan, 50, 0.5),
        (60, np.nan, 0.1),
        (40, np.nan, 0.9),
        (np.nan, 30, 0.025),
        (np.nan, 70, 0.975),
        (40, 60, 0.8),
        (30, 70, 0.95),
        (55, np.nan, 0.260834),  # half of 1.28155 standard deviations
        (75, np.nan, 0.010748),  # 1.95996 + half of (1.95996 − 1.28155)
        (1000, np.nan, 0.0),
        (np.nan, 1000, 1.0),
        (50, 50, 0.0),
    ],
)
def test_the_intervals_give_back_their_own_shares_and_a_bell_curve_between(lower, upper, chance):
    chances = chance_of_meeting(USUAL, targets(lower, upper))
    assert chances["chance"].item() == pytest.approx(chance, abs=1e-6)
    assert chances["why_not"].isna().all()


@pytest.mark.parametrize(
    ("target", "why"),
    [
        (targets(), "no target"),
        (targets(50, by=pd.NaT), "the target has no date"),
        (targets(50, by=SEPTEMBER), "the date is not among the months projected"),
        (targets(50).assign(measure_id="other"), "no projection"),
    ],
)
def test_where_there_is_no_chance_the_words_say_why(target, why):
    chances = chance_of_meeting(USUAL, target)
    assert chances["chance"].isna().all()
    assert chances["why_not"].item() == why


def test_a_target_is_for_every_area_unless_it_names_one():
    both = projection(("A", AUGUST, 50.0, 40.0, 60.0, 30.0, 70.0), ("B", AUGUST, 60.0, 50.0, 70.0, 40.0, 80.0))
    chances = chance_of_meeting(both, targets(60))
    assert list(chances.columns) == CHANCE_COLUMNS
    assert chances["area"].tolist() == ["A", "B"]
    assert chances["chance"].tolist() == pytest.approx([0.1, 0.5])
    assert chance_of_meeting(both, targets(60, area="B"))["chance"].tolist() == pytest.approx([0.5])
    assert chance_of_meeting(both, targets(60, area="C"))["why_not"].tolist() == ["no projection"]


def test_targets_keep_their_order_and_any_day_of_the_month_will_do():
    two = projection(("A", AUGUST, 50.0, 40.0, 60.0, 30.0, 70.0), ("A", SEPTEMBER, 60.0, 40.0, 80.0, 20.0, 100.0))
    asked = pd.concat([targets(60, by=pd.Timestamp("2020-09-01")), targets(60)])
    assert chance_of_meeting(two, asked)["chance"].tolist() == pytest.approx([0.5, 0.1])


def test_no_targets_give_no_rows():
    chances = chance_of_meeting(USUAL, targets(50).iloc[:0])
    assert list(chances.columns) == CHANCE_COLUMNS
    assert chances.empty


def test_a_projection_without_width_is_certain():
    still = projection(("A", AUGUST, *[50.0] * 5))
    for lower, chance in [(49, 1.0), (51, 0.0)]:
        assert chance_of_meeting(still, targets(lower))["chance"].item() == chance


def test_a_side_that_a_bound_has_cut_borrows_the_other_sides_reach():
    cut = projection(("A", AUGUST, 95.0, 85.0, 100.0, 75.0, 100.0))
    free = projection(("A", AUGUST, 95.0, 85.0, 105.0, 75.0, 115.0))
    for value in (90, 99, 100):
        assert chance_of_meeting(cut, targets(value))["chance"].item() == pytest.approx(
            chance_of_meeting(free, targets(value))["chance"].item()
        )


def test_a_nearer_target_is_never_less_likely():
    values = [71, 74, 69, 80, 77, 75, 82, 79, 73, 84, 81, 78]
    dates = pd.date_range(end="2020-07-31", periods=12, freq="ME")
    ahead = project(pd.DataFrame({"measure_id": "m", "area": "A", "period_end": dates, "value": map(float, values)}))
    asked = pd.concat([targets(level, by=AUGUST) for level in range(40, 121, 4)])
    chance = chance_of_meeting(ahead, asked)["chance"]
    assert chance.is_monotonic_decreasing
    assert chance.between(0, 1).all()


def test_a_fault_in_the_frames_is_named():
    with pytest.raises(ValueError, match="lower end lies above"):
        chance_of_meeting(USUAL, targets(60, 50))
    with pytest.raises(ValueError, match="targets lack the column by"):
        chance_of_meeting(USUAL, targets(60).drop(columns="by"))
    with pytest.raises(ValueError, match="projection lack"):
        chance_of_meeting(USUAL.drop(columns="upper_95"), targets(60))


def figures(values, **columns):
    dates = pd.date_range(end="2020-07-31", periods=len(values), freq="ME")
    return pd.DataFrame({"measure_id": "m", "area": "A", "period_end": dates, "value": map(float, values), **columns})


def settings(**given):
    return pd.DataFrame([{"measure_id": "m", "unit": "percent", "accumulation": "in_month", **given}])


def chance_of(values, target, *, own_settings=None, **columns):
    """The chance in August 2020 after these figures."""
    history, own_settings = figures(values, **columns), settings() if own_settings is None else own_settings
    ahead = project(history, settings=own_settings)
    return chance_of_meeting(ahead, target, history, settings=own_settings)["chance"].item()


COUNTS = settings(unit="number")


@pytest.mark.parametrize(
    ("values", "target", "own_settings"),
    [
        ([100] * 24, targets(lower=100), None),
        ([0] * 24, targets(upper=0), COUNTS),
        ([95] * 24, targets(lower=95), None),
        ([95] * 24, targets(upper=95), None),
        ([95] * 24, targets(95, 95), None),
    ],
)
def test_what_was_met_in_24_of_24_months_has_25_chances_in_26(values, target, own_settings):
    assert chance_of(values, target, own_settings=own_settings) == pytest.approx(25 / 26)


def test_a_target_at_a_bound_has_the_share_of_months_that_met_it_late_ones_counting_more():
    """Met in every other month of 24, a half-life of 24 months: the newest month met it, so a little over a half."""
    weight = 0.5 ** (np.arange(24) / 24)
    share = weight[::2].sum() / weight.sum()
    assert chance_of([97, 100] * 12, targets(lower=100)) == pytest.approx((24 * share + 1) / 26)


@pytest.mark.parametrize(
    ("values", "target", "by_past"),
    [
        (list(range(50, 74)), targets(lower=74), False),  # on its way: never met, and next month it is due
        (list(range(74, 50, -1)), targets(lower=51), False),
        ([80, 81] * 12, targets(lower=81), True),  # hardly moves, and past months lie on either side of where it goes
        ([80] * 24, targets(lower=81), True),
    ],
)
def test_the_past_of_a_series_that_hardly_moves_tells_its_chance_unless_a_straight_line_has_left_it(
    values, target, by_past
):
    lower = target["target_lower"].item()
    weight = 0.5 ** (np.arange(24)[::-1] / 24)
    share = (weight * (np.array(values) >= lower)).sum() / weight.sum()
    assert (chance_of(values, target) == pytest.approx((24 * share + 1) / 26)) == by_past


@pytest.mark.parametrize(("lower", "upper"), [(0, np.nan), (np.nan, 100), (0, 100)])
def test_what_no_figure_can_miss_is_certain(lower, upper):
    assert chance_of(np.random.default_rng(1).integers(65, 96, 24), targets(lower, upper)) == 1.0


def test_a_rounded_figure_meets_its_target_from_half_a_digit_below():
    """Whole percentages: 'at least 80' is met from 79.5, 'more than 80' from 80.5; 'at most 80' is the rest."""
    values = np.random.default_rng(1).integers(65, 96, 24)
    ahead = project(figures(values), settings=settings())
    below, above = (chance_of_meeting(ahead, targets(edge))["chance"].item() for edge in (79.5, 80.5))
    assert chance_of(values, targets(80)) == pytest.approx(below)
    assert chance_of(values, targets(80, target_strict=True)) == pytest.approx(above)
    assert chance_of(values, targets(upper=80)) == pytest.approx(1 - above)
    assert chance_of(values, targets(upper=80, target_strict=True)) == pytest.approx(1 - below)
    assert chance_of(values, targets(80, 80)) == pytest.approx(below - above)


def test_a_share_of_twenty_moves_in_steps_of_five_points():
    values = 5.0 * np.random.default_rng(1).integers(13, 20, 24)
    ahead = project(figures(values), settings=settings())
    edge = chance_of_meeting(ahead, targets(77.5))["chance"].item()
    assert chance_of(values, targets(76), denominator=20.0) == pytest.approx(edge), (
        "16 of 20 is the least that meets 76%"
    )
    assert chance_of(values, targets(80), denominator=20.0) == pytest.approx(edge)


def test_a_small_count_is_read_from_whole_numbers_and_past_months():
    """The case of 24 counts of 0 to 5 of which 7 were 3 or more: about 3 in 10."""
    counts = [2, 0, 3, 1, 2, 4, 1, 0, 2, 3, 1, 2, 5, 1, 0, 2, 3, 1, 2, 3, 0, 3, 2, 1]
    chance = chance_of(counts, targets(lower=3), own_settings=COUNTS)
    assert sum(count >= 3 for count in counts) == 7
    assert chance == pytest.approx(7 / 24, abs=0.06)
    assert chance_of(counts, targets(upper=2), own_settings=COUNTS) == pytest.approx(1 - chance)


def test_a_count_that_falls_to_its_target_is_likely_to_meet_it():
    falling = [round(40 - 1.5 * month + (month * 7) % 3 - 1) for month in range(24)]
    assert chance_of(falling, targets(upper=falling[-1]), own_settings=COUNTS) > 0.6


def test_a_nearer_target_is_never_less_likely_whatever_the_figures_are():
    for values, own_settings, columns in [
        ([97, 100, 98, 99, 100, 96] * 4, settings(), {"denominator": 40.0}),
        ([2, 0, 3, 1, 2, 4] * 4, COUNTS, {}),
        ([500, 510, 520, 515] * 6, settings(unit="number", accumulation="at_month_end"), {}),
    ]:
        levels = np.linspace(min(values) - 2, max(values) + 2, 30)
        history = figures(values, **columns)
        asked = pd.concat([targets(level) for level in levels], ignore_index=True)
        ahead = project(history, settings=own_settings)
        chances = chance_of_meeting(ahead, asked, history, settings=own_settings)["chance"].to_numpy()
        assert np.all(np.diff(chances) <= 1e-12)
        assert min(chances) >= 0
        assert max(chances) <= 1


def test_observations_that_lack_a_projected_series_are_named():
    with pytest.raises(ValueError, match="a series that the observations lack"):
        chance_of_meeting(USUAL, targets(50), figures([1.0] * 12).assign(area="B"))
