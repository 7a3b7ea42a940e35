"""Every use case is tried on a store in each of the databases that can hold one."""

from __future__ import annotations

import pytest

from tests.conftest import DATABASES


@pytest.fixture(params=DATABASES)
def database(request: pytest.FixtureRequest) -> str:
    return str(request.param)
