"""Upload, its wait: what is being done with a file, in words, and how much of it is done."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from scorecard.pages.parts.markup import Markup, paragraph, show

LARGE = 500_000  # bytes of a file: checking and storing it take a second or more
SHOWN_AFTER = 0.4  # seconds: what takes less needs no bar
STEP = 0.02  # of the whole: a smaller step is not drawn


class ProgressDrawing:
    """Draws how far something is; called with words and the share that is done, 0 to 1.

    The bar is for the eye; the words alone, each time they change, for a screen reader, when it has nothing else to
    say. Where it draws, Streamlit may break off the page's run, because something was clicked or the page was left.
    """

    def __init__(self, shown_after: float) -> None:
        self._bar, self._heard = st.empty(), st.empty()
        self._from = time.monotonic() + shown_after
        self._step, self._share = "", -1.0

    def __call__(self, step_text: str, share: float) -> None:
        step = _step(step_text)
        if time.monotonic() < self._from or (step == self._step and 0 <= share - self._share < STEP):
            return
        self._bar.progress(min(max(share, 0.0), 1.0), text=step_text)
        if step != self._step:
            with self._heard:
                show(Markup(f'<div class="sc-heard" role="status">{paragraph(step)}</div>'))
        self._step, self._share = step, share

    def clear(self) -> None:
        """Takes the bar away."""
        self._bar.empty()
        self._heard.empty()


def _step(step_text: str) -> str:
    """The words without '5,000 of 110,400': read aloud number by number they would never end."""
    return re.sub(r":? [\d,]+ of [\d,]+$", "", step_text)


@contextmanager
def progress(size: int) -> Iterator[ProgressDrawing]:
    """A bar with its words while something is done with a file of so many bytes; gone when it is done."""
    drawn = ProgressDrawing(0.0 if size >= LARGE else SHOWN_AFTER)
    yield drawn
    drawn.clear()
