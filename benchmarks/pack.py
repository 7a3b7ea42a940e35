"""`python -m benchmarks.pack`: the usual pack (all measures, 36 months, a chart each), each format by itself."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import pandas as pd
from plotly.utils import PlotlyJSONEncoder

from benchmarks.histories import history, more_measures, plan_catalogue
from benchmarks.timing import best, line
from scorecard.catalogue.models import Catalogue
from scorecard.catalogue.read_boards import Board
from scorecard.charts import figure
from scorecard.pack.formats import FORMATS, export
from scorecard.pack.snapshot.take import build_snapshot, canonical_json, read_snapshot
from tests.assessed import assess
from tests.journeys.browser import found_browser
from tests.pack.invented import completeness_of

KNOWN_AT = datetime(2020, 8, 10, 9, tzinfo=UTC)
BOARD = Board(id="board", name="Board")
AIMS = {"pdf": "aim: under 1.5 s"}


def frozen(catalogue: Catalogue, months: int = 36) -> bytes:
    """A snapshot of an invented history."""
    assessment = assess(catalogue, history(catalogue, months), pd.Timestamp("2020-07-31"))
    snapshot = build_snapshot(
        assessment,
        catalogue,
        received=completeness_of(assessment, catalogue),
        board=BOARD,
        as_known_at=KNOWN_AT,
        catalogue_sha256="0" * 64,
        software_version="benchmark",
    )
    return canonical_json(snapshot)


def by_browser(content: bytes) -> float | str:
    """Seconds for the same charts by plotly, kaleido and a browser, in a throw-away environment; or why not."""
    figures = [
        figure(measure.trend).to_plotly_json()
        for area in read_snapshot(content).service_areas
        for measure in area.measures
        if measure.trend is not None
    ]
    with tempfile.TemporaryDirectory() as folder:
        drawn, python = Path(folder) / "figures.json", Path(folder) / "venv" / "bin" / "python"
        drawn.write_text(json.dumps(figures, cls=PlotlyJSONEncoder), encoding="utf-8")
        uv = str(Path(sys.executable).parent / "uv")
        commands = [
            [uv, "venv", "--quiet", "--python", sys.executable, str(Path(folder) / "venv")],
            [uv, "pip", "install", "--quiet", "--python", str(python), "plotly", "kaleido"],
            [str(python), str(Path(__file__).parent / "drawn_by_browser.py"), str(drawn)],
        ]
        named = os.environ | ({"BROWSER_PATH": path} if (path := found_browser()) not in (None, "playwright") else {})
        for command in commands:
            done = subprocess.run(command, capture_output=True, text=True, check=False, env=named, timeout=300)
            if done.returncode:
                return (done.stderr.strip().splitlines() or ["it could not be run"])[-1][:60]
        return float(json.loads(done.stdout.splitlines()[-1])["seconds"])


class Alone(NamedTuple):
    """A drawing in a process of its own: by the clock, in seconds of work on all cores, and its highest memory."""

    seconds: float
    work: float
    megabytes: float


def alone(content: bytes, formats: Sequence[str], runs: int = 3) -> Alone:
    """The least of several drawings, each in a new process."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "snapshot.json"
        file.write_bytes(content)
        command = [sys.executable, "-m", "benchmarks.drawn_alone", str(file), *formats]
        done = [subprocess.run(command, capture_output=True, check=True, text=True).stdout for _ in range(runs)]
    figures = [Alone(**json.loads(answer)) for answer in done]
    return Alone(*map(min, zip(*figures, strict=True)))


def main() -> None:
    catalogue = plan_catalogue()
    print("Board pack: 47 measures, 36 months, a chart each")
    content = frozen(catalogue)
    line("taking the snapshot", f"{best(lambda: frozen(catalogue), 3):.2f} s")
    line("size of the snapshot", f"{len(content) / 1e6:.1f} MB")
    taken: dict[str, float] = {}
    first: dict[str, float] = {}  # nothing is cached yet, as in a process that draws one pack
    for name in FORMATS:
        start = time.perf_counter()
        made = export(content, name)
        first[name] = time.perf_counter() - start
        taken[name] = best(lambda name=name: export(content, name), 3)  # type: ignore[misc]
        line(
            f"{FORMATS[name].words} ({len(made) / 1000:,.0f} kB)",
            f"{first[name]:.2f} s, again {taken[name]:.2f} s",
            AIMS.get(name, ""),
        )
    line("all formats", f"{sum(first.values()):.2f} s", "aim: under 4 s")
    single = alone(content, ["pdf"])
    for name in FORMATS:
        line(f"memory, {FORMATS[name].words} alone", f"{alone(content, [name], 1).megabytes:.0f} MB")
    line("memory, all formats in one process", f"{alone(content, list(FORMATS)).megabytes:.0f} MB", "aim: under 300 MB")
    browser = by_browser(content)
    if isinstance(browser, str):
        line("the same charts by plotly and kaleido", "not measured", browser)
    else:
        line("the same charts by plotly and kaleido", f"{browser:.1f} s")
        line("that ÷ our whole PDF", f"{browser / first['pdf']:.0f} ×", "aim: at least 20")
    ten_times = frozen(more_measures(catalogue, 10 * len(catalogue.measures)))
    ten = alone(ten_times, ["pdf"])
    line(
        "PDF with ten times the measures, in work on all cores",
        f"{ten.work / single.work:.1f} ×",
        "aim: linear, about 10",
    )
    line("the same by the clock", f"{ten.seconds:.1f} s ÷ {single.seconds:.1f} s")
    line("the same in memory", f"{ten.megabytes:.0f} MB ÷ {single.megabytes:.0f} MB")


if __name__ == "__main__":
    main()
