"""`python -m benchmarks.store`: a ten-year backfill through the use case, and a monthly load before and after it."""

from __future__ import annotations

import tempfile
from datetime import UTC, date, datetime
from pathlib import Path
from time import process_time

from benchmarks.histories import as_csv, history, plan_catalogue
from benchmarks.timing import best, highest_memory, line
from scorecard.access.person import local_person
from scorecard.use_cases.open_scorecard import PROJECT, Scorecard, Settings, open_scorecard
from scorecard.use_cases.upload.submit_extract import preview_extract, submit_extract

AREAS = tuple(f"E06{number:06d}" for number in range(901, 920))
TODAY = date(2022, 1, 10)
WHEN = datetime(2022, 1, 10, 9, tzinfo=UTC)
MONTHS = 12


def opened(folder: str, name: str) -> Scorecard:
    config = PROJECT / "config"
    url = f"sqlite:///{Path(folder) / name}"
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


def monthly(*stores: Scorecard) -> list[float]:
    """A month's load for the authority into each store, in turn: the fastest of twelve months, in processor time."""
    catalogue, fastest = plan_catalogue(), [float("inf")] * len(stores)
    for number in range(MONTHS):
        month = date(2020 + (7 + number) // 12, (7 + number) % 12 + 1, 28)
        content = as_csv(history(catalogue, 1, last=month))
        for place, scorecard in enumerate(stores):
            started = process_time()
            load(scorecard, content)
            fastest[place] = min(fastest[place], process_time() - started)
    return fastest


def main() -> None:
    print("Store")
    content = as_csv(history(plan_catalogue(), 120, AREAS))
    with tempfile.TemporaryDirectory() as folder, opened(folder, "a.db") as small, opened(folder, "b.db") as large:
        whole = best(lambda: line("figures in the backfill", f"{load(large, content):,}"), 1)
        line(
            f"backfill, checked, previewed and stored ({len(content) / 1e6:.1f} MB)",
            f"{whole:.1f} s",
            "aim: under 10 s",
        )
        before, after = monthly(small, large)
    line("a month's load into a small store", f"{1000 * before:.0f} ms")
    line("a month's load after the backfill", f"{1000 * after:.0f} ms")
    line("after ÷ before", f"{after / before:.2f} ×", "aim: at most 1.2")
    line("highest memory", f"{highest_memory():.0f} MB")


if __name__ == "__main__":
    main()
