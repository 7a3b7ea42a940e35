"""How the benchmarks measure: several runs in one process, the fastest counts; memory is the process's highest."""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path


def best(work: Callable[[], object], runs: int = 5) -> float:
    """The fastest of several runs, in seconds: what the work takes where nothing else disturbs it."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def least_processor(work: Callable[[], object], runs: int = 5) -> float:
    """The same in seconds of this process's own time, which others on the machine hardly change."""
    times = []
    for _ in range(runs):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


def highest_memory() -> float:
    """The most memory that this process has had, in megabytes; on Linux without what its parent had before it."""
    status = Path("/proc/self/status")
    if status.exists():
        peaks = [line for line in status.read_text().splitlines() if line.startswith("VmHWM")]
        return float(peaks[0].split()[1]) / 1_000
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1_000_000 if sys.platform == "darwin" else 1_000)


def line(what: str, figure: str, aim: str = "") -> None:
    """One line of a benchmark's answer."""
    print(f"  {what:<58} {figure:>14}   {aim}".rstrip(), flush=True)
