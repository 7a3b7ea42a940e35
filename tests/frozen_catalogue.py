"""The plan's catalogue and boards, kept still: what every test of the product's code runs on.

config/measures.yaml is the council's to edit: a measure added there, or another authority's catalogue in its place,
changes no test. One test alone reads it: tests/catalogue/test_live_catalogue.py.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import yaml

FIXTURES = Path(__file__).parent / "fixtures"
CATALOGUE = FIXTURES / "plan_catalogue.yaml"
BOARDS = FIXTURES / "plan_boards.yaml"


def of_areas(service_areas: Collection[str], folder: Path) -> tuple[Path, Path]:
    """The catalogue and the boards of some service areas, in a folder: enough where all would only be slower."""
    catalogue = yaml.safe_load(CATALOGUE.read_bytes())
    catalogue["service_areas"] = [area for area in catalogue["service_areas"] if area["id"] in service_areas]
    boards = yaml.safe_load(BOARDS.read_bytes())
    boards["boards"] = [board for board in boards["boards"] if "service_areas" not in board]
    paths = folder / "measures.yaml", folder / "boards.yaml"
    for path, content in zip(paths, (catalogue, boards), strict=True):
        path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return paths
