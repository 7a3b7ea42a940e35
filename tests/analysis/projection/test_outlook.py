"""The chance of meeting a target by its date, or within twelve months, and the codes of why there is none."""

from __future__ import annotations

import pandas as pd
import pytest

from scorecard.analysis.projection import outlook as chances
from scorecard.analysis.projection.outlook import OUTLOOK_COLUMNS, outlook, unprojected
from scorecard.analysis.projection.project import project
from tests.analysis.assessment_cases import assessed, figures, measure, target

STEADY = [60 + (index * 7) % 5 for index in range(24)]
JULY_2021 = pd.Timestamp("2021-07-31")


def outlook_of(entry, values, month=None, **columns):
    assessment = assessed(entry, given=figures(values, like=entry, **columns), month=month)
    return outlook(assessment, project(assessment.series), unprojected(assessment)).iloc[0]


def test_a_row_a_measure_in_the_plans_order_with_or_without_figures():
    assessment = assessed(measure("b"), measure("a"), given=figures([1]).iloc[:0])
    table = outlook(assessment, project(assessment.series), unprojected(assessment))
    assert table["measure_id"].tolist() == ["b", "a"]
    assert list(table.columns) == OUTLOOK_COLUMNS
    assert table["chance_none"].tolist() == [chances.TOO_FEW] * 2
    assert table["chance_points"].tolist() == [0, 0]


@pytest.mark.parametrize(
    ("by", "month", "code"),
    [
        ("2020-10", None, None),
        ("2020-07", None, chances.DATE_COME),
        ("2020-06", None, chances.DATE_PASSED),
        ("2020-10", "2021-06", chances.DATE_PASSED),  # the figures end in July 2020: the date went by unseen
        ("2021-06", "2021-06", chances.DATE_COME),
        ("2021-07", "2021-06", None),
        ("2021-08", None, chances.TOO_FAR),
    ],
)
def test_a_date_is_judged_from_the_reporting_month(by, month, code):
    outlook_row = outlook_of(measure(target=target(at_least=62, by=by)), STEADY, month=month)
    assert code == (None if pd.isna(outlook_row["chance_none"]) else outlook_row["chance_none"])
    assert pd.isna(outlook_row["chance_of_meeting"]) == (code is not None)
    assert outlook_row["chance_dated"]


def test_without_a_date_the_chance_is_that_of_the_last_month_projected():
    outlook_row = outlook_of(measure(target=target(at_least=62)), STEADY)
    dated = outlook_of(measure(target=target(at_least=62, by="2021-07")), STEADY)
    assert outlook_row["chance_month"] == JULY_2021
    assert not outlook_row["chance_dated"]
    assert outlook_row["chance_of_meeting"] == dated["chance_of_meeting"]
