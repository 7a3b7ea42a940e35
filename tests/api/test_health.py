"""Whether the server is up, and whether the store can be used."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from starlette.applications import Starlette

from scorecard.api.health import ROUTES
from scorecard.store import open_store
from scorecard.use_cases.open_scorecard import DATABASE_VARIABLE
from tests.api.asking import ask

HEALTH = Starlette(routes=ROUTES)


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "scorecard.db"
    monkeypatch.setenv(DATABASE_VARIABLE, f"sqlite:///{path}")
    return path


def store_at(file: Path) -> Path:
    open_store(f"sqlite:///{file}").close()
    return file


def older(file: Path) -> None:
    with closing(sqlite3.connect(file, isolation_level=None)) as database:
        database.execute("CREATE TABLE scorecard_migrations (number INTEGER, name TEXT)")
        database.execute("INSERT INTO scorecard_migrations VALUES (1, 'first')")


def newer(file: Path) -> None:
    with closing(sqlite3.connect(store_at(file), isolation_level=None)) as database:
        database.execute("INSERT INTO scorecard_migrations (number, name) VALUES (999, 'later')")


def another_program_s(file: Path) -> None:
    with closing(sqlite3.connect(file, isolation_level=None)) as database:
        database.execute("CREATE TABLE recipes (name TEXT)")


NOT_READY = {
    "no file": (lambda file: None, "no such file"),
    "an empty file": (lambda file: file.touch(), "it is empty"),
    "no database": (lambda file: file.write_bytes(b"recipes, not figures"), "not a database"),
    "another program's": (another_program_s, "another program"),
    "an older store": (older, "older version"),
    "a newer store": (newer, "newer version"),
}


def test_a_store_that_answers_and_is_up_to_date_is_ready(file: Path) -> None:
    store_at(file)
    assert ask(HEALTH, "/health/ready").status == 200
    assert ask(HEALTH, "/health/ready", "HEAD").status == 200


@pytest.mark.parametrize("kind", NOT_READY)
def test_what_cannot_be_used_is_said_in_words_and_left_as_it_is(kind: str, file: Path) -> None:
    make, phrase = NOT_READY[kind]
    make(file)
    before = file.read_bytes() if file.exists() else None
    answer = ask(HEALTH, "/health/ready")
    assert (answer.status, answer.headers["content-type"]) == (503, "text/plain; charset=utf-8")
    assert phrase in answer.text
    assert "Traceback" not in answer.text
    assert (file.read_bytes() if file.exists() else None) == before
    assert ask(HEALTH, "/health/live").status == 200


def test_no_answer_on_health_is_kept_by_a_cache(file: Path) -> None:
    for address in ("/health/live", "/health/ready"):
        assert ask(HEALTH, address).headers["cache-control"] == "no-store"
