"""`python -m benchmarks.chance.false_alarms`: how often the rules signal where nothing has changed.

Prints the tables of docs/methods.md. Seeded: the same
numpy gives the same figures. --series N for a quicker, rougher answer.
"""

import argparse
from collections.abc import Iterator

import numpy as np
import pandas as pd

from scorecard.analysis import spc
from scorecard.analysis.spc.analyse import AUTOCORRELATION_BOUND
from scorecard.analysis.spc.rules import COMMON_CAUSE
from scorecard.analysis.spc.stable import alarms_like, kind_of

SEED = 2020_07
SERIES = 100_000
LENGTHS = (12, 15, 18, 20, 24, 30, 36, 48, 60, 84, 120)
LEANS = (0.0, 0.2, 0.4, 0.6, 0.8, 0.95)
STEPS = (1.0, 2.0, 3.0)
BATCH_POINTS = 600_000  # so that memory stays small
EXPECTED_OF = 40  # series of each kind whose own chances are averaged
RULES = ("limit", "trend", "two_of_three", "shift")
SETTINGS = pd.DataFrame({"measure_id": ["simulated"], "polarity": ["monitor"]})


def stable(points: int, series: int, seed: int = SEED, lean: float = 0.0, step: float = 0.0) -> np.ndarray:
    """Normal series (series × points), each point leaning on the last one by `lean` (a first-order autoregression).

    `step` standard deviations are added to the second half.
    """
    values = np.random.default_rng([seed, points]).normal(size=(series, points))
    for i in range(1, points):
        values[:, i] = lean * values[:, i - 1] + np.sqrt(1 - lean**2) * values[:, i]
    values[:, points // 2 :] += step
    return values


def judged(values: np.ndarray) -> Iterator[spc.Spc]:
    """Each batch of series, analysed."""
    points = values.shape[1]
    months = pd.date_range("2010-01-31", periods=points, freq="ME")
    for batch in np.array_split(values, max(1, values.size // BATCH_POINTS)):
        frame = pd.DataFrame(
            {
                "measure_id": "simulated",
                "area": np.repeat(np.arange(len(batch)), points),
                "period_end": np.tile(months, len(batch)),
                "value": batch.ravel(),
            }
        )
        yield spc.analyse(frame, SETTINGS)


def simulate(values: np.ndarray) -> dict[str, float]:
    """Shares of series: special anywhere, special at the last point, each rule anywhere, autocorrelation above."""
    counts = {"anywhere": 0, "last_point": 0, "leaning": 0} | dict.fromkeys(RULES, 0)
    for points, series in judged(values):
        cause = points["special_cause"].to_numpy(dtype=str).reshape(-1, values.shape[1])
        counts["anywhere"] += int((cause != COMMON_CAUSE).any(axis=1).sum())
        counts["last_point"] += int((cause[:, -1] != COMMON_CAUSE).sum())
        counts["leaning"] += int((series["autocorrelation"] > AUTOCORRELATION_BOUND).sum())
        for rule in RULES:
            counts[rule] += int((np.strings.find(cause, rule) >= 0).any(axis=1).sum())
    return {name: count / len(values) for name, count in counts.items()}


def kinds(random: np.random.Generator, series: int, points: int = 24) -> dict[str, tuple[np.ndarray, float, str]]:
    """Stable series of the kinds that measures are of: figures, their denominator (NaN for none) and unit."""
    shape = (series, points)
    shares = {f"share of {of}, level {level:.0%}": (of, level) for of, level in ((30, 0.97), (50, 0.98), (200, 0.9))}
    return {
        "normal": (np.round(random.normal(70, 3, shape), 2), np.nan, "days"),
        "normal, rounded to three deviations": (np.round(random.normal(70, 0.33, shape)), np.nan, "days"),
        **{
            name: (100 * random.binomial(of, level, shape) / of, float(of), "percent")
            for name, (of, level) in shares.items()
        },
        **{
            f"counts, mean {mean}": (random.poisson(mean, shape).astype(float), np.nan, "number") for mean in (1, 2, 20)
        },
        **{
            f"leaning by {lean:g}": (np.round(70 + 3 * stable(points, series, lean=lean), 2), np.nan, "days")
            for lean in (0.3, 0.6)
        },
    }


def by_kind(series: int) -> list[list[str]]:
    """A row a kind: how often its last point and any point is special, each beside what the pages expect of it."""
    rows = []
    for name, (values, of, unit) in kinds(np.random.default_rng(SEED), series).items():
        shares = simulate(values)
        decimals = 0 if unit != "days" or name.startswith("normal, rounded") else 2
        alarms = [
            alarms_like(kind_of(row, np.full(row.size, of), unit, decimals), row.size) for row in values[:EXPECTED_OF]
        ]
        newest, somewhere = (
            float(np.mean([getattr(each, what) for each in alarms])) for what in ("newest", "somewhere")
        )
        rows.append(
            [name, *(percent(share) for share in (shares["last_point"], newest, shares["anywhere"], somewhere))]
        )
    return rows


def table(header: tuple[str, ...], rows: list[list[str]]) -> str:
    lines = [header, ["---"] + ["---:"] * (len(header) - 1), *rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)


def percent(share: float) -> str:
    return f"{100 * share:.1f} %"


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--series", type=int, default=SERIES)
    series = arguments.parse_args().series
    by_length = {points: simulate(stable(points, series)) for points in LENGTHS}
    print(f"By length, {series:,} stable series each:\n")
    header = ("Points", "The last point", "Anywhere", "Outside a limit", "Trend", "Two of three", "Shift")
    columns = ("last_point", "anywhere", *RULES)
    print(table(header, [[str(n), *(percent(shares[c]) for c in columns)] for n, shares in by_length.items()]))
    print("\nWhere months lean on each other, or the level steps half-way (24 points):\n")
    rows = []
    for name, kind, sizes in (("leans by", "lean", LEANS), ("steps half-way, by standard deviations:", "step", STEPS)):
        for size in sizes:
            shares = simulate(stable(24, series // 5, **{kind: size}))
            rows.append([f"{name} {size:g}", percent(shares["last_point"]), percent(shares["leaning"])])
    print(table(("Series", "The last point is special", f"Autocorrelation above {AUTOCORRELATION_BOUND}"), rows))
    print("\nBy kind (24 figures), and what the pages expect of such measures:\n")
    print(table(("Kind", "The last point is special", "Expected", "Anywhere", "Expected"), by_kind(series // 10)))


if __name__ == "__main__":
    main()
