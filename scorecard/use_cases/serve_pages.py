"""Serve the pages: on this machine alone, until people can sign in."""

from __future__ import annotations

import subprocess
import sys

from scorecard.extract.limits import MOST_BYTES
from scorecard.use_cases.scorecard import PROJECT

LARGEST_UPLOAD = MOST_BYTES
THIS_MACHINE = "127.0.0.1"


def serve(port: int, *, open_browser: bool) -> int:
    """Runs the pages until they are stopped. Returns the exit code of the server."""
    print(f"The scorecard is at http://localhost:{port}, for this machine alone. Stop it with Ctrl+C.", flush=True)
    command = [
        sys.executable, "-m", "streamlit", "run", str(PROJECT / "app.py"),
        "--server.address", THIS_MACHINE, "--server.port", str(port),
        "--server.headless", str(not open_browser).lower(),
    ]  # fmt: skip
    try:
        return subprocess.call(command, cwd=PROJECT)  # noqa: S603 - our own interpreter and app
    except KeyboardInterrupt:
        return 0
