"""Checks against what was known before: doubts that ask for a yes, never errors."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from typing import Any, cast

import numpy as np
import pandas as pd

from scorecard.catalogue.due_dates import is_due
from scorecard.catalogue.models import Catalogue
from scorecard.core.numbers import RATES, count_of
from scorecard.core.periods import month_code
from scorecard.extract import limits
from scorecard.extract.checks.wording import change_words, limits_words, numbers
from scorecard.extract.codes.registry import CODES
from scorecard.extract.findings import fault, faults
from scorecard.extract.parse.past_values import YEAR_TO_DATE
from scorecard.extract.parse.rows import Reading, selected_rows, take_flagged
from scorecard.extract.text.text_columns import as_texts, different

A_YEAR = 12  # months
A_NEW_YEAR = " The catalogue doesn't say when its year starts: if a new year began between them, say so."
CHECK_IT = "Check the figure; if it is right, say why."
_KEY = ["measure_id", "area_code", "period_end", "months"]
_JUDGED = ["measure_id", "area_code", "months", "result", "decimals"]  # of the figures, where changes are judged


def none_of(code: str, reading: Reading) -> pd.DataFrame:
    """No findings, as a frame."""
    return faults(code, reading.rows[:0], "", "")


def unit_looks_wrong(reading: Reading) -> pd.DataFrame:
    """Shares where percentages are expected; rates about ten, a hundred or a thousand times the usual."""
    rows = reading.figures
    rows = take_flagged(rows, reading.unit_wrong)
    usual = reading.usual.loc[rows.index]
    times100 = "If this is a share, write it as a percentage: " + numbers(rows["result"] * 100) + "."
    rate = "Usual for this measure: about " + numbers(usual) + ". Check which unit the figure is in."
    remedy = times100.where(rows["unit"] == "percent", rate)
    return faults("unit-looks-wrong", rows, reading.label("value", rows), rows["value"], remedy)


def unusual_change(reading: Reading) -> pd.DataFrame:
    """Figures outside the limits their history gives, asked about once; without limits, changes greater than any."""
    rows = reading.figures
    rows = selected_rows(rows, rows["result"].notna() & ~reading.unit_wrong, _JUDGED)
    inside = _given_limits(reading, rows)
    judged = inside["lower"].notna() | inside["upper"].notna()
    outside = _outside(rows["result"], inside) != 0
    if outside.any():
        outside &= ~_goes_on(reading, rows, inside)
    by_limits = reading.rows.loc[take_flagged(rows, outside).index]
    inside = inside.loc[by_limits.index]
    parts = (inside["lower"], inside["upper"], *_as_shown(by_limits))
    remedies = [f"Its history lies {limits_words(*row)}. {CHECK_IT}" for row in zip(*parts, strict=True)]
    remedy = pd.Series(remedies, index=by_limits.index, dtype="str")
    first = faults("unusual-change", by_limits, reading.label("value", by_limits), by_limits["value"], remedy)
    return pd.concat([first, _by_largest_change(reading, selected_rows(rows, ~judged, _JUDGED))], ignore_index=True)


def _as_shown(rows: pd.DataFrame) -> tuple[pd.Series[Any], ...]:
    """The figures and how their measures write them; rows of no known measure in the file make the decimals floats."""
    return rows["result"], rows["unit"], rows["decimals"].astype("int64")


def _outside(values: pd.Series[Any], inside: pd.DataFrame) -> pd.Series[Any]:
    """1 above the upper limit, −1 below the lower one, else 0."""
    return (values > inside["upper"]).astype("int64") - (values < inside["lower"]).astype("int64")


def _goes_on(reading: Reading, rows: pd.DataFrame, inside: pd.DataFrame) -> pd.Series[Any]:
    """Which figures go on where the one before them stood: beyond the same limit, and no further from it than chance.

    A level that has moved would else be asked about every month, for ever, and a yes that is always given says nothing.
    """
    before = reading.changes["before"].reindex(rows.index)
    by_chance = (inside["upper"] - inside["lower"]) / 2  # from the mean to a limit
    same = _outside(rows["result"], inside) == _outside(before, inside)
    goes_on: pd.Series[Any] = same & ((rows["result"] - before).abs() <= by_chance)
    return goes_on


def _given_limits(reading: Reading, rows: pd.DataFrame) -> pd.DataFrame:
    known_limits = reading.known.limits
    if known_limits is None or known_limits.empty:
        return pd.DataFrame({"lower": np.nan, "upper": np.nan}, index=rows.index)
    key = [name for name in ("measure_id", "area", "months") if name in known_limits]
    wanted = rows[["measure_id", "area_code", "months"]].rename(columns={"area_code": "area"})
    limits = wanted.merge(known_limits.drop_duplicates(key, keep="last")[[*key, "lower", "upper"]], on=key, how="left")
    return limits[["lower", "upper"]].astype("float64").set_axis(rows.index)


def _by_largest_change(reading: Reading, rows: pd.DataFrame) -> pd.DataFrame:
    changes = reading.changes.reindex(rows.index)
    allowed = changes["allowed"].where(changes["allowed"] > 0, 0)
    smallest = 10.0 ** -rows["decimals"].astype("float64")
    unusual = changes["allowed"].notna() & (changes["change"] > np.maximum(allowed, smallest) * (1 + 1e-9))
    rows, changes = reading.rows.loc[take_flagged(rows, unusual).index], take_flagged(changes, unusual)
    parts = (changes["before"], changes["largest"], *_as_shown(rows))
    change_texts = [change_words(*row) for row in zip(*parts, strict=True)]
    remedies = [
        f"It was {was} the time before, and has never changed by more than {most}. {CHECK_IT}"
        for was, most in change_texts
    ]
    remedy = pd.Series(remedies, index=rows.index, dtype="str")
    found = rows["value"].where(~rows["blank"], numbers(rows["result"].where(rows["blank"])))
    return faults("unusual-change", rows, reading.label("value", rows), found, remedy)


def totals_fall(reading: Reading) -> pd.DataFrame:
    """Totals from the start of the year that are less than in an earlier month of the same year.

    A number, a rate and days add up as they are; of a percentage and an average their numerators do, where given. Where
    the catalogue doesn't know when the year starts, any fall within twelve months is asked about.
    """
    series = _totals(reading)
    before = series.shift()
    month = series["period_end"].dt.year * 12 + series["period_end"].dt.month
    unknown = series["measure_id"].astype("str").isin(_of_unknown_start(reading))
    same_year = (month - month.shift()) == (series["months"] - before["months"])
    same_year |= unknown & (month - month.shift() < A_YEAR)
    falls = (series["series"] == before["series"]) & same_year & (series["value"] < before["value"])
    at = series["at"].where(series["at"].notna(), before["at"])
    falls &= at.notna()
    rows = take_flagged(
        reading.rows.loc[at[falls].astype("int64")].reset_index(drop=True), falls[falls].reset_index(drop=True)
    )
    found = numbers(before.loc[falls, "value"]) + " → " + numbers(series.loc[falls, "value"])
    usual = CODES["total-falls"].remedy
    remedy = (
        rows["measure_id"].astype("str").isin(_of_unknown_start(reading)).map({True: usual + A_NEW_YEAR, False: usual})
    )
    return faults(
        "total-falls", rows, reading.label("value", rows), found.reset_index(drop=True).loc[rows.index], remedy
    )


def _totals(reading: Reading) -> pd.DataFrame:
    """The figures of totals from the start of the year among those known: their numerators, where those add up."""
    units = {measure.id: measure.unit for measure in reading.catalogue.measures}
    series = reading.series[reading.series["accumulation"] == YEAR_TO_DATE]
    of_a_share = series["measure_id"].astype("str").map(units).isin(["percent", "average"])
    series = series.assign(value=series["value"].mask(of_a_share, series["numerator"]))
    return series[series["value"].notna()]


def _of_unknown_start(reading: Reading) -> list[str]:
    return [measure.id for measure in reading.catalogue.measures if measure.year_starts == "unknown"]


def missing_measures(catalogue: Catalogue, measures: AbstractSet[str], latest: pd.Timestamp) -> list[pd.DataFrame]:
    """A finding for each of these measures that is due in the latest month."""
    if pd.isna(latest) or not measures:
        return []
    due = [measure for measure in catalogue.measures if measure.id in measures and is_due(measure, latest.date())]
    return [fault("measure-missing", measure.name, measure_id=measure.id) for measure in due]


def closed_months(reading: Reading) -> pd.DataFrame:
    """Figures of approved packs that the file changes: in a shown digit a warning, else information."""
    closed = reading.known.closed
    if closed is None or closed.empty:
        return none_of("closed-month-changed", reading)
    before = closed.rename(columns={"area": "area_code", "value": "closed_value"}).astype({"months": "int64"})
    before = before[[*_KEY, "closed_value"]].drop_duplicates(_KEY, keep="last")
    rows = reading.figures
    both = rows[[*_KEY]].reset_index().merge(before, on=_KEY).set_index("index")
    rows = rows.loc[both.index].assign(closed_value=both["closed_value"].astype("float64"))
    now, then = rows["result"], rows["closed_value"]
    rows = rows[(now != then) & ~(now.isna() & then.isna())]
    same = _shown(rows["result"], rows["decimals"]) == _shown(rows["closed_value"], rows["decimals"])
    parts = [
        _closed_findings(reading, "closed-month-changed", rows[~same]),
        _closed_findings(reading, "closed-month-same-digits", rows[same]),
    ]
    return pd.concat(parts, ignore_index=True)


def _shown(values: pd.Series[Any], decimals: pd.Series[Any]) -> pd.Series[Any]:
    scale = 10.0 ** decimals.astype("float64")
    rounded: pd.Series[Any] = np.sign(values) * np.floor(values.abs() * scale + 0.5 + 1e-9)
    return rounded


def _closed_findings(reading: Reading, code: str, rows: pd.DataFrame) -> pd.DataFrame:
    """One finding a figure; where there are many, one for all."""
    if len(rows) <= limits.MOST_SINGLY:
        found = numbers(rows["closed_value"]) + " → " + numbers(rows["result"])
        return faults(code, rows, reading.label("value", rows), found)
    months = rows["period_end"]
    measures = rows["measure_id"].nunique()
    extent = f"{count_of(len(rows), 'figure')} of {count_of(measures, 'measure')}"
    return fault(code, f"{extent}, {month_code(months.min())} to {month_code(months.max())}")


def pairs_apart(reading: Reading) -> pd.DataFrame:
    """A number and its rate that moved apart, or imply another population than the time before."""
    units = {measure.id: measure.unit for measure in reading.catalogue.measures}
    parts = [
        _pair_findings(reading, measure.id, measure.pair)
        for measure in reading.catalogue.measures
        if measure.pair in units and measure.unit == "number" and units[measure.pair] in RATES
    ]
    return pd.concat(parts, ignore_index=True) if parts else none_of("pair-disagrees", reading)


def _pair_findings(reading: Reading, number_id: str, rate_id: str | None) -> pd.DataFrame:
    series = reading.series
    if not series["measure_id"].isin([number_id, rate_id]).any():
        return none_of("pair-disagrees", reading)
    key = ["area_code", "months", "period_end"]
    number, rate = (series[series["measure_id"] == measure_id].set_index(key) for measure_id in (number_id, rate_id))
    both = number.add_suffix("_number").join(rate.add_suffix("_rate"), how="inner").sort_index().reset_index()
    both = both[(both["value_number"] > 0) & (both["value_rate"] > 0)]
    if both.empty:
        return none_of("pair-disagrees", reading)
    half = 0.5 * 10.0 ** -both["decimals_rate"].astype("float64")
    both["most"] = both["value_number"] / (both["value_rate"] - half).clip(lower=half / 10)
    both["least"] = both["value_number"] / (both["value_rate"] + half)
    before = both.groupby(["area_code", "months"])[["value_number", "value_rate", "most", "least"]].shift()
    apart = np.maximum(before["least"] / both["most"], both["least"] / before["most"])
    steps = (both["value_number"] - before["value_number"]) * (both["value_rate"] - before["value_rate"])
    counted = both["numerator_rate"].notna() & (both["numerator_rate"] != both["value_number"])
    wrong = counted | ((apart > 1) & (steps < 0)) | (apart > 1.05)
    both = both[wrong & (both["at_rate"].notna() | both["at_number"].notna())]
    before = before.loc[both.index]
    at = both["at_rate"].where(both["at_rate"].notna(), both["at_number"]).astype("int64")
    rows = reading.rows.loc[at]
    found = (
        f"{number_id} " + numbers(before["value_number"]) + " → " + numbers(both["value_number"])
        + ", rate " + numbers(before["value_rate"]) + " → " + numbers(both["value_rate"])
    )  # fmt: skip
    return faults("pair-disagrees", rows, reading.label("value", rows), found.set_axis(rows.index))


def copied_months(reading: Reading) -> pd.DataFrame:
    """Periods of the authority's own in which every figure equals the one before."""
    changes = reading.changes
    rows = reading.figures.assign(change=changes["change"])
    own = (rows["area_code"] == reading.catalogue.authority.code) & rows["change"].notna() & (rows["result"] > 0)
    by_month = rows[own].groupby("period_end")["change"].agg(["size", "max"])
    by_month = by_month[(by_month["size"] >= limits.FEWEST_COPIED) & (by_month["max"] == 0)]
    parts = [
        fault("copied-month", f"{month_code(cast(pd.Timestamp, end))}: all of {int(size)} figures", column="period")
        for end, size in by_month["size"].items()
    ]
    return pd.concat(parts, ignore_index=True) if parts else none_of("copied-month", reading)


def new_areas(reading: Reading) -> pd.DataFrame:
    """Well-formed codes of areas of which nothing is known: the first row of each."""
    authority = reading.catalogue.authority
    seen = {authority.code, authority.region.code, authority.country.code, *reading.known.observations["area"].unique()}
    rows = reading.figures
    places, texts = different(rows["area"])
    areas = as_texts(texts)
    new = (areas.str.fullmatch("[EWSNK][0-9]{8}") & ~areas.isin(seen)).to_numpy(dtype=bool)
    first = pd.Series(places).drop_duplicates()
    rows = rows.take(first.index.to_numpy()[new[first]])
    return faults("new-area", rows, reading.label("area", rows), rows["area"])
