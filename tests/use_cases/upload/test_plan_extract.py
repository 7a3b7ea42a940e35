"""The plan's actuals as an extract: the file, the catalogue and the store agree."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from scorecard.catalogue.models import Catalogue
from scorecard.catalogue.plan_figures import plan_observations
from scorecard.extract.check_extract import check_extract
from scorecard.use_cases.open_scorecard import Scorecard
from scorecard.use_cases.upload import plan_extract
from scorecard.use_cases.upload.submit_extract import preview_extract, submit_extract

TODAY = date(2020, 9, 1)
WHEN = datetime(2020, 9, 1, 9, tzinfo=UTC)


@pytest.fixture
def written_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """The file as the command writes it of the plan's catalogue, and says where."""
    assert plan_extract.main([str(tmp_path / "new")]) == 0
    file = tmp_path / "new" / "2020-07.csv"
    assert str(file) in capsys.readouterr().out
    return file


def test_every_figure_of_the_plan_is_in_it_and_no_other(written_file: Path, plan_catalogue: Catalogue) -> None:
    checked = check_extract(written_file.read_bytes(), written_file.name, plan_catalogue, today=TODAY)
    assert not len(checked.findings)
    figures = ["measure_id", "area", "period_end", "months", "value", "numerator", "denominator", "symbol"]
    plan = plan_observations(plan_catalogue)
    assert checked.observations[figures].equals(plan[figures])


def test_loading_it_reports_everything_as_unchanged(written_file: Path, opened: Scorecard) -> None:
    preview = preview_extract(opened, written_file.name, written_file.read_bytes(), today=TODAY)
    assert not preview.checked.findings.count("error")
    assert not preview.checked.findings.count("warning")
    assert set(preview.changes["kind"]) == {"unchanged"}
    assert preview.effects.empty
    receipt = submit_extract(opened, preview, when=WHEN)
    assert (receipt.new, receipt.revised, receipt.unchanged) == (0, 0, len(plan_observations(opened.catalogue)))
