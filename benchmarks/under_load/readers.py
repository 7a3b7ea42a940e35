"""`python -m benchmarks.under_load.readers`: fifty people read pages at once while a month is loaded.

Real web-socket sessions as browsers have them, on loopback; each asks for a page, reads for ten seconds on average and
asks for the next. They come over the first ten seconds, so that pages are asked for at one rate from the beginning:
fifty people ask for five a second. By one process and by two, on SQLite and on PostgreSQL. A page's time is from asking
until the last of it is there, without the drawing in the browser; beside it stands how long a processor is busy with a
page, which others on the machine change far less. Then a thousand page views in one process: its memory is to stay.

Exits with 1 where a page failed. --seconds N and --readers N for a quicker look.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

from benchmarks.histories import as_csv, plan_catalogue
from benchmarks.histories import history as more_history
from benchmarks.history import fill
from benchmarks.places import Place, places
from benchmarks.store import opened
from benchmarks.timing import line
from scorecard.use_cases.open_scorecard import DATABASE_VARIABLE, PROJECT

READERS, SECONDS, MONTHS = 50, 60.0, 36
READS_FOR = (5.0, 15.0)  # seconds: how long a person looks at a page before the next
ANSWERS_WITHIN, STARTS_WITHIN = 60, 120  # seconds: guards
VIEWS, WARM, TOGETHER = 1_000, 100, 10
SEED = 18
AUGUST = date(2020, 8, 31)
FAILED = (ForwardMsg.FINISHED_WITH_COMPILE_ERROR,)


@dataclass
class Heard:
    """What was heard of the pages: how long each took, in seconds, and what failed."""

    took: list[float] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    def within(self, share: float) -> float:
        """In how many seconds that share of the pages was there."""
        return sorted(self.took)[int(len(self.took) * share)] if self.took else float("nan")


def pages() -> list[tuple[str, str]]:
    """What people look at, as often as it stands here: a page and what its address asks for."""
    catalogue = plan_catalogue()
    measures = [("measure", f"measure={measure.id}") for measure in catalogue.measures]
    areas = [("service-area", f"area={area.id}") for area in catalogue.service_areas]
    others = [("completeness", ""), ("compare", ""), ("commentary", ""), ("about", ""), ("upload", "")]
    return [*measures, *areas, *[("overview", "")] * 20, *others * 2]


PAGES = pages()


@contextmanager
def served(url: str, processes: int) -> Iterator[list[tuple[int, int]]]:
    """So many processes of the app on one store: the port and the number of each."""
    started: list[tuple[int, subprocess.Popen[bytes]]] = []
    with tempfile.TemporaryDirectory() as folder:
        try:
            for number in range(processes):
                with socket.socket() as taken:
                    taken.bind(("127.0.0.1", 0))
                    port = int(taken.getsockname()[1])
                log = (Path(folder) / f"{number}.log").open("wb")
                command = [sys.executable, str(PROJECT / "server.py"), str(port), "127.0.0.1"]
                environment = {**os.environ, DATABASE_VARIABLE: url}
                process = subprocess.Popen(command, cwd=PROJECT, env=environment, stdout=log, stderr=log)
                started.append((port, process))
            for port, process in started:
                _wait(port, process)
            yield [(port, process.pid) for port, process in started]
        finally:
            for _, process in started:
                process.terminate()
            for _, process in started:
                process.wait(ANSWERS_WITHIN)


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until and process.poll() is None:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/health/ready", timeout=5)
            return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("The app does not answer.")


async def visit(socket_: ClientConnection, page: str, query: str, heard: Heard) -> None:
    """Asks for a page as a link within the pages does, and waits until the last of it is there."""
    asked = BackMsg()
    asked.rerun_script.page_name, asked.rerun_script.query_string = page, query
    began = time.monotonic()
    await socket_.send(asked.SerializeToString())
    message = ForwardMsg()
    while (
        message.WhichOneof("type") != "script_finished"
        or message.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN
    ):
        message.ParseFromString(await asyncio.wait_for(socket_.recv(decode=False), ANSWERS_WITHIN))
        fault = message.delta.new_element.WhichOneof("type") == "exception"
        if fault or (message.WhichOneof("type") == "script_finished" and message.script_finished in FAILED):
            heard.failed.append(
                f"{page}?{query}: {message.delta.new_element.exception.message or message.script_finished}"
            )
    heard.took.append(time.monotonic() - began)


async def reader(port: int, number: int, until: float, heard: Heard) -> None:
    """One person: a session of their own, a page after another until the time is over."""
    chance = random.Random(SEED * 1000 + number)
    await asyncio.sleep(chance.random() * sum(READS_FOR) / 2)
    try:
        async with session(port) as socket_:
            while time.monotonic() < until:
                await visit(socket_, *chance.choice(PAGES), heard)
                await asyncio.sleep(chance.uniform(*READS_FOR))
    except (OSError, TimeoutError, RuntimeError, EOFError) as error:
        heard.failed.append(f"{type(error).__name__}: {error}")


def session(port: int) -> connect:
    """A web-socket session, as a page opens one."""
    address = f"ws://127.0.0.1:{port}/_stcore/stream"
    return connect(address, origin=f"http://127.0.0.1:{port}", subprotocols=["streamlit"], max_size=None)  # type: ignore[arg-type, list-item]


async def crowd(ports: Sequence[int], readers: int, seconds: float, file: Path, url: str) -> tuple[Heard, int]:
    """Everybody reads, and half way through the data team loads a file: what was heard, and how the load ended."""
    heard, until = Heard(), time.monotonic() + seconds
    people = [
        asyncio.create_task(reader(ports[number % len(ports)], number, until, heard)) for number in range(readers)
    ]
    await asyncio.sleep(seconds / 2)
    command = [sys.executable, "-m", "scorecard", "load", str(file), "--accept-warnings", "--reason", "Other"]
    environment = {**os.environ, DATABASE_VARIABLE: url}
    load = await asyncio.create_subprocess_exec(
        *command, cwd=PROJECT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    ended = await load.wait()
    await asyncio.gather(*people)
    return heard, ended


async def one_after_another(port: int, views: int, heard: Heard) -> None:
    """Page views by people who come, look at ten and go, until so many were heard of."""
    chance = random.Random(SEED)
    while len(heard.took) < views and not heard.failed:
        async with session(port) as socket_:
            for _ in range(min(TOGETHER, views - len(heard.took))):
                await visit(socket_, *chance.choice(PAGES), heard)


def memory(pid: int) -> float:
    """What a process has in memory now, in megabytes; on Linux alone."""
    status = Path(f"/proc/{pid}/status")
    if not status.exists():
        return float("nan")
    (now,) = [entry for entry in status.read_text().splitlines() if entry.startswith("VmRSS")]
    return float(now.split()[1]) / 1_000


def processor(pid: int) -> float:
    """How long processors were busy with a process, in seconds; on Linux alone."""
    stat_file = Path(f"/proc/{pid}/stat")
    if not stat_file.exists():
        return float("nan")
    fields = stat_file.read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def filled(place: Place) -> str:
    """The address of a new store with three years of every measure."""
    url = place()
    with opened(url) as scorecard:
        fill(scorecard, MONTHS)
    return url


def read_by_many(name: str, url: str, processes: int, readers: int, seconds: float, file: Path) -> bool:
    """The lines of one database and so many processes; whether every page was there."""
    with served(url, processes) as running:
        for port, _ in running:  # what the first visitor of all waits for is no part of it
            asyncio.run(one_after_another(port, TOGETHER, Heard()))
        before, busy = (sum(measured_by(pid) for _, pid in running) for measured_by in (memory, processor))
        heard, ended = asyncio.run(crowd([port for port, _ in running], readers, seconds, file, url))
        after, used = (sum(measured_by(pid) for _, pid in running) for measured_by in (memory, processor))
    what = f"{name}, {processes} {'process' if processes == 1 else 'processes'}: {len(heard.took):,} pages"
    times = f"{heard.within(0.5):.2f} s, {heard.within(0.95):.2f} s"
    a_page = (used - busy) / max(len(heard.took), 1)
    more = f"{a_page:.2f} s of a processor a page, {(after - before) / readers:.1f} MB a session, "
    more += f"{len(heard.failed)} failed, load ended with {ended}"
    line(f"{what}, half and 19 of 20 within", times, f"aim: 2 s with two; {more}")
    for failure in heard.failed[:3]:
        line(f"  {failure[:100]}", "")
    return not heard.failed and ended == 0


def stays(name: str, url: str, views: int) -> bool:
    """Whether memory stays where it is over so many page views."""
    with served(url, 1) as ((port, pid),):
        heard = Heard()
        asyncio.run(one_after_another(port, min(WARM, views // 2), heard))
        before = memory(pid)
        asyncio.run(one_after_another(port, views, heard))
        grown = memory(pid) - before
    line(f"{name}: memory after {len(heard.took):,} page views", f"{grown:+.0f} MB", "aim: under 50 MB more")
    return not heard.failed


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--seconds", type=float, default=SECONDS)
    arguments.add_argument("--readers", type=int, default=READERS)
    arguments.add_argument("--views", type=int, default=VIEWS)
    given = arguments.parse_args()
    print(f"{given.readers} people read, each a page every {READS_FOR[0]:.0f} to {READS_FOR[1]:.0f} seconds")
    good = []
    with tempfile.TemporaryDirectory() as folder, places() as there:
        file = Path(folder) / "august.csv"
        for name, place in there.items():
            for processes in (1, 2):
                file.write_bytes(as_csv(more_history(plan_catalogue(), 1, last=AUGUST)))
                good.append(read_by_many(name, filled(place), processes, given.readers, given.seconds, file))
            good.append(stays(name, filled(place), given.views))
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
