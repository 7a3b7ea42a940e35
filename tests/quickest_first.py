"""The inner loop: of a room's tests as many as fit into some seconds, which `make room` asks for.

Those that failed last come first, then those of what was changed since the last commit, then the modules of which most
tests fit into a second, as they took when they were run last, in whatever run. No test begins after the seconds are
over; how many were left out is said at the end.
"""

from __future__ import annotations

import subprocess
import time
from collections import Counter, defaultdict
from pathlib import Path, PurePosixPath

import pytest

SECONDS_A_TEST = "seconds_a_test"  # of each module, in pytest's own cache
NOT_KNOWN = 4.0  # seconds that a module is thought to take which never ran: of many tests each is mostly quick


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--within 5`: no test begins after so many seconds."""
    parser.addoption("--within", type=float, metavar="SECONDS", help="begin no test after so many seconds of tests")


def pytest_configure(config: pytest.Config) -> None:
    """Every run remembers, on several cores the process that collects the results; only one with --within chooses."""
    cache = getattr(config, "cache", None)  # a run without pytest's cache has none
    if cache is None or hasattr(config, "workerinput"):
        return
    config.pluginmanager.register(Seconds(cache), "seconds-a-test")
    if config.getoption("within") is not None:
        config.pluginmanager.register(QuickestFirst(cache, config.rootpath, config.getoption("within")))


def changed_modules(project: Path) -> frozenset[str]:
    """The modules of tests that were changed since the last commit, or whose module of the product was; by git."""
    command = ["git", "status", "--porcelain", "--untracked-files=all", "--no-renames"]
    try:
        listed = subprocess.run(command, cwd=project, capture_output=True, text=True, check=True).stdout.splitlines()
    except (OSError, subprocess.CalledProcessError):
        return frozenset()
    paths = [PurePosixPath(line[3:]) for line in listed]
    mirrored = [
        PurePosixPath("tests", *path.parts[1:-1], f"test_{path.name}") for path in paths if path.parts[0] == "scorecard"
    ]
    return frozenset(map(str, [*paths, *mirrored]))


class Seconds:
    """Remembers how long a test of each module takes."""

    def __init__(self, cache: pytest.Cache) -> None:
        self._cache = cache
        self._took: defaultdict[str, list[float]] = defaultdict(list)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """A test's seconds are those of its fixtures too."""
        took = self._took[_module(report.nodeid)]
        if report.when == "setup" or not took:
            took.append(0.0)
        took[-1] += report.duration

    def pytest_sessionfinish(self) -> None:
        """Of a module that was not run, what was known stays."""
        means = {module: sum(took) / len(took) for module, took in self._took.items()}
        self._cache.set(SECONDS_A_TEST, self._cache.get(SECONDS_A_TEST, {}) | means)


class QuickestFirst:
    """Puts the tests in order, and runs them until the seconds are over."""

    def __init__(self, cache: pytest.Cache, project: Path, seconds: float) -> None:
        self._cache, self._project, self._seconds = cache, project, seconds
        self._left = 0
        self._ends = 0.0

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """The tests of a module stay together, but for those that failed."""
        failed = self._cache.get("cache/lastfailed", {})
        counts = Counter(_module(item.nodeid) for item in items)
        known = {module: NOT_KNOWN / count for module, count in counts.items()} | self._cache.get(SECONDS_A_TEST, {})
        changed = changed_modules(self._project)

        def rank(item: pytest.Item) -> tuple[bool, bool, float]:
            module = _module(item.nodeid)
            return item.nodeid not in failed, module not in changed, known[module]

        items.sort(key=rank)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> bool | None:
        """True leaves the test out."""
        now = time.monotonic()
        self._ends = self._ends or now + self._seconds
        if now < self._ends:
            return None
        self._left += 1
        return True

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Says what was left, and how to run it."""
        if self._left:
            terminalreporter.write_line(
                f"{self._left} of the room's tests were left out after {self._seconds:g} seconds; WITHIN=600 runs them."
            )


def _module(node: str) -> str:
    return node.split("::", 1)[0]
