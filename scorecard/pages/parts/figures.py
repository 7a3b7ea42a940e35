"""How pages show a measure's figures: status with shape and word, links, its small line, the figures of others."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

import pandas as pd

from scorecard.charts import assurance_icon, status_icon, variation_icon
from scorecard.core.numbers import figure_words
from scorecard.core.periods import period_words
from scorecard.core.rows import Row, rows_with_none
from scorecard.core.vocabulary import NO_FIGURES, STATUS_WORDS, variation_words
from scorecard.pages.parts.markup import Content, Markup, beside, joined, link, picture, table
from scorecard.pages.parts.session import kept_query
from scorecard.use_cases.view.charts import spark
from scorecard.use_cases.view.measures import View

STATUS_LABELS = {**STATUS_WORDS, "no_status": "No status"}

FEWEST_FOR_A_LINE = 2


def rows_by_id(view: View) -> dict[str, Row]:
    """The row of each measure by its id, with None where something is missing; made once for a view."""
    return view.once("rows for pages", lambda: {row["measure_id"]: row for row in rows_with_none(view.measures)})


def rows_among(view: View, frame: pd.DataFrame) -> list[Row]:
    """The rows of the measures that a part of the assessment lists, in its order."""
    return [rows_by_id(view)[measure_id] for measure_id in frame["measure_id"]]


def status(row: Row) -> Markup:
    """The status as shape and word; the reason where there is none."""
    code = row["status"] or "no_status"
    words = row["status_words"] if code == "no_status" else STATUS_LABELS[code]
    return status_mark(row["status"], words)


def status_mark(code: str | None, words: Content) -> Markup:
    """A status's shape, with words beside it that say the same."""
    return Markup(
        f'<span class="sc-status">{picture(status_icon(code), "", "sc-shape")}<span>{joined([words])}</span></span>'
    )


def variation_mark(row: Row) -> Content:
    """Change or chance: the icon and its words; or the words alone, why none may be shown."""
    if row["variation"] is None:
        return f"Change or chance not shown: {row['no_limits'] or NO_FIGURES}"
    return beside(_variation_icon(row, row["variation_words"]), row["variation_words"])


def _variation_icon(row: Row, words: str) -> str:
    return variation_icon(row["variation"], up=row["signal_up"], words=words)


def short_variation_mark(row: Row) -> Content:
    """The same in a word or two, for where the chart's finding stands above it: 'Worsening'."""
    if row["variation"] is None:
        return variation_mark(row)
    words = variation_words(row["variation"], row["level"] or "")
    return beside(_variation_icon(row, words), words)


def assurance_mark(row: Row) -> Content:
    """Will the target be met: the icon and its words; in how many months it was, where the target stands at a bound."""
    if row["assurance"] is None:
        return str(row["assurance_words"] or "") or None
    return beside(assurance_icon(row["assurance"], words=row["assurance_words"]), row["assurance_words"])


def small_line(view: View, row: Row) -> Markup:
    """The measure's last two years in the space of a word."""
    chart, drawn = spark(view, row["measure_id"])
    known = sum(point.value is not None for point in chart.points)
    if known < FEWEST_FOR_A_LINE:
        return Markup(f'<span class="sc-under">{"One figure" if known else "No figure"} so far</span>')
    return picture(drawn, chart.alt, "sc-spark")


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


def printed(row: Row, column: str) -> Content:
    """A figure of the plan, or what the plan prints where that is no number."""
    if row[column] is not None or not row[f"{column}_printed"]:
        return figure(row, column)
    return Markup(f'<span class="sc-printed">{escape(row[f"{column}_printed"])}</span>')


def comparator(row: Row, name: str) -> Markup:
    """Another area's figure; where it can't be compared it is shown as printed, and says so."""
    shown = Markup(escape(figure(row, name) or "–"))
    if row[name] is None or row[f"{name}_comparable"]:
        return shown
    return Markup(f'{shown}<span class="sc-doubt">not comparable</span>')


def latest(row: Row) -> Content:
    """The latest figure, under it the month it is of, and what to know of its age."""
    if row["period_end"] is None:
        return None
    words = period_words(row["period_end"], row["months"])
    when = f"{words[:1].upper()}{words[1:]}" + (f", {row['age_words']}" if row["age_words"] else "")
    return Markup(f'{escape(figure(row, "value") or "–")}<span class="sc-under">{escape(when)}</span>')


def target(row: Row) -> Content:
    """The target, under it how far the latest figure is from it."""
    if not row["target_words"] or not row["distance_words"]:
        return str(row["target_words"] or "") or None
    return Markup(f'{escape(row["target_words"])}<span class="sc-under">{escape(row["distance_words"])}</span>')


def figures_table(view: View, rows: Iterable[Row], caption: str) -> Markup:
    """The row of figures of each measure: what the plan prints, the latest, the target, the comparators."""
    headers = (
        "Measure", "Last two years", "Baseline", "July 2020", "Latest", "Since the figure before",
        "Target, and distance to it", "Status", "Statistical neighbours", "Region", "England",
    )  # fmt: skip
    body = [
        (
            measure_link(row),
            small_line(view, row),
            printed(row, "baseline"),
            printed(row, "july_2020"),
            latest(row),
            row["movement_words"],
            target(row),
            status(row),
            *(comparator(row, name) for name in ("statistical_neighbour", "regional", "national")),
        )
        for row in rows
    ]
    return table(caption, headers, body, numeric=(2, 3, 4, 8, 9, 10), kind="sc-figures")
