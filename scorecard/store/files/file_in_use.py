"""Which file a store's path names, kept in view while it is in use: a backup put back may be another file, or others'
bytes in the same one.

The file is opened here once for all connections of this process, and closed after the last of them: on Unix, closing
any opening of a file gives up the locks that SQLite holds on it.
"""

import os
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from scorecard.store.files import log


class Identity(NamedTuple):
    """What tells one store from another at the same address: of a file, its device and inode.

    A store on a server has the same place here: what identifies the server's cluster and its timeline.
    """

    device: int
    inode: int


class AnothersLog(Exception):
    """The log of another file lies beside the file, and may not be moved away from here."""


class StillInUse(Exception):
    """The file was replaced, and what is under way on the one before didn't end in time."""


@dataclass
class _InUse:
    descriptor: int
    identity: Identity
    connections: int


_files: dict[Path, _InUse] = {}
_changed = threading.Condition()


def identity(path: Path) -> Identity:
    """Which file the path names now. Raises OSError."""
    status = path.stat()
    return Identity(status.st_dev, status.st_ino)


def take(path: Path, seconds: float, read_only: bool = False) -> Identity:
    """Count one more connection to the file, and say which file it is; a log of another file is set aside first.

    Where the path names another file than the connections that are open, those are waited for: two files must never
    share a log. Raises OSError, StillInUse after so many seconds, and AnothersLog where nothing may be set aside.
    """
    until = time.monotonic() + seconds
    with _changed:
        while True:
            used = _files.get(path)
            if used is None:
                return _open(path, read_only)
            if used.identity == identity(path):
                used.connections += 1
                return used.identity
            if not _changed.wait(max(until - time.monotonic(), 0.0)) and time.monotonic() >= until:
                raise StillInUse


def give_back(path: Path) -> None:
    """Say that a connection is closed."""
    with _changed:
        used = _files[path]
        used.connections -= 1
        if not used.connections:
            os.close(used.descriptor)
            del _files[path]
            _changed.notify_all()


def start(path: Path) -> bytes:
    """The header of the file that is in use, as it lies on the drive now."""
    with _changed:
        descriptor = _files[path].descriptor
        os.lseek(descriptor, 0, os.SEEK_SET)
        return os.read(descriptor, log.HEADER)


def mark(path: Path) -> int:
    """The mark of the last act that the file in use knows of, as it lies on the drive now."""
    return log.mark_of(start(path))


def _open(path: Path, read_only: bool) -> Identity:
    if log.is_anothers(path):
        if read_only:
            raise AnothersLog
        log.set_aside(path)
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0))
    status = os.fstat(descriptor)
    _files[path] = _InUse(descriptor, Identity(status.st_dev, status.st_ino), 1)
    return _files[path].identity
