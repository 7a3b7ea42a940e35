"""Who did what, and when: searched, handed out, and proved."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

import pandas as pd

from scorecard.access.permissions import Permission
from scorecard.store import Head, Proof, TrailFilter
from scorecard.use_cases.needs import needs
from scorecard.use_cases.open_scorecard import Scorecard
from scorecard.use_cases.view.export_assessment import safe_csv

__all__ = [
    "PAGE",
    "Head",
    "Proof",
    "TrailFilter",
    "kinds_of_acts",
    "prove_trail",
    "read_head",
    "search_trail",
    "trail_csv",
    "trail_filter",
    "trail_json",
]  # fmt: skip

PAGE = 50  # acts shown at once
_HEAD = re.compile(r"\s*([0-9]{1,18}):([0-9a-fA-F]{64})\s*")


def trail_filter(
    who: str | None = None,
    measure: str | None = None,
    first: date | None = None,
    last: date | None = None,
    what: str | None = None,
    before: int | None = None,
) -> TrailFilter:
    """Which acts are wanted, in the words that people use. first, last: whole days, as this machine counts them."""
    start = datetime.combine(first, time()).astimezone() if first else None
    end = datetime.combine(last + timedelta(days=1), time()).astimezone() if last else None
    who, measure, what = (words.strip() or None if words else None for words in (who, measure, what))
    return TrailFilter(who=who, measure=measure, start=start, end=end, what=what, before=before)


@needs(Permission.READ_TRAIL)
def search_trail(scorecard: Scorecard, wanted: TrailFilter, most: int | None = PAGE) -> pd.DataFrame:
    """The acts that are wanted, the latest first, at most so many, in store.TRAIL_COLUMNS; detail as a text."""
    return scorecard.store.trail.search(wanted, most)


@needs(Permission.READ_TRAIL)
def kinds_of_acts(scorecard: Scorecard) -> list[str]:
    """What was ever done: 'approved', 'submitted' …"""
    return scorecard.store.trail.kinds()


@needs(Permission.READ_TRAIL)
def prove_trail(scorecard: Scorecard, heads: Iterable[Head] = ()) -> Proof:
    """Proves that no act was changed, removed, added or put elsewhere; heads: that the auditor kept."""
    return scorecard.store.trail.prove(heads)


def read_head(text: str) -> Head:
    """A head as somebody wrote it down: '17:' and 64 hexadecimal digits. Raises ValueError."""
    match = _HEAD.fullmatch(text)
    if match is None:
        raise ValueError(
            f"'{text[:40]}' is no head of the trail: write the act's number, a colon and all 64 digits of its seal, as "
            "'audit --verify' printed them."
        )
    return Head(int(match[1]), match[2].lower(), "as you gave it")


def trail_csv(entries: pd.DataFrame) -> str:
    """Acts as CSV that no spreadsheet reads a formula in; moments in UTC."""
    return safe_csv(entries.assign(at=_moments(entries)))


def trail_json(entries: pd.DataFrame) -> str:
    """Acts as JSON, every character as it is kept: what their seals are made of, `at` in microseconds too."""
    micros = entries["at"].astype("datetime64[us, UTC]").astype("int64")
    rows = entries.assign(at=_moments(entries), at_microseconds=micros).to_dict("records")
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"


def _moments(entries: pd.DataFrame) -> list[str]:
    return [f"{at:%Y-%m-%dT%H:%M:%S.%fZ}" for at in entries["at"]]
