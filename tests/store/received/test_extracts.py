"""Submissions and withdrawals, one after another."""

from datetime import date
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import update

from scorecard.store import (
    EXTRACT_COLUMNS,
    AlreadyWithdrawn,
    Store,
    StoreDamaged,
    UnknownExtract,
)
from scorecard.store.schema import read_tables
from tests.store.submitted import HERE, at, contents, figures, sent, tampering, values_of

A = figures(("m", "2020-07", 1), ("n", "2020-07", 2))
B = figures(("m", "2020-07", 10))
C = figures(("m", "2020-07", 1))
NAMED_A = sent("a").sha256


def test_the_same_bytes_twice_change_nothing_and_say_so(store: Store) -> None:
    first = store.submit(sent("a", 0), A)
    before = contents(store)
    again = store.submit(sent("a", 5, who="Bob", file_name="other.csv"), A)
    assert (again.already_held, again.extract_id) == (True, first.extract_id)
    assert (again.new, again.revised, again.unchanged, len(again.changes)) == (0, 0, 2, 0)
    assert again.changes.dtypes.equals(first.changes.dtypes)
    assert contents(store) == before
    assert store.extract_holding(NAMED_A, A) == first.extract_id
    assert store.extract_holding("another", A) is None


def test_the_same_bytes_read_otherwise_are_another_extract(store: Store) -> None:
    first = store.submit(sent("a", 0), A)
    other = store.submit(sent("a", 1), B)
    assert not other.already_held, "another sheet or layout reads other figures of them"
    assert [store.extract_holding(NAMED_A, read) for read in (A, B)] == [first.extract_id, other.extract_id]
    assert store.submit(sent("a", 2), A).extract_id == first.extract_id


def test_a_withdrawn_extract_may_be_sent_again(store: Store) -> None:
    first = store.submit(sent("a"), A)
    store.withdraw(first.extract_id, "Ann", at(1), "wrong month")
    assert store.extract_holding(NAMED_A, A) is None
    again = store.submit(sent("a", 2), A)
    assert not again.already_held
    assert again.extract_id != first.extract_id
    assert values_of(store.observations()) == {("m", "2020-07"): 1, ("n", "2020-07"): 2}
    with pytest.raises(AlreadyWithdrawn, match="Extract 1 was already withdrawn by Ann on 3 August 2020, 09:31 UTC"):
        store.withdraw(first.extract_id, "Bob", at(3), "again")


WITHDRAWALS: list[tuple[str, list[str], str, dict[str, Any], dict[str, int]]] = [
    ("the only one: nothing is left", ["A"], "A", {}, {"restored": 0, "removed": 2}),
    ("the latest: what it replaced is back", ["A", "B"], "B", {"m": 1, "n": 2}, {"restored": 1, "removed": 0}),
    ("an earlier one: a later one stands", ["A", "B"], "A", {"m": 10}, {"restored": 0, "removed": 1}),
    ("a later one that said the same stands", ["A", "C"], "A", {"m": 1}, {"restored": 0, "removed": 1}),
    ("the middle one", ["A", "B", "C"], "B", {"m": 1, "n": 2}, {"restored": 0, "removed": 0}),
    ("the latest of three", ["A", "B", "C"], "C", {"m": 10, "n": 2}, {"restored": 1, "removed": 0}),
]


@pytest.mark.parametrize(
    ("name", "order", "which", "left", "counted"), WITHDRAWALS, ids=[case[0] for case in WITHDRAWALS]
)
def test_after_a_withdrawal_the_latest_extract_not_withdrawn_counts(
    store: Store, name: str, order: list[str], which: str, left: dict[str, Any], counted: dict[str, int]
) -> None:
    frames = {"A": A, "B": B, "C": C}
    ids = {key: store.submit(sent(key, i), frames[key]).extract_id for i, key in enumerate(order)}
    done = store.withdraw(ids[which], "Ann", at(10), "wrong")
    assert values_of(store.observations()) == {(measure, "2020-07"): value for measure, value in left.items()}
    assert {"restored": done.restored, "removed": done.removed} == counted
    assert len(done.changes) == done.restored + done.removed
    assert (done.changes["kind"] == "removed").sum() == done.removed


def test_a_withdrawal_tells_what_it_changed(store: Store) -> None:
    store.submit(sent("a"), A)
    b = store.submit(sent("b", 1), figures(("m", "2020-07", 10), ("n", "2020-07", 2), ("o", "2020-07", 3)))
    done = store.withdraw(b.extract_id, "Ann", at(2), "wrong")
    changes = done.changes[["measure_id", "kind", "old_value", "new_value"]]
    assert changes.to_dict("list") == {
        "measure_id": ["m", "n", "o"],
        "kind": ["revised", "unchanged", "removed"],
        "old_value": [10, 2, 3],
        "new_value": pytest.approx([1, 2, float("nan")], nan_ok=True),
    }
    assert store.observations()["extract_id"].tolist() == [1, 1]


def test_a_figure_put_back_keeps_its_note_symbol_and_origin(store: Store) -> None:
    store.submit(sent("a"), figures(("m", "2020-07", None, "c"), note="why", origin="published"))
    b = store.submit(sent("b", 1), B)
    store.withdraw(b.extract_id, "Ann", at(2), "wrong")
    row = store.observations().iloc[0]
    assert (row.symbol, row.note, row.origin, row.extract_id) == ("c", "why", "published", 1)
    assert row.recorded_from == at(2)


def test_by_which_extract_of_a_source_a_figure_was_sent_first(store: Store) -> None:
    def sent_first_by(source: str) -> list[tuple[str, str, int]]:
        first_sent = store.first_sent(source, HERE, date(2020, 7, 31), date(2020, 8, 31))
        return sorted((row.measure_id, f"{row.period_end:%Y-%m-%d}", row.extract_id) for row in first_sent.itertuples())

    assert sent_first_by("Mosaic") == []
    a = store.submit(sent("a", source="Mosaic"), figures(("m", "2020-07", 1), ("n", "2020-06", 2), ("n", "2020-08", 2)))
    store.submit(sent("b", 1, source="HR"), figures(("m", "2020-07", 3), ("o", "2020-07", 4)))
    store.submit(sent("c", 2, source="Mosaic"), figures(("m", "2020-07", 5), ("o", "2020-08", 6), ("o", "2020-09", 6)))
    assert sent_first_by("Mosaic") == [("m", "2020-07-31", 1), ("n", "2020-08-31", 1), ("o", "2020-08-31", 3)]
    assert store.measures_known(HERE, date(2020, 8, 31)) == {"n", "o"}
    store.withdraw(a.extract_id, "Ann", at(3), "wrong")
    assert sent_first_by("Mosaic") == [("m", "2020-07-31", 3), ("o", "2020-08-31", 3)]
    assert store.measures_known(HERE, date(2020, 8, 31)) == {"o"}


@pytest.mark.parametrize("ask", ["withdraw", "content", "changes"])
def test_an_unknown_extract_is_a_clear_error(store: Store, ask: str) -> None:
    calls = {
        "withdraw": lambda: store.withdraw(7, "Ann", at(0), "why"),
        "content": lambda: store.read_table(7),
        "changes": lambda: store.extract_changes(7),
    }
    with pytest.raises(UnknownExtract, match="There is no extract 7 in the store"):
        calls[ask]()
    assert store.last_change() is None


@pytest.mark.parametrize(
    ("which", "naming", "codes"),
    [
        ([1, 2, 3], None, ["c", "a", "b"]),
        ([1, 3], None, ["c", "a", "b"]),
        ([3, 9], None, ["c"]),
        ([], None, []),
        ([1, 2, 3], "m_x", ["a", "b"]),  # all of an extract that names it
        ([1, 2, 3], "m", []),  # a part of a name is not the name
        ([1, 2, 3], "%", []),
    ],
)
def test_accepted_warnings_are_told_of_the_extracts_that_are_asked_for(
    store: Store, which: list[int], naming: str | None, codes: list[str]
) -> None:
    store.submit(sent("a", accepted=({"code": "a", "measure_id": "m_x"}, {"code": "b", "measure_id": None})), A)
    store.submit(sent("b", 1), B)
    store.submit(sent("c", 2, accepted=({"code": "c", "measure_id": "max"},)), A)
    warnings = store.accepted(which, naming)
    assert [warning["code"] for warning in warnings] == codes
    assert {warning["extract_id"] for warning in warnings} <= set(which)


def test_the_listing_tells_who_sent_what_when_and_what_became_of_it(store: Store) -> None:
    assert list(store.extracts().columns) == EXTRACT_COLUMNS
    accepted = ({"code": "big-change", "row": 3},)
    store.submit(sent("a", 0, reason="late recording", accepted=accepted, layout="CS1"), A)
    store.submit(sent("b", 1), B)
    store.withdraw(1, "Bob", at(2), "wrong month")
    first, second = store.extracts().to_dict("records")
    assert store.accepted([1]) == [{"extract_id": 1, "code": "big-change", "row": 3}]
    assert [first[name] for name in ("file_name", "source", "who", "reason", "layout", "size", "rows", "new")] == [
        "a.csv", "Mosaic reports", "Ann", "late recording", "CS1", 1, 2, 2,
    ]  # fmt: skip
    assert (first["submitted_at"], first["withdrawn_at"]) == (at(0), at(2))
    assert (first["withdrawn_by"], first["withdrawn_reason"]) == ("Bob", "wrong month")
    assert (second["revised"], store.accepted([2])) == (1, [])
    assert pd.isna([second["withdrawn_at"], second["withdrawn_by"], second["layout"]]).all()


def test_the_listing_can_be_had_as_it_stood_then(store: Store) -> None:
    store.submit(sent("a", 0), A)
    store.submit(sent("b", 1), B)
    store.withdraw(1, "Bob", at(2), "wrong month")
    cases = [(at(-1), 0, 0), (at(0), 1, 0), (at(1), 2, 0), (at(1.9), 2, 0), (at(2), 2, 1)]
    for moment, sent_by_then, withdrawn_by_then in cases:
        listing = store.extracts(as_known_at=moment)
        assert (len(listing), listing["withdrawn_at"].notna().sum()) == (sent_by_then, withdrawn_by_then)


def test_the_table_comes_back_as_it_was_read(store: Store) -> None:
    table = bytes(range(256)) * 400
    receipt = store.submit(sent("a", table=table, sheet="S", month="2020-08"), A)
    store.withdraw(receipt.extract_id, "Ann", at(1), "wrong")
    stored_table = store.read_table(receipt.extract_id)
    assert stored_table is not None
    assert (stored_table.content, stored_table.sheet, stored_table.month) == (table, "S", "2020-08")
    assert list(store.sent_files) == []


@pytest.mark.parametrize("damage", [b"", bytes.fromhex("789c4b04000062006200"), bytes(30)], ids=len)
def test_a_table_that_was_tampered_with_is_not_handed_out(store: Store, damage: bytes) -> None:
    store.submit(sent("b"), A)
    with tampering(store, "read_tables") as connection:
        connection.execute(update(read_tables).values(content=damage))
    with pytest.raises(StoreDamaged, match="the table of extract 1"):
        store.read_table(1)


def test_moments_always_go_forward_even_where_the_clock_goes_back(store: Store) -> None:
    moments = [
        store.submit(sent("a", 10), A).recorded_at,
        store.submit(sent("b", 10), B).recorded_at,
        store.submit(sent("c", -60), C).recorded_at,
        store.withdraw(2, "Ann", at(0), "wrong").recorded_at,
    ]
    assert store.keep_catalogue(b"measures", at(3), "Ann")
    moments.append(store.last_change())
    assert moments == sorted(set(moments))
    assert moments[0] == at(10)
    assert (moments[-1] - moments[0]).microseconds == 4


def test_the_last_change_is_that_of_figures_and_catalogues_alone(store: Store) -> None:
    assert store.last_change() is None
    store.submit(sent("a", 0), A)
    store.save_snapshot(b"{}", None, "2020-07", at(0), "Ann", at(5))
    assert store.last_change() == at(0)
    store.keep_catalogue(b"measures", at(6), "Ann")
    assert store.last_change() == at(6)
