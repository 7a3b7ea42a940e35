"""The board pack's page: what was just created is what is offered to be approved."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.conftest import screen_of

PAGE = """
from scorecard.pages.board_pack.page import page
from scorecard.pages.parts.session import guarded
guarded(page)()
"""


@pytest.fixture
def app(stores: dict[str, dict[str, str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """The page on a copy of a store with months of figures, so that no other test finds its snapshots."""
    for name, value in stores["history"].items():
        monkeypatch.setenv(name, value)
    file = stores["history"]["SCORECARD_DATABASE_URL"].removeprefix("sqlite:///")
    monkeypatch.setenv("SCORECARD_DATABASE_URL", f"sqlite:///{shutil.copy(file, tmp_path / 'scorecard.db')}")
    return AppTest.from_string(PAGE, default_timeout=300).run()


def test_the_draft_that_was_just_created_is_the_one_that_is_offered(app: AppTest) -> None:
    months = app.selectbox(key="pack-month").options
    for month in months[:2]:
        app.selectbox(key="pack-month").select(month).run()
        app.radio[0].set_value("short").run()
        next(button for button in app.button if button.label == "Create the pack").click().run()
    offered = [box for box in app.selectbox if box.label == "Draft"]
    assert len(offered) == 2  # to be worded, and to be approved
    for box in offered:
        assert f" · {months[1]} · " in box.options[box.index]
        assert len(box.options) == 2
    worded = next(area.value for area in app.text_area if area.label == "What the board is asked to do")
    shown = screen_of(app).words
    assert "What the board is asked to do Decide what follows for" in shown
    for line in worded.splitlines():  # what the board is asked stands beside the pack, before somebody words it
        assert line in shown
