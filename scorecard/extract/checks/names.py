"""Checks of what a row is about: its measure, area, period and note."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from scorecard.catalogue.models import Catalogue
from scorecard.core.bounds import LONGEST, LONGEST_NOTE, bounded
from scorecard.core.safe_text import odd_words, unseen_words, without_unseen
from scorecard.extract import limits
from scorecard.extract.findings import faults
from scorecard.extract.parse.rows import TEXT_COLUMNS, Reading, take_flagged
from scorecard.extract.text.text_columns import any_byte

_CONTROL = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]"
_CONTROL_BYTES = bytes(byte for byte in range(128) if re.match(_CONTROL, chr(byte)))
_GSS = r"[EWSNK][0-9]{8}"


def binary_content(reading: Reading) -> pd.DataFrame:
    """NUL and other control characters, in any column that is read."""

    def wrong(texts: pd.Series[Any]) -> pd.Series[Any]:
        if not any_byte(texts, _CONTROL_BYTES):  # as usual, and much quicker to see
            return pd.Series(False, index=texts.index)
        return texts.str.contains(_CONTROL, regex=True)

    return _in_any_text(reading, "binary-content", wrong)


def long_cells(reading: Reading) -> pd.DataFrame:
    """Cells longer than a spreadsheet's can be."""
    return _in_any_text(reading, "cell-too-long", lambda texts: texts.str.len() > limits.LONGEST_CELL)


def _in_any_text(reading: Reading, code: str, wrong: Callable[[pd.Series[Any]], pd.Series[Any]]) -> pd.DataFrame:
    parts = []
    for name in TEXT_COLUMNS:
        if reading.has(name) and not (name == "period" and reading.header.layout == "wide"):
            rows = take_flagged(reading.rows, wrong(reading.rows[name]))
            parts.append(faults(code, rows, reading.label(name, rows), rows[name] if name != "note" else ""))
    return pd.concat(parts, ignore_index=True)


def missing_measures(reading: Reading) -> pd.DataFrame:
    """Rows with something in them but no measure: one finding a row, in the wide layout too."""
    rows = take_flagged(reading.rows, reading.rows["measure_id"] == "").drop_duplicates("row")
    if rows.empty:
        return faults("missing-measure", rows, "", "")
    above = reading.rows["measure_id"].where(reading.rows["measure_id"] != "").ffill().reindex(rows.index)
    merged = "Write the measure's id. If its cell is merged with the one above, unmerge and fill down: " + above + "."
    note = "Write the measure's id. If the row is a note, and no figure, delete it."
    remedy = merged.where(above.notna() & (rows["period"] != ""), note)
    return faults("missing-measure", rows, reading.label("measure_id", rows), "", remedy.astype("str"))


def unknown_measures(reading: Reading) -> pd.DataFrame:
    """Ids that the catalogue hasn't, with the nearest one that it has: one finding a row."""
    rows = reading.rows
    rows = take_flagged(rows, ~rows["known_measure"] & (rows["measure_id"] != "")).drop_duplicates("row")
    if rows.empty:
        return faults("unknown-measure", rows, "", "")
    ids = rows["measure_id"].unique()
    known = _by_plain_name(reading.catalogue)
    remedies = {text: _unknown_remedy(str(text), known, near=i < limits.MOST_NEAR_MISSES) for i, text in enumerate(ids)}
    label = reading.label("measure_id", rows)
    return faults("unknown-measure", rows, label, rows["measure_id"], rows["measure_id"].map(remedies))


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", "", without_unseen(text)).casefold()


def _by_plain_name(catalogue: Catalogue) -> dict[str, str]:
    """Each measure's id by its id and by its name, as they are compared."""
    names = {_plain(measure.name): measure.id for measure in catalogue.measures}
    return names | {_plain(measure.id): measure.id for measure in catalogue.measures}


def _unknown_remedy(text: str, known: Mapping[str, str], *, near: bool) -> str:
    text = text[:200]
    warning = odd_words(" ".join(text.split()))
    tidy = _plain(text)
    if tidy in known:
        return f"{warning}Did you mean {known[tidy]}? Write the id exactly so."
    close = difflib.get_close_matches(tidy, known, n=1, cutoff=0.75) if near else []
    if close:
        return f"{warning}Did you mean {known[close[0]]}?"
    return f"{warning}Use the id as the template gives it. If the row is a footnote, delete it."


def unknown_areas(reading: Reading) -> pd.DataFrame:
    """Areas that are no GSS code, with the code of the places that the catalogue names: one finding a row."""
    rows = reading.rows
    rows = take_flagged(rows, (rows["area"] != "") & ~rows["area"].str.fullmatch(_GSS)).drop_duplicates("row")
    if rows.empty:
        return faults("unknown-area", rows, "", "")
    places = (reading.catalogue.authority, reading.catalogue.authority.region, reading.catalogue.authority.country)
    codes = {_plain(area.name): area.code for area in places} | {_plain(area.code): area.code for area in places}
    texts = rows["area"].unique()
    remedies = {text: _area_remedy(str(text), codes, near=i < limits.MOST_NEAR_MISSES) for i, text in enumerate(texts)}
    return faults("unknown-area", rows, reading.label("area", rows), rows["area"], rows["area"].map(remedies))


def _area_remedy(text: str, codes: Mapping[str, str], *, near: bool) -> str:
    close = difflib.get_close_matches(_plain(text[:60]), codes, n=1, cutoff=0.8) if near else []
    if close:
        return f"Did you mean {codes[close[0]]}?"
    what = "This looks like a local authority's number. " if re.fullmatch("[0-9]{3}", text) else ""
    return f"{what}Write the area's GSS code, as E06000045, or leave it blank for the authority's own figures."


def missing_periods(reading: Reading) -> pd.DataFrame:
    """Rows with a known measure or a figure, and no period."""
    rows = reading.rows
    rows = take_flagged(rows, (rows["period"] == "") & (rows["known_measure"] | ~rows["blank"]))
    return faults("missing-period", rows, reading.label("period", rows), "")


def unreadable_periods(reading: Reading) -> pd.DataFrame:
    """Periods that can't be read. (A wide table's are its header's, and checked there.)"""
    rows = take_flagged(reading.rows, (reading.rows["period"] != "") & reading.rows["period_end"].isna())
    return faults("unreadable-period", rows, reading.label("period", rows), rows["period"], rows["period_remedy"])


def source_names(reading: Reading) -> pd.DataFrame:
    """Names of sources that are longer than is kept, or have signs that can't be seen: each once."""
    different = reading.rows.drop_duplicates("source")
    remedy_of_row = {row: why_not_kept(str(text)) for row, text in different["source"].items()}
    rows = different.loc[[row for row, remedy in remedy_of_row.items() if remedy]]
    remedies = pd.Series({row: remedy_of_row[row] for row in rows.index}, dtype="str")
    return faults("source-unkept", rows, reading.label("source", rows), remedies)


def why_not_kept(source: str) -> str:
    """Why a source's name can't be kept; '' where it can."""
    try:
        bounded("source", source)
    except ValueError:
        return f"{len(source):,} characters" if len(source) > LONGEST["source"] else unseen_words(source)
    return ""


def long_notes(reading: Reading) -> pd.DataFrame:
    """Notes that no one would read."""
    rows = take_flagged(reading.rows, reading.rows["note"].str.len() > LONGEST_NOTE).drop_duplicates("row")
    lengths = rows["note"].str.len().astype("str") + " characters"
    return faults("note-too-long", rows, reading.label("note", rows), lengths)


def name_disagrees(reading: Reading) -> pd.DataFrame:
    """Rows whose measure_name is another measure's: perhaps only some columns were sorted."""
    rows = take_flagged(reading.rows, reading.rows["known_measure"] & (reading.rows["measure_name"] != ""))
    names = {measure.name: measure.id for measure in reading.catalogue.measures}
    meant = rows["measure_name"].map(names)
    rows = rows[meant.notna() & (meant != rows["measure_id"])].drop_duplicates("row")
    return faults("name-disagrees", rows, reading.label("measure_name", rows), rows["measure_name"])
