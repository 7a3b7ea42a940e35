"""A source's own report: shown once, read untouched the next month, and stopped with what changed."""

from __future__ import annotations

from typing import Any

import pytest

from scorecard.catalogue.models import Catalogue
from scorecard.core.observations import observations_frame
from scorecard.core.periods import parse_period
from scorecard.extract.check_extract import CheckedExtract
from scorecard.extract.check_report import check_report, recognise
from scorecard.extract.files.sent_file import SentFile
from scorecard.extract.header.periods_in_text import periods_in
from scorecard.extract.parse.rows import EarlierFigures
from scorecard.extract.report_layout.model import LayoutError, ReportLayout, layout_yaml, make_layout, read_layout
from tests.extract.conftest import TODAY

REPORT = """Mosaic monthly performance,,,,
Month: August 2020,,,,
,,,,
Ref,Indicator,Num,Den,Actual
,CHILDREN IN NEED,,,
1,Visits on time,40,50,80%
2,Plans,,,426
,Total,,,99
,* figures are provisional,,,
"""
LAYOUT = {
    "layout": "Mosaic monthly",
    "source": "Mosaic reports",
    "header_row": 4,
    "header": ["Ref", "Indicator", "Num", "Den", "Actual"],
    "labels_in": ["Indicator"],
    "measures": {"Visits on time": "visits-on-time", "Plans": "plans-number"},
    "ignored": ["Total"],
    "value": "Actual",
    "numerator": "Num",
    "denominator": "Den",
    "month": {"stands_in": "cell", "cell": "A2"},
}


IN_A_COLUMN = REPORT.replace("\n1,", "\nAug-20,").replace("\n2,", "\nReport for August 2020,")


def layout(**changed: Any) -> ReportLayout:
    return make_layout({name: value for name, value in {**LAYOUT, **changed}.items() if value is not None})


NOTHING_KNOWN = EarlierFigures(observations_frame(), None, None)


def check(
    catalogue: Catalogue, text: str | bytes, how: ReportLayout | None = None, name: str = "report.csv", **more: Any
) -> CheckedExtract:
    content = text.encode() if isinstance(text, str) else text
    return check_report(SentFile(content, name), catalogue, how or layout(), TODAY, lambda _: NOTHING_KNOWN, **more)


def figures(checked: CheckedExtract) -> list[tuple[str, str, float]]:
    frame = checked.observations
    return [
        (measure, f"{end:%Y-%m}", value)
        for measure, end, value in zip(frame["measure_id"], frame["period_end"], frame["value"], strict=True)
    ]


def findings_of(checked: CheckedExtract) -> list[tuple[str, int | None, str]]:
    return [
        (finding.code, finding.row, finding.found) for finding in checked.findings if finding.severity != "information"
    ]  # fmt: skip


def test_a_report_without_measure_ids_is_read_as_its_layout_says(catalogue: Catalogue) -> None:
    checked = check(catalogue, REPORT)
    assert findings_of(checked) == []
    assert figures(checked) == [("visits-on-time", "2020-08", 80), ("plans-number", "2020-08", 426)]
    assert checked.observations["numerator"].tolist()[0] == 40
    assert checked.sources == ("Mosaic reports",)
    assert checked.findings.counts == {"read-by-layout": 1}


def test_next_month_s_report_of_the_same_shape_is_recognised(catalogue: Catalogue) -> None:
    other = layout(
        layout="Other", header=["Area", "Measure", "Actual"], labels_in=["Measure"], numerator=None, denominator=None
    )
    july = REPORT.replace("August", "July").replace("80%", "84%").replace("40,50", "42,50")
    match = recognise(SentFile(july.encode(), "july.csv"), [other, layout(), other])
    assert match is not None
    assert (match.layout.name, match.exact) == ("Mosaic monthly", True)
    assert figures(check(catalogue, july))[0] == ("visits-on-time", "2020-07", 84)


@pytest.mark.parametrize(
    ("old", "new", "code", "row", "phrase"),
    [
        ("Num,Den", "Numerator,Den", "layout-column-missing", 4, "Is it 'Numerator' now?"),
        ("Den,Actual", "Den,Outcome", "layout-column-missing", 4, "Is it 'Outcome' now?"),
        ("Ref,Indicator,Num,Den,Actual", "Ref,Indicator,Num,Den", "layout-column-missing", 4, "no column 'Actual'"),
        ("Month: August 2020,,,,\n", "Month: August 2020,,,,\nRun 1,,,,\n", "layout-header-moved", 5, "row 4"),
        ("1,Visits on time", "1,Visits made on time", "layout-label-unknown", 6, "Did you mean 'Visits on time'?"),
        ("Month: August 2020", "Monthly", "layout-month-unclear", None, "cell A2"),
        ("Month: August 2020", "July 2020 to August 2020", "layout-month-unclear", None, "cell A2"),
        ("Ref,", "Forename,", "personal-column", 4, "Delete the column"),
        ("Num,Den", "Num,Num", "layout-column-missing", 4, "Den"),
        ("Ref,Indicator", "Den,Indicator", "duplicate-header", 4, "one of the two"),
        ("1,Visits on time", "1,", "missing-measure", 6, "no label"),
        (",,,426", ",,,about 4", "unreadable-value", 7, "[x]"),
        ("40,50,80%", "40,50,82%", "ratio-disagrees", 6, "The numbers give 80"),
    ],
)  # fmt: skip
def test_a_report_that_changed_is_stopped_with_what_changed(
    catalogue: Catalogue, old: str, new: str, code: str, row: int | None, phrase: str
) -> None:
    assert old in REPORT
    checked = check(catalogue, REPORT.replace(old, new))
    assert checked.refused
    fitting = [finding for finding in checked.findings if (finding.code, finding.row) == (code, row)]
    assert fitting, list(map(str, checked.findings))
    assert phrase in fitting[0].remedy


def test_faults_name_the_report_s_own_rows_and_columns(catalogue: Catalogue) -> None:
    checked = check(catalogue, REPORT.replace("40,50,80%", "60,50,120%"))
    assert {(finding.code, finding.row, finding.column) for finding in checked.errors} == {
        ("numerator-over-denominator", 6, "Num"),
        ("over-maximum", 6, "Actual"),
    }
    blank = check(catalogue, REPORT.replace(",,,426", ",,,"))
    assert [(finding.code, finding.row, finding.column) for finding in blank.errors] == [("missing-value", 7, "Actual")]


def test_a_new_column_and_a_missing_label_are_doubts(catalogue: Catalogue) -> None:
    more = REPORT.replace("Den,Actual", "Den,Actual,Adjusted")
    assert findings_of(check(catalogue, more)) == [("layout-column-new", 4, "Adjusted")]
    fewer = REPORT.replace("2,Plans,,,426\n", "")
    checked = check(catalogue, fewer)
    assert findings_of(checked) == [("layout-label-missing", None, "Plans")]
    assert checked.warnings[0].measure_id == "plans-number"
    either = layout(measures=LAYOUT["measures"] | {"CP plans": "plans-number"})  # type: ignore[operator]
    assert findings_of(check(catalogue, REPORT, either)) == [], "another label of the same measure will do"


def test_a_layout_that_means_an_unknown_measure_names_the_nearest(catalogue: Catalogue) -> None:
    wrong = layout(measures={"Visits on time": "visit-on-time", "Plans": "plans-number"})
    checked = check(catalogue, REPORT, wrong)
    assert [(finding.code, finding.found) for finding in checked.errors] == [
        ("layout-measure-unknown", "Visits on time")
    ]
    assert "Did you mean visits-on-time?" in checked.errors[0].remedy


@pytest.mark.parametrize(
    ("month", "text", "name", "more"),
    [
        ({"stands_in": "file_name"}, REPORT, "mosaic_2020-08.csv", {}),
        ({"stands_in": "file_name"}, REPORT, "Mosaic Aug 20 v2.csv", {}),
        ({"stands_in": "column", "column": "Ref"}, IN_A_COLUMN, "r.csv", {}),
        ({"stands_in": "asked"}, REPORT, "r.csv", {"month": parse_period("2020-08")}),
        ({"stands_in": "cell", "cell": "D1"}, REPORT, "r.csv", {"month": parse_period("2020-08")}),
    ],
)  # fmt: skip
def test_the_month_stands_in_many_places(
    catalogue: Catalogue, month: dict[str, str], text: str, name: str, more: dict[str, Any]
) -> None:
    checked = check(catalogue, text, layout(month=month), name, **more)
    assert findings_of(checked) == []
    assert [month for _, month, _ in figures(checked)] == ["2020-08", "2020-08"]


def test_a_month_asked_for_must_not_contradict_the_report(catalogue: Catalogue) -> None:
    checked = check(catalogue, REPORT, month=parse_period("2020-07"))
    assert [finding.code for finding in checked.errors] == ["layout-month-unclear"]
    assert check(catalogue, REPORT, layout(month={"stands_in": "asked"})).findings.counts["layout-month-unclear"] == 1


def test_months_side_by_side_and_labels_in_two_columns(catalogue: Catalogue) -> None:
    text = "Section,Indicator,Jul-20,Aug-20,Sep-20\nIn need,Visits,80,82,\n,Plans,,426,\nLooked after,Visits,1,2,\n"
    how = layout(
        header_row=1, header=["Section", "Indicator", "Jul-20"], labels_in=["Section", "Indicator"], ignored=None,
        value=None, numerator=None, denominator=None, month={"stands_in": "headers"}, symbols={"": "x"},
        measures={
            "In need › Visits": "visits-on-time",
            "In need › Plans": "plans-number",
            "Looked after › Visits": "caseload",
        },
    )  # fmt: skip
    checked = check(catalogue, text, how)
    assert not checked.refused, list(map(str, checked.findings))
    assert figures(checked)[:2] == [("visits-on-time", "2020-07", 80), ("visits-on-time", "2020-08", 82)]
    assert checked.observations["symbol"].tolist()[2] == "x", "what the report writes for 'no figure' is said once"


BESIDE = (
    "Indicator,Jul-20,Aug-20,Target Mar-21,England Mar-20,Q1 (Apr-Jun 2020),12 months to Sep-20,Change since Aug-19"
)


def by_month(header: str = BESIDE) -> ReportLayout:
    return layout(
        header_row=1, header=header.split(","), ignored=["Total"], value=None, numerator=None, denominator=None,
        month={"stands_in": "headers"},
    )  # fmt: skip


def test_what_stands_beside_the_months_is_left_out_and_listed_with_its_figures(catalogue: Catalogue) -> None:
    checked = check(
        catalogue, BESIDE + "\nVisits on time,80,82,95,70,81,80,2\nPlans,4,5,6,7,,4,-1\nTotal,84,87\n", by_month()
    )
    assert findings_of(checked) == []
    assert figures(checked) == [
        ("visits-on-time", "2020-07", 80), ("visits-on-time", "2020-08", 82),
        ("plans-number", "2020-07", 4), ("plans-number", "2020-08", 5),
    ]  # fmt: skip
    (remedy,) = [finding.remedy for finding in checked.findings if finding.code == "read-by-layout"]
    for phrase in (
        "column 'Target Mar-21' (2 figures: 95, 6)", "column 'England Mar-20' (2 figures: 70, 7)",
        "column 'Q1 (Apr-Jun 2020)' (1 figure: 81)", "column '12 months to Sep-20' (2 figures: 80, 4)",
        "column 'Change since Aug-19' (2 figures: 2, -1)", "row 'Total' (2 figures: 84, 87)",
    ):  # fmt: skip
        assert phrase in remedy


def test_a_column_that_is_new_beside_the_months_is_asked_about(catalogue: Catalogue) -> None:
    text = "Indicator,Jul-20,Aug-20,Target Mar-22\nVisits on time,80,82,95\nPlans,4,5,6\n"
    assert findings_of(check(catalogue, text, by_month())) == [("layout-column-new", 1, "Target Mar-22")]


def test_quarters_alone_are_read_and_a_report_without_any_month_says_so(catalogue: Catalogue) -> None:
    quarters = check(catalogue, "Indicator,2019-20 Q4,2020-21 Q1\nVisits on time,80,82\nPlans,4,5\n", by_month())
    assert quarters.observations["months"].tolist() == [3, 3, 3, 3]
    none = check(catalogue, "Indicator,12 months to Sep-20\nVisits on time,80\nPlans,4\n", by_month())
    assert "layout-month-unclear" in none.findings.counts


@pytest.mark.parametrize(
    ("text", "code", "month"),
    [
        ('"Report run: August 19, 2020"', "ambiguous-date", "2020-08"),
        ("Week ending 14/08/2020", "ambiguous-date", "2020-08"),
        ("8/1/2020", "ambiguous-date", "2020-01"),
        ("2010-11 annual report", "layout-month-unclear", None),
        ("Aug 19", "ambiguous-date", "2019-08"),
        ("Aug 20", None, "2020-08"),
    ],
)
def test_a_month_of_the_whole_report_that_may_be_another_is_asked_about(
    catalogue: Catalogue, text: str, code: str | None, month: str | None
) -> None:
    checked = check(catalogue, REPORT.replace("Month: August 2020", text))
    assert [finding.code for finding in checked.findings if finding.severity != "information"] == (
        [code] if code else []
    )
    assert {read_month for _, read_month, _ in figures(checked)} == ({month} if month else set())
    settled = check(catalogue, REPORT.replace("Month: August 2020", text), month=parse_period("2020-08"))
    assert {read_month for _, read_month, _ in figures(settled)} == {"2020-08"}, "a month that is given settles it"
    assert findings_of(settled) == []


@pytest.mark.parametrize(
    ("text", "ends", "periods"),
    [
        ("2008-09", "March", ["2009-03/12", "2009-03/12"]),
        ("2011-12", "March", ["2012-03/12", "2012-03/12"]),
        ("200910", "March", ["2010-03/12", "2010-03/12"]),
        ("2011/12", "March", ["2012-03/12", "2012-03/12"]),
        ("2011-12", "August", []),  # no month of 2011, nor a year to March
    ],
)
def test_a_year_of_a_layout_is_a_year_however_it_is_written(
    catalogue: Catalogue, text: str, ends: str, periods: list[str]
) -> None:
    how = layout(
        header_row=1, header=["Indicator", "Year", "R"], value="R", numerator=None, denominator=None, ignored=None,
        measures={"Visits": "visits-on-time", "Sick": "sickness-days"},
        month={"stands_in": "column", "column": "Year", "year_ends": ends},
    )  # fmt: skip
    observations = check(catalogue, f"Indicator,Year,R\nVisits,{text},80\nSick,{text},8\n", how).observations
    ended = zip(observations["period_end"], observations["months"], strict=True)
    assert [f"{end:%Y-%m}/{months}" for end, months in ended] == periods


def test_measures_side_by_side_with_a_row_a_month(catalogue: Catalogue) -> None:
    text = "Month,Visits %,Visits n,Visits d,Plans\n2020-07,0.8,40,50,420\n2020-08,0.82,41,50,426\nAverage,0.81,,,423\n"
    how = layout(
        header_row=1, header=["Month", "Visits %", "Visits n", "Visits d", "Plans"], labels_in=None,
        ignored=["Average"],
        value=None, numerator=None, denominator=None, month={"stands_in": "column", "column": "Month"}, shares=True,
        measures={
            "Visits %": {
                "measure": "visits-on-time", "numerator": "Visits n", "denominator": "Visits d", "value": "Visits %",
            },
            "Plans": "plans-number",
        },
    )  # fmt: skip
    checked = check(catalogue, text, how)
    assert findings_of(checked) == []
    assert figures(checked) == [
        ("visits-on-time", "2020-07", 80), ("plans-number", "2020-07", 420),
        ("visits-on-time", "2020-08", 82), ("plans-number", "2020-08", 426),
    ]  # fmt: skip


def test_sheets_are_found_renamed_and_told_apart_by_month(catalogue: Catalogue, workbook: Any) -> None:
    rows = [line.split(",") for line in REPORT.splitlines()]
    named = layout(sheet="Summary")
    assert findings_of(check(catalogue, workbook({"Notes": [["x"]], "Summary": rows}), named, "r.xlsx")) == []
    moved = check(catalogue, workbook({"Notes": [["x"]], "Summary 2": rows}), named, "r.xlsx")
    assert [(finding.code, finding.found) for finding in moved.errors] == [("layout-sheet-missing", "Summary")]
    assert "Is it 'Summary 2' now?" in moved.errors[0].remedy
    two = workbook({"A": rows, "B": rows})
    assert findings_of(check(catalogue, two, None, "r.xlsx")) == [("several-sheets", None, "B")]
    monthly = layout(month={"stands_in": "sheet_name"})
    checked = check(catalogue, workbook({"Jul 2020": rows, "Aug 2020": rows}), monthly, "r.xlsx")
    assert (checked.sheet, figures(checked)[0][1]) == ("Aug 2020", "2020-08")
    assert recognise(SentFile(two, "r.xlsx"), [named]) is not None


def test_a_layout_survives_its_yaml(catalogue: Catalogue) -> None:
    how = layout(symbols={"-": "x", "": ":"}, shares=True, note="Ref", sheet="2020")
    text = layout_yaml(how)
    assert read_layout(text) == how
    assert layout_yaml(read_layout(text)) == text
    by_hand = b"layout: A\nsource: B\nheader_row: 1\nheader: [Measure, 2020]\nlabels_in: [Measure]\nvalue: 2020\n"
    by_hand += b"measures: {1: visits-on-time}\nmonth: {stands_in: asked}\n"
    assert read_layout(by_hand).value == "2020"


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("", "no layout"),
        ("- a", "no layout"),
        ("layout: A\n", "source: Field required"),
        (layout_yaml(layout()).decode().replace("layout: Mosaic monthly", "layout: ' '"), "Give the layout a name"),
        (layout_yaml(layout()).decode().replace("layout: Mosaic monthly", 'layout: "a\\u202eb"'), "can't be seen"),
        (layout_yaml(layout()).decode().replace("source: ", "source: " + 101 * "x"), "characters, and 100 can be kept"),
        ("layout: &a A\nsource: *a\n", "Line"),
        (layout_yaml(layout()).decode().replace("value: Actual", "value: Actuals"), "no column 'Actuals'"),
        (layout_yaml(layout()).decode().replace("- Total", "- PLANS"), "'PLANS' is given twice"),
        (layout_yaml(layout()).decode().replace("cell: A2", "cell: AAAA2"), "Line"),
        (layout_yaml(layout()).decode() + "extra: 1\n", "extra"),
        ("\x00", "Line 1"),
    ],
)
def test_a_layout_that_can_t_be_used_says_why(text: str, phrase: str) -> None:
    with pytest.raises(LayoutError) as raised:
        read_layout(text.encode())
    assert phrase in str(raised.value)


def test_a_file_that_is_no_such_report_is_not_recognised(catalogue: Catalogue) -> None:
    for text in ("", "a,b\n1,2\n", "measure_id,period,value\nx,2020-08,1\n", "\x00\x01"):
        assert recognise(SentFile(text.encode(), "x.csv"), [layout()]) is None
    changed = recognise(SentFile(REPORT.replace("Num,", "Number,").encode(), "x.csv"), [layout()])
    assert changed is not None
    assert not changed.exact


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("report_202008.csv", ["2020-08"]),
        ("CSC201 Sept 20", ["2020-09"]),
        ("from 01/08/2020 to 31/08/2020", ["2020-08"]),
        ("Run 05/09/2020 for August 2020", ["2020-09", "2020-08"]),
        ("2020-08-31 00:00", ["2020-08"]),
        ("report 12345678", []),
        ("", []),
    ],
)
def test_months_are_found_in_names(text: str, periods: list[str]) -> None:
    assert [f"{period.end:%Y-%m}" for period in periods_in(text)] == periods
