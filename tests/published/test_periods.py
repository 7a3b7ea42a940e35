from __future__ import annotations

import pytest

from scorecard.published.periods import IDENTIFIERS, NoMonth, UnknownTime, UnreadableYears, ees_period, lait_period

EES = [
    ("2025", "Reporting year", 3, 1, "2025-03", 1),
    ("2025", "Reporting year", 9, 12, "2025-09", 12),
    ("201718", "Academic year", 3, 12, "2018-08", 12),
    ("2018", "Academic year", 3, 12, "2018-08", 12),
    ("201718", "Financial year", 9, 12, "2018-03", 12),
    ("201718", "Financial year Q1", 3, 12, "2017-06", 3),
    ("201718", "Financial year Q4", 3, 12, "2018-03", 3),
    ("201718", "Tax year", 3, 12, "2018-03", 12),
    ("2017", "Calendar year", 3, 12, "2017-12", 12),
    ("2017", "Calendar year Q2", 3, 12, "2017-06", 3),
    ("201718", "Academic year Q1", 3, 12, "2017-11", 3),
    ("201718", "Autumn term", 3, 12, "2017-12", 4),
    ("201718", "Spring term", 3, 12, "2018-04", 4),
    ("201718", "Autumn and spring term", 3, 12, "2018-04", 8),
    ("201718", "Part 1 (April to September)", 3, 12, "2017-09", 6),
    ("201718", "Part 2 (October to March)", 3, 12, "2018-03", 6),
    ("2017", "January", 3, 12, "2017-01", 1),
    ("199900", "Academic year", 3, 12, "2000-08", 12),
]


@pytest.mark.parametrize(("period", "identifier", "ends", "months", "end", "covers"), EES)
def test_a_time_period_is_read_by_its_identifier(period, identifier, ends, months, end, covers) -> None:
    period_read = ees_period(period, identifier, ends, months)
    assert (f"{period_read.end:%Y-%m}", period_read.months, period_read.state) == (end, covers, "")


@pytest.mark.parametrize("period", ["201719", "20172018", "2017-", "17", "", "0", "1066"])
def test_what_is_no_year_is_refused(period: str) -> None:
    with pytest.raises(UnreadableYears):
        ees_period(period, "Financial year", 3, 12)


def test_a_week_is_known_and_is_no_month() -> None:
    with pytest.raises(NoMonth):
        ees_period("2020", "Week 13", 3, 12)
    with pytest.raises(UnknownTime):
        ees_period("2020", "Fiscal year", 3, 12)
    assert len(IDENTIFIERS) == 1 + 4 * (1 + 4 + 2) + 2 + 4 + 12 + 1


LAIT = [
    ("2016", 8, 12, "2016-08", 12, ""),
    ("2015/16", 8, 12, "2016-08", 12, ""),
    ("2015-16", 8, 12, "2016-08", 12, ""),
    ("2025", 3, 1, "2025-03", 1, ""),
    ("2014-16", 12, 12, "2016-12", 36, ""),
    ("2013/14-15/16", 3, 12, "2016-03", 36, ""),
    ("2018 (Rev)", 12, 12, "2018-12", 12, "r"),
    ("2023 (prov)", 8, 12, "2023-08", 12, "p"),
    ("2024-25 (OT)", 8, 12, "2025-08", 12, "ot"),
    ("2022 (Final)", 8, 12, "2022-08", 12, ""),
]


@pytest.mark.parametrize(("years", "ends", "months", "end", "covers", "state"), LAIT)
def test_lait_years_are_read_by_the_indicators_year(years, ends, months, end, covers, state) -> None:
    period_read = lait_period(years, ends, months)
    assert (f"{period_read.end:%Y-%m}", period_read.months, period_read.state) == (end, covers, state)


@pytest.mark.parametrize("years", ["0", "2016-14", "2015/17", "2016 (sic)", "2000-16", "about 2016"])
def test_what_lait_can_not_mean_is_refused(years: str) -> None:
    with pytest.raises(UnreadableYears):
        lait_period(years, 12, 12)
