"""The list of checks, in order: each takes what was read and returns its findings as a frame."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from scorecard.extract import limits
from scorecard.extract.checks import far_periods, figures, first_months, hidden, history, names, two_readings
from scorecard.extract.codes.registry import CODES
from scorecard.extract.parse.rows import Reading

DOUBTS: tuple[Callable[[Reading], pd.DataFrame], ...] = (
    history.unit_looks_wrong,
    history.unusual_change,
    first_months.far_from_the_plan,
    history.totals_fall,
    history.closed_months,
    history.pairs_apart,
    history.copied_months,
    history.new_areas,
    far_periods.far_periods,
)
CHECKS: tuple[Callable[[Reading], pd.DataFrame], ...] = (
    hidden.hidden_rows_and_columns,
    names.binary_content,
    names.long_cells,
    names.missing_measures,
    names.unknown_measures,
    names.unknown_areas,
    names.missing_periods,
    names.unreadable_periods,
    names.long_notes,
    names.source_names,
    names.name_disagrees,
    figures.unreadable_numbers,
    figures.missing_values,
    figures.percent_signs,
    figures.negative_values,
    figures.over_maximum,
    figures.zero_denominators,
    figures.numerator_over_denominator,
    figures.ratio_disagrees,
    figures.symbol_with_figures,
    figures.not_a_whole_number,
    figures.ambiguous_commas,
    two_readings.ambiguous_dates,
    figures.not_over,
    figures.not_begun,
    figures.before_start,
    figures.retired,
    figures.wrong_months,
    figures.duplicate_cells,
    *DOUBTS,
)


def run_checks(reading: Reading) -> list[pd.DataFrame]:
    """What every check finds.

    No doubts where no figure could be read, nor where one error comes more often than is listed: they would drown.
    """
    findings: list[pd.DataFrame] = []
    for check in CHECKS:
        if check in DOUBTS and (any(_too_many(part) for part in findings) or reading.figures.empty):
            continue
        findings.append(check(reading))
    return findings


def _too_many(part: pd.DataFrame) -> bool:
    return len(part) > limits.MOST_OF_A_CODE and CODES[str(part["code"].iat[0])].severity == "error"
