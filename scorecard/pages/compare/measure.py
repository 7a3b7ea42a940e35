"""One measure beside others: the years, the neighbours by name, all authorities, the funnel; a table and CSV beside."""

from __future__ import annotations

from datetime import date

import pandas as pd

from scorecard.catalogue.models import Measure
from scorecard.pages.parts.download import download
from scorecard.pages.parts.markup import Markup, heading, joined, listing, pictures, show, table
from scorecard.use_cases.published.comparison import Comparison
from scorecard.use_cases.published.overview import (
    Picture,
    measure_csv,
    measure_pictures,
    measure_table,
    measure_words,
    published_and_local,
    sources_that_differ,
)
from scorecard.use_cases.published.printed_comparators import printed_comparators


def measure_in_full(comparison: Comparison, measure: Measure, month: date, *, by_list: bool) -> None:
    """Draws all that the publications say of a measure. by_list: each list of neighbours over all years."""
    show(heading(measure.name, 3))
    show(listing(measure_words(comparison, measure, month)))
    for name, drawn in measure_pictures(comparison, measure, by_list=by_list):
        show(heading(name, 4))
        show(_shown(drawn))
    headers, rows = measure_table(comparison, measure)
    show(table(f"{measure.name}, as published", headers, rows, numeric=range(1, len(headers)), compact=True))
    differ, cells = sources_that_differ(comparison, measure)
    if cells:
        show(table("Publications that differ beyond rounding", differ, cells, compact=True))
    _printed(comparison, measure)
    label, file = "Download how this measure compares (CSV)", f"{measure.id}-compared.csv"
    download(label, file, "text/csv", lambda _: measure_csv(comparison, measure), about=measure.id)


def published_years(comparison: Comparison, measure: Measure, figures: pd.DataFrame, month: date) -> None:
    """The years beside our own monthly figures, for a page that says more of the measure itself."""
    show(listing(measure_words(comparison, measure, month)))
    drawn = joined([_shown(picture) for picture in published_and_local(comparison, measure, figures)], "")
    show(Markup(f'<div class="sc-pair">{drawn}</div>'))
    _printed(comparison, measure)


def _printed(comparison: Comparison, measure: Measure) -> None:
    """The plan's own comparators beside what is published of their period."""
    comparators = printed_comparators(comparison, measure)
    if comparators:
        headers = ("Whose", "The plan prints", "Published for its period", "They", "Note")
        body = [
            (comparator.whose, comparator.printed, comparator.published, comparator.verdict, comparator.words)
            for comparator in comparators
        ]
        show(table("What the plan prints of others, beside the publications", headers, body, compact=True))


def _shown(drawn: Picture) -> Markup:
    return pictures((("sc-wide sc-broad sc-middle", drawn.wide), ("sc-narrow sc-slim", drawn.narrow)), drawn.alt)
