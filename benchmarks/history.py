"""An invented history of any length for every measure of a catalogue, as one extract; seeded."""

from __future__ import annotations

from datetime import UTC, date, datetime

import numpy as np

from scorecard.catalogue.models import Catalogue, Measure
from scorecard.core.periods import add_months, month_code
from scorecard.use_cases.open_scorecard import Scorecard
from scorecard.use_cases.upload.submit_extract import preview_extract, submit_extract

SEED = 2020_07
SPREAD = 0.06  # of the level: how far months scatter
STEP = 0.02  # of the level: how far a stock drifts in a month
SHIFT = 0.12  # of the level: by how much every third measure moved a year before the end
SINCE = 12  # months
LEVEL = 50.0  # where the plan gives no number
SENT = datetime(2020, 8, 10, 9, 0, tzinfo=UTC)


def history(catalogue: Catalogue, months: int) -> bytes:
    """So many months up to the plan's own, one row a measure and month, as CSV."""
    random = np.random.default_rng(SEED)
    last = catalogue.plan.actuals
    rows = ["measure_id,period,value"]
    for number, measure in enumerate(catalogue.measures):
        values = _values(measure, months, number, random)
        for at, value in enumerate(values[:-1]):
            month = add_months(last, at - months + 1)
            if measure.starts is None or month >= measure.starts:
                rows.append(f"{measure.id},{month_code(month)},{value:.2f}")
    return ("\n".join(rows) + "\n").encode()


def _values(measure: Measure, months: int, number: int, random: np.random.Generator) -> np.ndarray:
    known = [cell.value for cell in (measure.july_2020, measure.baseline) if cell and cell.value is not None]
    level = known[0] if known else LEVEL
    values = level * (1 + SPREAD * random.normal(size=months))
    if measure.accumulation == "at_month_end":  # a stock drifts
        steps = np.cumsum(STEP * random.normal(size=months))
        return np.clip(level * (1 + steps - steps[-1]), 0, 100 if measure.unit == "percent" else None)
    if number % 3 == 0:
        values[:-SINCE] *= 1 + SHIFT * (1 if number % 2 else -1)
    return np.clip(values, 0, 100 if measure.unit == "percent" else None)


def fill(scorecard: Scorecard, months: int) -> None:
    """Submits the history to a scorecard, as the data team would."""
    content = history(scorecard.catalogue, months)
    preview = preview_extract(scorecard, "history.csv", content, today=date(2020, 8, 10), source="Several sources")
    submit_extract(scorecard, preview, when=SENT, reason="Invented")
