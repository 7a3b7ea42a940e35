"""What an edition would change in how we stand: our rank in England, and our gap to the neighbours."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from scorecard.access.permissions import Permission
from scorecard.analysis.comparison.areas import CELL
from scorecard.catalogue.models import Measure
from scorecard.core.rows import Row, missing, rows_of
from scorecard.narrative.comparison import gap_words, period_of, rank_words
from scorecard.store import newest_edition
from scorecard.use_cases.needs import needs
from scorecard.use_cases.open_scorecard import Scorecard
from scorecard.use_cases.published.compare import comparison_of, figures_behind
from scorecard.use_cases.published.known_figures import known_figures
from scorecard.use_cases.published.reference import load_reference


@needs(Permission.READ)
def changed_ranks(scorecard: Scorecard, figures: pd.DataFrame) -> Iterator[str]:
    """A sentence for each period that was known and whose rank or gap would read otherwise, the newest first.

    figures: of the edition, with `edition`; measure_id is the published figure's id. Raises MappingError, StoreError.
    """
    reference = load_reference(scorecard)
    feeds = {
        measure for figure_id in figures["measure_id"].unique() for measure in reference.mapping.feeds(str(figure_id))
    }
    wanted = [mapped.id for mapped in reference.mapping.fed if mapped.id in feeds]
    known = known_figures(scorecard, figures_behind(reference, wanted))
    symbols = figures["symbol"].astype("str")
    incoming = figures.assign(
        symbol=symbols.mask(symbols == ""),
        extract_id=pd.array([pd.NA] * len(figures), dtype="Int64"),
        recorded_from=pd.Series(pd.NaT, figures.index, dtype="datetime64[us, UTC]"),
    )[known.columns]
    before = comparison_of(scorecard, wanted, known)
    after = comparison_of(scorecard, wanted, newest_edition(known, incoming))
    both = before.beside_others.merge(after.beside_others, on=[*CELL, "area"], suffixes=("", "_after"))
    for row in rows_of(both.sort_values("period_end", ascending=False, kind="stable")):
        if not missing(row["value"]) and not missing(row["value_after"]):
            measure = before.measures[row["measure_id"]]
            was, is_now = _stands(row, measure, ""), _stands(row, measure, "_after")
            if was != is_now:
                yield f"{row['measure_id']}, {period_of(row)}: {was} → {is_now}"


def _stands(row: Row, measure: Measure, when: str) -> str:
    rank = rank_words(row[f"england_rank_lowest_first{when}"], row[f"england_of{when}"])
    gap = row[f"gap_to_sn_mean{when}"]
    return f"{rank} in England" if missing(gap) else f"{rank} in England, {gap_words(gap, measure, 'the neighbours')}"
