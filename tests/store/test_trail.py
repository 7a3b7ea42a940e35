"""The trail of a store: sealed in the transaction of each act, searched, and proved against what was done by hand."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from scorecard.store import Approval, Head, Store, TrailFilter, Verified, open_store, verify_file
from scorecard.store.databases import migrations
from scorecard.store.databases.migrations import MIGRATIONS
from tests.store.submitted import at, figures, sent


@pytest.fixture
def busy(file_store: Store) -> Store:
    """Eight acts of two people, about two measures; in a file, which is edited by hand."""
    store = file_store
    store.keep_catalogue(b"measures", at(0), "Ann")
    store.submit(sent("a", 1), figures(("m", "2020-07", 1)))
    store.submit(sent("b", 2, who="Bob"), figures(("n", "2020-07", 1)))
    store.withdraw(1, "Bob", at(3), "m was wrong")
    store.keep_layout("Mosaic", b"layout", "Ann", at(4))
    head = store.trail.head(at(3))
    content = b'{"trail":{"act_id":%d,"sha256":"%s"}}' % (head.act_id, head.sha256.encode())
    snapshot_id = store.save_snapshot(content, None, "2020-07", at(3), "Ann", at(5))
    store.approve(snapshot_id, Approval("Director", "bob", at(6), {}))
    store.save_snapshot(b"{}", None, "2020-07", at(3), "Ann", at(7))
    return store


def edited(path: Path, *statements: str) -> Verified:
    """What is found after somebody with the file's password took the triggers away and edited it."""
    with closing(sqlite3.connect(path)) as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(statement)
        connection.commit()
    return verify_file(f"sqlite:///{path}")


def test_every_act_is_sealed_with_the_one_before(busy: Store, path: Path) -> None:
    proof = busy.trail.prove()
    assert (proof.acts, proof.faults) == (8, ())
    assert proof.head == busy.trail.head()
    verification = verify_file(f"sqlite:///{path}")
    assert (verification.counted["acts"], verification.faults) == (8, ())


def test_the_head_at_a_moment_is_that_of_the_last_change_by_then(busy: Store) -> None:
    """So that what happens beside the figures, such as taking a snapshot, leaves the same store's snapshot the same."""
    assert busy.trail.head(at(-1)) is None
    heads = [busy.trail.head(at(minutes)) for minutes in range(8)]
    assert [head.act_id for head in heads] == [1, 2, 3, 4, 4, 4, 4, 4]
    assert busy.trail.head().act_id == 8
    assert busy.trail.prove([*heads, busy.trail.head()]).faults == ()


EDITS = [
    ("UPDATE acts SET who = 'nobody' WHERE act_id = 2", "Act 2 is not as it was kept"),
    ("UPDATE acts SET at = at + 1 WHERE act_id = 8", "Act 8 is not as it was kept"),
    ("UPDATE acts SET detail = X'00' WHERE act_id = 5", "Act 5 is not as it was kept"),
    ("DELETE FROM acts WHERE act_id = 5", "Act 5 was removed"),
    ("DELETE FROM act_chain WHERE act_id = 5", "Act 5 was added"),
    ("INSERT INTO acts SELECT 99, at, who, what, subject, detail FROM acts WHERE act_id = 5", "Act 99 was added"),
    ("UPDATE act_chain SET sha256 = previous WHERE act_id = 3", "Act 3 is not as it was kept"),
]


@pytest.mark.parametrize(("edit", "phrase"), EDITS)
def test_an_edit_by_hand_is_found_and_named(busy: Store, path: Path, edit: str, phrase: str) -> None:
    assert any(phrase in fault for fault in edited(path, edit).faults)


def test_acts_that_are_gone_from_the_end_are_found_by_a_snapshot_and_by_a_kept_head(busy: Store, path: Path) -> None:
    head = busy.trail.head()
    off_the_end = [f"DELETE FROM {table} WHERE act_id > 3" for table in ("acts", "act_chain")]
    assert any("Act 4" in fault and "in snapshot" in fault for fault in edited(path, *off_the_end).faults)
    assert any(str(head.act_id) in fault for fault in busy.trail.prove([head]).faults)
    assert busy.trail.prove([Head(3, "0" * 64)]).other_heads[0].startswith("Act 3 is not the one")


def test_acts_of_before_the_chain_are_sealed_in_and_that_is_an_act(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as then:
        then.setattr(migrations, "MIGRATIONS", MIGRATIONS[:5])
        then.setattr(migrations, "NEWEST", 5)
        open_store(f"sqlite:///{path}").close()
    row = "INSERT INTO acts (at, who, what, subject, detail) VALUES ({}, 'Ann', 'changed', 'catalogue', '{{}}')"
    with closing(sqlite3.connect(path)) as connection:
        for number in range(3):
            connection.execute(row.format(number))
        connection.commit()
    with open_store(f"sqlite:///{path}") as store:
        last = store.acts().iloc[-1]
        assert (last["who"], last["what"], last["subject"]) == ("the scorecard", "sealed", "acts up to 3")
        assert last["detail"] == {"acts": 3}
        assert (store.trail.prove().acts, store.trail.prove().faults) == (4, ())
    assert any("Act 2" in fault for fault in edited(path, "UPDATE acts SET who = 'Bob' WHERE act_id = 2").faults)


def test_an_act_that_came_to_nothing_leaves_no_seal(busy: Store) -> None:
    busy.withdrawal_of(2, at(9))
    assert busy.trail.prove().acts == 8


SEARCHES = [
    (TrailFilter(), [8, 7, 6, 5, 4, 3, 2, 1]),
    (TrailFilter(who="BOB"), [7, 4, 3]),
    (TrailFilter(who="%"), []),
    (TrailFilter(measure="m"), [4, 2]),
    (TrailFilter(measure="n"), [3]),
    (TrailFilter(measure="o"), []),
    (TrailFilter(start=at(2), end=at(4)), [4, 3]),
    (TrailFilter(what="submitted"), [3, 2]),
    (TrailFilter(what="submitted", before=3), [2]),
    (TrailFilter(who="ann", before=5, start=at(1)), [2]),
]


@pytest.mark.parametrize(("wanted", "act_ids"), SEARCHES)
def test_the_trail_is_searched(busy: Store, wanted: TrailFilter, act_ids: list[int]) -> None:
    assert busy.trail.search(wanted)["act_id"].tolist() == act_ids
    assert busy.trail.search(wanted, most=2)["act_id"].tolist() == act_ids[:2]


def test_what_was_ever_done_can_be_chosen(busy: Store) -> None:
    assert busy.trail.kinds() == ["approved", "changed", "showed", "submitted", "took", "withdrew"]
