"""`python -m benchmarks.spc`: how long one pass over all series takes, and how it grows.

The ratios are what counts: twice the points should take about twice the time, shuffled rows no more than that.
"""

import time
from collections.abc import Callable

import numpy as np
import pandas as pd

from scorecard.analysis import spc

MEASURES, AREAS = 57, 160
REPEATS = 7


def observations(areas: int, points: int) -> pd.DataFrame:
    """Long, sorted: MEASURES × areas series of monthly values."""
    series = MEASURES * areas
    return pd.DataFrame(
        {
            "measure_id": np.repeat([f"measure-{number:02d}" for number in range(MEASURES)], areas * points),
            "area": np.tile(np.repeat([f"E06{number:06d}" for number in range(areas)], points), MEASURES),
            "period_end": np.tile(pd.date_range("2010-01-31", periods=points, freq="ME"), series),
            "value": np.random.default_rng(1).normal(50, 5, series * points).round(1),
        }
    )


def settings() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "measure_id": [f"measure-{number:02d}" for number in range(MEASURES)],
            "polarity": (["higher_is_better", "lower_is_better", "monitor"] * MEASURES)[:MEASURES],
            "target_lower": 55.0,
            "rebase": [["2012-04"] if number % 3 == 0 else [] for number in range(MEASURES)],
        }
    )


def best(work: Callable[[], object]) -> float:
    """The fastest of REPEATS runs, in seconds."""
    times = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def main() -> None:
    known = settings()
    sixty = observations(AREAS, 60)
    cases = {
        "9,120 series × 60, sorted": sixty,
        "9,120 series × 60, shuffled": sixty.sample(frac=1, random_state=1),
        "9,120 series × 60, sorted categoricals": sixty.astype({"measure_id": "category", "area": "category"}),
        "9,120 series × 60, a value in 20 missing": sixty.assign(
            value=sixty["value"].mask(np.random.default_rng(2).random(len(sixty)) < 0.05)
        ),
        "9,120 series × 10": observations(AREAS, 10),
        "9,120 series × 120": observations(AREAS, 120),
        "57 series × 60": observations(1, 60),
    }
    base = best(lambda: spc.analyse(sixty, known))
    for name, frame in cases.items():
        seconds = best(lambda frame=frame: spc.analyse(frame, known))  # type: ignore[misc]
        print(f"{name:<42} {1000 * seconds:8.1f} ms   {seconds / base:5.2f} × the first")
    points = spc.analyse(sixty, known).points
    seconds = best(lambda: spc.suggest_rebase(points))
    print(f"{'suggest_rebase on those 9,120 series':<42} {1000 * seconds:8.1f} ms   {seconds / base:5.2f} × the first")


if __name__ == "__main__":
    main()
