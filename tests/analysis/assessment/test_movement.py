"""What changed since the figure before, how large that is and which way it goes."""

from __future__ import annotations

import pandas as pd
import pytest

from tests.analysis.assessment_cases import assessed, figures, judged, judged_together, measure, row, target

LOWER = {"polarity": "lower_is_better", "target": target(at_most=20)}
VOLUME = {"kind": "volume", "unit": "number", **LOWER}


CHANGES = [
    (measure(baseline=50), [72], 22, "baseline", 0.55, "better"),
    (measure(baseline=50), [60, 72], 12, "previous", 0.3, "better"),
    (measure(baseline=50), [72, 60], -12, "previous", 0.3, "worse"),
    (measure(baseline=50), [72, 72], 0, "previous", 0, "unchanged"),
    (measure(baseline=50), [72, None, 70], -2, "previous", 0.05, "worse"),
    (measure(), [72], None, None, None, None),
    (measure(), [70, 72], 2, "previous", None, "better"),
    (measure(baseline=90), [72], -18, "baseline", None, "worse"),
    (measure(baseline=40, **LOWER), [30], -10, "baseline", 0.5, "better"),
    (measure(baseline=40, **LOWER), [45], 5, "baseline", 0.25, "worse"),
    (measure(baseline=40, **VOLUME), [30], -10, "baseline", 0.5, "towards"),
    (measure(baseline=40, **VOLUME), [45], 5, "baseline", 0.25, "away"),
    (measure(baseline=40, **VOLUME), [19, 15], -4, "previous", 0.2, None),
    (measure(baseline=40, **VOLUME), [15, 21], 6, "previous", 0.3, "away"),
    (measure(baseline=40, **VOLUME), [21, 15], -6, "previous", 0.3, "towards"),
    (measure(polarity="monitor", targets=None), [5, 6], 1, "previous", None, None),
]


def test_change_size_and_direction():
    rows = judged_together((entry, values) for entry, values, *_ in CHANGES)
    for judged_row, (_, values, change, came_from, size, direction) in zip(rows, CHANGES, strict=True):
        assert judged_row["change"] == (None if change is None else pytest.approx(change)), values
        assert judged_row["mover_size"] == (None if size is None else pytest.approx(size)), values
        assert (judged_row["change_from"], judged_row["mover_direction"]) == (came_from, direction), values


def test_nothing_is_measured_across_a_break():
    broken = measure(baseline=22, **LOWER, **{"break": {"between": "baseline and july_2020", "why": "w"}})
    alone = judged(broken, [8.8])
    assert (alone["change"], alone["mover_size"], alone["gap_closed"]) == (None, None, None)
    assert alone["gap_closed_words"] == "Not defined: baseline and latest figure count different things"
    assert judged(broken, [8.8, 8])["change"] == pytest.approx(-0.8)


@pytest.mark.parametrize(
    ("unit", "last", "change"), [("number", "2020-07", None), ("percent", "2020-07", 2), ("percent", "2020-04", None)]
)
def test_what_begins_anew_in_april_is_not_compared_across_it(unit, last, change):
    entry = measure(accumulation="year_to_date", unit=unit)
    judged_row = row(assessed(entry, given=figures([50, 52], last=last, like=entry)))
    assert judged_row["change"] == change


def test_a_pair_counts_once_and_its_disagreement_is_noted():
    number = measure(
        "number",
        unit="number",
        kind="volume",
        pair="rate",
        baseline=516,
        polarity="lower_is_better",
        target=target(at_most=420),
    )
    rate = measure(
        "rate",
        unit="rate_per_10000",
        kind="volume",
        pair="number",
        baseline=100,
        polarity="lower_is_better",
        target=target(at_most=82.4),
    )
    together = pd.concat([figures([512], name="number"), figures([101], name="rate")])
    measures = assessed(number, rate, given=together).measures
    assert measures["counted"].tolist() == [True, False]
    assert measures["pair_disagrees"].tolist() == [True, True]
    together["value"] = [512, 99]
    assert not assessed(number, rate, given=together).measures["pair_disagrees"].any()
