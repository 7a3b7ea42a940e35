"""How far a measure's figures can be relied on: its data quality in words, with the way to all that came."""

from __future__ import annotations

from scorecard.core.rows import Row
from scorecard.pages.parts.markup import Content, Markup, joined, link, paragraph, table, text
from scorecard.pages.parts.session import scorecard, view_query
from scorecard.use_cases.view.completeness import QualityRow, completeness_of
from scorecard.use_cases.view.measures import View
from scorecard.use_cases.view.what_to_do import what_to_do

HISTORY = "Data history for this measure"


def quality_of(view: View, measure_id: str) -> QualityRow:
    """A measure's marks and their words."""
    return completeness_of(scorecard(), view).marks_of(measure_id)


def care_line(view: View, measure_id: str) -> Markup:
    """Why a measure's figures are read with care, or nothing."""
    care_words = quality_of(view, measure_id)["care_words"]
    return paragraph(care_words) if care_words else Markup("")


def care_in_brief(view: View, measure_id: str) -> Markup:
    """'Read with care: its data are not stable and not plausible.', with the way to all that came of it, or nothing."""
    care_words = quality_of(view, measure_id)["care_in_brief"]
    history_link = link(HISTORY, "measure", measure=measure_id, section="sent", **view_query())
    return paragraph(joined([care_words, history_link]), "sc-muted") if care_words else Markup("")


def advice_line(view: View, row: Row) -> Markup:
    """What to do about a measure, in a line, or nothing."""
    advice = what_to_do(scorecard(), view)[row["measure_id"]]
    return paragraph(joined([Markup("<strong>What to do:</strong>"), advice]), "sc-words") if advice else Markup("")


def quality_table(view: View, measures: list[tuple[str, Content]]) -> Markup:
    """A row a measure (its id, and how it is called): its data quality in words, and why a mark doesn't hold."""
    rows = [(name, _in_words(quality_of(view, measure_id))) for measure_id, name in measures]
    return table("How far the figures can be relied on", ("Measure", "Data quality"), rows, compact=True)


def _in_words(marks: QualityRow) -> Markup:
    why = f'<span class="sc-under">{text(marks["why_words"])}</span>' if marks["why_words"] else ""
    return Markup(f"{text(marks['quality_words'])}{why}")


def completeness_link(label: str) -> Markup:
    """The way to the page about completeness."""
    return link(label, "completeness", **view_query())
