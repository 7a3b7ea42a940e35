"""A yes is carried out for what was on the screen when it was given, and for nothing else."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

PAGE = """
import streamlit as st
from scorecard.pages.parts.confirmation import is_confirmed
from scorecard.pages.parts.session import guarded

def page():
    shown = st.session_state.get("shown", "first")
    if shown is None:
        st.write("Nothing to confirm.")
        return
    with st.form("form"):
        yes = is_confirmed("Store", "store", shown, button=st.form_submit_button) if FORM else False
    if not FORM:
        yes = is_confirmed("Store", "store", shown)
    if yes:
        st.session_state["stored"] = [*st.session_state.get("stored", []), shown]

guarded(page)()
"""


def opened(form: bool) -> AppTest:
    return AppTest.from_string(f"FORM = {form}\n" + PAGE, default_timeout=120).run()


def stored(app: AppTest) -> list[str]:
    return list(app.session_state["stored"]) if "stored" in app.session_state else []


def page_words(app: AppTest) -> str:
    return " ".join(
        str(element.value) for element in app.main.children.values() if hasattr(element, "value")
    ) + " ".join(str(getattr(element, "body", "")) for element in app.get("html"))


@pytest.mark.parametrize("form", [True, False])
def test_a_yes_to_what_is_shown_is_carried_out_once(form: bool) -> None:
    app = opened(form)
    app.button[0].click().run()
    assert stored(app) == ["first"]
    app.run()
    assert stored(app) == ["first"]


@pytest.mark.parametrize("form", [True, False])
def test_a_yes_to_what_was_shown_before_is_refused_and_said(form: bool) -> None:
    app = opened(form)
    button = app.button[0]
    app.session_state["shown"] = "second"  # as where the file was replaced while the old preview still stood there
    button.click().run()
    assert stored(app) == []
    assert "no longer what is shown" in page_words(app)
    app.button[0].click().run()
    assert stored(app) == ["second"]


@pytest.mark.parametrize("form", [True, False])
def test_a_yes_that_found_nothing_to_confirm_is_not_kept_for_later(form: bool) -> None:
    app = opened(form)
    button = app.button[0]
    app.session_state["shown"] = None
    button.click().run()
    app.session_state["shown"] = "first"
    app.run()
    assert stored(app) == []
