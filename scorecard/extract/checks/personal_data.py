"""Checks that no cell tells of a single person: an extract holds figures of groups."""

from __future__ import annotations

from typing import Any

import pandas as pd

from scorecard.extract import limits
from scorecard.extract.findings import faults
from scorecard.extract.parse.personal_data import MAYBE, personal_words
from scorecard.extract.parse.rows import TEXT_COLUMNS, Reading, some

_MOST_LOOKED_FOR = 1_000  # different texts about persons: the file is refused, and its column is known
_SHORTEST = 9  # signs of what tells of a person: a National Insurance number


def personal_notes(reading: Reading) -> pd.DataFrame:
    """Notes, and any other cells that are read, which seem to hold a number or a date of birth: one finding a row."""
    parts = [_personal(reading, name) for name in TEXT_COLUMNS if reading.has(name) and name != "measure_name"]
    found = pd.concat(parts, ignore_index=True)
    return found.drop_duplicates("row", ignore_index=True)


def _personal(reading: Reading, name: str) -> pd.DataFrame:
    texts = _not_understood(reading, name)
    texts = texts[texts.str.contains(MAYBE, regex=True)]
    found: dict[str, str] = {}
    for text in texts.unique():  # a note that is longer than it may be is refused for that
        if words := personal_words(str(text)[: limits.LONGEST_NOTE]):
            found[str(text)] = words
            if len(found) > _MOST_LOOKED_FOR:
                break
    said = texts[texts.isin(found)].head(limits.MOST_OF_A_CODE + 1).map(found)
    rows = reading.rows.loc[said.index].drop_duplicates("row")
    return faults("personal-note", rows, reading.label(name, rows), said.reindex(rows.index))


def _not_understood(reading: Reading, name: str) -> pd.Series[Any]:
    """A column's texts that may be anything: not the ids, periods and short figures that nearly all are."""
    rows = reading.rows
    texts = rows[name]
    if name == "measure_id":
        return some(rows, ~rows["known_measure"])[name]
    if name == "period":
        return some(rows, rows["period_end"].isna())[name]
    long = texts.str.len() >= _SHORTEST
    return texts if long.all() else texts[long]
