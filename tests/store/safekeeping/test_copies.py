"""A plain copy of a file has all that is stored; what isn't whole is named, in either database."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import delete, text, update

from scorecard.store import (
    NotAStore,
    Store,
    StoreUnreachable,
    Verified,
    back_up_store,
    open_store,
    verify_file,
)
from scorecard.store.blobs import packed
from scorecard.store.safekeeping.copies import verify
from scorecard.store.schema import acts, catalogues, extracts, layouts, observations, snapshots
from scorecard.store.schema import snapshot_exports as exports
from tests.store.safekeeping.conftest import fill
from tests.store.submitted import at, figures, grid, sent, tampering, values_of


def verified(path: Path) -> Verified:
    return verify_file(f"sqlite:///{path}?mode=ro")


def test_after_each_act_a_plain_copy_has_what_is_stored(store: Store, path: Path, tmp_path: Path) -> None:
    done = (
        lambda: store.submit(sent("a"), figures(("m", "2020-07", 1))),
        lambda: store.keep_catalogue(b"measures", at(1), "Ann"),
        lambda: store.keep_layout("Mosaic", b"layout", "Ann", at(2)),
        lambda: store.save_snapshot(b"{}", None, "2020-07", at(2), "Ann", at(3)),
        lambda: store.withdraw(1, "Ann", at(4), "wrong"),
    )
    for number, act in enumerate(done, 1):
        act()
        assert [file.name for file in path.parent.iterdir()] == ["scorecard.db"]
        copy = tmp_path / f"{number}.db"
        shutil.copy(path, copy)
        assert verified(copy).faults == ()
        with open_store(f"sqlite:///{copy}") as copied:
            assert copied.acts().equals(store.acts())


def test_a_copy_is_whole_while_the_store_is_being_read(store: Store, path: Path, tmp_path: Path) -> None:
    """Another thread, or another program, reads on; the file has the act all the same."""
    reader = sqlite3.connect(path, isolation_level=None)
    reader.execute("SELECT count(*) FROM extracts").fetchall()
    store.submit(sent("a"), figures(("m", "2020-07", 1)))
    shutil.copy(path, tmp_path / "copy.db")
    reader.close()
    with open_store(f"sqlite:///{tmp_path / 'copy.db'}") as copied:
        assert values_of(copied.observations()) == {("m", "2020-07"): 1}


DAMAGE = [
    (update(catalogues).values(content=b"\0"), "Catalogue 1 is not what was stored."),
    (update(catalogues).values(content=packed(b"measures") + b"\0"), "Catalogue 1 is not what was stored."),
    (update(layouts).values(content=packed(b"layout") + b" "), "Layout 'Mosaic' is not what was stored."),
    (update(layouts).values(sha256="x"), "Layout 'Mosaic' is not what was stored."),
    (update(layouts).values(content=packed(b"layout")[:-1]), "Layout 'Mosaic' is not what was stored."),
    (update(snapshots).values(content=b"\0" * 20), "is not what was stored."),
    (
        update(exports).where(exports.c.format == "pdf").values(content=b"%"),
        "The pdf of snapshot 44136fa355b3 is not what was stored.",
    ),
    (update(exports).where(exports.c.format == "pdf").values(sha256="x"), "is not the one that was approved."),
    (delete(exports).where(exports.c.format == "xlsx"), "The xlsx of snapshot"),
    (
        delete(observations).where(observations.c.extract_id == 2),
        "Extract 2 reported 2 figures, and 0 are kept.",
    ),
    (update(acts).values(detail="{"), "Not all acts can be read"),
    (update(exports).where(exports.c.format == "pdf").values(size=1), "The pdf of snapshot 44136fa355b3 is not what"),
    (update(extracts).where(extracts.c.extract_id == 1).values(who="Mallory"), "What is kept of extract 1 is not"),
    (update(extracts).where(extracts.c.extract_id == 1).values(new=9), "not what its acts tell of: new."),
]
OF_ANOTHER_KIND = {  # which PostgreSQL refuses
    "UPDATE observations SET value = 'abc' WHERE observation_id = 1": "value of the table observations holds 1 value",
    "UPDATE observations SET month = 'June'": "The column month of the table observations holds",
    "UPDATE snapshots SET content = 'text'": "The column content of the table snapshots holds",
    "UPDATE snapshot_exports SET content = 'x'": "The column content of the table snapshot_exports",
    "UPDATE extracts SET rows = 'x'": "The column rows of the table extracts holds",
}


def test_what_is_not_as_it_was_stored_is_named(store_url: str) -> None:
    with open_store(store_url) as store:
        fill(store)
        assert verify_file(store_url).faults == ()
        for damage, phrase in DAMAGE:
            with suppress(_Undone), tampering(store, damage.table.name) as connection:
                connection.execute(damage)
                assert phrase in " ".join(verify(connection).faults)
                raise _Undone
        assert verify_file(store_url).faults == ()


def test_words_where_a_number_or_bytes_belong_are_named(full: Store, path: Path) -> None:
    assert verified(path).faults == ()
    for damage, phrase in OF_ANOTHER_KIND.items():
        with suppress(_Undone), tampering(full, "observations", "snapshots", "snapshot_exports", "extracts") as altered:
            altered.execute(text(damage))
            assert phrase in " ".join(verify(altered).faults)
            raise _Undone


class _Undone(Exception):
    """Takes back what was altered."""


def test_a_row_that_names_one_which_is_not_there_is_named(full: Store, path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("DROP TRIGGER extracts_no_delete")
    connection.execute("DELETE FROM extracts WHERE extract_id = 2")
    connection.commit()
    connection.close()
    assert "names another that isn't there" in " ".join(verified(path).faults)


def test_torn_pages_are_found(store: Store, path: Path) -> None:
    store.submit(sent("a"), grid(20, 5, 12))
    content = bytearray(path.read_bytes())
    middle = len(content) // 2 // 4096 * 4096
    content[middle : middle + 8192] = b"\xff" * 8192
    path.write_bytes(content)
    assert verified(path).faults


def test_a_store_of_an_older_version_is_verified_as_it_is(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from scorecard.store.databases import migrations

    with monkeypatch.context() as then:
        then.setattr(migrations, "MIGRATIONS", migrations.MIGRATIONS[:1])
        then.setattr(migrations, "NEWEST", 1)
        open_store(f"sqlite:///{path}").close()
    before = path.read_bytes()
    assert verified(path).faults == ()
    assert path.read_bytes() == before


def test_what_isn_t_there_is_neither_verified_nor_backed_up_nor_made(path: Path, tmp_path: Path) -> None:
    with pytest.raises(StoreUnreachable, match="no such file"):
        back_up_store(f"sqlite:///{path}", tmp_path / "backup.db")
    with pytest.raises(StoreUnreachable, match="no such file"):
        verify_file(f"sqlite:///{path}")
    (tmp_path / "empty.db").touch()
    with pytest.raises(NotAStore, match="it is empty"):
        verify_file(f"sqlite:///{tmp_path / 'empty.db'}")
    assert [file.name for file in tmp_path.iterdir()] == ["empty.db"]
