"""A store in a folder of its own, and a template to copy where many are wanted."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from scorecard.store import Store, open_store


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "scorecard.db"


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    """An empty store in each database."""
    with open_store(store_url, busy_timeout=0.2) as opened:
        yield opened


@pytest.fixture
def file_store(path: Path) -> Iterator[Store]:
    """An empty store in a file, for what is about the file."""
    with open_store(f"sqlite:///{path}", busy_timeout=0.2) as opened:
        yield opened
