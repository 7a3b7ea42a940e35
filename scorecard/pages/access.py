"""Access: the tokens that programs ask with, given once and taken back here."""

from __future__ import annotations

from datetime import timedelta

import streamlit as st

from scorecard.access.permissions import Role
from scorecard.core.bounds import LONGEST
from scorecard.core.periods import day_words
from scorecard.core.rows import Row, rows_with_none
from scorecard.pages.parts.confirmation import fingerprint, is_confirmed
from scorecard.pages.parts.markup import Markup, heading, paragraph, show, table
from scorecard.pages.parts.session import fault, moment_words, page_title, scorecard
from scorecard.use_cases.open_scorecard import Scorecard, now, today
from scorecard.use_cases.tokens import LONGEST_LIFE, give_token, roles_to_give, take_token_back, tokens

ABOUT = (
    "A program such as Power BI or Excel asks with a token where people sign in. It may do what its role allows, until "
    "its last day. Only a hash of it is kept: copy it when it is shown, for nobody can see it again."
)


def page() -> None:
    """Draws the tokens, and forms to give one and to take one back."""
    page_title("Access")
    show(heading("Access", 1))
    opened = scorecard()
    show(paragraph(ABOUT, "sc-words"))
    _give(opened)
    tokens_given = rows_with_none(tokens(opened))
    body = [_row(row) for row in tokens_given]
    headers = ("Token", "Program", "Role", "Last day", "Given by", "Given", "Taken back")
    show(table("Tokens, latest first", headers, body, compact=True) if body else paragraph("None yet.", "sc-words"))
    _take_back(opened, {row["token_id"]: row["name"] for row in tokens_given if not row["taken_back_by"]})


def _row(row: Row) -> tuple[str, ...]:
    last_day = day_words((row["ends_at"] - timedelta(days=1)).date())
    back = f"by {row['taken_back_by']}" if row["taken_back_by"] else "no"
    return row["token_id"], row["name"], Role(row["role"]).label, last_day, row["who"], moment_words(row["at"]), back


def _give(opened: Scorecard) -> None:
    with st.form("give-token"):
        name = st.text_input("Program", max_chars=LONGEST["name"])
        roles = roles_to_give(opened)
        least = roles.index(Role.VIEWER) if Role.VIEWER in roles else 0
        role = st.selectbox("Role", roles, index=least, format_func=lambda role: Role(role).label)
        ends = st.date_input(
            "Last day", today() + timedelta(days=90), min_value=today(), format="DD/MM/YYYY",
            max_value=today() + timedelta(days=LONGEST_LIFE),
        )  # fmt: skip
        if not st.form_submit_button("Give a token", type="primary"):
            return
    try:
        token = give_token(opened, name, role, ends, when=now())
    except ValueError as error:
        fault("No token was given", str(error))
        return
    show(
        Markup(f'<div class="sc-notice" role="status">{paragraph("Copy the token now: it is not shown again.")}</div>')
    )
    st.code(token, language=None)


def _take_back(opened: Scorecard, standing: dict[str, str]) -> None:
    if not standing:
        return
    with st.form("take-token-back"):
        chosen = st.selectbox(
            "Token to take back", list(standing), format_func=lambda granted: f"{standing[granted]} ({granted})"
        )
        confirmed = is_confirmed("Take it back", "token", fingerprint(*standing), button=st.form_submit_button)
    if confirmed:
        take_token_back(opened, chosen, when=now())
        st.rerun()
