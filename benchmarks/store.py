"""`python -m benchmarks.store`: a ten-year backfill, a month's load before and after it, and what is then asked of it.

Each figure of PostgreSQL beside SQLite's, in turns in one run and by the clock: the server works beside the process
that asks. Both keep what they are told through a stop of the machine.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, date, datetime
from functools import partial
from time import perf_counter

from benchmarks.histories import as_csv, history, plan_catalogue
from benchmarks.places import places
from benchmarks.timing import highest_memory, line
from scorecard.access.person import local_person
from scorecard.use_cases.open_scorecard import PROJECT, Scorecard, Settings, open_scorecard
from scorecard.use_cases.publish.pack import take_snapshot
from scorecard.use_cases.upload.submit_extract import preview_extract, submit_extract
from scorecard.use_cases.view.export_assessment import exported
from scorecard.use_cases.view.measures import view_measures
from scorecard.use_cases.view.overview import overview

AREAS = tuple(f"E06{number:06d}" for number in range(901, 920))
TODAY = date(2022, 1, 10)
WHEN = datetime(2022, 1, 10, 9, tzinfo=UTC)
MONTHS, ROUNDS = 12, 5
TWICE, FLAT = 2.0, 1.2  # aims: PostgreSQL ÷ SQLite; a month's load after the backfill ÷ before it


def opened(url: str) -> Scorecard:
    """The project's own scorecard on the store at an address."""
    config = PROJECT / "config"
    return open_scorecard(
        Settings(catalogue=config / "measures.yaml", boards=config / "boards.yaml", database_url=url),
        local_person("benchmark"),
        WHEN,
    )


def load(scorecard: Scorecard, content: bytes) -> int:
    """One extract from its bytes to the store; how many figures are new."""
    preview = preview_extract(scorecard, "extract.csv", content, today=TODAY)
    if preview.checked.refused:
        raise ValueError(str(preview.checked.errors[0]))
    return submit_extract(scorecard, preview, when=WHEN, reason="Other: benchmark").new


def seconds(work: Callable[[], object]) -> float:
    """How long something takes by the clock."""
    started = perf_counter()
    work()
    return perf_counter() - started


def monthly(stores: list[Scorecard]) -> list[float]:
    """A month's load for the authority into each store, in turn: the fastest of twelve months."""
    catalogue, fastest = plan_catalogue(), [float("inf")] * len(stores)
    for number in range(MONTHS):
        month = date(2020 + (7 + number) // 12, (7 + number) % 12 + 1, 28)
        content = as_csv(history(catalogue, 1, last=month))
        for index, scorecard in enumerate(stores):
            fastest[index] = min(fastest[index], seconds(partial(load, scorecard, content)))
    return fastest


def asked(stores: list[Scorecard]) -> dict[str, list[float]]:
    """What pages and packs ask of each store, in turn: the fastest of the rounds."""
    july = date(2020, 7, 31)
    works: dict[str, Callable[[Scorecard], object]] = {
        "the overview": lambda scorecard: overview(scorecard, view_measures(scorecard)),
        "the assessment, every column": lambda scorecard: exported(view_measures(scorecard)),
        "a snapshot with its charts": lambda scorecard: take_snapshot(scorecard, july, when=WHEN),
        "the figures of one measure, every version": lambda scorecard: scorecard.store.history(
            "contacts-becoming-referrals"
        ),
    }
    fastest = {name: [float("inf")] * len(stores) for name in works}
    for _ in range(ROUNDS):
        for name, work in works.items():
            for index, scorecard in enumerate(stores):
                fastest[name][index] = min(fastest[name][index], seconds(partial(work, scorecard)))
    return fastest


def line_of_both(what: str, sqlite: float, postgresql: float) -> None:
    """One figure of both databases, and how many times SQLite's PostgreSQL's is."""
    shown = f"{1000 * sqlite:,.0f} ms, {1000 * postgresql:,.0f} ms"
    line(what, shown, f"{postgresql / sqlite:.2f} ×, aim: at most {TWICE:.0f}")


def main() -> None:
    print("Store: SQLite, PostgreSQL")
    content = as_csv(history(plan_catalogue(), 120, AREAS))
    with places() as there, ExitStack() as stack:
        small, large = ([stack.enter_context(opened(place())) for place in there.values()] for _ in range(2))
        line("figures in the backfill", f"{len(content.splitlines()) - 1:,}")
        line_of_both(
            f"backfill, checked, previewed and stored ({len(content) / 1e6:.1f} MB)",
            *[seconds(partial(load, scorecard, content)) for scorecard in large],
        )
        times = monthly([*small, *large])
        before, after = times[: len(small)], times[len(small) :]
        line_of_both("a month's load into a small store", *before)
        line_of_both("a month's load after the backfill", *after)
        for name, first, then in zip(there, before, after, strict=True):
            line(f"after ÷ before, {name}", f"{then / first:.2f} ×", f"aim: at most {FLAT}")
        for name, times_taken in asked(large).items():
            line_of_both(name, *times_taken)
    line("highest memory", f"{highest_memory():.0f} MB")


if __name__ == "__main__":
    main()
