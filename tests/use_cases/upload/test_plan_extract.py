"""The plan's actuals as an extract: the file, the catalogue and the store agree."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from scorecard.access.person import local_person
from scorecard.catalogue.plan_figures import plan_observations
from scorecard.extract.check_extract import check_extract
from scorecard.use_cases.open_scorecard import PROJECT, Scorecard, load_catalogue, open_scorecard, settings_from
from scorecard.use_cases.upload import plan_extract
from scorecard.use_cases.upload.submit_extract import preview_extract, submit_extract

TODAY = date(2020, 9, 1)
WHEN = datetime(2020, 9, 1, 9, tzinfo=UTC)
FILE = PROJECT / "data" / "extracts" / "2020-07.csv"


@pytest.fixture
def scorecard(tmp_path: Path) -> Scorecard:
    settings = settings_from({"SCORECARD_DATABASE_URL": f"sqlite:///{tmp_path / 'real.db'}"})
    with open_scorecard(settings, local_person("Ann"), WHEN) as opened:
        yield opened


def test_the_file_is_what_the_catalogue_writes() -> None:
    catalogue, _ = load_catalogue(settings_from({}))
    name, content = plan_extract.plan_extract(catalogue)
    assert FILE.name == name
    kept = FILE.read_bytes().replace(b"\r\n", b"\n")  # some checkouts change line ends
    assert kept == content, "run python -m scorecard.use_cases.upload.plan_extract"


def test_every_figure_of_the_plan_is_in_it_and_no_other() -> None:
    catalogue, _ = load_catalogue(settings_from({}))
    checked = check_extract(FILE.read_bytes(), FILE.name, catalogue, today=TODAY)
    assert not len(checked.findings)
    figures = ["measure_id", "area", "period_end", "months", "value", "numerator", "denominator", "symbol"]
    plan = plan_observations(catalogue)
    assert checked.observations[figures].equals(plan[figures])


def test_loading_it_reports_everything_as_unchanged(scorecard: Scorecard) -> None:
    preview = preview_extract(scorecard, FILE.name, FILE.read_bytes(), today=TODAY)
    assert not preview.checked.findings.count("error")
    assert not preview.checked.findings.count("warning")
    assert set(preview.changes["kind"]) == {"unchanged"}
    assert preview.effects.empty
    receipt = submit_extract(scorecard, preview, when=WHEN)
    assert (receipt.new, receipt.revised, receipt.unchanged) == (0, 0, len(plan_observations(scorecard.catalogue)))


def test_the_command_writes_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert plan_extract.main([str(tmp_path / "new")]) == 0
    written = tmp_path / "new" / FILE.name
    assert str(written) in capsys.readouterr().out
    assert written.read_bytes() == FILE.read_bytes().replace(b"\r\n", b"\n")
