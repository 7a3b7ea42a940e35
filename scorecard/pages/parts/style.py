"""Puts the style sheet and the script on the page: both are files of ours, without anything that somebody sent."""

from functools import cache
from pathlib import Path

import streamlit as st

from scorecard.pages.parts.markup import Markup, show


@cache
def _beside(name: str) -> str:
    return Path(__file__).with_name(name).read_text(encoding="utf-8")


def apply() -> None:
    """Puts both on the page; once a run. Without the script links load the page again, and work."""
    show(Markup(f"<style>{_beside('style.css')}</style>"))
    st.html(f"<script>{_beside('script.js')}</script>", unsafe_allow_javascript=True)
