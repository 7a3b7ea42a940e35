"""Checks of the figures themselves: readable, possible, in agreement with one another, and due."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from scorecard.core.periods import day_words, month_code
from scorecard.extract.checks.two_readings import which_to_keep
from scorecard.extract.checks.wording import numbers
from scorecard.extract.findings import faults
from scorecard.extract.parse.rows import NUMBER_COLUMNS, Reading, take_flagged

_PREFIX = {"value": "", "numerator": "numerator_", "denominator": "denominator_"}
_THREE_DIGITS_BEHIND = r"[+\-−]?[1-9][0-9]{0,2}[,.][0-9]{3} ?%?"  # a comma or a point may be either
_SLACK = 1e-9  # of a value: what binary fractions lose


def unreadable_numbers(reading: Reading) -> pd.DataFrame:
    """Values, numerators and denominators that are neither number nor symbol: by the code that reading gave them."""
    parts = []
    for column in NUMBER_COLUMNS:
        codes = reading.rows[_PREFIX[column] + "code"]
        labels = [name for name in ("label", f"{column}_label") if name in reading.rows]
        narrow_rows = reading.rows[
            ["row", "measure_id", column, _PREFIX[column] + "remedy", *labels]
        ]  # of very many, little
        for code in codes[codes != ""].unique():
            rows = take_flagged(narrow_rows, codes == code)
            own = rows[_PREFIX[column] + "remedy"].astype("str")
            parts.append(faults(str(code), rows, reading.label(column, rows), rows[column]))
            parts[-1]["remedy"] = own.where(own != "", parts[-1]["remedy"])
    return pd.concat(parts, ignore_index=True) if parts else faults("unreadable-value", reading.rows[:0], "", "")


def missing_values(reading: Reading) -> pd.DataFrame:
    """Blanks beside a period, where numerator and denominator give no value."""
    rows = reading.rows
    parts_read = (rows["numerator_code"] == "") & (rows["denominator_code"] == "")
    missing = rows["blank"] & rows["result"].isna() & (rows["mark"] == "") & parts_read
    missing &= ~(rows["denominator_number"] == 0)
    if reading.header.layout == "wide":
        missing &= rows["known_measure"]  # of those that are left: where a figure is due
    else:
        missing &= (rows["period"] != "") | rows["known_measure"]
    rows = take_flagged(rows, missing)
    return faults("missing-value", rows, reading.label("value", rows), "")


def percent_signs(reading: Reading) -> pd.DataFrame:
    """A % sign beside a measure that is no percentage, and beside counts."""
    parts = []
    for column in NUMBER_COLUMNS:
        rows = reading.rows
        signed = rows[_PREFIX[column] + "percent"] & (rows[_PREFIX[column] + "code"] == "") & rows["known_measure"]
        if column == "value":
            signed &= rows["unit"] != "percent"
        rows = take_flagged(rows, signed)
        parts.append(faults("percent-sign", rows, reading.label(column, rows), rows[column]))
    return pd.concat(parts, ignore_index=True)


def negative_values(reading: Reading) -> pd.DataFrame:
    """Figures below zero: nothing that is counted, timed or shared out can be."""
    parts = []
    for column in NUMBER_COLUMNS:
        rows = take_flagged(reading.rows, reading.rows[_PREFIX[column] + "number"] < 0)
        parts.append(faults("negative-value", rows, reading.label(column, rows), rows[column]))
    return pd.concat(parts, ignore_index=True)


def _maximum(rows: pd.DataFrame) -> pd.Series[Any]:
    """The highest a value may be: the catalogue's, else 100 for a percentage, else missing."""
    usual = pd.Series(np.where(rows["unit"] == "percent", 100.0, np.nan), index=rows.index)
    return rows["maximum"].astype("float64").fillna(usual)


def over_maximum(reading: Reading) -> pd.DataFrame:
    """Values over 100%, or over the catalogue's maximum. (Worked-out percentages: numerator_over_denominator.)"""
    rows = reading.rows
    highest = _maximum(rows)
    rows = take_flagged(rows, (rows["result"] > highest * (1 + _SLACK)) & ~(rows["blank"] & (highest == 100)))
    remedy = "The most this measure can be is " + numbers(highest.loc[rows.index]) + ". Check the figure."
    found = rows["value"].where(~rows["blank"], numbers(rows["result"].where(rows["blank"])))
    return faults("over-maximum", rows, reading.label("value", rows), found, remedy)


def zero_denominators(reading: Reading) -> pd.DataFrame:
    """A value beside a denominator of 0, or a numerator above 0 of 0."""
    rows = reading.rows
    nothing = rows["denominator_number"] == 0
    rows = take_flagged(rows, nothing & (rows["number"].notna() | (rows["numerator_number"] > 0)))
    found = rows["numerator"].where(rows["numerator"] != "", rows["value"]) + " of 0"
    return faults("zero-denominator", rows, reading.label("denominator", rows), found)


def numerator_over_denominator(reading: Reading) -> pd.DataFrame:
    """Percentages whose part is greater than the whole."""
    rows = take_flagged(reading.rows, _part_over_whole(reading.rows))
    found = rows["numerator"] + " of " + rows["denominator"]
    return faults("numerator-over-denominator", rows, reading.label("numerator", rows), found)


def _part_over_whole(rows: pd.DataFrame) -> pd.Series[Any]:
    over = (rows["numerator_number"] > rows["denominator_number"]) & (rows["denominator_number"] > 0)
    if not over.any():
        return over
    return over & (rows["unit"] == "percent") & ~(_maximum(rows) > 100)


def ratio_disagrees(reading: Reading) -> pd.DataFrame:
    """Values that are not numerator ÷ denominator × the unit's factor, beyond half of the last digit given."""
    rows = reading.rows
    if not (rows["numerator_number"].notna() & rows["denominator_number"].notna()).any():
        return faults("ratio-disagrees", rows[:0], "", "")
    rows = take_flagged(rows, _ratio_wrong(rows))
    ratio, expected = _expected(rows)
    found = rows["value"] + " beside " + rows["numerator"] + " ÷ " + rows["denominator"]
    share = (rows["unit"] == "percent") & ((rows["number"] - ratio).abs() <= _allowed(rows, expected))
    expected_texts = numbers(expected)
    remedy = "The numbers give " + expected_texts + ". Check all three."
    remedy = remedy.mask(share, "The value is written as a share: write " + expected_texts + ".")
    return faults("ratio-disagrees", rows, reading.label("value", rows), found, remedy)


def _ratio_wrong(rows: pd.DataFrame) -> pd.Series[Any]:
    _, expected = _expected(rows)
    return ((rows["number"] - expected).abs() > _allowed(rows, expected)) & ~_part_over_whole(rows)


def _expected(rows: pd.DataFrame) -> tuple[pd.Series[Any], pd.Series[Any]]:
    """Numerator ÷ denominator, and that in the measure's unit."""
    ratio = rows["numerator_number"] / rows["denominator_number"].where(rows["denominator_number"] > 0)
    return ratio, ratio * rows["factor"]


def _allowed(rows: pd.DataFrame, expected: pd.Series[Any]) -> pd.Series[Any]:
    """How far a value may lie from the expected one: half of the last digit given."""
    half: pd.Series[Any] = 0.5 * 10.0 ** -rows["places"].astype("float64")
    return half.clip(lower=expected.abs() * _SLACK) * (1 + _SLACK) + _SLACK


def symbol_with_figures(reading: Reading) -> pd.DataFrame:
    """A symbol instead of a value whose numerator and denominator give it."""
    rows = reading.rows
    has_parts = rows["numerator_number"].notna() & (rows["denominator_number"] > 0)
    rows = take_flagged(rows, rows["number"].isna() & (rows["symbol"] != "") & has_parts)
    return faults("symbol-beside-figures", rows, reading.label("value", rows), rows["value"])


def not_a_whole_number(reading: Reading) -> pd.DataFrame:
    """Counts with decimals."""
    rows = reading.rows
    rows = take_flagged(rows, (rows["unit"] == "number") & (rows["decimals"] == 0) & (rows["number"] % 1 > 0))
    return faults("not-a-whole-number", rows, reading.label("value", rows), rows["value"])


def ambiguous_commas(reading: Reading) -> pd.DataFrame:
    """In a file separated by semicolons: numbers like 1,234 and 1.234, of which each may be 1234 or 1.234."""
    parts = []
    for column in NUMBER_COLUMNS if reading.table.separator == ";" else ():
        rows = take_flagged(reading.rows, reading.rows[column].str.fullmatch(_THREE_DIGITS_BEHIND))
        whole = rows[column].str.replace(r"[^0-9+\-−]", "", regex=True)
        as_read = whole.where(rows[column].str.contains(","), rows[column])
        remedy = (
            "It was read as " + as_read + ". If " + whole + " is meant, write it so; if not, write it with other than "
        )
        remedy += "three decimals, or say that it is right."
        parts.append(faults("ambiguous-comma", rows, reading.label(column, rows), rows[column], remedy))
    return pd.concat(parts, ignore_index=True) if parts else faults("ambiguous-comma", reading.rows[:0], "", "")


def _has_begun(reading: Reading) -> pd.Series[Any]:
    rows, today = reading.rows, reading.today
    ends = rows["period_end"].dt.year * 12 + rows["period_end"].dt.month
    begun: pd.Series[Any] = ends - (rows["months"] - 1) <= today.year * 12 + today.month
    return begun


def _is_over(reading: Reading) -> pd.Series[Any]:
    return ~(reading.rows["period_end"] >= pd.Timestamp(reading.today))


def not_over(reading: Reading) -> pd.DataFrame:
    """Figures for a period that isn't over, and not marked as provisional."""
    rows = reading.rows
    has_figure = ~rows["blank"] | rows["result"].notna()
    rows = take_flagged(rows, ~_is_over(reading) & _has_begun(reading) & (rows["mark"] != "p") & has_figure)
    return faults("month-not-over", rows, reading.label("period", rows), rows["period"])


def not_begun(reading: Reading) -> pd.DataFrame:
    """Figures for a period that lies wholly ahead."""
    rows = reading.rows
    rows = take_flagged(rows, ~_is_over(reading) & ~_has_begun(reading) & (~rows["blank"] | rows["result"].notna()))
    remedy = f"Today is {day_words(reading.today)}. Check the period."
    return faults("month-not-begun", rows, reading.label("period", rows), rows["period"], remedy)


def before_start(reading: Reading) -> pd.DataFrame:
    """Figures for a period before the measure starts."""
    rows = reading.rows
    rows = take_flagged(rows, rows["starts"] > rows["period_end"])
    remedy = "It starts in " + _months_in_words(rows["starts"]) + ". Leave the row out, or mend the catalogue."
    return faults("before-start", rows, reading.label("period", rows), rows["period"], remedy)


def retired(reading: Reading) -> pd.DataFrame:
    """Figures for a period after the measure ended."""
    rows = reading.rows
    rows = take_flagged(rows, rows["retired"] < rows["period_end"])
    remedy = "It was retired in " + _months_in_words(rows["retired"]) + ". Leave the row out, or mend the catalogue."
    return faults("retired-measure", rows, reading.label("period", rows), rows["period"], remedy)


def _months_in_words(months: pd.Series[Any]) -> pd.Series[Any]:
    return pd.Series([month_code(month) for month in months], index=months.index, dtype="str")


def wrong_months(reading: Reading) -> pd.DataFrame:
    """The authority's own figures whose period says another length than the measure's figures have."""
    rows = reading.rows
    own = (rows["area_code"] == reading.catalogue.authority.code) & (rows["months_given"] > 0)
    usual = pd.Series(np.nan, index=rows.index)
    usual = usual.mask(rows["accumulation"] == "rolling_12_months", 12).mask(rows["accumulation"] == "at_month_end", 1)
    between = rows["months_between"].fillna(1)
    rows = take_flagged(rows, own & usual.notna() & (rows["months_given"] != usual) & (rows["months_given"] != between))
    length = usual.loc[rows.index].map({12: "the 12 months to a month's end", 1: "the state at a month's end"})
    remedy = "Its figures are of " + length.astype("str") + ". Write that month, as 2020-07."
    return faults("wrong-months", rows, reading.label("period", rows), rows["period"], remedy)


def duplicate_cells(reading: Reading) -> pd.DataFrame:
    """Every later row that gives a measure, area and period again, with the first that did."""
    rows = reading.rows
    again = take_flagged(rows, rows["again"])
    if again.empty:
        return faults("duplicate-cell", again, "", "")
    key = ["measure_id", "area_code", "period_end", "months"]
    maybe = rows["known_measure"] & rows["period_end"].isin(again["period_end"].unique()) & ~rows["again"]
    first = rows.loc[maybe & rows["measure_id"].isin(again["measure_id"].unique()), [*key, "row"]].set_index(key)["row"]
    earlier = first.reindex(pd.MultiIndex.from_frame(again[key])).astype("int64").astype("str").set_axis(again.index)
    remedy = "Row " + earlier + " has this measure, area and period already" + which_to_keep(again)
    found = again["value"].where(again["value"] != "", again["numerator"])
    return faults("duplicate-cell", again, reading.label("value", again), found, remedy)
