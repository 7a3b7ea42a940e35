"""A month found in a text that says more than the month: a file's name, a sheet's name, a report's heading."""

from __future__ import annotations

import re

from scorecard.core.periods import MONTH_NAMES, Period, UnreadablePeriod, parse_period
from scorecard.core.safe_text import without_unseen

_LONGEST = 300  # characters of a text that are looked through
_NAMES = "|".join([*MONTH_NAMES, *(name[:3] for name in MONTH_NAMES), "Sept"])
_PATTERNS = (
    re.compile(r"(?<![0-9])(?P<year>20[0-9]{2})[-_. ]?(?P<month>0[1-9]|1[0-2])(?:[-_. ]?[0-3][0-9])?(?![0-9])"),
    re.compile(r"(?<![0-9])[0-3]?[0-9][-/. ](?P<month>0?[1-9]|1[0-2])[-/. ](?P<year>20[0-9]{2})(?![0-9])"),
    re.compile(rf"(?<![A-Za-z])(?P<name>{_NAMES})[-_.,’' ]*(?P<year>20[0-9]{{2}}|[0-9]{{2}})(?![0-9])", re.IGNORECASE),
)


def periods_in(text: str) -> list[Period]:
    """The different periods that a text names, in its order; one where the whole text is a period."""
    tidy = " ".join(without_unseen(text[:_LONGEST]).split())
    try:
        return [parse_period(tidy)]
    except UnreadablePeriod:
        pass
    found = [(match.start(), _period(match)) for pattern in _PATTERNS for match in pattern.finditer(tidy)]
    return list(dict.fromkeys(period for _, period in sorted(found, key=lambda one: one[0])))


def _period(match: re.Match[str]) -> Period:
    parts = match.groupdict()
    year = parts["year"] if len(parts["year"]) == 4 else "20" + parts["year"]
    month = parts.get("month")
    if month is None:
        short = parts["name"][:3].title()
        month = str([name[:3] for name in MONTH_NAMES].index(short) + 1)
    return parse_period(f"{year}-{int(month):02d}")
