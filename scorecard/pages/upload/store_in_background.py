"""Upload, storing: a yes is carried out to its end, whatever is clicked meanwhile, and the page waits beside it."""

from __future__ import annotations

import threading
from datetime import datetime

import streamlit as st

from scorecard.pages.parts.session import fault
from scorecard.pages.upload.held_previews import drop_preview
from scorecard.pages.upload.progress import progress
from scorecard.use_cases.errors import StoreChanged, StoreError
from scorecard.use_cases.open_scorecard import Scorecard
from scorecard.use_cases.upload.submit_extract import Preview, Receipt, submit_extract

LOOK_AGAIN = 0.1  # seconds
STORING, STORED, RENEW, SENT = "upload_storing", "upload_stored", "upload_renew", "upload_sent"
THREAD = "storing"


class Storing:
    """An extract that is being stored, in a thread of its own: a run of the page is broken off by the next click."""

    def __init__(self, opened: Scorecard, preview: Preview, when: datetime, reasons: list[str]) -> None:
        self.size, self.effects = len(preview.content), preview.effects  # the preview itself goes when it is stored
        self.words, self.share = "Storing the figures", 0.0
        self.receipt: Receipt | None = None
        self.error: Exception | None = None
        self._thread = threading.Thread(target=self._run, args=(opened, preview, when, reasons), name=THREAD)
        self._thread.start()

    def _run(self, opened: Scorecard, preview: Preview, when: datetime, reasons: list[str]) -> None:
        try:
            self.receipt = submit_extract(opened, preview, when=when, reasons=reasons, progress=self._told)
        except Exception as error:  # for the page to say, which waits for it
            self.error = error

    def _told(self, step_text: str, share: float) -> None:
        self.words, self.share = step_text, share

    def running(self) -> bool:
        """Whether it still goes on; looks for a moment."""
        self._thread.join(LOOK_AGAIN)
        return self._thread.is_alive()


def store(opened: Scorecard, preview: Preview, when: datetime, reasons: list[str]) -> None:
    """Begins to store a previewed extract, and waits for it here."""
    st.session_state[STORING] = Storing(opened, preview, when, reasons)
    wait_for_storing()


def wait_until_stored() -> None:
    """Waits until nothing is being stored any more, for anybody: before the server ends."""
    for thread in threading.enumerate():
        if thread.name == THREAD:
            thread.join()


def wait_for_storing() -> None:
    """Waits for what is being stored, if anything is; keeps what came of it, and starts the page again.

    Kept: STORED, the receipt and what it does to status and signal; or RENEW, where the store had changed since the
    preview.
    """
    storing: Storing | None = st.session_state.get(STORING)
    if storing is None:
        return
    with progress(storing.size) as show_progress:
        while storing.running():
            show_progress(storing.words, storing.share)
    del st.session_state[STORING]
    if isinstance(storing.error, StoreChanged):
        st.session_state[RENEW] = True
    elif isinstance(storing.error, StoreError | ValueError):
        fault("Nothing was stored", str(storing.error))
        return
    elif storing.error is not None:
        raise storing.error
    else:
        st.session_state[STORED] = storing.receipt, storing.effects
        drop_preview()
        st.session_state[SENT] = st.session_state.get(SENT, 0) + 1  # a new, empty place for the next file
    st.rerun()
