"""The few values that a measure, a target or a figure can have in one of its properties."""

from __future__ import annotations

from typing import Literal

Kind = Literal["compliance", "volume", "timeliness", "quality", "outcome"]
Unit = Literal["percent", "number", "days", "rate_per_10000", "rate_per_1000", "average"]
Polarity = Literal["higher_is_better", "lower_is_better", "monitor"]
Accumulation = Literal["in_month", "rolling_12_months", "year_to_date", "at_month_end", "unknown"]
Frequency = Literal["monthly", "quarterly", "termly", "annual"]
TargetKind = Literal["at_least", "at_most", "more_than", "less_than", "between"]
ComparatorKind = Literal["statistical_neighbour", "regional", "national"]
SymbolCode = Literal["x", "c", "z", ":", "low", "u", "p", "e", "r", "b"]
