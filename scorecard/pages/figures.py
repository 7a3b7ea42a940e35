"""How pages show a measure's figures: status with shape and word, rows of a table, lists of measures."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from scorecard.catalogue.figures import figure_words, number_words
from scorecard.catalogue.periods import period_words
from scorecard.charts import status_icon
from scorecard.pages.markup import Content, Markup, joined, link, number, picture, table
from scorecard.pages.session import kept_query

Row = dict[str, Any]
STATUS_LABELS = {
    "met": "Met",
    "close": "Close",
    "missed": "Missed",
    "no_target": "No target",
    "no_data": "No figure",
    "no_status": "No status",
}


def rows_of(frame: pd.DataFrame) -> list[Row]:
    """A frame's rows with None where something is missing."""
    plain = frame.astype(object).where(frame.notna(), None)
    return [{str(name): value for name, value in row.items()} for row in plain.to_dict("records")]


def status(row: Row) -> Markup:
    """The status as shape and word; the reason where there is none."""
    code = row["status"] or "no_status"
    words = row["status_words"] if code == "no_status" else STATUS_LABELS[code]
    return status_mark(row["status"], words)


def status_mark(code: str | None, words: Content) -> Markup:
    """A status's shape, with words beside it that say the same."""
    return Markup(f'<span class="sc-status">{picture(status_icon(code), "", "sc-shape")}{joined([words])}</span>')


def measure_link(row: Row) -> Markup:
    """The measure's name as a link to its page."""
    return link(row["name"], "measure", measure=row["measure_id"], **kept_query())


def area_link(area_id: str, name: str) -> Markup:
    """A service area's name as a link to its page."""
    return link(name, "service-area", area=area_id, **kept_query())


def figure(row: Row, column: str) -> str | None:
    """A figure of the row in the measure's unit, or None."""
    value = row[column]
    return None if value is None else figure_words(value, row["unit"], int(row["decimals"]))


def comparator(row: Row, name: str) -> Markup:
    """Another area's figure; where it can't be compared it is shown as printed, and says so."""
    shown = number(figure(row, name))
    if row[name] is None or row[f"{name}_comparable"]:
        return shown
    return Markup(f'{shown}<span class="sc-doubt">not comparable</span>')


def latest(row: Row) -> Content:
    """The month of the latest figure, and what to know of its age."""
    if row["period_end"] is None:
        return None
    words = period_words(row["period_end"], row["months"])
    return f"{words} ({row['age_words']})" if row["age_words"] else words


def figures_table(rows: Iterable[Row], caption: str) -> Markup:
    """The row of figures of each measure: what the plan prints, the latest, the target, the comparators."""
    headers = (
        "Measure", "Baseline", "July 2020", "Latest", "Month", "Target", "Distance to target", "Status",
        "Statistical neighbours", "Region", "England",
    )  # fmt: skip
    body = [
        (
            measure_link(row),
            figure(row, "baseline") or row["baseline_printed"],
            figure(row, "july_2020") or row["july_2020_printed"],
            figure(row, "value"),
            latest(row),
            row["target_words"],
            row["distance_words"],
            status(row),
            *(comparator(row, name) for name in ("statistical_neighbour", "regional", "national")),
        )
        for row in rows
    ]
    return table(caption, headers, body, numeric=(1, 2, 3, 8, 9, 10))


def movers_table(frame: pd.DataFrame, caption: str) -> Markup:
    """What moved, from what to what, and how far of its way to target that is."""
    body = [
        (measure_link(row), row["movement_words"], f"{number_words(100 * row['mover_size'])}%", status(row))
        for row in rows_of(frame)
    ]
    headers = ("Measure", "Change", "Of the way from baseline to target", "Status")
    return table(caption, headers, body, numeric=(2,), compact=True)
