"""The table of docs/published.md, from the mapping. Renew it: python -m tests.published.mapping_page."""

from __future__ import annotations

from pathlib import Path

from scorecard.catalogue.read_measures import read_catalogue
from scorecard.published.mapping import Mapping
from scorecard.published.read_mapping import read_mapping
from tests.frozen_catalogue import CATALOGUE

PROJECT = Path(__file__).parents[2]
PAGE = PROJECT / "docs" / "published.md"
START, END = "<!-- measures: made from config/published.yaml -->", "<!-- end of measures -->"


def table(mapping: Mapping) -> str:
    rows = ["| Measure | Publication | The same definition? |", "|---|---|---|"]
    for measure in mapping.measures:
        names = dict.fromkeys(mapping.publication_of[id].name for source in measure.sources for id in source.figures)
        match = {"same": "The same.", "near": "Near.", "none": "None."}[measure.match]
        rows.append(f"| {measure.id} | {'; '.join(names) or '–'} | {match} {measure.words} |")
    return "\n".join(rows)


def page(mapping: Mapping) -> str:
    text = PAGE.read_text(encoding="utf-8")
    before, after = text.split(START)[0], text.split(END)[1]
    return f"{before}{START}\n\n{table(mapping)}\n\n{END}{after}"


if __name__ == "__main__":
    known = read_mapping((PROJECT / "config" / "published.yaml").read_bytes(), read_catalogue(CATALOGUE.read_bytes()))
    PAGE.write_text(page(known), encoding="utf-8")
