"""A measure in a few words, for a row of a list: is it moving, and will its target be met?"""

from __future__ import annotations

from typing import NamedTuple

from scorecard.analysis.assessment.evidence import MATERIAL_CHANCE
from scorecard.analysis.assessment.extremes import Extreme
from scorecard.catalogue.models import Catalogue
from scorecard.core.periods import month_words, months_from
from scorecard.core.rows import Row, missing
from scorecard.core.vocabulary import VARIATION_SHORT, variation_short
from scorecard.narrative.assurance import met_words, never_met
from scorecard.narrative.measure import MONTHS_OF_A_YEAR
from scorecard.narrative.outlook import chance_words
from scorecard.narrative.phrases import CHANGE_TOLD, figure, target_changed, when
from scorecard.narrative.signal import level_name

PASSING, FAILING = "Reliably met", "Not at this level"
TOO_FEW = "Too few to tell"  # of a share of fewer than ten


class TargetOutlook(NamedTuple):
    """Will its target be met: the words, and the assurance that they tell, if they do."""

    words: str
    assurance: str | None = None


def moving_words(row: Row) -> str:
    """'Getting worse', 'No real change'; where no signal may be shown, a year ago against now; empty without either."""
    if missing(row["value"]):
        return ""
    if row["small_numbers"]:
        return TOO_FEW
    if missing(row["variation"]):
        return _in_a_year(row)
    short_words = variation_short(row["variation"], level_name(row))
    if row["variation"] == "common_cause":
        return f"{VARIATION_SHORT['common_cause']}, as every year" if row["as_every_year"] else short_words
    return short_words


def _in_a_year(row: Row) -> str:
    """'8.01 → 14.14 in a year', 'As a year ago'."""
    if missing(row["last_year_value"]) or row["months_between"] >= MONTHS_OF_A_YEAR:
        return ""
    before, now = (figure(row, row[name]).removesuffix(" days") for name in ("last_year_value", "value"))
    return "As a year ago" if before == now else f"{before} → {now} in a year"


def target_outlook(row: Row, chance: Row) -> TargetOutlook:
    """'Not at this level', 'Met in 1 of the last 24', 'About 1 in 10 by October 2020'; empty where nothing can be told.

    chance: the measure's row of analysis.projection.outlook.outlook.
    """
    if missing(row["status"]) or row["status"] in ("no_target", "no_data"):
        return TargetOutlook("")
    if row["status"] != "met" and not missing(row["target_by"]) and row["target_by"] <= row["reporting_month"]:
        return TargetOutlook(f"Was due by {month_words(row['target_by'])}")
    if row["assurance"] == "consistently_passing":
        return TargetOutlook(PASSING, "consistently_passing")
    if row["assurance"] == "consistently_failing":
        past_words = met_words(0, int(row["met_of"])) if never_met(row) else FAILING
        return TargetOutlook(past_words, "consistently_failing")
    if not row["target_at_bound"] and not missing(chance["chance_of_meeting"]) and missing(row["assurance"]):
        return TargetOutlook(f"{chance_words(chance['chance_of_meeting'])} by {month_words(chance['chance_month'])}")
    return _so_far(row, chance)


def _so_far(row: Row, chance: Row) -> TargetOutlook:
    """How often it was met so far, of the last 24 months; 'hit and miss' where chance decides, and not too rarely.

    Where those months had another target, or another level than that of the latest limits, the chance of it.
    """
    if missing(row["met_of"]) or row["met_of"] < 2:
        return TargetOutlook("")
    met, out_of = int(row["met_months"]), int(row["met_of"])
    if row["assurance"] == "inconsistent" and _of_another_time(row) and not missing(chance["chance_of_meeting"]):
        return TargetOutlook(f"{chance_words(chance['chance_of_meeting'])} by {month_words(chance['chance_month'])}")
    by_chance = row["assurance"] == "inconsistent" and not row["seasonal"]
    if by_chance and 0 < met < out_of and MATERIAL_CHANCE <= row["chance_of_missing"] <= 1 - MATERIAL_CHANCE:
        return TargetOutlook(f"Hit and miss: met in {met} of {out_of}", "inconsistent")
    return TargetOutlook(met_words(met, out_of))


def _of_another_time(row: Row) -> bool:
    """Whether the last 24 months had another target than now, or a level before the last rebase."""
    rebases = [month for month in row["rebase"] if month <= row["reporting_month"]]
    recent = any(months_from(month, row["reporting_month"]) < CHANGE_TOLD for month in rebases)
    return bool(target_changed(row)) or recent


def plain_fact(row: Row, extreme: Extreme | None) -> str:
    """'Highest since March 2018', where no limits may be shown: beside a year ago against now. Or empty."""
    if missing(row["value"]) or not missing(row["variation"]) or row["small_numbers"] or extreme is None:
        return ""
    since = f"since {month_words(extreme.since)}" if extreme.since is not None else "of all figures there are"
    return f"{'Highest' if extreme.highest else 'Lowest'} {since}"


POSITIONS = {"better": "better than", "worse": "worse than", "level": "level with", "higher": "higher than",
             "lower": "lower than"}  # fmt: skip


def compared_sentences(row: Row, catalogue: Catalogue) -> list[str]:
    """'98% in July 2020: better than statistical neighbours (88%, 2018/19)', each of those that count the same."""
    measure, authority = catalogue.measure(row["measure_id"]), catalogue.authority
    names = {
        "statistical_neighbour": "statistical neighbours",
        "regional": authority.region.name,
        "national": authority.country.name,
    }
    sentences = []
    for name, known in measure.comparators.items():
        others = names[name]
        if missing(row[f"{name}_position"]):
            continue
        year = f", {known.year}" if known.year else ", the plan gives no year"
        position = POSITIONS[row[f"{name}_position"]]
        theirs = figure(row, row[name])
        sentences.append(f"{figure(row, row['value'])} {when(row)}: {position} {others} ({theirs}{year}).")
    return sentences
