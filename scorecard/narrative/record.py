"""For how long a measure has met its target or missed it, in a few words."""

from __future__ import annotations

from scorecard.core.periods import month_words
from scorecard.core.rows import Row, missing
from scorecard.core.vocabulary import count_words

NEVER_FROM = 3  # with so many figures or more, 'none of them has met it' says something


def record_words(row: Row) -> str:
    """'missed since May 2019', 'met in 20 of the last 24'; empty where there is one figure alone, or no target.

    row: of the assessment: status, missed_for, missed_since, missed_always, met_months and met_of.
    """
    if row["status"] in ("missed", "close") and not missing(row["missed_for"]):
        return _missed(row)
    if row["status"] != "met" or missing(row["met_of"]) or row["met_of"] < 2:
        return ""
    met, out_of = int(row["met_months"]), int(row["met_of"])
    return f"met in all of the last {out_of}" if met == out_of else f"met in {met} of the last {out_of}"


def _missed(row: Row) -> str:
    if row["missed_always"]:
        figures = int(row["missed_for"])
        return f"met by none of its {count_words(figures)} figures" if figures >= NEVER_FROM else ""
    since = month_words(row["missed_since"])
    return f"missed in {since}, met by the figure before" if row["missed_for"] == 1 else f"missed since {since}"
