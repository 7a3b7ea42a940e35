"""Every version of a figure, with how long it stood."""

from __future__ import annotations

from datetime import date

from scorecard.use_cases.open_scorecard import Scorecard
from scorecard.use_cases.upload.history import accepted_about, accepted_warnings, versions
from scorecard.use_cases.upload.submit_extract import preview_extract, submit_extract
from scorecard.use_cases.upload.withdraw_extract import withdraw_extract
from scorecard.use_cases.view.measures import view_measures
from tests.conftest import WHEN


def standing_figures(opened: Scorecard) -> list[tuple[str, float, bool]]:
    rows = versions(opened, view_measures(opened), "adoptions")
    return [
        (row.origin, row.value, row.recorded_to is None or row.recorded_to != row.recorded_to)
        for row in rows.itertuples()
    ]


def test_the_plan_s_figure_stands_until_an_extract_replaces_it_and_again_when_that_is_withdrawn(
    opened: Scorecard,
) -> None:
    assert standing_figures(opened) == [("plan", 2, True)]
    text = b"measure_id,period,value\nadoptions,2020-07,3\n"
    previewed = preview_extract(opened, "a.csv", text, today=date(2020, 9, 10))
    receipt = submit_extract(opened, previewed, when=WHEN, reason="Correction")
    assert standing_figures(opened) == [("plan", 2, False), ("extract", 3, True)]
    sent = versions(opened, view_measures(opened), "adoptions").iloc[-1]
    assert (sent["file_name"], sent["who"], sent["submitted_at"].date()) == ("a.csv", "tester", WHEN.date())
    withdraw_extract(opened, receipt.extract_id, when=WHEN, reason="wrong")
    assert standing_figures(opened) == [("plan", 2, True), ("extract", 3, False)]


def test_an_accepted_warning_is_told_with_its_reason_by_its_extract_and_its_measure_until_it_is_withdrawn(
    opened: Scorecard,
) -> None:
    text = b"measure_id,period,value\nadoptions,2020-08,2.5\nedge-of-care-referrals,2020-08,545.5\n"
    previewed = preview_extract(opened, "a.csv", text, today=date(2020, 9, 10))
    reasons = ["Correction", "Late recording"]
    receipt = submit_extract(opened, previewed, when=WHEN, reasons=reasons)
    title = "A count that is no whole number"
    warnings = accepted_warnings(opened, receipt.extract_id)
    assert list(zip(warnings["title"], warnings["found"], warnings["reason"], strict=True)) == [
        (title, "2.5", "Correction"),
        (title, "545.5", "Late recording"),
    ]
    of_measure = accepted_about(opened, "edge-of-care-referrals")
    assert of_measure[["extract_id", "title", "reason"]].to_numpy().tolist() == [
        [receipt.extract_id, title, "Late recording"]
    ]
    assert accepted_about(opened, "agency-workers").empty
    withdraw_extract(opened, receipt.extract_id, when=WHEN, reason="wrong")
    assert accepted_about(opened, "adoptions").empty
