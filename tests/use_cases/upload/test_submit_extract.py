"""A file is checked, previewed, stored and taken back, as the data team does it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from scorecard.store import UnknownExtract
from scorecard.use_cases.open_scorecard import Scorecard
from scorecard.use_cases.upload.submit_extract import Preview, preview_extract, submit_extract
from scorecard.use_cases.upload.withdraw_extract import withdraw_extract
from scorecard.use_cases.view.measures import view_measures
from tests.conftest import IN_ONE_DATABASE, WHEN

TODAY = date(2020, 9, 10)
AUGUST = "measure_id,period,value\ncontacts-becoming-referrals,2020-08,20%\nadoptions,2020-08,2\n"


def preview(opened: Scorecard, text: str, name: str = "august.csv") -> Preview:
    return preview_extract(opened, name, text.encode(), today=TODAY)


def value(opened: Scorecard, measure: str) -> float:
    rows = view_measures(opened).measures.set_index("measure_id")
    return float(rows.loc[measure, "value"])


def test_a_good_file_is_previewed_then_stored_and_shown(opened: Scorecard) -> None:
    previewed = preview(opened, AUGUST)
    assert not previewed.checked.refused
    assert list(previewed.changes["kind"]) == ["new", "new"]
    status = previewed.effects[previewed.effects["what"] == "status"]
    assert status[["measure_id", "before", "after"]].to_numpy().tolist() == [
        ["contacts-becoming-referrals", "missed", "met"]
    ]
    assert view_measures(opened).month.date() == date(2020, 7, 31), "a preview stores nothing"
    receipt = submit_extract(opened, previewed, when=WHEN)
    assert (receipt.new, receipt.revised, receipt.unchanged) == (2, 0, 0)
    assert view_measures(opened).month.date() == date(2020, 8, 31)
    assert value(opened, "contacts-becoming-referrals") == 20


@IN_ONE_DATABASE
@pytest.mark.parametrize(("today", "owed"), [(date(2020, 9, 10), False), (date(2020, 9, 21), True)])
def test_what_a_file_leaves_out_is_owed_once_its_due_day_has_come(opened: Scorecard, today: date, owed: bool) -> None:
    by = {"due_day": 20}
    areas = tuple(
        area.model_copy(update={"measures": tuple(measure.model_copy(update=by) for measure in area.measures)})
        for area in opened.catalogue.service_areas
    )
    agreed = replace(opened, catalogue=opened.catalogue.model_copy(update={"service_areas": areas}))
    after = preview_extract(agreed, "august.csv", AUGUST.encode(), today=today).after.measures.set_index("measure_id")
    assert not after.loc["adoptions", "overdue"]
    assert after.loc["section-47-rate", "overdue"] == owed


def test_the_same_file_again_changes_nothing_and_says_so(opened: Scorecard) -> None:
    first = submit_extract(opened, preview(opened, AUGUST), when=WHEN)
    again = preview(opened, AUGUST)
    assert again.already_held == first.extract_id
    assert submit_extract(opened, again, when=WHEN).already_held
    assert len(opened.store.extracts()) == 1


def test_a_file_with_errors_is_never_stored(opened: Scorecard) -> None:
    previewed = preview(opened, "measure_id,period,value\nno-such-measure,2020-08,1\nadoptions,2020-08,2\n")
    assert previewed.checked.refused
    with pytest.raises(ValueError, match="errors"):
        submit_extract(opened, previewed, when=WHEN)
    assert opened.store.extracts().empty


def test_warnings_need_a_reason_which_is_kept(opened: Scorecard) -> None:
    previewed = preview(opened, "measure_id,period,value\ncontacts-becoming-referrals,2020-08,0.2\n")
    assert previewed.checked.warnings, "0.2 for 20% looks like the wrong unit"
    with pytest.raises(ValueError, match="warnings"):
        submit_extract(opened, previewed, when=WHEN)
    submit_extract(opened, previewed, when=WHEN, reason="Correction: it is so")
    extract = opened.store.extracts().iloc[0]
    assert extract["reason"] == "Correction: it is so"
    assert {warning["code"] for warning in opened.store.accepted([1])} == {
        finding.code for finding in previewed.checked.warnings
    }


@IN_ONE_DATABASE
def test_the_plan_s_own_figures_sent_as_an_extract_are_unchanged(opened: Scorecard) -> None:
    previewed = preview(
        opened, "measure_id,period,value\ncontacts-becoming-referrals,2020-07,26%\nadoptions,2020-07,2\n"
    )
    assert list(previewed.changes["kind"]) == ["unchanged", "unchanged"]
    assert previewed.effects.empty


def test_withdrawing_restores_what_was_there_before(opened: Scorecard) -> None:
    submit_extract(opened, preview(opened, AUGUST), when=WHEN)
    text = "measure_id,period,value\ncontacts-becoming-referrals,2020-08,22%\n"
    second = submit_extract(opened, preview(opened, text, "b.csv"), when=WHEN, reason="Correction")
    assert value(opened, "contacts-becoming-referrals") == 22
    withdraw_extract(opened, second.extract_id, when=WHEN, reason="wrong month")
    assert value(opened, "contacts-becoming-referrals") == 20
    again = submit_extract(opened, preview(opened, text, "b.csv"), when=WHEN, reason="Correction")
    assert not again.already_held
    assert value(opened, "contacts-becoming-referrals") == 22


@pytest.mark.parametrize("reason", ["", "   "])
def test_withdrawing_needs_a_reason(opened: Scorecard, reason: str) -> None:
    submit_extract(opened, preview(opened, AUGUST), when=WHEN)
    with pytest.raises(ValueError, match="why"):
        withdraw_extract(opened, 1, when=WHEN, reason=reason)
    assert value(opened, "contacts-becoming-referrals") == 20


def test_an_extract_that_is_not_there_can_t_be_withdrawn(opened: Scorecard) -> None:
    with pytest.raises(UnknownExtract):
        withdraw_extract(opened, 7, when=WHEN, reason="x")


def test_an_earlier_moment_shows_what_was_known_then(opened: Scorecard) -> None:
    submit_extract(opened, preview(opened, AUGUST), when=WHEN)
    before = view_measures(opened, as_known_at=WHEN - timedelta(seconds=1))
    assert before.month.date() == date(2020, 7, 31)
    assert before.known_at is not None
    assert before.known_at < WHEN


@IN_ONE_DATABASE
def test_a_measure_the_source_sent_last_month_and_lacks_now_is_a_warning(opened: Scorecard) -> None:
    both = "measure_id,period,value\nadoptions,2020-08,2\ndays-to-adoptive-family,2020-08,300\n"
    submit_extract(opened, preview(opened, both), when=WHEN)
    previewed = preview_extract(
        opened, "s.csv", b"measure_id,period,value\nadoptions,2020-09,3\n", today=date(2020, 10, 10)
    )
    assert previewed.source == "Regional adoption agency"
    assert "measure-missing" in previewed.checked.findings.counts


class Left(BaseException):
    """What ends a page's script half way, such as a closed browser."""


def test_how_far_a_load_is_is_told_in_order_and_to_its_end(opened: Scorecard) -> None:
    steps: list[tuple[str, float]] = []
    rows = "".join(
        f"adoptions,{1990 + n // 12}-{n % 12 + 1:02d},1,E{area:08d}\n" for area in range(40) for n in range(150)
    )
    text = "measure_id,period,value,area\n" + rows
    previewed = preview_extract(
        opened, "many.csv", text.encode(), today=TODAY, progress=lambda step, share: steps.append((step, share))
    )
    assert [step for step, _ in steps] == [
        "Reading the file (0.2 MB)",
        "Checking the figures beside their history",
        "Comparing the figures with those that are stored",
        "Working out what they do to each measure",
    ]
    shares = [share for _, share in steps]
    assert shares == sorted(set(shares))
    assert 0 <= shares[0] < shares[-1] < 1
    steps.clear()
    submit_extract(
        opened, previewed, when=WHEN, reason="Other", progress=lambda step, share: steps.append((step, share))
    )
    assert steps == [
        ("Storing the figures: 5,000 of 6,000", 5_000 / 6_000),
        ("Storing the figures: 6,000 of 6,000", 1.0),
    ]


@pytest.mark.parametrize("left_at", ["5,000", "6,000"])
def test_a_page_that_is_left_while_figures_are_written_stores_nothing(opened: Scorecard, left_at: str) -> None:
    rows = "".join(f"adoptions,2020-08,1,E{area:08d}\n" for area in range(6_000))
    previewed = preview_extract(opened, "many.csv", f"measure_id,period,value,area\n{rows}".encode(), today=TODAY)

    def leave(step: str, share: float) -> None:
        if f": {left_at} of" in step:
            raise Left

    with pytest.raises(Left):
        submit_extract(opened, previewed, when=WHEN, reason="Other", progress=leave)
    assert opened.store.extracts().empty
    assert opened.store.observations().empty
    assert submit_extract(opened, previewed, when=WHEN, reason="Other").new == 6_000, "and sending again is safe"
