"""Board packs as the store keeps them: snapshots, their states, and the files that were handed out."""

from __future__ import annotations

from datetime import datetime

import pandas as pd

from scorecard.store import blobs, snapshots
from scorecard.store.databases.contract import Database
from scorecard.store.safekeeping.proofs import pack_states
from scorecard.store.snapshots import Approval


class BoardPacks:
    """The part of a store (store.py) that board packs are kept in. Raises as that does."""

    _database: Database

    def save_snapshot(
        self, content: bytes, board: str | None, period: str, as_known_at: datetime, who: str, when: datetime
    ) -> str:
        """Keep a snapshot (canonical JSON) as a draft and return its id, the sha256 of the content.

        Saving the same content again finds the one that is there, and writes nothing.
        """
        with self._database.reading() as connection:
            if snapshots.is_there(connection, blobs.sha256_of(content)):
                return blobs.sha256_of(content)
        with self._database.writing() as connection:
            return snapshots.save(connection, content, board, period, as_known_at, who, when)

    def snapshot(self, snapshot_id: str) -> bytes:
        """The content of a snapshot, by its id or the first 8 or more characters of it. Raises UnknownSnapshot."""
        with self._database.reading() as connection:
            return snapshots.content(connection, snapshot_id, self._database.where)

    def snapshots(self) -> pd.DataFrame:
        """Every snapshot with its state (draft, approved, superseded), oldest first, in SNAPSHOT_COLUMNS."""
        with self._database.reading() as connection:
            return snapshots.listing(connection)

    def snapshot_states(self, snapshot_id: str) -> pd.DataFrame:
        """The states a snapshot has been in, oldest first, in STATE_COLUMNS. Raises UnknownSnapshot."""
        with self._database.reading() as connection:
            return snapshots.states(connection, snapshot_id)

    def approve(self, snapshot_id: str, approval: Approval) -> str:
        """Approve a draft and keep every format's bytes; returns its whole id.

        Raises UnknownSnapshot, and SnapshotState for one that is no draft, or that corrects one that isn't approved.
        """
        with self._database.writing() as connection:
            return snapshots.approve(connection, snapshot_id, approval)

    def approvals(self) -> pd.DataFrame:
        """Every approval, oldest first, and the template its deck was drawn by, in APPROVAL_COLUMNS."""
        with self._database.reading() as connection:
            return snapshots.approvals(connection)

    def supersede(
        self, snapshot_id: str, by: str, who: str, when: datetime, reason: str, role: str | None = None
    ) -> str:
        """Say that the snapshot `by` takes the place of an approved one, and why; returns its whole id.

        Raises UnknownSnapshot for either, and SnapshotState for one that isn't approved.
        """
        with self._database.writing() as connection:
            return snapshots.supersede(connection, snapshot_id, by, role, who, when, reason)

    def exports(self, snapshot_id: str) -> pd.DataFrame:
        """The formats kept at approval, in EXPORT_COLUMNS; none for a draft. Raises UnknownSnapshot."""
        with self._database.reading() as connection:
            return snapshots.exports(connection, snapshot_id)

    def prove_snapshot(self, snapshot_id: str) -> None:
        """Hold a snapshot's states and files to what the acts record of them. Raises UnknownSnapshot, StoreDamaged."""
        with self._database.reading() as connection:
            pack_states.prove(connection, snapshots.find(connection, snapshot_id), self._database.where)

    def export(self, snapshot_id: str, export_format: str) -> bytes | None:
        """The bytes kept at approval; None for a format that wasn't kept. Raises UnknownSnapshot."""
        with self._database.reading() as connection:
            return snapshots.export(connection, snapshot_id, export_format, self._database.where)
