"""`python -m benchmarks.under_load.interface`: one measure's observations over the interface.

Of a small store and a large one, in a file and in PostgreSQL.
"""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from time import perf_counter, sleep

import uvicorn
from starlette.applications import Starlette

from benchmarks.histories import as_csv, history, plan_catalogue
from benchmarks.places import Place, places
from benchmarks.store import AREAS, load, opened
from benchmarks.timing import line
from scorecard.api.routes import ROUTES
from scorecard.cli.serving.guard import Guard
from scorecard.use_cases.open_scorecard import DATABASE_VARIABLE

ADDRESS, ONE = "/api/v1/observations?measure_id=", "contacts-becoming-referrals"
REQUESTS = 1_000


@contextmanager
def served() -> Iterator[int]:
    """The interface behind the guard, on a free port of this machine."""
    with socket.socket(proto=socket.IPPROTO_TCP) as listening:  # said, or answers wait for the asker's own delay
        listening.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(Guard(Starlette(routes=ROUTES)), log_level="warning", access_log=False))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        while not server.started:
            sleep(0.01)
        try:
            yield int(listening.getsockname()[1])
        finally:
            server.should_exit = True
            thread.join()


def time_of(connection: HTTPConnection, address: str, held: str = "") -> float:
    """How long one request takes, in seconds. held: the ETag of the answer that whoever asks has already."""
    started = perf_counter()
    connection.request("GET", address, headers={"If-None-Match": held} if held else {})
    answer = connection.getresponse()
    answer.read()
    assert answer.status == (304 if held else 200)
    return perf_counter() - started


def asked(port: int, url: str) -> dict[str, list[float]]:
    """Of one store, how long requests took, shortest first: of each measure the first, of one all, and those held."""
    os.environ[DATABASE_VARIABLE] = url
    connection = HTTPConnection("127.0.0.1", port)
    connection.request("GET", ADDRESS + ONE)
    answer = connection.getresponse()
    answer.read()
    tag = str(answer.headers["ETag"])
    others = [measure.id for measure in plan_catalogue().measures if measure.id != ONE]
    times = {
        "first": sorted(time_of(connection, ADDRESS + measure_id) for measure_id in others),
        "again": sorted(time_of(connection, ADDRESS + ONE) for _ in range(REQUESTS)),
        "held": sorted(time_of(connection, ADDRESS + ONE, tag) for _ in range(REQUESTS)),
    }
    connection.close()
    return times


def within(times: list[float], share: float) -> float:
    """In how many milliseconds that share of the requests was answered."""
    return 1000 * times[int(len(times) * share)]


def of_database(name: str, place: Place, port: int) -> None:
    """The lines of one database."""
    urls = []
    for months, areas in ((12, ()), (120, AREAS)):
        with opened(place()) as scorecard:
            count = load(scorecard, as_csv(history(plan_catalogue(), months, areas)))
            urls.append(scorecard.settings.database_url)
    small, large = (asked(port, url) for url in urls)
    print(f" {name}, {count:,} figures in the large store")
    line("one measure's observations, 19 of 20 within", f"{within(large['again'], 0.95):.1f} ms", "aim: under 50 ms")
    line("the same, half within", f"{within(large['again'], 0.5):.1f} ms")
    line("the same where the asker holds them, 19 of 20 within", f"{within(large['held'], 0.95):.1f} ms")
    line("measures that nobody asked for before, 19 of 20 within", f"{within(large['first'], 0.95):.1f} ms")
    line("large ÷ small store, half within", f"{within(large['again'], 0.5) / within(small['again'], 0.5):.2f} ×")


def main() -> None:
    print("Interface")
    with places() as there, served() as port:
        for name, place in there.items():
            of_database(name, place, port)


if __name__ == "__main__":
    main()
