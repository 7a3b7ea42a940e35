"""Serve the pages: on this machine alone, unless people sign in."""

from __future__ import annotations

import errno
import os
import runpy
import socket
import sys
import threading
import time
import webbrowser
from collections.abc import Sequence

from scorecard.cli.answers import CouldNot
from scorecard.use_cases.open_scorecard import OPEN_TO_ANYONE_VARIABLE, PROJECT

THIS_MACHINE = "127.0.0.1"
EVERY_ADDRESS = "0.0.0.0"  # noqa: S104 compared with, not listened at
OPENS_WITHIN, LOOKS_EVERY = 120, 0.2  # seconds: after so long a browser that opens by itself would only surprise
SERVER = PROJECT / "server.py"


def serve_pages(
    port: int,
    *,
    open_browser: bool,
    address: str = THIS_MACHINE,
    open_to: Sequence[str] = (),
    signed_in_at: str | None = None,
) -> None:
    """Runs the pages, in this process, until they are stopped; SystemExit then carries the exit code, 0 where told to.

    open_browser: show them in this machine's browser, if it has a screen, once they answer. We open it ourselves:
    Streamlit opens one only in the mode for those who write apps, in which it advertises to everybody on every page.
    address: where to listen. open_to: the names by which anyone who reaches it may open the pages; none: this machine.
    signed_in_at: where they sign in before they see anything, as 'https://scorecard.example.gov.uk'; None: nobody does.
    Raises CouldNot where something else answers at the port.
    """
    _require_free(port, address)
    url = signed_in_at or f"http://{open_to[0] if open_to else 'localhost'}:{port}"
    anyone = "FOR ANYONE WHO REACHES IT: nobody has to sign in" if open_to else "for this machine alone"
    whom = f"for those who sign in; it listens at {address}, port {port}" if signed_in_at else anyone
    here = address in (THIS_MACHINE, "localhost") and not open_to
    opens = here and open_browser and _has_screen() and not _answers(address, port)  # what answers already isn't ours
    print("The scorecard starts.", flush=True)
    words = f"It is at {url}, {whom}. Stop it with Ctrl+C."
    threading.Thread(target=_once_it_answers, args=(address, port, words, url if opens else None), daemon=True).start()
    os.environ[OPEN_TO_ANYONE_VARIABLE] = ",".join(open_to)
    os.chdir(PROJECT)
    sys.argv = [str(SERVER), str(port), address]
    runpy.run_path(str(SERVER), run_name="__main__")


def _require_free(port: int, address: str = THIS_MACHINE) -> None:
    with socket.socket() as tried:
        if os.name == "posix":
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # what ended a moment ago is not in the way
        try:
            tried.bind((address, port))
        except OSError as error:
            if error.errno == errno.EADDRNOTAVAIL:
                raise CouldNot(
                    f"The pages can't be served: this machine has no address {address}. Nothing was changed."
                ) from None
            why = "needs an administrator's rights" if error.errno == errno.EACCES else "is in use by another program"
            raise CouldNot(
                f"The pages can't be served: port {port} {why}. Nothing was changed. "
                f"Stop that program, or name another port: python -m scorecard serve --port {port % 60_000 + 1_024}"
            ) from None


def _has_screen() -> bool:
    return sys.platform != "linux" or any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))


def _answers(address: str, port: int) -> bool:
    """Whether something answers there; at every address this machine's own is asked."""
    with socket.socket() as asked:
        return asked.connect_ex((THIS_MACHINE if address == EVERY_ADDRESS else address, port)) == 0


def _once_it_answers(address: str, port: int, words: str, to_open: str | None) -> None:
    """Says where the pages are once they are there, and opens them in a browser if that is wanted."""
    until = time.monotonic() + OPENS_WITHIN
    while time.monotonic() < until:
        if _answers(address, port):
            print(words, flush=True)
            if to_open:
                webbrowser.open(to_open)
            return
        time.sleep(LOOKS_EVERY)
