"""What a file is, by its columns alone: an EES data file, a LAIT table, LAIT's dictionary; or what it is instead."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable
from typing import Literal

from scorecard.extract.files.contents import Refused
from scorecard.extract.findings import fault

Kind = Literal["ees", "lait", "dictionary"]
TIME, IDENTIFIER, LEVEL = "time_period", "time_identifier", "geographic_level"
OLD_LA, NEW_LA, REGION, COUNTRY = "old_la_code", "new_la_code", "region_code", "country_code"
SHORT, YEARS, VALUES, LA_NUMBER = "short_desc", "years", "values", "la_number"
MEASURE_SHORT, YEAR_TYPE = "measure_short", "year_type"

_ZIPS = (
    (b"mimetypeapplication/vnd.oasis", "an .ods workbook"),
    (b"xl/", "a workbook"),
    (b"word/", "a document"),
)
_OTHERS: tuple[tuple[frozenset[str], str], ...] = (
    (frozenset({"col_name", "col_type"}), "the meta file that goes with an EES data file"),
    (frozenset({"indicator_id", "area_code"}), "a file of Fingertips"),
    (frozenset({"la_num", "sn1"}), "a list of statistical neighbours"),
    (frozenset({"measure_id", "period"}), "a monthly extract of this scorecard"),
)
_SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "strokes"}
_PRINTED = re.compile(r"(table|figure|chart|sheet|worksheet|annex)\b.*\d", re.I)
_STARTS = ((b"%PDF", "a PDF"), (b"\xd0\xcf\x11\xe0", "an older workbook"), (b"<", "a web page or XML"),
           (b"{", "JSON"), (b"\x1f\x8b", "a gzip archive"))  # fmt: skip


def plain(name: str) -> str:
    """A column's name as names are compared: small letters, with '_' between the words."""
    return re.sub(r"[\s_]+", "_", name.strip().lower())


def plain_names(names: Iterable[str]) -> dict[str, str]:
    """The columns' names as the file has them, by their plain names; the first of several that are plainly one."""
    by_plain_name: dict[str, str] = {}
    for name in names:
        by_plain_name.setdefault(plain(name), name)
    return by_plain_name


def refuse_other_kinds(content: bytes) -> None:
    """Raises Refused where the bytes are of another kind than CSV or parquet, and says of which."""
    if content.startswith(b"PK"):
        inside = next((kind for sign, kind in _ZIPS if sign in content[:4_000] or sign in content[-8_000:]), "a zip")
        raise Refused(fault("published-other-kind", inside))
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise Refused(fault("published-other-kind", "text in UTF-16, as a spreadsheet program saves it"))
    start = content[:400].lstrip(b"\xef\xbb\xbf \t\r\n")
    for sign, kind in _STARTS:
        if start.startswith(sign):
            raise Refused(fault("published-other-kind", kind))


def kind_of(names: list[str]) -> Kind:
    """What kind of file has these columns. Raises Refused, naming what is missing, or what it is instead."""
    known = set(plain_names(names))
    for columns, described in _OTHERS:
        if columns <= known:
            raise Refused(fault("published-other-kind", described))
    if {MEASURE_SHORT, YEAR_TYPE} <= known:
        return "dictionary"
    if {SHORT, VALUES} <= known:
        _require(known, {YEARS: "published-no-period", LA_NUMBER: "published-no-geography"}, SHORT)
        return "lait"
    if {TIME, LEVEL} & known:
        needed = {
            LEVEL: "published-no-geography", TIME: "published-no-period", IDENTIFIER: "published-no-period",
        }  # fmt: skip
        _require(known, needed, TIME if TIME in known else LEVEL)
        if not {OLD_LA, NEW_LA} & known:
            raise Refused(fault("published-no-geography", "no column old_la_code or new_la_code", row=1))
        return "ees"
    for sign, described in _SEPARATORS.items():
        if len(names) == 1 and sign in names[0] and {TIME, LEVEL, SHORT} & set(plain_names(names[0].split(sign))):
            raise Refused(fault("published-other-kind", f"{described} between its columns: it was saved again"))
    filled = [name.strip() for name in names if name.strip()]
    if len(filled) <= 2 or _PRINTED.match(filled[0]):
        described = f"a printed table: its first row says '{filled[0]}'" if filled else "a table without a header"
        raise Refused(fault("published-other-kind", described))
    raise Refused(fault("published-no-geography", "columns " + ", ".join(filled[:6]), row=1))


def _require(known: set[str], needed: dict[str, str], present_column: str) -> None:
    missing = [(name, code) for name, code in needed.items() if name not in known]
    if missing:
        name, code = missing[0]
        raise Refused(fault(code, f"no column {name} beside {present_column}", row=1))
