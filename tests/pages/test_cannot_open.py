"""Where the store can't be reached the door says why, and a click tries again."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

DOOR = """
import streamlit as st
from scorecard.pages import sign_in
if sign_in.who_enters():
    st.markdown("Let in")
"""


def test_a_store_that_was_away_is_taken_up_at_the_next_click(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "drive"
    folder.write_text("")  # no folder, as where a drive is away
    monkeypatch.setenv("SCORECARD_DATABASE_URL", f"sqlite:///{folder / 'scorecard.db'}")
    app = AppTest.from_string(DOOR, default_timeout=60).run()
    assert [button.label for button in app.button] == ["Try again"]
    folder.unlink()
    folder.mkdir()
    app.button[0].click().run()
    assert not app.button
    assert "Let in" in [text.value for text in app.markdown]
