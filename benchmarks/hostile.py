"""Files made to do harm, by a share of the limits: whole for the benchmark, a small share of them for the tests."""

from __future__ import annotations

import io
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import xlsxwriter

from benchmarks.histories import plan_catalogue

ROWS = 500_000
HEADER = b"measure_id,period,value\n"


class Hostile(NamedTuple):
    """A file: what it is called, how it is made from a share of its size, and whether it is refused."""

    name: str
    make: Callable[[float], bytes]
    refused: bool = True


def _lines(header: str, line: Callable[[int], str], rows: int) -> bytes:
    return (header + "\n" + "".join(line(row) + "\n" for row in range(rows))).encode()


def _month(number: int) -> str:
    return f"{2000 + number // 12 % 20}-{number % 12 + 1:02d}"


def _ids() -> list[str]:
    return [
        measure.id
        for measure in plan_catalogue().measures
        if measure.starts is None and measure.accumulation != "year_to_date"
    ]


def good_rows(share: float) -> bytes:
    """Rows without a fault, for as many areas as it takes."""
    ids = _ids()
    each = 240 * len(ids)
    return _lines(
        "measure_id,period,value,area",
        lambda row: f"{ids[row // 240 % len(ids)]},{_month(row)},{50 + row % 7},E06{900 + row // each:06d}",
        int(ROWS * share),
    )


def bad_rows(share: float) -> bytes:
    """Rows in which every cell is wrong, and no two alike."""
    return _lines(
        "measure_id,period,value,numerator,denominator,area,note",
        lambda row: f"x{row},y{row},z{row},a{row},b{row},c{row},d{row}",
        int(ROWS * share),
    )


def many_texts(share: float) -> bytes:
    """Every column of an extract filled, with texts of which no two are alike, up to 50 MB."""
    ids = _ids()
    return _lines(
        "measure_id,period,value,numerator,denominator,area,note",
        lambda row: (
            f"{ids[row % len(ids)]},{_month(row)},{row}.{row % 97},{row},{row * 2},E06{row:06d},a note numbered {row}"
        ),
        int(ROWS * share),
    )


def long_notes(share: float) -> bytes:
    """Notes of a hundred characters."""
    ids = _ids()
    return _lines(
        "measure_id,period,value,note",
        lambda row: f"{ids[row % len(ids)]},{_month(row)},82,{'n' * 90}{row}",
        int(360_000 * share),
    )


def workbook(line: Callable[[int], tuple[str | float, ...]], rows: int) -> bytes:
    """A workbook of one sheet, headed as an extract."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ("measure_id", "period", "value", "area"))
    for row in range(rows):
        sheet.write_row(row + 1, 0, line(row))
    book.close()
    return buffer.getvalue()


def good_workbook(share: float) -> bytes:
    """A workbook without a fault."""
    ids = _ids()
    each = 240 * len(ids)
    return workbook(
        lambda row: (ids[row // 240 % len(ids)], _month(row), 50.0 + row % 7, f"E06{900 + row // each:06d}"),
        int(ROWS * share),
    )


def bad_workbook(share: float) -> bytes:
    """A workbook in which every cell is wrong, and no two alike."""
    return workbook(lambda row: (f"x{row}", f"y{row}", f"z{row}"), int(490_000 * share))


def bomb(share: float) -> bytes:
    """A zip in a zip in a zip, called a workbook, and a sheet of spaces."""
    inner = b" " * int(100_000_000 * share + 2_000_000)
    for depth in range(4):
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("xl/workbook.xml", "<workbook/>")
            archive.writestr("xl/worksheets/sheet1.xml" if not depth else f"xl/{depth}.zip", inner)
        inner = buffer.getvalue()
    return inner


def _filled(start: bytes, piece: bytes, size: float) -> bytes:
    return start + piece * max(1, int(size / len(piece)))


HOSTILE: tuple[Hostile, ...] = (
    Hostile("good rows.csv", good_rows, refused=False),
    Hostile("bad rows.csv", bad_rows),
    Hostile("one bad row again and again.csv", lambda share: _filled(HEADER, b"no-such,2020-13,abc\n", 1e7 * share)),
    Hostile("many texts.csv", many_texts),
    Hostile("long notes.csv", long_notes, refused=False),
    Hostile("five million cells.csv", lambda share: _filled(
        b"measure_id,period,value" + b",c" * 97 + b"\n", b"x,2020-08,1" + b",abcd" * 97 + b"\n", 2.4e7 * share)),
    Hostile("200 MB.csv", lambda share: _filled(HEADER, b"a,2020-08,1\n", 2e8 * share)),
    Hostile("one cell of 40 MB.csv", lambda share: _filled(HEADER, b"a", 4e7 * share) + b",2020-08,1\n"),
    Hostile("ten million lines.csv", lambda share: _filled(HEADER, b"\n", 1e7 * share)),
    Hostile("a million empty rows.csv", lambda share: _filled(HEADER, b",,\n", 3e6 * share)),
    Hostile("16,384 columns.csv", lambda share: _filled(b"", b"a," * 16_384 + b"\n", 4.5e7 * share)),
    Hostile("a header of 10 MB.csv", lambda share: b"measure_id,period,value" + b",h" * int(5e6 * share) + b"\nx\n"),
    Hostile("a quotation mark never closed.csv",
            lambda share: _filled(HEADER + b'x,2020-08,"1\n', b"a,2020-08,1\n", 3.6e7 * share)),
    Hostile("quotation marks.csv", lambda share: _filled(HEADER, b'"', 4e7 * share)),
    Hostile("NULs.csv", lambda share: _filled(HEADER, b"a,2020-08,1\0\n", 3.9e7 * share)),
    Hostile("UTF-16 cut in a character.csv",
            lambda share: good_rows(share * 0.8).decode().encode("utf-16") + b"x"),
    Hostile("lines end in CR.csv", lambda share: good_rows(share).replace(b"\n", b"\r"), refused=False),
    Hostile("mixed line ends.csv", lambda share: good_rows(share).replace(b"0\n", b"0\r\n").replace(b"1\n", b"1\r"),
            refused=False),
    Hostile("good rows.xlsx", good_workbook, refused=False),
    Hostile("bad rows.xlsx", bad_workbook),
    Hostile("a zip bomb.xlsx", bomb),
)  # fmt: skip


if __name__ == "__main__":
    [wanted] = [hostile_file for hostile_file in HOSTILE if hostile_file.name == sys.argv[1]]
    Path(sys.argv[2]).write_bytes(wanted.make(1.0))
