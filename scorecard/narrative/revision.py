"""A figure before and after a revision: shown with as much of it as tells the two apart."""

from __future__ import annotations

from scorecard.core.numbers import SYMBOL_WORDS, decimals_of, figure_words, number_words
from scorecard.core.rows import Row, missing
from scorecard.core.types import Unit

MOST_DECIMALS = 6


def revision_words(row: Row, unit: Unit | None, decimals: int) -> tuple[str | None, str | None]:
    """A change's old and new figure: ('26%', '27%'), ('27%', '27% (270 of 1,000 added)'); None where there is none.

    row: of store.CHANGE_COLUMNS. unit: None for a measure that is no longer known. More decimals are shown where the
    measure's own don't tell two values apart; the counts behind them where the values are the same.
    """
    old, new = (_value_words(row, side, unit, decimals) for side in ("old", "new"))
    if row["kind"] != "revised" or old != new:
        return old, new
    if row["old_value"] != row["new_value"]:
        while old == new and decimals < MOST_DECIMALS:
            decimals += 1
            old, new = (_value_words(row, side, unit, decimals) for side in ("old", "new"))
        return old, new if old != new else f"{new} (a smaller change)"
    before, after = (_counts_words(row, side) for side in ("old", "new"))
    if not before:
        return old, f"{new} ({after} added)"
    return f"{old} ({before})", f"{new} ({after})" if after else f"{new} (no longer {before})"


def _value_words(row: Row, side: str, unit: Unit | None, decimals: int) -> str | None:
    value, symbol = row[f"{side}_value"], row[f"{side}_symbol"]
    if missing(value):
        return None if missing(symbol) else SYMBOL_WORDS.get(symbol, symbol)
    shown = figure_words(value, unit, decimals) if unit else f"{value:g}"
    return shown if missing(symbol) or not symbol else f"{shown} [{symbol}]"


def _counts_words(row: Row, side: str) -> str:
    top, of = row[f"{side}_numerator"], row[f"{side}_denominator"]
    counted = "" if missing(top) else number_words(top, decimals_of(top, 0))
    return counted if missing(of) else f"{counted} of {number_words(of, decimals_of(of, 0))}".lstrip()
