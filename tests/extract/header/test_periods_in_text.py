"""The month that a heading, a file's name or a column's header says: one, or a question, never another."""

from __future__ import annotations

import pytest

from scorecard.core.periods import month_code
from scorecard.extract.header.period_remedies import quarter_named
from scorecard.extract.header.periods_in_text import header_period, month_in_text

SAID = [
    ("Month: August 2020", "2020-08"),
    ("Report Aug 19 2020", "2020-08"),
    ("mosaic_2020-08", "2020-08"),
    ("report_202008", "2020-08"),
    ("August 2020: performance", "2020-08"),
    ("1 August 2020 to 31 August 2020", "2020-08"),
    ("01/08/2020-31/08/2020", "2020-08"),
    ("Performance report 2020/21 - August 2020", "2020-08"),
    ("2010-11 scorecard, August 2010", "2010-08"),
    ("August 2020 figures, with figures that may change", "2020-08"),
    ("Wednesday, August 12, 2020 9:30:00 AM", "2020-08"),
    ("CSC scorecard 31AUG2020 v2", "2020-08"),
    ("2020-M08 extract", "2020-08"),
    ("From 01/08/2020 to 31/08/2020", "2020-08"),
    ("August 2020 (01/08/2020)", "2020-08"),
    ("Report for\nAugust 2020", "2020-08"),
    ("CLA_2020_08_v2", "2020-08"),
    ("CLA_31_08_2020", "2020-08"),
    ("CLA extract August 2020", "2020-08"),
]
ASKED = [
    ("8/1/2020", "2020-01", "write 2020-08"),
    ("Period 8/1/2020", "2020-01", "write 2020-08"),
    ("01/08/2020", "2020-08", "write 2020-01"),
    ("report_01-08-2020", "2020-08", "write 2020-01"),
    ("Report Aug 19", "2019-08", "is a day"),
    ("Extract date: 13/09/2020", "2020-09", "another month"),
    ("Power BI export 2020-09-03T08_12_44", "2020-09", "another month"),
    ("Report run: August 19, 2020", "2020-08", "another month"),
    ("Rolling 12 months to 31 August 2020", "2020-08", "Rolling"),
    ("Week ending 14/08/2020", "2020-08", "week"),
    ("August 2020 (YTD)", "2020-08", "YTD"),
    ("Week ending 07/08/2020", "2020-08", "week"),
    ("Week ending 07/08/2020", "2020-08", "write 2020-07"),
]
UNCLEAR = [
    ("20200903_August_report", "September 2020 and August"),
    ("20200903_august_report", "September 2020 and august"),
    ("20200603_may_report", "June 2020 and May"),
    ("report-aug", "its year"),
    ("2010-11 annual report", "2010/11"),
    ("2010-11", "2010/11"),
    ("Quarter 1 (April - June 2020)", "2020-21 Q1"),
    ("April - August 2020", "August 2020 and April"),
    ("July 2020 to August 2020", "July 2020 and August 2020"),
    ("Run 05/09/2020 for August 2020", "September 2020 and August 2020"),
    ("Monthly report, August", "its year"),
    ("44074", "31 August 2020"),
    ("CSC scorecard 2020-21 P05", "2020-07"),
    ("Report 31/02/2020", "2020-07"),
    ("2020-08-31 23:00:00", "time of day"),
    ("Aug 19th report", "its year"),
    ("", "2020-07"),
]


@pytest.mark.parametrize(("text", "month"), SAID)
def test_one_month_is_read_among_other_words(text: str, month: str) -> None:
    answer = month_in_text(text)
    assert answer.reading is not None, answer
    assert (month_code(answer.reading.period.end), answer.question) == (month, "")


@pytest.mark.parametrize(("text", "month", "phrase"), ASKED)
def test_a_month_that_may_be_another_is_asked_about(text: str, month: str, phrase: str) -> None:
    answer = month_in_text(text)
    assert answer.reading is not None
    assert month_code(answer.reading.period.end) == month
    assert phrase in answer.question


@pytest.mark.parametrize(("text", "phrase"), UNCLEAR)
def test_no_month_is_taken_where_none_is_clear(text: str, phrase: str) -> None:
    answer = month_in_text(text)
    assert answer.reading is None
    assert phrase in answer.why


@pytest.mark.parametrize(
    ("header", "period"),
    [
        ("Aug-20", "2020-08"), ("August 2020", "2020-08"), ("Aug-20 [note 1]", "2020-08"), ("Aug 2020 (p)", "2020-08"),
        ("Actual Aug-20", "2020-08"), ("Month ending 31/08/2020", "2020-08"), ("As at 31 August 2020", "2020-08"),
        ("Report for August 2020", "2020-08"), ("2019-20 Q1", "2019-06"), ("2019/20", "2020-03"),
        ("Aug-20*", "2020-08"), ("Aug-20 actual", "2020-08"), ("2020-08 outturn", "2020-08"),
        ("Aug 2020 data", "2020-08"), ("Actual\nAug-20", "2020-08"), ("Aug-20¹", "2020-08"), ("To Aug-20", None),
        ("Actual to Aug-20", None),
        ("Target Mar-21", None), ("England Mar-20", None), ("Change since Aug-19", None), ("12 months to Sep-20", None),
        ("Q1 (Apr-Jun 2020)", None), ("Year to Aug-20", None), ("Aug-20 target", None), ("SN Aug-20", None),
        ("Aug-19 to Aug-20", None), ("12 month ending Sep-20", None), ("3 months ending Sep-20", None),
        ("YTD Aug-20", None),
        ("Previous month Jul-20", None), ("Average 2019-20", None), ("Rank Aug-20", None), ("Baseline Nov-19", None),
        ("Aug-20 vs Jul-20", None), ("Direction of travel", None), ("Forecast Mar-21", None), ("RAG Aug-20", None),
    ],
)  # fmt: skip
def test_a_header_is_a_month_where_nothing_beside_it_makes_it_another_s(header: str, period: str | None) -> None:
    reading = header_period(header)
    assert (None if reading is None else month_code(reading.period.end)) == period


@pytest.mark.parametrize(
    ("text", "quarter"),
    [
        ("Apr-Jun 2020", "2020-21 Q1"), ("Qtr 1 2020/21", "2020-21 Q1"), ("2020/21 Quarter 1", "2020-21 Q1"),
        ("Q1 (Apr-Jun 2020)", "2020-21 Q1"), ("January to March 2021", "2020-21 Q4"), ("Oct - Dec 20", "2020-21 Q3"),
        ("Apr-Jul 2020", ""), ("May-Jul 2020", ""), ("August 2020", ""), ("Quarter 1 2019-22", ""),
    ],
)  # fmt: skip
def test_a_quarter_in_words_is_named_as_an_extract_writes_it(text: str, quarter: str) -> None:
    assert quarter_named(text) == quarter
