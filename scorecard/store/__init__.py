"""What we knew, and when: observations, extracts, catalogues, snapshots, acts. SQL lives only here."""

from scorecard.store.audit.audit_log import ACT_COLUMNS, BESIDE, PROGRAM
from scorecard.store.audit.chain import Broken, Head, Proof
from scorecard.store.compare_figures import CHANGE_COLUMNS
from scorecard.store.connection import which_store
from scorecard.store.errors import (
    AlreadyWithdrawn,
    BackupDamaged,
    ClockBehind,
    CommentaryChanged,
    DecisionClosed,
    FileInTheWay,
    NewerStore,
    NotABackup,
    NotAStore,
    NotCarried,
    NotEmpty,
    NothingToMend,
    NotWritten,
    OlderStore,
    OutcomeUnknown,
    RefusedError,
    SnapshotState,
    StoreBusy,
    StoreChanged,
    StoreDamaged,
    StoreEmptied,
    StoreError,
    StoreForbidden,
    StoreFull,
    StoreLocked,
    StoreReadOnly,
    StoreReplaced,
    StoreUnavailableError,
    StoreUnreachable,
    UnkeepableText,
    UnknownDecision,
    UnknownExtract,
    UnknownLayout,
    UnknownSnapshot,
)
from scorecard.store.files.seal import Manifest
from scorecard.store.frames import FIGURE, OBSERVATION_COLUMNS
from scorecard.store.people.commentary import COMMENTARY_COLUMNS, Version
from scorecard.store.people.decisions import ANSWER_COLUMNS, DECISION_COLUMNS, NewDecision
from scorecard.store.received.editions import EDITION_COLUMNS, PUBLISHED_COLUMNS, EditionOf, newest_edition
from scorecard.store.received.extract_queries import EXTRACT_COLUMNS
from scorecard.store.received.extracts import Receipt, Submission, Withdrawal
from scorecard.store.received.read_tables import ReadTable
from scorecard.store.report_layouts import LAYOUT_COLUMNS
from scorecard.store.safekeeping.backups import back_up_store, move_store, restore_store
from scorecard.store.safekeeping.carry import CarriedStore
from scorecard.store.safekeeping.clock import Mended
from scorecard.store.safekeeping.copies import Verified, verify_file
from scorecard.store.safekeeping.readiness import require_ready
from scorecard.store.safekeeping.stored_extracts import StoredExtract, stored_extracts
from scorecard.store.snapshots import APPROVAL_COLUMNS, EXPORT_COLUMNS, SNAPSHOT_COLUMNS, STATE_COLUMNS, Approval
from scorecard.store.store import Store, open_store
from scorecard.store.trail import TRAIL_COLUMNS, TrailFilter

__all__ = [
    "ACT_COLUMNS",
    "ANSWER_COLUMNS",
    "APPROVAL_COLUMNS",
    "BESIDE",
    "CHANGE_COLUMNS",
    "COMMENTARY_COLUMNS",
    "DECISION_COLUMNS",
    "EDITION_COLUMNS",
    "EXPORT_COLUMNS",
    "EXTRACT_COLUMNS",
    "FIGURE",
    "LAYOUT_COLUMNS",
    "OBSERVATION_COLUMNS",
    "PROGRAM",
    "PUBLISHED_COLUMNS",
    "SNAPSHOT_COLUMNS",
    "STATE_COLUMNS",
    "TRAIL_COLUMNS",
    "AlreadyWithdrawn",
    "Approval",
    "BackupDamaged",
    "Broken",
    "CarriedStore",
    "ClockBehind",
    "CommentaryChanged",
    "DecisionClosed",
    "EditionOf",
    "FileInTheWay",
    "Head",
    "Manifest",
    "Mended",
    "NewDecision",
    "NewerStore",
    "NotABackup",
    "NotAStore",
    "NotCarried",
    "NotEmpty",
    "NotWritten",
    "NothingToMend",
    "OlderStore",
    "OutcomeUnknown",
    "Proof",
    "ReadTable",
    "Receipt",
    "RefusedError",
    "SnapshotState",
    "Store",
    "StoreBusy",
    "StoreChanged",
    "StoreDamaged",
    "StoreEmptied",
    "StoreError",
    "StoreForbidden",
    "StoreFull",
    "StoreLocked",
    "StoreReadOnly",
    "StoreReplaced",
    "StoreUnavailableError",
    "StoreUnreachable",
    "StoredExtract",
    "Submission",
    "TrailFilter",
    "UnkeepableText",
    "UnknownDecision",
    "UnknownExtract",
    "UnknownLayout",
    "UnknownSnapshot",
    "Verified",
    "Version",
    "Withdrawal",
    "back_up_store",
    "move_store",
    "newest_edition",
    "open_store",
    "require_ready",
    "restore_store",
    "stored_extracts",
    "verify_file",
    "which_store",
]
