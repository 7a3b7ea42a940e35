"""The project's own mapping and table of authorities, and small files of each format."""

from __future__ import annotations

from pathlib import Path

import pytest

from scorecard.catalogue.models import Catalogue
from scorecard.published.authorities import Authorities, read_authorities
from scorecard.published.mapping import Mapping
from scorecard.published.read_mapping import read_mapping

PROJECT = Path(__file__).parents[2]
REAL = PROJECT.parent / "shared" / "real"
REAL = REAL if REAL.exists() else PROJECT.parents[1] / "shared" / "real"


@pytest.fixture(scope="session")
def authorities() -> Authorities:
    return read_authorities((PROJECT / "config" / "authorities.csv").read_bytes())


@pytest.fixture(scope="session")
def mapping(plan_catalogue: Catalogue) -> Mapping:
    return read_mapping((PROJECT / "config" / "published.yaml").read_bytes(), plan_catalogue)


@pytest.fixture(scope="session")
def real() -> Path:
    if not REAL.exists():
        pytest.skip("the published files are not beside the project (../shared/real)")
    return REAL
