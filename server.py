"""The pages as a server: Streamlit's, behind the guard. `python -m scorecard serve` starts it: server.py PORT."""

import signal
import sys
from types import FrameType

import streamlit as st
from starlette.middleware import Middleware

from scorecard.cli.guard import Guard

app = st.App("app.py", middleware=[Middleware(Guard)])


def _end(_number: int, _frame: FrameType | None) -> None:
    """Ends Python in good order: figures that are being stored are stored to their end."""
    sys.exit(0)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, _end)
    signal.signal(signal.SIGINT, _end)
    if hasattr(signal, "SIGHUP"):  # the command that started this hears it, and stops this
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
    app.run(config={"server.address": "127.0.0.1", "server.port": int(sys.argv[1]), "server.headless": True})
