"""Which rows of a report its layout chooses, of which area each is, and what a year alone means there."""

from __future__ import annotations

import re

import pandas as pd

from scorecard.catalogue.models import Catalogue, Measure
from scorecard.core.periods import MONTH_NAMES
from scorecard.extract.findings import fault
from scorecard.extract.header.read_header import plain
from scorecard.extract.report_layout.match import FoundHeader
from scorecard.extract.report_layout.model import ReportLayout

_YEAR = re.compile(r"(?P<year>(?:19|20)[0-9]{2})(?: ?[-/–]? ?(?:19|20)?(?P<end>[0-9]{2}))?")
_AT_A_MONTH = ("at_month_end", "rolling_12_months")  # figures that the month names in which they end


class Choice:
    """The rows that a layout chooses (`only`, `areas`), asked record by record."""

    def __init__(self, layout: ReportLayout, header: FoundHeader, catalogue: Catalogue) -> None:
        places = (catalogue.authority, catalogue.authority.region, catalogue.authority.country)
        self._codes = {plain(area.name): area.code for area in places}
        self._own = catalogue.authority.code
        self._columns = [header.at(name) for name in (layout.area, *layout.area_if_blank) if name]
        self._areas = {self._code(area).casefold(): area for area in layout.areas}
        self._only = {
            name: (header.at(name), {plain(text): text for text in texts}) for name, texts in layout.only.items()
        }
        self._area_column = layout.area or ""
        self._seen: set[tuple[str, str]] = set()

    def area(self, record: list[str]) -> str:
        """The area of a record: a code where the report has one or names a place of the catalogue; '' where blank."""
        texts = (record[column].strip() for column in self._columns if column is not None and column < len(record))
        return self._code(next((text for text in texts if text), ""))

    def _code(self, text: str) -> str:
        return self._codes.get(plain(text), text)

    def wants(self, record: list[str]) -> bool:
        """Whether the layout chooses a record."""
        for name, (column, texts) in self._only.items():
            here = plain(record[column]) if column is not None and column < len(record) else ""
            if here not in texts:
                return False
            self._seen.add((name, here))
        if not self._areas:
            return True
        area = (self.area(record) or self._own).casefold()
        self._seen.add((self._area_column, area))
        return area in self._areas

    def unseen(self, header_row: int) -> list[pd.DataFrame]:
        """What the layout chooses rows by, and no row has."""
        asked = [(name, tidy, text) for name, (_, texts) in self._only.items() for tidy, text in texts.items()]
        asked += [(self._area_column, tidy, text) for tidy, text in self._areas.items()]
        remedy = "The layout chooses the rows that have this, and there is none. Check the report, or mend the layout."
        return [
            fault("layout-label-missing", text, remedy, row=header_row, column=name)
            for name, tidy, text in asked
            if (name, tidy) not in self._seen
        ]


def year_code(text: str, year_ends: str | None, measure: Measure | None) -> str:
    """A year alone as an extract writes it, by the month in which the layout says it ends; other texts as they are.

    2025, and 2024-25, is the month 2025-03 for a state at a month's end or twelve months to it, and 2024/25 for any
    other figure. Of a year that doesn't end in March, any other figure can't be read: the year alone is refused.
    """
    match = _YEAR.fullmatch(text.strip())
    if match is None or year_ends is None or measure is None:
        return text
    year = int(match["year"])
    if match["end"] is not None:
        if int(match["end"]) != (year + 1) % 100:
            return text
        year += 1
    if measure.accumulation in _AT_A_MONTH:
        return f"{year}-{MONTH_NAMES.index(year_ends) + 1:02d}"
    return f"{year - 1}/{year % 100:02d}" if year_ends == "March" else str(year)
