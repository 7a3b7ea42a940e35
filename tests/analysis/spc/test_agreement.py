"""Against two others: a slow reference written from the rules' words, and NHSRplotthedots itself.

The folder nhsrplotthedots has series that we made up and what version 0.2.2 of the package, run in R 4.2, said of
them: points.csv (mean, limits, special cause, type) and series.csv (settings, variation, assurance).
"""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, strategies
from hypothesis import settings as search

from scorecard.analysis import spc
from scorecard.analysis.spc.rules import special_causes
from tests.analysis.spc import spc_reference
from tests.analysis.spc.spc_cases import series, settings, short

PACKAGE = Path(__file__).parent / "nhsrplotthedots"
POLARITY = {"increase": "higher_is_better", "decrease": "lower_is_better", "neutral": "monitor"}
LINES = ["mean", "lower_limit", "upper_limit"]
SEEDS = range(4)  # 1,200 series
SERIES_A_SEED = 300


def made_up(random: np.random.Generator, kind: int) -> list[float | None]:
    """A series of 1 to 45 figures, as people print them, of a kind that some rule is about."""
    n = int(random.integers(1, 46))
    values = random.normal(50, 5, n)
    if kind == 1:  # drifts
        values = 50 + np.cumsum(random.normal(0, 2, n))
    elif kind == 2:  # steps
        values[n // 2 :] += random.normal(0, 12)
    elif kind == 3:  # outliers
        values[random.integers(0, n, 2)] += random.choice([-60, 60])
    elif kind == 4:  # few different figures: ties
        values = random.integers(0, 4, n).astype(float)
    elif kind == 5:  # long rises and falls
        runs = [random.integers(-3, 4) + random.choice([-1, 1]) * np.arange(random.integers(5, 10)) for _ in range(9)]
        values = np.concatenate(runs)[:n].astype(float)
    elif kind == 6:  # constant but for a few
        values = np.where(random.random(n) < 0.9, 33.3, 33.4)
    figures: list[float | None] = [float(v) for v in np.round(values, int(random.integers(0, 3)))]
    if random.random() < 0.3:
        figures = [None if random.random() < 0.08 else figure for figure in figures]
    return figures


@pytest.mark.parametrize("seed", SEEDS)
def test_the_slow_reference_says_the_same(seed):
    random = np.random.default_rng(seed)
    frames, known, expected = [], [], []
    for number in range(SERIES_A_SEED):
        measure = f"m{number:04d}"
        figures = made_up(random, number % 7)
        screen = bool(random.random() < 0.8)
        fix_after = int(random.integers(12, 20)) if random.random() < 0.3 else None
        sent = (
            [i for i in range(len(figures)) if random.random() < 0.97] if random.random() < 0.3 else range(len(figures))
        )
        cuts = sorted({int(i) for i in random.integers(0, len(figures), 2)}) if random.random() < 0.4 else []
        frames.append(series(figures, measure).iloc[list(sent)])
        rebase = [str(pd.Period("2016-01", "M") + cut) for cut in cuts]
        known.append(settings(measure, rebase=rebase, screen_outliers=screen, fix_after=fix_after))
        for start, end in zip([0, *cuts], [*cuts, len(figures)], strict=True):
            months = [i for i in sent if start <= i < end]
            judged = spc_reference.judge(months, [figures[i] for i in months], screen, fix_after)
            lines = [np.nan if line is None else float(line) for line in (judged.mean, judged.lower, judged.upper)]
            expected += [(*lines, short([cause or pd.NA])) for cause in judged.causes]
    points = spc.analyse(pd.concat(frames).sample(frac=1, random_state=seed), pd.concat(known)).points
    assert "".join(cause for *_, cause in expected) == short(points["special_cause"])
    np.testing.assert_allclose(points[LINES], [lines for *lines, _ in expected], rtol=1e-12, atol=1e-12)


class TestThePackage:
    points = pd.read_csv(PACKAGE / "points.csv", parse_dates=["period_end"])
    series = pd.read_csv(PACKAGE / "series.csv", dtype={"fix_after": "Int64"})

    def found(self) -> spc.Spc:
        known = pd.DataFrame(
            {
                "measure_id": self.series["series"],
                "polarity": self.series["direction"].map(POLARITY),
                "target_lower": self.series["target"].where(self.series["direction"] == "increase"),
                "target_upper": self.series["target"].where(self.series["direction"] != "increase"),
                "screen_outliers": self.series["screen"],
                "fix_after": self.series["fix_after"],
                "rebase": [[] if pd.isna(dates) else dates.split(";") for dates in self.series["rebase"]],
            }
        )
        return spc.analyse(self.points.rename(columns={"series": "measure_id"}).assign(area="E06000045"), known)

    def test_mean_and_limits_agree(self):
        np.testing.assert_allclose(self.found().points[LINES], self.points[LINES], rtol=1e-10, atol=1e-10)

    def test_special_causes_and_types_agree_but_for_the_package_s_fault(self):
        """A last point of a run beside the first of the next: the package looks at the step between them."""
        ours = self.found().points
        differs = (ours["special_cause"] != self.points["special_cause"]).to_numpy()
        where = [(self.points["series"][i], str(self.points["period_end"][i].date())) for i in np.flatnonzero(differs)]
        assert where == [("s0060", "2016-07-31"), ("s0154", "2018-05-31")]
        assert ours["special_cause"][differs].eq("trend_up").all()
        assert self.points["special_cause"][differs].eq("trend_down").all()
        assert (ours["point_type"] == self.points["point_type"]).to_numpy()[~differs].all()

    def test_variation_and_assurance_agree(self):
        ours = self.found().series
        assert list(ours["variation"]) == list(self.series["variation"])
        targeted = self.series["target"].notna() & (self.series["direction"] != "neutral")
        assert list(ours["assurance"][targeted]) == list(self.series["assurance"][targeted])
        assert ours["assurance"][~targeted].isna().all()

    def test_every_special_cause_is_among_its_points(self):
        assert set(self.points["special_cause"]) == set(special_causes())


figures = strategies.lists(
    strategies.one_of(strategies.none(), strategies.integers(-40, 40).map(float)), min_size=1, max_size=40
)
runs = strategies.lists(strategies.sampled_from([-6.0, -2.0, -1.0, 0.0, 1.0, 2.0, 6.0]), min_size=1, max_size=40).map(
    lambda steps: [float(v) for v in np.cumsum(steps)]
)
values = figures | runs
quick = search(max_examples=20, deadline=None)


@quick
@given(values, strategies.randoms())
def test_the_order_of_the_rows_does_not_matter(figures, random):
    order = list(range(len(figures)))
    random.shuffle(order)
    sorted_first, shuffled = (spc.analyse(rows, settings()) for rows in (series(figures), series(figures).iloc[order]))
    pd.testing.assert_frame_equal(sorted_first.points, shuffled.points)
    pd.testing.assert_frame_equal(sorted_first.series, shuffled.series)


@quick
@given(values, strategies.sampled_from([0.1, 0.7, 3.0, 1e4]), strategies.sampled_from([-1000.0, 0.0, 0.1, 77.7]))
def test_another_unit_changes_the_lines_and_no_signal(figures, factor, added):
    points = spc.analyse(series(figures), settings()).points
    others = spc.analyse(series([None if v is None else factor * v + added for v in figures]), settings()).points
    assert short(points["special_cause"]) == short(others["special_cause"])
    np.testing.assert_allclose(others[LINES], factor * points[LINES] + added, rtol=1e-9, atol=1e-9)


@quick
@given(values)
def test_higher_is_better_mirrors_lower_is_better(figures):
    up = spc.analyse(series(figures), settings(target_lower=3.0))
    down = spc.analyse(
        series([None if v is None else -v for v in figures]), settings(polarity="lower_is_better", target_upper=-3.0)
    )
    assert up.points["point_type"].equals(down.points["point_type"])
    columns = ["points", "variation", "assurance", "standing"]
    pd.testing.assert_frame_equal(up.series[columns], down.series[columns])
    other_way = spc.analyse(series(figures), settings(polarity="lower_is_better")).points["point_type"]
    swapped = other_way.replace({"improvement": "concern", "concern": "improvement"})
    assert up.points["point_type"].equals(swapped)


@quick
@given(values, strategies.integers(1, 39))
def test_a_rebase_judges_each_segment_as_if_it_stood_alone(figures, cut):
    first, second = series(figures[:cut]), series(figures[cut:], first=str(pd.Period("2016-01", "M") + cut))
    whole = spc.analyse(series(figures), settings(rebase=[str(pd.Period("2016-01", "M") + cut)])).points
    alone = pd.concat([spc.analyse(part, settings()).points for part in (first, second)], ignore_index=True)
    columns = [*LINES, "special_cause", "point_type"]
    pd.testing.assert_frame_equal(whole[columns], alone[columns])
