"""The finding of a page, as its heading: of the whole service, of a service area, of a measure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from scorecard.analysis.spc.rules import rule_of
from scorecard.core.periods import month_words
from scorecard.core.rows import Row, missing
from scorecard.core.vocabulary import count_words, lower_first, variation_short
from scorecard.narrative.measure import MONTHS_OF_A_YEAR
from scorecard.narrative.phrases import figure
from scorecard.narrative.signal import level_name

PER = re.compile(r" per [\d,]+")
MOST_LETTERS = 110  # of a heading: longer lists of names are counted instead


class Judged(NamedTuple):
    """How many targets are judged by some figures, and how many of them are missed."""

    targets: int
    missed: int


def service_headline(now: Judged, older: Judged, worse: int, better: int, month: date) -> str:
    """'23 of 41 targets missed in July 2020, 2 of 3 by older figures; 3 measures getting worse, 9 improving'.

    now: targets judged by a figure of the month itself. older: by the latest figure where that is of an earlier month.
    worse, better: measures that move beyond chance.
    """
    when = month_words(month)
    if now.targets:
        noun = "target" if now.targets == 1 else "targets"
        headline = f"{now.missed or 'None'} of {now.targets} {noun} missed in {when}"
        headline += f", {older.missed or 'none'} of {older.targets} by older figures" if older.targets else ""
    else:
        headline = f"No target can be judged in {when} yet"
        headline += f"; {older.missed or 'none'} of {older.targets} missed by older figures" if older.targets else ""
    moving = _moving(worse, better)
    return f"{headline}{f'; {moving}' if moving and (now.targets or older.targets) else ''}"


def area_headline(name: str, rows: Sequence[Row]) -> str:
    """'MASH / EDT: none of 4 targets met; strategy discussions getting worse'. rows: the area's, each pair once.

    Where some stand on figures of earlier months, those are counted apart.
    """
    judged = [row for row in rows if row["status"] in ("met", "close", "missed")]
    if not judged:
        return f"{name}: no target can be judged yet"
    count = f"{name}: {_counted(judged)}"
    moving = [(row, variation_short(row["variation"])) for row in rows if _moves(row)]
    if not moving:
        furthest = _furthest(judged)
        return f"{count}; {furthest}" if furthest and len(f"{count}; {furthest}") <= MOST_LETTERS else count
    named = ", ".join(f"{lower_first(row['name'])} {lower_first(movement)}" for row, movement in moving)
    headline = f"{count}; {named}"
    if len(headline) <= MOST_LETTERS:
        return headline
    worse = sum(row["variation"] == "concern" for row, _ in moving)
    return f"{count}; {_moving(worse, len(moving) - worse)}"


def _counted(judged: Sequence[Row]) -> str:
    """'2 of 3 targets met in July 2020, none of 1 by older figures'; the month where only some are of it."""
    older = [row["status"] == "met" for row in judged if row["months_old"] > 0]
    now = [row["status"] == "met" for row in judged if not row["months_old"] > 0]
    if not older or not now:
        return f"{_of(sum(now + older), len(judged))} met{' by older figures' if older else ''}"
    noun = "target" if len(now) == 1 else "targets"
    counted = f"{sum(now) or 'none'} of {len(now)} {noun} met in {month_words(judged[0]['reporting_month'])}"
    return f"{counted}, {sum(older) or 'none'} of {len(older)} by older figures"


def _of(met: int, judged: int) -> str:
    if judged == 1:
        return "the one target is" if met else "the one target is not"
    return f"{'none' if not met else 'all' if met == judged else met} of {judged} targets"


def _moves(row: Row) -> bool:
    """Whether it gets better or worse beyond chance; a volume does neither."""
    return row["variation"] in ("improvement", "concern") and not level_name(row)


def _moving(worse: int, better: int) -> str:
    """'3 measures getting worse, 9 improving'."""
    parts = [
        f"{count} {{noun}}{direction}"
        for count, direction in ((worse, "getting worse"), (better, "improving"))
        if count
    ]
    noun = "measure " if (worse or better) == 1 else "measures "
    return ", ".join(part.format(noun="" if index else noun) for index, part in enumerate(parts))


def _furthest(judged: Sequence[Row]) -> str:
    """'sickness absence days is 6.14 days above target': of the missed, the one furthest off by its target."""
    missed = [row for row in judged if row["status"] == "missed" and not row["small_numbers"] and row["goal"]]
    if not missed:
        return ""
    worst = min(missed, key=lambda row: row["distance"] / abs(row["goal"]))
    return f"{lower_first(worst['name'])}: {worst['distance_words']}"


STANDS = {"met": "met", "missed": "missed", "close": "close to its target"}


def measure_headline(row: Row) -> str:
    """'Scheduled audits completed: better since December 2019, not yet enough'."""
    return f"{row['name']}: {_finding(row)}"


def _finding(row: Row) -> str:
    if missing(row["value"]):
        return lower_first(str(row["status_words"]))
    stands = STANDS.get(str(row["status"]), "")
    stands += " by a provisional figure" if stands and row["provisional"] else ""
    if missing(row["variation"]):
        movement = _told(row)
        if row["status"] == "missed" and movement:
            return f"{stands}, {movement}{_a_year_ago(row)}"
        return (movement or stands or lower_first(row["status_words"])) + _a_year_ago(row)
    if row["variation"] == "common_cause":
        return f"{stands}, and no real change" if stands else "no real change"
    way = lower_first(variation_short(row["variation"], level_name(row)))
    if row["variation"] == "improvement" and not level_name(row):
        way = "better"
    lasting = bool(rule_of(row["signal_cause"])[0].run) or row.get("run_points", 1) > 1
    since = f"{way} {'since' if lasting else 'in'} {month_words(row['run_since'])}"
    return since + _and_target(row, stands)


def _a_year_ago(row: Row) -> str:
    """'; 8.01 days a year ago', where no limits tell whether it moves."""
    if missing(row["last_year_value"]) or row["months_between"] >= MONTHS_OF_A_YEAR:
        return ""
    before = figure(row, row["last_year_value"])
    return "; as a year ago" if before == figure(row, row["value"]) else f"; {PER.sub('', before)} a year ago"


def _and_target(row: Row, stands: str) -> str:
    if not stands:
        return ""
    if level_name(row):
        still = "still " if row["status"] != "met" and row["variation"] == "improvement" else ""
        return f", {still}{_told(row) or stands}"
    if row["status"] != "met":
        return ", not yet enough" if row["variation"] == "improvement" else f", and {stands}"
    return f", and {stands}" if row["variation"] == "improvement" else f", but still {stands}"


def _told(row: Row) -> str:
    """The distance, as the row's words have it; of a rate its number, for the figure below says per how many."""
    return "" if missing(row["distance_words"]) else PER.sub("", str(row["distance_words"]))


def signals_against_chance(shown: int, signalling: int, by_chance: float, months: int) -> str:
    """How many measures signal a change, and how many would by chance alone; or since when that can be told.

    shown: measures that may show a signal. by_chance: the number expected of them. months: of the longest history.
    """
    if not shown:
        have = f"You have {months}." if months else "You have none yet."
        return f"Real change shows once a measure has 12 months. {have}"
    return f"{signalling} of {shown} measures signal a change; by chance {_about(by_chance)} would."


def exceptions_by_chance(exceptions: int, by_chance: float) -> str:
    """' Of the 5 for the board, about one by chance.'; empty where there are none."""
    return f" Of the {exceptions} for the board, {_about(by_chance)} by chance." if exceptions else ""


def _about(expected: float) -> str:
    nearest = round(expected)
    return f"about {count_words(nearest)}" if nearest else "none"
