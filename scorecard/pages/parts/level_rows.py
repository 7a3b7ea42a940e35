"""Before there is a trend: a row a measure, its baseline, its latest figure and its target on one line."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from scorecard.core.periods import month_words
from scorecard.core.rows import Row, missing
from scorecard.pages.parts.figures import measure_link, status
from scorecard.pages.parts.markup import Markup, joined, link, paragraph, picture
from scorecard.pages.parts.session import view_query
from scorecard.use_cases.view.charts import levels
from scorecard.use_cases.view.measures import View

LATER = "Trends appear here from the third month, the usual range from the twelfth."


def level_rows(view: View, rows: Iterable[Row]) -> Markup:
    """The rows, of an earlier month with its name; the key above, and below the way to load earlier months."""
    shown = tuple(rows)
    body = joined((_row(view, row) for row in shown), "")
    latest = "latest figure" if any(map(_is_older, shown)) else month_words(view.month)
    key = f"○ baseline → ● {latest}, │ target, each on its own scale; dashed: no exact figure"
    to_load = link("Load earlier months", "upload", **view_query())
    return Markup(
        f'{paragraph(key, "sc-muted")}<ul class="sc-levels">{body}</ul>'
        f"{paragraph(joined([LATER, to_load, 'to see them today.']), 'sc-words')}"
    )


def _is_older(row: Row) -> bool:
    return not missing(row["months_old"]) and row["months_old"] > 0


def _row(view: View, row: Row) -> Markup:
    level, wide, narrow = levels(view, row["measure_id"])
    drawn = "".join(
        picture(svg, level.alt, f"sc-level {kind}").html for svg, kind in ((wide, "sc-desk"), (narrow, "sc-hand"))
    )
    value = row["value_words"] or level.latest_words
    notes = [month_words(row["period_end"])] if _is_older(row) else []
    notes += ["baseline counted differently"] if level.broken and level.baseline is not None else []
    under = "".join(f'<span class="sc-under">{note}</span>' for note in notes)
    return Markup(
        f"<li><strong>{measure_link(row)}</strong><span>{drawn}</span>"
        f"<strong>{escape(value)}</strong><span>{status(row)}{under}</span></li>"
    )
