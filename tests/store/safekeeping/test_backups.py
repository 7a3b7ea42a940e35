"""A backup is the store as it was; a byte that changed, or an end that is missing, is found, and restores nothing."""

from __future__ import annotations

import shutil
import sqlite3
import stat
from pathlib import Path

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
from scorecard.store.safekeeping import seal
from tests.store.helpers import at, figures, said, sent

PLACES = 50


@pytest.fixture
def backup(full: Store, path: Path, tmp_path: Path) -> Path:
    target = tmp_path / "backup.db"
    back_up_store(f"sqlite:///{path}", target)
    return target


def url(path: Path) -> str:
    return f"sqlite:///{path}"


def test_a_backup_is_the_store_and_its_owner_s_alone(full: Store, path: Path, backup: Path, tmp_path: Path) -> None:
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    found = verify_file(f"{url(backup)}?mode=ro")
    assert found == verify_file(url(path))
    assert found.faults == ()
    assert set(found.counted.values()) >= {1, 2, 3}
    assert sorted(one.name for one in tmp_path.iterdir()) == ["backup.db", "data"]
    assert seal.require_whole(backup).tables["acts"].rows == len(full.acts())


def test_a_backup_takes_no_file_s_place_and_leaves_nothing_half_done(full: Store, path: Path, tmp_path: Path) -> None:
    before = path.read_bytes()
    with pytest.raises(FileInTheWay):
        back_up_store(url(path), path)
    with pytest.raises(NotWritten, match="no such file"):
        back_up_store(url(path), tmp_path / "nowhere" / "backup.db")
    assert path.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == ["data"]


def test_a_byte_that_changed_is_found_wherever_it_is(backup: Path, tmp_path: Path) -> None:
    whole = backup.read_bytes()
    damaged = tmp_path / "damaged.db"
    marks = [0, 16, 31, *range(68, 72), len(whole) - 1]
    for place in [*range(len(whole) // PLACES, len(whole), len(whole) // PLACES), *marks]:
        damaged.write_bytes(whole[:place] + bytes([whole[place] ^ 0x10]) + whole[place + 1 :])
        with pytest.raises(BackupDamaged, match="as it was written"):
            seal.require_whole(damaged)


def test_where_it_changed_is_said_and_nothing_is_made_of_it(backup: Path, tmp_path: Path) -> None:
    content = bytearray(backup.read_bytes())
    place = content.index(b"Mosaic reports")
    content[place] ^= 1
    backup.write_bytes(content)
    told = f"page {place // 4096 + 1} of the table extracts (bytes {place // 4096 * 4096:,} to "
    (fault,) = verify_file(url(backup)).faults
    assert told in fault
    with pytest.raises(BackupDamaged):
        restore_store(backup, url(tmp_path / "new.db"))
    assert sorted(one.name for one in tmp_path.iterdir()) == ["backup.db", "data"]


@pytest.mark.parametrize("kept", [0, 50, 4096, 0.5, -700, -100, -1])
def test_one_that_was_cut_short_is_refused(backup: Path, tmp_path: Path, kept: float) -> None:
    content = backup.read_bytes()
    backup.write_bytes(content[: round(kept * len(content)) if isinstance(kept, float) else kept])
    with pytest.raises((BackupDamaged, NotABackup)):
        restore_store(backup, url(tmp_path / "new.db"))
    assert not (tmp_path / "new.db").exists()


def test_a_page_of_another_backup_is_found_by_its_rows(backup: Path, tmp_path: Path) -> None:
    """Somebody who alters a row and writes the pages' hashes anew is contradicted by the rows' own."""
    manifest = seal.require_whole(backup)
    seal.unseal(backup)
    with sqlite3.connect(backup) as connection:
        connection.execute("DROP TRIGGER extracts_no_update")
        connection.execute("UPDATE extracts SET who = 'Mallory'")
    connection.close()
    seal.seal(backup, manifest.version, manifest.tables, manifest.made_at)
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


def test_an_empty_store_may_be_restored_to(full: Store, backup: Path, tmp_path: Path) -> None:
    new = tmp_path / "new.db"
    open_store(url(new)).close()
    manifest = restore_store(backup, url(new))
    assert isinstance(manifest, Manifest)
    with open_store(url(new)) as restored:
        assert restored.acts().equals(full.acts())


def test_a_backup_that_is_copied_into_place_is_a_store_from_its_first_act_on(backup: Path, tmp_path: Path) -> None:
    place = tmp_path / "place" / "scorecard.db"
    place.parent.mkdir()
    shutil.copy(backup, place)
    with open_store(url(place)) as store:
        before = said(store.observations())
        assert verify_file(url(place)).faults == ()
        assert seal.is_sealed(place)
        for number in range(3):
            store.submit(sent(f"more{number}", 10 + number), figures(("m", "2020-10", number)))
            assert verify_file(url(place)).faults == ()
        assert said(store.observations()) == before | {("m", "2020-10"): 2}
    assert not seal.is_sealed(place)
    assert [one.name for one in place.parent.iterdir()] == ["scorecard.db"]
    again = tmp_path / "again.db"
    back_up_store(url(place), again)
    assert verify_file(url(again)).faults == ()
    assert seal.require_whole(again).tables["extracts"].rows == 6


def test_what_is_no_backup_is_said_and_left_alone(full: Store, path: Path, tmp_path: Path) -> None:
    with pytest.raises(NotABackup, match="move --from"):
        restore_store(path, url(tmp_path / "new.db"))
    note = tmp_path / "note.txt"
    note.write_text("not a backup")
    with pytest.raises(NotABackup):
        restore_store(note, url(tmp_path / "new.db"))


def test_a_backup_of_an_older_version_is_restored_and_brought_up_to_date(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from scorecard.store import migrations

    with monkeypatch.context() as then:
        then.setattr(migrations, "MIGRATIONS", migrations.MIGRATIONS[:1])
        then.setattr(migrations, "NEWEST", 1)
        open_store(url(path)).close()
    backup, new = tmp_path / "backup.db", tmp_path / "new.db"
    back_up_store(url(path), backup)
    restore_store(backup, url(new))
    with open_store(url(new)) as restored:
        assert restored.keep_layout("A", b"a", "Ann", at(1)) == 1
