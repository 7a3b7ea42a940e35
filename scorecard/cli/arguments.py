"""What is typed after a command, read: a month, a moment, a service area, one of some names."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from difflib import get_close_matches

from scorecard.catalogue.models import Catalogue
from scorecard.cli.answers import WrongUsage
from scorecard.core.known_at import UnreadableKnownAt, parse_known_at
from scorecard.core.periods import UnreadablePeriod, parse_period
from scorecard.use_cases.open_scorecard import now

KNOWN_AT = "as known at the end of a day (2020-08-31), or at a moment (2020-08-31T17:00:00)"


def month_of(text: str) -> date:
    """A month's last day. Raises WrongUsage."""
    try:
        return parse_period(text).end
    except UnreadablePeriod as error:
        raise WrongUsage(f"{error}.") from None


def moment_of(text: str | None) -> datetime | None:
    """A moment of the store, None for now. Raises WrongUsage."""
    try:
        return None if text is None else parse_known_at(text, now())
    except UnreadableKnownAt as error:
        raise WrongUsage(f"--as-known-at: {error}") from None


def service_areas(catalogue: Catalogue, asked: str | None) -> list[str] | None:
    """The ids of service areas with commas between them, None for all. Raises WrongUsage."""
    return None if asked is None else [service_area(catalogue, area) for area in asked.split(",")]


def service_area(catalogue: Catalogue, asked: str) -> str:
    """The id of a service area. Raises WrongUsage."""
    return one_of("service area", asked, [area.id for area in catalogue.service_areas])


def one_of(what: str, asked: str, known: Sequence[str]) -> str:
    """The id that was asked for. Raises WrongUsage, naming the nearest, where there is none such."""
    if asked.strip() in known:
        return asked.strip()
    near = get_close_matches(asked, known, n=1)
    hint = f" Did you mean {near[0]}?" if near else ""
    raise WrongUsage(f"There is no {what} '{asked[:60]}'.{hint} There are: {', '.join(known)}.")
