"""Finds a browser for the journeys, or installs one, or says exactly how to get one. Never passes in silence.

python -m tests.journeys.browser prints the browser's path, or 'playwright' where Playwright brings its own.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

VARIABLE = "SCORECARD_BROWSER"
NAMES = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge",
)
ELSEWHERE = "elsewhere.test"  # a name of somebody else's that points at this machine
FLAGS = [
    f"--host-resolver-rules=MAP {ELSEWHERE} 127.0.0.1",
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
HOW = (
    "The journeys need a browser and none was found or could be installed.\n"
    "Install one of these, then run the tests again:\n"
    "  Debian or Ubuntu:  sudo apt-get install chromium\n"
    "  anywhere:          .venv/bin/python -m playwright install chromium\n"
    f"or name one that is there already: {VARIABLE}=/path/to/chrome make test"
)


def found_browser() -> str | None:
    """The path of a browser on this machine; 'playwright' for Playwright's own; None where there is none."""
    named = os.environ.get(VARIABLE)
    if named:
        return named if shutil.which(named) else None
    on_path = next((path for name in NAMES if (path := shutil.which(name))), None)
    return on_path or ("playwright" if _playwrights_own() else None)


def _playwrights_own() -> bool:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        return os.path.exists(playwright.chromium.executable_path)


def installed() -> str | None:
    """Installs a browser, Debian's where that is allowed, else Playwright's; its path as `found_browser` gives it."""
    attempts = []
    if shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        attempts += [["apt-get", "update", "-q"], ["apt-get", "install", "-y", "-q", "chromium"]]
    attempts.append([sys.executable, "-m", "playwright", "install", "chromium"])
    for command in attempts:
        print("Getting a browser for the journeys:", " ".join(command), file=sys.stderr, flush=True)
        subprocess.run(command, stdout=sys.stderr, check=False, timeout=600)
        if "update" not in command and (browser := found_browser()):
            return browser
    return None


def browser() -> str:
    """A browser for the journeys, installed if need be. Raises RuntimeError with how to get one."""
    ready = found_browser() or (None if os.environ.get(VARIABLE) else installed())
    if ready is None:
        raise RuntimeError(HOW)
    return ready


if __name__ == "__main__":
    try:
        print(browser())
    except RuntimeError as error:
        sys.exit(str(error))
