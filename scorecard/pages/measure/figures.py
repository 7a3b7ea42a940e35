"""A measure's figures as they stand: a row a month, latest first, who sent each, when, and in which file."""

from __future__ import annotations

from scorecard.catalogue.models import Measure
from scorecard.core.numbers import SYMBOL_WORDS, figure_words, number_words
from scorecard.core.periods import day_words, period_words
from scorecard.core.rows import Row
from scorecard.pages.parts.markup import Content, Markup, link, newest_first, paragraph, show
from scorecard.pages.parts.session import scorecard, view_query
from scorecard.use_cases.upload.history import figures_in_force
from scorecard.use_cases.view.measures import View

NOTHING = "No figure has come yet. What the plan prints stands under 'Definition and the plan's words'."


def figures(view: View, measure: Measure) -> None:
    """The table, its older rows folded; before the first figure, that there is none."""
    body = [_row(measure, row) for row in _standing(view, measure.id)]
    if not body:
        show(paragraph(NOTHING, "sc-words"))
        return
    headers = ("Month", "Figure", "Of", "Sent by", "When", "File")
    caption = f"{measure.name}: figures as they stand"
    newest_first(caption, headers, body, "earlier month", numeric=(1,))


def sent_by(row: Row) -> str:
    """Who sent a figure, of a row with SENT of its extract: 'QA Unit (J Smith)'."""
    return f"{row['source']} ({row['who']})"


def file_link(row: Row) -> Markup:
    """The file of a row with SENT of its extract, as a link to all that is known of that."""
    return link(row["file_name"], "upload", extract=str(int(row["extract_id"])), **view_query())


def _standing(view: View, measure_id: str) -> list[Row]:
    return view.memoised(("standing", measure_id), lambda: figures_in_force(scorecard(), view, measure_id))


def sent_words(view: View, row: Row) -> str:
    """'Sent on 10 August 2020 by QA Unit (J Smith)' of the latest figure; or that it is the plan's own."""
    newest = next((figure for figure in _standing(view, row["measure_id"]) if figure["value"] is not None), None)
    if newest is None:
        return "Nothing has come yet"
    if newest["submitted_at"] is None:
        return "The plan's own figure"
    return f"Sent on {day_words(newest['submitted_at'].date())} by {sent_by(newest)}"


def _row(measure: Measure, row: Row) -> tuple[Content, ...]:
    figure_text = None if row["value"] is None else figure_words(row["value"], measure.unit, measure.decimals)
    symbol = SYMBOL_WORDS.get(row["symbol"] or "", row["symbol"])
    counted = "" if row["denominator"] is None else f"{number_words(row['denominator'])}"
    if counted and row["numerator"] is not None:
        counted = f"{number_words(row['numerator'])} of {counted}"
    remark = "; ".join(part for part in (counted, symbol, row["note"]) if part)
    if row["submitted_at"] is None:
        return period_words(row["period_end"], row["months"]), figure_text, remark, "The improvement plan", None, None
    when = day_words(row["submitted_at"].date())
    return period_words(row["period_end"], row["months"]), figure_text, remark, sent_by(row), when, file_link(row)
