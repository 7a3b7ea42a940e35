"""What over-dispersion is for, on the figures as published: the issue's own numbers."""

from __future__ import annotations

import pandas as pd

from scorecard.analysis.comparison.funnel import by_chance_alone, funnel


def test_without_over_dispersion_most_authorities_are_outliers_and_with_it_four_are(real) -> None:
    file = real / "c1_children_in_need_referrals_and_rereferrals_2013_to_2025.csv"
    rows = pd.read_csv(file, dtype=str, keep_default_na=False)
    rows = rows[(rows["geographic_level"] == "Local authority") & (rows["time_period"] == "2025")]
    counts = {"numerator": "rereferral_count", "denominator": "referral_count"}
    known = {name: pd.to_numeric(rows[column], errors="coerce") for name, column in counts.items()}
    figures = pd.DataFrame({"area": rows["old_la_code"], "measure_id": "m", "months": 12, "value": 0.0, **known})
    figures = figures.assign(period_end=pd.Timestamp("2025-03-31")).dropna()
    funnel_rows = funnel(figures, {"m": 100.0}, {"m"})
    assert len(funnel_rows) == 153
    assert (by_chance_alone(funnel_rows, 100.0, True) != "inside").sum() == 102
    assert funnel_rows["funnel_position"].isin(["high", "low"]).sum() == 4
