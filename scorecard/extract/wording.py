"""Numbers in the words of a finding."""

from __future__ import annotations

from typing import Any

import pandas as pd

from scorecard.catalogue.figures import number_words

_DIGITS = 10
_MOST_PLACES = 4


def number(value: float) -> str:
    """A number for people, with up to ten significant digits: '1,234.5'."""
    shown = f"{value:.{_DIGITS}g}"
    places = 0 if "e" in shown or "." not in shown else min(len(shown.partition(".")[2]), _MOST_PLACES)
    return number_words(value, places)


def numbers(values: pd.Series[Any]) -> pd.Series[Any]:
    """A column of numbers as texts."""
    return pd.Series([number(value) for value in values], index=values.index, dtype="str")
