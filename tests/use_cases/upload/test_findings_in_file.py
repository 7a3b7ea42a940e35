"""The file's own rows beside its findings; never those of a file that may tell of a child."""

from __future__ import annotations

from datetime import date

import pytest

from scorecard.use_cases.open_scorecard import Scorecard
from scorecard.use_cases.upload.findings_in_file import excerpt, may_tell_of_a_child
from scorecard.use_cases.upload.submit_extract import preview_extract
from tests.conftest import IN_ONE_DATABASE


@IN_ONE_DATABASE
@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("measure_id,period,value\nadoption,2020-08,2\n", True),
        ("measure_id,period,value,forename\nadoption,2020-08,2,Alex\n", False),
        ("measure_id,period,value,note\nadoption,2020-08,2,NHS 943 476 5919\n", False),
    ],
)
def test_rows_are_shown_again_only_where_nothing_tells_of_a_child(opened: Scorecard, text: str, shown: bool) -> None:
    previewed = preview_extract(opened, "a.csv", text.encode(), today=date(2020, 9, 10))
    assert previewed.checked.refused
    rows = excerpt(previewed.content, previewed.checked, tuple(previewed.checked.findings), previewed.layout, 10)
    assert (rows is not None) == shown == (not may_tell_of_a_child(previewed.checked))
    assert "Alex" not in previewed.checked.findings.to_csv().decode("utf-8-sig")


@IN_ONE_DATABASE
@pytest.mark.parametrize(
    ("header", "row", "most", "shown", "cut"),
    [
        (
            "measure_id,period,value,colour",
            "adoption,2020-08,2,red",
            10,
            ("measure_id", "period", "value", "colour"),
            0,
        ),
        ("measure_id,period,value,colour", "adoption,2020-08,2,red", 3, ("measure_id", "period", "value"), 1),
        ("colour,shape,size,measure_id,period,value", "r,s,1,adoption,2020-08,2", 2, ("colour", "measure_id"), 4),
        ("colour,shape,measure_id,period,value", "r,s,adoption,2020-13,two", 3, ("measure_id", "period", "value"), 2),
    ],
)
def test_the_columns_that_findings_are_about_are_shown_and_the_first_beside_them(
    opened: Scorecard, header: str, row: str, most: int, shown: tuple[str, ...], cut: int
) -> None:
    previewed = preview_extract(opened, "a.csv", f"{header}\n{row}\n".encode(), today=date(2020, 9, 10))
    findings = tuple(finding for finding in previewed.checked.findings if finding.row == 2)
    rows = excerpt(previewed.content, previewed.checked, findings, None, most)
    assert rows is not None
    assert (rows.header, rows.cut) == (shown, cut)
