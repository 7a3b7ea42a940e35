"""A target in words."""

from __future__ import annotations

from decimal import Decimal

from scorecard.catalogue.models import Measure, Target
from scorecard.core.numbers import figure_words


def target_words(target: Target | None, measure: Measure) -> str:
    """A target in words: 'at least 90%', 'less than 365', 'between 10 and 20'; 'no target' where there is none."""
    if target is None:
        return "no target"
    if target.between is not None:
        low, high = (figure_words(edge, measure.unit, _places(edge, measure.decimals)) for edge in target.between)
        return f"between {low} and {high}"
    value = target.lower if target.lower is not None else target.upper
    places = _places(value, measure.decimals)
    return f"{target.kind.replace('_', ' ')} {figure_words(value, measure.unit, places)}"


def _places(value: float | None, decimals: int) -> int:
    """Decimals a target needs: none where it is a whole number, else the measure's, or more so as not to round it."""
    if value is None or float(value).is_integer():
        return 0
    return max(decimals, -int(Decimal(repr(float(value))).as_tuple().exponent))
