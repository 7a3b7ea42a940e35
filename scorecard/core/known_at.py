"""The moment that figures are to be as known at, as people write it: a day means its end, a minute or a second too."""

import re
from datetime import datetime, time, timedelta

from scorecard.core.periods import day_words, month_number

EARLIEST = 2000  # the year; long before this scorecard's first figure
ENDS = {"minute": timedelta(seconds=59, microseconds=999_999), "second": timedelta(microseconds=999_999)}
WRITE = "write a day as 2020-08-31, or a moment as 2020-08-31T17:00:00"
TYPE = "write a day as 31 August 2020"
# In an address a plus sign may have become a space.
WRITTEN = re.compile(
    r"(?P<day>(?P<year>\d{4})-\d{2}-\d{2})"
    r"(?:[T ](?P<minute>\d{2}:\d{2})(?P<second>:\d{2})?(?P<part>\.\d{1,6})?\s?(?P<zone>Z|[ +-]\d{2}:?\d{2})?)?"
)
# A day as people here write it: the day first.
BY_HAND = re.compile(
    r"(?P<day>[0-9]{1,2})(?:[ /.](?P<number>[0-9]{1,2})[ /.]| ?(?P<name>[A-Za-z]{3,9})\.? ?)(?P<year>[0-9]{4})"
)


class UnreadableKnownAt(ValueError):
    """What was written is no moment that figures can be as known at. The message says why, and what to write."""


def parse_known_at(text: str, now: datetime) -> datetime:
    """The last instant of the day, minute or second that is written; in this machine's time where no other is named.

    now: the present, aware. The result is aware. Raises UnreadableKnownAt for what can't be read, lies before 2000 or
    in the future.
    """
    return _moment(text.strip(), text.strip(), now, WRITE)


def parse_typed_known_at(text: str, now: datetime) -> datetime:
    """A moment as people type it into a field: '31 May 2020', '31/05/2020' (the day first), or as `parse_known_at`.

    Raises UnreadableKnownAt as `parse_known_at` does.
    """
    match = BY_HAND.fullmatch(" ".join(text.split()))
    month = match and (int(match["number"]) if match["number"] else month_number(match["name"]))
    if match is None or month is None:
        return _moment(text.strip(), text.strip(), now, TYPE)
    return _moment(f"{match['year']}-{month:02d}-{int(match['day']):02d}", text.strip(), now, TYPE)


def _moment(written: str, typed: str, now: datetime, advice: str) -> datetime:
    """The moment that is written, said to be what somebody typed. advice: what to write in place of what can't be."""
    match = WRITTEN.fullmatch(written)
    if match is None or (match["part"] and not match["second"]):
        raise UnreadableKnownAt(f"'{typed[:40]}' is no moment: {advice}.")
    if int(match["year"]) < EARLIEST:
        raise UnreadableKnownAt(f"'{typed[:40]}' lies before {EARLIEST}, before any figure was known: {advice}.")
    if int(match["year"]) > now.year + 1:
        raise _future(typed, now, advice)
    try:
        begins = _begins(match)
    except ValueError:
        raise UnreadableKnownAt(f"'{typed[:40]}' is no moment of the calendar: {advice}.") from None
    if begins > now:
        raise _future(typed, now, advice)
    if not match["minute"]:
        return datetime.combine(begins.date(), time.max).astimezone()
    return begins if match["part"] else begins + ENDS["second" if match["second"] else "minute"]


def known_at_words(moment: datetime) -> str:
    """A moment of `parse_known_at` in words: 'the end of 31 August 2020', or '17:00:00 on 31 August 2020'."""
    here = moment.astimezone()
    day = day_words(here.date())
    return f"the end of {day}" if here.time() == time.max else f"{here:%H:%M:%S} on {day}"


def _begins(match: re.Match[str]) -> datetime:
    clock = f"{match['minute']}{match['second'] or ''}{match['part'] or ''}" if match["minute"] else "00:00"
    begins = datetime.fromisoformat(f"{match['day']}T{clock}{(match['zone'] or '').replace(' ', '+')}")
    return begins if begins.tzinfo else begins.astimezone()


def _future(typed: str, now: datetime, advice: str) -> UnreadableKnownAt:
    return UnreadableKnownAt(
        f"'{typed[:40]}' lies in the future: it is {known_at_words(now)} here, and nobody knows yet what "
        f"will be known then: {advice}."
    )
