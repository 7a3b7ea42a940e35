"""A catalogue of one measure or a few, and its figures, in a line each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from scorecard.analysis.assessment.assess import Assessment
from scorecard.catalogue.models import Catalogue
from scorecard.catalogue.read_measures import read_catalogue
from scorecard.core.observations import months_covered, observations_frame
from scorecard.core.periods import add_months, parse_month
from tests.assessed import assess
from tests.frozen_catalogue import CATALOGUE

AREA = "E06000045"
Value = float | str | tuple[float, str] | None


def plan_catalogue() -> Catalogue:
    """The project's own catalogue."""
    return read_catalogue(CATALOGUE.read_bytes(), "measures.yaml")


def measure(name: str = "m", **given: Any) -> dict[str, Any]:
    """A measure: a monthly share of which more is better, at least 90, unless said otherwise; None leaves a key out."""
    usual: dict[str, Any] = {
        "id": name, "name": name.capitalize(), "plan_wording": "w", "definition": "d", "kind": "quality",
        "unit": "percent", "decimals": 0, "polarity": "higher_is_better", "accumulation": "in_month",
        "frequency": "monthly", "supplied_by": "s", "targets": [target(at_least=90)],
    }  # fmt: skip
    if "target" in given:
        given["targets"] = [given.pop("target")]
    for key in ("baseline", "july_2020"):
        if isinstance(given.get(key), int | float):
            given[key] = {"value": given[key], "printed": str(given[key])}
    return {key: value for key, value in (usual | given).items() if value is not None}


def target(**given: Any) -> dict[str, Any]:
    """A target; `by` alone counts as the plan's own date."""
    basis = {"by_basis": "plan"} if "by" in given else {}
    return {"printed": "t", **basis, **given}


def catalogue(*measures: dict[str, Any]) -> Catalogue:
    """A catalogue of one service area with these measures."""
    return Catalogue.model_validate(
        {
            "authority": {
                "name": "Sometown",
                "code": AREA,
                "region": {"name": "R", "code": "E12000008"},
                "country": {"name": "C", "code": "E92000001"},
            },
            "plan": {"title": "P", "edition": "1", "inspected": "2019-11", "actuals": "2020-07"},
            "service_areas": [{"id": "area", "name": "Area", "measures": list(measures or [measure()])}],
        }
    )


def figures(
    values: Sequence[Value],
    *,
    last: str = "2020-07",
    step: int = 1,
    name: str = "m",
    like: dict[str, Any] | None = None,
    **columns: Any,
) -> pd.DataFrame:
    """Figures of a measure, the last of them for the month `last`, `step` months apart.

    A text is a symbol in a value's place, a pair a value and its symbol; None is a month without a row. like: the
    measure, for the months it covers.
    """
    fields = {"accumulation": "in_month", "year_starts": "april", **(like or {})}
    rows = []
    for index, value in enumerate(values):
        end = add_months(parse_month(last), -step * (len(values) - 1 - index))
        if value is None:
            continue
        symbol = value if isinstance(value, str) else None
        if isinstance(value, tuple):
            value, symbol = value
        months = months_covered(fields["accumulation"], end, fields["year_starts"])
        rows.append(
            {
                "measure_id": name, "area": AREA, "period_end": pd.Timestamp(end), "months": months,
                "value": None if isinstance(value, str) else value, "symbol": symbol, "origin": "extract", **columns,
            }
        )  # fmt: skip
    return observations_frame(pd.DataFrame(rows))


def judged(entry: dict[str, Any], values: Sequence[Value], month: str | None = None, **columns: Any) -> dict[str, Any]:
    """The assessment's row of one measure with these figures, in a reporting month."""
    given = figures(values, name=entry["id"], like=entry, **columns)
    return row(assessed(entry, given=given, month=month), entry["id"])


def judged_together(cases: Iterable[tuple[Any, ...]]) -> list[dict[str, Any]]:
    """The rows of many cases, each as `judged` gives it: of a measure, its figures and, where there are, columns.

    Cases of one reporting month are one assessment, which takes as long for forty measures as for one.
    """
    months: list[pd.Timestamp] = []
    measures: list[dict[str, Any]] = []
    frames: list[pd.DataFrame] = []
    for fields, values, *more in cases:
        columns = dict(more[0]) if more else {}
        month = columns.pop("month", None)
        measures.append({**fields, "id": f"m{len(measures)}"})
        frames.append(figures(values, name=measures[-1]["id"], like=fields, **columns))
        months.append(pd.Timestamp(parse_month(month)) if month else frames[-1]["period_end"].max())
    rows: dict[str, dict[str, Any]] = {}
    for month in dict.fromkeys(months):
        those = [number for number, of in enumerate(months) if of == month]
        given = pd.concat([frames[number] for number in those], ignore_index=True)
        assessment = assess(catalogue(*(measures[number] for number in those)), given, month)
        rows |= {name: row(assessment, name) for name in assessment.measures["measure_id"]}
    return [rows[entry["id"]] for entry in measures]


def assessed(*measures: dict[str, Any], given: pd.DataFrame, month: str | None = None) -> Assessment:
    """The assessment of these measures."""
    return assess(catalogue(*measures), given, None if month is None else pd.Timestamp(parse_month(month)))


def row(assessment: Assessment, name: str = "m") -> dict[str, Any]:
    """A measure's row, missing cells as None."""
    frame = assessment.measures
    cells = frame[frame["measure_id"] == name].iloc[0].to_dict()
    return {str(key): None if not isinstance(value, list) and pd.isna(value) else value for key, value in cells.items()}
