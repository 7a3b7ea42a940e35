"""Whatever the bytes, the answer is a CheckedExtract, and never a traceback."""

from __future__ import annotations

import csv
import io
import os
import random
from datetime import date
from xml.sax.saxutils import escape

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scorecard.core.observations import observations_frame
from scorecard.extract.check_extract import check_extract
from scorecard.extract.files.contents import Refused
from scorecard.extract.files.sent_file import read_table
from scorecard.extract.findings import Findings
from scorecard.extract.header.read_header import read_header
from tests.extract.files.test_hostile import HEAD, MAIN, cell, package

TODAY = date(2020, 9, 10)
GOOD = (
    "measure_id,period,value,numerator,denominator,area,note\nvisits-on-time,2020-08,82,41,50,,\n"
    "plans-number,Aug-20,426 [p],,,E12000008,a\nplans-rate,2019-20 Q1,[c],,,,b\n"
)
BOOK = package(
    HEAD + '<row r="2">' + cell("A2", "visits-on-time") + cell("B2", "2020-08") + cell("C2", "82", "n") + "</row>"
)
ODD = ["", "NaN", "1e999", "=1+1", "[p]", ":", "٨", "\u200b", "\x00", '"', '""', "\n", "\r", ",", ";", "\t", "1,234",
       "1.234,5", "2020-13", "2019/20", "0000-00", "99/99/9999", "measure_id", "period", "E06000045", "-0",
       "９", "😀", "\ufeff"]  # fmt: skip
TIMES = float(os.environ.get("FUZZ_TIMES", "0.5"))  # FUZZ_TIMES=50 for a long search
KINDS = [b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0", b"%PDF", b"\x89PNG", b"\x1f\x8b", b"<?xml ", b"\xff\xfe",
         b"\xfe\xff", b"\xef\xbb\xbf", b"sep=;\n", b"\0", b'"', b"{", b"measure_id\n", b"7z\xbc\xaf", b""]  # fmt: skip
CALM = settings(deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
cells = st.one_of(st.sampled_from(ODD), st.text(max_size=12), st.sampled_from(GOOD.replace("\n", ",").split(",")))


COLUMNS = list(observations_frame().columns)
KEY = ["measure_id", "area", "period_end", "months"]


def answered(content: bytes, name: str, catalogue) -> None:  # type: ignore[no-untyped-def]
    checked = check_extract(content, name, catalogue, today=TODAY)
    assert checked.refused or not checked.observations.empty
    assert checked.refused == checked.observations.empty
    assert list(checked.observations.columns) == COLUMNS
    if not checked.refused:
        assert checked.observations[KEY].notna().all(axis=None)
    assert checked.findings.to_csv()
    assert all(str(finding) for finding in checked.findings[:1])


def test_hundreds_of_files_of_any_kind_are_answered(catalogue) -> None:
    """The openings of known kinds, then anything."""
    chance = random.Random(8)
    for number in range(round(100 * TIMES)):
        start = KINDS[number % len(KINDS)]
        answered(start + chance.randbytes(chance.randrange(60)), "a.xlsx" if number % 3 else "a.csv", catalogue)


@settings(CALM, max_examples=round(60 * TIMES))
@given(st.one_of(st.binary(max_size=120), st.text(max_size=80).map(lambda text: text.encode("utf-8", "replace"))))
def test_any_bytes_are_answered(catalogue, content: bytes) -> None:
    answered(content, "a.csv", catalogue)


@settings(CALM, max_examples=round(25 * TIMES))
@given(st.lists(st.lists(cells, max_size=9), max_size=6), st.sampled_from([",", ";", "\t"]))
def test_any_cells_below_a_header_are_answered(catalogue, rows: list[list[str]], separator: str) -> None:
    head = GOOD.partition("\n")[0].replace(",", separator)
    text = "\n".join([head, *(separator.join(row) for row in rows)])
    answered(text.encode("utf-8", "replace"), "a.csv", catalogue)


@settings(CALM, max_examples=round(25 * TIMES))
@given(st.lists(cells, min_size=1, max_size=9), st.lists(st.lists(cells, max_size=9), max_size=4))
def test_any_header_is_answered(catalogue, names: list[str], rows: list[list[str]]) -> None:
    text = "\n".join(",".join(row) for row in [["measure_id", *names], *rows])
    answered(text.encode("utf-8", "replace"), "a.csv", catalogue)


@st.composite
def damaged(draw: st.DrawFn, content: bytes) -> bytes:
    """Bytes with a few changed, some cut out, or some put in."""
    changed = bytearray(content)
    for _ in range(draw(st.integers(1, 4))):
        position = draw(st.integers(0, max(len(changed) - 1, 0)))
        kind = draw(st.sampled_from(["change", "cut", "add", "end"]))
        if kind == "change" and changed:
            changed[position] = draw(st.integers(0, 255))
        elif kind == "cut":
            del changed[position : position + draw(st.integers(1, 40))]
        elif kind == "add":
            changed[position:position] = draw(st.one_of(st.binary(max_size=8), st.sampled_from(ODD).map(str.encode)))
        elif kind == "end":
            del changed[position:]
    return bytes(changed)


def records_of(content: bytes, name: str) -> list[list[str]]:
    """The rows below a file's header; none where it is refused or has no header."""
    try:
        table = read_table(content, name)
    except Refused as refused:
        header, faults = None, list(refused.faults)
    else:
        header, faults = read_header(table.records)
    assert header is not None or Findings(name, faults).count("error")
    return list(table.records[header.place + 1 :]) if header is not None else []


SHEET_ROWS = (
    b'<row r="2">' + cell("A2", "visits-on-time").encode() + b'<c r="B2" t="d"><v>2020-08-01</v></c>'
    b'<c r="C2"><f>1</f><v>82</v></c></row><row r="3"><c r="A3" t="s"><v>0</v></c></row>'
)


def in_a_workbook(sheet: bytes) -> bytes:
    text = f"<worksheet {MAIN}><sheetData>" + sheet.decode("latin-1") + "</sheetData></worksheet>"
    return package(raw=text, shared="<si><t>plans-number</t></si>")


def typed(rows: bytes) -> bytes:
    """A workbook into whose cells the rows of a CSV were typed, without what XML can't hold."""
    text = "".join(char for char in rows.decode("utf-8", "replace") if char in "\n\t" or char >= " ")
    lines = [line.split(",") for line in text.encode("utf-8", "replace").decode().split("\n")]
    sheet = "".join(
        f'<row r="{row}">'
        + "".join(cell(f"{letter}{row}", escape(value)) for letter, value in zip("ABCDEFG", line, strict=False))
        + "</row>"
        for row, line in enumerate(lines, 2)
    )
    return package(HEAD + sheet)


FIRST, _, ROWS = GOOD.partition("\n")
SHEET = HEAD.encode() + SHEET_ROWS
DAMAGED = {  # how many files, what they are, and how many rows they have at least, or they would show nothing
    "anywhere.csv": (150, damaged(GOOD.encode()), 80),
    "below the header.csv": (300, damaged(ROWS.encode()).map(lambda rows: FIRST.encode() + b"\n" + rows), 400),
    "a sheet.xlsx": (120, damaged(SHEET).map(in_a_workbook), 4),
    "a sheet's cells.xlsx": (150, damaged(ROWS.encode()).map(typed), 200),
    "a zip.xlsx": (100, damaged(BOOK), 1),
}


@pytest.mark.parametrize("name", DAMAGED)
def test_hundreds_of_damaged_files_are_read_and_the_rows_of_all_are_checked(catalogue, name: str) -> None:
    """Reading is what damaged bytes can break, and costs little; checks say the same of one file's rows or of many."""
    times, contents, least = DAMAGED[name]
    rows: list[list[str]] = []

    @settings(CALM, max_examples=round(times * max(TIMES, 1)))
    @given(contents)
    def read(content: bytes) -> None:
        rows.extend(records_of(content, name))

    read()
    assert len(rows) >= least
    narrow = [row[:7] for row in rows if "\x00" not in "".join(row)]  # a NUL refuses, and hides nothing else
    for some in [rows, *(narrow[start : start + 1000] for start in range(0, len(narrow), 1000))]:
        buffer = io.StringIO(newline="")
        csv.writer(buffer).writerows([GOOD.partition("\n")[0].split(","), *some])
        answered(buffer.getvalue().encode("utf-8", "replace"), "all.csv", catalogue)


@settings(CALM, max_examples=round(25 * TIMES))
@given(damaged(GOOD.encode()))
def test_a_damaged_csv_is_answered(catalogue, content: bytes) -> None:
    answered(content, "a.csv", catalogue)


@settings(CALM, max_examples=round(60 * TIMES))
@given(damaged(BOOK))
def test_a_damaged_workbook_is_answered(catalogue, content: bytes) -> None:
    answered(content, "a.xlsx", catalogue)


@settings(CALM, max_examples=round(30 * TIMES))
@given(damaged(SHEET).map(in_a_workbook))
def test_a_workbook_with_a_damaged_sheet_is_answered(catalogue, content: bytes) -> None:
    answered(content, "a.xlsx", catalogue)
