"""A backup of a running store, of either database, as one sealed file; and a new store made of one."""

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from scorecard.store.audit.row_hashes import hash_of, present_tables
from scorecard.store.connection import connect
from scorecard.store.databases import migrations
from scorecard.store.databases.sqlite import SqliteDatabase
from scorecard.store.errors import NotAStore, NotCarried, NotWritten, StoreFull, StoreUnreachable
from scorecard.store.files import seal
from scorecard.store.files.seal import Contents, Manifest
from scorecard.store.files.whole_file import PRIVATE, file_of, whole_file
from scorecard.store.safekeeping.carry import CarriedStore, TellProgress, carry_store, no_progress, require_this_version
from scorecard.store.schema import act_chain
from scorecard.store.trail import Trail
from scorecard.store.values.timestamps import current_time


def back_up_store(url: str, target: Path, tell_progress: TellProgress = no_progress) -> Manifest:
    """Write all that the store at an SQLAlchemy URL holds to a new sealed file, its owner's alone; others may write on.

    It is as the store was at one moment, and there whole or not at all. Raises FileInTheWay, NotWritten, and where
    there is no store StoreUnreachable.
    """
    with _written(target), whole_file(target) as part:
        if file_of(url) is None:
            _carry_to_file(url, part, tell_progress)
        else:
            _copy_pages(url, part, target)
        return seal.seal(part, _what_is_in(part), current_time())


def restore_store(file: Path, url: str, tell_progress: TellProgress = no_progress) -> Manifest:
    """Make a new store at an SQLAlchemy URL of a backup that is whole, and prove it against the backup's manifest.

    Raises NotABackup, BackupDamaged, NotEmpty where there is a store that holds anything, NotWritten.
    """
    with _read(file):
        manifest = seal.require_whole(file)
    target = file_of(url)
    if target is not None and not target.exists():
        with _written(target), whole_file(target) as part:
            _unseal(file, part, manifest)
        return manifest
    with tempfile.TemporaryDirectory() as folder:
        part = Path(folder) / "restored.db"
        with _written(part):
            _unseal(file, part, manifest)
            connect(f"sqlite:///{part}").close()  # an older version's is brought up to date
        move_store(f"sqlite:///{part}", url, tell_progress)
    return manifest


def move_store(source_url: str, target_url: str, tell_progress: TellProgress = no_progress) -> CarriedStore:
    """Carry the store at one SQLAlchemy URL over to another, where nothing is or an empty store, and prove it.

    Stopped anywhere, the target holds nothing. The source is only read. Raises NotEmpty, NotCarried, OlderStore,
    NewerStore, NotWritten (a new file can't be written), and what either store may say.
    """
    file = file_of(target_url)
    if file is not None and not file.exists():
        with _written(file), whole_file(file) as part:
            return _carry(source_url, f"sqlite:///{part.absolute()}", tell_progress)
    return _carry(source_url, target_url, tell_progress)


def _carry(source_url: str, target_url: str, tell_progress: TellProgress) -> CarriedStore:
    with closing(connect(source_url, as_it_is=True)) as source:
        with source.reading() as connection:
            require_this_version(connection, source.where)
        _require_no_other_version(target_url)
        with closing(connect(target_url)) as target:
            return carry_store(source, target, tell_progress)


def _require_no_other_version(url: str) -> None:
    """A store that waits to be brought up to date is left as it is, however little it holds."""
    file = file_of(url)
    if file is not None and not (file.exists() and file.stat().st_size):
        return
    with closing(connect(url, as_it_is=True)) as target, target.reading() as connection:
        if migrations.version(connection) != 0:
            require_this_version(connection, target.where)


def _carry_to_file(url: str, part: Path, tell_progress: TellProgress) -> None:
    _carry(url, f"sqlite:///{part.absolute()}", tell_progress)


def _copy_pages(url: str, part: Path, target: Path) -> None:
    """Page by page, whatever version the store is of."""
    database = connect(url, as_it_is=True)
    assert isinstance(database, SqliteDatabase)  # noqa: S101 - it has a file
    with closing(database), database.copying() as source:
        try:
            with closing(sqlite3.connect(part)) as copy:
                source.backup(copy)
        except sqlite3.Error as error:
            raise NotWritten(str(target), "there is no room left, or its drive can't be written to") from error


def _what_is_in(part: Path) -> Contents:
    """The version of a store's file, the head of its acts, and the hash of each of its tables."""
    with closing(connect(f"sqlite:///{part.absolute()}", as_it_is=True)) as database, database.reading() as connection:
        version = migrations.version(connection)
        if not version:
            raise NotAStore(str(part), "it has no tables of the scorecard")
        tables = {table.name: hash_of(connection, table) for table in present_tables(connection)}
        head = Trail(database).head() if act_chain.name in tables else None
        return Contents(version, None if head is None else str(head), tables)


def _unseal(file: Path, part: Path, manifest: Manifest) -> None:
    """Copy a backup as a store, and hold it to its manifest."""
    shutil.copyfile(file, part)
    part.chmod(PRIVATE)
    seal.unseal(part)
    tables = _what_is_in(part).tables
    for name, table_hash in manifest.tables.items():
        if tables.get(name) != table_hash:
            raise NotCarried(name, "its rows are not those that the backup's manifest names")


@contextmanager
def _written(target: Path) -> Iterator[None]:
    """Say in plain words why a new file could not be written."""
    try:
        yield
    except StoreFull as error:
        raise NotWritten(str(target), "there is no room left on its drive") from error
    except OSError as error:
        raise NotWritten(str(target), (error.strerror or str(error)).lower()) from error
    except sqlite3.Error as error:
        raise NotWritten(str(target), "its drive is full or can't be written to") from error


@contextmanager
def _read(file: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StoreUnreachable(str(file), (error.strerror or str(error)).lower()) from error
