"""Change or chance? XmR charts by Making Data Count's rules, for every series in one pass.

The limits are in limits.py, the rules in rules.py, the checks and the sorting in series.py, the proposals to rebase in
rebase.py. docs/methods.md ('Change or chance') says what each word means and where we differ from the package that we
follow, NHSRplotthedots 0.2.2.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from scorecard.analysis.arrays import Flags, Floats, Ints
from scorecard.analysis.spc.limits import (
    TIE,
    Limits,
    Segments,
    evidence_of,
    lag_one_autocorrelation,
    limits_of,
)
from scorecard.analysis.spc.rebase import suggest_rebase
from scorecard.analysis.spc.rules import (
    POINT_TYPES,
    TYPE_BY_POLARITY,
    Signs,
    directions,
    special_cause,
    special_causes,
)
from scorecard.analysis.spc.series import OBSERVATION_COLUMNS, Settings, Sorted, read_settings, sort_observations

__all__ = ["AUTOCORRELATION_BOUND", "Spc", "analyse", "suggest_rebase"]

# Making Data Count's least for limits; NHSRplotthedots calls limits on fewer points trial limits.
PROVISIONAL_FROM = 12
# The Health Care Data Guide (Provost & Murray, 2011) asks for 20 to 30 measurements for an individuals chart.
SETTLED_FROM = 20
# Each point of such a series holds most of the last one's data, so that the rules' odds don't apply.
SHARED_DATA = ("rolling_12_months", "year_to_date")

# Where the lag-one autocorrelation of a stock (accumulation at_month_end) is above this, its months lean on each
# other and the rules' odds don't hold. Of independent months about 1 series in 200 at 12 points, and fewer at
# more, comes out above it; `python -m benchmarks.chance.false_alarms` measures that, and what leaning does to them.
AUTOCORRELATION_BOUND = 0.5

ASSURANCES = ("consistently_passing", "consistently_failing", "inconsistent")
STANDINGS = ("run_chart", "provisional", "settled", "not_applicable")
PASSING, FAILING, INCONSISTENT = range(3)
MISSING = -1


class Spc(NamedTuple):
    """What `analyse` finds.

    points, sorted by measure_id, area, period_end: measure_id, area, period_end, value (as given), segment (1
    for the first), mean, lower_limit, upper_limit (float, the measure's unit; NaN where there are none),
    special_cause, point_type (string; <NA> where there is no value).

    series, a row a measure and area: measure_id, area, points (values in the whole series), variation,
    assurance, standing (string), segment_points (values in the segment that the last value is in),
    autocorrelation (lag one, of that segment; NaN where it doesn't vary).
    """

    points: pd.DataFrame
    series: pd.DataFrame


def analyse(observations: pd.DataFrame, settings: pd.DataFrame) -> Spc:
    """Mean, limits and signals of each point; variation, assurance and standing of each series.

    observations: measure_id, area, period_end, value; any order; a missing value or period is a gap.
    settings, a row a measure: measure_id, polarity; optional target_lower, target_upper, screen_outliers,
    fix_after, rebase, accumulation (see series.read_settings).
    Raises ValueError for what series.read_settings and sort_observations refuse.
    """
    known = read_settings(settings)
    rows = sort_observations(observations, known)
    has_value = ~np.isnan(rows.frame["value"].to_numpy())
    segments, segment_index = _segments_with_points(rows, known, has_value)
    limits = limits_of(segments)
    cause = special_cause(evidence_of(segments, limits))
    of_segment = rows.series[rows.segment_starts[segment_index != MISSING]]
    kind = point_type(cause, known.polarity[rows.measure[of_segment]], segments)
    before = np.repeat(rows.segment[rows.starts], _lengths(rows.starts, len(rows.frame)))
    columns = {
        **{name: rows.frame[name] for name in OBSERVATION_COLUMNS},
        "segment": rows.segment - before + 1,
        **_lines(rows, limits, segment_index),
        "special_cause": _words(special_causes(), _at_rows(cause, has_value)),
        "point_type": _words(POINT_TYPES, _at_rows(kind, has_value)),
    }
    points = pd.DataFrame(columns, copy=False)
    return Spc(points, _series(rows, known, has_value, segments, limits, of_segment, kind))


def point_type(cause: Signs, polarity: npt.NDArray[np.object_], segments: Segments) -> Signs:
    """Is a special point good or bad? Each point's place in POINT_TYPES; `polarity` is a word a segment."""
    polarities = list(TYPE_BY_POLARITY)
    by_cause = np.array([[TYPE_BY_POLARITY[word][way] for way in directions()] for word in polarities], dtype=np.int8)
    row = np.zeros(len(polarity), dtype=np.int64)
    for number, word in enumerate(polarities):
        row[polarity == word] = number
    return np.asarray(by_cause.ravel()[np.repeat(row * by_cause.shape[1], segments.counts) + cause])


def assurance(known: Settings, measure: Ints, lower: Floats, upper: Floats, tie: Floats) -> Signs:
    """Will the target be met, month after month? Each series' place in ASSURANCES, or MISSING.

    In: one entry a series; the limits of its last segment. Passing: the limits lie wholly on the target's
    good side, strictly; failing: wholly on its bad side (for a range, wholly to one side of it). Limits that
    touch a target, or aren't there, are inconsistent. Monitor measures, and those without a target, have none.
    """
    least, most = known.target_lower[measure], known.target_upper[measure]
    least_tie, most_tie = (np.maximum(tie, TIE * np.abs(target)) for target in (least, most))
    no_least, no_most = np.isnan(least), np.isnan(most)
    passing = (no_least | (lower - least > least_tie)) & (no_most | (most - upper > most_tie))
    failing = (least - upper > least_tie) | (lower - most > most_tie)
    verdict = np.full(len(measure), INCONSISTENT, dtype=np.int8)
    verdict[passing], verdict[failing] = PASSING, FAILING
    verdict[(no_least & no_most) | (known.polarity[measure] == "monitor")] = MISSING
    return verdict


def limits_standing(points: Ints, accumulation: npt.NDArray[np.object_]) -> Signs:
    """What may be shown of each series: its place in STANDINGS, by the points that its limits stand for."""
    step = np.searchsorted([PROVISIONAL_FROM, SETTLED_FROM], points, side="right").astype(np.int8)
    step[np.isin(accumulation.astype(str), SHARED_DATA)] = STANDINGS.index("not_applicable")
    return step


def _segments_with_points(rows: Sorted, known: Settings, has_value: Flags) -> tuple[Segments, Ints]:
    """The segments that hold a value, and the place of each of the rows' segments among them (or MISSING)."""
    at = np.flatnonzero(has_value)
    value = rows.frame["value"].to_numpy()[at]
    segment = rows.segment[at]
    starts = np.flatnonzero(np.diff(segment, prepend=-1))
    joined = rows.follows[at]
    joined[1:] &= has_value[at[1:] - 1]
    joined[starts] = False
    segment_index = np.full(len(rows.segment_starts), MISSING)
    segment_index[segment[starts]] = np.arange(len(starts))
    measure = rows.measure[rows.series[at[starts]]]
    segments = Segments(
        value=value,
        starts=starts,
        counts=_lengths(starts, len(value)),
        joined=joined,
        screen_outliers=known.screen_outliers[measure],
        fix_after=known.fix_after[measure],
    )
    return segments, segment_index


def _lines(rows: Sorted, limits: Limits, segment_index: Ints) -> dict[str, Floats]:
    """Mean and limits at every row, those without a value too: a line runs on through a gap."""
    counts = _lengths(rows.segment_starts, len(rows.frame))
    lines = {"mean": limits.mean, "lower_limit": limits.lower, "upper_limit": limits.upper}
    return {name: np.repeat(np.append(line, np.nan)[segment_index], counts) for name, line in lines.items()}


def _series(
    rows: Sorted,
    known: Settings,
    has_value: Flags,
    segments: Segments,
    limits: Limits,
    of_segment: Ints,
    kind: Signs,
) -> pd.DataFrame:
    """One row a series. `of_segment` names each segment's series; all but `points` is the last segment's."""
    last = np.full(len(rows.starts), MISSING)
    last[of_segment] = np.arange(len(of_segment))  # of several, the last one stays
    some = last != MISSING

    def of_last(of_segments: npt.NDArray[np.generic]) -> Floats:
        return np.asarray(np.append(of_segments, np.nan)[last], dtype=np.float64)

    last_kind = np.full(len(last), MISSING, dtype=np.int8)
    last_kind[some] = kind[(segments.starts + segments.counts - 1)[last[some]]]
    judged = assurance(known, rows.measure, of_last(limits.lower), of_last(limits.upper), of_last(limits.tie))
    judged[~some] = MISSING
    segment_points = np.where(some, np.append(segments.counts, 0)[last], 0)
    names = rows.frame[["measure_id", "area"]].take(rows.starts).reset_index(drop=True)
    return pd.DataFrame(
        {
            "measure_id": names["measure_id"],
            "area": names["area"],
            "points": np.add.reduceat(has_value, rows.starts, dtype=np.int64),
            "variation": _words(POINT_TYPES, last_kind),
            "assurance": _words(ASSURANCES, judged),
            "standing": _words(STANDINGS, limits_standing(segment_points, known.accumulation[rows.measure])),
            "segment_points": segment_points,
            "autocorrelation": of_last(lag_one_autocorrelation(segments)),
        },
        copy=False,
    )


def _lengths(starts: Ints, total: int) -> Ints:
    return np.diff(np.append(starts, total))


def _at_rows(of_points: Signs, has_value: Flags) -> Signs:
    if len(of_points) == len(has_value):
        return of_points
    of_rows = np.full(len(has_value), MISSING, dtype=np.int8)
    of_rows[has_value] = of_points
    return of_rows


def _words(vocabulary: tuple[str, ...], places: Signs) -> pd.api.extensions.ExtensionArray:
    """Places in a tuple of words → the words (string dtype); MISSING → <NA>."""
    return pd.array(list(vocabulary), dtype="string").take(places, allow_fill=True)
