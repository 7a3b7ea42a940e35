"""Whatever part of a workbook tells of persons is named; none of what office programs write by themselves is."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest
import xlsxwriter

from tests.extract.persons_page import carries, tells

NHS, PLAIN = "943 476 5919", "9434765919"  # an example with a right check digit
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
SHEET = "xl/worksheets/sheet1.xml"
Put = Callable[[xlsxwriter.Workbook, xlsxwriter.workbook.Worksheet], object]

BY_HAND = [  # a part, what is in it, whether it tells of persons
    ("xl/externalLinks/externalLink1.xml", f'<x {MAIN}><cell r="A1" t="str"><v>{PLAIN}</v></cell></x>', True),
    ("xl/externalLinks/externalLink1.xml", f'<x {MAIN}><sheetName val="Sheet1"/><cell><v>514</v></cell></x>', False),
    ("xl/externalLinks/externalLink1.xml", f"<x {MAIN}><v>Child name</v><v>Date of birth</v></x>", True),
    ("xl/charts/chart1.xml", f'<c xmlns:c="c"><c:pt idx="0"><c:v>{PLAIN}</c:v></c:pt></c>', True),
    ("xl/charts/chart1.xml", f'<c><axId val="{PLAIN}"/><v>MASH</v><v>0.{PLAIN}</v></c>', False),
    ("xl/charts/chart1.xml", "<c><a:p><a:r><a:t>943 476</a:t></a:r><a:r><a:t> 5919</a:t></a:r></a:p></c>", True),
    ("xl/threadedComments/one.xml", f'<t ref="A1" dT="2020-09-01T10:00:00.00"><text>{NHS}</text></t>', True),
    ("xl/threadedComments/one.xml", '<t id="{94347659-1900-0000-0000-0000}"><text>seen</text></t>', False),
    ("xl/revisions/revisionLog1.xml", f"<r><oc><is><t>{NHS}</t></is></oc></r>", True),
    ("xl/revisions/revisionLog1.xml", '<r><oc r="D1"><v>12</v></oc><nc r="D1"><v>13</v></nc></r>', False),
    ("customXml/item1.xml", f'<r><child nhs="{NHS}"/></r>', True),
    ("customXml/item1.xml", "<r><ChildName>Ann</ChildName><DateOfBirth>2011-02-03</DateOfBirth></r>", True),
    ("customXml/item1.xml", f"<r><![CDATA[{NHS}]]></r>", True),
    ("customXml/item1.xml", f'<ct ma:versionID="{PLAIN}" ma:contentTypeID="0x010100{PLAIN}"/>', False),
    ("xl/macrosheets/sheet1.xml", f"<x {MAIN}><v>{NHS}</v></x>", True),
    ("xl/slicerCaches/slicerCache1.xml", f'<s name="S"><i n="[C].[{NHS}]" c="{PLAIN}"/></s>', True),
    ("xl/drawings/drawing1.xml", f'<d><cNvPr id="2" name="Picture 1" descr="{NHS}"/></d>', True),
    ("xl/drawings/drawing1.xml", f'<d><cNvPr id="{PLAIN}" name="Picture 1" descr="The crest"/></d>', False),
    ("xl/drawings/vmlDrawing1.vml", "<xml><v:textbox><div>born 03/02/2011</div></v:textbox></xml>", True),
    ("xl/diagrams/data1.xml", f"<d><a:t>{NHS}</a:t></d>", True),
    ("xl/ctrlProps/ctrlProp1.xml", f'<p><item val="{NHS}"/></p>', True),
    ("xl/richData/rdrichvalue.xml", f'<r><rv s="0"><v>{NHS}</v></rv></r>', True),
    ("xl/ink/note1.xml", f"<x><!-- {NHS} --></x>", True),
    ("xl/pivotCache/pivotCacheRecords1.xml", f'<p><r><n v="{PLAIN}"/></r></p>', True),
    ("xl/pivotCache/pivotCacheDefinition1.xml", '<p><cacheField name="Month"/><d v="2011-02-03T00:00:00"/></p>', False),
    ("xl/pivotTables/pivotTable1.xml", f'<p dataCaption="{NHS}"/>', True),
    ("xl/connections.xml", f"<c><dbPr command=\"select * where nhs = '{NHS}'\"/></c>", True),
    ("xl/tables/table1.xml", f'<t><tableColumn id="1" name="Team" totalsRowLabel="{NHS}"/></t>', True),
    ("xl/worksheets/sheet9.xml", f'<w {MAIN}><c r="A1" t="inlineStr"><is><t>{NHS}</t></is></c></w>', True),
    ("xl/worksheets/sheet9.xml", f'<w {MAIN}><c r="A1"><v>12</v></c></w>', False),
]  # fmt: skip

IN_A_PART = [  # a part that a workbook has, where in it, what is put there, whether it tells of persons
    (SHEET, "</worksheet>", f'<dataValidation type="list"><formula1>"{NHS},MASH"</formula1></dataValidation>', True),
    (SHEET, "</worksheet>", '<dataValidation type="list"><formula1>"Yes,No"</formula1></dataValidation>', False),
    (SHEET, "</worksheet>", '<dataValidation promptTitle="Child" prompt="DOB 03/02/2011"/>', True),
    (SHEET, "</worksheet>", '<dataValidation prompt="Use dd/mm/yyyy, from 01/04/2020"/>', False),
    (SHEET, "</worksheet>", f'<cfRule type="containsText" text="{NHS}" priority="1"/>', True),
    (SHEET, "</worksheet>", f'<scenario name="x"><inputCells r="A1" val="{NHS}"/></scenario>', True),
    (SHEET, "</worksheet>", "<headerFooter><oddFooter>&amp;L943&amp;B 476&amp;B 5919</oddFooter></headerFooter>", True),
    (SHEET, "</worksheet>", "<headerFooter><oddFooter>&amp;P of &amp;N, &amp;D</oddFooter></headerFooter>", False),
    ("xl/workbook.xml", "</workbook>", f'<definedName name="A" comment="{NHS}">Figures!$A$1</definedName>', True),
    ("xl/workbook.xml", "</workbook>", '<definedName name="A">Figures!$A$1:$C$200</definedName>', False),
    ("docProps/app.xml", "</Company>", NHS, True),
    ("docProps/app.xml", "</Company>", "Southampton City Council", False),
    ("docProps/core.xml", "</dc:creator>", NHS, True),
    ("xl/sharedStrings.xml", "</sst>", f"<si><t>{NHS}</t></si>", True),
    ("xl/sharedStrings.xml", "</sst>", "<si><t>MASH</t></si>", False),
]  # fmt: skip

BY_A_PROGRAM: list[tuple[str, Put, bool]] = [
    ("a link's tip", lambda _, on: on.write_url(3, 3, "https://example.org/", string="x", tip="DOB 3/2/2011"), True),
    ("where it leads", lambda _, on: on.write_url(3, 3, f"https://example.org/c/{PLAIN}", string="x"), True),
    ("a harmless link", lambda _, on: on.write_url(3, 3, "https://example.org/2020/08/31", string="x"), False),
    ("a name", lambda book, _: book.define_name("Child_A", f'="{NHS}"'), True),
    ("a formula", lambda _, on: on.write_formula("C3", f'=IF(A1="{NHS}",1,2)', None, 2), True),
    ("a harmless one", lambda _, on: on.write_formula("C3", "=SUM(C2:C2)*100/12345678", None, 2), False),
    ("a format", lambda book, on: on.write(3, 3, 1, book.add_format({"num_format": f'"{NHS}"'})), True),
    ("a property", lambda book, _: book.set_custom_property("Team", "Performance"), False),
    ("a far cell", lambda _, on: on.write(400, 60, NHS), True),
    ("a hidden list", lambda book, _: hidden(book, ["Ref", "Child", "Team"], ["1", "Ann Example", "MASH"]), True),
    ("a hidden count", lambda book, _: hidden(book, ["Ref", "Child", "Team"], ["1", "12", "MASH"]), False),
    ("a hidden glossary", lambda book, _: hidden(book, ["Term", "Meaning", "Of"], ["Child", "under 18", "Act"]), False),
    ("whom to ask", lambda book, _: hidden(book, ["Name", "Team", "Email"], ["A. Example", "MASH", "a@b.org"]), False),
]  # fmt: skip


def workbook(put: Put = lambda *_: None) -> bytes:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    sheet = book.add_worksheet("Figures")
    sheet.write_row(0, 0, ["measure_id", "period", "value"])
    sheet.write_row(1, 0, ["plans-number", "2020-08", "514"])
    book.set_properties({"author": " "})
    put(book, sheet)
    book.close()
    return buffer.getvalue()


def hidden(book: xlsxwriter.Workbook, *rows: list[str]) -> None:
    sheet = book.add_worksheet("Raw")
    sheet.hide()
    for at, row in enumerate(rows):
        sheet.write_row(at, 0, row)


def with_part(name: str, content: str | bytes) -> bytes:
    buffer = io.BytesIO(workbook())
    with zipfile.ZipFile(buffer, "a") as package:
        package.writestr(name, content)
    return buffer.getvalue()


def put_before(name: str, anchor: str, text: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook())) as before, zipfile.ZipFile(buffer, "w") as after:
        for part_name in before.namelist():
            content = before.read(part_name).decode()
            assert part_name != name or anchor in content
            after.writestr(part_name, content.replace(anchor, text + anchor, 1) if part_name == name else content)
    return buffer.getvalue()


@pytest.mark.parametrize(("name", "content", "persons"), BY_HAND)
def test_a_part_that_tells_of_persons_is_named(name: str, content: str, persons: bool) -> None:
    assert tells(with_part(name, content), "figures.xlsx") == persons


@pytest.mark.parametrize(("name", "anchor", "text", "persons"), IN_A_PART)
def test_so_is_what_stands_beside_the_cells(name: str, anchor: str, text: str, persons: bool) -> None:
    assert tells(put_before(name, anchor, text), "figures.xlsx") == persons


@pytest.mark.parametrize(
    ("put", "persons"), [case[1:] for case in BY_A_PROGRAM], ids=[case[0] for case in BY_A_PROGRAM]
)
def test_so_is_what_programs_write(put: Put, persons: bool) -> None:
    assert tells(workbook(put), "figures.xlsx") == persons


@pytest.mark.parametrize(
    ("name", "named"),
    [
        ("xl/embeddings/oleObject1.bin", "embedded files"),
        ("xl/vbaProject.bin", "macros"),
        ("xl/media/image1.png", "pictures"),
        ("docProps/thumbnail.jpeg", "pictures"),
        ("xl/model/item.data", "a data model"),
        ("xl/activeX/activeX1.bin", "controls"),
    ],
)
def test_what_cannot_be_searched_is_named(name: str, named: str) -> None:
    assert carries(with_part(name, b"\xd0\xcf"), "figures.xlsx") == {"carries-more": named}
