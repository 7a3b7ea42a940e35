"""The scorecard that is kept open is of the store that stands there now, whichever way it got there."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from scorecard.access.person import local_person
from scorecard.use_cases.open_scorecard import CATALOGUE_VARIABLE, DATABASE_VARIABLE, open_scorecard, settings_from
from scorecard.use_cases.view.kept_open import kept_scorecard
from tests.catalogue.small_catalogue import SMALL

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
    opened = kept_scorecard(ANN)
    assert kept_scorecard(ANN).store is opened.store
    put(other, store)
    again = kept_scorecard(ANN)
    assert again.store.catalogue_at() == catalogue.read_bytes()
    assert len(again.store.acts()) == 2
    assert kept_scorecard(ANN).store is again.store
