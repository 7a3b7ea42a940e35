"""Numbers in the words of a finding."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import pandas as pd

from scorecard.core.numbers import amount_words, figure_words, number_words, rounded
from scorecard.core.types import Unit

_DIGITS = 10
_MOST_PLACES = 4
_AS_GOOD_AS = 1e-6  # so much of the last digit said is what floats leave of a sum


def number(value: float) -> str:
    """A number for people, with up to ten significant digits: '1,234.5'."""
    shown = f"{value:.{_DIGITS}g}"
    places = 0 if "e" in shown or "." not in shown else min(len(shown.partition(".")[2]), _MOST_PLACES)
    return number_words(value, places)


def numbers(values: pd.Series[Any]) -> pd.Series[Any]:
    """A column of numbers as texts, each different one written once."""
    codes, different = pd.factorize(values, use_na_sentinel=False)
    texts = pd.array([number(value) for value in different], dtype="str")
    return pd.Series(texts.take(codes), index=values.index)


def limits_words(lower: float, upper: float, figure: float, unit: Unit, decimals: int) -> str:
    """The limits that a figure is outside of: 'between 1.6 and 2.4', 'below 2.4%'. A limit that is NaN isn't there.

    With the measure's decimals, or one more. Rounded outwards, so that all that is within the limits is within what is
    said; but never so that the figure, which is beyond them, is within what is said.
    """
    for places in (decimals, decimals + 1):
        low, high = _towards(lower, places, math.floor), _towards(upper, places, math.ceil)
        if figure < low or figure > high:
            break
    else:
        if figure > upper:
            high = _towards(upper, places, math.floor)
        else:
            low = _towards(lower, places, math.ceil)
    least, most = figure_words(low, unit, places), figure_words(high, unit, places)
    if math.isnan(lower):
        return f"below {most}"
    return f"above {least}" if math.isnan(upper) else f"between {least} and {most}"


def change_words(before: float, largest: float, figure: float, unit: Unit, decimals: int) -> tuple[str, str]:
    """The figure before, and the largest change so far, of a figure that has changed by more: ('70%', '3 days')."""
    for places in (decimals, decimals + 1):
        was, most = float(rounded(before, places)), _towards(largest, places, math.ceil)
        if abs(figure - was) > most + _AS_GOOD_AS:
            break
    else:
        was = _towards(before, places, math.floor if figure > before else math.ceil)
        most = _towards(largest, places, math.floor)
    return figure_words(was, unit, places), amount_words(most, unit, places)


def _towards(value: float, places: int, whole: Callable[[float], int]) -> float:
    """A value rounded up or down (math.ceil, math.floor), but not for what floats leave of a sum; NaN stays NaN."""
    scale: int = 10**places
    if not math.isfinite(value * scale):
        return value
    near = round(value * scale)
    return (near if abs(value * scale - near) < _AS_GOOD_AS else whole(value * scale)) / scale
