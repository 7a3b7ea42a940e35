"""The months beside the one that is shown are prepared when nobody waits for a page, where pages are served."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from scorecard.access.person import local_person
from scorecard.use_cases.errors import StoreError
from scorecard.use_cases.open_scorecard import (
    CATALOGUE_VARIABLE,
    DATABASE_VARIABLE,
    Scorecard,
    open_scorecard,
    settings_from,
)
from scorecard.use_cases.upload.submit_extract import preview_extract, submit_extract
from scorecard.use_cases.view import prepare_months, shared
from scorecard.use_cases.view.prepare_months import Preparation, nearest
from scorecard.use_cases.view.shared import shared_view
from tests.catalogue.small_catalogue import SMALL

WITHIN = 60.0  # seconds: a guard, never waited for
NEVER = 3600.0


def begun(quiet: float = 0.0, long_quiet: float = 0.0) -> Preparation:
    preparation = Preparation(quiet, long_quiet)
    preparation.begin()
    return preparation


def test_pieces_are_done_one_after_the_other_in_the_order_asked() -> None:
    done: list[int] = []
    preparation = begun()
    preparation.ask([lambda number=number: done.append(number) for number in range(5)])  # type: ignore[misc]
    assert preparation.finish(WITHIN)
    assert done == [0, 1, 2, 3, 4]


def test_nothing_is_done_while_somebody_waits_for_a_page_nor_until_it_was_quiet() -> None:
    done = threading.Event()
    preparation = begun()
    with preparation.page():
        preparation.ask([done.set])
        assert not done.wait(0.2)
    assert done.wait(WITHIN)
    busy = begun(quiet=NEVER)
    busy.ask([done.clear])
    assert not busy.finish(0.2)
    assert done.is_set()


def test_what_can_wait_is_done_after_the_rest_once_it_is_quiet_for_longer() -> None:
    done: list[str] = []
    preparation = begun()
    preparation.ask([lambda: done.append("soon")], later=[lambda: done.append("later")])
    assert preparation.finish(WITHIN)
    assert done == ["soon", "later"]
    reading, soon = begun(long_quiet=NEVER), threading.Event()
    reading.ask([soon.set], later=[lambda: pytest.fail("it was not quiet for so long")])
    assert soon.wait(WITHIN)
    assert not reading.finish(0.2)


def test_what_is_asked_for_last_replaces_what_was_left_to_do() -> None:
    done: list[str] = []
    preparation = begun()
    with preparation.page():
        preparation.ask([lambda: done.append("before"), lambda: done.append("before")])
        preparation.ask([lambda: done.append("now")])
    assert preparation.finish(WITHIN)
    assert done == ["now"]
    preparation.ask([lambda: done.append("later")])  # after its thread was over
    assert preparation.finish(WITHIN)
    assert done == ["now", "later"]


@pytest.mark.parametrize("error", [StoreError("The store did not answer."), RuntimeError("a fault of ours")])
def test_a_month_that_can_t_be_prepared_ends_it_and_the_next_page_asks_anew(error: Exception) -> None:
    done: list[str] = []

    def fails() -> None:
        raise error

    preparation = begun()
    preparation.ask([fails, lambda: done.append("after it")])
    assert preparation.finish(WITHIN)
    assert done == []
    preparation.ask([lambda: done.append("of the next page")])
    assert preparation.finish(WITHIN)
    assert done == ["of the next page"]


def test_what_a_page_asks_for_while_a_piece_fails_is_done() -> None:
    done: list[str] = []
    preparation = begun()

    def fails_late() -> None:
        preparation.ask([lambda: done.append("of the next page")])
        raise StoreError("The store did not answer.")

    preparation.ask([fails_late, lambda: done.append("after it")])
    assert preparation.finish(WITHIN)
    assert done == ["of the next page"]


def test_where_nobody_is_served_nothing_is_prepared() -> None:
    preparation, threads = Preparation(0.0), threading.active_count()
    preparation.ask([lambda: pytest.fail("prepared for nobody")])
    assert threading.active_count() == threads
    assert preparation.finish(0.0)


@pytest.fixture
def scorecard(tmp_path: Path) -> Iterator[Scorecard]:
    """A small catalogue with figures of March to August 2020."""
    catalogue = tmp_path / "measures.yaml"
    catalogue.write_text(SMALL)
    lines = [f"first-measure,2020-{month:02d},4{month}%\n" for month in range(3, 9)]
    settings = settings_from(
        {DATABASE_VARIABLE: f"sqlite:///{tmp_path / 'scorecard.db'}", CATALOGUE_VARIABLE: str(catalogue)}
    )
    when = datetime(2020, 9, 10, tzinfo=UTC)
    with open_scorecard(settings, local_person("Ann"), when) as opened:
        content = "".join(["measure_id,period,value\n", *lines]).encode()
        preview = preview_extract(opened, "2020-08.csv", content, today=when.date())
        submit_extract(opened, preview, when=when, reason="checked")
        yield opened
    shared._views.forget()


def test_the_latest_month_and_no_month_are_one_view(scorecard: Scorecard) -> None:
    assert shared_view(scorecard, None, None) is shared_view(scorecard, date(2020, 8, 31), None)


def test_the_nearest_months_come_first_and_of_two_the_earlier(scorecard: Scorecard) -> None:
    view = shared_view(scorecard, date(2020, 6, 30), None)
    assert [month.month for month in nearest(view, 4)] == [5, 7, 4, 8]
    assert [month.month for month in nearest(shared_view(scorecard, None, None), 3)] == [7, 6, 5]


def test_who_steps_on_finds_the_month_there(scorecard: Scorecard, monkeypatch: pytest.MonkeyPatch) -> None:
    preparation = begun()
    monkeypatch.setattr(prepare_months, "preparation", preparation)
    shown = shared_view(scorecard, None, None)
    prepare_months.prepare_months(scorecard, shown)
    assert preparation.finish(WITHIN)
    assert {"outlook", "projection"} <= set(vars(shown)), "what a measure's page asks of it"
    monkeypatch.setattr(shared, "view_measures", lambda *asked: pytest.fail(f"assessed anew: {asked[1]}"))
    for month in (7, 6, 5, 4):
        view = shared_view(scorecard, date(2020, month, 31 if month in (5, 7) else 30), None)
        assert view.month.month == month
        assert "overview" in view.memo
    assert shared_view(scorecard, None, None) is shown
