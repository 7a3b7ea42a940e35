"""What analyse is given: checked, sorted, and cut into series and segments."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from scorecard.analysis.arrays import Flags, Floats, Ints
from scorecard.analysis.spc.limits import FIX_AFTER_LEAST
from scorecard.analysis.spc.rules import TYPE_BY_POLARITY

OBSERVATION_COLUMNS = ("measure_id", "area", "period_end", "value")
ACCUMULATIONS = ("in_month", "rolling_12_months", "year_to_date", "at_month_end", "unknown")
# A step of this many usual steps or more leaves a period out. Terms lie three to five months apart: no gap.
GAP_STEPS = 2
NAMED_IN_A_FAULT = 5
_NO_STEP = np.int64(2**62)


@dataclass(frozen=True)
class Sorted:
    """Observations in the order measure_id, area, period_end.

    frame: measure_id, area, period_end, value (float; NaN where there is none). The other vectors: one entry
    a row (series, segment: places counted from 0; follows: is it the next period after the row before it, in
    the same segment?), one a segment (segment_starts), or one a series (starts; measure: place in the
    settings' order).
    """

    frame: pd.DataFrame
    series: Ints
    segment: Ints
    segment_starts: Ints
    follows: Flags
    starts: Ints
    measure: Ints


@dataclass(frozen=True)
class Calendar:
    """The days that occur, first to last, in days since 1970."""

    first: int
    last: int

    def packed(self, key: Ints, day: Ints) -> Ints:
        """A series' key and a day → one number that sorts by key and then day."""
        return key * (self.last - self.first + 1) + (day - self.first)

    def months(self, day: Ints) -> Ints:
        """Days → months since 1970, looked up, for there are few days and many rows."""
        days = np.arange(self.first, self.last + 1).astype("datetime64[D]")
        return np.asarray(days.astype("datetime64[M]").astype(np.int64)[day - self.first])


@dataclass(frozen=True)
class Settings:
    """The settings, one entry a measure in each vector; what was absent has its default."""

    measure_id: pd.Index
    polarity: npt.NDArray[np.object_]
    target_lower: Floats
    target_upper: Floats
    screen_outliers: Flags
    fix_after: Ints
    rebase: list[list[pd.Timestamp]]
    accumulation: npt.NDArray[np.object_]


def read_settings(settings: pd.DataFrame) -> Settings:
    """Check the settings and fill in what they leave out.

    In: measure_id, polarity; optional target_lower, target_upper (float, NaN: no target on that side),
    screen_outliers (True where missing), fix_after (missing: nothing is fixed), rebase (a list of Timestamps,
    dates, 'YYYY-MM' or 'YYYY-MM-DD'; may be empty or missing), accumulation (in_month where missing).
    Raises ValueError, with every fault that was found.
    """
    absent = [name for name in ("measure_id", "polarity") if name not in settings.columns]
    if absent:
        raise ValueError(f"settings lack the column {', '.join(absent)}")
    ids = settings["measure_id"]
    faults: list[str] = []
    if ids.isna().any():
        faults.append("settings: a row has no measure_id")
    if ids.duplicated().any():
        faults.append(f"settings: more than one row for {_named(ids[ids.duplicated()].unique())}")
    polarity = _words(settings, "polarity", "", tuple(TYPE_BY_POLARITY), faults)
    accumulation = _words(settings, "accumulation", ACCUMULATIONS[0], ACCUMULATIONS, faults)
    targets = [_figures(settings, name, faults) for name in ("target_lower", "target_upper")]
    fix_after = _figures(settings, "fix_after", faults)
    too_few = fix_after < FIX_AFTER_LEAST
    if too_few.any():
        faults.append(f"settings: fix_after under {FIX_AFTER_LEAST} points for {_named(ids[too_few])}")
    screen = _optional(settings, "screen_outliers", True)
    rebase = [
        _dates(measure, dates, faults) for measure, dates in zip(ids, _optional(settings, "rebase", ()), strict=True)
    ]
    if faults:
        raise ValueError("\n".join(faults))
    return Settings(
        measure_id=pd.Index(ids),
        polarity=polarity,
        target_lower=np.where(np.isfinite(targets[0]), targets[0], np.nan),
        target_upper=np.where(np.isfinite(targets[1]), targets[1], np.nan),
        screen_outliers=np.array([bool(flag) for flag in screen], dtype=np.bool_),
        fix_after=np.where(np.isfinite(fix_after), fix_after, np.iinfo(np.int64).max / 2).astype(np.int64),
        rebase=rebase,
        accumulation=accumulation,
    )


def sort_observations(observations: pd.DataFrame, settings: Settings) -> Sorted:
    """Check and sort the observations, and find where series, segments and gaps begin.

    In: measure_id, area, period_end (dates without time zone; a time of day is dropped), value (numbers; NaN
    where a symbol stands); any order; further columns are ignored.
    Raises ValueError for an absent column, a missing key, a value that is infinite or no number, a period_end
    that is no date, a measure without settings, and two rows for one measure, area and period.
    """
    absent = [name for name in OBSERVATION_COLUMNS if name not in observations.columns]
    if absent:
        raise ValueError(f"observations lack the column {', '.join(absent)}")
    frame = observations[list(OBSERVATION_COLUMNS)].reset_index(drop=True)
    period, value = _checked(frame)
    measure, measures = _ranks(frame["measure_id"])
    area, areas = _ranks(frame["area"])
    day, key = period.astype("datetime64[D]").astype(np.int64), measure * len(areas) + area
    calendar = Calendar(int(day.min(initial=2**31)), int(day.max(initial=-(2**31))))
    packed = calendar.packed(key, day)
    if bool(np.all(packed[1:] > packed[:-1])):
        frame["period_end"], frame["value"] = period, value
    else:
        order = _order(key, day - calendar.first, packed)
        packed, key, day = packed[order], key[order], day[order]
        columns = (measures.take(measure[order]), areas.take(area[order]), period[order], value[order])
        frame = pd.DataFrame(dict(zip(OBSERVATION_COLUMNS, columns, strict=True)))
        _refuse_duplicates(frame, packed)
    starts = np.flatnonzero(np.diff(key, prepend=-1))
    in_settings = _places(measures, settings, key[starts] // max(len(areas), 1))
    series_start = np.zeros(len(frame), dtype=np.bool_)
    series_start[starts] = True
    segment_start = series_start.copy()
    segment_start[_rebase_rows(settings, in_settings, packed, key[starts], calendar)] = True
    segment_starts = np.flatnonzero(segment_start)
    return Sorted(
        frame=frame,
        series=np.cumsum(series_start) - 1,
        segment=np.cumsum(segment_start) - 1,
        segment_starts=segment_starts,
        follows=follows(calendar.months(day), segment_starts),
        starts=starts,
        measure=in_settings,
    )


def _checked(frame: pd.DataFrame) -> tuple[npt.NDArray[np.datetime64], Floats]:
    faults = [f"observations: a row has no {name}" for name in ("measure_id", "area") if frame[name].hasnans]
    try:
        dates = pd.to_datetime(frame["period_end"])
        if dates.dt.tz is not None:
            faults.append("observations: period_end has a time zone; dates are naive")
        if dates.hasnans:
            faults.append("observations: a row has no period_end")
    except (ValueError, TypeError, AttributeError) as error:
        faults.append(f"observations: period_end is not a date: {error}")
    try:
        value = pd.to_numeric(frame["value"]).to_numpy(dtype=np.float64, na_value=np.nan)
        infinite = np.isinf(value)
        if infinite.any():
            faults.append(f"observations: infinite values at {_rows(frame[infinite])}")
    except (ValueError, TypeError) as error:
        faults.append(f"observations: value is not a number: {error}")
    if faults:
        raise ValueError("\n".join(faults))
    return dates.to_numpy(), value


def _ranks(column: pd.Series) -> tuple[Ints, pd.Index]:
    """A column → each row's place among the column's sorted labels, and those labels.

    Rows that lie together are told apart at their boundaries first, so that a long frame whose series are
    not scattered costs one comparison a row.
    """
    labels: pd.Index
    if isinstance(column.dtype, pd.CategoricalDtype):
        codes, labels = column.cat.codes.to_numpy(), pd.CategoricalIndex(column.cat.categories, dtype=column.dtype)
    else:
        values = column.array
        heads = np.flatnonzero(np.append(True, np.asarray(values[1:] != values[:-1], dtype=np.bool_)))
        heads = heads[: len(column)]
        if 2 * len(heads) < len(column):
            codes, labels = pd.factorize(column.take(heads))
            codes = np.repeat(codes, np.diff(np.append(heads, len(column))))
        else:
            codes, labels = pd.factorize(column)
        labels = pd.Index(labels, dtype=column.dtype)
    order = np.asarray(labels.astype(object)).argsort(kind="stable")
    rank = np.empty(len(labels), dtype=np.int64)
    rank[order] = np.arange(len(labels))
    return rank[codes], labels[order]


def _order(key: Ints, day: Ints, packed: Ints) -> Ints:
    """The order by key and then day: two radix sorts where both are small, which numpy does for 16 bits."""
    small = np.iinfo(np.uint16).max
    if key.max() > small or day.max() > small:
        return np.argsort(packed, kind="stable")
    by_day = np.argsort(day.astype(np.uint16), kind="stable")
    return by_day[np.argsort(key[by_day].astype(np.uint16), kind="stable")]


def _refuse_duplicates(frame: pd.DataFrame, packed: Ints) -> None:
    again = np.flatnonzero(packed[1:] == packed[:-1]) + 1
    if len(again):
        raise ValueError(f"observations: more than one row for {_rows(frame.iloc[again])}")


def _places(measures: pd.Index, settings: Settings, measure: Ints) -> Ints:
    """Each series' place in the settings."""
    places = settings.measure_id.get_indexer(measures)
    seen = np.unique(measure)
    unknown = measures[seen[places[seen] < 0]]
    if len(unknown):
        raise ValueError(f"settings: no row for {_named(unknown)}")
    return np.asarray(places[measure], dtype=np.int64)


def _rebase_rows(settings: Settings, measure: Ints, packed: Ints, key: Ints, calendar: Calendar) -> Ints:
    """The rows that begin a segment: in each series, the first period that ends on or after a rebase date.

    In: measure and key, one entry a series; packed, one a row.
    """
    which = np.array([index for index, dates in enumerate(settings.rebase) for _ in dates], dtype=np.int64)
    if not len(which) or not len(packed):
        return np.zeros(0, dtype=np.int64)
    dates = np.array([date.to_datetime64() for dates in settings.rebase for date in dates], "datetime64[D]")
    day = np.clip(dates.astype(np.int64), calendar.first, calendar.last + 1)
    by_measure = np.argsort(measure, kind="stable")
    lower, upper = (np.searchsorted(measure[by_measure], which, side=side) for side in ("left", "right"))
    series_each = upper - lower
    nth = np.arange(series_each.sum()) - np.repeat(np.cumsum(series_each) - series_each, series_each)
    series = by_measure[np.repeat(lower, series_each) + nth]
    rows = np.searchsorted(packed, calendar.packed(key[series], np.repeat(day, series_each)))
    return np.asarray(rows[rows < len(packed)], dtype=np.int64)


def follows(months: Ints, segment_starts: Ints) -> Flags:
    """Is a row the next period after the row before it? Not at a segment's start, nor after a gap.

    A segment's usual step is the shortest in it, in months; GAP_STEPS of them or more are a gap.
    """
    if not len(months):
        return np.zeros(0, dtype=np.bool_)
    step = np.diff(months, prepend=months[0])
    step[segment_starts] = _NO_STEP
    usual = np.maximum(np.minimum.reduceat(step, segment_starts), 1)
    rows = np.diff(np.append(segment_starts, len(months)))
    # A segment of one row has no step, and its only row has _NO_STEP: nothing follows there.
    limit = np.minimum(usual, _NO_STEP // GAP_STEPS) * GAP_STEPS
    return np.asarray(step < np.repeat(limit, rows), dtype=np.bool_)


def _optional(settings: pd.DataFrame, name: str, default: object) -> list[Any]:
    if name not in settings.columns:
        return [default] * len(settings)
    column = settings[name]  # of lists, a list is never missing
    return [default if gone else entry for gone, entry in zip(column.isna(), column, strict=True)]


def _words(
    settings: pd.DataFrame, name: str, default: str, allowed: tuple[str, ...], faults: list[str]
) -> npt.NDArray[np.object_]:
    choices = _optional(settings, name, default)
    for measure, word in zip(settings["measure_id"], choices, strict=True):
        if word not in allowed:
            faults.append(f"settings: {name} of {measure} is {word!r}; allowed: {', '.join(allowed)}")
    return np.array(choices, dtype=np.object_)


def _figures(settings: pd.DataFrame, name: str, faults: list[str]) -> Floats:
    if name not in settings.columns:
        return np.full(len(settings), np.nan)
    try:
        return pd.to_numeric(settings[name]).to_numpy(dtype=np.float64, na_value=np.nan)
    except (ValueError, TypeError) as error:
        faults.append(f"settings: {name} is not a number: {error}")
        return np.full(len(settings), np.nan)


def _dates(measure: object, dates: object, faults: list[str]) -> list[pd.Timestamp]:
    if isinstance(dates, str | dt.date | np.datetime64) or not isinstance(dates, Iterable):
        dates = [dates]
    months = []
    for date in dates:
        try:
            stamp = pd.Timestamp(date) if isinstance(date, str | dt.date | np.datetime64) else pd.NaT
        except (ValueError, TypeError):
            stamp = pd.NaT
        if isinstance(stamp, pd.Timestamp):
            months.append(stamp.tz_localize(None).normalize())
        else:
            faults.append(f"settings: a rebase of {measure} is {date!r}, which is no date")
    return months


def _named(names: Iterable[object]) -> str:
    listed = [str(name) for name in names]
    more = f" and {len(listed) - NAMED_IN_A_FAULT} more" if len(listed) > NAMED_IN_A_FAULT else ""
    return ", ".join(listed[:NAMED_IN_A_FAULT]) + more


def _rows(frame: pd.DataFrame) -> str:
    dates = pd.to_datetime(frame["period_end"]).dt.strftime("%Y-%m-%d")
    return _named(
        " ".join(row) for row in zip(frame["measure_id"].astype(str), frame["area"].astype(str), dates, strict=True)
    )
