"""Snapshots: named by their content, with states beside it and, once approved, their bytes."""

import hashlib
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import insert, update

from scorecard.store import (
    APPROVAL_COLUMNS,
    EXPORT_COLUMNS,
    SNAPSHOT_COLUMNS,
    STATE_COLUMNS,
    Approval,
    SnapshotState,
    Store,
    StoreDamaged,
    UnknownSnapshot,
    schema,
)
from scorecard.store.audit import audit_log
from scorecard.store.schema import snapshots
from scorecard.store.values.timestamps import to_micros
from tests.store.submitted import at, tampering

CONTENT = '{"measures":["é"]}'.encode()
EXPORTS = {"pdf": b"%PDF-1.7", "xlsx": bytes(range(256))}


def save(store: Store, content: bytes = CONTENT, minutes: float = 0, board: str | None = "improvement") -> str:
    return store.save_snapshot(content, board, "2020-07", at(-5), "Ann", at(minutes))


def test_a_snapshot_is_named_by_its_content_and_saved_once(store: Store) -> None:
    snapshot_id = save(store)
    acts = len(store.acts())
    assert snapshot_id == hashlib.sha256(CONTENT).hexdigest()
    assert save(store, minutes=60) == snapshot_id
    assert (len(store.snapshots()), len(store.acts())) == (1, acts)
    row = store.snapshots().iloc[0]
    assert (row.board, row.period, row.as_known_at, row.taken_at) == ("improvement", "2020-07", at(-5), at(0))
    assert (row.who, row["size"], row.state) == ("Ann", len(CONTENT), "draft")


def test_a_snapshot_is_found_by_its_first_eight_characters(store: Store) -> None:
    snapshot_id = save(store)
    for asked in (snapshot_id, snapshot_id[:8], snapshot_id[:12].upper(), f" {snapshot_id[:8]}\n"):
        assert store.snapshot(asked) == CONTENT


@pytest.mark.parametrize(
    ("asked", "message"),
    [("", "at least 8"), ("abc1234", "at least 8"), ("0" * 8, "there is none"), ("%" * 8, "there is none"),
     ("_" * 64, "there is none"), ("'; DROP TABLE snapshots", "there is none")],
)  # fmt: skip
def test_an_id_that_names_no_snapshot_is_a_clear_error(store: Store, asked: str, message: str) -> None:
    save(store)
    with pytest.raises(UnknownSnapshot, match=message):
        store.snapshot(asked)


def test_an_id_that_begins_two_snapshots_is_a_clear_error(store: Store) -> None:
    row = {"period": "2020-07", "as_known_at": 0, "who": "Ann", "taken_at": 0, "size": 0, "content": b""}
    with store._database.writing() as connection:
        connection.execute(insert(snapshots), [{**row, "snapshot_id": "c0ffee00" + end * 56} for end in "ab"])
    with pytest.raises(UnknownSnapshot, match="more than one"):
        store.snapshot("c0ffee00")


def test_approval_keeps_every_formats_bytes_and_who_gave_it(store: Store) -> None:
    snapshot_id = save(store)
    assert (
        store.approve(snapshot_id[:10], Approval("Director of Children's Services", "Bob", at(1), EXPORTS))
        == snapshot_id
    )
    listed = store.exports(snapshot_id)
    assert list(listed.columns) == EXPORT_COLUMNS
    assert listed["format"].tolist() == ["pdf", "xlsx"]
    assert listed["sha256"].tolist() == [hashlib.sha256(data).hexdigest() for data in EXPORTS.values()]
    assert {name: store.export(snapshot_id, name) for name in EXPORTS} == EXPORTS
    assert store.export(snapshot_id, "pptx") is None
    assert store.snapshots()["state"].tolist() == ["approved"]
    states = store.snapshot_states(snapshot_id)
    assert list(states.columns) == STATE_COLUMNS
    assert states[["state", "who", "at"]].to_numpy().tolist() == [["draft", "Ann", at(0)], ["approved", "Bob", at(1)]]
    assert states["role"].iloc[1] == "Director of Children's Services"


def test_an_approval_says_by_which_template_its_deck_was_drawn(store: Store) -> None:
    before, own, councils = save(store), save(store, b"{}", 1), save(store, b"[]", 2)
    named = {"file": "council.pptx", "sha256": "ab" * 32}
    store.approve(own, Approval("Director", "Bob", at(4), EXPORTS))
    store.approve(councils, Approval("Chair", "Cat", at(5), EXPORTS, named))
    detail = {"exports": {}, "role": "Director"}  # as the version that kept no template wrote it
    with store._database.writing() as connection:
        audit_log.record(connection, to_micros(at(3)), "Ann", "approved", f"snapshot {before}", detail)
    approvals = store.approvals()
    assert list(approvals.columns) == APPROVAL_COLUMNS
    assert approvals.astype(object).where(approvals.notna(), None).to_numpy().tolist() == [
        [own, "Director", "Bob", at(4), True, None, None],
        [councils, "Chair", "Cat", at(5), True, "council.pptx", "ab" * 32],
        [before, "Director", "Ann", at(3), False, None, None],
    ]


def test_a_store_without_approvals_lists_none(store: Store) -> None:
    save(store)
    assert store.approvals().empty
    assert list(store.approvals().columns) == APPROVAL_COLUMNS


def test_a_correction_supersedes_with_its_reason_and_takes_nothing_away(store: Store) -> None:
    old, new = save(store), save(store, b"{}", 2)
    store.approve(old, Approval("Director", "Bob", at(1), EXPORTS))
    store.approve(new, Approval("Director", "Bob", at(3), EXPORTS))
    store.supersede(old, new[:8], "Bob", at(4), "a figure was withdrawn", role="Director")
    assert store.snapshots()["state"].tolist() == ["superseded", "approved"]
    last = store.snapshot_states(old).iloc[-1]
    assert (last.superseded_by, last.reason, last.role) == (new, "a figure was withdrawn", "Director")
    assert (store.snapshot(old), store.export(old, "pdf")) == (CONTENT, EXPORTS["pdf"])


def steps(store: Store, snapshot_id: str, other: str) -> dict[str, Callable[[], Any]]:
    return {
        "approve": lambda: store.approve(snapshot_id, Approval("Director", "Bob", at(1), {"pdf": b"again"})),
        "supersede": lambda: store.supersede(snapshot_id, other, "Bob", at(2), "correction"),
        "supersede by itself": lambda: store.supersede(snapshot_id, snapshot_id, "Bob", at(2), "correction"),
        "supersede by none": lambda: store.supersede(snapshot_id, "0" * 64, "Bob", at(2), "correction"),
    }


ORDERS: list[tuple[list[str], str, type[Exception], str]] = [
    ([], "supersede", SnapshotState, "is draft; this needs one that is approved"),
    (["approve"], "approve", SnapshotState, "is approved; this needs one that is draft"),
    (["approve"], "supersede by itself", SnapshotState, "is the same one"),
    (["approve"], "supersede by none", UnknownSnapshot, "there is none"),
    (["approve", "supersede"], "supersede", SnapshotState, "is superseded; this needs one that is approved"),
    (["approve", "supersede"], "approve", SnapshotState, "is superseded; this needs one that is draft"),
]


@pytest.mark.parametrize(("done", "step", "fault", "message"), ORDERS)
def test_a_step_out_of_order_is_refused_and_changes_nothing(
    store: Store, done: list[str], step: str, fault: type[Exception], message: str
) -> None:
    snapshot_id, other = save(store), save(store, b"{}", 1)
    ways = steps(store, snapshot_id, other)
    for earlier in done:
        ways[earlier]()
    before = store.acts(), store.snapshot_states(snapshot_id), store.exports(snapshot_id)
    with pytest.raises(fault, match=message):
        ways[step]()
    after = store.acts(), store.snapshot_states(snapshot_id), store.exports(snapshot_id)
    for old, new in zip(before, after, strict=True):
        pd.testing.assert_frame_equal(old, new)


@pytest.mark.parametrize(
    ("table", "message"), [("snapshots", "snapshot "), ("snapshot_exports", "the pdf of snapshot ")]
)
def test_bytes_that_were_tampered_with_are_not_handed_out(store: Store, table: str, message: str) -> None:
    snapshot_id = save(store)
    store.approve(snapshot_id, Approval("Director", "Bob", at(1), EXPORTS))
    with tampering(store, table) as connection:
        connection.execute(update(schema.metadata.tables[table]).values(content=b"\0"))
    with pytest.raises(StoreDamaged, match=message):
        store.snapshot(snapshot_id) if table == "snapshots" else store.export(snapshot_id, "pdf")


def test_the_listing_has_its_columns_when_it_is_empty(store: Store) -> None:
    assert list(store.snapshots().columns) == SNAPSHOT_COLUMNS
