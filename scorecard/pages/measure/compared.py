"""A measure against others: neighbours, region and England, in a sentence each, and what the plan prints of them."""

from __future__ import annotations

from scorecard.catalogue.models import Measure
from scorecard.core.rows import Row
from scorecard.core.vocabulary import COMPARATOR_WORDS
from scorecard.pages.compare.measure import published_years
from scorecard.pages.compare.shared_comparison import comparison_for
from scorecard.pages.parts.figures import comparator, figure
from scorecard.pages.parts.markup import Content, heading, link, listing, paragraph, show, table
from scorecard.pages.parts.session import view_query
from scorecard.use_cases.open_scorecard import UnusableScorecard
from scorecard.use_cases.published.overview import NOT_BESIDE_INVENTED, not_published
from scorecard.use_cases.published.reference import MappingError
from scorecard.use_cases.view.measures import View
from scorecard.use_cases.view.overview import compared_with


def compared(view: View, row: Row) -> None:
    """How the latest figure stands to each, with the year of theirs where the plan gives one."""
    comparisons = compared_with(view, row["measure_id"])
    show(
        listing(comparisons)
        if comparisons
        else paragraph("The plan prints no figure of others that counts the same.", "sc-words")
    )
    measure = view.catalogue.measure(row["measure_id"])
    body: list[tuple[Content, ...]] = [("Ours", figure(row, "value") or "–", None, None)]
    for name, known in measure.comparators.items():
        why = known.why if not known.comparable else None
        body.append((COMPARATOR_WORDS[name], comparator(row, name), known.year or "no year given", why))
    show(table("The latest figure beside others'", ("Whose", "Figure", "Of", "Why not comparable"), body, compact=True))
    show(heading("As published", 2, "published"))
    _published(view, measure)


def _published(view: View, measure: Measure) -> None:
    """The published figures over the years, which are never joined to the local ones; or why there are none."""
    if view.demonstration:
        show(paragraph(NOT_BESIDE_INVENTED, "sc-words"))
        return
    try:
        comparison = comparison_for(view, measure_id=measure.id)
    except (MappingError, UnusableScorecard) as error:
        show(paragraph(str(error).splitlines()[0], "sc-words"))
        return
    if measure.id not in comparison.measures:
        show(paragraph(not_published(comparison, measure.id), "sc-words"))
        return
    published_years(comparison, measure, view.series_of(measure.id), view.month.date())
    in_full = "Ranks, all authorities and the funnel"
    show(paragraph(link(in_full, "compare", anchor="measure", measure=measure.id, **view_query())))
