"""Serve the pages: on this machine alone, until people can sign in."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Sequence
from types import FrameType

from scorecard.extract.limits import MOST_BYTES
from scorecard.use_cases.scorecard import PROJECT

LARGEST_UPLOAD = MOST_BYTES
THIS_MACHINE = "127.0.0.1"
STOPS = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")  # those that this machine has: not every system has them all


def serve(port: int, *, open_browser: bool) -> int:
    """Runs the pages until they are stopped. Returns the exit code of the server; 0 where it was told to stop."""
    print(f"The scorecard is at http://localhost:{port}, for this machine alone. Stop it with Ctrl+C.", flush=True)
    command = [
        sys.executable, "-m", "streamlit", "run", str(PROJECT / "app.py"),
        "--server.address", THIS_MACHINE, "--server.port", str(port),
        "--server.headless", str(not open_browser).lower(),
    ]  # fmt: skip
    return run_until_stopped(command)


def run_until_stopped(command: Sequence[str]) -> int:
    """Runs a command in the project's folder, and stops it when this process is told to stop.

    Returns its exit code; 0 where it was stopped so. It is waited for however long it takes: figures that are being
    stored are stored to their end. A signal that is ignored here (nohup) stays so.
    """
    told = False
    server: subprocess.Popen[bytes] | None = None

    def stop(_number: int, _frame: FrameType | None) -> None:
        nonlocal told
        told = True
        if server is not None:
            server.terminate()

    signals = [getattr(signal, name) for name in STOPS if hasattr(signal, name)]
    before = {one: signal.getsignal(one) for one in signals}
    heard = [one for one in signals if before[one] != signal.SIG_IGN]
    try:
        for one in heard:
            signal.signal(one, stop)
        server = subprocess.Popen(command, cwd=PROJECT)  # noqa: S603 - our own interpreter and app
        if told:  # while it was being started
            server.terminate()
        code = server.wait()
    finally:
        for one in heard:
            signal.signal(one, before[one] or signal.SIG_DFL)
    return 0 if told else code
