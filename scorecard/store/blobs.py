"""Bytes in the store: compressed on the way in, checked against their sha256 on the way out."""

import hashlib
import zlib

from scorecard.store.errors import StoreDamaged


def sha256_of(content: bytes) -> str:
    """The name of these bytes."""
    return hashlib.sha256(content).hexdigest()


def packed(content: bytes) -> bytes:
    """The bytes as they are kept."""
    return zlib.compress(content)


def unpacked(stored: bytes, sha256: str, where: str, what: str) -> bytes:
    """The bytes that `packed` was given. Raises StoreDamaged where they are others now."""
    try:
        content = zlib.decompress(stored)
    except zlib.error as error:
        raise StoreDamaged(where, f"{what} can't be unpacked") from error
    return checked(content, sha256, where, what)


def checked(content: bytes, sha256: str, where: str, what: str) -> bytes:
    """The bytes, if they are still the ones of this sha256. Raises StoreDamaged."""
    if sha256_of(content) != sha256:
        raise StoreDamaged(where, f"{what} is not what was stored")
    return content
