"""The log beside a store's file (SQLite's -wal), and whether it is that file's own.

A log that a crash left behind is carried out by whoever opens the file next. After a backup was put back it is the log
of another file, and would undo the restore; SQLite doesn't ask. So each act marks the file: its header has the act's
mark and the mark before it, and the log has the header as every act in it left it. The layout of both is SQLite's
published file format (https://www.sqlite.org/fileformat2.html, sections 1.3 and 4.1).
"""

import os
import secrets
import sqlite3
import struct
import time
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

HEADER = 100  # bytes at the start of the file and of its first page
MARK, MARK_BEFORE = slice(60, 64), slice(68, 72)  # where the header has them: user_version and application_id
LOG_HEADER, FRAME_HEADER = struct.Struct(">8I"), struct.Struct(">6I")
ASIDE = "-log-of-another-file-"
LOOKS, LOOKS_EVERY = 5, 0.02  # another program may be between two writes: what looks wrong must stay so


def log_of(path: Path) -> Path:
    """Where the log of a store's file stands."""
    return path.with_name(f"{path.name}-wal")


def mark_in(connection: sqlite3.Connection) -> int:
    """The mark of the last act that a connection knows of, in the file or its log."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def set_mark(connection: sqlite3.Connection) -> None:
    """Mark the act that the open transaction makes, beside the mark of the act before it."""
    connection.execute(f"PRAGMA application_id = {mark_in(connection)}")
    connection.execute(f"PRAGMA user_version = {1 + secrets.randbelow(2**31 - 1)}")


def mark_of(header: bytes) -> int:
    """The mark of the last act that a file's header knows of."""
    return int.from_bytes(header[MARK], "big")


def fold_log(connection: sqlite3.Connection) -> None:
    """Write the log into the file and empty it, so that a plain copy of the file has all that is stored.

    What can't be folded now (somebody still reads, the drive is full) is safe in the log and is folded later.
    """
    with suppress(sqlite3.Error):
        connection.execute("PRAGMA busy_timeout = 250")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def is_anothers(path: Path) -> bool:
    """Whether the log beside a file is of another one: the file is in no state that the log began from or holds."""
    seen = None
    for _ in range(LOOKS):
        marks = _marks(log_of(path))
        header = _header(path) if marks else b""
        if len(header) < HEADER or mark_of(header) in marks:
            return False
        if seen == (header, marks):
            return True
        seen = (header, marks)
        time.sleep(LOOKS_EVERY)
    return False


def set_aside(path: Path) -> Path:
    """Keep another file's log under a name of its own, which is returned. Raises OSError."""
    log = log_of(path)
    aside = path.with_name(f"{path.name}{ASIDE}{datetime.now(UTC):%Y%m%dT%H%M%S%f}")
    log.rename(aside)
    path.with_name(f"{path.name}-shm").unlink(missing_ok=True)
    return aside


def logs_set_aside(path: Path) -> list[Path]:
    """The logs of other files that were set aside beside this one."""
    return sorted(entry for entry in path.parent.iterdir() if entry.name.startswith(f"{path.name}{ASIDE}"))


def _header(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(HEADER)


def _marks(log: Path) -> set[int]:
    """The marks of every state from the one that the log began from to its last; none where unknown."""
    try:
        with log.open("rb") as file:
            return _marks_in(file)
    except OSError:
        return set()


def _marks_in(file: BinaryIO) -> set[int]:
    start = file.read(LOG_HEADER.size)
    if len(start) < LOG_HEADER.size:
        return set()
    _, _, page_size, _, *rest = LOG_HEADER.unpack(start)
    marks: set[int] = set()
    while len(frame := file.read(FRAME_HEADER.size)) == FRAME_HEADER.size:
        page, _, *salts, _, _ = FRAME_HEADER.unpack(frame)
        if salts != rest[:2]:  # of an earlier round: the log is written from its start again
            break
        if page == 1:
            header = file.read(HEADER)
            if not marks:
                marks.add(int.from_bytes(header[MARK_BEFORE], "big"))
            marks.add(mark_of(header))
            file.seek(-len(header), os.SEEK_CUR)
        file.seek(page_size, os.SEEK_CUR)
    return marks
