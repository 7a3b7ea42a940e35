"""`python -m benchmarks.pack`: the usual pack (all measures, 36 months, a chart each), each format by itself."""

from __future__ import annotations

from datetime import UTC, datetime

import pandas as pd

from benchmarks.histories import history, more_measures, plan_catalogue
from benchmarks.timing import best, highest_memory, line
from scorecard.analysis.assessment import assess
from scorecard.catalogue.boards import Board
from scorecard.catalogue.models import Catalogue
from scorecard.pack.formats import FORMATS, export
from scorecard.pack.snapshot import build_snapshot, canonical_json

KNOWN_AT = datetime(2020, 8, 10, 9, tzinfo=UTC)
BOARD = Board(id="board", name="Board")
AIMS = {"pdf": "aim: under 1.5 s"}


def frozen(catalogue: Catalogue, months: int = 36) -> bytes:
    """A snapshot of an invented history."""
    assessment = assess(catalogue, history(catalogue, months), pd.Timestamp("2020-07-31"))
    snapshot = build_snapshot(
        assessment,
        catalogue,
        board=BOARD,
        as_known_at=KNOWN_AT,
        catalogue_sha256="0" * 64,
        software_version="benchmark",
    )
    return canonical_json(snapshot)


def main() -> None:
    catalogue = plan_catalogue()
    print("Board pack: 47 measures, 36 months, a chart each")
    content = frozen(catalogue)
    line("taking the snapshot", f"{best(lambda: frozen(catalogue), 3):.2f} s")
    line("size of the snapshot", f"{len(content) / 1e6:.1f} MB")
    taken = {}
    for name in FORMATS:
        made = export(content, name)
        taken[name] = best(lambda name=name: export(content, name), 3)  # type: ignore[misc]
        line(f"{FORMATS[name].words} ({len(made) / 1000:,.0f} kB)", f"{taken[name]:.2f} s", AIMS.get(name, ""))
    line("all formats", f"{sum(taken.values()):.2f} s", "aim: under 4 s")
    line("highest memory", f"{highest_memory():.0f} MB", "aim: under 300 MB")
    ten_times = frozen(more_measures(catalogue, 10 * len(catalogue.measures)))
    grown = best(lambda: export(ten_times, "pdf"), 1)
    line("PDF with ten times the measures", f"{grown / taken['pdf']:.1f} ×", "aim: linear, about 10")


if __name__ == "__main__":
    main()
