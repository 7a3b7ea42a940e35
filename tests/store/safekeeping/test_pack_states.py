"""Each change by hand of a snapshot's states that the acts contradict is found, and named by its snapshot."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

import pytest
from sqlalchemy import Connection, text, update

from scorecard.store import Approval, Store
from scorecard.store.errors import StoreDamaged
from scorecard.store.safekeeping.copies import verify
from scorecard.store.safekeeping.proofs.pack_states import prove
from scorecard.store.schema import snapshot_exports
from tests.store.submitted import altered, tampering

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


def fill(store: Store) -> tuple[str, str, str]:
    """An approved pack, the correction that superseded it, and a draft; their ids."""
    first, second, draft = (
        store.save_snapshot(text, board, "2020-07", WHEN, "A. Analyst", WHEN)
        for text, board in ((b"one", "a"), (b"two", "a"), (b"three", "b"))
    )
    store.approve(first, Approval("Executive Director", "E. Director", WHEN, {"pdf": b"%PDF-1"}))
    store.approve(
        second, Approval("Executive Director", "E. Director", WHEN, {"pdf": b"%PDF-2"}, corrects=first, reason="wrong")
    )
    return first, second, draft


def test_a_change_by_hand_is_found_and_what_is_handed_out_is_proved_first(file_store: Store) -> None:
    files = fill(file_store)
    with tampering(file_store, "snapshots", "snapshot_states") as connection:
        assert verify(connection).faults == ()
        for name, change in BY_HAND.items():
            with altered(connection):
                connection.execute(text(change))
                assert any("are not those that the acts tell of" in fault for fault in verify(connection).faults), name
                assert not all(_proved(connection, kept_file) for kept_file in files), name
            assert all(_proved(connection, kept_file) for kept_file in files)


def _proved(connection: Connection, snapshot_id: str) -> bool:
    try:
        prove(connection, snapshot_id, "here")
    except StoreDamaged:
        return False
    return True


def test_a_file_put_in_an_approved_ones_place_is_not_handed_out(file_store: Store) -> None:
    first, _, _ = fill(file_store)
    other = {"content": b"%PDF-9", "sha256": hashlib.sha256(b"%PDF-9").hexdigest(), "size": 6}
    with tampering(file_store, "snapshot_exports") as connection:
        connection.execute(update(snapshot_exports).values(other))
    with pytest.raises(StoreDamaged, match="not the one that was approved"):
        file_store.prove_snapshot(first)
