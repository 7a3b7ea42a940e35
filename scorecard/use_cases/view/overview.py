"""View the overview: the finding, the lists that can be chosen, what a board decides, what changed, what to trust."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from scorecard.access.permissions import Permission
from scorecard.analysis.assessment import summary
from scorecard.analysis.assessment.extremes import extreme
from scorecard.charts import DistanceBar, bar_of, distance_bar
from scorecard.core.periods import month_words
from scorecard.core.rows import missing, rows_of
from scorecard.core.vocabulary import upper_first
from scorecard.narrative import brief, headline
from scorecard.narrative.brief import TargetOutlook
from scorecard.narrative.lists import (
    CHOSEN,
    LISTS,
    gaps_words,
    list_heading,
    received_words,
)
from scorecard.narrative.phrases import level, neutral
from scorecard.narrative.signal import NO_CHANGE, likelihood, signals
from scorecard.use_cases.needs import needs
from scorecard.use_cases.open_scorecard import Scorecard
from scorecard.use_cases.view.completeness import completeness_of
from scorecard.use_cases.view.measures import View
from scorecard.use_cases.view.order_measures import ordered

BAR_SIZE = (104, 14)
NONE_NEWLY_MISSED = "None newly missed"

__all__ = [
    "Overview",
    "TargetOutlook",
    "area_finding",
    "bar",
    "brief_words",
    "chance_of",
    "compared_with",
    "level",
    "list_code",
    "list_label",
    "listed",
    "measure_finding",
    "neutral",
    "overview",
    "plain_fact_of",
]


@dataclass(frozen=True)
class Overview:
    """What the overview says before its table. lists: the ids of each of narrative.lists.LISTS, in the plan's order."""

    finding: str
    beside_chance: str
    lists: dict[str, list[str]]
    chosen: tuple[str, ...]
    decide: tuple[tuple[str, str], ...]
    since: tuple[tuple[str, str], ...]
    since_heading: str
    trust: tuple[tuple[str, str], ...]


@needs(Permission.READ)
def overview(scorecard: Scorecard, view: View) -> Overview:
    """The overview of a view; made once for all who look at it. A line of decide, since or trust: its list, its words
    ('' where it names no list).
    """
    return view.memoised("overview", lambda: _overview(scorecard, view))


def _overview(scorecard: Scorecard, view: View) -> Overview:
    measures = view.measures
    received = completeness_of(scorecard, view)
    care = measures["measure_id"].map(
        {row["measure_id"]: bool(row["care_words"]) for row in rows_of(received.completeness.marks)}
    )
    counted = measures["counted"]
    judged = counted & summary.counted_as(measures).isin(summary.JUDGED)
    members = {
        "board": summary.for_the_board(measures),
        "missed": judged & (measures["status"] == "missed"),
        "worse": summary.moves_beyond_chance(measures, "concern"),
        "better": summary.moves_beyond_chance(measures, "improvement"),
        "otherwise": summary.moves_otherwise(measures),
        "met": judged & (measures["status"] == "met"),
        "care": care.fillna(False).astype(bool),
        "all": pd.Series(True, measures.index),
        "passed": summary.date_passed(measures),
        "due": summary.due_soon(measures),
        "never": summary.never_met(measures),
        "outgrown": counted & measures["outgrown"],
        "disagree": counted & measures["disagreement"].notna(),
        "lucky": summary.met_by_luck(measures),
        "slow": summary.improving_too_slowly(measures),
        "met-now": summary.newly_judged(measures, "met"),
        "missed-now": summary.newly_judged(measures, "missed"),
        "owed": measures["overdue"] | measures["pair_disagrees"] | measures["movement_unknown"],
    }
    lists = {code: measures.loc[where.astype(bool), "measure_id"].tolist() for code, where in members.items()}
    older = judged & (measures["months_old"] > 0).fillna(False)
    by_now, by_older = (
        headline.Judged(int(group.sum()), int((group & members["missed"]).sum())) for group in (judged & ~older, older)
    )
    finding = headline.service_headline(by_now, by_older, len(lists["worse"]), len(lists["better"]), view.month.date())
    longest = int(view.assessment.series.groupby("measure_id").size().max()) if len(view.assessment.series) else 0
    return Overview(
        finding=finding,
        beside_chance=headline.signals_against_chance(
            view.signals_shown, view.signalling, view.expected_by_chance, longest
        )
        + headline.exceptions_by_chance(len(lists["board"]) if view.signals_shown else 0, view.exceptions_by_chance),
        lists=lists,
        chosen=CHOSEN,
        decide=_told(lists, ("passed", "due", "outgrown", "never", "disagree", "lucky", "slow")),
        since=_since(lists),
        since_heading=f"Since {month_words((view.month - pd.offsets.MonthEnd(1)).date())}",
        trust=_trust(view, lists, received.completeness.matrix),
    )


def _told(lists: dict[str, list[str]], codes: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    return tuple((code, list_heading(code, len(lists[code]))) for code in codes if lists[code])


def _since(lists: dict[str, list[str]]) -> tuple[tuple[str, str], ...]:
    """What is new since the month before; that nothing is newly missed is an answer too."""
    lines = _told(lists, ("missed-now", "met-now"))
    return lines if lists["missed-now"] else (("", NONE_NEWLY_MISSED), *lines) if lines else ()


def _trust(view: View, lists: dict[str, list[str]], matrix: pd.DataFrame) -> tuple[tuple[str, str], ...]:
    due = matrix[matrix["due"].astype(bool)]
    now = due["period_end"] == view.month
    missed = due["state"] == "missing"
    lines = [("", received_words(view.month.date(), int((now & ~missed).sum()), int(now.sum())))]
    lines += [*_told(lists, ("care", "owed"))]
    gaps = int((missed & ~now).sum())
    return (*lines, ("", gaps_words(gaps))) if gaps else tuple(lines)


@needs(Permission.READ)
def listed(scorecard: Scorecard, view: View, code: str, order: str) -> list[str]:
    """The ids of a list in an order of order_measures.ORDERS."""
    ids_in_list = set(overview(scorecard, view).lists[code])
    return [measure_id for measure_id in ordered(view, order) if measure_id in ids_in_list]


@needs(Permission.READ)
def list_code(scorecard: Scorecard, view: View, asked: str) -> str:
    """The list that is asked for. Where there is none of that name, what is for the board; of an earlier moment all, as
    who looks back asks for a figure.
    """
    shown = overview(scorecard, view)
    return asked if asked in shown.lists else shown.chosen[0] if view.as_known_at is None else "all"


@needs(Permission.READ)
def list_label(scorecard: Scorecard, view: View, code: str) -> str:
    """'All missed 23'."""
    return f"{LISTS[code].label} {len(overview(scorecard, view).lists[code])}"


def brief_words(view: View) -> dict[str, tuple[str, TargetOutlook]]:
    """Of each measure in a few words whether it is moving, and whether its target will be met."""

    def find_words() -> dict[str, tuple[str, TargetOutlook]]:
        chances = {row["measure_id"]: row for row in rows_of(view.chances)}
        rows = view.rows.items()
        return {key: (brief.moving_words(row), brief.target_outlook(row, chances[key])) for key, row in rows}

    return view.memoised("brief words", find_words)


def bar(view: View, measure_id: str) -> tuple[DistanceBar, str] | None:
    """The distance to target as a small bar: what it says, and the picture; None where there is no distance to draw."""

    def draw() -> tuple[DistanceBar, str] | None:
        row = view.row(measure_id)
        distance = bar_of(row)
        drawn = distance.share is not None and not missing(row["distance"])
        return (distance, distance_bar(distance, *BAR_SIZE)) if drawn else None

    return view.memoised(("bar", measure_id), draw)


def area_finding(view: View, service_area_id: str) -> str:
    """A service area's finding, with its name."""
    measures = view.measures
    as_judged = summary.counted_as(measures) == measures["status"].fillna("no_status")
    ids = set(measures.loc[measures["counted"] & as_judged, "measure_id"])
    counted = [view.row(measure_id) for measure_id in view.in_area(service_area_id) if measure_id in ids]
    name = view.catalogue.service_area(service_area_id).name
    return view.memoised(("finding", service_area_id), lambda: headline.area_headline(name, counted))


def measure_finding(view: View, measure_id: str) -> str:
    """A measure's finding, with its name."""
    return headline.measure_headline(view.row(measure_id))


def plain_fact_of(view: View, measure_id: str) -> str:
    """Since when it stood no higher or lower, where no limits may be shown; or empty."""
    return view.memoised(
        ("plain fact", measure_id),
        lambda: brief.plain_fact(view.row(measure_id), extreme(view.series_of(measure_id))),
    )


def chance_of(view: View, measure_id: str) -> str:
    """How likely what a measure signals is chance: 'Unlikely to be chance'; without a signal what else is said."""
    row = view.row(measure_id)
    if not missing(row["variation"]) and signals(row):
        return upper_first(likelihood(row))
    return "" if row["variation_words"] == NO_CHANGE else str(row["variation_words"])


def compared_with(view: View, measure_id: str) -> list[str]:
    """How the latest figure stands to statistical neighbours, the region and England, a sentence each."""
    return brief.compared_sentences(view.row(measure_id), view.catalogue)
