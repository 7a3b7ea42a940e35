"""New stores for the benchmarks in each database, side by side: a file, and a PostgreSQL that keeps what it is told."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from tests.postgresql import TEMPLATE, running

# As a council's server has them: what was stored survives the machine's stop.
LASTING = {
    "fsync": "on", "full_page_writes": "on", "synchronous_commit": "on", "wal_level": "replica", "autovacuum": "on",
    "shared_buffers": "128MB",
}  # fmt: skip
Place = Callable[[], str]  # the address of a store that is empty, another each time


@contextmanager
def places() -> Iterator[dict[str, Place]]:
    """By the database's name, where new stores are made. All of them go at the end."""
    number = count(1)
    with tempfile.TemporaryDirectory() as name, running(Path(name), **LASTING) as server:

        def file() -> str:
            return f"sqlite:///{Path(name) / f'{next(number)}.db'}?timeout=60"

        def database() -> str:
            own = f"store_{next(number)}"
            server.ask(f"CREATE DATABASE {own} TEMPLATE {TEMPLATE}")
            return server.url(own, timeout="60")

        yield {"SQLite": file, "PostgreSQL": database}
