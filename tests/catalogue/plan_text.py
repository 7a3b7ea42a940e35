"""The catalogue as it stands and the plan's text where it is at hand, for the tests that hold one against the other."""

from __future__ import annotations

import os
import re
from functools import cache
from pathlib import Path

from scorecard.catalogue.models import Catalogue
from scorecard.catalogue.read_measures import read_catalogue

TOP = Path(__file__).parents[2]
MEASURES = TOP / "config" / "measures.yaml"
PLAN_TEXT = Path(os.environ.get("SCORECARD_PLAN_TEXT") or TOP.parent / "shared" / "seeds" / "improvement-plan.txt")


@cache
def catalogue() -> Catalogue:
    return read_catalogue(MEASURES.read_bytes())


def closed_up(text: str) -> str:
    """A text without its white space: the plan came out of a PDF, where cells run over lines."""
    return re.sub(r"\s+", "", text)
