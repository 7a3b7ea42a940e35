"""`python -m benchmarks.chance.false_exceptions`: what is held against measures to which nothing has happened, by kind.

Draws series of known kinds, assesses them as the pages do, and prints the tables of docs/methods.md: how many signal,
how many the page says would by chance, how many signals are called 'unlikely to be chance', and how many become
exceptions. Seeded. --measures N for a quicker, rougher answer.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from benchmarks.chance.false_alarms import percent, table
from scorecard.analysis.assessment.assess import Assessment, assess
from scorecard.analysis.assessment.chance import expected_signals
from scorecard.analysis.assessment.exceptions import expected_exceptions
from scorecard.analysis.assessment.signals import limits_shown
from scorecard.catalogue.models import Catalogue
from scorecard.core.observations import observations_frame

MEASURES = 1_000
SEED = 11
AREA = "E06000045"
COLUMNS = {
    "Signals": "signal", "Expected": "expected", "Called unlikely to be chance": "unlikely",
    "Becomes an exception": "exception", "Expected to": "by_chance",
}  # fmt: skip
Drawn = tuple[np.ndarray, np.ndarray | None]
Draw = Callable[[np.random.Generator, tuple[int, int]], Drawn]


class Case(NamedTuple):
    """A kind of measure to which nothing has happened: its figures, and what the catalogue says of it."""

    name: str
    months: int
    draw: Draw
    measure: dict[str, Any]
    last: str = "2021-06"


def normal(level: float, deviation: float, slope: float = 0.0) -> Draw:
    def drawn(random: np.random.Generator, shape: tuple[int, int]) -> Drawn:
        return np.round(random.normal(level, deviation, shape) + slope * np.arange(shape[1])), None

    return drawn


def leaning(level: float, deviation: float, lean: float) -> Draw:
    def drawn(random: np.random.Generator, shape: tuple[int, int]) -> Drawn:
        noise = random.normal(0, 1, shape)
        for month in range(1, shape[1]):
            noise[:, month] = lean * noise[:, month - 1] + np.sqrt(1 - lean**2) * noise[:, month]
        return np.round(level + deviation * noise, 1), None

    return drawn


def share(level: float, of: int, last: int | None = None) -> Draw:
    def drawn(random: np.random.Generator, shape: tuple[int, int]) -> Drawn:
        denominators = np.full(shape, of)
        denominators[:, -1] = last or of
        return np.round(100 * random.binomial(denominators, level) / denominators), denominators

    return drawn


def counts(mean: float) -> Draw:
    return lambda random, shape: (random.poisson(mean, shape).astype(float), None)


def seasonal(level: float, deviation: float, dip: float) -> Draw:
    def drawn(random: np.random.Generator, shape: tuple[int, int]) -> Drawn:
        value = random.normal(level, deviation, shape)
        value[:, ::-12] -= dip  # the last month, and the same of each year before it
        return np.round(value), None

    return drawn


def aiming(least: float, by: str | None = None, july: float | None = None, **others: Any) -> dict[str, Any]:
    due = {"by": by, "by_basis": "plan"} if by else {}
    start = {"july_2020": {"value": july, "printed": f"{july}"}} if july is not None else {}
    return {"targets": [{"at_least": least, "printed": f"{least}", **due}], **start, **others}


BASELINE = {"baseline": {"value": 70.0, "printed": "70%"}}
CASES = (
    Case("stable, 8 figures, no baseline", 8, normal(70, 3), aiming(90)),
    Case("stable, 8 figures, baseline at its level", 8, normal(70, 3), aiming(90, **BASELINE)),
    Case("stable, 8 figures, the line 0.2 deviations above it by now", 8, normal(70, 3), aiming(71, "2021-12", 70.0)),
    Case("on the line to its target, deviation 1", 30, normal(58.3, 1, 1.1), aiming(90, "2021-12", 78.1 - 4.4)),
    Case("on the line to its target, deviation 2", 30, normal(58.3, 2, 1.1), aiming(90, "2021-12", 78.1 - 4.4)),
    Case("on a slow line to its target, deviation 2", 30, normal(67.3, 2, 0.3), aiming(76, "2021-12", 73.0)),
    Case("stable, target within its limits", 24, normal(70, 3), aiming(72)),
    Case("stable, rounded to two deviations", 24, normal(70, 0.5), aiming(70)),
    Case("share of 30, level 97%", 24, share(0.97, 30), aiming(97)),
    Case("share of 50, level 98%", 24, share(0.98, 50), aiming(98)),
    Case("share of 200, level 90%", 30, share(0.90, 200), aiming(91)),
    Case("share of 200, level 90%, the last of 12", 30, share(0.90, 200, 12), aiming(91)),
    Case("counts, mean 1", 24, counts(1), aiming(2, unit="number")),
    Case("counts, mean 2", 24, counts(2), aiming(3, unit="number")),
    Case("counts, mean 20", 24, counts(20), aiming(22, unit="number")),
    Case("leaning by 0.3", 36, leaning(70, 3, 0.3), aiming(72)),
    Case("leaning by 0.6", 36, leaning(70, 3, 0.6), aiming(72)),
    Case("every August a third lower, three years", 36, seasonal(60, 2, 20), aiming(62), "2020-08"),
)


def assessed(case: Case, measures: int) -> Assessment:
    """So many measures of a kind, assessed in one pass."""
    random = np.random.default_rng(SEED)
    value, of = case.draw(random, (measures, case.months))
    ids = [f"m{number:04d}" for number in range(measures)]
    usual = {
        "plan_wording": "w", "definition": "d", "kind": "quality", "unit": "percent", "decimals": 0,
        "polarity": "higher_is_better", "accumulation": "in_month", "frequency": "monthly", "supplied_by": "s",
    }  # fmt: skip
    catalogue = Catalogue.model_validate(
        {
            "authority": {
                "name": "Sometown",
                "code": AREA,
                "region": {"name": "R", "code": "E12000008"},
                "country": {"name": "C", "code": "E92000001"},
            },
            "plan": {"title": "P", "edition": "1", "inspected": "2019-11", "actuals": "2020-07"},
            "service_areas": [
                {
                    "id": "a",
                    "name": "A",
                    "measures": [{**usual, **case.measure, "id": name, "name": name} for name in ids],
                }
            ],
        }
    )
    ends = pd.period_range(end=case.last, periods=case.months, freq="M").to_timestamp(how="end").normalize()
    if case.measure.get("unit", "percent") == "percent":
        value = value.clip(0, 100)
    frame = observations_frame(
        {
            "measure_id": np.repeat(ids, case.months),
            "area": AREA,
            "period_end": np.tile(ends, measures),
            "months": 1,
            "value": value.ravel(),
            "denominator": np.nan if of is None else of.ravel().astype(float),
            "origin": "extract",
        }
    )
    return assess(catalogue, frame, ends[-1])


def measured(case: Case, measures: int) -> dict[str, float]:
    """Shares of the measures: signal, expected to, unlikely (signals called so), exception, and expected to be one."""
    assessment = assessed(case, measures)
    frame = assessment.measures
    shown = frame[limits_shown(frame)]
    return {
        "signal": float(frame["signal"].mean()),
        "expected": expected_signals(shown, assessment.series, assessment.spc.points) / measures,
        "unlikely": float((frame["signal"] & frame["unlikely"]).mean()),
        "exception": float(frame["exception"].mean()),
        "by_chance": expected_exceptions(frame, assessment.series, assessment.spc.points) / measures,
    }


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--measures", type=int, default=MEASURES)
    measures = arguments.parse_args().measures
    rows = []
    for case in CASES:
        shares = measured(case, measures)
        rows.append([case.name, *(percent(shares[name]) for name in COLUMNS.values())])
    print(f"{measures:,} measures of each kind, to which nothing has happened:\n")
    print(table(("Kind", *COLUMNS), rows))


if __name__ == "__main__":
    main()
