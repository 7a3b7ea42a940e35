"""What analyse refuses, and in which words."""

import numpy as np
import pandas as pd
import pytest

from scorecard.analysis import spc
from tests.analysis.spc.spc_cases import series, settings


def refused(observations: pd.DataFrame, known: pd.DataFrame) -> str:
    with pytest.raises(ValueError, match=r".") as error:
        spc.analyse(observations, known)
    return str(error.value)


@pytest.mark.parametrize("column", ["measure_id", "area", "period_end", "value"])
def test_an_absent_column_is_named(column):
    assert column in refused(series([1, 2]).drop(columns=column), settings())


@pytest.mark.parametrize("column", ["measure_id", "polarity"])
def test_an_absent_setting_is_named(column):
    assert column in refused(series([1, 2]), settings().drop(columns=column))


def test_two_rows_for_one_period_are_named_in_any_order():
    given = series([1, 2, 3])
    for twice in (pd.concat([given, given.iloc[[1]]]), given.iloc[[0, 1, 1, 2]]):
        assert "m E06000045 2016-02-29" in refused(twice, settings())


def test_many_faults_of_one_kind_are_named_up_to_five():
    given = series(range(9))
    assert refused(pd.concat([given, given]), settings()).endswith("2016-05-31 and 4 more")


@pytest.mark.parametrize("value", [np.inf, -np.inf])
def test_infinite_values_are_named(value):
    message = refused(series([1, value, 3]), settings())
    assert "infinite" in message
    assert "2016-02-29" in message


def test_what_is_no_number_is_refused():
    assert "not a number" in refused(series([1, 2]).assign(value=["1", "two"]), settings())


@pytest.mark.parametrize("column", ["measure_id", "area", "period_end"])
def test_a_missing_key_is_refused(column):
    given = series([1, 2])
    given.loc[1, column] = None
    assert column in refused(given, settings())


def test_a_time_zone_is_refused():
    given = series([1, 2])
    given["period_end"] = given["period_end"].dt.tz_localize("UTC")
    assert "time zone" in refused(given, settings())


def test_a_measure_without_settings_is_named():
    assert "settings: no row for other" in refused(series([1], "other"), settings())


def test_settings_of_other_measures_are_no_fault():
    assert len(spc.analyse(series([1]), pd.concat([settings("other"), settings()])).series) == 1


@pytest.mark.parametrize(
    ("others", "phrase"),
    [
        ({"polarity": "up"}, "polarity of m is 'up'; allowed: higher_is_better"),
        ({"accumulation": "weekly"}, "accumulation of m is 'weekly'"),
        ({"fix_after": 11}, "fix_after under 12 points for m"),
        ({"target_lower": "high"}, "target_lower is not a number"),
        ({"rebase": ["soon"]}, "a rebase of m is 'soon', which is no date"),
        ({"rebase": ["2020-13"]}, "'2020-13'"),
        ({"rebase": [2020]}, "2020, which is no date"),
        ({"rebase": [pd.NaT]}, "NaT"),
    ],
)
def test_settings_that_make_no_sense_are_named(others, phrase):
    assert phrase in refused(series([1, 2]), settings(**others))


def test_every_fault_is_told_at_once():
    message = refused(series([1]), settings(polarity="up", fix_after=3, rebase=["soon"]))
    assert len(message.splitlines()) == 3


def test_settings_may_say_one_measure_once_only():
    assert "more than one row for m" in refused(series([1]), pd.concat([settings(), settings()]))


def test_missing_settings_have_defaults():
    given = series([1, 2, 1, 2, 1, 10, 1, 2, 1, 2, 1])
    absent = {
        "target_lower": np.nan,
        "screen_outliers": None,
        "fix_after": pd.NA,
        "rebase": None,
        "accumulation": None,
    }
    for known in (settings(), settings(**absent), settings(fix_after=pd.array([pd.NA], "Int64")[0], rebase=pd.NaT)):
        analysed = spc.analyse(given, known)
        assert analysed.points["upper_limit"].iloc[0] == pytest.approx(24 / 11 + 2.66)
        assert analysed.series["standing"].iloc[0] == "run_chart"


def test_an_infinite_target_is_none_on_that_side():
    known = settings(target_lower=5.0, target_upper=np.inf)
    assert spc.analyse(series([10, 12] * 10), known).series["assurance"].iloc[0] == "consistently_passing"


def test_whole_numbers_and_missing_marks_are_values_too():
    given = series([1, 2, 3]).astype({"value": "Int64"})
    given.loc[1, "value"] = pd.NA
    assert spc.analyse(given, settings()).series["points"].iloc[0] == 2


def test_dates_written_out_are_read():
    given = series([10, 12] * 6)
    written = given.assign(period_end=given["period_end"].dt.strftime("%Y-%m-%d"))
    assert spc.analyse(written, settings()).points["period_end"].iloc[0] == pd.Timestamp("2016-01-31")
