"""audit: who did what, found and proved, from a terminal."""

import csv
import io
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from scorecard.cli.commands import main
from scorecard.store import open_store
from scorecard.store.audit.chain import START, seal
from tests.store.submitted import at, figures, sent


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store of two people; one of them has a name that a spreadsheet would read as a formula."""
    path = tmp_path / "scorecard.db"
    monkeypatch.setenv("SCORECARD_DATABASE_URL", f"sqlite:///{path}")
    assert main(["audit", "--verify"]) == 0  # which puts the catalogue in force
    with open_store(f"sqlite:///{path}") as opened:
        opened.submit(sent("a", 1), figures(("adoptions", "2020-07", 1)))
        opened.keep_act("Bob", at(60 * 24), "was refused", "submit", {})
        opened.withdraw(1, "=HYPERLINK()", at(2), "‘wrong’")
    return path


def output_of(capsys: pytest.CaptureFixture[str], *asked: str, code: int = 0) -> str:
    capsys.readouterr()
    assert main(["audit", *asked]) == code
    return capsys.readouterr().out


def test_acts_are_found_by_person_measure_and_day(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert len(output_of(capsys).splitlines()) == 4
    assert output_of(capsys, "--person", "ann").split(None, 1)[0] == "2"
    assert len(output_of(capsys, "--measure", "adoptions").splitlines()) == 2
    assert "Bob: was refused submit" in output_of(capsys, "--from", "2020-08-04", "--to", "2020-08-04")
    assert output_of(capsys, "--to", "2020-08-01") == "No act is like that.\n"


def test_the_csv_has_no_formula_and_the_json_every_character(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = list(csv.DictReader(io.StringIO(output_of(capsys, "--csv"))))
    assert rows[0]["who"] == "'=HYPERLINK()"
    acts = json.loads(output_of(capsys, "--json"))[::-1]
    previous = START
    for act in acts:  # as an auditor would, by hand
        content = [act[name] for name in ("act_id", "at_microseconds", "who", "what", "subject", "detail")]
        previous = seal(previous, content)
        assert previous == act["sha256"]


def test_the_trail_is_proved_against_a_head_that_was_kept(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    head = output_of(capsys, "--verify").splitlines()[-1]
    assert output_of(capsys, "--verify", "--head", head).startswith("Whole: 4 acts")
    with closing(sqlite3.connect(store)) as connection, connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        for table in ("act_chain", "acts"):
            connection.execute(f"DELETE FROM {table} WHERE act_id = 4")
    assert output_of(capsys, "--verify").startswith("Whole: 3 acts")
    assert output_of(capsys, "--verify", "--head", head, code=1).startswith("Act 4 is not the one")


@pytest.mark.parametrize(
    "asked",
    [
        ["--verify", "--csv"],
        ["--head", "1:" + "0" * 64],
        ["--verify", "--head", "1"],
        ["--verify", "--head", "x:" + "0" * 64],
        ["--from", "yesterday"],
        ["--to", "2020-13-01"],
    ],
)
def test_what_can_not_be_meant_is_wrong_usage(
    store: Path, capsys: pytest.CaptureFixture[str], asked: list[str]
) -> None:
    output_of(capsys, *asked, code=2)
