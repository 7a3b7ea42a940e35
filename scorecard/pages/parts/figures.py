"""How pages show a measure's figures: status with shape and word, links, its small line, the figures of others."""

from __future__ import annotations

from html import escape

from scorecard.charts import status_icon
from scorecard.core.numbers import figure_words
from scorecard.core.rows import Row, with_none
from scorecard.core.vocabulary import STATUS_WORDS
from scorecard.pages.parts.markup import Content, Markup, joined, link, picture
from scorecard.pages.parts.session import view_query
from scorecard.use_cases.view.charts import spark
from scorecard.use_cases.view.measures import View

FEWEST_FOR_A_LINE = 2


def rows_by_id(view: View) -> dict[str, Row]:
    """The row of each measure by its id, with None where something is missing; made once for a view."""
    return view.memoised("rows for pages", lambda: {row["measure_id"]: row for row in with_none(view.rows.values())})


def status(row: Row) -> Markup:
    """The status as shape and word; the reason where there is none."""
    return status_mark(row["status"], STATUS_WORDS[row["status"]] if row["status"] else row["status_words"])


def status_mark(code: str | None, label: Content) -> Markup:
    """A status's shape, with words beside it that say the same."""
    return Markup(
        f'<span class="sc-status">{picture(status_icon(code), "", "sc-shape")}<span>{joined([label])}</span></span>'
    )


def has_line(view: View, row: Row) -> bool:
    """Whether its last two years have figures enough to be joined by a line."""
    return _drawn_of(view, row) >= FEWEST_FOR_A_LINE


def _drawn_of(view: View, row: Row) -> int:
    return sum(point.value is not None for point in spark(view, row["measure_id"])[0].points)


def small_line(view: View, row: Row) -> Markup:
    """The measure's last two years in the space of a word."""
    chart, drawn = spark(view, row["measure_id"])
    known = _drawn_of(view, row)
    if known < FEWEST_FOR_A_LINE:
        return Markup(f'<span class="sc-under">{"One figure" if known else "No figure"} so far</span>')
    return picture(drawn, chart.alt, "sc-spark")


def measure_link(row: Row) -> Markup:
    """The measure's name as a link to its page."""
    return link(row["name"], "measure", measure=row["measure_id"], **view_query())


def area_link(area_id: str, name: str) -> Markup:
    """A service area's name as a link to its page."""
    return link(name, "service-area", area=area_id, **view_query())


def figure(row: Row, column: str) -> str | None:
    """A figure of the row in the measure's unit, or None."""
    value = row[column]
    return None if value is None else figure_words(value, row["unit"], int(row["decimals"]))


def comparator(row: Row, name: str) -> Markup:
    """Another area's figure; where it can't be compared it is shown as printed, and says so."""
    shown = Markup(escape(figure(row, name) or "–"))
    if row[name] is None or row[f"{name}_comparable"]:
        return shown
    return Markup(f'{shown}<span class="sc-doubt">not comparable</span>')
