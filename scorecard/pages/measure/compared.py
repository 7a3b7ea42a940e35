"""A measure against others: neighbours, region and England, in a sentence each, and what the plan prints of them."""

from __future__ import annotations

from scorecard.core.rows import Row
from scorecard.pages.parts.figures import comparator, figure
from scorecard.pages.parts.markup import Content, listing, paragraph, show, table
from scorecard.use_cases.view.measures import View
from scorecard.use_cases.view.overview import compared_with

OTHERS = {"statistical_neighbour": "Statistical neighbours", "regional": "Region", "national": "England"}


def compared(view: View, row: Row) -> None:
    """How the latest figure stands to each, with the year of theirs where the plan gives one."""
    told = compared_with(view, row["measure_id"])
    show(listing(told) if told else paragraph("The plan prints no figure of others that counts the same.", "sc-words"))
    measure = view.catalogue.measure(row["measure_id"])
    body: list[tuple[Content, ...]] = [("Ours", figure(row, "value") or "–", None, None)]
    for name, known in measure.comparators.items():
        why = known.why if not known.comparable else None
        body.append((OTHERS[name], comparator(row, name), known.year or "no year given", why))
    show(table("The latest figure beside others'", ("Whose", "Figure", "Of", "Why not comparable"), body, compact=True))
