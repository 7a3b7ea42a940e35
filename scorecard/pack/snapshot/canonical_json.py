"""A snapshot as bytes and back: canonical JSON, whose sha256 is the snapshot's id."""

from __future__ import annotations

import hashlib
import json

from pydantic import ValidationError

from scorecard.pack.errors import PackError
from scorecard.pack.snapshot.models import SNAPSHOT_FORMAT, Snapshot


def canonical_json(snapshot: Snapshot) -> bytes:
    """A snapshot as the bytes that name it: keys sorted, UTF-8, no spaces, no NaN, floats at their shortest."""
    plain = snapshot.model_dump(mode="json")
    text = json.dumps(plain, sort_keys=True, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.encode("utf-8")


def snapshot_id(content: bytes) -> str:
    """The id of a snapshot: the sha256 of its canonical JSON."""
    return hashlib.sha256(content).hexdigest()


def read_snapshot(content: bytes) -> Snapshot:
    """The snapshot of its canonical JSON. Raises PackError for anything else."""
    try:
        return Snapshot.model_validate_json(content)
    except ValidationError as failure:
        if f'"format":{SNAPSHOT_FORMAT},'.encode() not in content:
            raise PackError(
                "This is no snapshot that this version of the scorecard reads. If a newer version took it, use that."
            ) from None
        first = failure.errors(include_url=False)[0]
        where = ".".join(map(str, first["loc"]))
        raise PackError(f"The snapshot is damaged at '{where}': {first['msg']}. Take it again.") from None
