"""Export the assessment: the same figures give the same bytes, as JSON, as CSV and as lines of text."""

from __future__ import annotations

import io
import json
from typing import Any

import pandas as pd

from scorecard.access.permissions import Permission
from scorecard.core.periods import month_code, month_words
from scorecard.core.rows import missing
from scorecard.core.safe_text import spreadsheet_safe
from scorecard.core.vocabulary import status_word
from scorecard.use_cases.needs import needs
from scorecard.use_cases.open_scorecard import ALL_INVENTED, Scorecard
from scorecard.use_cases.view.measures import View
from scorecard.use_cases.view.what_to_do import what_to_do

# What leaves the scorecard, in this order. No clock time and no generated id is among them.
EXPORTED = (
    "measure_id", "service_area_id", "service_area", "name", "kind", "unit", "polarity", "accumulation",
    "reporting_month", "baseline", "baseline_printed", "july_2020", "july_2020_printed",
    "period_end", "months", "value", "numerator", "denominator", "symbol", "provisional", "origin",
    "previous_value", "previous_end", "target_kind", "target_lower", "target_upper", "target_printed", "target_by",
    "status", "distance", "gap_closed", "people_needed", "months_old", "overdue",
    "change", "change_from", "mover_size", "mover_direction",
    "trajectory_value", "trajectory_distance", "behind", "pace_needed", "pace_made",
    "statistical_neighbour", "statistical_neighbour_difference", "statistical_neighbour_position",
    "regional", "regional_difference", "regional_position", "national", "national_difference", "national_position",
    "standing", "variation", "assurance", "met_months", "met_of", "outgrown", "disagreement",
    "run_points", "run_since", "missed_since", "settled_value", "in_month_value",
    "exception", "exception_reasons", "movement_unknown", "pair", "pair_disagrees", "counted",
    "value_words", "target_words", "distance_words", "gap_closed_words", "status_words", "movement_words",
    "trajectory_words", "people_words", "age_words", "variation_words", "assurance_words", "sentence",
    "exception_words", "exception_detail", "action",
)  # fmt: skip


MONTHS = ("reporting_month", "period_end", "previous_end", "target_by", "run_since", "missed_since")


@needs(Permission.READ)
def exported(scorecard: Scorecard, view: View, service_area_id: str | None = None) -> pd.DataFrame:
    """The assessment as it is exported: EXPORTED columns, months as '2020-07'; one service area or all."""
    table = view.measures[list(EXPORTED)]
    to_do = {measure_id: advice or None for measure_id, advice in what_to_do(scorecard, view).items()}
    table = table.assign(action=table["measure_id"].map(to_do).astype("str"))
    if service_area_id is not None:
        table = table[table["service_area_id"] == service_area_id]
    months = {name: _month_codes(table[name]) for name in MONTHS}
    return table.assign(**months).reset_index(drop=True)


def _month_codes(column: pd.Series) -> pd.Series:
    codes: pd.Series = column.dt.strftime("%Y-%m").astype("str")
    return codes


@needs(Permission.READ)
def to_json(scorecard: Scorecard, view: View, service_area_id: str | None = None) -> str:
    """The assessment as JSON: authority, reporting_month, demonstration, and a list of measures; null where missing."""
    document = {
        "authority": view.catalogue.authority.code,
        "reporting_month": month_code(view.month),
        "demonstration": view.demonstration,
        "measures": plain_rows(exported(scorecard, view, service_area_id)),
    }
    return json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def plain_rows(table: pd.DataFrame) -> list[dict[str, Any]]:
    """A frame's rows as JSON has them: plain values by column name, None where a cell is missing."""
    return [{str(name): _plain(value) for name, value in row.items()} for row in table.to_dict("records")]


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return value
    if missing(value):
        return None
    return value.item() if hasattr(value, "item") else value


@needs(Permission.READ)
def to_csv(scorecard: Scorecard, view: View, service_area_id: str | None = None) -> str:
    """The assessment as CSV that a spreadsheet can't take for formulas; lists joined by '; '."""
    return safe_csv(without_lists(exported(scorecard, view, service_area_id)))


def without_lists(table: pd.DataFrame) -> pd.DataFrame:
    """The exported assessment with its lists as texts, joined by '; '."""
    return table.assign(exception_reasons=["; ".join(codes) for codes in table["exception_reasons"]])


def safe_csv(table: pd.DataFrame) -> str:
    """A frame as CSV in which no text can be taken for a formula; numbers stay as they are."""
    texts = table.select_dtypes(include=["str", "object"]).columns
    safe = {name: table[name].map(spreadsheet_safe, na_action="ignore") for name in texts}
    text = io.StringIO()
    table.assign(**safe).to_csv(text, index=False, lineterminator="\n")
    return text.getvalue()


def to_text(view: View, service_area_id: str | None = None) -> str:
    """The assessment for a person at a terminal: each service area, a line a measure, then the exceptions."""
    chosen = view.measures
    if service_area_id is not None:
        chosen = chosen[chosen["service_area_id"] == service_area_id]
    lines = [f"{view.catalogue.authority.name}: {month_words(view.month)}"]
    if view.demonstration:
        lines.append(f"{ALL_INVENTED}.")
    for area, rows in chosen.groupby("service_area", sort=False):
        lines += ["", str(area)]
        for row in rows.to_dict("records"):
            status = status_word(None if missing(row["status"]) else row["status"], row["polarity"])
            lines.append(f"  {status:<10} {row['name']}: {row['sentence']}")
    exceptions = chosen.loc[chosen["exception"], "exception_words"].tolist()
    lines += ["", f"Exceptions: {len(exceptions)}", *(f"  - {exception}" for exception in exceptions)]
    overdue_names = chosen.loc[chosen["overdue"], "name"].tolist()
    lines += [
        "",
        f"Owed for {month_words(view.month)}: {len(overdue_names)}",
        *(f"  - {name}" for name in overdue_names),
    ]
    return "\n".join(lines) + "\n"
