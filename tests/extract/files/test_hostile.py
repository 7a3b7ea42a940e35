"""Files made to do harm: each is answered by a finding, within limits."""

from __future__ import annotations

import io
import random
import struct
import tracemalloc
import zipfile
from collections.abc import Callable
from typing import Any

import pytest

from scorecard.extract import limits
from scorecard.extract.files import xlsx
from scorecard.extract.files.contents import Refused
from scorecard.extract.files.xlsx import read_xlsx

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
ROOT = (
    f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" Type="{OFFICE}/officeDocument" '
    'Target="xl/workbook.xml"/>'
    "</Relationships>"
)
BOOK = f'<workbook {MAIN} xmlns:r="{OFFICE}"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>'
LINKS = (
    f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" Type="{OFFICE}/worksheet" '
    f'Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="{OFFICE}/sharedStrings" '
    'Target="sharedStrings.xml"/>'
    "</Relationships>"
)


def cell(reference: str, value: str, kind: str = "str") -> str:
    return f'<c r="{reference}" t="{kind}"><v>{value}</v></c>'


HEAD = '<row r="1">' + cell("A1", "measure_id") + cell("B1", "period") + cell("C1", "value") + "</row>"


def package(rows: str = HEAD, shared: str = "", raw: str | None = None, more: dict[str, bytes] | None = None) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("_rels/.rels", ROOT)
        archive.writestr("xl/workbook.xml", BOOK)
        archive.writestr("xl/_rels/workbook.xml.rels", LINKS)
        sheet = f"<worksheet {MAIN}><sheetData>{rows}</sheetData></worksheet>" if raw is None else raw
        archive.writestr("xl/worksheets/sheet1.xml", sheet)
        if shared:
            archive.writestr("xl/sharedStrings.xml", f"<sst {MAIN}>{shared}</sst>")
        for name, content in (more or {}).items():
            archive.writestr(name, content)
    return buffer.getvalue()


def understated(content: bytes) -> bytes:
    """The same zip, whose list says that the sheet unpacks to 1,000 bytes."""
    changed, start = bytearray(content), 0
    while (start := changed.find(b"PK\x01\x02", start)) >= 0:
        length = struct.unpack("<H", changed[start + 28 : start + 30])[0]
        if changed[start + 46 : start + 46 + length] == b"xl/worksheets/sheet1.xml":
            changed[start + 24 : start + 28] = struct.pack("<I", 1000)
        start += 4
    return bytes(changed)


def repeated_text() -> bytes:
    rows = "".join(f'<row r="{row}">{cell(f"A{row}", "0", "s")}</row>' for row in range(1, 10_000))
    return package(rows, shared=f"<si><t>{'a' * 32_000}</t></si>")


def several_sheets(parts: list[int]) -> bytes:
    """A workbook of sheets that reach far, each held by the part of this number."""
    far = HEAD + f'<row r="400000">{cell("L400000", "x")}</row>'
    sheets = "".join(f'<sheet name="S{at}" sheetId="{at}" r:id="rId{part}"/>' for at, part in enumerate(parts, 1))
    links = "".join(
        f'<Relationship Id="rId{part}" Type="{OFFICE}/worksheet" Target="worksheets/tab{part}.xml"/>' for part in parts
    )
    sheet = f"<worksheet {MAIN}><sheetData>{far}</sheetData></worksheet>".encode()
    return _zip({
        "[Content_Types].xml": TYPES.encode(),
        "_rels/.rels": ROOT.encode(),
        "xl/workbook.xml": BOOK.partition("<sheets>")[0].encode() + f"<sheets>{sheets}</sheets></workbook>".encode(),
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">{links}</Relationships>'.encode(),
        **{f"xl/worksheets/tab{part}.xml": sheet for part in parts},
    })  # fmt: skip


ENTITY = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
SHEET = f"<worksheet {MAIN}><sheetData>{HEAD}</sheetData></worksheet>"

HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "a picture of 150 MB of zeros": (lambda: package(more={"xl/media/a.bin": b"\0" * 150_000_000}), "zip-bomb"),
    "a sheet of spaces": (lambda: package(raw=" " * 20_000_000), "zip-bomb"),
    "a list that lies": (lambda: understated(package(raw="<a>" + "0123456789" * 9_000 + "</a>")), "zip-bomb"),
    "one text in ten thousand cells": (repeated_text, "zip-bomb"),
    "three thousand parts": (lambda: package(more={f"x{part}": b"" for part in range(3000)}), "zip-bomb"),
    "a tag of 20 MB": (
        lambda: package(raw='<a b="' + random.Random(8).randbytes(10_000_000).hex() + '">'), "damaged-workbook"),
    "an external entity": (lambda: package(raw=ENTITY + SHEET), "xml-entities"),
    "a billion laughs": (lambda: package(raw=LAUGHS + SHEET), "xml-entities"),
    "a cell far down": (lambda: package(HEAD + f'<row r="1048576">{cell("A1048576", "x")}</row>'), "too-many-rows"),
    "a cell far right": (lambda: package(HEAD + f'<row r="2">{cell("XFD2", "x")}</row>'), "too-many-columns"),
    "cells far apart": (lambda: package(HEAD + f'<row r="400000">{cell("GA400000", "x")}</row>'), "too-many-cells"),
    "a far cell in disguise": (
        lambda: package(HEAD + '<row r="2"><c a="/>" r="XFD2" b="/>"><v>1</v></c></row>'), "too-many-columns"),
    "a place in disguise": (
        lambda: package(HEAD + '<row r="2"><c r="&#88;FD2"><v>1</v></c></row>'), "too-many-columns"),
    "a cell that is there twice": (
        lambda: package(HEAD + f'<row r="2">{cell("A2", "x")}{cell("C2", "1")}{cell("C2", "2")}</row>'),
        "damaged-workbook"),
    "a row that is there twice": (
        lambda: package(HEAD + f'<row r="2">{cell("A2", "x")}</row>' * 2), "damaged-workbook"),
    "a cell twice, prefixed": (
        lambda: package(raw=SHEET.replace(HEAD, (HEAD + f'<row r="2">{cell("A2", "x") * 2}</row>')).replace(
            "<c ", "<x:c ").replace("</c>", "</x:c>").replace("<worksheet ", f"<worksheet xmlns:x={MAIN[6:]} ")),
        "damaged-workbook"),
    "cut short": (lambda: package()[:-300], "damaged-workbook"),
    "a sheet that is no XML": (lambda: package(raw="\x01\x02"), "damaged-workbook"),
    "a zip of something else": (lambda: _zip({"a.csv": b"measure_id"}), "not-an-extract"),
    "a Word document": (lambda: _zip({"word/document.xml": b"<a/>"}), "not-an-extract"),
    "an OpenDocument sheet": (lambda: _zip({"content.xml": b"<a/>"}), "old-workbook"),
    "a binary workbook": (lambda: _zip({"xl/workbook.bin": b"a"}), "old-workbook"),
    "sheets that together reach too far": (lambda: several_sheets([1, 2, 3, 4]), "too-many-cells"),
    "one part as many sheets": (lambda: several_sheets([1] * 90), "damaged-workbook"),
    "two hundred sheets": (lambda: _many_sheets(200), "too-many-sheets"),
    "cells in a comma storm": (lambda: b"measure_id,period,value\n" + (b" ," * 190 + b"\n") * 27_000, "too-many-cells"),
    "a wide table of blanks": (
        lambda: b"measure_id," + b",".join(b"20%02d-01,20%02d-02" % (year, year) for year in range(40))
        + b"\n" + b"visits-on-time,1\n" * 7000, "too-many-rows"),
}  # fmt: skip


def _zip(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def _many_sheets(count: int) -> bytes:
    import xlsxwriter

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    for sheet in range(count):
        book.add_worksheet(f"S{sheet}")
    book.close()
    return buffer.getvalue()


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_in_little_memory(name: str, check: Callable[..., Any]) -> None:
    make, code = HOSTILE[name]
    content = make()
    tracemalloc.start()
    checked = check(content, "figures.xlsx" if content.startswith(b"PK") else "figures.csv")
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert checked.refused
    assert checked.errors[0].code == code
    assert most < 400_000_000


def test_more_values_than_any_extract_has_are_counted_before_cells_are_taken_apart(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Cells that say nothing of where they stand are small enough for very many of them."""
    content = package("<row><c><v>1</v></c><c/><c><v/></c><c><v></v></c></row>" * 101)
    monkeypatch.setattr(limits, "MOST_CELLS", 101)
    assert len(read_xlsx(content).sheets[0].records) == 101
    monkeypatch.setattr(limits, "MOST_CELLS", 100)
    monkeypatch.setattr(xlsx, "_SheetReader", None)  # never reached
    with pytest.raises(Refused) as raised:
        read_xlsx(content)
    assert raised.value.faults[0]["found"].iat[0] == "101 cells with something in them"


def test_cells_that_do_not_say_where_they_stand_are_read(check: Callable[..., Any]) -> None:
    def row(*values: str) -> str:
        return "<row>" + "".join(f'<c t="str"><v>{value}</v></c>' for value in values) + "</row>"

    content = package(row("measure_id", "period", "value") + row("visits-on-time", "2020-08", "82"))
    assert check(content, "figures.xlsx").observations["value"].tolist() == [82]


def test_rows_in_any_order_are_read_by_where_they_say_they_stand(check: Callable[..., Any]) -> None:
    def row(number: int, measure: str, value: str) -> str:
        cells = [cell(f"C{number}", value, "n"), cell(f"A{number}", measure), cell(f"B{number}", "2020-08")]
        return f'<row r="{number}">{"".join(cells)}</row>'

    content = package(HEAD + row(3, "visits-on-time", "82") + row(2, "plans-number", "426"))
    assert check(content, "figures.xlsx").observations["value"].tolist() == [426, 82]


def test_markup_and_formulas_are_only_text(check: Callable[..., Any]) -> None:
    checked = check("measure_id,period,value\n<script>alert(1)</script>,2020-08,82\n=HYPERLINK(1),2020-08,82\n")
    assert checked.errors[0].found == "<script>alert(1)</script>"
    assert b",'=HYPERLINK(1)," in checked.findings.to_csv()


def test_more_faults_than_anyone_reads_are_cut_and_said(check: Callable[..., Any]) -> None:
    checked = check("measure_id,period,value\n" + "visits-on-time,2020-13,82\n" * 60_000)
    assert checked.findings.counts == {"unreadable-period": 50_000, "more-of-the-same": 1}


def test_a_file_name_can_hold_anything(check: Callable[..., Any]) -> None:
    checked = check("", "=a\udcff\x00\n.csv")
    assert checked.findings[0].file == "=a‹U+DCFF›‹U+0000›‹U+000A›.csv"
    assert b"'=a" in checked.findings.to_csv()


def test_cells_that_have_only_a_style_are_left_out_before_they_are_taken_apart() -> None:
    blank = '<c r="E{0}" s="1"/><c s="1" r="F{0}" ></c><x:c r="G{0}" s="1"/>'
    rows = HEAD + "".join(f'<row r="{at}">{cell(f"A{at}", "x")}{blank.format(at)}</row>' for at in range(2, 30))
    raw = f'<worksheet {MAIN} xmlns:x="{MAIN[7:-1]}"><sheetData>{rows}</sheetData></worksheet>'
    read = read_xlsx(package(raw=raw)).sheets[0].records
    assert (len(read), read.width, read[28]) == (29, 3, ["x"])
    unplaced = package(HEAD + f'<row r="2">{blank.format(2)}<c t="str"><v>x</v></c></row>')
    with pytest.raises(Refused):  # where it stands can't be told
        read_xlsx(unplaced)


@pytest.mark.parametrize(("cells", "refused"), [(16_384, False), (20_000, True)])
def test_a_row_of_more_cells_than_a_spreadsheet_has_columns_is_refused_at_once(cells: int, refused: bool) -> None:
    content = package('<row><c t="str"><v>measure_id</v></c></row><row>' + "<c/>" * cells + "</row>")
    if not refused:
        assert len(read_xlsx(content).sheets[0].records) == 1
        return
    with pytest.raises(Refused) as raised:
        read_xlsx(content)
    assert "a row of more cells than a spreadsheet has columns" in raised.value.faults[0]["found"].iat[0]
