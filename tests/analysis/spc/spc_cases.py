"""Short ways to say a series and its settings."""

from collections.abc import Sequence

import pandas as pd

from scorecard.analysis import spc


def series(
    values: Sequence[float | None], measure: str = "m", area: str = "E06000045", first: str = "2016-01"
) -> pd.DataFrame:
    months = pd.date_range(f"{first}-01", periods=len(values), freq="ME")
    return pd.DataFrame(
        {
            "measure_id": pd.Series([measure] * len(values), dtype="str"),
            "area": pd.Series([area] * len(values), dtype="str"),
            "period_end": months.astype("datetime64[us]"),
            "value": pd.Series(values, dtype="float64"),
        }
    )


def settings(measure: str = "m", polarity: str = "higher_is_better", **others: object) -> pd.DataFrame:
    return pd.DataFrame({"measure_id": [measure], "polarity": [polarity]} | {k: [v] for k, v in others.items()})


def analyse(values: Sequence[float | None], polarity: str = "higher_is_better", **others: object) -> spc.Spc:
    return spc.analyse(series(values), settings(polarity=polarity, **others))


SHORT = {
    "common_cause": ".",
    "above_limit": "A",
    "below_limit": "B",
    "trend_up": "u",
    "trend_down": "d",
    "two_of_three_high": "H",
    "two_of_three_low": "L",
    "shift_high": "h",
    "shift_low": "l",
}


def short(causes: Sequence[object]) -> str:
    """The causes of a series in a letter each; '_' where there is none."""
    return "".join("_" if pd.isna(cause) else SHORT[str(cause)] for cause in causes)


def causes(values: Sequence[float | None], **others: object) -> str:
    return short(analyse(values, **others).points["special_cause"])
