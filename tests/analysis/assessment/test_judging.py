"""A month's own denominator, and the season: what spc.analyse calls special and the assessment doesn't, and why."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from scorecard.analysis import spc
from scorecard.analysis.spc.denominators import far_from_usual, times_as_wide
from scorecard.analysis.spc.season import level, season
from scorecard.core.observations import latest_known
from tests.analysis.assessment_cases import assessed, catalogue, figures, judged, judged_together, measure, row, target
from tests.assessed import assess

NINETY = [[90.0, 91.5, 89.0, 90.5, 88.5, 91.0, 89.5][index % 7] for index in range(29)]
QUIET = [[60, 63, 58, 61, 59, 62, 60, 64, 57, 61, 60, 62][index % 12] for index in range(37)]


RISING = [50 + index + (index * 7) % 5 - 2 for index in range(30)]
ONE_LOW = [79, 80, 81, 78, 82, 80, 79, 81, 80, 30, 80, 81, 79, 80, 82, 78, 80, 81, 79, 80, 81, 80, 79, 81]


@pytest.mark.parametrize(
    ("values", "fields", "verdict"),
    [
        (list(range(50, 74)), {}, "improvement"),
        (list(range(74, 50, -1)), {}, "concern"),
        (list(range(50, 74)), {"polarity": "lower_is_better", "target": target(at_most=40)}, "concern"),
        (RISING, {}, "improvement"),
        (RISING[::-1], {}, "concern"),
        (RISING, {"kind": "volume", "polarity": "lower_is_better", "target": target(at_most=60)}, "concern"),
    ],
)
def test_a_straight_line_is_told_one_way(values, fields, verdict):
    """Its first half lies on the other side of the mean, and says nothing else than the second."""
    assessment = assessed(measure(**fields), given=figures(values))
    types = assessment.spc.points["point_type"].to_list()
    assert (types[-1], set(types) - {verdict, "common_cause", "neutral_high", "neutral_low"}) == (verdict, set())


LIFTED = [50 + index % 4 for index in range(16)]


@pytest.mark.parametrize("last", [64, 68], ids=["inside the limits", "outside a limit"])
@pytest.mark.parametrize(
    ("fields", "turned", "verdict"),
    [
        ({}, False, "concern"),
        ({}, True, "improvement"),
        ({"polarity": "lower_is_better", "target": target(at_most=40)}, False, "improvement"),
        ({"kind": "volume", "target": target(at_least=90)}, False, "concern"),
        ({"polarity": "monitor"}, False, "neutral_low"),
    ],
    ids=["falling since a rise", "rising since a fall", "lower is better", "volume", "monitored"],
)
def test_where_it_goes_says_more_than_where_a_step_had_put_it(last, fields, turned, verdict):
    values = [*LIFTED, 82, 80, 78, 76, 74, 72, 71, 70, last]
    assessment = assessed(measure(**fields), given=figures([100 - value for value in values] if turned else values))
    judged_row = row(assessment)
    assert (judged_row["variation"], judged_row["signal_cause"]) == (verdict, "trend_up" if turned else "trend_down")
    assert judged_row["also_cause"] == ("shift_low" if turned else "shift_high")
    assert assessment.spc.points["point_type"].iloc[-1] == verdict, "the chart's mark says what the title says"


def test_what_falls_on_the_side_on_which_it_lies_is_told_as_before():
    values = [*LIFTED, 40, 39, 38, 37, 36, 35, 34, 33]
    assert row(assessed(measure(), given=figures(values)))["variation"] == "concern"


def test_a_figure_far_below_a_rising_line_is_still_told():
    assessment = assessed(measure(), given=figures([*RISING[:8], 20, *RISING[9:]]))
    assert assessment.spc.points["point_type"].to_list()[8] == "concern"


def test_a_trend_from_outside_a_limit_is_the_trends_from_its_start():
    causes = assessed(measure(), given=figures(list(range(50, 74)))).spc.points["special_cause"]
    assert set(causes) == {"trend_up", "above_limit"}


@pytest.mark.parametrize("low", [[], [14]])
def test_one_wild_figure_makes_no_signal_of_the_others(low):
    values = [35 if index in low else value for index, value in enumerate(ONE_LOW)]
    assessment = assessed(measure(target=target(at_least=75)), given=figures(values))
    types = assessment.spc.points["point_type"].to_list()
    assert [index for index, kind in enumerate(types) if kind != "common_cause"] == [9, *low]
    assert (row(assessment)["variation"], row(assessment)["no_assurance"], len(assessment.rebases)) == (
        "common_cause",
        None,
        0,
    )


def test_a_real_shift_after_a_wild_figure_is_one():
    values = [60 + index % 3 for index in range(16)]
    judged_row = judged(measure(), [*values[:7], 45, *values[7:], *(66 + index % 3 for index in range(9))])
    assert (judged_row["variation"], judged_row["signal_cause"]) == ("improvement", "shift_high")


@pytest.mark.parametrize(("frequency", "step"), [("quarterly", 3), ("annual", 12)])
def test_the_plans_month_between_quarters_or_years_makes_no_gaps(frequency, step):
    entry = measure(frequency=frequency, july_2020=71)
    values = [70, 72, 71, 73, 70, 72, 71, 73, 70, 72, 71, 73, 70]
    given = latest_known(figures(values, last="2021-03", step=step), figures([71], origin="plan"))
    judged_row = row(assessed(entry, given=given, month="2021-03"))
    assert (judged_row["no_limits_code"], judged_row["variation"]) == (None, "common_cause")


def of_so_many(top: float, of: float, usual: float = 200.0):
    """29 months of about 90% of 200, and a last one of its own."""
    given = figures([*NINETY, round(100 * top / of)])
    given["denominator"] = [usual] * 29 + [of]
    return row(assess(catalogue(measure(target=target(at_least=85))), given))


@pytest.mark.parametrize(
    ("top", "of", "variation"),
    [
        (8, 12, "common_cause"),  # three binomial deviations below 90% of 12 is 64%
        (7, 12, "concern"),
        (136, 200, "concern"),  # 68% of the usual 200
        (68, 100, "concern"),  # half of the usual denominator is not yet far from it
        (8, 40, "concern"),
        (300, 400, "concern"),
    ],
)
def test_a_share_is_judged_by_limits_for_its_own_denominator(top, of, variation):
    judged_row = of_so_many(top, of)
    assert judged_row["variation"] == variation
    assert judged_row["exception"] == (variation == "concern")
    own = of < 100 or of > 400
    assert judged_row["own_denominator"] == own
    assert (f"by limits for {of}" in judged_row["variation_words"]) == own


def test_the_limits_of_a_small_month_are_those_of_its_denominator():
    small, usual = of_so_many(8, 12), of_so_many(180, 200)
    assert small["mean"] == pytest.approx(usual["mean"], abs=0.2)
    deviation = (small["upper_limit"] - small["mean"]) / 3
    assert deviation == pytest.approx(np.sqrt(90 * 10 / 12), rel=0.1)
    assert small["upper_limit"] - small["lower_limit"] > 3 * (usual["upper_limit"] - usual["lower_limit"])


@pytest.mark.parametrize(("of", "far"), [(100.0, False), (99.0, True), (400.0, False), (401.0, True), (np.nan, False)])
def test_far_is_under_half_or_over_twice_the_median(of, far):
    denominators = np.array([200.0] * 9 + [of])
    assert far_from_usual(denominators, np.zeros(10, dtype=np.int64), 1)[-1] == far


def test_what_months_differ_by_beyond_chance_stays_whatever_the_denominator():
    """A measure that swings by ten points of itself has wide limits at 200, and hardly wider ones at 90."""
    value = np.array([80.0, 90.0] * 10 + [85.0])
    of = np.array([200.0] * 20 + [90.0])
    joined = np.append(False, np.ones(20, dtype=bool))
    wide = times_as_wide(value, of, np.zeros(21, dtype=np.int64), 1, joined)
    assert wide[:-1].tolist() == [1.0] * 20
    assert 1.0 < wide[-1] < 1.1


def each_august(years: int, last: float | None = None, dip: float = 20.0) -> list[float]:
    """Months up to an August, about 60, each August lower by `dip`; the last August may be another."""
    values = [float(value) for value in QUIET[: 12 * (years - 1) + 2]]
    for index in range(len(values) - 1, -1, -12):
        values[index] -= dip
    if last is not None:
        values[-1] = last
    return values


AUGUSTS = [
    (each_august(3)[2:], False, "concern"),  # two Augusts are no season
    (each_august(3), True, "common_cause"),
    (each_august(4), True, "common_cause"),
    (each_august(4, last=10.0), False, "concern"),  # far lower than every August
    ([*QUIET[:25], 38.0], False, "concern"),  # the first August of its kind
    ([float(value) for value in QUIET[:26]], False, "common_cause"),
]


def test_what_comes_every_august_is_no_signal():
    entry = measure(target=target(at_least=55))
    rows = judged_together((entry, values, {"last": "2020-08"}) for values, *_ in AUGUSTS)
    for judged_row, (values, as_every_year, variation) in zip(rows, AUGUSTS, strict=True):
        assert (judged_row["as_every_year"], judged_row["variation"]) == (as_every_year, variation), values
        assert judged_row["variation_words"].startswith("As every August: ") == as_every_year, values
        assert judged_row["exception"] == (variation == "concern"), values


def test_earlier_augusts_are_not_marked_either():
    assessment = assessed(measure(), given=figures(each_august(4), last="2020-08"))
    points = assessment.spc.points
    augusts = points[points["period_end"].dt.month == 8]
    assert set(augusts["special_cause"]) == {"common_cause"}
    plain = spc.analyse(assessment.series, pd.DataFrame({"measure_id": ["m"], "polarity": ["higher_is_better"]})).points
    assert "below_limit" in set(plain.loc[augusts.index, "special_cause"])


def test_a_deeper_august_leaves_earlier_ones_unmarked():
    points = assessed(measure(), given=figures(each_august(4, last=10.0), last="2020-08")).spc.points
    causes = points.loc[points["period_end"].dt.month == 8, "special_cause"].to_list()
    assert causes == [*["common_cause"] * 3, "below_limit"]


@pytest.mark.parametrize(("least", "as_every_year"), [(82, True), (79, False), (87, False)])
def test_a_quarter_that_its_season_makes_miss_comes_every_year(least, as_every_year):
    """Within its limits each June is about 80, the mean 86: only a target between the two is missed by the season."""
    values = [90, 80, 85, 88] * 4 + [91, 79]
    judged_row = judged(measure(frequency="quarterly", target=target(at_least=least)), values, last="2021-06", step=3)
    assert (judged_row["variation"], judged_row["as_every_year"]) == ("common_cause", as_every_year)


@pytest.mark.parametrize(("upwards", "verdict"), [(True, "improvement"), (False, "concern")])
def test_a_level_that_has_settled_makes_no_change_of_the_one_before(upwards, verdict):
    before, since = ([60, 62, 58] * 5, [82, 80, 83, 81] * 4) if upwards else ([82, 80, 83] * 5, [60, 62, 58, 61] * 4)
    assessment = assessed(measure(), given=figures([*before, *since]))
    assert assessment.spc.points["point_type"].to_list() == ["common_cause"] * 15 + [verdict] * 16
    assert not assessment.rebases.empty


def test_what_was_special_in_the_level_before_stays_special():
    before, since = [60, 62, 58, 61, 40, 59, 60, 62, 61, 58, 60, 62, 59, 60], [82, 80, 83, 81] * 4
    points = assessed(measure(), given=figures([*before, *since])).spc.points
    assert points["special_cause"].to_list()[:14].count("below_limit") == 1
    assert points["special_cause"][4] == "below_limit"


@pytest.mark.parametrize("length", [25, 36, 60])
def test_chance_is_seldom_taken_for_a_season(length):
    noise = np.random.default_rng(5).normal(0, 1, (4000, length))
    seasons = season(noise, np.arange(length) % 12).established.mean()
    assert seasons < 0.02


@pytest.mark.parametrize("size", [0.0, 0.2, -3.0])
def test_a_line_is_its_own_level_and_has_no_season(size):
    line = size * np.arange(40.0)[None, :]
    assert level(line) == pytest.approx(line)
    assert not season(line, np.arange(40) % 12).established[0]


def test_gaps_and_quarters_have_seasons_too():
    values = np.full((1, 60), np.nan)
    values[0, ::3] = [10, 20, 10, 11, 11, 21, 10, 10, 10, 20, 11, 10, 10, 21, 10, 10, 11, 20, 10, 11]
    seasons = season(values, np.arange(60) % 12)
    assert seasons.established[0]
    assert seasons.expected[0, 3] == pytest.approx(7.5, abs=1)
    assert seasons.expected[0, 1] == 0


LAST_YEARS = [
    ({}, list(range(50, 63)), {}, (50, 12)),
    ({}, list(range(50, 62)), {}, (None, None)),
    ({}, ["c", *range(51, 63)], {}, (None, None)),
    ({"frequency": "quarterly"}, [70, 71, 72, 73, 74], {"step": 3, "last": "2020-06"}, (70, 4)),
    (
        {"accumulation": "year_to_date", "unit": "number", "target": target(at_least=600)},
        [48, 96, 144, *range(200, 1100, 100), 42, 84, 126],
        {"last": "2020-06"},
        (144, -18),
    ),
]


def test_same_time_last_year_stands_beside_the_figure():
    rows = judged_together((measure(**fields), values, columns) for fields, values, columns, _ in LAST_YEARS)
    for judged_row, (*_, expected) in zip(rows, LAST_YEARS, strict=True):
        assert (judged_row["last_year_value"], judged_row["last_year_change"]) == expected
        assert (judged_row["last_year_words"] is None) == (expected[0] is None)
        assert ("Same time last year: " in judged_row["sentence"]) == (expected[0] is not None)


def test_the_year_before_of_annual_figures_is_the_figure_before_and_not_said_twice():
    judged_row = judged(measure(frequency="annual"), [70, 72], step=12, last="2020-03")
    assert (judged_row["last_year_value"], judged_row["last_year_words"]) == (70, None)
