"""The list of checks, in order: each takes what was read and returns its findings as a frame."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from scorecard.extract import check_figures, check_history, check_names, check_personal, limits
from scorecard.extract.codes import CODES
from scorecard.extract.rows import Reading

DOUBTS: tuple[Callable[[Reading], pd.DataFrame], ...] = (
    check_history.unit_looks_wrong,
    check_history.unusual_change,
    check_history.totals_fall,
    check_history.closed_months,
    check_history.pairs,
    check_history.copied_months,
    check_history.new_areas,
)
CHECKS: tuple[Callable[[Reading], pd.DataFrame], ...] = (
    check_names.binary_content,
    check_names.long_cells,
    check_names.missing_measures,
    check_names.unknown_measures,
    check_names.unknown_areas,
    check_names.missing_periods,
    check_names.unreadable_periods,
    check_names.long_notes,
    check_personal.personal_notes,
    check_names.name_disagrees,
    check_figures.unreadable_numbers,
    check_figures.missing_values,
    check_figures.percent_signs,
    check_figures.negative_values,
    check_figures.over_maximum,
    check_figures.zero_denominators,
    check_figures.numerator_over_denominator,
    check_figures.ratio_disagrees,
    check_figures.symbol_beside_figures,
    check_figures.not_a_whole_number,
    check_figures.ambiguous_commas,
    check_figures.ambiguous_dates,
    check_figures.not_over,
    check_figures.not_begun,
    check_figures.before_start,
    check_figures.retired,
    check_figures.wrong_months,
    check_figures.duplicate_cells,
    *DOUBTS,
)


def run_checks(reading: Reading) -> list[pd.DataFrame]:
    """What every check finds.

    No doubts where no figure could be read, nor where one error comes more often than is listed: they would drown.
    """
    found: list[pd.DataFrame] = []
    for check in CHECKS:
        if check in DOUBTS and (any(_too_many(part) for part in found) or reading.figures.empty):
            continue
        found.append(check(reading))
    return found


def _too_many(part: pd.DataFrame) -> bool:
    return len(part) > limits.MOST_OF_A_CODE and CODES[str(part["code"].iat[0])].severity == "error"
