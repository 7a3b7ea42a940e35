"""The scorecard that is kept open is of the store that stands there now, whichever way it got there."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from scorecard.access.person import local_person
from scorecard.use_cases.open_scorecard import CATALOGUE_VARIABLE, DATABASE_VARIABLE, open_scorecard, settings_from
from scorecard.use_cases.view.shared import shared_scorecard, shared_view, version_of
from tests.catalogue.small_catalogue import SMALL
from tests.conftest import PROJECT

ANN = local_person("Ann")


def copied_over(other: Path, store: Path) -> None:
    shutil.copy(other, store)


def renamed(other: Path, store: Path) -> None:
    os.replace(other, store)


@pytest.mark.parametrize("put", [copied_over, renamed])
def test_the_catalogue_comes_into_force_in_a_store_that_is_put_in_the_open_ones_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, put: Callable[[Path, Path], None]
) -> None:
    catalogue, earlier = tmp_path / "measures.yaml", tmp_path / "earlier.yaml"
    catalogue.write_text(SMALL)
    earlier.write_text(SMALL.replace("name: First\n", "name: First of all\n"))
    store, other = tmp_path / "scorecard.db", tmp_path / "other.db"
    for file, then in ((other, earlier), (store, catalogue)):
        settings = settings_from({DATABASE_VARIABLE: f"sqlite:///{file}", CATALOGUE_VARIABLE: str(then)})
        open_scorecard(settings, ANN, datetime(2020, 8, len(file.name), tzinfo=UTC)).close()
    monkeypatch.setenv(DATABASE_VARIABLE, f"sqlite:///{store}")
    monkeypatch.setenv(CATALOGUE_VARIABLE, str(catalogue))
    opened = shared_scorecard(ANN)
    assert shared_scorecard(ANN).store is opened.store
    put(other, store)
    again = shared_scorecard(ANN)
    assert again.store.catalogue_at() == catalogue.read_bytes()
    assert len(again.store.acts()) == 2
    assert shared_scorecard(ANN).store is again.store


def test_what_another_process_does_is_seen_at_the_next_click(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, store_url: str
) -> None:
    catalogue, file = tmp_path / "measures.yaml", tmp_path / "august.csv"
    catalogue.write_text(SMALL)
    file.write_text("measure_id,period,value\nfirst-measure,2020-08,41%\n")
    monkeypatch.setenv(DATABASE_VARIABLE, store_url)
    monkeypatch.setenv(CATALOGUE_VARIABLE, str(catalogue))
    opened = shared_scorecard(ANN)
    before = version_of(opened), shared_view(opened, None, None)
    assert shared_view(opened, None, None) is before[1]
    load = [
        sys.executable,
        "-m",
        "scorecard",
        "load",
        str(file),
        "--by",
        "Bob",
        "--accept-warnings",
        "--reason",
        "first",
    ]
    done = subprocess.run(load, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    view = shared_view(shared_scorecard(ANN), None, None)
    assert version_of(opened) != before[0]
    assert view.measures.set_index("measure_id").loc["first-measure", "value"] == 41
    after = version_of(opened)
    opened.store.keep_layout("A", b"a", "Ann", datetime(2020, 9, 1, tzinfo=UTC))
    assert version_of(opened) != after  # by an act that changes no figure, too
