"""`python -m benchmarks.chance.projection_chances`: whether stated chances come true, on series of known kinds.

Prints the tables of docs/methods.md ('What a chance is worth'): what the intervals hold of each kind, the Brier score
of chances beside that of a bell curve through the same intervals, and for each tenth of stated chance what came true.
Each series is projected as its measure would be (accumulation, unit, denominators); its targets are the first, third,
fifth, seventh and ninth tenths of its own past, and for shares 95 and 100 %, each as 'at least' and as 'at most'.
Seeded. --series N for a quicker, rougher answer.
"""

import argparse
from dataclasses import dataclass

import numpy as np
import pandas as pd

from benchmarks.chance.projection import HORIZON, SEED, frame, markdown
from scorecard.analysis.projection.matrix import Matrix
from scorecard.analysis.projection.project import chance_of_meeting, project

SERIES = 100
LENGTHS = (12, 24, 36, 60)
COVERED = (12, 18, 24, 36, 60, 120)
TENTHS = (0.1, 0.3, 0.5, 0.7, 0.9)
AHEAD = (1, 3, 6, 12)


@dataclass(frozen=True)
class Kind:
    """Simulated series (count × months) and what their measure is."""

    values: Matrix
    unit: str
    accumulation: str = "in_month"
    denominators: Matrix | None = None


def leaning(random: np.random.Generator, count: int, months: int, lean: float) -> Matrix:
    """First-order autoregressions of variance 1 (count × months)."""
    values = random.normal(size=(count, months))
    for month in range(1, months):
        values[:, month] = lean * values[:, month - 1] + np.sqrt(1 - lean**2) * values[:, month]
    return values


def kinds(random: np.random.Generator, count: int, months: int) -> dict[str, Kind]:
    """The kinds of series that a council's measures are like."""
    time, noise = np.arange(months), random.normal(size=(count, months))
    asked = np.repeat(random.integers(20, 200, (count, 1)).astype(float), months, axis=1)

    def share(rate: Matrix) -> Matrix:
        return 100 * random.binomial(asked.astype(int), np.clip(np.broadcast_to(rate, asked.shape), 0, 1)) / asked

    near = random.uniform(0.93, 0.998, (count, 1))
    turn = random.choice([-1, 1], (count, 1))
    step = (time > random.uniform(0.3, 0.9, (count, 1)) * months) * turn
    season = np.sin(2 * np.pi * (time + random.uniform(0, 12, (count, 1))) / 12)
    counts = {
        f"Poisson counts, mean {mean:g}": Kind(random.poisson(mean, (count, months)).astype(float), "number")
        for mean in (0.5, 2, 5, 20)
    }
    return {
        "Shares near 100 % of 20–200": Kind(share(near), "percent", denominators=asked),
        "the same, rounded, denominators unknown": Kind(np.round(share(near)), "percent"),
        "Shares near 100 % that drift": Kind(share(near + 0.02 * leaning(random, count, months, 0.8)), "percent"),
        "Shares of 60–90 %": Kind(share(random.uniform(0.6, 0.9, (count, 1))), "percent", denominators=asked),
        **counts,
        "Counts of 4 that grow or shrink": Kind(
            random.poisson(4 * np.exp(turn * time / months)).astype(float), "number"
        ),
        "Stocks: random walk, whole numbers": Kind(np.round(500 + 8 * noise.cumsum(axis=1)), "number", "at_month_end"),
        "Random walk": Kind(500 + 8 * noise.cumsum(axis=1), "days"),
        "A share that wanders": Kind(np.round(60 + 1.2 * noise.cumsum(axis=1)), "percent"),
        "One step": Kind(np.round(70 + 4 * noise + 12 * step), "percent"),
        "Season": Kind(np.round(100 + 20 * season + 6 * noise), "number"),
        "Rounded: one digit moves it": Kind(np.round(8 + 0.7 * leaning(random, count, months, 0.5)), "average"),
        "Rounded: hardly moves": Kind(np.round(8 + 0.35 * noise + random.uniform(-0.5, 0.5, (count, 1))), "average"),
        "White noise": Kind(50 + 5 * noise, "days"),
    }


def stated(kind: Kind, length: int) -> pd.DataFrame:
    """A row a series, target and month ahead: chance, bell (the chance by a bell curve alone) and met."""
    past, future = kind.values[:, :length], kind.values[:, length:]
    observations = frame(list(past))
    if kind.denominators is not None:
        observations["denominator"] = kind.denominators[:, :length].ravel()
    names = observations["measure_id"].unique()
    settings = pd.DataFrame({"measure_id": names, "unit": kind.unit, "accumulation": kind.accumulation})
    ahead = project(observations, settings=settings)
    months = np.sort(ahead["period_end"].unique())
    levels = [np.quantile(past, tenth, axis=1, method="nearest") for tenth in TENTHS]
    levels += [np.full(len(past), level) for level in (95.0, 100.0)] if kind.unit == "percent" else []
    asked, met = [], []
    for level in levels:
        for month in AHEAD:
            for side in ("target_lower", "target_upper"):
                targets = pd.DataFrame({"measure_id": names, "target_lower": np.nan, "target_upper": np.nan})
                asked.append(targets.assign(**{side: level, "by": months[month - 1]}))
                value = future[:, month - 1]
                met.append(value >= level - 1e-9 if side == "target_lower" else value <= level + 1e-9)
    targets = pd.concat(asked, ignore_index=True)
    chance = chance_of_meeting(ahead, targets, observations, settings=settings)["chance"]
    bell = chance_of_meeting(ahead, targets)["chance"]
    return pd.DataFrame({"chance": chance, "bell": bell, "met": np.concatenate(met)})


def coverage(series: int) -> pd.DataFrame:
    """What the 80 % and the 95 % interval hold of each kind, by length of history, within its bounds."""
    random = np.random.default_rng(SEED)
    rows: dict[str, dict[str, str]] = {}
    for length in COVERED:
        for name, kind in kinds(random, series, length + HORIZON).items():
            observations = frame(list(kind.values[:, :length]))
            names = observations["measure_id"].unique()
            settings = pd.DataFrame({"measure_id": names, "unit": kind.unit, "accumulation": kind.accumulation})
            most = 100.0 if kind.unit == "percent" else np.nan
            bounds = pd.DataFrame({"measure_id": names, "lower": 0.0, "upper": most})
            ahead = project(observations, HORIZON, bounds, settings=settings)
            future = kind.values[:, length:].ravel()
            within = [
                100 * future[(ahead[f"lower_{n}"] <= future) & (future <= ahead[f"upper_{n}"])].size for n in (80, 95)
            ]
            rows.setdefault(name, {})[f"{length} months"] = " / ".join(f"{size / future.size:.0f}" for size in within)
    return pd.DataFrame(rows).T


def tried(series: int) -> pd.DataFrame:
    """`stated` of every kind and length, with their kind."""
    random = np.random.default_rng(SEED)
    parts = []
    for length in LENGTHS:
        for name, kind in kinds(random, series, length + HORIZON).items():
            parts.append(stated(kind, length).assign(kind=name))
    return pd.concat(parts, ignore_index=True)


def brier(trials: pd.DataFrame) -> pd.DataFrame:
    """The Brier score of each kind: the mean of (chance − what came)², the lower the better."""
    scores = {"as stated": trials["chance"], "bell curve alone": trials["bell"]}
    squares = pd.DataFrame({name: (chance - trials["met"]) ** 2 for name, chance in scores.items()})
    table = squares.groupby(trials["kind"], sort=False).mean()
    table.loc["all"] = squares.mean()
    return table.round(3)


def calibration(trials: pd.DataFrame) -> pd.DataFrame:
    """For each tenth of stated chance: its mean and what came true, in per cent, and how many were stated."""
    tenth = np.minimum((trials["chance"] * 10).astype(int), 9)
    table = trials.groupby(tenth).agg(stated=("chance", "mean"), came=("met", "mean"), number=("met", "size"))
    table.index = [f"{10 * tenth}–{10 * tenth + 10} %" for tenth in table.index]
    shown = {"mean stated, %": 100 * table["stated"], "came true, %": 100 * table["came"]}
    return pd.DataFrame(shown).round(1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--series", type=int, default=SERIES)
    series = parser.parse_args().series
    print(f"## Coverage by kind and length (80 % / 95 %)\n\n{markdown(coverage(series), 'kind')}\n")
    trials = tried(series)
    print(f"## Brier score by kind\n\n{markdown(brier(trials).map('{:.3f}'.format), 'kind')}\n")
    print(f"## For each tenth of stated chance, {len(trials):,} chances\n\n{markdown(calibration(trials), 'stated')}")


if __name__ == "__main__":
    main()
