"""What a request asks for: its parameters read, each fault a problem in words."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches

from starlette.requests import Request

from scorecard.catalogue.models import Catalogue
from scorecard.core.known_at import UnreadableKnownAt, parse_known_at
from scorecard.core.periods import UnreadablePeriod, parse_period
from scorecard.use_cases.open_scorecard import now

LARGEST_PAGE, USUAL_PAGE = 10_000, 1_000
LATEST_PAGE = 1_000_000
FEW = 10  # names that can be read in one breath


class Problem(Exception):
    """What is asked for can't be answered: a code of problems.TITLES, a status of HTTP, and words for people."""

    def __init__(self, code: str, status: int, detail: str) -> None:
        super().__init__(detail)
        self.code, self.status, self.detail = code, status, detail


@dataclass(frozen=True)
class Page:
    """Which rows of an answer: from `first` on, so many."""

    number: int = 1
    size: int = USUAL_PAGE

    @property
    def rows(self) -> slice:
        return slice((self.number - 1) * self.size, self.number * self.size)


class Parameters:
    """The parameters of a request: those that are known, each once unless it may be repeated. Raises Problem."""

    def __init__(self, request: Request, known: Collection[str], repeated: Collection[str] = ()) -> None:
        self.given: dict[str, list[str]] = {}
        for name, value in request.query_params.multi_items():
            self.given.setdefault(name, []).append(value)
        for name, values in self.given.items():
            if name not in known:
                raise Problem("unknown-parameter", 400, _no_such("parameter", name, known))
            if len(values) > 1 and name not in repeated:
                raise Problem("unreadable-parameter", 400, f"{name} is given {len(values)} times: give it once.")

    def text(self, name: str) -> str | None:
        """A parameter as it was given; None where it wasn't."""
        values = self.given.get(name)
        return values[0] if values else None

    def moment(self) -> datetime | None:
        """The moment of as_known_at, of a day its end; None for now. Raises Problem where it can't be read."""
        text = self.text("as_known_at")
        try:
            return None if text is None else parse_known_at(text, now())
        except UnreadableKnownAt as error:
            raise Problem("unreadable-parameter", 400, f"as_known_at: {error}") from None

    def month(self, name: str) -> date | None:
        """The last day of the month that a parameter names; None where it isn't given. Raises Problem."""
        text = self.text(name)
        try:
            return None if text is None else parse_period(text).end
        except UnreadablePeriod as error:
            raise Problem("unreadable-parameter", 400, f"{name}: {error}.") from None

    def measures(self, catalogue: Catalogue) -> list[str] | None:
        """The measures that are asked for; None for all."""
        return self._each_of("measure_id", "measure", [measure.id for measure in catalogue.measures], "unknown-measure")

    def service_area(self, catalogue: Catalogue) -> str | None:
        """The service area that is asked for; None for all."""
        known = [area.id for area in catalogue.service_areas]
        chosen = self._each_of("service_area", "service area", known, "unknown-service-area")
        return chosen[0] if chosen else None

    def areas(self, known: Collection[str]) -> list[str] | None:
        """The areas, by their codes, that are asked for; None for all."""
        return self._each_of("area", "area", known, "unreadable-parameter")

    def page(self) -> Page | None:
        """The page that is asked for; None where neither page nor page_size is given."""
        if "page" not in self.given and "page_size" not in self.given:
            return None
        return Page(self._whole("page", 1, LATEST_PAGE), self._whole("page_size", USUAL_PAGE, LARGEST_PAGE))

    def _whole(self, name: str, usual: int, most: int) -> int:
        text = self.text(name)
        if text is None:
            return usual
        if not (text.isascii() and text.isdigit() and len(text) <= len(str(most)) and 1 <= int(text) <= most):
            raise Problem("unreadable-parameter", 400, f"{name}: '{text[:40]}' is no whole number from 1 to {most:,}.")
        return int(text)

    def _each_of(self, name: str, what: str, known: Collection[str], code: str) -> list[str] | None:
        values = self.given.get(name)
        for value in values or []:
            if value not in known:
                raise Problem(code, 400, f"{name}: {_no_such(what, value, known)}")
        return values


def _no_such(what: str, found: str, known: Iterable[str]) -> str:
    """That there is no such thing, with the nearest, or with all where they are few."""
    names = sorted(known)
    near = get_close_matches(found, names, n=1)
    hint = f" Did you mean {near[0]}?" if near else ""
    there = f" There are: {', '.join(names)}." if len(names) <= FEW else " /api/v1/measures lists them."
    return f"There is no {what} '{found[:60]}'.{hint}{there}"
