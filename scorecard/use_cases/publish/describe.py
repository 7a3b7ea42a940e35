"""Describe snapshots to other programs: what there is, in what state, and which documents are kept of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pandas as pd

from scorecard.access.permissions import Permission
from scorecard.core.rows import rows_of
from scorecard.pack.formats import FORMATS
from scorecard.use_cases.needs import needs
from scorecard.use_cases.open_scorecard import Scorecard
from scorecard.use_cases.publish.compare import snapshots
from scorecard.use_cases.publish.pack import export_pack
from scorecard.use_cases.publish.state import state_of

SNAPSHOT_COLUMNS = ("snapshot_id", "board", "period", "as_known_at", "taken_at", "size", "state")


@dataclass(frozen=True)
class Document:
    """A document of a pack: the snapshot's whole id, its file's name, its media type, its bytes."""

    snapshot_id: str
    name: str
    media_type: str
    content: bytes


@needs(Permission.READ)
def exported_snapshots(scorecard: Scorecard) -> pd.DataFrame:
    """Every snapshot in SNAPSHOT_COLUMNS, latest month first, moments as texts in UTC; nobody's name is among them."""
    known = snapshots(scorecard)
    moments = {name: _moments(known[name]) for name in ("as_known_at", "taken_at")}
    return known.assign(**moments)[list(SNAPSHOT_COLUMNS)]


@needs(Permission.READ)
def describe_snapshot(scorecard: Scorecard, snapshot_id: str) -> dict[str, Any]:
    """A snapshot in SNAPSHOT_COLUMNS, the role that approved it and when, edition, what superseded it, when and why.

    snapshot_id: the whole id or its first 8 or more characters. `exports`: each format with its media type and, once
    approved, size and sha256 of the bytes that were kept. Raises UnknownSnapshot.
    """
    state, whole_id = state_of(scorecard, snapshot_id)
    known = exported_snapshots(scorecard)
    row = rows_of(known[known["snapshot_id"] == whole_id])[0]
    export_by_format = {export["format"]: export for export in rows_of(scorecard.store.exports(whole_id))}
    exports = [
        {
            "format": chosen.name,
            "media_type": chosen.media_type,
            "size": export_by_format[chosen.name]["size"] if chosen.name in export_by_format else None,
            "sha256": export_by_format[chosen.name]["sha256"] if chosen.name in export_by_format else None,
        }
        for chosen in FORMATS.values()
    ]
    return {
        **row,
        "role": state.role,
        "approved_at": _moment(state.when),
        "edition": state.edition,
        "corrects": state.corrects,
        "superseded_by": state.superseded_by,
        "superseded_at": _moment(state.superseded_at),
        "reason": state.reason,
        "exports": exports,
    }


@needs(Permission.READ)
def snapshot_content(scorecard: Scorecard, snapshot_id: str) -> bytes:
    """What was frozen, byte for byte: its sha256 is the snapshot's id. Raises UnknownSnapshot, StoreDamaged."""
    return scorecard.store.snapshot(snapshot_id)


@needs(Permission.READ)
def document(scorecard: Scorecard, snapshot_id: str, format_name: str) -> Document:
    """One document of a pack: an approved one as its bytes were kept, a draft drawn and marked as one.

    Raises KeyError for no such format, UnknownSnapshot, PackError.
    """
    chosen = FORMATS[format_name]
    files = export_pack(scorecard, snapshot_id, [format_name])
    name, content = list(files.files.items())[-1]
    return Document(files.snapshot_id, name, chosen.media_type, content)


def _moment(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat().replace("+00:00", "Z")


def _moments(column: pd.Series) -> pd.Series:
    texts: pd.Series = column.dt.tz_convert("UTC").dt.strftime("%Y-%m-%dT%H:%M:%S.%fZ").astype("str")
    return texts
