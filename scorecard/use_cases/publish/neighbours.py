"""How measures compare with the statistical neighbours, for a pack: by the newest period that was over by its month."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

import pandas as pd

from scorecard.access.permissions import Permission
from scorecard.core.rows import Row, missing, rows_of
from scorecard.narrative.comparison import (
    FUNNEL_WORDS,
    decimals_of,
    gap_words,
    mean_words,
    movement_words,
    period_of,
    rank_words,
    value_of,
)
from scorecard.pack.snapshot.published import PublishedComparison
from scorecard.use_cases.needs import needs
from scorecard.use_cases.open_scorecard import Scorecard, UnusableScorecard
from scorecard.use_cases.published.charts import funnel_chart, gaps_chart, years_chart
from scorecard.use_cases.published.compare import compare_published
from scorecard.use_cases.published.comparison import Comparison
from scorecard.use_cases.published.reference import MappingError

BEYOND = ("high", "low")  # places in a funnel that a board must see


@needs(Permission.READ)
def compare_with_neighbours(
    scorecard: Scorecard, month: date, as_known_at: datetime | None = None
) -> tuple[PublishedComparison, ...]:
    """Each rate or share that publications feed, in the newest published period that had ended by a month.

    None of later periods is told. Empty beside invented figures, and where no mapping fits the catalogue: the page of
    how we compare says why.
    """
    if scorecard.demonstration:
        return ()
    try:
        return tuple(compared_by(compare_published(scorecard, None, None, as_known_at), month))
    except (MappingError, UnusableScorecard):
        return ()


def compared_by(comparison: Comparison, month: date) -> Iterator[PublishedComparison]:
    """A row for each measure with a neighbours' mean in its newest period that had ended by a month."""
    moved = {row["measure_id"]: row for row in rows_of(comparison.movements_by(month))}
    editions = {edition.id: edition.name for edition in comparison.reference.neighbours.rule.editions}
    newest = {row["measure_id"]: row for row in rows_of(comparison.newest(month))}
    placed = _in_the_funnel(comparison)
    for measure_id, measure in comparison.measures.items():
        row = newest.get(measure_id)
        if row is None or missing(row["sn_mean"]):
            continue
        funnel_position = placed.get((measure_id, row["period_end"]), "")
        yield PublishedComparison(
            measure_id=measure_id,
            measure=measure.name,
            period_end=row["period_end"].date(),
            months=int(row["months"]),
            value=float(row["value"]),
            sn_mean=float(row["sn_mean"]),
            sn_rank=_whole(row["sn_rank_lowest_first"]),
            sn_ranked=_whole(row["sn_ranked"]),
            england_rank=_whole(row["england_rank_lowest_first"]),
            england_ranked=_whole(row["england_of"]),
            decimals=decimals_of(measure),
            percent=measure.unit == "percent",
            period_words=period_of(row),
            value_words=value_of(row["value"], measure),
            mean_words=value_of(row["sn_mean"], measure),
            made_words=mean_words(row, editions),
            gap_words=gap_words(row["gap_to_sn_mean"], measure, "the neighbours"),
            sn_rank_words=rank_words(row["sn_rank_lowest_first"], row["sn_ranked"]),
            england_rank_words=rank_words(row["england_rank_lowest_first"], row["england_of"]),
            moved_words=movement_words(moved[measure_id], measure) if measure_id in moved else "",
            source_words=_source(comparison, row),
            funnel_words=FUNNEL_WORDS.get(funnel_position, ""),
            gap_bars=gaps_chart(comparison, measure_id, month),
            years=years_chart(comparison, measure, by=month),
            funnel=funnel_chart(comparison, measure, row["period_end"]) if funnel_position in BEYOND else None,
        )


def _in_the_funnel(comparison: Comparison) -> dict[tuple[str, pd.Timestamp], str]:
    """Where we lie in each funnel, by measure and period."""
    areas = dict(comparison.ours.groupby("measure_id")["area"].last())
    funnel = comparison.funnel
    ours = funnel[(funnel["area"] == funnel["measure_id"].map(areas)).to_numpy(dtype=bool)]
    return {(row["measure_id"], row["period_end"]): row["funnel_position"] for row in rows_of(ours)}


def _whole(number: object) -> int | None:
    return None if missing(number) else int(str(number))


def _source(comparison: Comparison, row: Row) -> str:
    """'Children looked after in England, edition of 20/11/2025'."""
    known = {publication.id: publication for publication in comparison.reference.mapping.publications}
    day = pd.Timestamp(str(row["figure_edition"]))
    return f"{known[str(row['publication'])].name}, edition of {day:%d/%m/%Y}"
