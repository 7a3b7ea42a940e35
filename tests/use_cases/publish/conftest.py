"""Few service areas in place of seventeen: what is asked here doesn't hang on how many there are."""

from __future__ import annotations

from pathlib import Path

import pytest

from scorecard.use_cases.open_scorecard import Settings
from tests.frozen_catalogue import of_areas

AREAS = ("mash-edt", "assessment", "youth-justice", "adoption", "safeguarding-children-partnership")


@pytest.fixture(scope="package")
def few(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return of_areas(AREAS, tmp_path_factory.mktemp("few"))


@pytest.fixture
def settings(settings: Settings, few: tuple[Path, Path]) -> Settings:
    return settings.model_copy(update={"catalogue": few[0], "boards": few[1]})
