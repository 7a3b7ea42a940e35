"""The catalogue as frames: one row a measure, one row a target, for the vectorised rules of analysis."""

from __future__ import annotations

import math
from datetime import date
from functools import lru_cache

import pandas as pd

from scorecard.catalogue.models import COMPARATOR_KINDS, Catalogue, Figure


def _number(value: float | None) -> float:
    return math.nan if value is None else float(value)


def _value(figure: Figure | None) -> float:
    return _number(figure.value) if figure else math.nan


def _month(month: date | None) -> pd.Timestamp:
    return pd.Timestamp(month) if month else pd.NaT  # type: ignore[return-value]


class _Same:
    """A catalogue, known by itself: it is frozen, and to compare its contents would take longer than a frame does."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.catalogue is other.catalogue

    def __hash__(self) -> int:
        return id(self.catalogue)


def measures_frame(catalogue: Catalogue) -> pd.DataFrame:
    """One row a measure, in the plan's order, indexed 0…n−1.

    Columns: measure_id, service_area_id, service_area, name, kind, unit, decimals, polarity, accumulation,
    year_starts, months_between (from one due figure to the next), due_day, starts, retired, tolerance (measure's unit),
    maximum, settles_after, pair, supplied_by, fix_after, screen_outliers, rebase (list of Timestamps), broken (a break
    between baseline and July 2020), baseline, july_2020 (values or NaN), baseline_printed, july_2020_printed, and for
    each comparator its value (NaN where the plan prints none) and `…_comparable`.
    """
    return _measures_frame(_Same(catalogue)).copy(deep=False)


@lru_cache(maxsize=4)
def _measures_frame(source: _Same) -> pd.DataFrame:
    rows = []
    for area in source.catalogue.service_areas:
        for measure in area.measures:
            row: dict[str, object] = {
                "measure_id": measure.id,
                "service_area_id": area.id,
                "service_area": area.name,
                "name": measure.name,
                "kind": measure.kind,
                "unit": measure.unit,
                "decimals": measure.decimals,
                "polarity": measure.polarity,
                "accumulation": measure.accumulation,
                "year_starts": measure.year_starts,
                "months_between": measure.months_between,
                "due_day": measure.due_day,
                "starts": _month(measure.starts),
                "retired": _month(measure.retired),
                "tolerance": _number(measure.tolerance),
                "maximum": _number(measure.maximum),
                "settles_after": measure.settles_after or 0,
                "pair": measure.pair,
                "supplied_by": measure.supplied_by,
                "fix_after": measure.fix_after,
                "screen_outliers": measure.screen_outliers,
                "rebase": [_month(rebase.from_month) for rebase in measure.rebase],
                "broken": measure.definition_break is not None,
                "baseline": _value(measure.baseline),
                "baseline_printed": measure.baseline.printed if measure.baseline else None,
                "july_2020": _value(measure.july_2020),
                "july_2020_printed": measure.july_2020.printed if measure.july_2020 else None,
            }
            for kind in COMPARATOR_KINDS:
                comparator = measure.comparators.get(kind)
                row[kind] = _value(comparator)
                row[f"{kind}_comparable"] = comparator is not None and comparator.comparable
            rows.append(row)
    return pd.DataFrame(rows).astype(
        {"fix_after": "Int64", "due_day": "Int64", "starts": "datetime64[us]", "retired": "datetime64[us]"}
    )


def targets_frame(catalogue: Catalogue) -> pd.DataFrame:
    """One row a target, in the order of measures and of their `from` months.

    Columns: measure_id, target_from (NaT: from the start), target_kind (at_least | at_most | more_than | less_than |
    between), target_lower, target_upper (NaN where open), target_strict (the number itself does not meet it),
    target_printed, target_by (last day of the month it is due, NaT: undated), target_by_basis, target_profile (list of
    12 shares, April first, or None).
    """
    rows = [
        {
            "measure_id": measure.id,
            "target_from": _month(target.from_month),
            "target_kind": target.kind,
            "target_lower": _number(target.lower),
            "target_upper": _number(target.upper),
            "target_strict": target.strict,
            "target_printed": target.printed,
            "target_by": _month(target.by),
            "target_by_basis": target.by_basis,
            "target_profile": list(target.profile) if target.profile else None,
        }
        for measure in catalogue.measures
        for target in measure.targets
    ]
    columns = [
        "measure_id", "target_from", "target_kind", "target_lower", "target_upper", "target_strict", "target_printed",
        "target_by", "target_by_basis", "target_profile",
    ]  # fmt: skip
    frame = pd.DataFrame(rows, columns=columns)
    return frame.astype({"target_from": "datetime64[us]", "target_by": "datetime64[us]", "target_strict": "bool"})
