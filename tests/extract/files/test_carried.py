"""What a workbook carries beside its figures is named, and apart what of it tells of persons; none of it is shown."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from openpyxl.comments import Comment

from scorecard.extract.check_extract import CheckedExtract

NHS_NUMBER = "943 476 5919"  # an example with a right check digit


def workbook(comment: str | None = None, header: str | None = None, title: str | None = None) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["measure_id", "period", "value"])
    sheet.append(["plans-number", "2020-08", 82])
    if comment:
        sheet["A2"].comment = Comment(comment, "A")
    if header:
        sheet.oddHeader.center.text = header
    if title:
        book.properties.title = title
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ({}, []),
        ({"comment": "Checked by the team"}, [("carries-more", "information", "comments")]),
        (
            {"comment": f"About {NHS_NUMBER}"},
            [("carries-persons", "warning", "comments (an NHS number)")],
        ),
        ({"header": "Page one"}, [("carries-more", "information", "page headers and footers")]),
        ({"title": f"For {NHS_NUMBER}"}, [("carries-persons", "warning", "properties (an NHS number)")]),
    ],
)
def test_what_else_a_workbook_carries_is_named(
    parts: dict[str, str], expected: list[tuple[str, str, str]], check: Callable[..., CheckedExtract]
) -> None:
    checked: Any = check(workbook(**parts), "august.xlsx")
    assert [(finding.code, finding.severity, finding.found) for finding in checked.findings] == expected
    assert len(checked.observations) == 1
    assert not any(NHS_NUMBER in str(finding) for finding in checked.findings)


def renamed(content: bytes, old: str, new: str) -> bytes:
    """The same workbook with a part of another name: Open XML names parts by relations, and a name says nothing."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            text = before.read(name).replace(old.encode(), new.encode())
            after.writestr(name.replace(old, new), text)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("parts", "old", "new", "named"),
    [
        ({"comment": NHS_NUMBER}, "comments/comment1.xml", "said.bin", "comments (an NHS number)"),
        ({"title": NHS_NUMBER}, "docProps/core.xml", "about/x.xml", "properties (an NHS number)"),
        ({"header": NHS_NUMBER}, "worksheets/sheet1.xml", "tabs/one.part", "page headers and footers (an NHS number)"),
    ],
)
def test_a_part_is_known_by_its_relation_whatever_it_is_called(
    parts: dict[str, str], old: str, new: str, named: str, check: Callable[..., CheckedExtract]
) -> None:
    checked: Any = check(renamed(workbook(**parts), old, new), "august.xlsx")
    assert [(finding.code, finding.found) for finding in checked.findings] == [("carries-persons", named)]


def test_what_a_chart_keeps_of_persons_is_named_and_a_chart_alone_is_not(
    check: Callable[..., CheckedExtract],
) -> None:
    for label, expected in ((NHS_NUMBER, [("carries-persons", "other parts (an NHS number)")]), ("MASH", [])):
        buffer = io.BytesIO()
        book = xlsxwriter.Workbook(buffer)
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["measure_id", "period", "value"])
        sheet.write_row(1, 0, ["plans-number", "2020-08", 82])
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=Sheet1!$C$2", "name": label})
        sheet.insert_chart("F2", chart)
        book.close()
        checked: Any = check(buffer.getvalue(), "august.xlsx")
        assert [(finding.code, finding.found) for finding in checked.findings] == expected


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([["Child", "Date of birth"], ["A", "3 May"]], "personal-column"),
        ([["Name", "Post code"], ["A", "SO14"]], "carries-persons"),
        ([["Pupil", "Allocated social worker", "Team"], ["A", "B", "C"]], "carries-persons"),
        ([["Team", "Number of children"], ["MASH", 3]], None),
        ([["Name", "Meaning"], ["value", "the figure"]], None),
    ],
)
def test_a_list_of_persons_on_another_sheet_is_named(
    rows: list[list[Any]], code: str | None, check: Callable[..., CheckedExtract]
) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook()))
    other = book.create_sheet("Other")
    for row in rows:
        other.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    codes = {finding.code for finding in check(buffer.getvalue(), "august.xlsx").findings}
    assert codes - {"personal-column", "carries-persons"} == set()
    assert (code in codes) if code else not codes
