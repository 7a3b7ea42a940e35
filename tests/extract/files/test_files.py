"""Encodings, separators, sheets and kinds of file."""

from datetime import date

import pytest
import xlsxwriter

from scorecard.extract.files.sent_file import read_table

HEAD = "measure_id,period,value\n"
GOOD = HEAD + "visits-on-time,2020-08,82\nplans-number,2020-08,426\n"

READABLE = {
    "UTF-8": GOOD.encode(),
    "UTF-8 with BOM": GOOD.encode("utf-8-sig"),
    "UTF-16": GOOD.encode("utf-16"),
    "UTF-16 big-endian": b"\xfe\xff" + GOOD.encode("utf-16-be"),
    "UTF-16 without BOM": GOOD.encode("utf-16-le"),
    "Windows-1252": (HEAD.replace("value", "value,note") + "visits-on-time,2020-08,82,caf\u00e9 \u2013 ok\n"
                     "plans-number,2020-08,426,\n").encode("cp1252"),
    "Ctrl-Z at the end": GOOD.encode() + b"\x1a\r\n",
    "semicolons": GOOD.replace(",", ";").encode(),
    "tabs": GOOD.replace(",", "\t").encode(),
    "sep= line": b"sep=;\r\n" + GOOD.replace(",", ";").encode(),
    "sep= space": b'"sep= "\n' + GOOD.replace(",", " ").encode(),
    "sep= bar, in UTF-16": ("sep=|\n" + GOOD.replace(",", "|")).encode("utf-16"),
    "Windows line ends": GOOD.replace("\n", "\r\n").encode(),
    "old Mac line ends": GOOD.replace("\n", "\r").encode(),
    "no last line end": GOOD.rstrip().encode(),
    "all quoted": b'"measure_id","period","value"\n"visits-on-time","2020-08","82"\n"plans-number","2020-08","426"\n',
    "header in other words": GOOD.replace("measure_id", "Measure ID").replace("period", " PERIOD ").encode(),
    "trailing separators": GOOD.replace("\n", ",,,\n").encode(),
    "blank rows": GOOD.replace("\n", "\n\n,,\n").encode(),
    "bars": GOOD.replace(",", "|").encode(),
    "blank rows above": b"\n" * 40 + GOOD.encode(),
    "blank rows above, semicolons": b"\n;;\n" * 40 + GOOD.replace(",", ";").encode(),
    "a list of its columns above": b"Column,Meaning\nmeasure_id,which measure\nperiod,the month\n\n" + GOOD.encode(),
    "a cover line above": b"measure_id\n" + GOOD.encode(),
    "semicolons, commas in a note": (
        b"measure_id;period;value;note\nvisits-on-time;2020-08;82;a, b, c, d, e\nplans-number;2020-08;426;\n"
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", READABLE)
def test_a_csv_is_read_however_it_was_written(name, check) -> None:
    checked = check(READABLE[name])
    assert not checked.findings.count("error"), [str(finding) for finding in checked.findings]
    assert checked.observations["value"].tolist() == [82, 426]


def test_single_bytes_of_windows_1252_in_a_utf_8_file_are_read_so_and_said(check) -> None:
    head, rows = (
        HEAD.replace("value", "value,note"),
        ("visits-on-time,2020-08,82,caf\u00e9", "plans-number,2020-08,426,"),
    )
    content = "\n".join([head.rstrip(), *rows]).encode() + b"it\x92s \x96 caf\xe9\n"
    checked = check(content)
    assert checked.observations["note"].tolist() == ["caf\u00e9", "it\u2019s \u2013 caf\u00e9"]
    assert [(finding.code, finding.found) for finding in checked.findings] == [
        ("odd-bytes", "\u2019 in line 3, \u2013 in line 3, \u00e9 in line 3")
    ]


REFUSED = [
    (b"", "empty-file"),
    (b" \n ,,\n", "empty-file"),
    (b"\0" * 100, "binary-content"),
    (b"%PDF-1.7", "binary-content"),
    (b"\x89PNG\r\n", "binary-content"),
    (b"PAR1abc", "binary-content"),
    (bytes(range(256)) * 20, "binary-content"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1", "old-workbook"),
    (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "password-protected"),
    (b"<html><table><tr><td>measure_id</td></tr></table>", "not-an-extract"),
    (b"<?xml version='1.0'?><Workbook/>", "not-an-extract"),
    (b"<!-- saved --><html>", "not-an-extract"),
    (b'[{"measure_id": "visits-on-time", "value": 82}]', "not-an-extract"),
    (b'\xef\xbb\xbf{\n  "figures": []}', "not-an-extract"),
    (b'ID;PWXL;N;E\nC;Y1;X1;K"measure_id"\n', "not-an-extract"),
    (b'TABLE\r\n0,1\r\n"EXCEL"\r\n', "not-an-extract"),
    (b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n", "not-an-extract"),
    ("\ufeff<html><table>".encode("utf-16-le"), "not-an-extract"),
    (b"\xff\xfe\0\0" + HEAD.encode("utf-32-le"), "unreadable-encoding"),
    (b"PK\x03\x04 and nothing more", "damaged-workbook"),
    (b"measure_id,period,value\nvisits-on-time,2020-08,\x81\n", "unreadable-encoding"),
    (b'measure_id,period,value\nvisits-on-time,2020-08,"82\nplans-number,2020-08,1\n', "unclosed-quote"),
    (b"measure_id,period,value\n" + b"a" * 200_000 + b",2020-08,82\n", "cell-too-long"),
    (b"measure_id,period,value" + b",a" * 250 + b"\n", "too-many-columns"),
    (b"measure_id,period,value" + b"," * 5_000_000, "too-many-columns"),
    (HEAD.encode() + b'a,"a\n",' * 600_000, "too-many-columns"),
    (b"measure_id,period,value\n" + b"a,b,c\n" * 500_100, "too-many-rows"),
    (HEAD.encode() + b"\n" * 2_500_000, "too-many-rows"),
    (b"a" * 50_000_001, "file-too-large"),
]


@pytest.mark.parametrize(("content", "code"), REFUSED, ids=[code for _, code in REFUSED])
def test_what_is_no_table_is_refused_by_one_finding(content, code, check) -> None:
    checked = check(content)
    assert checked.refused
    assert list(checked.findings.counts) == [code]


def test_rows_are_numbered_as_the_spreadsheet_shows_them(check) -> None:
    checked = check('measure_id,period,value,note\nvisits-on-time,2020-08,82,"two\nlines"\n\nno-such,2020-08,1,\n')
    assert [(finding.code, finding.row) for finding in checked.errors] == [("unknown-measure", 4)]


def test_a_few_nul_characters_are_named_by_row(check) -> None:
    filler = "visits-on-time,2020-08,82\n"
    checked = check(HEAD + filler + "plans-number\0,2020-08,1\n")
    assert ("binary-content", 3) in [(finding.code, finding.row) for finding in checked.errors]


def test_a_workbook_gives_values_dates_and_shown_errors(check, workbook) -> None:
    book = workbook({"F": [["measure_id", "period", "value"], ["visits-on-time", date(2020, 8, 1), "=A1"],
                           ["plans-number", "Aug-20", "=NA()"], ["plans-rate", 44044, 82.5]]})  # fmt: skip
    checked = check(book, "figures.xlsx")
    findings = [(finding.code, finding.row, finding.found) for finding in checked.findings]
    assert ("unreadable-value", 3, "#N/A") in findings
    assert ("unreadable-period", 4, "44044") in findings
    assert ("formulas-read-as-values", None, "2 formulas") in findings
    good = workbook({"F": [["measure_id", "period", "value"], ["visits-on-time", date(2020, 8, 1), "=A1"]]})
    assert check(good, "figures.xlsx").observations["value"].tolist() == [50]


TABLE = [["measure_id", "period", "value"], ["visits-on-time", "2020-08", 82]]


def test_the_sheet_with_a_header_is_taken_and_others_are_named(check, workbook) -> None:
    book = workbook({"Notes": [["Read me"]], "July": TABLE, "August": TABLE, "Old": TABLE}, hidden=("Old",))
    checked = check(book, "figures.xlsx")
    assert (checked.sheet, checked.sheets) == ("July", ("Notes", "July", "August", "Old"))
    assert [(finding.code, finding.found) for finding in checked.warnings] == [("several-sheets", "August")]
    assert check(book, "figures.xlsx", sheet="August").sheet == "August"
    assert not check(book, "figures.xlsx", sheet="August").warnings
    missing = check(book, "figures.xlsx", sheet="Agust")
    assert missing.errors[0].code == "no-such-sheet"
    assert "'August'" in missing.errors[0].remedy
    assert missing.sheets == checked.sheets


COVER, REPORT = [["Our report"], ["Run on", date(2020, 9, 2)]], [["Indicator", "%"], ["Visits", 82], ["Plans", 7]]
DEFINITIONS = [["Word", "What it means"], *[["visit", "a visit that was made on time"]] * 20]


@pytest.mark.parametrize(
    ("hidden", "taken"),
    [
        ((), "Report"),
        (("Report",), "Cover"),  # what somebody hid isn't what they meant, while another can be seen
        (("Cover", "Definitions"), "Report"),
    ],
)
def test_where_no_sheet_has_a_header_the_one_with_the_most_numbers_is_taken(hidden, taken, check, workbook) -> None:
    sheets = {"Cover": COVER, "Definitions": DEFINITIONS, "Report": REPORT}
    checked = check(workbook(sheets, hidden=hidden), "report.xlsx")
    assert (checked.sheet, [finding.code for finding in checked.errors]) == (taken, ["no-measure-id"])


def test_a_sheet_that_lists_the_columns_is_not_taken_for_the_figures(check, workbook) -> None:
    notes = [["Column", "Meaning"], ["measure_id", "which measure"], ["period", "which month"]]
    checked = check(workbook({"Read me": notes, "F": TABLE}), "figures.xlsx")
    assert (checked.sheet, list(checked.findings.counts)) == ("F", [])


def test_the_content_decides_not_the_name(check, workbook) -> None:
    assert check(workbook({"F": TABLE}), "figures.csv").findings[0].code == "wrong-extension"
    assert check(GOOD, "figures.xlsx").findings[0].code == "wrong-extension"
    assert not check(GOOD, "figures.xlsx").refused


def test_a_table_may_start_lower_and_further_right(check, workbook) -> None:
    rows = [["Our report"], [], *([None, *row] for row in TABLE)]
    checked = check(workbook({"F": rows}), "figures.xlsx")
    assert [(finding.code, finding.row) for finding in checked.findings] == [("title-rows", 3)]
    assert checked.observations["value"].tolist() == [82]


PERCENT_FORMATS = [  # of a cell that holds 0.82, and what it is read as
    ("0%", "82%"),
    ("0.00%", "82%"),
    ("0.0%;[Red]-0.0%", "82%"),
    ("General", "0.82"),
    ('0.00"%"', "0.82"),  # a % sign that is only printed
    (r"0.00\%", "0.82"),
]


@pytest.mark.parametrize(("number_format", "read"), PERCENT_FORMATS)
def test_a_cell_that_is_shown_as_a_percentage_is_read_as_it_is_shown(number_format, read, tmp_path) -> None:
    path = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet, shown = book.add_worksheet(), book.add_format({"num_format": number_format})
        for column, name in enumerate(["measure_id", "period", "value"]):
            sheet.write(2, column + 30, name)
        for row, value in enumerate([0.82, 1, 0.075], 3):
            sheet.write_row(row, 30, ["visits-on-time", f"2020-0{row}"])
            sheet.write(row, 32, value, shown)
        sheet.write_row(6, 30, ["visits-on-time", "2020-06"])
        sheet.write_formula(6, 32, "=AG4", shown, 0.29)
    records = read_table(path.read_bytes(), "book.xlsx").records
    texts = [records[row][32] for row in range(3, 7)]
    expected = ["82%", "100%", "7.5%", "29%"] if read == "82%" else ["0.82", "1", "0.075", "0.29"]
    assert texts == expected


@pytest.mark.parametrize(("above", "left"), [(0, 0), (1, 0), (3, 0), (0, 2), (18, 5), (300, 0)])
def test_rows_are_numbered_as_the_sheet_shows_them_wherever_its_first_cell_is(above, left, check, workbook) -> None:
    rows = [[]] * above + [[None] * left + row for row in [*TABLE, [], ["no-such", "2020-08", 1]]]
    checked = check(workbook({"F": rows}), "figures.xlsx")
    assert [(finding.code, finding.row) for finding in checked.errors] == [("unknown-measure", above + 4)]
