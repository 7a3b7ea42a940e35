"""Which measures a source's file should have, by what the source sent for its recent periods."""

from __future__ import annotations

from collections.abc import Set
from datetime import date

import pandas as pd

from scorecard.access.permissions import Permission
from scorecard.catalogue.models import Catalogue
from scorecard.core.periods import add_months
from scorecard.extract.check_extract import CheckedExtract
from scorecard.use_cases.needs import needs
from scorecard.use_cases.open_scorecard import Scorecard

RECENT_PERIODS = 3  # of a measure's own frequency: months, quarters, terms or years
LONGEST_BETWEEN = 12  # months


@needs(Permission.READ)
def missing_measures(scorecard: Scorecard, checked: CheckedExtract, source: str) -> frozenset[str]:
    """The measures that a file of a source lacks for its latest month, of those that came with its like before.

    What the store has for that month already, of this source or another, is not missing: a correction of two figures,
    or the second of two files a month, lacks nothing.
    """
    own = scorecard.catalogue.authority.code
    figures = checked.observations[checked.observations["area"] == own]
    if figures.empty:
        return frozenset()
    month: date = figures["period_end"].max().date()
    first = add_months(month, -RECENT_PERIODS * LONGEST_BETWEEN)
    sent_before = scorecard.store.first_sent(source, own, first, add_months(month, -1))
    in_file = frozenset(figures.loc[figures["period_end"] == pd.Timestamp(month), "measure_id"].unique())
    expected = sent_together(sent_before, in_file, month, scorecard.catalogue)
    return expected - in_file - scorecard.store.measures_known(own, month)


def sent_together(sent_before: pd.DataFrame, in_file: Set[str], month: date, catalogue: Catalogue) -> frozenset[str]:
    """The measures whose last recent period was first sent by an extract that also sent one of the file's.

    sent_before: measure_id, period_end, extract_id, by which each figure was sent first. A source that sends two files
    a month is so held to each file's own measures.
    """
    between = {measure.id: measure.months_between for measure in catalogue.measures}
    known = sent_before[sent_before["measure_id"].isin(between)]
    ends = known["period_end"].dt
    months_ago = (month.year - ends.year) * 12 + month.month - ends.month
    known = known[months_ago <= RECENT_PERIODS * known["measure_id"].map(between).astype("int64")]
    latest = known.sort_values("period_end").drop_duplicates("measure_id", keep="last")
    likes = known.loc[known["measure_id"].isin(in_file), ["period_end", "extract_id"]].drop_duplicates()
    return frozenset(latest.merge(likes, on=["period_end", "extract_id"])["measure_id"])
