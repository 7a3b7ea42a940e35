"""A backup is the store as it was; a byte that changed, or an end that is missing, is found, and restores nothing."""

from __future__ import annotations

import multiprocessing
import shutil
import sqlite3
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from scorecard.store import (
    BackupDamaged,
    FileInTheWay,
    Manifest,
    NotABackup,
    NotCarried,
    NotEmpty,
    NotWritten,
    Store,
    back_up_store,
    open_store,
    restore_store,
    verify_file,
)
from scorecard.store.audit.row_hashes import TableHash
from scorecard.store.databases import migrations
from scorecard.store.files import seal
from tests.store.safekeeping.conftest import fill
from tests.store.submitted import at, figures, grid, sent, values_of

PLACES = 50


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    with open_store(store_url) as opened:
        yield opened


@pytest.fixture
def backup(full: Store, store_url: str, tmp_path: Path) -> Path:
    """A backup of the store with something of every kind, in either database."""
    target = tmp_path / "kept" / "backup.db"
    target.parent.mkdir()
    back_up_store(store_url, target)
    return target


@pytest.fixture(scope="module")
def sealed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup for what doesn't hang on where the store was."""
    folder = tmp_path_factory.mktemp("sealed")
    with open_store(url(folder / "scorecard.db")) as store:
        fill(store)
    back_up_store(url(folder / "scorecard.db"), folder / "backup.db")
    return folder / "backup.db"


@pytest.fixture
def backup_of_file(sealed: Path, tmp_path: Path) -> Path:
    """A copy of it, to be altered."""
    return Path(shutil.copy(sealed, tmp_path / "backup.db"))


def url(path: Path) -> str:
    return f"sqlite:///{path}"


def test_a_backup_is_the_store_and_its_owner_s_alone(full: Store, store_url: str, backup: Path) -> None:
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    verification = verify_file(f"{url(backup)}?mode=ro")
    assert verification == verify_file(store_url)
    assert verification.faults == ()
    assert set(verification.counted.values()) >= {1, 2, 3}
    assert [file.name for file in backup.parent.iterdir()] == ["backup.db"]
    manifest = seal.require_whole(backup)
    assert manifest.tables["acts"].rows == len(full.acts())
    assert manifest.head == str(full.trail.head())


def test_a_backup_takes_no_file_s_place_and_leaves_nothing_half_done(
    full: Store, store_url: str, backup: Path, tmp_path: Path
) -> None:
    before = backup.read_bytes()
    with pytest.raises(FileInTheWay):
        back_up_store(store_url, backup)
    with pytest.raises(NotWritten, match="no such file"):
        back_up_store(store_url, tmp_path / "nowhere" / "backup.db")
    assert backup.read_bytes() == before
    assert [file.name for file in backup.parent.iterdir()] == ["backup.db"]


def write_on(url: str, began: Any, stop: Any) -> None:
    number = 0
    with open_store(url, busy_timeout=30) as store:
        while not stop.is_set():
            number += 1
            store.submit(sent(f"e{number}", number), grid(4, 1, 2, seed=number))
            began.set()
            stop.wait(0.02)


@pytest.fixture
def writer(store_url: str) -> Iterator[None]:
    """Another process that goes on writing to the store."""
    open_store(store_url).close()
    spawned = multiprocessing.get_context("spawn")
    began, stop = spawned.Event(), spawned.Event()
    process = spawned.Process(target=write_on, args=(store_url, began, stop))
    process.start()
    assert began.wait(60)
    yield
    stop.set()
    process.join(60)
    assert process.exitcode == 0


def test_backups_are_whole_while_another_process_writes(writer: None, store_url: str, tmp_path: Path) -> None:
    held = []
    for number in range(2):
        target = tmp_path / f"{number}.db"
        back_up_store(store_url, target)
        assert verify_file(f"{url(target)}?mode=ro").faults == ()
        with open_store(url(target)) as copied:
            held.append(len(copied.extracts()))
    assert held == sorted(held)
    assert held[0] >= 1


def test_a_byte_that_changed_is_found_wherever_it_is(sealed: Path, tmp_path: Path) -> None:
    whole = sealed.read_bytes()
    damaged = tmp_path / "damaged.db"
    marks = [0, 16, 31, *range(68, 72), len(whole) - 1]
    for position in [*range(len(whole) // PLACES, len(whole), len(whole) // PLACES), *marks]:
        damaged.write_bytes(whole[:position] + bytes([whole[position] ^ 0x10]) + whole[position + 1 :])
        with pytest.raises(BackupDamaged, match="as it was written"):
            seal.require_whole(damaged)


def test_where_it_changed_is_said_and_nothing_is_made_of_it(backup_of_file: Path, tmp_path: Path) -> None:
    backup = backup_of_file
    content = bytearray(backup.read_bytes())
    position = content.index(b"Mosaic reports")
    content[position] ^= 1
    backup.write_bytes(content)
    phrase = f"page {position // 4096 + 1} of the table extracts (bytes {position // 4096 * 4096:,} to "
    page, row = verify_file(url(backup)).faults
    assert phrase in page
    assert row.endswith("is not what its acts tell of: something else that is kept.")
    with pytest.raises(BackupDamaged):
        restore_store(backup, url(tmp_path / "new.db"))
    assert [file.name for file in tmp_path.iterdir()] == ["backup.db"]


def test_one_that_was_cut_short_is_refused(backup_of_file: Path, tmp_path: Path) -> None:
    content = backup_of_file.read_bytes()
    for length in (0, 50, 4096, len(content) // 2, len(content) - 700, len(content) - 100, len(content) - 1):
        backup_of_file.write_bytes(content[:length])
        with pytest.raises((BackupDamaged, NotABackup)):
            restore_store(backup_of_file, url(tmp_path / "new.db"))
        assert not (tmp_path / "new.db").exists()


def test_the_end_of_a_backup_is_never_the_end_of_a_page(backup_of_file: Path) -> None:
    """SQLite writes whole pages: what it leaves of a manifest is then never taken for a seal."""
    manifest, size = seal.require_whole(backup_of_file), backup_of_file.stat().st_size
    fills_the_page = "x" * (-size % 4096 - len('"":{"rows":0,"sha256":""},'))
    tables = {fills_the_page: TableHash(0, ""), **manifest.tables}
    seal.unseal(backup_of_file)
    seal.seal(backup_of_file, seal.Contents(manifest.version, manifest.head, tables), manifest.made_at)
    assert backup_of_file.stat().st_size % 4096 == 1
    assert seal.require_whole(backup_of_file).tables == tables


def test_a_page_of_another_backup_is_found_by_its_rows(backup_of_file: Path, tmp_path: Path) -> None:
    """Somebody who alters a row and writes the pages' hashes anew is contradicted by the rows' own."""
    backup = backup_of_file
    manifest = seal.require_whole(backup)
    seal.unseal(backup)
    with sqlite3.connect(backup) as connection:
        connection.execute("DROP TRIGGER extracts_no_update")
        connection.execute("UPDATE extracts SET who = 'Mallory'")
    connection.close()
    seal.seal(backup, seal.Contents(manifest.version, manifest.head, manifest.tables), manifest.made_at)
    with pytest.raises(NotCarried, match="extracts"):
        restore_store(backup, url(tmp_path / "new.db"))
    assert not (tmp_path / "new.db").exists()


def test_what_is_restored_is_the_store_and_goes_on(full: Store, backup: Path, tmp_path: Path) -> None:
    new = tmp_path / "new" / "scorecard.db"
    new.parent.mkdir()
    restore_store(backup, url(new))
    assert verify_file(url(new)).faults == ()
    assert not seal.is_sealed(new)
    assert stat.S_IMODE(new.stat().st_mode) == 0o600
    with open_store(url(new)) as restored:
        assert restored.acts().equals(full.acts())
        assert restored.observations().equals(full.observations())
        assert restored.submit(sent("c", 9), figures(("m", "2020-09", 4))).extract_id == 4
    with pytest.raises(NotEmpty, match="4 in extracts"):
        restore_store(backup, url(new))


@pytest.mark.parametrize("there", ["sqlite", "postgresql"])
def test_an_empty_store_may_be_restored_to(
    sealed: Path, tmp_path: Path, request: pytest.FixtureRequest, there: str
) -> None:
    new = request.getfixturevalue("postgresql").url() if there == "postgresql" else url(tmp_path / "new.db")
    open_store(new).close()
    manifest = restore_store(sealed, new)
    assert isinstance(manifest, Manifest)
    with open_store(new) as restored:
        assert len(restored.acts()) == manifest.tables["acts"].rows
        assert str(restored.trail.head()) == manifest.head
        assert restored.submit(sent("c", 9), figures(("m", "2020-09", 4))).extract_id == 4


def test_a_backup_that_is_copied_into_place_is_a_store_from_its_first_act_on(sealed: Path, tmp_path: Path) -> None:
    restored = tmp_path / "place" / "scorecard.db"
    restored.parent.mkdir()
    shutil.copy(sealed, restored)
    with open_store(url(restored)) as store:
        before = values_of(store.observations())
        assert verify_file(url(restored)).faults == ()
        assert seal.is_sealed(restored)
        for number in range(3):
            store.submit(sent(f"more{number}", 10 + number), figures(("m", "2020-10", number)))
            assert verify_file(url(restored)).faults == ()
        assert values_of(store.observations()) == before | {("m", "2020-10"): 2}
    assert not seal.is_sealed(restored)
    assert [file.name for file in restored.parent.iterdir()] == ["scorecard.db"]
    again = tmp_path / "again.db"
    back_up_store(url(restored), again)
    assert verify_file(url(again)).faults == ()
    assert seal.require_whole(again).tables["extracts"].rows == 6


def test_what_is_no_backup_is_said_and_left_alone(file_store: Store, path: Path, tmp_path: Path) -> None:
    with pytest.raises(NotABackup, match="move --from"):
        restore_store(path, url(tmp_path / "new.db"))
    note = tmp_path / "note.txt"
    note.write_text("not a backup")
    with pytest.raises(NotABackup):
        restore_store(note, url(tmp_path / "new.db"))


@pytest.mark.parametrize("there", ["new.db", "postgresql"])
def test_a_backup_of_an_older_version_is_restored_and_brought_up_to_date(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest, there: str
) -> None:
    new = request.getfixturevalue("postgresql").url() if there == "postgresql" else url(tmp_path / there)
    with monkeypatch.context() as then:
        then.setattr(migrations, "MIGRATIONS", migrations.MIGRATIONS[:1])
        then.setattr(migrations, "NEWEST", 1)
        open_store(url(path)).close()
    backup = tmp_path / "backup.db"
    back_up_store(url(path), backup)
    restore_store(backup, new)
    with open_store(new) as restored:
        assert restored.keep_layout("A", b"a", "Ann", at(1)) == 1
