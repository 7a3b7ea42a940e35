"""The terminal's backup, restore, move, verify and clock."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import pytest

from scorecard.cli.commands import main
from tests.cli.test_commands import GOOD, own_store, written
from tests.postgresql import Databases

__all__ = ["own_store"]


def test_a_backup_is_written_checked_and_takes_no_file_s_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "backup.db"
    assert main(["load", written(tmp_path, GOOD)]) == 0
    assert main(["backup", str(target)]) == 0
    printed = capsys.readouterr().out
    assert "is a whole copy of the store" in printed
    assert re.search(r"The head of its acts, to be kept elsewhere: \d+:[0-9a-f]{64}\n", printed)
    assert main(["backup", str(target)]) == 1
    assert main(["backup", str(tmp_path / "nowhere" / "backup.db")]) == 4
    assert main(["verify", str(target)]) == 0
    assert main(["verify", str(tmp_path / "none.db")]) == 2
    assert main(["verify"]) == 0


def test_a_backup_is_restored_and_a_store_carried_over_to_where_nothing_is(
    tmp_path: Path, own_store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    backup, new, moved = (
        tmp_path / "backup.db",
        f"sqlite:///{tmp_path / 'new.db'}",
        f"sqlite:///{tmp_path / 'moved.db'}",
    )
    assert main(["load", written(tmp_path, GOOD)]) == 0
    assert main(["backup", str(backup)]) == 0
    before = own_store.read_bytes()
    assert main(["restore", str(backup)]) == 1, "the store holds something"
    assert main(["restore", str(tmp_path / "none.db"), "--to", new]) == 2
    assert main(["restore", str(backup), "--to", f"sqlite:///{tmp_path / 'nowhere' / 'new.db'}"]) == 4
    assert main(["restore", str(backup), "--to", new]) == 0
    assert "point SCORECARD_DATABASE_URL at" in capsys.readouterr().out
    assert main(["move", "--from", new, "--to", moved]) == 0
    printed = capsys.readouterr().out
    assert "1 rows on both sides, sha256 " in printed
    assert "Carried over and proved: " in printed
    assert main(["move", "--to", moved]) == 1
    assert "holds something already" in capsys.readouterr().err
    assert main(["verify", moved]) == 0
    assert own_store.read_bytes() == before
    backup.write_bytes(backup.read_bytes()[:-1])
    assert main(["restore", str(backup), "--to", f"sqlite:///{tmp_path / 'other.db'}"]) == 1
    assert main(["verify", str(backup)]) == 1
    assert "it was cut short" in capsys.readouterr().out


def test_a_server_that_refuses_is_said_and_the_password_never(
    tmp_path: Path, own_store: Path, postgresql: Databases, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["load", written(tmp_path, GOOD)]) == 0
    assert main(["backup", str(tmp_path / "backup.db")]) == 0
    server = postgresql.server.url("postgres", "asked_for_a_password:hunter2")
    here = f"sqlite:///{tmp_path / 'here.db'}"
    capsys.readouterr()
    for asked in (
        ["move", "--to", server], ["move", "--from", server, "--to", here], ["verify", server],
        ["restore", str(tmp_path / "backup.db"), "--to", server],
    ):  # fmt: skip
        assert main(asked) == 4
        printed = "".join(capsys.readouterr())
        assert "the server doesn't know this role by this password" in printed
        assert "hunter2" not in printed
    assert not (tmp_path / "here.db").exists()


def test_what_is_not_whole_is_named_and_refused(
    tmp_path: Path, own_store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["load", written(tmp_path, GOOD)]) == 0
    with sqlite3.connect(own_store) as connection:
        connection.execute("DROP TRIGGER catalogues_no_update")
        connection.execute("UPDATE catalogues SET content = x'00'")
    assert main(["verify"]) == 1
    printed = capsys.readouterr()
    assert "Catalogue 1 is not what was stored." in printed.out
    assert "go back to the last good backup" in printed.err
    assert main(["verify", written(tmp_path, GOOD)]) == 4, "a CSV is no store"


def test_a_clock_that_ran_ahead_refuses_loads_until_it_is_mended(
    tmp_path: Path, own_store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["clock", "--reason", "nothing is wrong"]) == 1
    assert main(["load", written(tmp_path, GOOD)]) == 0
    with sqlite3.connect(own_store) as connection:
        for table in ("extracts", "observations"):
            connection.execute(f"DROP TRIGGER {table}_no_update")
            connection.execute(f"UPDATE {table} SET recorded_from = recorded_from + 864000000000")
    later = written(tmp_path, GOOD.replace(",2\n", ",3\n"))
    assert main(["load", later]) == 4
    assert "by this machine's clock" in capsys.readouterr().err
    assert main(["clock", "--by", "Ann", "--reason", " "]) == 1
    assert main(["clock", "--by", "Ann", "--reason", "a wrong clock"]) == 0
    assert "1 change is mended" in capsys.readouterr().out
    assert main(["load", later]) == 0
