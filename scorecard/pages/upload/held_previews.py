"""Upload, previews: each is held for its own tab, so that it is made once, and goes when the tab is closed.

The preview of a file of 50 MB takes several hundred megabytes: at most two such are held at once, for all tabs. The tab
whose preview went has it made again when it is looked at again.
"""

from __future__ import annotations

import threading
import weakref
from typing import Any

import streamlit as st

EXTRACT, PUBLISHED = "extract", "published"  # what is previewed: each has a place of its own in a tab
MOST_LARGE, LARGE = 2, 5_000_000  # bytes of the file; a month's is a few thousand


class Place:
    """A tab's place for what is previewed, with what it was made of."""

    def __init__(self) -> None:
        self.preview: tuple[Any, Any] | None = None


_lock = threading.Lock()
_large: list[weakref.ref[Place]] = []  # the places of large previews, the oldest first


@st.cache_resource(scope="session", show_spinner=False)
def _place(kind: str) -> Place:
    """The tab's place; Streamlit lets it go when the tab is closed."""
    del kind
    return Place()


def held_preview(kind: str = EXTRACT) -> tuple[Any, Any] | None:
    """What the tab's preview was made of, and the preview; None where it has none. kind: what is previewed."""
    return _place(kind).preview


def hold_preview(made_of: Any, preview: Any, size: int, kind: str = EXTRACT) -> None:
    """Holds a preview of a file of so many bytes for this tab, in the place of the one before."""
    put_preview(_place(kind), made_of, preview, size)


def drop_preview(kind: str = EXTRACT) -> None:
    """Lets this tab's preview go."""
    _place(kind).preview = None


def put_preview(slot: Place, made_of: Any, preview: Any, size: int) -> None:
    """Puts a preview into a place; of the large ones the oldest goes, where there would be more than two."""
    with _lock:
        slot.preview = (made_of, preview)
        standing = [held for held in _large if (other := held()) is not None and other is not slot and other.preview]
        if size >= LARGE:
            standing.append(weakref.ref(slot))
        for held in standing[:-MOST_LARGE]:
            if (oldest := held()) is not None:
                oldest.preview = None
        _large[:] = standing[-MOST_LARGE:]
