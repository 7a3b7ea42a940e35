"""Two people at once, a load that is killed, a yes to an old preview: all of a file is stored or none of it."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest

from scorecard.access.person import local_person
from scorecard.cli.commands import main
from scorecard.extract.findings import Findings, fault
from scorecard.store import StoreChanged
from scorecard.use_cases.open_scorecard import Scorecard
from scorecard.use_cases.publish.pack import approve_pack, take_snapshot
from scorecard.use_cases.upload.findings_in_file import excerpt, filtered, first_findings, groups, measures_named
from scorecard.use_cases.upload.submit_extract import Preview, preview_extract, submit_extract
from tests.conftest import PROJECT, WHEN
from tests.store.submitted import asking

HEADER = "measure_id,period,value\n"
MEASURE = "contacts-becoming-referrals"
WAITS_FOR_EACH_OTHER = "60"  # seconds: a guard; a busy machine may make one wait for long
LOAD = ["load", "--by", "Ann", "--json", "--accept-warnings", "--reason", "Correction"]


def preview(opened: Scorecard, *rows: str) -> Preview:
    text = HEADER + "\n".join(rows) + "\n"
    return preview_extract(opened, "f.csv", text.encode(), today=date(2021, 6, 1))


def file_with(name: str, rows: str, folder: Path) -> Path:
    file = folder / f"{name}.csv"
    file.write_text(HEADER + rows, encoding="utf-8")
    return file


@pytest.fixture
def waits(opened: Scorecard, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who loads at the terminal waits for the others."""
    monkeypatch.setenv("SCORECARD_DATABASE_URL", asking(opened.settings.database_url, timeout=WAITS_FOR_EACH_OTHER))


def loading(file: Path) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-m", "scorecard", *LOAD, str(file)], cwd=PROJECT,
                            stdout=subprocess.PIPE, text=True)  # fmt: skip


@pytest.mark.usefixtures("waits")
def test_two_people_send_at_once_and_both_files_are_stored_or_held(
    opened: Scorecard, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = {name: file_with(name, f"{MEASURE},2020-08,{value}%\n", tmp_path) for name, value in (("a", 21), ("b", 22))}
    running = [loading(files[name]) for name in ("a", "b")]
    code = main([*LOAD, str(files["a"])])
    answers = [json.loads(process.communicate(timeout=300)[0]) for process in running] + [
        json.loads(capsys.readouterr().out)
    ]
    assert [process.returncode for process in running] + [code] == [0, 0, 0]
    assert answers[0]["extract"] == answers[2]["extract"]
    assert [answers[0]["already_held"], answers[2]["already_held"]].count(True) == 1
    assert len(opened.store.extracts()) == 2


def test_a_yes_to_what_has_changed_since_is_refused_and_nothing_is_stored(opened: Scorecard) -> None:
    mine, theirs = preview(opened, f"{MEASURE},2020-08,21%"), preview(opened, f"{MEASURE},2020-08,22%")
    submit_extract(opened.of(local_person("Bob")), theirs, when=WHEN)
    with pytest.raises(StoreChanged, match="changed since you saw the preview"):
        submit_extract(opened, mine, when=WHEN)
    assert len(opened.store.extracts()) == 1
    anew = preview(opened, f"{MEASURE},2020-08,21%")
    assert anew.changes["kind"].tolist() == ["revised"]


def test_each_warning_may_have_a_reason_of_its_own(opened: Scorecard) -> None:
    previewed = preview(opened, f"{MEASURE},2020-08,0.21", "views-represented-at-conference,2020-08,0.64")
    assert len(previewed.checked.warnings) == 2
    with pytest.raises(ValueError, match="warnings"):
        submit_extract(opened, previewed, when=WHEN, reasons=["Correction"])
    submit_extract(opened, previewed, when=WHEN, reasons=["Correction", "System change"])
    extract = opened.store.extracts().iloc[0]
    assert [warning["reason"] for warning in opened.store.accepted([1])] == ["Correction", "System change"]
    assert extract["reason"] == "Correction; System change"


def test_a_revision_names_the_first_board_pack_that_shows_the_old_figure(opened: Scorecard) -> None:
    submit_extract(opened, preview(opened, f"{MEASURE},2020-08,21%"), when=WHEN)
    assert preview(opened, f"{MEASURE},2020-08,22%").changes["packs"].tolist() == [""]
    pack = take_snapshot(opened, date(2020, 8, 31), when=WHEN, with_charts=False)
    assert preview(opened, f"{MEASURE},2020-08,22%").changes["packs"].tolist() == [""], "a draft was shown to nobody"
    approve_pack(opened, pack, role="Director", when=WHEN + timedelta(days=1))
    revised = preview(opened, f"{MEASURE},2020-08,22%", f"{MEASURE},2020-09,20%")
    assert dict(zip(revised.changes["kind"], revised.changes["packs"], strict=True)) == {
        "revised": "Improvement Board, August 2020", "new": "",
    }  # fmt: skip


def test_thousands_of_faults_are_counted_filtered_and_shown(opened: Scorecard) -> None:
    previewed = preview(opened, *["adoptions,2020-13,abc"] * 5_000)
    findings = previewed.checked.findings
    kinds = groups(findings)
    shown = first_findings(
        findings, filtered(findings, severity="error", code="unreadable-value", measure_id="adoptions"), 100
    )
    rows = excerpt(previewed.content, previewed.checked, shown[:30], None, 10)
    assert [(kind.code, kind.count, kind.rows) for kind in kinds] == [
        ("unreadable-period", 5_000, 5_000), ("unreadable-value", 5_000, 5_000),
    ]  # fmt: skip
    assert measures_named(findings) == ("adoptions",)
    assert len(shown) == 100
    assert rows is not None
    assert rows.header == ("measure_id", "period", "value")
    assert (rows.rows[0].number, rows.rows[0].cells, rows.rows[0].marked) == (2, ("adoptions", "2020-13", "abc"), {2})


def test_a_figure_that_looks_wrong_stands_above_the_warnings_of_the_whole_file() -> None:
    findings = Findings(
        "a.csv", [fault("measure-missing"), fault("unit-looks-wrong", row=3), fault("unreadable-value", row=4)]
    )
    assert [findings[at].code for at in filtered(findings)] == [
        "unreadable-value",
        "unit-looks-wrong",
        "measure-missing",
    ]
    assert [kind.code for kind in groups(findings)] == ["unreadable-value", "unit-looks-wrong", "measure-missing"]
