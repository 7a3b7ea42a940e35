"""Write the published figures that come with the scorecard: python -m scorecard.use_cases.published.ship_figures FILE…

The files are those that docs/published.md says where to get. What they give for the figures that the mapping lets ship
goes to data/published/figures.csv: all authorities, the regions and England; figures alone. A test holds the two
together.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from scorecard.extract.findings import Findings
from scorecard.published.authorities import Authorities, read_authorities
from scorecard.published.lait import Dictionary
from scorecard.published.mapping import Mapping
from scorecard.published.own_format import to_own_format
from scorecard.published.read_file import ReadFile, Refused, read_file
from scorecard.published.read_mapping import read_mapping
from scorecard.use_cases.open_scorecard import load_catalogue, settings_from


def figures_to_ship(contents: Sequence[bytes], mapping: Mapping, authorities: Authorities) -> pd.DataFrame:
    """The figures of published files that ship, of each cell its newest edition. Raises Refused, ValueError."""
    dictionary: Dictionary | None = None
    parts = []
    for content in sorted(contents, key=len):
        read = read_file(content, mapping, authorities, dictionary)
        dictionary = read.dictionary or dictionary
        _require_no_fault(read)
        if len(read.figures):
            newest = read.figures["period_end"].max()
            parts.append(read.figures.assign(edition=newest.year * 10_000 + newest.month * 100 + newest.day))
    together = pd.concat(parts, ignore_index=True).sort_values("edition", kind="stable")
    newest_only = together.drop_duplicates(["measure_id", "area", "period_end", "months"], keep="last")
    first = newest_only["measure_id"].map({figure.id: figure.ships_from for figure in mapping.figures.values()})
    small = [area.number for area in authorities.areas if area.kind == "region" and area.region != authorities.country]
    wanted = (newest_only["period_end"].dt.year >= first) & ~newest_only["area"].isin(small)
    shipped: pd.DataFrame = newest_only[wanted].reset_index(drop=True)
    return shipped


def _require_no_fault(read: ReadFile) -> None:
    findings = Findings("file", read.faults)
    if findings.count("error"):
        raise ValueError(str(findings[0]))


def main(arguments: list[str]) -> int:
    """Writes the file and says how many figures it holds."""
    settings = settings_from(os.environ)
    catalogue, _ = load_catalogue(settings)
    mapping = read_mapping(settings.published.read_bytes(), catalogue)
    authorities = read_authorities((settings.published.parent / "authorities.csv").read_bytes())
    try:
        figures = figures_to_ship([Path(name).read_bytes() for name in arguments], mapping, authorities)
    except Refused as refused:
        sys.stderr.write(f"{refused.faults[0]['found'].iat[0]}: {refused.faults[0]['remedy'].iat[0]}\n")
        return 1
    settings.shipped_figures.parent.mkdir(parents=True, exist_ok=True)
    settings.shipped_figures.write_bytes(to_own_format(figures, mapping))
    print(f"{settings.shipped_figures}: {len(figures):,} figures")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
