"""Upload, its wait: what is being done with a file, in words, and how much of it is done."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from scorecard.pages.markup import Markup, paragraph, show

LARGE = 500_000  # bytes of a file: checking and storing it take a second or more
SHOWN_AFTER = 0.4  # seconds: what takes less needs no bar
STEP = 0.02  # of the whole: a smaller step is not drawn


class Drawn:
    """Draws how far something is; called with words and the share that is done, 0 to 1.

    The bar is for the eye; the words alone, each time they change, for a screen reader, when it has nothing else to
    say. A click on the page, or another page, breaks off what is being done; where it is not `breakable`, that waits
    until it is done, and `break_off` heeds it then.
    """

    def __init__(self, shown_after: float, breakable: bool) -> None:
        self._bar, self._heard = st.empty(), st.empty()
        self._from = time.monotonic() + shown_after
        self._breakable = breakable
        self._step, self._share = "", -1.0
        self._asked: BaseException | None = None

    def __call__(self, words: str, share: float) -> None:
        if self._asked is not None or time.monotonic() < self._from:
            return
        if _step(words) == self._step and 0 <= share - self._share < STEP:
            return
        try:
            self._draw(words, min(max(share, 0.0), 1.0))
        except Exception:
            raise
        except BaseException as asked:  # Streamlit asks a page to stop or to start again by raising where it draws
            if self._breakable or isinstance(asked, KeyboardInterrupt | SystemExit):
                raise
            self._asked = asked

    def _draw(self, words: str, share: float) -> None:
        self._bar.progress(share, text=words)
        self._share = share
        if _step(words) != self._step:
            self._step = _step(words)
            with self._heard:
                show(Markup(f'<div class="sc-heard" role="status">{paragraph(self._step)}</div>'))

    def break_off(self) -> None:
        """Stops the page or starts it again, where that was asked while it could not be."""
        if self._asked is not None:
            raise self._asked

    def clear(self) -> None:
        """Takes the bar away."""
        self._bar.empty()
        self._heard.empty()


def _step(words: str) -> str:
    """The words without '5,000 of 110,400': read aloud number by number they would never end."""
    return re.sub(r":? [\d,]+ of [\d,]+$", "", words)


@contextmanager
def progress(size: int, *, breakable: bool = True) -> Iterator[Drawn]:
    """A bar with its words while something is done with a file of so many bytes; gone when it is done."""
    drawn = Drawn(0.0 if size >= LARGE else SHOWN_AFTER, breakable)
    yield drawn
    drawn.break_off()
    drawn.clear()
