"""Months found in texts that say more than the month: a column's header, a file's or sheet's name, a heading."""

from __future__ import annotations

import re
from typing import NamedTuple

from scorecard.core.periods import (
    DATES,
    MONTH_NAMES,
    Period,
    Reading,
    UnreadablePeriod,
    month_words,
    months_from,
    period_code,
    period_words,
    read_period,
    settle_readings,
    tidied,
)
from scorecard.core.safe_text import without_unseen
from scorecard.extract.header.period_remedies import (
    month_number,
    period_question,
    period_remedy,
    quarter_named,
    sentence,
)

_LONGEST = 300  # characters of a text that are looked through
_DIGIT_FIRST = ("(?P<y>", "(?P<d>", "(?P<m>")
_ENDS = r"(?![:/]?[0-9]|(?:st|nd|rd|th)(?![a-z]))"  # what follows is no more of the date, nor makes a day of a year


def _among_words(written: re.Pattern[str]) -> re.Pattern[str]:
    before = "[0-9]" if written.pattern.startswith(_DIGIT_FIRST) else "[0-9A-Za-z]"
    return re.compile(rf"(?<!{before})(?:{written.pattern}){_ENDS}", written.flags)


_WITHIN = tuple((_among_words(written), reader) for written, reader in DATES)
_NAMES = "|".join([*MONTH_NAMES, "Sept", *(name[:3] for name in MONTH_NAMES)])
_NOT_MAY = "|".join(name.lower() for name in _NAMES.split("|") if name != "May")
_NAME_ALONE = re.compile(rf"(?<![A-Za-z])(?:{_NAMES}|{_NAMES.upper()}|{_NOT_MAY})(?![A-Za-z])")
_MAY = re.compile(r"(?<![A-Za-z ])may(?![A-Za-z])|(?<![A-Za-z])may(?![A-Za-z ])")  # no word among words: 'report_may'
_NEUTRAL = re.compile(
    r"\[(?:note )?[a-z0-9]{1,3}\]|\((?:[pre]|note [0-9]+|provisional)\)|[*†‡§%:()¹²³⁴-⁹]"
    r"|(?<!\w)(?:actuals?|outturn|results?|values?|figures?|data|performance|provisional)(?!\w)"
    r"|(?<!\w)(?<![0-9] )(?<![0-9]-)(?:reports?|reporting|period|month|monthly|end(?:ing|ed)?|as at|for|of|in|the)"
    r"(?!\w)",
    re.IGNORECASE,
)  # what may stand beside a month, and leave it the month of the figures
_LONGER = re.compile(
    r"(?<!\w)(?:rolling|(?:12|twelve|three|six|[2-9]) months|y/?e|ytd|year (?:to|ended|ending)|cumulative"
    r"|quarter(?:ly)?|qtr|q[1-4]|annual|since)(?!\w)",
    re.IGNORECASE,
)
_WEEK = re.compile(r"(?<!\w)(?:weeks?|weekly|w/[ec]|fortnight(?:ly)?)(?!\w)", re.IGNORECASE)
_RUN = re.compile(
    r"(?<!\w)(?:run|print(?:ed)?|generated|created|extracted|produced|exported|refreshed|downloaded|published)(?!\w)",
    re.IGNORECASE,
)
_RUN_ON_A_DAY = re.compile(r"(?<!\w)(?:export|extract|download|data ?dump|snapshot)(?!\w)", re.IGNORECASE)
_PARTS_OF_A_DATE = re.compile(
    r"(?<![0-9])(?:19|20)[0-9]{2}_[0-9]{1,2}(?:_[0-9]{1,2})?(?![0-9])"
    r"|(?<![0-9A-Za-z])[0-9]{1,2}_[0-9]{1,2}_20[0-9]{2}(?![0-9])"
)  # as names of files have them


_UP_TO = re.compile(r" (?:-|to|until) ", re.IGNORECASE)


class MonthInText(NamedTuple):
    """The month that a text names: None where none is clear, and why not; else what is to be asked about it, or ''."""

    reading: Reading | None
    why: str = ""
    question: str = ""
    longer: bool = False  # whether what is asked is only that the text names a longer time


def header_period(name: str) -> Reading | None:
    """The period that a header names with nothing beside it that makes it another's: a target's, a change's, England's.

    None where it is no period, or names more than it.
    """
    tidy = _seen(name)
    for text in (tidy, tidied(_NEUTRAL.sub(" ", tidy)).strip("-, ")):
        try:
            return read_period(text)
        except UnreadablePeriod:
            continue
    return None


def unreadable_remedy(text: str, reason: str) -> str:
    """What to do about a text that is no period (period_remedy): its one month alone, where it names no other time."""
    usual = period_remedy(text, reason)
    if usual != sentence(reason):
        return usual
    named = header_period(text)
    days = settle_readings([read for part in _UP_TO.split(_seen(text)) if (read := header_period(part))])
    if named is None and len(days) == 2 and days[0].period == days[1].period:
        named = days[1]
    return usual if named is None or named.doubt else f"Write {period_code(named.period)} and nothing else."


def periods_in(text: str) -> list[Period]:
    """The different periods that a text names, in its order; one where the whole text is a period."""
    tidy = _tidy(text)
    try:
        return [read_period(tidy).period]
    except UnreadablePeriod:
        return list(dict.fromkeys(reading.period for reading in _within(tidy)[0]))


def month_in_text(text: str) -> MonthInText:
    """The month that a heading or a name says, where it says one."""
    tidy = _tidy(text)
    try:
        whole = read_period(tidy)
    except UnreadablePeriod as unreadable:
        return _said_among_words(tidy, str(unreadable))
    question = period_question(whole)
    return MonthInText(None, question) if whole.doubt == "financial year" else MonthInText(whole, question=question)


def month_of_file(file_name: str) -> Period | None:
    """The month that a file's name says with nothing to ask about it; None where it says none so."""
    month = month_in_text(stem(file_name))
    return month.reading.period if month.reading is not None and not month.question else None


def stem(file_name: str) -> str:
    """A file's name without its ending."""
    return file_name.rpartition(".")[0] or file_name


def _tidy(text: str) -> str:
    joined = _PARTS_OF_A_DATE.sub(lambda match: match[0].replace("_", "-"), _seen(text))
    return tidied(_MAY.sub("May", joined).replace("_", " "))


def _seen(text: str) -> str:
    """A text on one line, as it is seen."""
    return tidied(without_unseen(tidied(text[:_LONGEST])))


def _within(text: str) -> tuple[list[Reading], str]:
    """The readings of the dates and months in a text, from left to right, the longest at each place; and the rest."""
    periods = [
        (match.start(), -match.end(), match, reader) for pattern, reader in _WITHIN for match in pattern.finditer(text)
    ]
    readings, rest, end = [], text, 0
    for start, last, match, reader in sorted(periods, key=lambda span: span[:2]):
        if start < end:
            continue
        end = -last
        rest = rest[:start] + " " * (end - start) + rest[end:]
        try:
            readings.append(reader(match.groupdict(), match[0]))
        except UnreadablePeriod:
            continue  # 31/02/2020: nothing is read in its place
    return readings, rest


def _said_among_words(text: str, unreadable: str) -> MonthInText:
    if quarter := quarter_named(text):
        return MonthInText(
            None, f"It names a quarter. If the figures are the quarter's, write {quarter} and nothing else."
        )
    readings, rest = _within(text)
    readings = settle_readings(readings)
    months = list(dict.fromkeys(reading for reading in readings if reading.doubt != "financial year"))
    years = [reading for reading in readings if reading.doubt == "financial year" and not _has_one_of(reading, months)]
    names = [name for name in _NAME_ALONE.findall(rest) if not _is_of(name, months)]
    if len({reading.period for reading in months}) == 1 and not years and not names:
        return _asked(text, min(months, key=lambda reading: reading.doubt != ""))
    if years and not months:
        return MonthInText(None, period_question(years[0]))
    periods_and_names = [*(period_words(*reading.period) for reading in (*months, *years)), *names]
    if len(periods_and_names) > 1:
        return MonthInText(None, f"It names {' and '.join(dict.fromkeys(periods_and_names))}.")
    return MonthInText(None, "A month needs its year." if names else period_remedy(text, unreadable))


def _has_one_of(year: Reading, months: list[Reading]) -> bool:
    """Whether one of the months lies in what may be a financial year: '2010-11 scorecard, August 2010'."""
    return year.other is not None and any(0 <= months_from(month.period.end, year.other.end) < 12 for month in months)


def _is_of(name: str, months: list[Reading]) -> bool:
    return any(reading.period.end.month == month_number(name) for reading in months)


def _names_a_day(text: str) -> bool:
    return any(match.groupdict().get("d") for pattern, _ in _WITHIN for match in pattern.finditer(text))


def _asked(text: str, reading: Reading) -> MonthInText:
    """The one month that a text names, and what its other words leave to ask."""
    was = f"It was read as {month_words(reading.period.end)}"
    about, longer = "", False
    if word := _WEEK.search(text):
        about = f"It names a {word[0].lower()}. {was}: check that it is the whole month's."
    elif _RUN.search(text) or (_RUN_ON_A_DAY.search(text) and _names_a_day(text)):
        about = f"It seems to say when the report was made. {was}: if the report is about another month, give that one."
    elif word := _LONGER.search(text):
        about = f"It says '{word[0]}'. {was}: check that each figure covers the time that its measure covers."
        longer = not reading.doubt
    return MonthInText(reading, question=f"{period_question(reading)} {about}".strip(), longer=longer)
