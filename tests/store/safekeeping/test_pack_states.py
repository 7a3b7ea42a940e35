"""Each change by hand of a snapshot's states that the acts contradict is found, and named by its snapshot."""

from __future__ import annotations

import hashlib
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from scorecard.store import Store, open_store, verify_file
from scorecard.store.errors import StoreDamaged

WHEN = datetime(2020, 9, 1, tzinfo=UTC)
BY_HAND = {
    "approved without an act": "INSERT INTO snapshot_states (snapshot_id, state, role, who, at) "
    "SELECT snapshot_id, 'approved', 'Executive Director', 'Mallory', 1 FROM snapshots WHERE board = 'b'",
    "another approver": "UPDATE snapshot_states SET who = 'Mallory' WHERE state = 'approved'",
    "another role": "UPDATE snapshot_states SET role = 'Clerk' WHERE state = 'approved'",
    "another moment": "UPDATE snapshot_states SET at = at + 1 WHERE state = 'approved'",
    "an approval taken out": "DELETE FROM snapshot_states WHERE state = 'approved'",
    "another reason": "UPDATE snapshot_states SET reason = 'no reason' WHERE state = 'superseded'",
    "another successor": "UPDATE snapshot_states SET superseded_by = snapshot_id WHERE state = 'superseded'",
    "another month": "UPDATE snapshots SET period = '2021-01'",
    "another board": "UPDATE snapshots SET board = 'another'",
}


@pytest.fixture
def store(tmp_path: Path) -> Path:
    file = tmp_path / "scorecard.db"
    with open_store(f"sqlite:///{file}") as opened:
        first, second, _draft = (
            opened.save_snapshot(text, board, "2020-07", WHEN, "A. Analyst", WHEN)
            for text, board in ((b"one", "a"), (b"two", "a"), (b"three", "b"))
        )
        opened.approve(first, "Executive Director", "E. Director", WHEN, {"pdf": b"%PDF-1"})
        opened.approve(
            second, "Executive Director", "E. Director", WHEN, {"pdf": b"%PDF-2"}, corrects=first, reason="wrong"
        )
    return file


def test_a_store_whose_states_are_those_of_its_acts_is_whole(store: Path) -> None:
    assert verify_file(f"sqlite:///{store}").faults == ()


@pytest.mark.parametrize("change", BY_HAND.values(), ids=BY_HAND)
def test_a_change_by_hand_is_found(store: Path, change: str) -> None:
    connection = sqlite3.connect(store)
    names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")]
    for name in names:  # whoever alters a store by hand takes these away first
        connection.execute(f"DROP TRIGGER {name}")
    connection.execute(change)
    connection.commit()
    connection.close()
    faults = verify_file(f"sqlite:///{store}").faults
    assert any("are not those that the acts tell of" in fault for fault in faults), faults
    with open_store(f"sqlite:///{store}") as opened:
        proved = [_proved(opened, one) for one in opened.snapshots()["snapshot_id"]]
    assert not all(proved), "what is handed out is proved first"


def _proved(opened: Store, snapshot_id: str) -> bool:
    try:
        opened.prove_snapshot(snapshot_id)
    except StoreDamaged:
        return False
    return True


def test_a_file_put_in_an_approved_ones_place_is_not_handed_out(store: Path) -> None:
    connection = sqlite3.connect(store)
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    sha256 = hashlib.sha256(b"%PDF-9").hexdigest()
    connection.execute("UPDATE snapshot_exports SET content = ?, sha256 = ?, size = 6", (b"%PDF-9", sha256))
    connection.commit()
    connection.close()
    with open_store(f"sqlite:///{store}") as opened, pytest.raises(StoreDamaged, match="not the one that was approved"):
        opened.prove_snapshot(opened.approvals()["snapshot_id"].iloc[0])
