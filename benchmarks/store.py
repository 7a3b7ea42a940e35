"""`python -m benchmarks.store`: a ten-year backfill through the use case, and a monthly load before and after it."""

from __future__ import annotations

import tempfile
from datetime import UTC, date, datetime
from pathlib import Path

from benchmarks.histories import as_csv, history, plan_catalogue
from benchmarks.timing import best, highest_memory, line
from scorecard.use_cases.scorecard import PROJECT, Scorecard, Settings, open_scorecard
from scorecard.use_cases.submit_extract import preview_extract, submit_extract

AREAS = tuple(f"E06{number:06d}" for number in range(901, 920))
TODAY = date(2021, 1, 10)
WHEN = datetime(2021, 1, 10, 9, tzinfo=UTC)


def opened(folder: str, name: str) -> Scorecard:
    config = PROJECT / "config"
    url = f"sqlite:///{Path(folder) / name}"
    return open_scorecard(
        Settings(catalogue=config / "measures.yaml", boards=config / "boards.yaml", database_url=url), "benchmark", WHEN
    )


def load(scorecard: Scorecard, content: bytes) -> int:
    """One extract from its bytes to the store; how many figures are new."""
    preview = preview_extract(scorecard, "extract.csv", content, today=TODAY)
    if preview.checked.refused:
        raise ValueError(str(preview.checked.errors[0]))
    return submit_extract(scorecard, preview, who="benchmark", when=WHEN, reason="Other: benchmark").new


def monthly(scorecard: Scorecard, first: int) -> float:
    """A month's load for the authority, the fastest of four later months."""
    months = iter(range(first, first + 4))
    catalogue = plan_catalogue()

    def one() -> None:
        load(scorecard, as_csv(history(catalogue, 1, last=date(2020, next(months), 28))))

    return best(one, 4)


def main() -> None:
    print("Store")
    content = as_csv(history(plan_catalogue(), 120, AREAS))
    with tempfile.TemporaryDirectory() as folder, opened(folder, "a.db") as small, opened(folder, "b.db") as large:
        before = monthly(small, 8)
        whole = best(lambda: line("figures in the backfill", f"{load(large, content):,}"), 1)
        line(
            f"backfill, checked, previewed and stored ({len(content) / 1e6:.1f} MB)",
            f"{whole:.1f} s",
            "aim: under 10 s",
        )
        after = monthly(large, 8)
    line("a month's load into a small store", f"{1000 * before:.0f} ms")
    line("a month's load after the backfill", f"{1000 * after:.0f} ms")
    line("after ÷ before", f"{after / before:.2f} ×", "aim: at most 1.2")
    line("highest memory", f"{highest_memory():.0f} MB")


if __name__ == "__main__":
    main()
