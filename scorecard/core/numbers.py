"""Figures as people read them: by unit and decimals, with a true minus sign and thousands separated."""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Context, Decimal

from scorecard.core.types import Unit

MINUS = "\u2212"
NO_FIGURE = "–"
_AS_TABLES_ROUND = Context(prec=400, rounding=ROUND_HALF_UP)  # room for every digit that a float can have

UNIT_WORDS: dict[Unit, str] = {
    "percent": "%",
    "number": "number",
    "days": "days",
    "rate_per_10000": "per 10,000",
    "rate_per_1000": "per 1,000",
    "average": "average",
}
PER_UNIT: dict[Unit, float] = {
    "percent": 100, "rate_per_10000": 10_000, "rate_per_1000": 1_000, "number": 1, "days": 1, "average": 1,
}  # fmt: skip
RATES: tuple[Unit, ...] = ("rate_per_10000", "rate_per_1000")
SYMBOL_WORDS: dict[str, str] = {
    "x": "not available",
    "c": "suppressed",
    "z": "not applicable",
    ":": "missing",
    "low": "rounds to zero",
    "u": "unreliable",
    "p": "provisional",
    "e": "estimated",
    "r": "revised",
    "b": "break in series",
}
NOT_APPLICABLE = "z"  # there was nothing to count
SYMBOLS_INSTEAD_OF_A_VALUE = frozenset({"x", "c", "z", ":"})


def rounded(value: float, decimals: int) -> Decimal:
    """A value to so many decimals, half away from zero, as published tables round."""
    return Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-decimals), context=_AS_TABLES_ROUND)


def number_words(value: float | None, decimals: int = 0, *, signed: bool = False) -> str:
    """A number as people read it: '1,234', '−6.14', with `signed` '+3'. None, NaN and infinity are an en dash."""
    if value is None or not math.isfinite(value):
        return NO_FIGURE
    exact = rounded(value, decimals)
    sign = MINUS if exact < 0 else "+" if signed and exact > 0 else ""
    return f"{sign}{exact.copy_abs():,}"


def figure_words(value: float | None, unit: Unit, decimals: int = 0, *, signed: bool = False) -> str:
    """A value with its unit where the unit is short: '82%', '8.8%'; otherwise the number alone: '14.14'."""
    number = number_words(value, decimals, signed=signed)
    return number + "%" if unit == "percent" and number != NO_FIGURE else number


def count_of(number: int, single: str, many: str | None = None) -> str:
    """How many of what: '1 measure', '1,200 measures'. many: of several, where it isn't single + s."""
    return f"{number:,} {single if number == 1 else many or single + 's'}"


def decimals_of(edge: float, decimals: int) -> int:
    """Decimals that a target needs: none where it is whole, else the measure's, or more so as not to round it."""
    if float(edge).is_integer():
        return 0
    return max(decimals, -int(Decimal(repr(round(float(edge), 9))).as_tuple().exponent))


def amount_words(value: float, unit: Unit, decimals: int = 0) -> str:
    """A difference in words: '5 percentage points', '6.14 days', '16.6 per 10,000', '108'."""
    size = number_words(abs(value), decimals)
    if size == NO_FIGURE:
        return NO_FIGURE
    single = size == "1"
    match unit:
        case "percent":
            return f"{size} percentage point" + ("" if single else "s")
        case "days":
            return f"{size} day" + ("" if single else "s")
        case "rate_per_10000" | "rate_per_1000":
            return f"{size} {UNIT_WORDS[unit]}"
        case _:
            return size
