"""A snapshot as bytes and back: canonical JSON, whose sha256 is the snapshot's id."""

from __future__ import annotations

import hashlib
import json

from pydantic import ValidationError

from scorecard.pack.errors import PackError
from scorecard.pack.snapshot.format_1 import upgraded
from scorecard.pack.snapshot.models import SNAPSHOT_FORMAT, Snapshot


def canonical_json(snapshot: Snapshot) -> bytes:
    """A snapshot as the bytes that name it: keys sorted, UTF-8, no spaces, no NaN, floats at their shortest.

    What is None is left out.
    """
    plain = snapshot.model_dump(mode="json", exclude_none=True)
    text = json.dumps(plain, sort_keys=True, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.encode("utf-8")


def snapshot_id(content: bytes) -> str:
    """The id of a snapshot: the sha256 of its canonical JSON."""
    return hashlib.sha256(content).hexdigest()


def read_snapshot(content: bytes) -> Snapshot:
    """The snapshot of its canonical JSON, of format 1 too. Raises PackError for anything else."""
    try:
        if b'"format":1,' in content:
            return Snapshot.model_validate(upgraded(json.loads(content)))
        return Snapshot.model_validate_json(content)
    except ValidationError as failure:
        if f'"format":{SNAPSHOT_FORMAT},'.encode() not in content and b'"format":1,' not in content:
            raise PackError(
                "This is no snapshot that this version of the scorecard reads. If a newer version took it, use that."
            ) from None
        first = failure.errors(include_url=False)[0]
        where = ".".join(map(str, first["loc"]))
        raise PackError(f"The snapshot is damaged at '{where}': {first['msg']}. Take it again.") from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise PackError("The snapshot is damaged: it is no whole snapshot of format 1. Take it again.") from None
