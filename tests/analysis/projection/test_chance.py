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
    out = chance_of_meeting(USUAL, targets(lower, upper))
    assert out["chance"].item() == pytest.approx(chance, abs=1e-6)
    assert out["why_not"].isna().all()


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
    out = chance_of_meeting(USUAL, target)
    assert out["chance"].isna().all()
    assert out["why_not"].item() == why


def test_a_target_is_for_every_area_unless_it_names_one():
    both = projection(("A", AUGUST, 50.0, 40.0, 60.0, 30.0, 70.0), ("B", AUGUST, 60.0, 50.0, 70.0, 40.0, 80.0))
    out = chance_of_meeting(both, targets(60))
    assert list(out.columns) == CHANCE_COLUMNS
    assert out["area"].tolist() == ["A", "B"]
    assert out["chance"].tolist() == pytest.approx([0.1, 0.5])
    assert chance_of_meeting(both, targets(60, area="B"))["chance"].tolist() == pytest.approx([0.5])
    assert chance_of_meeting(both, targets(60, area="C"))["why_not"].tolist() == ["no projection"]


def test_targets_keep_their_order_and_any_day_of_the_month_will_do():
    two = projection(("A", AUGUST, 50.0, 40.0, 60.0, 30.0, 70.0), ("A", SEPTEMBER, 60.0, 40.0, 80.0, 20.0, 100.0))
    asked = pd.concat([targets(60, by=pd.Timestamp("2020-09-01")), targets(60)])
    assert chance_of_meeting(two, asked)["chance"].tolist() == pytest.approx([0.5, 0.1])


def test_no_targets_give_no_rows():
    out = chance_of_meeting(USUAL, targets(50).iloc[:0])
    assert list(out.columns) == CHANCE_COLUMNS
    assert out.empty


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
