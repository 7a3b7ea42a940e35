"""Opening a store and its transactions. Whatever is peculiar to SQLite stands here, and nowhere else."""

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, TimeoutError
from sqlalchemy.pool import NullPool, QueuePool

from scorecard.store import migrations
from scorecard.store.errors import (
    NewerStore,
    NotAStore,
    StoreDamaged,
    StoreError,
    StoreFull,
    StoreLocked,
    StoreReadOnly,
    StoreUnavailableError,
    StoreUnreachable,
)

BUSY_TIMEOUT = 5.0  # seconds to wait for another writer
SQLITE_HEADER = b"SQLite format 3\x00"
WRITE_BITS = 0o222
PRIVATE = 0o600
CACHE_KIB = 32_000  # the parts of the indexes that a load touches
WAL_PAUSE = 0.02  # seconds; switching to WAL needs the file for itself, and SQLite doesn't always wait for that


class Database:
    """An open database, its tables up to date. Hands out transactions; every fault is one of faults.py."""

    def __init__(self, engine: Engine, where: str, path: Path, read_only: bool, busy_timeout: float) -> None:
        self.engine = engine
        self.busy_timeout = busy_timeout
        self.where = where
        self.path = path
        self.read_only = read_only

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees one state of the store throughout."""
        with translated(self.where), self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that holds the write lock from its start; all of it is kept, or none."""
        if self.read_only:
            raise StoreReadOnly(self.where)
        with translated(self.where), self.engine.connect() as connection:
            connection = connection.execution_options(scorecard_writes=True)
            with connection.begin():
                yield connection

    def close(self) -> None:
        self.engine.dispose()


def connect(url: str, busy_timeout: float | None = None) -> Database:
    """Open the database at an SQLAlchemy URL, made if it's missing, and bring its tables up to date.

    `sqlite:///relative/path.db` or `sqlite:////absolute/path.db`; with `?mode=ro` it is only read,
    `?timeout=30` sets the seconds to wait for another writer. Raises the faults of faults.py; nothing is
    touched then.
    """
    parsed = _parsed(url)
    where = str(parsed.database)
    path = Path(where).absolute()
    seconds = busy_timeout if busy_timeout is not None else float(str(parsed.query.get("timeout", BUSY_TIMEOUT)))
    asked_read_only = parsed.query.get("mode") == "ro"
    _make_file(path, where, asked_read_only)
    read_only = asked_read_only or _is_read_only(path)
    _check_header(path, where)
    database = Database(_engine(path, seconds, read_only), where, path, read_only, seconds)
    try:
        _bring_up_to_date(database)
    except BaseException:
        database.close()
        raise
    return database


@contextmanager
def translated(where: str) -> Iterator[None]:
    """Turn what the database says into a fault with a plain message."""
    try:
        yield
    except DBAPIError as error:
        raise _fault(where, error.orig) from error
    except sqlite3.Error as error:
        raise _fault(where, error) from error
    except TimeoutError as error:  # no connection became free
        raise StoreLocked(where) from error


def _fault(where: str, error: BaseException | None) -> StoreError:
    code = getattr(error, "sqlite_errorcode", None)
    match code & 0xFF if isinstance(code, int) else None:
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return StoreLocked(where)
        case sqlite3.SQLITE_READONLY:
            return StoreReadOnly(where)
        case sqlite3.SQLITE_FULL:
            return StoreFull(where)
        case sqlite3.SQLITE_NOTADB:
            return NotAStore(where, "it is not a database")
        case sqlite3.SQLITE_CORRUPT:
            return StoreDamaged(where, "the database finds its own file inconsistent")
        case sqlite3.SQLITE_IOERR:
            return StoreUnreachable(where, "reading or writing the file failed")
        case sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM | sqlite3.SQLITE_AUTH:
            return StoreUnreachable(where, "the file can't be opened")
    return StoreUnavailableError(f"The store {where} refused the request. Nothing was changed.")


def _parsed(url: str) -> URL:
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise StoreUnreachable(repr(url), "that is not an address such as sqlite:///data/scorecard.db") from error
    where = parsed.render_as_string(hide_password=True)
    if parsed.get_backend_name() != "sqlite":
        raise StoreUnreachable(where, "this version opens SQLite files only, such as sqlite:///data/scorecard.db")
    if parsed.database in (None, "", ":memory:") or str(parsed.database).startswith("file:"):
        raise StoreUnreachable(where, "a store needs the path of a file, as in sqlite:///data/scorecard.db")
    unknown = set(parsed.query) - {"mode", "timeout"}
    if unknown or parsed.query.get("mode", "ro") != "ro" or not _is_number(parsed.query.get("timeout", "0")):
        raise StoreUnreachable(where, "after the question mark only mode=ro and timeout=SECONDS are known")
    return parsed


def _is_number(text: object) -> bool:
    return str(text).replace(".", "", 1).isdigit()


def _make_file(path: Path, where: str, read_only: bool) -> None:
    """Make a missing file, for its owner's eyes only, and the folder it belongs in."""
    try:
        if path.is_dir():
            raise NotAStore(where, "it is a folder")
        if path.exists():
            return
        if read_only:
            raise StoreUnreachable(where, "there is no such file")
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, PRIVATE))
    except FileExistsError:
        if not path.is_file():
            raise StoreUnreachable(where, "its folder can't be made") from None
    except OSError as error:
        why = (error.strerror or "the file can't be made").lower()
        raise StoreUnreachable(where, why) from error


def _is_read_only(path: Path) -> bool:
    """Whether the file, or its folder, where writing needs room for side files, may not be written to."""
    return _is_frozen(path) or not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK))


def _is_frozen(path: Path) -> bool:
    """A file that nobody may write to is read-only even for an administrator, who could overrule it."""
    return not path.stat().st_mode & WRITE_BITS


def _check_header(path: Path, where: str) -> None:
    try:
        with path.open("rb") as file:
            start = file.read(len(SQLITE_HEADER))
    except OSError as error:
        raise StoreUnreachable(where, (error.strerror or "the file can't be read").lower()) from error
    if start and start != SQLITE_HEADER:
        raise NotAStore(where, "it is not a database")


def _engine(path: Path, seconds: float, read_only: bool) -> Engine:
    def opened() -> sqlite3.Connection:
        address = f"file:{quote(path.as_posix())}?{_how(path, read_only)}"
        return sqlite3.connect(address, uri=True, timeout=seconds, isolation_level=None, check_same_thread=False)

    pool = {"poolclass": NullPool} if read_only else {"poolclass": QueuePool, "pool_timeout": max(seconds, 1.0)}
    engine = create_engine("sqlite://", creator=opened, **pool)
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _on_begin)
    return engine


def _how(path: Path, read_only: bool) -> str:
    """How to open the file. Where SQLite can't make its side files, and nobody is writing, it does without them.

    Somebody may begin to write later: that is why a read-only store opens the file anew for each transaction.
    """
    if not read_only:
        return "mode=rw"
    log, index = path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")
    in_use = index.exists() or (log.exists() and log.stat().st_size > 0)
    no_room = _is_frozen(path) or not os.access(path.parent, os.W_OK)
    return "mode=ro&immutable=1" if no_room and not in_use else "mode=ro"


def _on_connect(connection: sqlite3.Connection, _record: Any) -> None:
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")


def _on_begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("scorecard_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _bring_up_to_date(database: Database) -> None:
    with database.reading() as connection:
        found = migrations.version(connection)
    if found is None:
        raise NotAStore(database.where, "it is the database of another program")
    if found > migrations.NEWEST:
        raise NewerStore(database.where, found, migrations.NEWEST)
    if database.read_only and found < migrations.NEWEST:
        raise StoreReadOnly(database.where)
    if database.read_only:
        return
    _switch_to_wal(database)
    while found < migrations.NEWEST:
        with database.writing() as connection:
            found = found + 1 if migrations.apply_next(connection, migrations.MIGRATIONS) else migrations.NEWEST


def _switch_to_wal(database: Database) -> None:
    """Write-ahead logging: readers never wait for a writer. The file remembers it."""
    give_up = time.monotonic() + database.busy_timeout
    while not _is_wal(database):
        if time.monotonic() > give_up:
            raise StoreLocked(database.where)
        time.sleep(WAL_PAUSE)


def _is_wal(database: Database) -> bool:
    """Whether the file is in WAL mode after asking for it; False while somebody else has it."""
    with translated(database.where):
        connection = database.engine.raw_connection()
        try:
            # A drive that can't do it answers with the old mode: that works too, only slower.
            connection.cursor().execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                raise
            return False
        finally:
            connection.close()
    return True
