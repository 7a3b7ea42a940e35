"""Puts the style sheet on the page."""

from functools import cache
from pathlib import Path

from scorecard.pages.parts.markup import Markup, show


@cache
def _css() -> Markup:
    return Markup(f"<style>{Path(__file__).with_name('style.css').read_text(encoding='utf-8')}</style>")


def apply() -> None:
    """Puts the style sheet on the page; once a run."""
    show(_css())
