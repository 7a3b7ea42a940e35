"""The two packs that most tests look at, each drawn once."""

from __future__ import annotations

import pytest

from scorecard.pack.pdf.render import pdf
from scorecard.pack.snapshot.models import Snapshot
from tests.pack import invented


@pytest.fixture(scope="session", params=["plan", "long"])
def content(request: pytest.FixtureRequest) -> bytes:
    """A snapshot's bytes: the plan's figures alone, and 36 invented months for every measure."""
    return invented.plan_bytes() if request.param == "plan" else invented.long_bytes()


@pytest.fixture(scope="session")
def snapshot(content: bytes) -> Snapshot:
    return invented.plan_snapshot() if content == invented.plan_bytes() else invented.long_snapshot()


@pytest.fixture(scope="session")
def pdf_bytes(content: bytes) -> bytes:
    return pdf(content)
