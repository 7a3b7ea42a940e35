"""The plan's own comparators beside what the publications give for the same period: agree, differ, or neither."""

from __future__ import annotations

from typing import Literal, NamedTuple

import pandas as pd

from scorecard.catalogue.models import Comparator, Measure
from scorecard.core.numbers import rounded
from scorecard.core.periods import month_words
from scorecard.core.vocabulary import COMPARATOR_WORDS
from scorecard.narrative.comparison import value_of
from scorecard.published.mapping import PlanPrinted
from scorecard.use_cases.published.comparison import Comparison

Verdict = Literal["agree", "differ", "can't be compared"]
NOT_SAID = "The plan doesn't say of what period it is."


class PrintedComparator(NamedTuple):
    """A comparator as the plan prints it, and what is published of its period."""

    whose: str
    printed: str
    published: str
    verdict: Verdict
    words: str


def printed_comparators(comparison: Comparison, measure: Measure) -> list[PrintedComparator]:
    """Each comparator that the plan prints of a measure, in its order."""
    mapped = comparison.reference.mapping.by_measure.get(measure.id)
    printed_by_kind = {comparator.comparator: comparator for comparator in mapped.printed} if mapped else {}
    return [
        _one(comparison, measure, kind, known, printed_by_kind.get(kind)) for kind, known in measure.comparators.items()
    ]


def _one(
    comparison: Comparison, measure: Measure, kind: str, known: Comparator, mapped: PlanPrinted | None
) -> PrintedComparator:
    remark = (mapped.words if mapped else None) or ""
    value = _published(comparison.figures, comparison, measure.id, kind, mapped)
    if mapped is None or mapped.period is None or value is None or known.value is None:
        return PrintedComparator(COMPARATOR_WORDS[kind], known.printed, "–", "can't be compared", remark or NOT_SAID)
    first = _published(comparison.first, comparison, measure.id, kind, mapped)
    published_values = [(value, f", {month_words(mapped.period)}, as revised since")]
    published_values += [(first, " as first published")] if first is not None and first != value else []
    decimals, by = _decimals(known.value), mapped.divided_by or 1
    agrees = any(rounded(value / by, decimals) == rounded(known.value, decimals) for value, _ in published_values)
    verdict: Verdict = "agree" if agrees else "differ"
    published_texts = [
        f"{value_of(value / by, measure)}{f' ({value_of(value, measure)} ÷ {by})' if by > 1 else ''}{how}"
        for value, how in published_values
    ]
    return PrintedComparator(COMPARATOR_WORDS[kind], known.printed, "; ".join(published_texts), verdict, remark)


def _published(
    rows: pd.DataFrame | None, comparison: Comparison, measure_id: str, kind: str, mapped: PlanPrinted | None
) -> float | None:
    """What is published of the region or England; of neighbours no figure is."""
    number = {"regional": comparison.region, "national": comparison.country}.get(kind)
    if mapped is None or mapped.period is None or number is None or rows is None:
        return None
    published = rows[
        (rows["measure_id"] == measure_id)
        & (rows["area"] == number)
        & (rows["period_end"] == pd.Timestamp(mapped.period))
        & rows["value"].notna()
    ]
    return float(published["value"].iloc[0]) if len(published) else None


def _decimals(value: float) -> int:
    """Decimals that a printed figure shows."""
    return len(repr(float(value)).partition(".")[2].rstrip("0"))
