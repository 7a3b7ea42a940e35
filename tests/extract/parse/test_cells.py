import math

import pandas as pd
import pytest

from scorecard.extract.parse.cells import read_figures, read_periods

NUMBERS = [
    # text, number, digits after the point, symbol
    ("82", 82, 0, ""),
    ("82%", 82, 0, ""),
    ("82 %", 82, 0, ""),
    ("  14.14  ", 14.14, 2, ""),
    ("\u00a014.14\u00a0", 14.14, 2, ""),
    ("1,234", 1234, 0, ""),
    ("1,234,567.8", 1234567.8, 1, ""),
    ("1 234", 1234, 0, ""),
    ("1\u202f234", 1234, 0, ""),
    ("-3", -3, 0, ""),
    ("−3", -3, 0, ""),
    ("–3", -3, 0, ""),
    ("+3", 3, 0, ""),
    (".5", 0.5, 1, ""),
    ("0", 0, 0, ""),
    ("82 [p]", 82, 0, "p"),
    ("82p", 82, 0, "p"),
    ("82.50 [E]", 82.5, 2, "e"),
    ("82% [r]", 82, 0, "r"),
    ("0 [low]", 0, 0, "low"),
    ("82 b", 82, 0, "b"),
    ("82u", 82, 0, "u"),
    ("82\u00a0%", 82, 0, ""),  # as Word and other languages space it
    ("82\u202f%", 82, 0, ""),
    ("82\u00a0[p]", 82, 0, "p"),
    ("−\u00a03", -3, 0, ""),
    ("- .5", -0.5, 1, ""),
]
SYMBOLS = [("[x]", "x"), ("x", "x"), ("[c]", "c"), ("C", "c"), ("[z]", "z"), ("z", "z"), (":", ":"), ("[:]", ":")]
UNREADABLE = [
    # text, code, words of the remedy
    ("NaN", "unreadable-value", "no number"),
    ("inf", "unreadable-value", "no number"),
    ("-inf", "unreadable-value", "no number"),
    ("+Infinity", "unreadable-value", "no number"),
    ("-NaN", "unreadable-value", "no number"),
    ("1e999", "unreadable-value", "in full"),
    ("=1+1", "formula", ""),
    ("@SUM(A1)", "formula", ""),
    ("+A1", "formula", ""),
    ("-cmd", "formula", ""),
    ("+1+1", "formula", ""),
    ("-2 * 3", "formula", ""),
    ("1.234,5", "decimal-comma", "1234.5"),
    ("82,5", "decimal-comma", "82.5"),
    ("0,123", "decimal-comma", "0.123"),
    ("12,34,567", "unreadable-value", "1234"),
    ("(12)", "unreadable-value", "−12"),
    ("#N/A", "unreadable-value", "spreadsheet shows an error"),
    ("#REF!", "unreadable-value", "spreadsheet shows an error"),
    ("n/a", "unreadable-value", "[x]"),
    ("-", "unreadable-value", "[x]"),
    ("..", "unreadable-value", "[x]"),
    ("*", "unreadable-value", "[c]"),
    ("<5", "unreadable-value", "[c]"),
    ("[p]", "unreadable-value", "beside a number"),
    ("82 [c]", "unreadable-value", "instead of a number"),
    ("82 [p] [r]", "unreadable-value", "one symbol"),
    ("14 days", "unreadable-value", "number alone"),
    ("£12", "unreadable-value", "number alone"),
    ("about 80", "unreadable-value", "[x]"),
    ("TRUE", "unreadable-value", "yes or no"),
    ("2020-07-01", "unreadable-value", "date"),
    ("01-Jul", "unreadable-value", "date"),
    ("82\u200b", "unreadable-value", "U+200B"),
    ("\u202e82", "unreadable-value", "U+202E"),
    ("9" * 400, "unreadable-value", "too long"),
    ("８２", "unreadable-value", "U+FF18"),
    ("٨٢", "unreadable-value", "U+0668"),
    ("82％", "unreadable-value", "U+FF05"),
    ("8²", "unreadable-value", "U+00B2"),
    ("'82", "unreadable-value", "apostrophe"),
    ("’1,234", "unreadable-value", "apostrophe"),
    ("'", "unreadable-value", "[x]"),
    ("1'234", "unreadable-value", "1234"),
    ("½", "unreadable-value", "[x]"),
    ("＝1+1", "formula", ""),
    ("<b>82</b>", "unreadable-value", ""),
    ("--3", "formula", ""),
    ("%", "unreadable-value", ""),
    (".", "unreadable-value", ""),
]


@pytest.mark.parametrize(("text", "number", "places", "symbol"), NUMBERS)
def test_a_number_is_read_as_people_write_it(text: str, number: float, places: int, symbol: str) -> None:
    row = read_figures(pd.Series([text], dtype="str")).iloc[0]
    assert (row["number"], row["places"], row["symbol"], row["code"]) == (number, places, symbol, "")


@pytest.mark.parametrize(("text", "symbol"), SYMBOLS)
def test_a_symbol_stands_instead_of_a_number(text: str, symbol: str) -> None:
    row = read_figures(pd.Series([text], dtype="str")).iloc[0]
    assert math.isnan(row["number"])
    assert (row["symbol"], row["code"]) == (symbol, "")


@pytest.mark.parametrize(("text", "code", "phrase"), UNREADABLE)
def test_what_is_no_number_is_told_with_its_remedy(text: str, code: str, phrase: str) -> None:
    row = read_figures(pd.Series([text], dtype="str")).iloc[0]
    assert math.isnan(row["number"])
    assert row["code"] == code
    assert phrase in row["remedy"]


def test_blanks_are_neither_numbers_nor_faults() -> None:
    frame = read_figures(pd.Series(["", "  "], dtype="str"))
    assert frame["blank"].all()
    assert (frame["code"] == "").all()


PERIODS = [
    ("2020-07", "2020-07-31", 0),
    ("Jul-20", "2020-07-31", 0),
    ("July 2020", "2020-07-31", 0),
    ("31/07/2020", "2020-07-31", 0),
    ("2020-07-31", "2020-07-31", 0),
    ("2019/20", "2020-03-31", 12),
    ("2019-20 Q1", "2019-06-30", 3),
    ("2014-16", "2016-12-31", 36),
]


@pytest.mark.parametrize(("text", "end", "months"), PERIODS)
def test_a_period_is_read_as_people_write_it(text: str, end: str, months: int) -> None:
    row = read_periods(pd.Series([text], dtype="str"), pd.Series([False])).iloc[0]
    assert (row["period_end"], row["months_given"], row["remedy"]) == (pd.Timestamp(end), months, "")


def test_an_academic_year_ends_in_august() -> None:
    row = read_periods(pd.Series(["2019/20"], dtype="str"), pd.Series([True])).iloc[0]
    assert row["period_end"] == pd.Timestamp("2020-08-31")


BAD_PERIODS = [
    ("2020-13", "month"),
    ("44013", "1 July 2020"),
    ("2020", "A year alone"),
    ("=TODAY()", "formula"),
    ("2020-\u200b07", "U+200B"),
    ("last month", "2020-07"),
    ("2020/19", "backwards"),
    ("08/31/2020", "month first"),
    ("8-31-20", "month first"),
    ("2020-08-31 23:59:59", "time of day"),
    ("2020-08-31T23:00:00Z", "time of day"),
    ("Aug", "needs its year"),
    ("Sept.", "needs its year"),
    ("YE Mar 2020", "2019-20"),
    ("Year ending 31 March 2020", "2019-20"),
    ("Rolling 12 months to July 2020", "2020-07"),
    ("Q1 2019", "A quarter needs its financial year"),
    ("x" * 40_000, "2020-07"),
]


@pytest.mark.parametrize(("text", "phrase"), BAD_PERIODS)
def test_what_is_no_period_is_told_with_its_remedy(text: str, phrase: str) -> None:
    row = read_periods(pd.Series([text], dtype="str"), pd.Series([False])).iloc[0]
    assert pd.isna(row["period_end"])
    assert phrase in row["remedy"]
