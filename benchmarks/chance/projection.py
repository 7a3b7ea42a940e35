"""Backtest the projection's constants: `python -m benchmarks.chance.projection --m1 PATH [--elsewhere PATH …]`.

PATH is m1_monthly.jsonl: the 617 monthly series of the M1 competition (Makridakis and others 1982), one JSON object a
line with `id`, `x` (the history) and `xx` (what followed). Prints, as Markdown: error by method and horizon; the
constants of scorecard.analysis.projection.intervals as this run measures them, and how they hold on series they were
not measured on; coverage by horizon, by length of history and on simulated series; and whether a stated chance comes
true. Files after `--elsewhere` hold other competitions' series in the same form: nothing is chosen on them, and only
coverage and score by length are printed. Everything random is seeded; ten seconds.
"""

import argparse
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.chance.projection_candidates import CANDIDATES, CLOSEST
from scorecard.analysis import projection
from scorecard.analysis.projection import intervals as intervals_room
from scorecard.analysis.projection.distributions import student_quantile
from scorecard.analysis.projection.matrix import Matrix
from scorecard.analysis.projection.methods import combination

SEED = 20200731
HORIZON = projection.HORIZON
LENGTHS = (12, 18, 24, 36, 60, 120, None)
"""Histories are also cut to their last so many months; None is all of them."""
ORIGINS = (0, 12, 24, 36)
"""Calibration also projects from so many months before the end of the history."""
HALF_LIVES = (12.0, 18.0, 24.0, 36.0, np.inf)
FREEDOMS = (0.1, 0.15, 0.2, 0.3)
ONE_MULTIPLE = {80: 1.58, 95: 2.94}
"""What every scale was multiplied by, at all lengths, before Student's t: what scores are compared with."""
FIGURES = ["80 %", "95 %", "score 80", "score 95"]
SPLITS = 20
SHOWN = (1, 3, 6, 9, 12)


@dataclass(frozen=True)
class Series:
    """One competition series."""

    name: str
    past: Matrix
    future: Matrix


def read_series(path: Path) -> list[Series]:
    """A competition's series, futures cut to the horizon."""
    rows = [json.loads(line) for line in path.read_text().splitlines()]
    return [Series(r["id"][0], np.array(r["x"], float), np.array(r["xx"][:HORIZON], float)) for r in rows]


def matrix(histories: list[Matrix]) -> Matrix:
    """Histories as rows, aligned at their newest month."""
    filled = np.full((len(histories), max(map(len, histories))), np.nan)
    for row, history in zip(filled, histories, strict=True):
        row[len(row) - len(history) :] = history
    return filled


def frame(histories: list[Matrix], names: list[str] | None = None) -> pd.DataFrame:
    """Histories as the long frame that `projection.project` takes, all ending in July 2020."""
    ends = pd.date_range(end="2020-07-31", periods=max(map(len, histories)), freq="ME")
    names = names or [f"{number:05d}" for number in range(len(histories))]
    length = [len(history) for history in histories]
    dates = np.concatenate([ends[len(ends) - n :] for n in length])
    keys = {"measure_id": np.repeat(names, length), "area": "E06000045"}
    return pd.DataFrame({**keys, "period_end": dates, "value": np.concatenate(histories)})


def intervals(histories: list[Matrix], bounds: tuple[float, float] | None = None) -> dict[str, Matrix]:
    """`project`'s columns for each history (each histories × horizon), by the public function."""
    observations = frame(histories)
    names = observations["measure_id"].unique()
    limits = None if bounds is None else pd.DataFrame({"measure_id": names, "lower": bounds[0], "upper": bounds[1]})
    projected = projection.project(observations, HORIZON, limits)
    return {name: projected[name].to_numpy().reshape(-1, HORIZON) for name in projection.FIGURES}


def smape(forecast: Matrix, actual: Matrix) -> Matrix:
    """Symmetric absolute percentage error, 0 to 200."""
    return 200 * np.abs(forecast - actual) / (np.abs(forecast) + np.abs(actual))


def held(figures: dict[str, Matrix], actual: Matrix, level: int) -> Matrix:
    """Whether each interval held what came."""
    return (actual >= figures[f"lower_{level}"]) & (actual <= figures[f"upper_{level}"])


# ── point errors ─────────────────────────────────────────────────────────────────────────────────────────────────────


def method_errors(series: list[Series]) -> pd.DataFrame:
    """Mean sMAPE of each candidate by horizon and over all twelve; MASE, on the scale of the series' own steps."""
    past, future = matrix([s.past for s in series]), np.array([s.future for s in series])
    step = np.array([np.abs(np.diff(s.past)).mean() for s in series])[:, None]
    rows = {}
    for name, method in CANDIDATES.items():
        forecast = method(past, HORIZON)
        error = smape(forecast, future)
        by_horizon = {f"h = {h}": error[:, h - 1].mean() for h in SHOWN}
        rows[name] = {**by_horizon, "h = 1–12": error.mean(), "MASE": (np.abs(forecast - future) / step).mean()}
    return pd.DataFrame(rows).T.round(2)


def drifting(random: np.random.Generator, months: int, count: int) -> Matrix:
    """Invented series (count × months) that grow or shrink by about 0.4 % a month, some with a season."""
    steps = random.normal(0.004, 0.004, (count, 1)) + 0.01 * random.normal(size=(count, months))
    season = random.normal(size=(count, 12)) * random.choice([0, 0.05, 0.1, 0.2], (count, 1))
    repeated = np.tile(season, (1, months // 12 + 1))[:, :months]
    return 1000 * np.exp(steps.cumsum(axis=1) + repeated + 0.02 * random.normal(size=(count, months)))


def errors_elsewhere(series: list[Series], count: int = 600) -> pd.DataFrame:
    """sMAPE of the closest candidates on cut histories, and on invented series with drift and multiplicative season."""
    random = np.random.default_rng(SEED)
    future = np.array([s.future for s in series])
    tries = {f"last {n}": (matrix([s.past[-n:] for s in series]), future) for n in (12, 18, 24, 36)}
    for months in (24, 36, 90):
        values = drifting(random, months + HORIZON, count)
        tries[f"drifting, {months}"] = values[:, :months], values[:, months:]
    rows = {
        name: {key: smape(CANDIDATES[name](past, HORIZON), future).mean() for key, (past, future) in tries.items()}
        for name in CLOSEST
    }
    return pd.DataFrame(rows).T.round(2)


# ── calibration ──────────────────────────────────────────────────────────────────────────────────────────────────────


def cuts(series: list[Series]) -> Iterator[tuple[int, int, Matrix, Matrix]]:
    """Each series at each origin and length: its number, the length (0 for all), history, what came."""
    for number, drawn_series in enumerate(series):
        whole = np.concatenate([drawn_series.past, drawn_series.future])
        for origin in ORIGINS:
            end = len(drawn_series.past) - origin
            for length in LENGTHS:
                if end >= projection.FEWEST_POINTS and (length is None or length <= end):
                    yield number, length or 0, whole[end - (length or end) : end], whole[end : end + HORIZON]


def tried(series: list[Series], half_lives: tuple[float, ...], freedoms: tuple[float, ...]) -> pd.DataFrame:
    """A row a cut and setting: its series, length, and for each interval the share held and Winkler's score.

    The score (the width, and what lies outside at 2/(1 − level)) is on the scale of the history's own monthly steps,
    and nothing is cut off it: cut off, it would favour intervals that are too narrow. The lower the better. With a
    half-life of 0 stands ONE_MULTIPLE.
    """
    parts = []
    for length in LENGTHS:
        chosen = [cut for cut in cuts(series) if cut[1] == (length or 0)]
        past, future = matrix([cut[2] for cut in chosen]), np.array([cut[3] for cut in chosen])
        forecast = combination(past, HORIZON)
        error = np.abs(future - forecast.ahead)
        step = np.nanmean(np.abs(np.diff(past, axis=1)), axis=1)[:, None]
        cut_columns = {"length": length or 0, "series": [cut[0] for cut in chosen]}

        def row(half: dict[int, Matrix], error: Matrix = error, step: Matrix = step) -> dict[str, Matrix]:
            score = {n: (2 * half[n] + 200 / (100 - n) * np.maximum(error - half[n], 0)) / step for n in half}
            held = {f"{n} %": 100 * (error <= half[n]).mean(axis=1) for n in half}
            return held | {f"score {n}": score[n].mean(axis=1) for n in half}

        plain = intervals_room.miss_scale(past, forecast, half_life=np.inf).scale
        before = row({level: multiple * plain for level, multiple in ONE_MULTIPLE.items()})
        parts.append(pd.DataFrame({"half-life": 0.0, "each": 0.0, **cut_columns, **before}))
        for half_life in half_lives:
            misses = intervals_room.miss_scale(past, forecast, half_life=half_life)
            for each in freedoms:
                freedom = intervals_room.ANY_SERIES.freedom + each * misses.misses
                half = {n: student_quantile(0.5 + n / 200, freedom) * misses.scale for n in ONE_MULTIPLE}
                parts.append(pd.DataFrame({"half-life": half_life, "each": each, **cut_columns, **row(half)}))
    return pd.concat(parts, ignore_index=True)


def constants(trials: pd.DataFrame) -> pd.DataFrame:
    """What each setting holds and scores, every length counting the same."""
    by_length = trials.groupby(["half-life", "each", "length"])[FIGURES].mean()
    table = by_length.groupby(["half-life", "each"]).mean()
    names = [f"half-life {half_life:g}, {each:g} a miss" for half_life, each in table.index]
    table.index = ["one multiple, as before", *names[1:]]
    return table.round(2)


def scores_by_length(trials: pd.DataFrame) -> pd.DataFrame:
    """The code's setting by length, all cuts: what it holds, and its scores as a share of those of ONE_MULTIPLE."""
    by_length = trials.groupby(["half-life", "each", "length"])[FIGURES].mean()
    mine = by_length.loc[(intervals_room.HALF_LIFE, intervals_room.ANY_SERIES.each)]
    shares = mine[FIGURES[2:]] / by_length.loc[(0.0, 0.0)][FIGURES[2:]]
    table = mine[FIGURES[:2]].map("{:.1f}".format).join(shares.map("{:.2f}".format)).loc[[*LENGTHS[:-1], 0]]
    table.index = [f"last {length}" if length else "all" for length in table.index]
    return table


def held_out(trials: pd.DataFrame) -> pd.DataFrame:
    """What the code's setting holds on random halves of the series: the least, the median and the most of SPLITS."""
    random, number = np.random.default_rng(SEED), trials["series"].max() + 1
    mine = trials[
        (trials["half-life"] == intervals_room.HALF_LIFE) & (trials["each"] == intervals_room.ANY_SERIES.each)
    ]
    rows = []
    for _ in range(SPLITS):
        half = random.permutation(number) < number // 2
        chosen = mine[half[mine["series"]]]
        rows.append(chosen.groupby("length")[["80 %", "95 %"]].mean().mean())
    return pd.DataFrame(rows).agg(["min", "median", "max"]).T.round(1)


# ── coverage ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def coverage_by_horizon(series: list[Series]) -> pd.DataFrame:
    """Share of true futures that the intervals held, by horizon and over all twelve."""
    figures, future = intervals([s.past for s in series]), np.array([s.future for s in series])
    both = {f"{level} %": 100 * held(figures, future, level) for level in (80, 95)}
    columns = {f"{h}": {k: v[:, h - 1].mean() for k, v in both.items()} for h in range(1, HORIZON + 1)}
    columns["1–12"] = {k: v.mean() for k, v in both.items()}
    return pd.DataFrame(columns).round(1)


def coverage_by_length(series: list[Series]) -> pd.DataFrame:
    """The same with only the last so many months of each history, and the lowest of the twelve horizons."""
    future = np.array([s.future for s in series])
    rows = {}
    for length in LENGTHS:
        enough = [number for number, s in enumerate(series) if len(s.past) >= (length or 0)]
        figures = intervals([series[number].past[-(length or 0) :] for number in enough])
        rows[f"last {length} ({len(enough)} series)" if length else "all"] = coverage_row(figures, future[enough])
    longest = [number for number, s in enumerate(series) if len(s.past) >= 120]
    for length in (12, 24, 60):
        figures = intervals([series[number].past[-length:] for number in longest])
        rows[f"last {length} of the {len(longest)} with 120"] = coverage_row(figures, future[longest])
    random = np.random.default_rng(SEED)
    holes = [np.where(random.random(len(s.past)) < 0.2, np.nan, s.past) for s in series]
    for history, drawn_series in zip(holes, series, strict=True):
        history[-1] = drawn_series.past[-1]
    rows["all, a fifth of the months missing"] = coverage_row(intervals(holes), future)
    quarters = slice(2, None, 3)
    thinned = [np.where(np.arange(len(s.past))[::-1] % 3 == 0, s.past, np.nan) for s in series]
    enough = [number for number, h in enumerate(thinned) if np.isfinite(h).sum() >= projection.FEWEST_POINTS]
    figures = intervals([thinned[number] for number in enough])
    ends = {name: figure[:, quarters] for name, figure in figures.items()}
    rows["every third month (quarterly), at quarters' ends"] = coverage_row(ends, future[enough][:, quarters])
    return pd.DataFrame(rows).T.round(1)


def coverage_row(figures: dict[str, Matrix], future: Matrix) -> dict[str, float]:
    """Coverage of both intervals, over all horizons and at the lowest."""
    row = {}
    for level in (80, 95):
        share = 100 * held(figures, future, level).mean(axis=0)
        row |= {f"{level} %": share.mean(), f"{level} %, lowest": share.min()}
    return row


def judged_elsewhere(series: list[Series], fewest: int = 20) -> pd.DataFrame:
    """By length of history, at each series' end: what the intervals hold and, beside it, what ONE_MULTIPLE holds.

    The scores are shares of ONE_MULTIPLE's: Winkler's, each series' on the scale of its own mean monthly steps. Without
    a move there is no such scale, and no score. Lengths that fewer than `fewest` series have are left out.
    """
    rows = {}
    for length in LENGTHS:
        chosen = [drawn_series for drawn_series in series if len(drawn_series.past) >= (length or 0)]
        if len(chosen) < fewest:
            continue
        pasts, futures = (
            [drawn_series.past[-(length or 0) :] for drawn_series in chosen],
            np.array([drawn_series.future for drawn_series in chosen]),
        )
        figures, past = intervals(pasts), matrix(pasts)
        forecast = combination(past, HORIZON)
        plain = intervals_room.miss_scale(past, forecast, half_life=np.inf).scale
        step = np.nanmean(np.abs(np.diff(past, axis=1)), axis=1)
        moved = step > 0
        row: dict[str, str] = {}
        for level, multiple in ONE_MULTIPLE.items():
            half = multiple * plain
            before = {f"lower_{level}": forecast.ahead - half, f"upper_{level}": forecast.ahead + half}
            mine, theirs = (winkler(bounds, futures, level)[moved] / step[moved, None] for bounds in (figures, before))
            row[f"{level} %"] = f"{100 * held(figures, futures, level).mean():.1f}"
            row[f"{level} %, one multiple"] = f"{100 * held(before, futures, level).mean():.1f}"
            row[f"score {level}"] = f"{mine.mean() / theirs.mean():.3f}"
        rows[f"last {length} ({len(chosen):,} series)" if length else f"all ({len(chosen):,} series)"] = row
    return pd.DataFrame(rows).T


def winkler(figures: dict[str, Matrix], actual: Matrix, level: int) -> Matrix:
    """Winkler's score of each interval: its width, and what lies outside at 2 ÷ (1 − level)."""
    lower, upper = figures[f"lower_{level}"], figures[f"upper_{level}"]
    outside = np.maximum(lower - actual, 0) + np.maximum(actual - upper, 0)
    score: Matrix = upper - lower + 200 / (100 - level) * outside
    return score


def simulated(
    random: np.random.Generator, months: int, count: int
) -> dict[str, tuple[Matrix, tuple[float, float] | None]]:
    """Series of known kinds (count × months) and the bounds they are projected within."""
    shocks = random.normal(size=(count, months))
    time = np.arange(months)
    lean = np.zeros((count, months))
    lean[:, 0] = shocks[:, 0] / np.sqrt(1 - 0.7**2)
    for month in range(1, months):
        lean[:, month] = 0.7 * lean[:, month - 1] + shocks[:, month]
    season = np.sin(2 * np.pi * (time + random.uniform(0, 12, (count, 1))) / 12)
    asked = random.integers(20, 200, (count, 1))
    rate = random.uniform(0.80, 0.99, (count, 1))
    percent = 100 * random.binomial(asked, np.broadcast_to(rate, (count, months))) / asked
    counts = {f"Poisson counts, mean {m:g}": random.poisson(m, (count, months)) for m in (0.5, 3, 20)}
    return {
        "White noise": (100 + 10 * shocks, None),
        "Random walk": (100 + 3 * shocks.cumsum(axis=1), None),
        "AR(1), φ = 0.7": (100 + 5 * lean, None),
        "Season + noise": (100 + 15 * season + 5 * shocks, None),
        "Trend + noise": (100 + time + 5 * shocks, None),
        "Steady drift, some with season": (drifting(random, months, count), None),
        "Percentages of 20–200, 80–99 %": (percent, (0, 100)),
        **{name: (values.astype(float), (0, np.inf)) for name, values in counts.items()},
    }


def coverage_simulated(count: int = 400) -> pd.DataFrame:
    """Coverage on simulated series of several lengths, over all horizons."""
    random = np.random.default_rng(SEED)
    rows: dict[str, dict[str, str]] = {}
    for length in LENGTHS[:-1]:
        for name, (values, bounds) in simulated(random, length + HORIZON, count).items():
            row = coverage_row(intervals(list(values[:, :length]), bounds), values[:, length:])
            rows.setdefault(name, {})[f"{length} months"] = f"{row['80 %']:.0f} / {row['95 %']:.0f}"
    return pd.DataFrame(rows).T


def chances(series: list[Series]) -> pd.DataFrame:
    """Stated chance against what came: targets at −4 … 4 scales round each projection, at every horizon."""
    past, future = [s.past for s in series], np.array([s.future for s in series])
    observations = frame(past)
    ahead = projection.project(observations)
    ahead["came"] = future.ravel()
    width = (ahead["upper_80"] - ahead["projected"]) / 1.5
    parts = []
    for away in np.linspace(-4, 4, 33):
        targets = pd.DataFrame(
            {
                "measure_id": ahead["measure_id"],
                "target_lower": ahead["projected"] + away * width,
                "target_upper": np.nan,
                "by": ahead["period_end"],
            }
        )
        met_chances = projection.chance_of_meeting(ahead, targets)
        parts.append(
            pd.DataFrame({"chance": met_chances["chance"], "met": ahead["came"] >= met_chances["target_lower"]})
        )
    every = pd.concat(parts)
    edges = [0.0, 0.02, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 0.9, 0.95, 0.98, 1]
    band = pd.cut(every["chance"], edges, include_lowest=True)
    table = 100 * every.groupby(band, observed=True).mean()
    table.index = [f"{100 * abs(round(b.left, 2)):.0f}–{100 * b.right:.0f} %" for b in table.index]
    return table.rename(columns={"chance": "mean stated, %", "met": "came true, %"}).round(1)


def markdown(table: pd.DataFrame, corner: str) -> str:
    """A table as Markdown."""
    head = f"| {corner} | {' | '.join(map(str, table.columns))} |"
    rule = "|---" * (len(table.columns) + 1) + "|"
    digits = 2 if table.dtypes.eq(float).all() and (table.round(1) != table).any(axis=None) else 1
    shown = table.map(lambda cell: f"{cell:.{digits}f}" if isinstance(cell, float) else cell)
    return "\n".join([head, rule, *(f"| {name} | {' | '.join(row)} |" for name, *row in shown.itertuples())])


def main() -> None:
    parser = argparse.ArgumentParser(description="Backtest the projection and measure its constants.")
    parser.add_argument("--m1", type=Path, required=True, help="m1_monthly.jsonl")
    parser.add_argument("--elsewhere", type=Path, nargs="*", default=[], help="other competitions' series, as --m1")
    arguments = parser.parse_args()
    series = read_series(arguments.m1)
    print(f"## Error (mean sMAPE, %), {len(series)} series\n\n{markdown(method_errors(series), 'method')}\n")
    print(f"## Error on short and on drifting series\n\n{markdown(errors_elsewhere(series), 'method')}\n")
    trials = tried(series, HALF_LIVES, FREEDOMS)
    print(f"## Constants, from {len(list(cuts(series))):,} cuts\n\n{markdown(constants(trials), 'setting')}\n")
    print(f"{markdown(scores_by_length(trials), 'history')}\n")
    print(f"{markdown(held_out(trials), f'{SPLITS} random halves')}\n")
    print(f"## Coverage by horizon\n\n{markdown(coverage_by_horizon(series), 'months ahead')}\n")
    print(f"## Coverage by length of history\n\n{markdown(coverage_by_length(series), 'history')}\n")
    print(f"## Coverage on simulated series (80 % / 95 %)\n\n{markdown(coverage_simulated(), 'kind')}\n")
    print(f"## Chances of being at or over a value\n\n{markdown(chances(series), 'stated')}")
    for path in arguments.elsewhere:
        print(f"\n## Judged on {path.name}\n\n{markdown(judged_elsewhere(read_series(path)), 'history')}")


if __name__ == "__main__":
    main()
