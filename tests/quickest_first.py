"""The inner loop: of a room's tests as many as fit into some seconds, which `make room` asks for.

Those that failed last come first, then the modules by how many of their tests a second holds, as they took when they
were run last. No test begins after the seconds are over; how many were left is said at the end.
"""

from __future__ import annotations

import time
from collections import defaultdict

import pytest

SECONDS_A_TEST = "seconds_a_test"  # of each module, in pytest's own cache


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--within 5`: no test begins after so many seconds."""
    parser.addoption("--within", type=float, metavar="SECONDS", help="begin no test after so many seconds of tests")


def pytest_configure(config: pytest.Config) -> None:
    """Nothing changes where no seconds are named."""
    if config.getoption("within") is not None:
        config.pluginmanager.register(QuickestFirst(config), "quickest-first")


class QuickestFirst:
    """Puts the tests in order, runs them until the seconds are over, and remembers how long each module took."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        self._seconds = float(config.getoption("within"))
        self._known: dict[str, float] = config.cache.get(SECONDS_A_TEST, {}) if config.cache else {}
        self._took: defaultdict[str, list[float]] = defaultdict(list)
        self._left = 0
        self._ends = 0.0

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """A module that never ran is tried before those that are known."""
        failed = self._config.cache.get("cache/lastfailed", {}) if self._config.cache else {}
        items.sort(key=lambda item: (item.nodeid not in failed, self._known.get(_module(item.nodeid), 0.0)))

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> bool | None:
        """True leaves the test out."""
        now = time.monotonic()
        self._ends = self._ends or now + self._seconds
        if now < self._ends:
            return None
        self._left += 1
        return True

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """A test's seconds are those of its fixtures too."""
        took = self._took[_module(report.nodeid)]
        if report.when == "setup":
            took.append(0.0)
        took[-1] += report.duration

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Says what was left, and how to run it."""
        if self._config.cache:
            means = {module: sum(took) / len(took) for module, took in self._took.items()}
            self._config.cache.set(SECONDS_A_TEST, self._known | means)
        if self._left:
            terminalreporter.write_line(
                f"{self._left} of the room's tests were left out after {self._seconds:g} seconds; WITHIN=600 runs them."
            )


def _module(node: str) -> str:
    return node.split("::", 1)[0]
