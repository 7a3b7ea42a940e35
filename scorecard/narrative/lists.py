"""The lists of measures that the overview can show: what each is called, and how many stand in it."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from scorecard.core.numbers import count_of
from scorecard.core.periods import month_words


class ListWords(NamedTuple):
    """A list's label, and what is said of it for one measure and for several; {count} is how many."""

    label: str
    one: str = ""
    several: str = ""


LISTS = {
    "board": ListWords("For the board"),
    "missed": ListWords("All missed"),
    "worse": ListWords("Getting worse"),
    "better": ListWords("Improving"),
    "otherwise": ListWords("Volumes moving"),
    "met": ListWords("Met"),
    "care": ListWords("Read with care", "1 to read with care", "{count} to read with care"),
    "all": ListWords("All"),
    "passed": ListWords(
        "Missed at their date", "1 target missed at its date", "{count} targets missed at their dates"
    ),
    "due": ListWords(
        "Missed, due soon",
        "1 missed target due within 3 months",
        "{count} missed targets due within 3 months",
    ),
    "outgrown": ListWords(
        "Targets already met",
        "1 target already met: ask for more?",
        "{count} targets already met: ask for more?",
    ),
    "never": ListWords(
        "Met in none of up to 24 months",
        "1 met in none of up to 24 months: plan or target?",
        "{count} met in none of up to 24 months: plan or target?",
    ),
    "disagree": ListWords(
        "Met but getting worse, missed but improving",
        "1 met but getting worse, or missed but improving",
        "{count} met but getting worse, or missed but improving",
    ),
    "lucky": ListWords(
        "Met, but not reliably", "1 met, but not reliably",
        "{count} met, but not reliably",
    ),
    "slow": ListWords(
        "Improving too slowly",
        "1 improving too slowly",
        "{count} improving too slowly",
    ),
    "met-now": ListWords("Newly met", "1 target newly met", "{count} targets newly met"),
    "missed-now": ListWords(
        "Newly missed", "1 target newly missed beyond chance", "{count} targets newly missed beyond chance"
    ),
    "owed": ListWords(
        "Late or unclear", "1 late, or with an open question", "{count} late, or with open questions"
    ),
}  # fmt: skip
CHOSEN = ("board", "missed", "worse", "better", "otherwise", "met", "care", "all")  # always offered, in this order


def list_heading(code: str, count: int) -> str:
    """'9 targets already met: ask for more?'"""
    heading = LISTS[code]
    return heading.one if count == 1 else heading.several.format(count=count)


def received_words(month: date, received: int, due: int) -> str:
    """'July 2020: all 46 figures in', 'July 2020: 44 of 46 figures in'."""
    which = f"all {due}" if received == due else f"{received} of {due}"
    return f"{month_words(month)}: {which} figures in"


def gaps_words(missing: int) -> str:
    """'3 earlier figures missing'."""
    return f"{count_of(missing, 'earlier figure')} missing"
