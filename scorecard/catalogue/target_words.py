"""A target in words, written one way wherever it stands."""

from __future__ import annotations

from collections.abc import Sequence

from scorecard.catalogue.models import Measure, Target
from scorecard.core.numbers import amount_words, decimals_of, figure_words
from scorecard.core.types import Unit


def target_words(target: Target | None, measure: Measure) -> str:
    """A target in words: 'at least 90%', 'less than 365 days', 'between 10 and 20'; 'no target' where there is none."""
    if target is None:
        return "no target"
    edges = [edge for edge in (target.lower, target.upper) if edge is not None]
    return words_of_edges(target.kind, edges, measure.unit, measure.decimals)


def words_of_edges(kind: str, edges: Sequence[float], unit: Unit, decimals: int) -> str:
    """A target in words, from its kind and its one or two edges, which are never rounded."""
    write = amount_words if unit == "days" else figure_words
    return f"{kind.replace('_', ' ')} {' and '.join(write(edge, unit, decimals_of(edge, decimals)) for edge in edges)}"
