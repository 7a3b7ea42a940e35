"""Will the target be met? What limits tell of the way ahead, or how often it was met so far, in a few words."""

from __future__ import annotations

from scorecard.analysis.assessment.evidence import MATERIAL_CHANCE
from scorecard.analysis.assessment.level import SIGNALS
from scorecard.analysis.assessment.signals import HARDLY_VARIED, NOT_VARIED
from scorecard.core.rows import Row, missing
from scorecard.core.vocabulary import (
    ASSURANCE_WORDS,
    MAY_BE_MOVING,
    MAY_BY_SEASON,
    MOSTLY_MET,
    MOSTLY_MISSED,
    NO_ASSURANCE_WORDS,
)


def assurance_words(row: Row) -> str:
    """The assurance in words; for a target at a bound or figures that hardly vary, in how many months it was met."""
    told_by_months = row["target_at_bound"] or row["no_limits_code"] in (NOT_VARIED, HARDLY_VARIED)
    if told_by_months and not missing(row["met_of"]) and row["met_of"] > 1:
        return met_words(int(row["met_months"]), int(row["met_of"]))
    if row["no_assurance"] == SIGNALS and not row["unlikely"]:
        return MAY_BE_MOVING
    if not missing(row["no_assurance"]):
        return NO_ASSURANCE_WORDS[row["no_assurance"]]
    if missing(row["assurance"]):
        return ""
    if never_met(row):
        return met_words(0, int(row["met_of"]))
    if row["assurance"] == "inconsistent" and not missing(row["chance_of_missing"]):
        return _hit_and_miss(row)
    return ASSURANCE_WORDS[row["assurance"]]


def _hit_and_miss(row: Row) -> str:
    """Where the limits reach to both sides of the target: how the record has it, where it is all on one side."""
    met, out_of = (0 if missing(row[name]) else int(row[name]) for name in ("met_months", "met_of"))
    mostly_met, mostly_missed = (
        chance < MATERIAL_CHANCE for chance in (row["chance_of_missing"], 1 - row["chance_of_missing"])
    )
    if out_of > 1 and ((mostly_met and met == out_of) or (mostly_missed and met == 0)):
        return met_words(met, out_of)
    if row["seasonal"]:
        return MAY_BY_SEASON
    return MOSTLY_MET if mostly_met else MOSTLY_MISSED if mostly_missed else ASSURANCE_WORDS["inconsistent"]


def never_met(row: Row) -> bool:
    """Whether the level misses the target, and no figure of the last 24 months met it, which says more."""
    counted = not missing(row["met_of"]) and row["met_of"] > 0
    return bool(counted and row["assurance"] == "consistently_failing" and row["met_months"] == 0)


def met_words(met: int, out_of: int) -> str:
    """'Met in 3 of the last 24', 'Met in all of the last 24'."""
    return f"Met in all of the last {out_of}" if met == out_of else f"Met in {met or 'none'} of the last {out_of}"
