"""What a workbook carries beside its figures is named, and apart what of it tells of persons; none of it is shown."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
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
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


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
    assert [(one.code, one.severity, one.found) for one in checked.findings] == expected
    assert len(checked.observations) == 1
    assert not any(NHS_NUMBER in str(one) for one in checked.findings)
