"""docs/methods.md says of change or chance what the code does."""

import re
from pathlib import Path

import pytest

from scorecard.analysis import spc
from scorecard.analysis.assessment import evidence
from scorecard.analysis.spc import denominators, detection_time, limits, rebase, rules, season, slope, stable
from scorecard.analysis.spc.analyse import SETTLED_FROM

TEXT = (Path(__file__).parents[3] / "docs" / "methods.md").read_text(encoding="utf-8")
PAGE = " ".join(TEXT.split())
ROW = re.compile(r"^\| (\d+) \|((?: (?:> )?\d+ / (?:> )?\d+ \|){7})$", re.MULTILINE)
IN_WORDS = {2: "two", 3: "three"}


@pytest.mark.parametrize(
    "phrase",
    [
        f"ranges of {limits.SCREEN:g} times the average or more",
        f"mean ± {limits.MEAN_TO_LIMIT:g} × average moving range",
        f"With `fix_after` n ({limits.FIX_AFTER_LEAST} or more)",
        f"| Trend | {rules.TREND_POINTS} or more",
        f"| Shift | {rules.SHIFT_POINTS} or more in a row",
        f"| under {spc.PROVISIONAL_FROM} values in the last segment |",
        f"| `provisional` | {spc.PROVISIONAL_FROM} to {SETTLED_FROM - 1} |",
        f"| `settled` | {SETTLED_FROM} and more |",
        f"the last segment's slope is more than {slope.SLOPE_OF_A_SEGMENT:g} standard errors",
        f"above **{spc.AUTOCORRELATION_BOUND:g}** (`AUTOCORRELATION_BOUND`)",
        f"still above **{stable.LEAN_BEYOND_A_CHANGE:g}** (`LEAN_BEYOND_A_CHANGE`)",
        f"{stable.SERIES:,} stable series like it",
        f"A count under {stable.NEARLY_NORMAL:g} is drawn from a Poisson",
        f"is {stable.COARSE:g} standard deviations (`COARSE`) or more",
        f"fewer than **{100 * stable.UNLIKELY_BOUND:g} in 100** (`UNLIKELY_BOUND`)",
        f"Student's t at 1 in {1 / evidence.ONE_IN_20:g}, one side",
        f"each range is worth {evidence.DEGREES_A_RANGE:g} degrees of freedom",
        f"in **1 month of {1 / evidence.MATERIAL_CHANCE:g}** or more (`MATERIAL_CHANCE`)",
        "under half, or over twice, the measure's median" if denominators.FAR == 2 else "?",
        f"Paulson's normal deviate above {season.ESTABLISHED:g}",
        f"seen in **{IN_WORDS[season.FEWEST_YEARS]} years** or more",
        f"'> {detection_time.HORIZON}': not within {detection_time.HORIZON} figures",
        f"at least {rebase.SUSTAINED_POINTS} points without a gap",
        f"no slope of more than {rebase.SLOPE_OF_A_RUN:g} standard errors",
    ],
)
def test_the_page_states_the_constants_of_the_code(phrase: str) -> None:
    assert phrase in PAGE


def test_the_page_has_the_waits_of_the_code() -> None:
    def shown(figures: int) -> str:
        return f"> {detection_time.HORIZON}" if figures > detection_time.HORIZON else str(figures)

    printed = {int(before): [cell.strip() for cell in cells.split("|")[:-1]] for before, cells in ROW.findall(TEXT)}
    assert printed == {
        before: [f"{shown(wait.half)} / {shown(wait.nine_in_ten)}" for wait in waits.values()]
        for before, waits in detection_time.WAITS.items()
    }
