"""How what was read of a file crosses from one process to another: JSON and Arrow, which can only be data."""

from __future__ import annotations

import json
from typing import IO, Any

import pandas as pd
import pyarrow as pa

from scorecard.extract.files.contents import CarriedKind, Contents, Refused, Sheet
from scorecard.extract.findings import fault
from scorecard.extract.text.records import Records

_LENGTH = 8  # bytes, before each part
_MOST_BYTES = 1_000_000_000  # of a part: more is no answer
NO_MEMORY = b"no memory"  # what a reader says where a file needs more than is given
_FAULT = ("code", "found", "remedy", "row", "column", "measure_id")


class NoAnswer(Exception):
    """What came is no whole answer: the other process has stopped, or isn't what it should be."""


def send(out: IO[bytes], *parts: bytes | pa.Buffer) -> None:
    """Writes parts, each after its length."""
    for part in parts:
        out.write(len(part).to_bytes(_LENGTH, "big"))
        out.write(part)
    out.flush()


def receive(source: IO[bytes]) -> bytes:
    """The next part. Raises NoAnswer where it doesn't come whole."""
    size = int.from_bytes(_exactly(source, _LENGTH), "big")
    if size > _MOST_BYTES:
        raise NoAnswer
    return _exactly(source, size)


def _exactly(source: IO[bytes], size: int) -> bytes:
    content = source.read(size)
    if len(content) != size:
        raise NoAnswer
    return content


def send_contents(out: IO[bytes], contents: Contents) -> None:
    """Writes what was read of a file."""
    about = [sheet._replace(records=None)._asdict() for sheet in contents.sheets]  # type: ignore[arg-type]
    carried = [part._asdict() for part in contents.carried]
    head = {"kind": contents.kind, "separator": contents.separator, "sheets": about, "carried": carried}
    send(out, json.dumps(head).encode(), *(_packed(sheet.records.columns) for sheet in contents.sheets))


def send_refusal(out: IO[bytes], refused: Refused) -> None:
    """Writes why a file can't be read."""
    faults = [{name: _plain(part[name].iat[0]) for name in _FAULT} for part in refused.faults]
    send(out, json.dumps({"refused": faults}).encode())


def _plain(value: Any) -> str | int | None:
    if isinstance(value, str):
        return value
    return None if pd.isna(value) else int(value)


def _packed(columns: pa.Table) -> pa.Buffer:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, columns.schema) as writer:
        writer.write_table(columns)
    return sink.getvalue()


def receive_contents(source: IO[bytes]) -> Contents:
    """What was read of a file. Raises Refused where that is why it can't be read, and NoAnswer where nothing came."""
    try:
        head = json.loads(receive(source))
        if "refused" in head:
            raise Refused(*(fault(**columns) for columns in head["refused"]))
        sheets = tuple(_sheet(sheet, receive(source)) for sheet in head["sheets"])
        carried = tuple(CarriedKind(str(part["what"]), tuple(map(str, part["holds"]))) for part in head["carried"])
        return Contents(str(head["kind"]), sheets, str(head["separator"]), carried)
    except (ValueError, KeyError, TypeError, pa.ArrowException):
        raise NoAnswer from None


def _sheet(about: dict[str, Any], packed: bytes) -> Sheet:
    columns = pa.ipc.open_stream(pa.py_buffer(packed)).read_all()
    columns.validate(full=True)
    if any(column.type != pa.string() or column.null_count for column in columns.columns):
        raise NoAnswer
    lists = {name: tuple(value) for name, value in about.items() if isinstance(value, list)}
    lists["without_year"] = tuple((int(row), int(column)) for row, column in about["without_year"])
    return Sheet(**(about | lists | {"records": Records(columns)}))
