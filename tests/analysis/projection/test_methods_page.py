"""docs/methods.md says of the projection what the code does."""

from pathlib import Path

import pytest

from scorecard.analysis.projection import FEWEST_POINTS, intervals, methods, steps
from scorecard.analysis.projection import chance as chances

PAGE = " ".join((Path(__file__).parents[3] / "docs" / "methods.md").read_text(encoding="utf-8").split())


@pytest.mark.parametrize(
    "phrase",
    [
        f"It speaks from {FEWEST_POINTS} figures on",
        f"less {steps.DOUBT:g} × the logarithm of their number; each level must have {steps.SHORTEST_SIDE} figures",
        f"settings weigh e^−{methods.STEADINESS:g}α before",
        f"outdoes chance by {'two' if methods.DRIFT_DOUBT == 4 else '?'} standard errors",
        f"losing half of its weight in {intervals.HALF_LIFE:g} months",
        f"(as {intervals.LEAN:g} misses would)",
        f"{intervals.ANY_SERIES.freedom:g} degrees of freedom and {intervals.ANY_SERIES.each:g} more for each weighted",
        f"share or count has {intervals.STEADY_SERIES.freedom:g} and {intervals.STEADY_SERIES.each:g}",
        f"leans as {intervals.STOCK_SERIES.lean:g} misses would, and has {intervals.STOCK_SERIES.each:g} more for each",
        f"A count projected under {chances.SMALL_COUNT:g}",
        f"{'three' if chances.PAST_OF_COUNTS == 0.3 else '?'} tenths of the share of past months",
    ],
)
def test_the_page_states_the_constants_of_the_code(phrase):
    assert phrase in PAGE
