"""`python -m benchmarks.published FOLDER`: published files read, stored and compared. FOLDER holds them as published.

Beside each reading stands a peer on the same bytes: pandas' own reading of the file.
"""

from __future__ import annotations

import io
import sys
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path

import pandas as pd

from benchmarks.timing import best, highest_memory, line
from scorecard.access.person import local_person
from scorecard.use_cases.open_scorecard import PROJECT, Scorecard, Settings, open_scorecard
from scorecard.use_cases.published.comparison import compare_published
from scorecard.use_cases.published.import_file import import_published, preview_published

WHEN = datetime(2026, 1, 10, 9, tzinfo=UTC)
REPEATED = 650_000  # rows of the long EES file


def opened(folder: str) -> Scorecard:
    config = PROJECT / "config"
    url = f"sqlite:///{Path(folder) / 'benchmark.db'}"
    settings = Settings(catalogue=config / "measures.yaml", boards=config / "boards.yaml", database_url=url)
    return open_scorecard(settings, local_person("benchmark"), WHEN)


def stored(scorecard: Scorecard, name: str, content: bytes) -> None:
    [preview] = preview_published(scorecard, [(name, content)], published=date(2026, 1, 9))
    import_published(scorecard, preview, when=WHEN, reason="benchmark")


def long_file(content: bytes) -> bytes:
    """An EES file with REPEATED rows: its own, and the same again as schools', which are counted and left out."""
    head, *rows = content.decode("utf-8-sig").splitlines()
    out = [head, *rows]
    while len(out) <= REPEATED:
        out += [row.replace("Local authority", "School") for row in rows if "Local authority" in row]
    return "\n".join(out[: REPEATED + 1]).encode()


def main(arguments: list[str]) -> int:
    folder = Path(arguments[0]) if arguments else None
    print("Published figures")
    with tempfile.TemporaryDirectory() as place, opened(place) as scorecard:
        compare_published(scorecard).summary  # noqa: B018 - what ships is read once
        took = best(lambda: _all(scorecard), 3)
        line("How we compare, every measure and year", f"{took:.2f} s", "aim: under 1 s with all funnels and ranks")
        took = best(lambda: compare_published(scorecard, ["looked-after-children-rate"]).newest(), 3)
        line("One measure", f"{took:.2f} s")
        if folder is None:
            print("  (the files as published weren't named: reading isn't measured)")
            return 0
        for name, file in (("LAIT", "bds_long_0.parquet"), ("EES, long", "csww_indicators_2017_to_2025.csv")):
            content = (folder / file).read_bytes()
            content = content if file.endswith("parquet") else long_file(content)
            took = best(lambda: stored(scorecard, file, content), 1)  # noqa: B023 - called at once
            read = pd.read_parquet if file.endswith("parquet") else pd.read_csv
            peer = best(lambda: read(io.BytesIO(content)), 1)  # noqa: B023
            line(
                f"{name}: {len(content) / 1e6:.0f} MB, read, previewed and stored",
                f"{took:.1f} s",
                f"pandas {peer:.1f} s",
            )
        line("Most memory of this process", f"{highest_memory():.0f} MB")
    return 0


def _all(scorecard: Scorecard) -> None:
    found = compare_published(scorecard)
    found.summary  # noqa: B018
    found.movements  # noqa: B018


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
