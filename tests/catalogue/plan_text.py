"""The catalogue as it stands and the plan's text where it is at hand, for the tests that hold one against the other."""

from __future__ import annotations

import os
import re
from functools import cache
from pathlib import Path

from scorecard.catalogue.models import Catalogue
from scorecard.catalogue.read_measures import read_catalogue
from tests.frozen_catalogue import CATALOGUE

TOP = Path(__file__).parents[2]
PLAN_TEXT = Path(os.environ.get("SCORECARD_PLAN_TEXT") or TOP.parent / "shared" / "seeds" / "improvement-plan.txt")


@cache
def catalogue() -> Catalogue:
    return read_catalogue(CATALOGUE.read_bytes())


def closed_up(text: str) -> str:
    """A text without its white space: the plan came out of a PDF, where cells run over lines."""
    return re.sub(r"\s+", "", text)
