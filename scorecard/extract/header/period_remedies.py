"""What to do about a text that is no period, and what to ask about one that has two readings."""

from __future__ import annotations

import re
from datetime import date, timedelta

from scorecard.core.periods import (
    FINANCIAL_YEAR_ENDS,
    MONTH_NAMES,
    Period,
    Reading,
    UnreadablePeriod,
    add_months,
    day_words,
    month_code,
    month_words,
    period_code,
    period_words,
    read_period,
    tidied,
)
from scorecard.core.safe_text import unseen_words
from scorecard.core.vocabulary import upper_first

LONGEST_PERIOD = 60  # characters
_NAMES = "|".join([*MONTH_NAMES, "Sept", *(name[:3] for name in MONTH_NAMES)])
_YEAR_TO = re.compile(
    r"(?i)(?:rolling )?(?:y/?e|(?:the )?(?:year|12 months|twelve months)) ?(?:ending|ended|end|to)?[ :]+"
)
_MONTH_ALONE = re.compile(rf"(?i)(?:{_NAMES})[ .]*")
_DAY_OF_MONTH = re.compile(rf"(?i)(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?[ \-/]?(?P<month>{_NAMES})\.?")
_TIME = re.compile(r"[0-9](?:T|,? )[0-9]{1,2}:[0-9]{2}")
_FORMULA = re.compile(r"[=@＝＠]|[+\-]\s*(?:[^\s0-9.]|[0-9.]+\s*[+\-*/^&(])")
_QUARTER = r"(?:q|qtr\.?|quarter) ?(?P<quarter>[1-4])"
_YEARS = r"(?:fy ?)?(?P<first>(?:(?:19|20)[0-9]{2})|[0-9]{2}) ?[-/] ?(?P<last>[0-9]{4}|[0-9]{2})"
_MONTH_OF_YEAR = r"(?:p|period|m|month|mth) ?(?P<month>0?[1-9]|1[0-2])"


def _beside(part: str) -> tuple[re.Pattern[str], ...]:
    """A part of a financial year before the year or behind it."""
    return tuple(
        re.compile(rf"(?i)(?<!\w){before}[ ,\-/]*{after}(?!\w)") for before, after in ((part, _YEARS), (_YEARS, part))
    )


_QUARTER_OF_YEAR, _PERIOD_OF_YEAR = _beside(_QUARTER), _beside(_MONTH_OF_YEAR)
_OTHER_MONTHS = re.compile(
    r"(?P<y>(?:19|20)[0-9]{2})[ /.\-](?P<m>0?[1-9]|1[0-2])|(?P<mm>0?[1-9]|1[0-2])[ \-](?P<yy>(?:19|20)[0-9]{2})"
)  # a month in numbers, otherwise than they are read
_MONTHS = re.compile(
    rf"(?i)(?<!\w)(?P<from>{_NAMES})\.? ?(?:-|to|/) ?(?P<to>{_NAMES})\.?[ ,\-/']*"
    r"(?P<year>20[0-9]{2}|[0-9]{2})(?![0-9])"
)
_FIRST_DATE_OF_A_SPREADSHEET = date(1899, 12, 30)


def is_formula(text: str) -> bool:
    """Whether a spreadsheet would read the text as a formula."""
    return _FORMULA.match(text) is not None


def is_month_alone(text: str) -> bool:
    """Whether a text is a month's name without its year."""
    return _MONTH_ALONE.fullmatch(text.strip()) is not None


def period_question(reading: Reading) -> str:
    """What to ask about a text that has two readings: how it was read, and what to write where the other is meant."""
    period, other, doubt, _ = reading
    was = f"It was read as {period_words(*period)}"
    if other is not None and doubt == "month first":
        return (
            f"{was}, day first. If it stands month first, it is {period_words(*other)}: write {period_code(other)}. "
            f"Else write {period_code(period)}."
        )
    if other is not None:
        return f"{was}. If the year to {month_words(other.end)} is meant, write {period_code(other)}."
    if doubt == "day":
        return f"{was}. If its number is a day, write the month with its year, as 2020-07."
    return ""


def keep_one(text: str, question: str) -> str:
    """How to end what is said of a period that stands twice: which to keep, where its text may mean another (or '')."""
    if not question:
        return ". Keep one of the two."
    return f", for '{text}' has two readings. {question} Keep one only where both are one."


def quarter_named(text: str) -> str:
    """The quarter that a text names in words, as an extract writes it ('2020-21 Q1'); '' where it names none."""
    tidy = tidied(text)
    for pattern in _QUARTER_OF_YEAR:
        if match := pattern.search(tidy):
            first = _first_year(match)
            return f"{first}-{(first + 1) % 100:02d} Q{match['quarter']}" if first else ""
    if match := _MONTHS.search(tidy):
        end = read_period(f"{match['to']} {match['year']}").period.end
        start = month_number(match["from"])
        if end.month % 3 == 0 and (end.month - start) % 12 == 2:
            return period_code(Period(end, 3))
    return ""


def _first_year(match: re.Match[str]) -> int:
    """The year in which a financial year begins; 0 where what was found is none."""
    first = int(match["first"]) + (2000 if len(match["first"]) == 2 else 0)
    return first if int(match["last"]) % 100 == (first + 1) % 100 else 0


def _period_of_year(text: str) -> str:
    """The month of a numbered period of a financial year ('P05 2020/21'), and what to write; '' where there is none."""
    for pattern in _PERIOD_OF_YEAR:
        if (match := pattern.fullmatch(tidied(text))) and (first := _first_year(match)):
            month = add_months(date(first, FINANCIAL_YEAR_ENDS, 1), int(match["month"]))
            return f"A period's number isn't read. If April is period 1, write {month_code(month)}."
    return ""


def month_number(name: str) -> int:
    """The number of the month of a name or of its start: July and jul are 7."""
    return next(number for number, one in enumerate(MONTH_NAMES, 1) if one.lower().startswith(name.lower()[:3]))


def _year_remedy(end: str) -> str:
    """What to write for twelve months that are told by their end."""
    try:
        month = read_period(end.strip()).period.end
    except UnreadablePeriod:
        return "Write the month in which the year ends, as 2020-07, or a financial year, as 2019-20."
    if month.month == FINANCIAL_YEAR_ENDS:
        return f"Write the financial year, as {month.year - 1}-{month:%y}."
    return f"Write the month in which it ends, as {month:%Y-%m}, where the measure's figures are of twelve months."


def period_remedy(text: str, reason: str) -> str:
    """What to do about a text that is no period; `reason` is the reading's own reason."""
    text = text[:LONGEST_PERIOD]
    if unseen := unseen_words(" ".join(text.split())):
        return f"It has characters that can't be seen ({unseen}). Type the period again, as 2020-07."
    if is_formula(text):
        return "This is a formula: none is evaluated. Write the month, as 2020-07."
    return _looks_like(text) or sentence(reason)


def sentence(reason: str) -> str:
    """What a reading says of a text, as a sentence."""
    return upper_first(reason).rstrip(".") + "."


def _looks_like(text: str) -> str:
    """What to do about a text by what it looks like; '' where it looks like nothing known."""
    if quarter := quarter_named(text):
        return f"Write the quarter as {quarter}."
    if period := _period_of_year(text):
        return period
    if parts := _OTHER_MONTHS.fullmatch(tidied(text)):
        return f"Write the month as {parts['y'] or parts['yy']}-{int(parts['m'] or parts['mm']):02d}."
    if (six := re.fullmatch(r"((?:19|20)[0-9]{2})([0-9]{2})", text)) and int(six[2]) == (int(six[1]) + 1) % 100:
        return f"Write the financial year as {six[1]}/{six[2]}."
    if re.fullmatch(r"[34][0-9]{4}(\.0)?", text):
        meant = _FIRST_DATE_OF_A_SPREADSHEET + timedelta(days=int(float(text)))
        return (
            f"This looks like a spreadsheet's number for {day_words(meant)}. Write the month, as {month_code(meant)}."
        )
    if is_month_alone(text):
        return f"A month needs its year: write it as 2020-{month_number(text):02d}, where that is the year."
    if match := _DAY_OF_MONTH.fullmatch(text):
        return _day_remedy(int(match["day"]), month_number(match["month"]))
    if re.fullmatch(r"(19|20)[0-9]{2}(\.0)?", text):
        return "A year alone isn't clear: write a month as 2020-07, or a financial year as 2019-20."
    if re.fullmatch(r"(?i)q[1-4][ \-/]?(?:19|20)[0-9]{2}|(?:19|20)[0-9]{2}[ \-]?q[1-4]", text):
        return "A quarter needs its financial year: write it as 2019-20 Q1, which is April to June 2019."
    if day := re.fullmatch(r"([0-9]{1,2})([/\-])([0-9]{1,2})\2((?:[0-9]{2}){1,2})(?: .*)?", text):
        if int(day[1]) <= 12 < int(day[3]):
            month = f"{day[4] if len(day[4]) == 4 else '20' + day[4]}-{int(day[1]):02d}"
            return f"This date stands month first: days are read day first, as 31/07/2020. Write the month, as {month}."
    if year := _YEAR_TO.match(text):
        return _year_remedy(text[year.end() :])
    if _TIME.search(text):
        return "It has a time of day, on a day where a shift changes the month. Write the month alone, as 2020-07."
    if re.fullmatch(r"(19|20)[0-9]{2}-(00|1[3-9]|[2-9][0-9])", text):
        return f"There is no month {text[-2:]}. Write a month as 2020-07, or a financial year as 2019-20."
    return ""


def _day_remedy(day: int, month: int) -> str:
    """What to write for a day without its year, which spreadsheets make of a month and the digits of its year."""
    lead = f"{day} {MONTH_NAMES[month - 1]} has no year. Write the month with its year"
    typed = f"{MONTH_NAMES[month - 1][:3]}-{day:02d}"
    return f"{lead}: 20{day:02d}-{month:02d} where {typed} was typed, of which a spreadsheet made a day."
