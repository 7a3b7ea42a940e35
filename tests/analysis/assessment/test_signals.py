"""What of the statistics may be shown, and since when a signal lasts."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from scorecard.analysis.assessment import signals
from tests.analysis.assessment_cases import judged, judged_together, measure, target

STEADY = [60 + (index * 7) % 5 for index in range(40)]  # 60 64 63 62 61 …: varies, drifts nowhere
STOCK = [100 + 10 * math.sin(index / 4) + index % 2 for index in range(24)]


WITHHELD = [
    ({}, STEADY[:11], {}, signals.FEW_POINTS),
    ({}, STEADY[:12], {}, None),
    ({}, STEADY[:24], {}, None),
    ({"accumulation": "rolling_12_months"}, STEADY[:24], {}, signals.SHARED_DATA),
    ({"accumulation": "year_to_date"}, STEADY[:24], {}, signals.SHARED_DATA),
    ({}, STEADY[:24], {"denominator": 9.0}, signals.SMALL_NUMBERS),
    ({}, STEADY[:24], {"denominator": 10.0}, None),
    ({}, [60] * 24, {}, signals.NOT_VARIED),
    ({}, [*[60] * 20, 62, *[60] * 3], {}, signals.HARDLY_VARIED),
    ({"accumulation": "at_month_end"}, STOCK, {}, signals.LEANING),
    ({}, STOCK, {}, None),
    ({"settles_after": 1}, [60], {}, signals.NOT_SETTLED),
    ({"rebase": [{"from": "2020-05", "why": "w"}]}, STEADY[:24], {}, signals.FEW_POINTS),
]


def test_limits_are_withheld_with_the_reason():
    rows = judged_together((measure(**fields), values, columns) for fields, values, columns, _ in WITHHELD)
    for row, (fields, values, columns, why) in zip(rows, WITHHELD, strict=True):
        case = (fields, values, columns)
        assert row["no_limits_code"] == why, case
        shown = (row["variation"], row["assurance"] or row["no_assurance"], row["upper_limit"])
        assert all((part is None) == (why is not None) for part in shown), case
        assert row["variation_words"].startswith("Not shown: ") == (why is not None), case
        assert signals.limits_may_be_shown(row) == (why is None), case


@pytest.mark.parametrize(
    ("small", "withheld"), [([], False), ([-1], True), ([0], False), (range(11), False), (range(12), True)]
)
def test_small_numbers_silence_by_the_latest_figure_or_by_half_of_them(small, withheld):
    from tests.analysis.assessment_cases import catalogue, figures, row
    from tests.assessed import assess

    given = figures(STEADY[:24], denominator=50.0)
    given.loc[[given.index[index] for index in small], "denominator"] = 9.0
    judged_row = row(assess(catalogue(measure()), given))
    assert (judged_row["no_limits_code"] == signals.SMALL_NUMBERS) == withheld


def test_limits_are_shown_alike_of_a_row_and_of_a_frame():
    cases = pd.DataFrame(
        [
            ("settled", None, True),
            ("provisional", None, True),
            ("settled", signals.LEANING, False),
            ("run_chart", None, False),
            (None, None, False),  # no figure yet
        ],
        columns=["standing", "no_limits_code", "shown"],
    )
    assert signals.limits_shown(cases).tolist() == cases["shown"].tolist()
    assert [signals.limits_may_be_shown(row) for row in cases.to_dict("records")] == cases["shown"].tolist()


def test_a_provisional_figure_at_the_end_makes_no_signal_and_one_with_a_settled_one_after_it_may():
    jump = [*STEADY[:23], 95]
    assert judged(measure(), jump)["variation"] == "improvement"
    assert judged(measure(settles_after=1), jump)["variation"] == "common_cause"
    assert judged(measure(), [*jump[:23], (95, "p")])["variation"] == "common_cause"
    assert judged(measure(), [*jump[:22], (61, "p"), 95])["variation"] == "improvement"


def test_a_suppressed_month_after_a_provisional_one_settles_nothing():
    row = judged(measure(), [*STEADY[:23], (95, "p"), "c"])
    assert row["variation"] == "common_cause"


RISE = [*STEADY[:17], 61.2, 61.6, 62.0, 62.4, 62.8, 63.2, 63.6]
SHIFT = [*([60, 62] * 9), 58, 59, 57, 59, 58, 59, 58]


LASTING = [
    (RISE, "trend_up", 7, "2020-01", "Improving (risen six months in a row): unlikely to be chance"),
    (
        [-value for value in RISE],
        "trend_down",
        7,
        "2020-01",
        "Worsening (fallen six months in a row): unlikely to be chance",
    ),
    (SHIFT, "shift_low", 7, "2020-01", "Worsening (lower than usual for seven months): unlikely to be chance"),
    (
        [*STEADY[:23], 95],
        "above_limit",
        1,
        "2020-07",
        "Improving (far higher than usual in July 2020): unlikely to be chance",
    ),
    (STEADY[:24], "common_cause", 1, "2020-07", "No change beyond chance"),
]


def test_a_signal_says_for_how_long():
    rows = judged_together((measure(), values) for values, *_ in LASTING)
    spans = [
        (row["special_cause"], row["run_points"], f"{row['run_since']:%Y-%m}", row["variation_words"]) for row in rows
    ]
    assert spans == [tuple(expected) for _, *expected in LASTING]


def test_a_gap_ends_a_run():
    broken = [*SHIFT[:-3], None, *SHIFT[-2:]]
    row = judged(measure(), broken)
    assert row["special_cause"] == "common_cause"
    assert row["run_points"] == 1


VOLUMES = [
    (
        RISE,
        {"target": target(at_most=50)},
        "Away from the plan's level (risen six months in a row): unlikely to be chance",
    ),
    (
        SHIFT,
        {"target": target(at_most=50)},
        "Towards the plan's level (lower than usual for seven months): unlikely to be chance",
    ),
    (RISE, {"target": target(at_most=80)}, "Risen six months in a row: unlikely to be chance"),
    (RISE, {"targets": None}, "Risen six months in a row: unlikely to be chance"),
]


def test_a_volume_is_never_better_or_worse():
    usual = {"kind": "volume", "unit": "number", "polarity": "lower_is_better"}
    rows = judged_together((measure(**usual, **fields), values) for values, fields, _ in VOLUMES)
    assert [row["variation_words"] for row in rows] == [expected for *_, expected in VOLUMES]


def test_quarters_are_called_quarters():
    entry = measure(frequency="quarterly")
    row = judged(entry, SHIFT, last="2020-06", step=3)
    assert row["variation_words"] == "Worsening (lower than usual for seven quarters): unlikely to be chance"
