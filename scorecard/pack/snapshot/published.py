"""How measures compare with the statistical neighbours in published statistics, as a snapshot keeps it."""

from __future__ import annotations

from datetime import date

from scorecard.charts.model.comparison import FunnelChart, GapBars, YearChart
from scorecard.pack.snapshot.changes import Number, SnapshotModel


class PublishedComparison(SnapshotModel):
    """A measure beside its statistical neighbours in one published period: the figures, and what they say.

    Ranks are from the lowest, equal figures sharing one; sn_ranked and england_ranked are of how many.
    """

    measure_id: str
    measure: str
    period_end: date
    months: int
    value: Number
    sn_mean: Number
    sn_rank: int | None = None
    sn_ranked: int | None = None
    england_rank: int | None = None
    england_ranked: int | None = None
    decimals: int
    percent: bool
    period_words: str
    value_words: str
    mean_words: str
    made_words: str
    gap_words: str
    sn_rank_words: str
    england_rank_words: str
    moved_words: str
    source_words: str
    funnel_words: str = ""  # where we lie among authorities of our size; empty where no counts are published
    gap_bars: GapBars | None = None  # these three are None in packs that were taken without
    years: YearChart | None = None
    funnel: FunnelChart | None = None  # where we lie beyond its outer limits alone
