import csv
import io
import zipfile
from datetime import date

import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

from scorecard.catalogue.due_dates import is_due
from scorecard.core.observations import observations_frame
from scorecard.extract.check_extract import check_extract
from scorecard.extract.template import TEMPLATE_COLUMNS, sources, template

AUGUST = date(2020, 8, 1)


def rows_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def test_the_template_has_every_measure_that_is_due(catalogue) -> None:
    ids = [row["measure_id"] for row in rows_of(template(catalogue, AUGUST))]
    assert ids == [
        "visits-on-time",
        "plans-number",
        "plans-rate",
        "sickness-days",
        "referrals-so-far",
        "contacts-so-far",
        "share-so-far",
        "rate-so-far",
        "budget-spent",
    ]
    assert "new-measure" in [row["measure_id"] for row in rows_of(template(catalogue, date(2020, 9, 30)))]
    assert "caseload" in [row["measure_id"] for row in rows_of(template(catalogue, date(2020, 9, 30)))]
    assert "old-measure" in [row["measure_id"] for row in rows_of(template(catalogue, date(2020, 3, 1)))]


@pytest.mark.parametrize(
    ("measure", "month", "due"),
    [("caseload", 3, True), ("caseload", 4, False), ("caseload", 12, True), ("visits-on-time", 4, True)],
)
def test_a_quarterly_figure_is_due_at_the_quarters_end(measure, month, due, catalogue) -> None:
    assert is_due(catalogue.measure(measure), date(2020, month, 15)) is due


def test_the_last_value_is_the_authoritys_own_and_before_the_month(catalogue) -> None:
    known = observations_frame(
        pd.DataFrame(
            {
                "measure_id": ["visits-on-time"] * 3,
                "area": ["E06000045", "E06000045", "E12000008"],
                "period_end": pd.to_datetime(["2020-06-30", "2020-08-31", "2020-07-31"]),
                "months": 1,
                "value": [81.4, 83, 99],
            }
        )
    )
    assert rows_of(template(catalogue, AUGUST, known=known))[0]["last_value"] == "81 (June 2020)"


def test_a_source_gets_its_own_measures_and_an_unknown_one_is_told_which_there_are(catalogue) -> None:
    assert sources(catalogue) == ("Mosaic",)
    assert template(catalogue, AUGUST, source=" mosaic ") == template(catalogue, AUGUST)
    with pytest.raises(ValueError, match="Mosaic"):
        template(catalogue, AUGUST, source="HR")


def test_the_workbook_has_the_same_rows_drop_downs_and_the_same_bytes_each_time(catalogue) -> None:
    content = template(catalogue, AUGUST, kind="xlsx")
    assert content == template(catalogue, AUGUST, kind="xlsx")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name("Figures").to_python()
    assert tuple(rows[0]) == TEMPLATE_COLUMNS
    assert [row[0] for row in rows[1:]] == [row["measure_id"] for row in rows_of(template(catalogue, AUGUST))]
    sheet = zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml")
    assert b'type="list"' in sheet
    assert b"82 [p]" in sheet


def test_filled_in_and_sent_back_it_loads_without_a_finding(catalogue, workbook) -> None:
    rows = rows_of(template(catalogue, AUGUST))
    filled = [{**row, "value": "82.5" if "rate" in row["measure_id"] else "82"} for row in rows]
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, TEMPLATE_COLUMNS)
    writer.writeheader()
    writer.writerows(filled)
    book = workbook({"Figures": [list(TEMPLATE_COLUMNS), *[list(row.values()) for row in filled]]})
    for content, name in ((buffer.getvalue().encode(), "template.csv"), (book, "template.xlsx")):
        checked = check_extract(content, name, catalogue, today=date(2020, 9, 10))
        assert list(checked.findings) == []
        assert len(checked.observations) == len(rows)


def test_sent_back_blank_it_asks_for_each_figure(catalogue) -> None:
    for kind in ("csv", "xlsx"):
        content = template(catalogue, AUGUST, kind=kind)
        checked = check_extract(content, f"template.{kind}", catalogue, today=date(2020, 9, 10))
        assert checked.findings.counts == {"missing-value": 9}
