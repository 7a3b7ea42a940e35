"""Findings: what is wrong or doubtful in a file, where, what was found and what to do."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, overload

import numpy as np
import pandas as pd
from pydantic import BaseModel, ConfigDict

from scorecard.core.safe_text import spreadsheet_safe, visible, visible_all
from scorecard.extract.codes.registry import CODES, SEVERITIES, Severity
from scorecard.extract.limits import MOST_OF_A_CODE
from scorecard.extract.persons.personal_data import withheld

FINDING_COLUMNS = ["severity", "file", "row", "column", "measure_id", "code", "found", "remedy"]
_FAULT_COLUMNS = ["row", "column", "measure_id", "code", "found", "remedy"]

_WRITTEN = ("column", "measure_id", "found", "remedy")  # what may hold a text of the file

_SEVERITY_OF = {code: kind.severity for code, kind in CODES.items()}
_RANK = {severity: rank for rank, severity in enumerate(SEVERITIES)}
_NONE = pd.DataFrame(columns=_FAULT_COLUMNS).astype({"row": "Int64"})


class Finding(BaseModel):
    """One thing to know about a file.

    `row` is the spreadsheet's (the header is row 1 where nothing stands above it), None where it is the whole file;
    `column` the header as the file has it; `found` is cut at 80 characters, with what can't be seen written out.
    """

    model_config = ConfigDict(frozen=True)

    severity: Severity
    file: str
    row: int | None = None
    column: str | None = None
    measure_id: str | None = None
    code: str
    found: str = ""
    remedy: str

    @property
    def title(self) -> str:
        """What kind of finding it is, in words."""
        return CODES[self.code].title

    def __str__(self) -> str:
        where = [f"row {self.row}" if self.row is not None else "", self.column or "", self.measure_id or ""]
        at = ", ".join(part for part in where if part)
        found_text = f" Found: {self.found.removesuffix('.')}." if self.found else ""
        return f"{self.severity}: {self.file}{', ' + at if at else ''}: {self.title}.{found_text} {self.remedy}"


def fault(
    code: str, found: str = "", remedy: str = "", *, row: int | None = None, column: str = "", measure_id: str = ""
) -> pd.DataFrame:
    """One finding as a frame of row, column, measure_id, code, found, remedy."""
    texts = (column, measure_id, code, visible(found), remedy or CODES[code].remedy)
    values = [pd.array([row], dtype="Int64"), *([text] for text in texts)]
    return pd.DataFrame(dict(zip(_FAULT_COLUMNS, values, strict=True)), copy=False)


def faults(
    code: str, rows: pd.DataFrame, column: str | pd.Series[Any], found: str | pd.Series[Any],
    remedy: str | pd.Series[Any] = "",
) -> pd.DataFrame:  # fmt: skip
    """Findings of one code, one for each row of `rows` (columns row and measure_id), as a frame.

    column, found, remedy: one text for all, or a column with the rows' index.
    """
    if rows.empty:
        return _NONE
    shown = visible_all(found) if isinstance(found, pd.Series) else visible(found)
    frame = pd.DataFrame(
        {"row": rows["row"], "column": column, "measure_id": rows["measure_id"], "code": code, "found": shown}
    )
    frame["remedy"] = remedy if isinstance(remedy, pd.Series) or remedy else CODES[code].remedy
    return frame.astype({"row": "Int64"})


class Findings(Sequence[Finding]):
    """All findings about one file: errors first, then warnings, then information; in each by row.

    Kept as a frame (`frame`, FINDING_COLUMNS), and made into Finding one by one where asked for.
    """

    def __init__(self, file: str, parts: Iterable[pd.DataFrame] = ()) -> None:
        self.file = file
        filled_parts = _not_too_many([part for part in parts if len(part)])
        frame = (
            pd.concat(filled_parts, ignore_index=True)
            if len(filled_parts) > 1
            else filled_parts[0]
            if filled_parts
            else _NONE
        )
        frame = frame.assign(**{name: withheld(frame[name]) for name in _WRITTEN}) if len(frame) else frame
        del filled_parts
        severity = frame["code"].map(_SEVERITY_OF)
        order = _order(frame["row"], severity)
        columns: dict[str, Any] = {name: frame[name].array.take(order) for name in ("row", "code", "remedy")}
        for name in ("column", "measure_id", "found"):
            columns[name] = visible_all(frame[name]).array.take(order) if len(frame) else frame[name]
        columns |= {"severity": severity.array.take(order), "file": _named(file)}
        self.frame: pd.DataFrame = pd.DataFrame(columns, index=range(len(frame)), copy=False)[FINDING_COLUMNS]

    def with_more(self, parts: Iterable[pd.DataFrame]) -> Findings:
        """These findings and more about the same file, in order."""
        more = Findings(self.file, parts)
        frame = pd.concat([self.frame, more.frame])
        more.frame = frame.take(_order(frame["row"], frame["severity"])).reset_index(drop=True)
        return more

    def __len__(self) -> int:
        return len(self.frame)

    @overload
    def __getitem__(self, index: int) -> Finding: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Finding, ...]: ...
    def __getitem__(self, index: int | slice) -> Finding | tuple[Finding, ...]:
        if isinstance(index, slice):
            return tuple(Finding.model_validate(record) for record in _records(self.frame[index]))
        if not -len(self) <= index < len(self):
            raise IndexError(index)
        position = index % len(self)
        return self[position : position + 1][0]

    def __iter__(self) -> Iterator[Finding]:
        for start in range(0, len(self), 1000):
            yield from self[start : start + 1000]

    def of(self, severity: Severity) -> tuple[Finding, ...]:
        """The findings of one severity."""
        return tuple(Finding.model_validate(record) for record in _records(self._of(severity)))

    def count(self, value: Any) -> int:
        """How many findings have this severity or code ('error', 'unknown-measure')."""
        return int((self.frame["severity" if value in SEVERITIES else "code"] == value).sum())

    @property
    def counts(self) -> dict[str, int]:
        """How many of each code, in the findings' order: errors first."""
        return {str(code): int(count) for code, count in self.frame.groupby("code", sort=False).size().items()}

    def to_records(self) -> list[dict[str, Any]]:
        """Every finding as plain values, for JSON."""
        return _records(self.frame)

    def to_csv(self) -> bytes:
        """Every finding as CSV (UTF-8 with BOM), with nothing that a spreadsheet reads as a formula."""
        out = io.StringIO(newline="")
        writer = csv.writer(out)
        writer.writerow(FINDING_COLUMNS)
        writer.writerows(
            ["" if value is None else spreadsheet_safe(str(value)) for value in record.values()]
            for record in _records(self.frame)
        )
        return out.getvalue().encode("utf-8-sig", errors="replace")

    def _of(self, severity: Severity) -> pd.DataFrame:
        return self.frame[self.frame["severity"] == severity]


def _named(file: str) -> str:
    """A file's name as it may be shown."""
    return str(withheld(pd.Series([visible(file, 200)], dtype="str")).iat[0])


def _order(rows: pd.Series[Any], severity: pd.Series[Any]) -> np.ndarray[Any, Any]:
    """The order of findings: errors first, in each severity by row."""
    return np.lexsort((rows.astype("Int64").fillna(0).to_numpy("int64"), severity.map(_RANK).to_numpy("int64")))


def _not_too_many(parts: list[pd.DataFrame]) -> list[pd.DataFrame]:
    """At most MOST_OF_A_CODE findings of a part, and one that says where there are more."""
    many = [str(part["code"].iat[0]) for part in parts if len(part) > MOST_OF_A_CODE]
    more = [fault("more-of-the-same", f"{code!s}: more than {MOST_OF_A_CODE:,}") for code in dict.fromkeys(many)]
    return [part.head(MOST_OF_A_CODE) for part in parts] + more


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    names = [str(name) for name in frame.columns]
    columns = [frame[name].astype("object").to_list() for name in names]
    rows = zip(*columns, strict=True)
    return [
        {
            name: None if value is pd.NA or (value == "" and name in ("column", "measure_id")) else value
            for name, value in zip(names, row, strict=True)
        }
        for row in rows
    ]
