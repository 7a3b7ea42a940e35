"""A store in an SQLite file: opening it and its transactions, and whatever else is peculiar to SQLite."""

import os
import sqlite3
import time
from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError, StatementError, TimeoutError
from sqlalchemy.pool import NullPool

from scorecard.store.databases import migrations
from scorecard.store.databases.contract import BUSY_TIMEOUT, Database, StoreState, own_fault
from scorecard.store.errors import (
    NotAStore,
    StoreDamaged,
    StoreError,
    StoreFull,
    StoreLocked,
    StoreReadOnly,
    StoreReplaced,
    StoreUnavailableError,
    StoreUnreachable,
)
from scorecard.store.files import file_in_use, log, network_drives, remarks, seal
from scorecard.store.files.file_in_use import AnothersLog, Identity, StillInUse

SQLITE_HEADER = b"SQLite format 3\x00"
WRITE_BITS = 0o222
PRIVATE = 0o600
CACHE_KIB = 32_000  # the parts of the indexes that a load touches
WAL_PAUSE = 0.02  # seconds; switching to WAL needs the file for itself, and SQLite doesn't always wait for that


class SqliteDatabase(Database):
    """A store in a file.

    Each transaction opens the file that the path names then: a backup that is put back is seen at once, and with the
    last transaction the log is folded into the file.
    """

    def __init__(self, where: str, path: Path, asked_read_only: bool, busy_timeout: float, as_it_is: bool) -> None:
        super().__init__(where, asked_read_only or _is_read_only(path), busy_timeout, as_it_is)
        self.path = path
        self.asked_read_only = asked_read_only
        self.engine = _engine(self)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees one state of the store throughout."""
        with translated(self.where), self._opened() as connection, connection.begin():
            yield connection

    @contextmanager
    def copying(self) -> Iterator[sqlite3.Connection]:
        """The connection of a reading transaction, to copy from what it sees."""
        with self.reading() as connection:
            connection.exec_driver_sql("SELECT count(*) FROM sqlite_master")  # it sees from its first question on
            yield _driver(connection)

    def warnings(self) -> list[str]:
        """Whether the file is on a network drive, may only be read, or may be read by others."""
        return network_drives.warnings(self.path, self.read_only) + remarks.warnings(self.path)

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with translated(self.where), self._opened() as connection:
            if self.read_only:
                raise StoreReadOnly(self.where)
            with _act(self, connection) as act:
                yield act
            self._known = _seen(connection)

    def _found(self) -> StoreState:
        with translated(self.where), self.engine.connect() as connection:
            seen = _seen(connection)
            with connection.begin():
                return StoreState(seen, migrations.version(connection))

    def _migrated(self, state: StoreState) -> Hashable:
        which, version = state.which, state.version or 0
        if self.read_only and version < migrations.NEWEST:
            raise StoreReadOnly(self.where)
        if not self.read_only:
            _switch_to_wal(self)
        while version < migrations.NEWEST:
            with translated(self.where), self.engine.connect() as connection:
                with _act(self, connection) as act:
                    done = migrations.apply_next(act, migrations.MIGRATIONS)
                version = version + 1 if done else migrations.NEWEST
                which = _seen(connection)
        return which

    @contextmanager
    def _opened(self) -> Iterator[Connection]:
        """A connection to the file that the path names now; one that wasn't known is brought up to date first."""
        with self.engine.connect() as connection:
            known = self.as_it_is or _seen(connection) == self._known
            if known:
                yield connection
        if not known:
            self.read_only = self.asked_read_only or _is_read_only(self.path)
            self.bring_up_to_date()
            with self.engine.connect() as connection:
                yield connection


@contextmanager
def _act(database: SqliteDatabase, connection: Connection) -> Iterator[Connection]:
    """A writing transaction. What it changed is marked, kept if the file is still the same one, and folded into it."""
    driver = _driver(connection)
    connection = connection.execution_options(scorecard_writes=True)
    with connection.begin():
        marks = {file_in_use.mark(database.path), log.mark_in(driver)}
        before = driver.total_changes
        yield connection
        if driver.total_changes == before:
            return
        log.set_mark(driver)
        if driver.moved() or file_in_use.mark(database.path) not in marks:
            raise StoreReplaced(database.where)
    log.fold_log(driver)
    if driver.moved():
        raise StoreReplaced(database.where)


def connect_sqlite(address: URL, busy_timeout: float | None, as_it_is: bool) -> SqliteDatabase:
    """Open the file that an address names, as `connection.connect` says."""
    _require_file(address)
    where = str(address.database)
    path = Path(where).absolute()
    seconds = busy_timeout if busy_timeout is not None else float(str(address.query.get("timeout", BUSY_TIMEOUT)))
    asked_read_only = address.query.get("mode") == "ro"
    _make_file(path, where, asked_read_only or as_it_is)
    if as_it_is and not path.stat().st_size:
        raise NotAStore(where, "it is empty")
    database = SqliteDatabase(where, path, asked_read_only, seconds, as_it_is)
    if not as_it_is:
        database.bring_up_to_date()
    return database


def which_file(address: URL) -> Identity | None:
    """Which file the address names now; None where there is none, or an empty one."""
    try:
        status = Path(str(address.database)).stat()
    except OSError:
        return None
    return Identity(status.st_dev, status.st_ino) if status.st_size else None


@contextmanager
def translated(where: str) -> Iterator[None]:
    """Turn what the database says into a fault with a plain message."""
    try:
        yield
    except DBAPIError as error:
        raise _fault(where, error.orig) from error
    except StatementError as error:
        raise own_fault(error) from None
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


def _require_file(address: URL) -> None:
    where = address.render_as_string(hide_password=True)
    if address.database in (None, "", ":memory:") or str(address.database).startswith("file:"):
        raise StoreUnreachable(where, "a store needs the path of a file, as in sqlite:///data/scorecard.db")
    unknown = set(address.query) - {"mode", "timeout"}
    if unknown or address.query.get("mode", "ro") != "ro" or not _is_number(address.query.get("timeout", "0")):
        raise StoreUnreachable(where, "after the question mark only mode=ro and timeout=SECONDS are known")


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


class _Connection(sqlite3.Connection):
    """A connection that knows which file it was opened on."""

    path: Path
    identity: Identity | None = None

    def moved(self) -> bool:
        """Whether the path names another file by now, or none."""
        try:
            return file_in_use.identity(self.path) != self.identity
        except OSError:
            return True

    def close(self) -> None:
        try:
            super().close()
        finally:
            if self.identity is not None:
                self.identity = None
                file_in_use.give_back(self.path)


def _engine(database: SqliteDatabase) -> Engine:
    def opened() -> _Connection:
        while True:
            connection = _open(database)
            if not connection.moved():
                return connection
            connection.close()

    engine = create_engine("sqlite://", creator=opened, poolclass=NullPool)
    event.listen(engine, "begin", _on_begin)
    return engine


def _open(database: SqliteDatabase) -> _Connection:
    path, where, seconds = database.path, database.where, database.busy_timeout
    try:
        identity = file_in_use.take(path, seconds, database.read_only)
    except StillInUse as error:
        raise StoreLocked(where) from error
    except AnothersLog as error:
        why = f"the log {log.log_of(path).name} beside it belongs to another file; move that log away"
        raise StoreUnreachable(where, why) from error
    except OSError as error:
        raise StoreUnreachable(where, (error.strerror or "the file can't be read").lower()) from error
    try:
        start = file_in_use.start(path)
        if start and not start.startswith(SQLITE_HEADER):
            raise NotAStore(where, "it is not a database")
        address = f"file:{quote(path.as_posix())}?{_how(path, database.read_only)}"
        options: dict[str, Any] = {"uri": True, "isolation_level": None, "check_same_thread": False}
        connection = sqlite3.connect(address, timeout=seconds, factory=_Connection, **options)
    except BaseException:
        file_in_use.give_back(path)
        raise
    connection.path, connection.identity = path, identity
    try:
        _on_connect(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _driver(connection: Connection) -> _Connection:
    driver = connection.connection.driver_connection
    assert isinstance(driver, _Connection)  # noqa: S101 - our engine opens no other
    return driver


def _seen(connection: Connection) -> tuple[Identity | None, int]:
    """Which file a connection is to, and which tables it has: another number where they were altered."""
    driver = _driver(connection)
    (tables,) = driver.execute("PRAGMA schema_version").fetchone()
    return driver.identity, int(tables)


def _how(path: Path, read_only: bool) -> str:
    """How to open the file. Where SQLite can't make its side files, and nobody is writing, it does without them.

    Somebody may begin to write later: that is why a read-only store opens the file again for each transaction.
    """
    if not read_only:
        return "mode=rw"
    log, index = path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")
    in_use = index.exists() or (log.exists() and log.stat().st_size > 0)
    no_room = _is_frozen(path) or not os.access(path.parent, os.W_OK)
    return "mode=ro&immutable=1" if (no_room or seal.is_sealed(path)) and not in_use else "mode=ro"


def _on_connect(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA secure_delete = ON")  # a sent file that goes leaves nothing on the pages it stood on
    connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")


def _on_begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("scorecard_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _switch_to_wal(database: SqliteDatabase) -> None:
    """Write-ahead logging: readers never wait for a writer. The file remembers it."""
    give_up = time.monotonic() + database.busy_timeout
    while not _is_wal(database):
        if time.monotonic() > give_up:
            raise StoreLocked(database.where)
        time.sleep(WAL_PAUSE)


def _is_wal(database: SqliteDatabase) -> bool:
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
