"""A cell shown as 100% holds 1: however a program writes the cell and its format, 100% is read, never 1."""

from __future__ import annotations

import pytest

from tests.extract.files.test_hostile import BOOK, HEAD, LINKS, MAIN, OFFICE, PACKAGE, ROOT, TYPES, _zip, cell


def styles(number_format: str = "9", formats: str = "", before: str = "", after: str = "") -> bytes:
    looks = f'<cellXfs><xf numFmtId="0"/><xf numFmtId="{number_format}"/></cellXfs>'
    return f"<styleSheet {MAIN}>{formats}{before}{looks}{after}</styleSheet>".encode()


def book_with(value: str, parts: dict[str, str | bytes] | None = None, prefix: str = "") -> bytes:
    """A workbook whose cell C2 is written so; `parts` are put over its own."""
    row = f'<row r="2">{cell("A2", "visits-on-time")}{cell("B2", "2020-08")}{value}</row>'
    sheet = f"<worksheet {MAIN}><sheetData>{HEAD}{row}</sheetData></worksheet>"
    if prefix:
        for tag in ("worksheet", "sheetData", "row", "c", "v"):
            for end in (" ", ">"):
                sheet = sheet.replace(f"<{tag}{end}", f"<{prefix}:{tag}{end}").replace(
                    f"</{tag}>", f"</{prefix}:{tag}>"
                )
        sheet = sheet.replace("xmlns=", f"xmlns:{prefix}=")
    book = {
        "[Content_Types].xml": TYPES, "_rels/.rels": ROOT, "xl/workbook.xml": BOOK, "xl/styles.xml": styles(),
        "xl/_rels/workbook.xml.rels": LINKS, "xl/worksheets/sheet1.xml": sheet,
    } | (parts or {})  # fmt: skip
    return _zip({name: part if isinstance(part, bytes) else part.encode() for name, part in book.items() if part})


USUAL = '<c r="C2" s="1"><v>1</v></c>'
CELLS = {
    "as spreadsheets write it": USUAL,
    "the style first": '<c s="1" r="C2"><v>1</v></c>',
    "the kind before the style": '<c r="C2" t="n" s="1"><v>1</v></c>',
    "a dynamic formula's": '<c r="C2" s="1" cm="1"><f t="array" ref="C2">1</f><v>1</v></c>',
    "apostrophes": "<c r='C2' s='1'><v>1</v></c>",
    "a line end in the tag": '<c r="C2"\n\ts="1"><v>1</v></c>',
    "spaces around the sign": '<c r="C2" s = "1"><v>1</v></c>',
    "small letters": '<c r="c2" s="1"><v>1</v></c>',
    "an empty cell beside it": USUAL + '<c r="D2" s="1"/>',
    "a text beside it": USUAL + '<c r="D2" s="1" t="str"><v>1</v></c>',
}


@pytest.mark.parametrize("name", CELLS)
def test_a_percentage_is_read_however_its_cell_is_written(name, check) -> None:
    content = book_with(CELLS[name])
    checked = check(content, "figures.xlsx")
    if checked.refused:  # of a cell beyond the header
        assert [finding.code for finding in checked.errors] == ["row-too-long"]
        return
    assert checked.observations["value"].tolist() == [100]


FORMAT = "<numFmts><numFmt numFmtId='164' formatCode='{}'/></numFmts>"
MANY = "<dxfs>" + "".join(f'<dxf><font><name val="{index:x>40}"/></font></dxf>' for index in range(70_000)) + "</dxfs>"
ELSEWHERE = LINKS.replace(
    "</Relationships>", f'<Relationship Id="rId9" Type="{OFFICE}/styles" Target="looks.xml"/></Relationships>'
)
BOOKS: dict[str, dict[str, str | bytes]] = {
    "prefixed tags": {},
    "more than 5 MB of styles": {"xl/styles.xml": styles(after=MANY)},
    "a condition in the format": {"xl/styles.xml": styles("164", FORMAT.format("[>=1]0%;0%"))},
    "words in the format": {"xl/styles.xml": styles("164", FORMAT.format('"of all: "0%'))},
    "other styles in a comment": {"xl/styles.xml": styles(before='<!--<cellXfs><xf numFmtId="0"/></cellXfs>-->')},
    "a sheet's name with a sign": {"xl/workbook.xml": BOOK.replace('name="S"', 'name="A>B"')},
    "styles elsewhere": {"xl/_rels/workbook.xml.rels": ELSEWHERE, "xl/looks.xml": styles(), "xl/styles.xml": ""},
    "the sheet elsewhere": {
        "xl/_rels/workbook.xml.rels": LINKS.replace("worksheets/", "tables/"), "xl/worksheets/sheet1.xml": "",
        "xl/tables/sheet1.xml": f'<worksheet {MAIN}><sheetData>{HEAD}<row r="2">{cell("A2", "visits-on-time")}'
        f"{cell('B2', '2020-08')}{USUAL}</row></sheetData></worksheet>",
    },
}  # fmt: skip


@pytest.mark.parametrize("name", BOOKS)
def test_a_percentage_is_read_however_its_workbook_is_put_together(name, check) -> None:
    content = book_with(USUAL, BOOKS[name], prefix="x" if name == "prefixed tags" else "")
    assert check(content, "figures.xlsx").observations["value"].tolist() == [100]


SHOWN_AS_IT_STANDS = ['0.0"%"', r"0\%", "[$%-809]0", "General"]


@pytest.mark.parametrize("number_format", SHOWN_AS_IT_STANDS)
def test_a_sign_that_is_only_printed_makes_no_percentage(number_format, check) -> None:
    looks = styles("164", FORMAT.format(number_format))
    content = book_with('<c r="C2" s="1"><v>82</v></c>', {"xl/styles.xml": looks})
    assert check(content, "figures.xlsx").observations["value"].tolist() == [82]


UNREADABLE = {
    "a percentage without a place": (book_with('<c s="1"><v>1</v></c>'), "damaged-workbook"),
    "styles that are no XML": (book_with(USUAL, {"xl/styles.xml": "<styleSheet><cellXfs>"}), "damaged-workbook"),
    "styles with entities": (book_with(USUAL, {"xl/styles.xml": "<!DOCTYPE a><styleSheet/>"}), "xml-entities"),
    "a sheet without a part": (
        book_with(USUAL, {"xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}"/>'}), "damaged-workbook"),
    "an error, its kind first": (book_with('<c t="e" r="C2"><v>#N/A</v></c>'), "unreadable-value"),
    "an error, prefixed": (book_with('<c r="C2" t="e"><v>#N/A</v></c>', prefix="x"), "unreadable-value"),
    "an error in apostrophes": (book_with("<c r='C2' t='e'><f>1/0</f><v>#DIV/0!</v></c>"), "unreadable-value"),
}  # fmt: skip


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_may_be_a_percentage_or_an_error_is_never_guessed(name, check) -> None:
    content, code = UNREADABLE[name]
    assert [finding.code for finding in check(content, "figures.xlsx").errors] == [code]
