"""A yes belongs to what was on the screen when it was given, which a hash names; anything else is not what was meant.

While a page is drawn again, a browser still shows the buttons of before: a click on one of them comes with what it
belonged to, and is refused where something else stands there now.
"""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256

import streamlit as st

from scorecard.pages.parts.markup import Markup, paragraph, show

_SAID = "said-yes-"


def fingerprint(*parts: object) -> str:
    """A hash that names what is shown, by everything that tells it from anything else."""
    return sha256("\0".join(map(str, parts)).encode()).hexdigest()


def is_confirmed(
    label: str, what: str, seen: str, *, button: Callable[..., bool] = st.button, primary: bool = False
) -> bool:
    """Draws a button, and tells whether it was pressed for what is shown now.

    what: the kind of yes, such as 'store'. seen: the hash of what is shown. button: st.form_submit_button in a form.
    """
    kind = "primary" if primary else "secondary"
    button(label, key=f"button-{what}-{seen[:24]}", type=kind, on_click=_keep, args=(what, seen))
    return not refused_yes(what, seen) and st.session_state.pop(_SAID + what, None) == seen


def refused_yes(what: str, seen: str | None) -> bool:
    """Whether a yes was to something else than what is shown now (None: nothing of the kind); says so and drops it."""
    confirmed = st.session_state.get(_SAID + what)
    if confirmed is None or confirmed == seen:
        return False
    del st.session_state[_SAID + what]
    explanation = "What you said yes to is no longer what is shown, so nothing was done. Read it, and say yes again."
    show(Markup(f'<div class="sc-notice" role="alert"><h2>Not done</h2>{paragraph(explanation)}</div>'))
    return True


def forget_yes() -> None:
    """Drops every yes that the page that was just drawn had no place for."""
    for key in [str(key) for key in st.session_state if str(key).startswith(_SAID)]:
        del st.session_state[key]


def _keep(what: str, seen: str) -> None:
    st.session_state[_SAID + what] = seen
