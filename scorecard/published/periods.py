"""Periods as published files write them: EES's time_period with its time_identifier, and LAIT's Years.

The time identifiers are those of the Department for Education's open data standard for Explore Education Statistics.
"""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from scorecard.core.periods import ACADEMIC_YEAR_ENDS, FINANCIAL_YEAR_ENDS, MONTH_NAMES, month_end

CALENDAR_YEAR_ENDS = 12
EARLIEST, LATEST = 1980, 2100
_SIX = re.compile(r"(\d{4})[-/]?(\d{2})")


class PublishedPeriod(NamedTuple):
    """The last day of the month in which a figure's period ends, how many months it covers, and its state.

    state: r revised, p provisional, ot of the terms that are over; empty where nothing is said.
    """

    end: date
    months: int
    state: str = ""


class UnreadableYears(ValueError):
    """A period that can't be read. Its message says why, and what is read."""


class UnknownTime(ValueError):
    """A time identifier that isn't one of the standard's."""


class NoMonth(ValueError):
    """A period that is no whole number of months: a week."""


class _Part(NamedTuple):
    """A part of a year: the month it ends in, how many months it covers, and whether the year is split over two."""

    ends: int
    months: int
    year_ends: int


def _parts() -> dict[str, _Part]:
    years = {
        "calendar year": CALENDAR_YEAR_ENDS, "financial year": FINANCIAL_YEAR_ENDS, "academic year": ACADEMIC_YEAR_ENDS,
        "tax year": FINANCIAL_YEAR_ENDS,  # of which it shares all but five days
    }  # fmt: skip
    parts = {name: _Part(ends, 12, ends) for name, ends in years.items()}
    for name, ends in years.items():
        parts |= {f"{name} q{n}": _Part((ends + 3 * n - 1) % 12 + 1, 3, ends) for n in range(1, 5)}
        parts |= {f"{name} h{n}": _Part((ends + 6 * n - 1) % 12 + 1, 6, ends) for n in (1, 2)}
    parts |= {
        "part 1 (april to september)": _Part(9, 6, FINANCIAL_YEAR_ENDS),
        "part 2 (october to march)": _Part(3, 6, FINANCIAL_YEAR_ENDS),
        "autumn term": _Part(12, 4, ACADEMIC_YEAR_ENDS),
        "spring term": _Part(4, 4, ACADEMIC_YEAR_ENDS),
        "summer term": _Part(8, 4, ACADEMIC_YEAR_ENDS),
        "autumn and spring term": _Part(4, 8, ACADEMIC_YEAR_ENDS),
    }
    return parts | {name.lower(): _Part(n, 1, CALENDAR_YEAR_ENDS) for n, name in enumerate(MONTH_NAMES, 1)}


PARTS = _parts()
REPORTING_YEAR = "reporting year"
IDENTIFIERS = (REPORTING_YEAR, *PARTS, "week 1 to week 53")
_WEEK = re.compile(r"week \d{1,2}")


def ees_period(time_period: str, time_identifier: str, year_ends: int, months: int) -> PublishedPeriod:
    """The period of a row of an EES file.

    year_ends: the month of the year's end where the file says no more than 'Reporting year'. months: 1 where the
    figure counts a day, else 12 for the year to it; of a shorter period than a year, its own.
    Raises UnreadableYears, UnknownTime, NoMonth.
    """
    kind = _tidy(time_identifier)
    if _WEEK.fullmatch(kind):
        raise NoMonth(f"'{time_identifier.strip()}'")
    if kind == REPORTING_YEAR:
        part = _Part(year_ends, 12, CALENDAR_YEAR_ENDS)
    elif kind in PARTS:
        part = PARTS[kind]
    else:
        raise UnknownTime(time_identifier.strip())
    last = _last_year(time_period.strip())
    year = last - 1 if part.year_ends != CALENDAR_YEAR_ENDS and part.ends > part.year_ends else last
    return PublishedPeriod(_end(year, part.ends, time_period), 1 if months == 1 else part.months)


def _tidy(identifier: str) -> str:
    tidy = " ".join(identifier.lower().replace("-", " ").split())
    tidy = re.sub(r"quarter ([1-4])$", r"q\1", tidy)
    return re.sub(r"half (?:year )?([12])$", r"h\1", tidy)


def _last_year(text: str) -> int:
    """The year in which a time_period ends: '2025', and of the six digits '201718' the second."""
    if re.fullmatch(r"\d{4}", text):
        return int(text)
    match = _SIX.fullmatch(text)
    if match is None:
        raise UnreadableYears(f"'{text[:40]}' is no year: write 2018, or 201718 for a year that lies in two")
    first = int(match[1])
    if int(match[2]) != (first + 1) % 100:
        raise UnreadableYears(f"'{text}' are not two years that follow each other: write 201718")
    return first + 1


def _end(year: int, month: int, text: str) -> date:
    if not EARLIEST <= year <= LATEST:
        raise UnreadableYears(f"'{text[:40]}' lies outside {EARLIEST} to {LATEST}")
    return month_end(date(year, month, 1))


_LAIT = re.compile(
    r"(?P<first>\d{4})(?:/(?P<first_to>\d{2}))?(?:-(?P<last>\d{2}|\d{4})(?:/(?P<last_to>\d{2}))?)?"
    r"(?:\s*\((?P<state>[A-Za-z]+)\))?"
)
_STATES = {"rev": "r", "revised": "r", "prov": "p", "provisional": "p", "ot": "ot", "final": ""}


def lait_period(years: str, year_ends: int, months: int) -> PublishedPeriod:
    """The period of a row of a LAIT file: '2016', '2015/16', '2014-16', '2013/14-15/16', '2018 (Rev)', '2024-25 (OT)'.

    year_ends: the month in which the indicator's year ends. months: 1 where the figure counts a day, else 12 for each
    year. A year that lies in two is named by both or by its second. Raises UnreadableYears.
    """
    text = years.strip()
    match = _LAIT.fullmatch(text)
    if match is None:
        raise UnreadableYears(f"'{text[:40]}' names no year")
    state = (match["state"] or "").lower()
    if state not in _STATES and state:
        raise UnreadableYears(f"'{text[:40]}' has the unknown state ({match['state']}); known are {', '.join(_STATES)}")
    first, last = _span(match, text, year_ends)
    span = last - first + 1
    if not 1 <= span <= 10:
        raise UnreadableYears(f"'{text}' runs backwards, or over more than ten years")
    covers = 1 if months == 1 and span == 1 else 12 * span
    return PublishedPeriod(_end(last, year_ends, text), covers, _STATES.get(state, ""))


def _span(match: re.Match[str], text: str, year_ends: int) -> tuple[int, int]:
    """The first and the last year, each by the calendar year it ends in."""
    first = int(match["first"])
    split = year_ends != CALENDAR_YEAR_ENDS
    if match["first_to"]:
        first = _follows(first, match["first_to"], text)
    if not match["last"]:
        return first, first
    last = int(match["last"]) if len(match["last"]) == 4 else first // 100 * 100 + int(match["last"])
    if match["last_to"]:
        return first, _follows(last, match["last_to"], text)
    if not match["first_to"] and split and last == first + 1:
        return last, last  # '2024-25', of a year that lies in two
    return first, last


def _follows(year: int, second: str, text: str) -> int:
    if int(second) != (year + 1) % 100:
        raise UnreadableYears(f"'{text}' names two years that don't follow each other")
    return year + 1
