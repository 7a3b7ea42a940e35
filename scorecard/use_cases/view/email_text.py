"""Copy words: a measure, or a service area, as plain text for an e-mail: the finding, the figures, a link."""

from __future__ import annotations

from datetime import date

from scorecard.access.permissions import Permission
from scorecard.core.numbers import figure_words
from scorecard.core.periods import month_words, period_words
from scorecard.core.rows import Row, missing
from scorecard.core.vocabulary import COMPARATOR_WORDS, upper_first
from scorecard.narrative.phrases import level
from scorecard.use_cases.needs import needs
from scorecard.use_cases.open_scorecard import ALL_INVENTED, Scorecard
from scorecard.use_cases.view.charts import trend
from scorecard.use_cases.view.measures import View
from scorecard.use_cases.view.overview import list_label, listed, overview
from scorecard.use_cases.view.what_to_do import what_to_do


@needs(Permission.READ)
def measure_text(scorecard: Scorecard, view: View, measure_id: str, address: str) -> str:
    """One measure: what it finds, its figures, what to do, where to read on.

    Raises KeyError where the view doesn't have it.
    """
    row = view.row(measure_id)
    lines = [
        f"{row['name']} ({view.catalogue.authority.name}, {row['service_area']})",
        f"{trend(view, measure_id).title}.",
        "",
        *_figures(row, view.catalogue.plan.actuals),
    ]
    if row["exception"]:
        lines += ["", f"For the board: {row['exception_detail']}"]
    if advice := what_to_do(scorecard, view)[measure_id]:
        lines += ["", f"What to do: {advice}"]
    return _ended(view, lines, address)


def area_text(view: View, service_area_id: str, address: str) -> str:
    """A service area: how it stands, a line a measure, its exceptions, where to read on. Raises KeyError likewise."""
    area = view.catalogue.service_area(service_area_id)
    rows = [view.row(measure_id) for measure_id in view.in_area(service_area_id)]
    lines = [f"{area.name} ({view.catalogue.authority.name}), {month_words(view.month)}", ""]
    lines += [f"- {row['name']}: {row['sentence']}" for row in rows]
    exceptions = [f"- {row['exception_words']}" for row in rows if row["exception"]]
    if exceptions:
        lines += ["", "For the board:", *exceptions]
    return _ended(view, lines, address)


@needs(Permission.READ)
def overview_text(scorecard: Scorecard, view: View, code: str, order: str, address: str) -> str:
    """The whole service: its finding, a list of measures with a line each, where to read on."""
    shown = overview(scorecard, view)
    rows = [view.row(measure_id) for measure_id in listed(scorecard, view, code, order)]
    lines = [f"{view.catalogue.authority.name}: {shown.finding}", "", f"{list_label(scorecard, view, code)}:"]
    lines += [f"- {row['name']} ({row['service_area']}): {_in_a_line(row)}" for row in rows]
    return _ended(view, lines, address)


def _in_a_line(row: Row) -> str:
    """Why the board must hear of it; of the others how they stand."""
    return str(row["sentence"] if missing(row["exception_detail"]) else row["exception_detail"])


def _figures(row: Row, actuals: date) -> list[str]:
    """The row of figures, one a line; what the plan doesn't give is left out. actuals: the month of the plan's."""
    latest = f"{row['value_words']} ({period_words(row['period_end'], row['months'])})" if row["value_words"] else ""
    named = {
        "Baseline": _figure(row, "baseline"),
        month_words(actuals): _figure(row, "july_2020"),
        "Latest": latest,
        upper_first(level(row)): row["target_words"],
        f"Distance to {level(row)}": row["distance_words"],
        "Since the figure before": row["movement_words"],
        **{name: _figure(row, kind) for kind, name in COMPARATOR_WORDS.items()},
    }
    return [f"{name}: {figure_text}" for name, figure_text in named.items() if not missing(figure_text) and figure_text]


def _figure(row: Row, name: str) -> str:
    if missing(row[name]) or not row.get(f"{name}_comparable", True):
        return ""
    return figure_words(row[name], row["unit"], int(row["decimals"]))


def _ended(view: View, lines: list[str], address: str) -> str:
    if view.demonstration:
        lines = [f"{ALL_INVENTED}.", "", *lines]
    return "\n".join([*lines, "", address])
