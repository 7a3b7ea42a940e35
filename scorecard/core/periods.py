"""Periods: a month in which something ends, and how many months it covers. Reading them and writing them."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import NamedTuple

MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
FINANCIAL_YEAR_ENDS = 3
ACADEMIC_YEAR_ENDS = 8
EARLIEST_YEAR, LATEST_YEAR = 1990, 2100
LONGEST_SPAN = 10  # years; '2020-00' is a slip of the pen, not eighty years

_ANY_DASH = re.compile("[\u2010-\u2015\u2212]")  # what word processors make of a hyphen
_MONTH_NUMBERS = {name.lower(): number for number, name in enumerate(MONTH_NAMES, 1)}
_MONTH_NUMBERS |= {name.lower()[:3]: number for number, name in enumerate(MONTH_NAMES, 1)} | {"sept": 9}


class Period(NamedTuple):
    """A period: the last day of the month it ends in, and how many months it covers (None: not said)."""

    end: date
    months: int | None


class UnreadablePeriod(ValueError):
    """A text that names no period, or not one clearly. Its message says what to write instead."""


def month_end(day: date) -> date:
    """The last day of the month that a day lies in."""
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)


def add_months(day: date, months: int) -> date:
    """The last day of the month that lies so many months after the day's own."""
    index = day.year * 12 + day.month - 1 + months
    return month_end(date(index // 12, index % 12 + 1, 1))


def months_from(earlier: date, later: date) -> int:
    """How many months lie between two days' months; negative where later is the earlier one."""
    return (later.year - earlier.year) * 12 + later.month - earlier.month


def month_code(day: date) -> str:
    """A month as files and URLs write it: '2020-07'."""
    return f"{day.year:04d}-{day.month:02d}"


def period_code(period: Period) -> str:
    """A period as an extract writes it: '2020-07', '2020-21 Q1', '2019/20', '2014/2016' for three calendar years."""
    end, months = period
    if months == 3 and end.month % 3 == 0:
        year = end.year if end.month > FINANCIAL_YEAR_ENDS else end.year - 1
        return f"{year}-{(year + 1) % 100:02d} Q{(end.month - FINANCIAL_YEAR_ENDS - 1) % 12 // 3 + 1}"
    if months == 12 and end.month == FINANCIAL_YEAR_ENDS:
        return f"{end.year - 1}/{end.year % 100:02d}"  # 2009-10 would be a month
    if months is not None and months > 24 and months % 12 == 0 and end.month == 12:
        return f"{end.year - months // 12 + 1}/{end.year}"
    return month_code(end)


def month_words(day: date) -> str:
    """A month as people read it: 'July 2020'."""
    return f"{MONTH_NAMES[day.month - 1]} {day.year}"


def day_words(day: date) -> str:
    """A day as people read it: '1 July 2020'."""
    return f"{day.day} {month_words(day)}"


def year_to_date_months(day: date) -> int:
    """How many months of the financial year, which starts in April, are over at a month's end: April 1, March 12."""
    return (day.month - FINANCIAL_YEAR_ENDS - 1) % 12 + 1


def period_words(end: date, months: int | None = 1) -> str:
    """A period as people read it: 'July 2020', or 'year to July 2020' and 'quarter to July 2020' where longer."""
    names = {3: "quarter to ", 6: "six months to ", 12: "year to ", 36: "three years to "}
    if months is None or months <= 1:
        return month_words(end)
    return names.get(months, f"{months} months to ") + month_words(end)


def _end(year: int, month: int, text: str) -> date:
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise UnreadablePeriod(f"the year {year} of '{text}' is outside {EARLIEST_YEAR} to {LATEST_YEAR}")
    if not 1 <= month <= 12:
        raise UnreadablePeriod(f"'{text}' has no month {month}; write it as 2020-07")
    return month_end(date(year, month, 1))


def _full_year(digits: str) -> int:
    return int(digits) if len(digits) == 4 else 2000 + int(digits)


def _month_period(text: str) -> Period | None:
    if match := re.fullmatch(r"(\d{4})-(\d{2})", text):
        year, month = int(match[1]), int(match[2])
        if 1 <= month <= 12:
            return Period(_end(year, month, text), None)
    if match := re.fullmatch(r"(\d{4})([-/])(\d{1,2})\2(\d{1,2})(?:[T ]00:00(?::00(?:\.0+)?)?)?", text):
        return _day(int(match[1]), int(match[3]), int(match[4]), text)
    if match := re.fullmatch(r"(\d{1,2})([/.\-])(\d{1,2})\2(\d{4}|\d{2})(?: 00:00(?::00)?)?", text):
        return _day(_full_year(match[4]), int(match[3]), int(match[1]), text)
    if match := re.fullmatch(r"(\d{1,2})[/.](\d{4})", text):
        return Period(_end(int(match[2]), int(match[1]), text), None)
    if match := re.fullmatch(r"(?:(\d{1,2})(?:st|nd|rd|th)?[ \-])?([A-Za-z]+)\.?[ \-/,']*(\d{4}|\d{2})", text):
        if number := _MONTH_NUMBERS.get(match[2].lower()):
            year = _full_year(match[3])
            return _day(year, number, int(match[1]), text) if match[1] else Period(_end(year, number, text), None)
    if match := re.fullmatch(r"(\d{4})[ \-]?([A-Za-z]+)", text):
        if number := _MONTH_NUMBERS.get(match[2].lower()):
            return Period(_end(int(match[1]), number, text), None)
    return None


def _day(year: int, month: int, day: int, text: str) -> Period:
    end = _end(year, month, text)
    if not 1 <= day <= end.day:
        raise UnreadablePeriod(f"'{text}' is no day of the calendar; days are read day first, as 31/07/2020")
    return Period(end, None)


def _year_period(text: str, academic: bool) -> Period | None:
    ends = ACADEMIC_YEAR_ENDS if academic else FINANCIAL_YEAR_ENDS
    if quarter := re.fullmatch(r"(Q[1-4])[ \-]?((?:FY ?)?\d{4} ?[-/] ?\d{2,4})", text, flags=re.IGNORECASE):
        text = f"{quarter[2]} {quarter[1]}"
    if match := re.fullmatch(r"(?:FY ?)?(\d{4}) ?[-/] ?(\d{4}|\d{2})(?: ?Q([1-4]))?", text, flags=re.IGNORECASE):
        first = int(match[1])
        last = int(match[2]) if len(match[2]) == 4 else first // 100 * 100 + int(match[2])
        if len(match[2]) == 2 and int(match[2]) == 0 and 0 < last + 100 - first <= LONGEST_SPAN:
            last += 100
        if last - first > LONGEST_SPAN:
            raise UnreadablePeriod(f"'{text}' spans more than {LONGEST_SPAN} years; write a month as 2020-07")
        if last <= first:
            raise UnreadablePeriod(f"'{text}' runs backwards; write a month as 2020-07 or a year as 2019-20")
        if match[3]:
            if last != first + 1:
                raise UnreadablePeriod(f"'{text}' is a quarter of more than one year; write it as 2019-20 Q1")
            return Period(add_months(_end(first, ends, text), 3 * int(match[3])), 3)
        if last == first + 1:
            return Period(_end(last, ends, text), 12)
        return Period(_end(last, 12, text), 12 * (last - first + 1))
    return None


def parse_period(text: str, *, academic: bool = False) -> Period:
    """Reads a period as people write it.

    text: 'YYYY-MM' (always a month when MM is 01 to 12), 'Jul-20', 'July 2020', '31/07/2020' (day first),
    '2020-07-31'; '2019/20' and '2019-20' (a financial year ending in March, or with `academic` a school year
    ending in August); '2019-20 Q1', 'Q1 2019/20'; wider, '2014-16', calendar years.
    Returns the period with months None for a month: the measure's accumulation then says how many it covers.
    Raises UnreadablePeriod, whose message says what to write instead.
    """
    tidy = _ANY_DASH.sub("-", " ".join(text.split()))
    period = _month_period(tidy) or _year_period(tidy, academic)
    if period is None:
        shown = tidy if len(tidy) <= 40 else tidy[:40] + "…"
        raise UnreadablePeriod(f"'{shown}' is not a period we can read; write a month as 2020-07")
    return period


def parse_month(value: object) -> date:
    """A month of the catalogue ('2020-07', or a date) as its last day. Raises ValueError with what to write."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return _end(value.year, value.month, str(value))
    if isinstance(value, str) and re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", value.strip()):
        return parse_period(value.strip()).end
    raise ValueError("Write a month as 2020-07")


def parse_month_or_year(value: object) -> date:
    """A month ('2020-10') or a year (2023, read as its December) as its last day. Raises ValueError."""
    if isinstance(value, int) and not isinstance(value, bool) and EARLIEST_YEAR <= value <= LATEST_YEAR:
        return date(value, 12, 31)
    if isinstance(value, str) and re.fullmatch(r"\d{4}", value.strip()):
        return parse_month_or_year(int(value))
    try:
        return parse_month(value)
    except UnreadablePeriod:
        raise
    except ValueError:
        raise ValueError("Write a month as 2020-10 or a year as 2023") from None
