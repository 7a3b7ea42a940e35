"""`python -m benchmarks.published [FOLDER]`: published files read, stored and compared. FOLDER holds them as published.

Each file is read and stored by a terminal of its own, as the data team would: how long that took, how long processors
were busy with it, its memory and its reader's, and beside it a peer on the same bytes, pandas' own reading of the file.
Ratios are of one run, in processor time: a measure's page with all authorities against twelve, and with ten editions of
each figure against one.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import patch

import pandas as pd
import streamlit as st
from streamlit.testing.v1 import AppTest

from benchmarks.timing import least_processor, line
from scorecard.access.person import local_person
from scorecard.published.own_format import from_own_format, to_own_format
from scorecard.store import EditionOf, Submission
from scorecard.use_cases.open_scorecard import DATABASE_VARIABLE, PROJECT, Scorecard, open_scorecard, settings_from
from scorecard.use_cases.publish.neighbours import compare_with_neighbours
from scorecard.use_cases.published.charts import gaps_chart
from scorecard.use_cases.published.compare import compare_published, of_what_ships
from scorecard.use_cases.published.overview import compared_measures, measure_pictures, measure_table, measure_words
from scorecard.use_cases.published.reference import load_reference
from scorecard.use_cases.view import shared

WHEN = datetime(2026, 1, 10, 9, tzinfo=UTC)
REPEATED = 650_000  # rows of the long EES files
EDITIONS, FEW = 10, 12
RATE = "looked-after-children-rate"
ROUNDS = 5
PAGE = """
from scorecard.pages.measure.page import page
from scorecard.pages.parts.session import guarded
guarded(page)()
"""
TOLD = """
import json, resource, sys
from benchmarks.timing import highest_memory
from scorecard.cli.commands import main
from scorecard.published.reader import PUBLISHED_READERS
code = main(["import-published", *sys.argv[1:], "--by", "benchmark", "--published", "2026-01-09", "--reason", "once"])
PUBLISHED_READERS.close()
used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
busy = sum(one.ru_utime + one.ru_stime for one in used)
print(json.dumps([code, highest_memory(), used[1].ru_maxrss / 1_000, busy]), file=sys.stderr)
"""
READING = "import sys, pandas as pd; (pd.read_parquet if sys.argv[1].endswith('parquet') else pd.read_csv)(sys.argv[1])"


def opened(folder: Path, name: str) -> Scorecard:
    return open_scorecard(settings_from(address(folder, name)), local_person("benchmark"), WHEN)


def address(folder: Path, name: str) -> dict[str, str]:
    return {DATABASE_VARIABLE: f"sqlite:///{folder / f'{name}.db'}"}


def as_schools(content: bytes) -> bytes:
    """An EES file of REPEATED rows: its own, and the same again as schools', which are counted and left out."""
    return repeated(content, lambda row, _: row.replace("Local authority", "School"))


def of_other_years(content: bytes) -> bytes:
    """An EES file of REPEATED rows: its own, and the same again of other years, nine at a time of 1981 to 2097."""
    return repeated(content, lambda row, turn: str(int(row[:4]) - 36 + 9 * (turn % 13)) + row[4:])


def repeated(content: bytes, again) -> bytes:  # type: ignore[no-untyped-def]
    head, *rows = content.decode("utf-8-sig").splitlines()
    repeated_rows, turn = [head, *rows], 0
    authorities = [row for row in rows if "Local authority" in row]
    while len(repeated_rows) <= REPEATED:
        turn += 1
        repeated_rows += [again(row, turn) for row in authorities]
    return "\n".join(repeated_rows[: REPEATED + 1]).encode()


def imported(folder: Path, name: str, file: Path) -> str:
    """How long a terminal took to read, preview and store a file, with what it and its reader held."""
    start = time.perf_counter()
    run = subprocess.run(
        [sys.executable, "-c", TOLD, str(file)], cwd=PROJECT, env=os.environ | address(folder, name),
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    took = time.perf_counter() - start
    code, own, readers, busy = json.loads(run.stderr.splitlines()[-1])
    result = f"{took:.1f} s ({busy:.1f} s busy), {own:.0f} MB and its reader {readers:.0f} MB"
    return result if code == 0 else f"{result}; refused: {run.stdout[:300]}"


def main(arguments: list[str]) -> int:
    print("Published figures")
    with tempfile.TemporaryDirectory() as folder_name:
        folder = Path(folder_name)
        ours(folder)
        ratios(folder)
        if not arguments:
            print("  (the files as published weren't named: reading isn't measured)")
            return 0
        published = Path(arguments[0])
        workforce = (published / "csww_indicators_2017_to_2025.csv").read_bytes()
        (folder / "schools.csv").write_bytes(as_schools(workforce))
        (folder / "years.csv").write_bytes(of_other_years(workforce))
        for name, file, aim in (
            ("LAIT", published / "bds_long_0.parquet", "aim: under 10 s, 500 MB"),
            ("EES, 650,000 rows, most of schools", folder / "schools.csv", "aim: under 15 s, 400 MB"),
            ("EES, 650,000 rows of other years", folder / "years.csv", "aim: under 15 s, 400 MB"),
        ):
            peer = pandas_alone(file)
            result = imported(folder, name, file)
            line(f"{name}, {file.stat().st_size / 1_000_000:.0f} MB", result, f"{aim}; pandas alone {peer:.1f} s busy")
    return 0


def pandas_alone(file: Path) -> float:
    """How much of a processor a process takes that only reads a file with pandas."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", READING, str(file)], check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def ours(folder: Path) -> None:
    """Our own code for the page of how we compare, and what its parts take."""
    with opened(folder, "ours") as scorecard:
        load_reference(scorecard)  # what ships is read once
        took = least_processor(lambda: _page(scorecard), ROUNDS)
        line("How we compare: rows and one measure in full", f"{took:.2f} s", "aim: under 0.3 s")
        took = least_processor(lambda: _all(scorecard), ROUNDS)
        line("All funnels and ranks, every measure and year", f"{took:.2f} s", "aim: under 1 s")
        took = least_processor(lambda: [*compare_with_neighbours(scorecard, WHEN.date())], ROUNDS)
        line("A pack's part on the neighbours, each after the first", f"{took:.2f} s")


def _page(scorecard: Scorecard) -> None:
    of_what_ships.cache_clear()
    comparison = compare_published(scorecard)
    for row in compared_measures(comparison, WHEN.date()):
        gaps_chart(comparison, row.measure_id)
    measure = comparison.measures[RATE]
    measure_words(comparison, measure, WHEN.date())
    measure_pictures(comparison, measure)
    measure_table(comparison, measure)


def _all(scorecard: Scorecard) -> None:
    of_what_ships.cache_clear()
    comparison = compare_published(scorecard)
    comparison.summary  # noqa: B018
    comparison.of_others  # noqa: B018
    comparison.movements  # noqa: B018


def ratios(folder: Path) -> None:
    """A measure's page, each time as after a change of the store: with more authorities, and with more editions."""
    shipped = from_own_format(settings_from({}).shipped_figures.read_bytes())
    with opened(folder, "few") as scorecard:
        reference = load_reference(scorecard)
        kinds = {area.number: area.kind for area in reference.authorities.areas}
        own = reference.own_number(scorecard.catalogue)
        areas = [own, *reference.neighbours.of("april-2021", own), "201"][:FEW]
        wanted = [area in areas or kinds.get(area, "authority") != "authority" for area in shipped["area"]]
        few = folder / "few.csv"
        few.write_bytes(to_own_format(shipped[wanted], reference.mapping))
    for number in (1, EDITIONS):
        with opened(folder, f"editions-{number}") as scorecard:
            for turn in range(number):
                _edition(scorecard, shipped, turn)
    with page(folder, "few", few) as fewer, page(folder, "few") as all_of_them:
        fastest = in_turns(all_of_them, fewer)
        line("Measure page, 152 authorities against 12", f"{fastest[0] / fastest[1]:.2f}", "aim: at most 1.1")
    with page(folder, "editions-1") as once, page(folder, f"editions-{EDITIONS}") as often:
        fastest = in_turns(often, once)
        line(f"Measure page, {EDITIONS} editions against 1", f"{fastest[0] / fastest[1]:.2f}", "aim: at most 1.1")


def _edition(scorecard: Scorecard, shipped: pd.DataFrame, turn: int) -> None:
    """Every published figure once more, a little revised."""
    edition = 20260101 + turn
    figures = shipped.assign(value=shipped["value"] + turn / 100)
    content = to_own_format(figures.assign(edition=edition), load_reference(scorecard).mapping)
    sent = Submission(
        file_name="edition.csv", sha256=f"{turn:064d}", size=len(content), table=content, source="benchmark",
        who="benchmark", when=WHEN,
    )  # fmt: skip
    of = EditionOf(publications=tuple(load_reference(scorecard).mapping.publication_of), edition=edition)
    scorecard.store.editions.submit(sent, of, figures.drop(columns="edition"))


@contextmanager
def page(folder: Path, name: str, shipped: Path | None = None) -> Iterator[object]:
    """What draws the page of a measure, its part of how it compares, on a store."""

    def settings(_environment: object) -> object:
        own_settings = settings_from({**os.environ, **address(folder, name)})
        return own_settings if shipped is None else own_settings.model_copy(update={"shipped_figures": shipped})

    def draw() -> None:
        with patch.object(shared, "settings_from", settings):
            st.cache_resource.clear()
            of_what_ships.cache_clear()
            app = AppTest.from_string(PAGE, default_timeout=300)
            app.query_params["measure"], app.query_params["section"] = RATE, "compared"
            assert not app.run().exception

    yield draw


def in_turns(*draws) -> list[float]:  # type: ignore[no-untyped-def]
    """The fastest of several rounds of each, one after the other."""
    for draw in draws:
        draw()
    return [
        min(times) for times in zip(*([least_processor(draw, 1) for draw in draws] for _ in range(ROUNDS)), strict=True)
    ]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
