"""Bytes in the store: compressed on the way in, checked against their sha256 on the way out."""

import hashlib
import zlib

from scorecard.store.errors import StoreDamaged


def sha256_of(content: bytes) -> str:
    """The name of these bytes."""
    return hashlib.sha256(content).hexdigest()


def raw_bytes(stored: bytes | str | None) -> bytes:
    """The bytes of a row. A hand that altered it may have left text or nothing: then what that is in bytes."""
    return stored.encode() if isinstance(stored, str) else stored or b""


def packed(content: bytes) -> bytes:
    """The bytes as they are kept."""
    return zlib.compress(content)


def inflated(stored: bytes) -> bytes:
    """What `packed` made small. Raises zlib.error where it can't be unpacked, is cut short, or has bytes beside it."""
    reader = zlib.decompressobj()
    content = reader.decompress(stored)
    if not reader.eof or reader.unused_data:
        raise zlib.error("not the whole of what was packed, or more")
    return content


def unpacked(stored: bytes, sha256: str, where: str, what: str) -> bytes:
    """The bytes that `packed` was given. Raises StoreDamaged where they are others now."""
    try:
        content = inflated(raw_bytes(stored))
    except zlib.error as error:
        raise StoreDamaged(where, f"{what} can't be unpacked") from error
    return checked(content, sha256, where, what)


def checked(content: bytes, sha256: str, where: str, what: str) -> bytes:
    """The bytes, if they are still the ones of this sha256. Raises StoreDamaged."""
    if sha256_of(raw_bytes(content)) != sha256:
        raise StoreDamaged(where, f"{what} is not what was stored")
    return raw_bytes(content)
