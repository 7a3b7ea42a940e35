"""A catalogue changed under stored figures waits for a yes; what says the change is meant needs none."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pandas as pd
import pytest

from scorecard.access.person import local_person
from scorecard.cli.commands import main
from scorecard.use_cases.errors import CatalogueChanged
from scorecard.use_cases.open_scorecard import Scorecard, Settings, open_scorecard
from scorecard.use_cases.upload.history import versions
from scorecard.use_cases.upload.submit_extract import preview_extract, submit_extract
from scorecard.use_cases.view.completeness import view_completeness
from scorecard.use_cases.view.measures import view_measures
from tests.catalogue.small_catalogue import SMALL
from tests.conftest import IN_ONE_DATABASE

WHEN = datetime(2020, 12, 10, 9, tzinfo=UTC)
DAYS = ("unit: percent", "unit: days")
RENAMED = (("id: first-measure", "id: renamed"), ("pair: first-measure", "pair: renamed"))
FORMERLY = ("name: First", "formerly: first-measure\n        name: First")
BREAK = ("supplied_by: A system", "supplied_by: A system\n        break: {from: 2020-10, why: Counted in days}")


def text(*edits: tuple[str, str]) -> str:
    changed = SMALL
    for old, new in edits:
        assert old in changed
        changed = changed.replace(old, new, 1)
    return changed


def send(scorecard: Scorecard, measure: str, *figures: tuple[str, float], reason: str | None = "Checked") -> None:
    rows = "".join(f"{measure},{month},{value}\n" for month, value in figures)
    previewed = preview_extract(
        scorecard, "file.csv", f"measure_id,period,value\n{rows}".encode(), today=date(2020, 12, 10)
    )
    submit_extract(scorecard, previewed, when=WHEN, reason=reason)


@pytest.fixture
def settings(settings: Settings, tmp_path: Path) -> Settings:
    """A store with three figures of first-measure: August to October 2020."""
    file = tmp_path / "measures.yaml"
    file.write_text(SMALL, encoding="utf-8")
    made = settings.model_copy(update={"catalogue": file})
    with open_scorecard(made, local_person("Ann"), WHEN) as opened:
        send(opened, "first-measure", ("2020-08", 41), ("2020-09", 42), ("2020-10", 43))
    return made


def change(settings: Settings, *edits: tuple[str, str]) -> None:
    settings.catalogue.write_text(text(*edits), encoding="utf-8")


def figures(settings: Settings, measure: str) -> dict[str, float]:
    with open_scorecard(settings, local_person("Ann"), WHEN) as opened:
        observations = view_measures(opened).observations
    own = observations[observations["measure_id"] == measure]
    return {f"{end:%Y-%m}": value for end, value in zip(own["period_end"], own["value"], strict=True)}


def test_a_changed_unit_is_named_with_its_figures_and_nothing_is_put_in_force(settings: Settings) -> None:
    change(settings, DAYS)
    with pytest.raises(CatalogueChanged) as caught:
        open_scorecard(settings, local_person("Ann"), WHEN)
    assert caught.value.lines == ["first-measure: the unit was percent, is days; 3 stored figures would be read so."]
    change(settings)
    assert figures(settings, "first-measure")["2020-10"] == 43


def test_a_measure_without_stored_figures_changes_freely(settings: Settings) -> None:
    change(settings, ("unit: number", "unit: average"))
    assert figures(settings, "first-measure")["2020-08"] == 41


def test_a_yes_keeps_what_was_said_and_why(settings: Settings) -> None:
    change(settings, DAYS)
    with open_scorecard(settings, local_person("Ann"), WHEN, accepting="Always were days") as opened:
        acts = opened.store.acts()
    detail = acts[acts["subject"] == "catalogue"].iloc[-1]["detail"]
    assert detail["reason"] == "Always were days"
    assert detail["accepted"] == ["first-measure: the unit was percent, is days; 3 stored figures would be read so."]
    assert figures(settings, "first-measure")["2020-10"] == 43


@IN_ONE_DATABASE
@pytest.mark.parametrize("reason", [None, "", "   "])
def test_a_yes_without_a_reason_is_none(settings: Settings, reason: str | None) -> None:
    change(settings, DAYS)
    with pytest.raises(CatalogueChanged):
        open_scorecard(settings, local_person("Ann"), WHEN, accepting=reason)


def test_a_renamed_measure_asks_and_names_its_likely_heir(settings: Settings) -> None:
    change(settings, *RENAMED)
    with pytest.raises(CatalogueChanged, match="Was it renamed to renamed\\? Then write formerly: first-measure there"):
        open_scorecard(settings, local_person("Ann"), WHEN)


def test_formerly_carries_the_figures_to_the_new_id_and_a_later_report_stands(settings: Settings) -> None:
    change(settings, *RENAMED, FORMERLY)
    assert figures(settings, "renamed") == {"2020-07": 40, "2020-08": 41, "2020-09": 42, "2020-10": 43}
    with open_scorecard(settings, local_person("Ann"), WHEN) as opened:
        send(opened, "renamed", ("2020-10", 44), ("2020-11", 45))
        view = view_measures(opened)
        rows = versions(opened, view, "renamed")
        revised = view_completeness(opened, date(2020, 11, 30)).completeness.revisions
        assert "first-measure" not in set(revised["measure_id"])
    assert figures(settings, "renamed") == {"2020-07": 40, "2020-08": 41, "2020-09": 42, "2020-10": 44, "2020-11": 45}
    assert set(rows["measure_id"]) == {"renamed"}
    assert sorted(rows["value"]) == [40, 41, 42, 43, 44, 45]


TAKEN_OUT = (("id: first-measure", "id: other"), ("pair: first-measure", "pair: other"))


def test_a_unit_changed_while_a_measure_was_taken_out_is_named_when_it_comes_back(settings: Settings) -> None:
    change(settings, *TAKEN_OUT)
    open_scorecard(settings, local_person("Ann"), WHEN, accepting="No longer asked for").close()
    change(settings, DAYS)
    with pytest.raises(CatalogueChanged) as caught:
        open_scorecard(settings, local_person("Ann"), WHEN)
    assert caught.value.lines == ["first-measure: the unit was percent, is days; 3 stored figures would be read so."]
    change(settings)
    open_scorecard(settings, local_person("Ann"), WHEN).close()


def test_figures_under_a_former_id_are_not_read_otherwise_nor_lost_in_silence(settings: Settings) -> None:
    change(settings, *RENAMED, FORMERLY)
    open_scorecard(settings, local_person("Ann"), WHEN).close()
    change(settings, *RENAMED, FORMERLY, DAYS)
    with pytest.raises(CatalogueChanged, match="first-measure: the unit was percent, is days; 3 stored figures"):
        open_scorecard(settings, local_person("Ann"), WHEN)
    change(settings, *RENAMED)
    with pytest.raises(CatalogueChanged, match="first-measure: no measure has this id any more; 3 stored figures"):
        open_scorecard(settings, local_person("Ann"), WHEN)


def test_a_break_from_a_month_leaves_out_what_was_stored_before_it(settings: Settings) -> None:
    change(settings, DAYS, BREAK)
    assert figures(settings, "first-measure") == {"2020-10": 43}
    with open_scorecard(settings, local_person("Ann"), WHEN) as opened:
        row = view_measures(opened).measures.set_index("measure_id").loc["first-measure"]
    assert pd.isna(row["gap_closed"])


@IN_ONE_DATABASE
def test_a_measure_taken_out_and_accepted_leaves_pages_that_open(settings: Settings) -> None:
    rest = SMALL[: SMALL.index("      - id: first-measure")] + SMALL[SMALL.index("      - id: second-measure") :]
    settings.catalogue.write_text(rest.replace("        pair: first-measure\n", ""), encoding="utf-8")
    with pytest.raises(CatalogueChanged, match="no measure has this id any more; 3 stored figures"):
        open_scorecard(settings, local_person("Ann"), WHEN)
    with open_scorecard(settings, local_person("Ann"), WHEN, accepting="Out of the plan") as opened:
        view = view_measures(opened)
        view_completeness(opened, view.month.date())
    assert list(view.measures["measure_id"]) == ["second-measure"]


def test_the_terminal_waits_with_3_and_accepts_with_a_reason(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SCORECARD_CATALOGUE", str(settings.catalogue))
    monkeypatch.setenv("SCORECARD_DATABASE_URL", settings.database_url)
    change(settings, DAYS)
    assert main(["assess"]) == 3
    assert "first-measure: the unit was percent, is days; 3 stored figures" in capsys.readouterr().err
    assert main(["catalogue", "accept", "--by", "Ann", "--reason", "Always were days"]) == 0
    assert main(["assess"]) == 0
