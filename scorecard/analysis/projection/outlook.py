"""Outlook: the chance that each target is met by its date, or within twelve months; or the reason for giving none.

Figures and codes alone: narrative.outlook words them.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from scorecard.analysis.assessment.assess import Assessment
from scorecard.analysis.projection.project import chance_of_meeting, why_silent

OUTLOOK_COLUMNS = ["measure_id", "chance_of_meeting", "chance_month", "chance_dated", "chance_none", "chance_points"]

NO_TARGET = "no_target"
MONITORED = "monitored"
UNJUDGED = "unjudged"
DATE_COME = "date_come"
DATE_PASSED = "date_passed"
SHARED_DATA = "shared_data"
TOO_FEW = "too_few"
TOO_FAR = "too_far"


def outlook(assessment: Assessment, projection: pd.DataFrame) -> pd.DataFrame:
    """The chance that each measure meets its target in the month of its date, else in the last month projected.

    projection: as projection.project returns it, of the authority's own series (other areas' rows are left out).
    Returns a row a measure, in the assessment's order: measure_id; chance_of_meeting (0 to 1; NaN where there is
    none); chance_month (the month's last day; NaT where none can be named); chance_dated (bool: the plan gives that
    month); chance_none (why there is no chance, one of this module's codes; missing where there is one); chance_points
    (how many figures there are where they are too few for a projection; missing elsewhere).
    """
    frame = assessment.measures
    own = projection[projection["area"].isin(assessment.series["area"].unique())]
    points = _too_few(assessment)
    dated = frame["target_by"].notna()
    last = own.groupby("measure_id")["period_end"].max().reindex(frame["measure_id"]).set_axis(frame.index)
    month = frame["target_by"].where(dated, last.astype(frame["target_by"].dtype))
    none = _why_none(frame, points, month)
    asked = frame[["measure_id", "target_lower", "target_upper"]].assign(by=month)
    chances = chance_of_meeting(own, asked).drop_duplicates("measure_id").set_index("measure_id")
    chance = chances["chance"].reindex(frame["measure_id"]).set_axis(frame.index).mask(none.notna())
    none = none.mask(none.isna() & chance.isna(), TOO_FAR)
    columns = [frame["measure_id"], chance, month, dated, none, points]
    return pd.DataFrame(dict(zip(OUTLOOK_COLUMNS, columns, strict=True)))


def _too_few(assessment: Assessment) -> pd.Series:
    """How many figures each measure has that has too few for a projection; missing for the others."""
    ids = assessment.measures["measure_id"]
    few = why_silent(assessment.series).set_index("measure_id")["points"].reindex(ids).astype("Int64")
    has_rows = ids.isin(assessment.series["measure_id"]).to_numpy(dtype=bool)
    return few.set_axis(ids.index).where(has_rows, 0)


def _why_none(frame: pd.DataFrame, points: pd.Series, month: pd.Series) -> pd.Series:
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
        SHARED_DATA: frame["standing"] == "not_applicable",
        TOO_FEW: points.notna(),
    }
    flags = [reason.fillna(False).to_numpy(dtype=bool) for reason in reasons.values()]
    code = np.select(flags, list(reasons), default="")
    return pd.Series(code, index=frame.index, dtype="str").mask(code == "")
