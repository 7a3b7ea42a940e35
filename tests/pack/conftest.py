"""The two packs that most tests look at, each drawn once."""

from __future__ import annotations

import pytest

from scorecard.pack.pdf.render import pdf
from scorecard.pack.snapshot.models import Snapshot
from tests.pack import helpers


@pytest.fixture(scope="session", params=["plan", "long"])
def content(request: pytest.FixtureRequest) -> bytes:
    """A snapshot's bytes: the plan's figures alone, and 36 invented months for every measure."""
    return helpers.plan_bytes() if request.param == "plan" else helpers.long_bytes()


@pytest.fixture(scope="session")
def snapshot(content: bytes) -> Snapshot:
    return helpers.plan_snapshot() if content == helpers.plan_bytes() else helpers.long_snapshot()


@pytest.fixture(scope="session")
def pdf_bytes(content: bytes) -> bytes:
    return pdf(content)
