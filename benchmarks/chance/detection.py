"""`python -m benchmarks.chance.detection`: how long a real, lasting change takes to show.

Prints the table of docs/methods.md and the constants of scorecard/analysis/spc/detection_time.py. Seeded: the same
numpy gives the same figures. --series N for a quicker, rougher answer.
"""

from __future__ import annotations

import argparse

import numpy as np

from benchmarks.chance.false_alarms import SEED, judged, stable, table

SERIES = 4_000
LENGTHS = (12, 18, 24, 36, 60)  # figures before the change, on which the first limits rest
SIZES = (0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 4.0)  # of the change, in standard deviations of the month-to-month chance
HORIZON = 36  # figures after the change
UPWARDS = ("above_limit", "trend_up", "two_of_three_high", "shift_high")
HALF, NINE_IN_TEN = 0.5, 0.9


def figures_until_shown(points: int, size: float, series: int) -> np.ndarray:
    """For each series, after how many figures its newest one is first special the way it went; HORIZON + 1: later.

    The limits rest on all figures so far, those since the change too, as the app has it.
    """
    values = stable(points + HORIZON, series, SEED + points)
    values[:, points:] += size
    shown = np.full(series, HORIZON + 1)
    waiting = np.arange(series)
    for after in range(1, HORIZON + 1):
        length = points + after
        special = [
            np.isin(analysed.points["special_cause"].to_numpy(dtype=str).reshape(-1, length)[:, -1], UPWARDS)
            for analysed in judged(values[waiting, :length])
        ]
        now = np.concatenate(special)
        shown[waiting[now]] = after
        waiting = waiting[~now]
        if not len(waiting):
            break
    return shown


def quantile(shown: np.ndarray, share: float) -> int:
    """After how many figures so large a share of the series had shown it."""
    return int(np.sort(shown)[int(np.ceil(share * len(shown))) - 1])


def figures_words(figures: int) -> str:
    return f"over {HORIZON}" if figures > HORIZON else str(figures)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--series", type=int, default=SERIES)
    series = arguments.parse_args().series
    figures_needed = {}
    for points in LENGTHS:
        for size in SIZES:
            shown = figures_until_shown(points, size, series)
            figures_needed[points, size] = quantile(shown, HALF), quantile(shown, NINE_IN_TEN)
    print(f"{series:,} series each; figures after the change until half and nine in ten of the series had shown it:\n")
    rows = [
        [str(points), *(" / ".join(map(figures_words, figures_needed[points, size])) for size in SIZES)]
        for points in LENGTHS
    ]
    print(table(("Figures before it", *(f"{size:g}" for size in SIZES)), rows))
    print("\nscorecard/analysis/spc/detection_time.py:\n")
    for points in LENGTHS:
        print(f"    {points}: {{{', '.join(f'{size}: Wait{figures_needed[points, size]}' for size in SIZES)}}},")


if __name__ == "__main__":
    main()
