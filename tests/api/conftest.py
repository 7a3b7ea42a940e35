"""One store for all questions to the interface: figures of a year, one draft and one approved snapshot."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from starlette.applications import Starlette

from benchmarks.history import fill
from scorecard.access.person import local_person
from scorecard.api.routes import ROUTES
from scorecard.cli.serving.guard import Guard
from scorecard.store import Approval
from scorecard.use_cases import open_scorecard as opening
from scorecard.use_cases.publish.pack import FORMATS, take_snapshot
from tests.catalogue.small_catalogue import edited

WHEN = datetime(2020, 9, 10, 9, 0, tzinfo=UTC)
HOSTILE = '=HYPERLINK("https://elsewhere.test")'


@pytest.fixture(scope="session")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The settings of the store."""
    folder = tmp_path_factory.mktemp("interface")
    asked = {
        opening.DATABASE_VARIABLE: f"sqlite:///{folder / 'scorecard.db'}",
        opening.CATALOGUE_VARIABLE: str(folder / "measures.yaml"),
        opening.BOARDS_VARIABLE: str(folder / "boards.yaml"),
    }
    (folder / "measures.yaml").write_text(edited("name: First\n", f"name: '{HOSTILE}'\n"), encoding="utf-8")
    (folder / "boards.yaml").write_text("boards: [{id: board, name: Board, marking: OFFICIAL}]\n", encoding="utf-8")
    with opening.open_scorecard(opening.settings_from(asked), local_person("Jane Smith"), WHEN) as scorecard:
        fill(scorecard, 14)
        for month in (date(2020, 6, 30), date(2020, 7, 31)):
            snapshot_id = take_snapshot(scorecard, month, with_charts=False, when=WHEN)
        exports = {name: f"the {name} as it was kept".encode() for name in FORMATS}
        scorecard.store.approve(snapshot_id, Approval("Executive Director", "Jane Smith", WHEN, exports))
    return asked


@pytest.fixture
def interface(environment: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Any:
    """The interface behind the guard, on that store."""
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    return Guard(Starlette(routes=ROUTES))
