"""A last change in the future: changes are refused with both times, until the clock is right or the store is mended."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta

import pytest

from scorecard.store import ClockBehind, NothingToMend, open_store, verify_file
from scorecard.store.connection import connect
from tests.store.submitted import at, figures, sent, values_of
from tests.store.test_connection import changes

A, B, C = (figures(("m", "2020-07", value)) for value in (1, 2, 3))


def test_a_last_change_more_than_a_minute_ahead_refuses_every_change_with_both_times(store_url: str) -> None:
    with open_store(store_url) as store:
        store.submit(sent("a", 10), A)
    with open_store(store_url, now=lambda: at(8.9)) as store:
        assert values_of(store.observations()) == {("m", "2020-07"): 1}
        for change in [*changes(store), lambda: store.keep_layout("A", b"a", "Ann", at(8))]:
            with pytest.raises(ClockBehind, match=r"3 August 2020, 09:40:00 UTC.*3 August 2020, 09:38:54 UTC"):
                change()
        assert len(store.acts()) == 1
    with open_store(store_url, now=lambda: at(9)) as store:
        assert store.submit(sent("b", 9), B).revised == 1


def spoiled(store_url: str) -> None:
    """One file sent in time; then the clock ran ten years ahead: two files and a withdrawal, in that order."""
    with open_store(store_url) as store:
        store.submit(sent("a", 0), A)
    ahead = timedelta(days=3650)
    with open_store(store_url, now=lambda: at(9) + ahead) as store:
        store.submit(sent("b", 0, when=at(1) + ahead), B)
        store.submit(sent("c", 0, when=at(2) + ahead), C)
        store.withdraw(3, "Ann", at(3) + ahead, "wrong")
        store.keep_catalogue(b"measures", at(4) + ahead, "Ann")


def triggers(store_url: str) -> list[tuple[str, str]]:
    known = {
        "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name",
        "postgresql": "SELECT tgname, tgenabled::text || tgfoid FROM pg_trigger ORDER BY tgname, tgrelid",
    }
    with closing(connect(store_url)) as database, database.reading() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(known[connection.dialect.name])]


def test_a_spoiled_store_is_mended_by_an_act_that_keeps_what_was(store_url: str) -> None:
    spoiled(store_url)
    before = triggers(store_url)
    clock = [5]
    with open_store(store_url, now=lambda: at(clock[0])) as store:
        mended = store.mend_clock("Ann", "the clock ran ahead")
        assert [moment.year for moment in mended.was] == [2030] * 4
        assert list(mended.now) == sorted(set(mended.now))
        assert at(4.99) < mended.now[0] < mended.now[-1] <= at(5)
        assert store.last_change() == mended.now[-1]
        # What was known when, in the order in which it happened.
        for moment, known in zip((at(0), *mended.now[:3], at(5)), (1, 2, 3, 2, 2), strict=True):
            assert values_of(store.observations(as_known_at=moment)) == {("m", "2020-07"): known}
        act = store.acts().iloc[-1]
        assert (act["who"], act["what"], act["subject"]) == ("Ann", "mended", "clock")
        assert act["detail"]["reason"] == "the clock ran ahead"
        assert [moment["was"][:4] for moment in act["detail"]["moments"]] == ["2030"] * 4
        clock[0] = 6
        assert store.submit(sent("d", 6), C).revised == 1
        assert values_of(store.observations(as_known_at=at(5.5))) == {("m", "2020-07"): 2}
        with pytest.raises(NothingToMend):
            store.mend_clock("Ann", "again")
    assert triggers(store_url) == before
    assert verify_file(store_url).faults == ()


def test_changes_just_before_now_stay_before_those_that_are_mended(store_url: str) -> None:
    with open_store(store_url, now=lambda: at(100)) as store:
        store.submit(sent("a", 5), A)
        store.submit(sent("b", 50), B)
    with open_store(store_url, now=lambda: at(5)) as store:
        mended = store.mend_clock("Ann", "why")
        assert mended.now[0] == at(5) + timedelta(microseconds=1)
        assert values_of(store.observations(as_known_at=at(5))) == {("m", "2020-07"): 1}
        assert values_of(store.observations()) == {("m", "2020-07"): 2}


def test_nothing_is_mended_where_nothing_lies_ahead(store_url: str) -> None:
    store = open_store(store_url)
    with pytest.raises(NothingToMend, match="none yet"):
        store.mend_clock("Ann", "why")
    store.submit(sent("a"), A)
    with pytest.raises(NothingToMend, match="3 August 2020"):
        store.mend_clock("Ann", "why")
    assert len(store.acts()) == 1
