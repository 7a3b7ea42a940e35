"""Outlook: the chance that each target is met by its date, or within twelve months; or the reason for giving none.

Figures and codes alone: narrative.outlook words them.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from scorecard.analysis.assessment.assess import Assessment
from scorecard.analysis.assessment.judging import at_usual_denominators
from scorecard.analysis.assessment.signals import small_numbers
from scorecard.analysis.projection.project import chance_of_meeting, too_few

OUTLOOK_COLUMNS = ["measure_id", "chance_of_meeting", "chance_month", "chance_dated", "chance_none", "chance_points"]

NO_TARGET = "no_target"
MONITORED = "monitored"
UNJUDGED = "unjudged"
DATE_COME = "date_come"
DATE_PASSED = "date_passed"
TOO_FAR = "too_far"
SHARED_DATA = "shared_data"
SMALL_NUMBERS = "small_numbers"
TOO_FEW = "too_few"


def outlook(assessment: Assessment, projection: pd.DataFrame, silent: pd.DataFrame) -> pd.DataFrame:
    """The chance that each measure meets its target in the month of its date, else in the last month projected.

    projection: as projection.project returns it, of the authority's own series (other areas' rows are left out).
    silent: `unprojected` of the assessment.
    Returns a row a measure, in the assessment's order: measure_id; chance_of_meeting (0 to 1; NaN where there is
    none); chance_month (the month's last day; NaT where none can be named); chance_dated (bool: the plan gives that
    month); chance_none (why there is no chance, one of this module's codes; missing where there is one); chance_points
    (how many figures there are where they are too few for a projection; missing elsewhere).
    """
    frame = assessment.measures
    own = projection[projection["area"].isin(assessment.series["area"].unique())]
    dated = frame["target_by"].notna()
    last = own.groupby("measure_id")["period_end"].max().reindex(frame["measure_id"]).set_axis(frame.index)
    month = frame["target_by"].where(dated, last.astype(frame["target_by"].dtype))
    none = _why_none(frame, month, silent["chance_none"])
    asked = frame[["measure_id", "target_lower", "target_upper", "target_strict"]].assign(by=month)
    asked["target_strict"] = asked["target_strict"].eq(True)
    chances = chance_of_meeting(own, asked, assessment.series, settings=frame)
    chances = chances.drop_duplicates("measure_id").set_index("measure_id")
    chance = chances["chance"].reindex(frame["measure_id"]).set_axis(frame.index).mask(none.notna())
    none = none.mask(none.isna() & chance.isna(), TOO_FAR)
    columns = [frame["measure_id"], chance, month, dated, none, silent["chance_points"]]
    return pd.DataFrame(dict(zip(OUTLOOK_COLUMNS, columns, strict=True)))


def projected_series(assessment: Assessment, silent: pd.DataFrame) -> pd.DataFrame:
    """The rows of the assessment's series that are projected, if they are figures enough.

    silent: `unprojected` of the assessment. A share of far fewer than usual counts for what so few tell
    (judging.at_usual_denominators).
    """
    left_out = silent.loc[silent["chance_none"].isin([SHARED_DATA, SMALL_NUMBERS]), "measure_id"]
    rows = assessment.series[~assessment.series["measure_id"].isin(left_out)]
    return rows.assign(value=at_usual_denominators(assessment.measures, rows, assessment.spc.points))


def unprojected(assessment: Assessment) -> pd.DataFrame:
    """Why each measure is not projected: measure_id, chance_none (SHARED_DATA, SMALL_NUMBERS, TOO_FEW, or missing where
    it is projected) and chance_points (where they are too few: how many figures there are), on the assessment's index.

    Shares of so few that limits are withheld (signals.small_numbers) are carried on nowhere: one child moves them too
    far.
    """
    frame, series = assessment.measures, assessment.series
    ids = pd.Index(frame["measure_id"])
    points = too_few(series, settings=frame).set_index("measure_id")["points"].reindex(ids).astype("Int64")
    points = points.where(ids.isin(series["measure_id"]), 0).set_axis(frame.index)
    reasons = {
        SHARED_DATA: (frame["standing"] == "not_applicable").to_numpy(dtype=bool, na_value=False),
        TOO_FEW: points.notna().to_numpy(dtype=bool),
        SMALL_NUMBERS: small_numbers(ids, series[~series["provisional"].to_numpy(dtype=bool)]),
    }
    none = _first(reasons, frame.index)
    return pd.DataFrame({"measure_id": frame["measure_id"], "chance_none": none, "chance_points": points})


def _why_none(frame: pd.DataFrame, month: pd.Series, silent: pd.Series) -> pd.Series:
    """The code of why no chance can be given for each measure; missing where one can, if the projection reaches it.

    A date is judged from the reporting month: one that has come, or gone by, has no chance left to state.
    """
    dated = frame["target_by"].notna()
    known = frame[["reporting_month", "period_end"]].max(axis=1)
    reasons = {
        NO_TARGET: frame["target_lower"].isna() & frame["target_upper"].isna(),
        MONITORED: frame["polarity"] == "monitor",
        UNJUDGED: frame["unjudged"],
        DATE_PASSED: dated & (month < known),
        DATE_COME: dated & (month == known),
    }
    flags = {code: flag.to_numpy(dtype=bool, na_value=False) for code, flag in reasons.items()}
    return _first(flags, frame.index).fillna(silent)


def _first(reasons: dict[str, NDArray[np.bool_]], index: pd.Index) -> pd.Series:
    """The first of the codes whose flag is set, for each row; missing where none is."""
    code = np.select(list(reasons.values()), list(reasons), default="")
    return pd.Series(code, index=index, dtype="str").mask(code == "")
