"""The terminal: every command, every exit code, and the store as it was where something is refused."""

from __future__ import annotations

import json
import os
import sqlite3
from pathlib import Path

import pytest

from scorecard.cli.commands import main
from tests.frozen_catalogue import CATALOGUE

GOOD = "measure_id,period,value\nadoptions,2020-08,2\ncontacts-becoming-referrals,2020-08,25%\n"
BAD = "measure_id,period,value\nadoption,2020-08,2\nadoptions,2020-13,about 2\n"
WARNED = "measure_id,period,value\ncontacts-becoming-referrals,2020-08,0.25\n"


@pytest.fixture(autouse=True)
def own_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    database = tmp_path / "scorecard.db"
    monkeypatch.setenv("SCORECARD_DATABASE_URL", f"sqlite:///{database}")
    monkeypatch.delenv("SCORECARD_DEMONSTRATION", raising=False)
    return database


def written(tmp_path: Path, text: str | bytes, name: str = "extract.csv") -> str:
    file = tmp_path / name
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return str(file)


def extracts(database: Path) -> int:
    with sqlite3.connect(database) as connection:
        return int(connection.execute("select count(*) from extracts").fetchone()[0])


@pytest.mark.parametrize(
    ("command", "text", "code"),
    [
        (["validate"], GOOD, 0),
        (["validate"], BAD, 1),
        (["validate"], WARNED, 0),
        (["validate"], "", 1),
        (["validate"], b"\x00\x01\x02", 1),
        (["load"], GOOD, 0),
        (["load"], BAD, 1),
        (["load"], WARNED, 3),
        (["load", "--accept-warnings", "--reason", "it is so"], WARNED, 0),
    ],
)
def test_exit_codes_of_a_file(tmp_path: Path, own_store: Path, command: list[str], text: str, code: int) -> None:
    name, *options = command
    assert main([name, written(tmp_path, text), *options]) == code
    stored = name == "load" and code == 0
    assert extracts(own_store) == int(stored)


def test_no_such_file_is_wrong_usage(tmp_path: Path) -> None:
    assert main(["validate", str(tmp_path / "none.csv")]) == 2
    assert main(["validate", str(tmp_path)]) == 2
    assert main(["validate", str(tmp_path / ("a" * 300))]) == 2


def test_a_file_s_name_may_hold_any_bytes_and_what_is_kept_may_not(tmp_path: Path, own_store: Path) -> None:
    file = written(tmp_path, GOOD, "q\udcff\x01<b>.csv")
    assert main(["load", file, "--by", "data\udcff"]) == 2
    assert main(["load", file, "--by", "data team"]) == 0
    assert extracts(own_store) == 1


def test_unknown_commands_and_options_are_wrong_usage() -> None:
    for asked in ([], ["frobnicate"], ["assess", "--period"], ["pack", "--out", "x"]):
        with_exit = pytest.raises(SystemExit) if asked[:1] != ["pack"] else None
        if with_exit is None:
            assert main(asked) == 2
        else:
            with with_exit as raised:
                main(asked)
            assert raised.value.code == 2


def test_findings_as_json_have_the_agreed_names(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["validate", written(tmp_path, BAD), "--json"]) == 1
    answer = json.loads(capsys.readouterr().out)
    names = {"severity", "file", "row", "column", "measure_id", "code", "found", "remedy"}
    assert answer["refused"] is True
    assert {name for finding in answer["findings"] for name in finding} == names
    assert {(finding["row"], finding["code"]) for finding in answer["findings"]} >= {
        (2, "unknown-measure"), (3, "unreadable-period"), (3, "unreadable-value"),
    }  # fmt: skip


def test_the_same_file_twice_is_done_and_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = written(tmp_path, GOOD)
    assert main(["load", file, "--by", "data team"]) == 0
    assert main(["load", file, "--by", "data team"]) == 0
    assert "already stored" in capsys.readouterr().out


def test_an_extract_is_withdrawn_once(tmp_path: Path) -> None:
    assert main(["load", written(tmp_path, GOOD)]) == 0
    assert main(["withdraw", "1", "--by", "data team", "--reason", "wrong file"]) == 0
    assert main(["withdraw", "1", "--by", "data team", "--reason", "wrong file"]) == 1
    assert main(["withdraw", "9", "--by", "data team", "--reason", "wrong file"]) == 1


def test_assess_gives_the_same_bytes_for_the_same_figures(capsys: pytest.CaptureFixture[str]) -> None:
    for shape in ("--json", "--csv"):
        assert main(["assess", shape]) == 0
        first = capsys.readouterr().out
        assert main(["assess", shape, "--period", "2020-07"]) == 0
        assert capsys.readouterr().out == first


def test_assess_as_json_lists_every_measure_with_null_where_nothing_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["assess", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["reporting_month"] == "2020-07"
    assert len(answer["measures"]) == 47
    by_id = {measure["measure_id"]: measure for measure in answer["measures"]}
    assert by_id["caseload-pact"]["value"] is None
    assert by_id["contacts-becoming-referrals"]["status"] == "missed"
    assert by_id["contacts-becoming-referrals"]["distance"] == -5


def test_assess_of_one_service_area_names_near_misses(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["assess", "--csv", "--service-area", "adoption"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 3
    assert main(["assess", "--service-area", "adoptions"]) == 2
    assert "Did you mean adoption?" in capsys.readouterr().err


@pytest.mark.parametrize("period", ["2020-13", "yesterday", "2020/07/99"])
def test_a_month_that_can_t_be_read_is_wrong_usage(period: str) -> None:
    assert main(["assess", "--period", period]) == 2


def test_a_pack_prints_its_snapshot_first_and_repeats_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["pack", "--period", "2020-07", "--out", str(tmp_path / "a")]) == 0
    first = capsys.readouterr().out.splitlines()[0]
    assert first.startswith("snapshot ")
    snapshot_id = first.removeprefix("snapshot ")
    assert main(["pack", "--snapshot", snapshot_id, "--out", str(tmp_path / "b")]) == 0
    assert capsys.readouterr().out.splitlines()[0] == first
    (made,) = (tmp_path / "a").iterdir()
    assert made.name.startswith("2020-07 Improvement Board draft")
    assert snapshot_id[:8] in made.name
    assert made.suffix == ".pdf"
    assert made.read_bytes() == (tmp_path / "b" / made.name).read_bytes()


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (["--period", "2020-07", "--format", "gif"], 2),
        (["--period", "2020-07", "--board", "no-such-board"], 2),
        (["--period", "2020-07", "--areas", "no-such-area"], 2),
        (["--snapshot", "0123456789"], 1),
        (["--snapshot", "01"], 1),
    ],
)
def test_packs_that_can_t_be_made(tmp_path: Path, asked: list[str], code: int) -> None:
    assert main(["pack", *asked, "--out", str(tmp_path / "out")]) == code
    assert not (tmp_path / "out").exists()


def test_a_template_filled_in_loads_without_a_finding(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["template", "2020-08", "--source", "Regional adoption agency"]) == 0
    blank = capsys.readouterr().out
    assert blank.splitlines()[0].startswith("measure_id,period,value")
    assert main(["template", "2020-08", "--format", "xlsx", "--out", str(tmp_path)]) == 0
    assert (tmp_path / "extract-2020-08.xlsx").exists()
    for source in ("Human Resources", "Regional adoption agency"):  # a file each: none takes another's place
        assert main(["template", "2020-08", "--source", source, "--out", str(tmp_path)]) == 0
    names = {"extract-2020-08-Human-Resources.csv", "extract-2020-08-Regional-adoption-agency.csv"}
    assert {path.name for path in tmp_path.glob("extract-*.csv")} == names


def test_a_locked_store_is_said_to_be_locked_and_stays_as_it_was(
    tmp_path: Path, own_store: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["assess"]) == 0
    monkeypatch.setenv("SCORECARD_DATABASE_URL", f"sqlite:///{own_store}?timeout=0.2")
    with sqlite3.connect(own_store, isolation_level=None) as other:
        other.execute("begin immediate")
        assert main(["load", written(tmp_path, GOOD)]) == 4
        assert "locked" in capsys.readouterr().err
        other.execute("rollback")
    assert extracts(own_store) == 0
    assert main(["load", written(tmp_path, GOOD)]) == 0


def test_a_store_that_is_no_store_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = tmp_path / "notes.db"
    text.write_text("my notes" * 1000)
    monkeypatch.setenv("SCORECARD_DATABASE_URL", f"sqlite:///{text}")
    assert main(["assess"]) == 4
    assert main(["load", written(tmp_path, GOOD)]) == 4
    assert main(["validate", written(tmp_path, GOOD)]) == 0, "any file is answered 0 or 1 by validate"
    assert text.read_text() == "my notes" * 1000


def test_a_read_only_store_is_read_and_refuses_a_load(
    tmp_path: Path, own_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["assess"]) == 0
    monkeypatch.setenv("SCORECARD_DATABASE_URL", f"sqlite:///{own_store}?mode=ro")
    assert main(["assess"]) == 0
    assert main(["load", written(tmp_path, GOOD)]) == 4


def test_a_broken_catalogue_names_every_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = CATALOGUE.read_text(encoding="utf-8").replace("unit: days", "unit: fortnights")
    monkeypatch.setenv("SCORECARD_CATALOGUE", written(tmp_path, broken, "measures.yaml"))
    assert main(["assess"]) == 1
    printed = capsys.readouterr().err
    assert printed.count("fortnights") == 2
    assert "line " in printed
    assert "Traceback" not in printed


def test_invented_and_real_figures_never_meet(tmp_path: Path, own_store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert main(["load", written(tmp_path, GOOD)]) == 0
    monkeypatch.setenv("SCORECARD_DEMONSTRATION", "1")
    assert main(["assess"]) == 1
    assert main(["load", written(tmp_path, GOOD.replace(",2\n", ",3\n"))]) == 1
    assert extracts(own_store) == 1
    assert os.environ["SCORECARD_DEMONSTRATION"] == "1"
