"""The plan's catalogue and boards, kept still: what every test of the product's code runs on.

config/measures.yaml is the council's to edit: a measure added there, or another authority's catalogue in its place,
changes no test. One test alone reads it: tests/catalogue/test_live_catalogue.py.
"""

from __future__ import annotations

from pathlib import Path

FIXTURES = Path(__file__).parent / "fixtures"
CATALOGUE = FIXTURES / "plan_catalogue.yaml"
BOARDS = FIXTURES / "plan_boards.yaml"
