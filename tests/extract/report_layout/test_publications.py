"""Published statistics by a layout: rows chosen, areas by code, years alone, and the symbols used there."""

from __future__ import annotations

from typing import Any

import pytest

from scorecard.catalogue.models import Catalogue
from scorecard.extract.check_extract import CheckedExtract
from scorecard.extract.report_layout.model import LayoutError, layout_yaml, make_layout, read_layout
from tests.extract.report_layout.test_layouts import check

HEAD = "time_period,geographic_level,country_code,region_code,new_la_code,la_name,population,count,rate,absence\n"
PUBLISHED = (
    HEAD + "2019,National,E92000001,,,,On 31 March,78140,65,3.5\n"
    "2019,National,E92000001,,,,Starting,31760,26,3.5\n"
    "2019,Regional,E92000001,E12000008,,,On 31 March,10200,53,c\n"
    "2019,Local authority,E92000001,E12000008,E06000045,Southampton,On 31 March,481,98,u\n"
    "2019,Local authority,E92000001,E12000008,E06000044,Portsmouth,On 31 March,473,108,z\n"
    "2018,Local authority,E92000001,E12000008,E06000045,Southampton,On 31 March,x,low,low\n"
    "2018,Local authority,E92000001,E12000008,E06000061 / E06000062,Two together,On 31 March,5,6,7\n"
)
LAYOUT: dict[str, Any] = {
    "layout": "Published",
    "source": "Department for Education",
    "header_row": 1,
    "header": HEAD.strip().split(","),
    "only": {"population": "On 31 March"},
    "measures": {"count": "plans-number", "rate": "plans-rate", "absence": "sickness-days"},
    "area": "new_la_code",
    "area_if_blank": ["region_code", "country_code"],
    "areas": ["Southampton", "E12000008", "England"],
    "symbols": {"u": "x", "low": "low"},
    "month": {"stands_in": "column", "column": "time_period", "year_ends": "March"},
}


def answers(catalogue: Catalogue, text: str = PUBLISHED, **changed: Any) -> CheckedExtract:
    return check(catalogue, text, make_layout({**LAYOUT, **changed}))


def figures(checked: CheckedExtract) -> set[tuple[object, ...]]:
    frame = checked.observations.astype({"symbol": "object"})
    columns = [frame[name] for name in ("measure_id", "area", "months", "value", "symbol")]
    return {
        (measure, area, f"{end:%Y-%m}", months, None if value != value else value, symbol or None)
        for measure, area, months, value, symbol, end in zip(
            *columns[:4], columns[4].where(columns[4].notna(), None), frame["period_end"], strict=True
        )
    }


def test_the_rows_areas_years_and_symbols_of_a_publication_are_read(catalogue: Catalogue) -> None:
    checked = answers(catalogue)
    assert not checked.errors, [str(finding) for finding in checked.errors]
    assert not checked.warnings
    assert figures(checked) == {
        ("plans-number", "E92000001", "2019-03", 1, 78140, None),
        ("plans-rate", "E92000001", "2019-03", 1, 65, None),
        ("sickness-days", "E92000001", "2019-03", 12, 3.5, None),
        ("plans-number", "E12000008", "2019-03", 1, 10200, None),
        ("plans-rate", "E12000008", "2019-03", 1, 53, None),
        ("sickness-days", "E12000008", "2019-03", 12, None, "c"),
        ("plans-number", "E06000045", "2019-03", 1, 481, None),
        ("plans-rate", "E06000045", "2019-03", 1, 98, None),
        ("sickness-days", "E06000045", "2019-03", 12, None, "x"),
        ("plans-number", "E06000045", "2018-03", 1, None, "x"),
        ("plans-rate", "E06000045", "2018-03", 1, 0, "low"),
        ("sickness-days", "E06000045", "2018-03", 12, 0, "low"),
    }


def test_without_areas_every_row_that_is_chosen_counts_and_rows_are_numbered_as_in_the_file(
    catalogue: Catalogue,
) -> None:
    checked = answers(catalogue, areas=[])
    assert {(finding.code, finding.row, finding.found) for finding in checked.errors} == {
        ("unknown-area", 8, "E06000061 / E06000062")
    }


YEARS = [  # in the file, when such a year ends, the measure, and the period: its last month and how many
    ("2019", "March", "plans-number", "2019-03", 1),
    ("2019", "September", "sickness-days", "2019-09", 12),
    ("201819", "March", "plans-number", "2019-03", 1),
    ("201819", "August", "sickness-days", "2019-08", 12),
    ("201819", "March", "visits-on-time", "2019-03", 12),
    ("2010", "March", "visits-on-time", "2010-03", 12),  # written 2009-10 it would be a month
    ("2018/19", "March", "plans-number", "2019-03", 1),
    ("2019-06", "March", "plans-number", "2019-06", 1),
    ("2019", "September", "visits-on-time", None, None),  # no month, and no year that can be written
    ("201821", "March", "plans-number", None, None),
    ("2019", None, "plans-number", None, None),
]


@pytest.mark.parametrize(("text", "ends", "measure", "month", "months"), YEARS)
def test_a_year_alone_ends_when_the_layout_says(
    catalogue: Catalogue, text: str, ends: str | None, measure: str, month: str | None, months: int | None
) -> None:
    row = f"{HEAD}{text},Local authority,E92000001,E12000008,E06000045,Southampton,On 31 March,48,9,3\n"
    when = {"stands_in": "column", "column": "time_period"} | ({"year_ends": ends} if ends else {})
    checked = answers(catalogue, row, measures={"count": measure}, month=when, areas=["Southampton"])
    if month is None:
        assert [(finding.code, finding.row, finding.column) for finding in checked.errors] == [
            ("unreadable-period", 2, "time_period")
        ]
        return
    assert not checked.errors
    assert [(period, length) for _, _, period, length, _, _ in figures(checked)] == [(month, months)]


def test_what_rows_are_chosen_by_and_no_row_has_is_said(catalogue: Catalogue) -> None:
    checked = answers(catalogue, areas=["Southampton", "E06000046"], only={"population": ["On 31 March", "Ceasing"]})
    assert [(finding.code, finding.column, finding.found) for finding in checked.warnings] == [
        ("layout-label-missing", "population", "Ceasing"),
        ("layout-label-missing", "new_la_code", "E06000046"),
    ]
    nothing = answers(catalogue, only={"population": "Ceasing"})
    assert "no-rows" in nothing.findings.counts
    assert nothing.refused


def test_labels_and_rows_without_one_are_asked_for_only_where_rows_are_chosen(catalogue: Catalogue) -> None:
    text = "Years,Data item,Area,Values\n2019,Plans,Southampton,7.0000000000000007E-2\n2019,Other,Southampton,1\n"
    text += "2019,Plans,Hampshire,5\n2019,,Hampshire,5\n"
    checked = answers(
        catalogue, text, header=["Years", "Data item", "Area", "Values"], labels_in=["Data item"], value="Values",
        only={"Data item": ["Plans"]}, area="Area", area_if_blank=[], areas=["Southampton"], symbols={},
        measures={"Plans": "plans-rate"}, month={"stands_in": "column", "column": "Years", "year_ends": "March"},
    )  # fmt: skip
    assert not checked.errors, [str(finding) for finding in checked.errors]
    assert figures(checked) == {("plans-rate", "E06000045", "2019-03", 1, 0.07, None)}


def test_more_figures_than_are_read_are_refused_by_one_finding(
    catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scorecard.extract.limits.MOST_ROWS", 11)
    assert answers(catalogue).findings.counts == {"too-many-rows": 1, "read-by-layout": 1}
    monkeypatch.setattr("scorecard.extract.limits.MOST_ROWS", 12)
    assert not answers(catalogue).refused


def test_the_layout_survives_its_yaml() -> None:
    how = make_layout(LAYOUT)
    assert read_layout(layout_yaml(how)) == how


@pytest.mark.parametrize(
    ("changed", "phrase"),
    [
        ({"area": None}, "need 'area'"),
        ({"only": {"level": "National"}}, "no column 'level'"),
        ({"only": {"population": []}}, "only.population"),
        ({"month": {"stands_in": "asked", "year_ends": "March"}}, "'year_ends' goes with"),
        ({"month": {"stands_in": "column", "column": "time_period", "year_ends": "Mar"}}, "year_ends"),
    ],
)
def test_a_choice_that_can_t_be_made_is_said(changed: dict[str, Any], phrase: str) -> None:
    with pytest.raises(LayoutError) as raised:
        make_layout({**LAYOUT, **changed})
    assert phrase in str(raised.value)
