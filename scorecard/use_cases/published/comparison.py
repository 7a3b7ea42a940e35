"""How we compare: our published figures beside the neighbours', the region's and England's, over the years."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Literal

import numpy as np
import pandas as pd

from scorecard.analysis.comparison.areas import CELL, each_authority_once, own_figures
from scorecard.analysis.comparison.every_authority import ranks, with_own_neighbours
from scorecard.analysis.comparison.funnel import funnel
from scorecard.analysis.comparison.gap import gaps, movement
from scorecard.analysis.comparison.intervals import intervals
from scorecard.analysis.comparison.neighbours import neighbours_figures, neighbours_mean
from scorecard.analysis.comparison.ranks import rank_among
from scorecard.catalogue.models import Catalogue, Measure
from scorecard.core.numbers import PER_UNIT, RATES
from scorecard.core.rows import Row, rows_by_measure
from scorecard.published.authorities import members_of
from scorecard.published.measures import MeasureFigures, disagreements
from scorecard.published.neighbours import IN_EVERY
from scorecard.use_cases.published.reference import Reference

SHARES_AND_RATES = ("percent", *RATES)
OTHERS = ("sn_mean", "sn_median", "region", "england")
Middle = Literal["mean", "median"]
AVERAGED = ["sn_mean", "sn_median", "sn_n", "gap_to_sn_mean"]  # what counts don't have
FUNNEL = (
    "funnel_target", "funnel_phi", "funnel_tau2", "funnel_z", "funnel_lower_95", "funnel_upper_95",
    "funnel_lower_998", "funnel_upper_998",
)  # fmt: skip


@dataclass(frozen=True)
class Comparison:
    """Published figures of some measures, for one authority among all.

    figures: published.measures.COLUMNS, of every area. found: the same, with those of every source. first: what the
    earliest known edition prints of us, the region and the country; None where only one of each is known. edition: the
    neighbours' list for all periods; None: the one that holds for each by the rule. middle: which figure of the
    neighbours gaps are told to.
    """

    catalogue: Catalogue
    reference: Reference
    figures: pd.DataFrame
    found: MeasureFigures
    own: str
    region: str
    country: str
    edition: str | None
    demonstration: bool
    first: pd.DataFrame | None = None
    middle: Middle = "mean"
    _means: dict[str | None, pd.DataFrame] = field(default_factory=dict)
    _gaps: dict[date | None, pd.DataFrame] = field(default_factory=dict, init=False, repr=False)
    _gap_rows: dict[date | None, dict[str, list[Row]]] = field(default_factory=dict, init=False, repr=False)
    _funnels: dict[str, pd.DataFrame] = field(default_factory=dict, init=False, repr=False)

    def by(self, middle: Middle) -> Comparison:
        """A copy with gaps to the neighbours' mean, or to their median."""
        return self if middle == self.middle else replace(self, middle=middle)

    @property
    def sn(self) -> str:
        """The column of the neighbours' figure that gaps are told to."""
        return f"sn_{self.middle}"

    @cached_property
    def measures(self) -> dict[str, Measure]:
        """The measures that have published figures here, in the catalogue's order."""
        there = set(self.figures["measure_id"].unique())
        return {measure.id: measure for measure in self.catalogue.measures if measure.id in there}

    @cached_property
    def disagreements(self) -> pd.DataFrame:
        """Where two sources of one figure differ by more than rounding (published.measures.DISAGREEMENT_COLUMNS)."""
        return disagreements(self.found)

    @cached_property
    def ours(self) -> pd.DataFrame:
        """The rows of `figures` that are ours, sorted; where we are part of a joint return, its figure."""
        figures = own_figures(self.figures, self.own)
        return figures.sort_values(["measure_id", "period_end"], ignore_index=True)

    def joint_names(self, measure_id: str) -> tuple[str, ...]:
        """The names of the joint return that our figures of a measure are of; none where they are ours alone."""
        areas = self.ours.loc[self.ours["measure_id"] == measure_id, "area"].unique()
        return tuple(self.reference.authorities.area(area).name for area in areas if area != self.own)

    @cached_property
    def authorities(self) -> pd.DataFrame:
        """The rows of `figures` that are an authority's, each authority once (comparison.areas)."""
        others = [area.number for area in self.reference.authorities.areas if area.kind != "authority"]
        return each_authority_once(self.figures[~self.figures["area"].isin(others).to_numpy(dtype=bool)])

    @cached_property
    def _rates(self) -> pd.DataFrame:
        """The figures of authorities that can be averaged: rates and shares, never counts."""
        counts = [measure_id for measure_id, measure in self.measures.items() if measure.unit == "number"]
        return self.authorities[~self.authorities["measure_id"].isin(counts).to_numpy(dtype=bool)]

    @cached_property
    def _near_rates(self) -> pd.DataFrame:
        """The rows of `_rates` of those areas that any list names as our neighbours."""
        near = self.reference.neighbours.named(self.own)
        listed = [area for area in self._rates["area"].unique() if near.intersection(members_of(str(area)))]
        return self._rates[self._rates["area"].isin(listed).to_numpy(dtype=bool)]

    def lists(self, edition: str | None) -> pd.DataFrame:
        """Our neighbours in each period: period_end, edition, neighbour. edition: for all periods; None: by rule."""
        return self._lists_of([self.own], edition).drop(columns="owner")

    def _lists_of(self, owners: Collection[str], edition: str | None) -> pd.DataFrame:
        return self.reference.neighbours.in_periods(self._ends, owners, edition)

    @cached_property
    def _ends(self) -> list[pd.Timestamp]:
        return sorted(self.figures["period_end"].unique())

    def neighbours(self, edition: str | None = None) -> pd.DataFrame:
        """Mean and median of our neighbours (neighbours.COLUMNS). edition: for all periods; None: by rule."""
        if edition not in self._means:
            self._means[edition] = self._mean_of(edition)
        return self._means[edition]

    def _mean_of(self, edition: str | None) -> pd.DataFrame:
        if edition == IN_EVERY:
            return neighbours_mean(self._near_rates, self.lists(edition), self.own)
        editions = self.reference.neighbours.held_in(self._ends, edition)
        holds = pd.DataFrame(editions, columns=["period_end", "edition"]).astype(
            {"period_end": "datetime64[us]", "edition": "str"}
        )
        return self._by_every_list.merge(holds, on=["period_end", "edition"])

    @cached_property
    def _by_every_list(self) -> pd.DataFrame:
        """The neighbours' means by each list over all periods, made at once."""
        lists = [self.lists(edition.id) for edition in self.reference.neighbours.rule.editions]
        return neighbours_mean(self._near_rates, pd.concat(lists, ignore_index=True), self.own)

    @cached_property
    def neighbour_figures(self) -> pd.DataFrame:
        """The neighbours' figures (comparison.neighbours.neighbours_figures), by the list that holds or is asked."""
        return neighbours_figures(self.authorities, self.lists(self.edition), self.own)

    def _of_area(self, number: str, name: str) -> pd.DataFrame:
        rows = self.figures.loc[self.figures["area"] == number, [*CELL, "value"]]
        counts = [measure_id for measure_id, measure in self.measures.items() if measure.unit == "number"]
        return rows[~rows["measure_id"].isin(counts).to_numpy(dtype=bool)].rename(columns={"value": name})

    @cached_property
    def summary(self) -> pd.DataFrame:
        """A row for each measure and period that we have a row of, sorted.

        measure_id, period_end, months, area, value, symbol, numerator, denominator, publication, figure_edition;
        value_lower_95, value_upper_95; sn_mean, sn_median, sn_n, sn_of, neighbours_edition; region, england;
        gap_to_sn_mean, gap_to_sn_median, gap_to_region, gap_to_england (ours less theirs, in the measure's unit); sn_
        and england_ rank_lowest_first, rank_highest_first, quarter_lowest_first, of sn_ranked and england_of with a
        figure; funnel_…; more_than_at_sn (of the numerator, than at the rate of the neighbours' mean), more_than (than
        at the rate that gaps are told to).
        """
        return self._in_full(self.beside_others, self.funnel)

    def _in_full(self, rows: pd.DataFrame, placed: pd.DataFrame) -> pd.DataFrame:
        """Rows of `beside_others` with the other columns of `summary`. placed: the funnels of their measures."""
        table = rows.merge(placed[[*CELL, "area", *FUNNEL, "funnel_position"]], on=[*CELL, "area"], how="left")
        per = table["measure_id"].map(self._counted_per)
        table["more_than_at_sn"] = table["numerator"] - table["sn_mean"] * table["denominator"] / per
        table["more_than"] = table["numerator"] - table[self.sn] * table["denominator"] / per
        share = table["measure_id"].map(
            {measure_id: measure.unit == "percent" for measure_id, measure in self.measures.items()}
        )
        limits = intervals(table["numerator"], table["denominator"], per, share.to_numpy(dtype=bool))
        table["value_lower_95"], table["value_upper_95"] = limits
        return table.sort_values(["measure_id", "period_end"], ignore_index=True)

    @cached_property
    def beside_others(self) -> pd.DataFrame:
        """The part of `summary` that a table of standings needs: without the funnel, people and intervals."""
        table = self.ours.rename(columns={"edition": "figure_edition"})
        means = self.neighbours(self.edition).rename(columns={"edition": "neighbours_edition"})
        table = table.merge(means, on=CELL, how="left")
        for number, name in ((self.region, "region"), (self.country, "england")):
            table = table.merge(self._of_area(number, name), on=CELL, how="left")
        for name in OTHERS:
            table[f"gap_to_{name}"] = table["value"] - table[name]
        for prefix, group in (("sn", self.neighbour_figures), ("england", self.authorities)):
            ranks = rank_among(group, table).add_prefix(f"{prefix}_rank_of_")
            renamed = {
                f"{prefix}_rank_of_n": f"{prefix}_of" if prefix == "england" else "sn_ranked",
                f"{prefix}_rank_of_rank_lowest_first": f"{prefix}_rank_lowest_first",
                f"{prefix}_rank_of_rank_highest_first": f"{prefix}_rank_highest_first",
                f"{prefix}_rank_of_quarter_lowest_first": f"{prefix}_quarter_lowest_first",
            }
            table = table.join(ranks.rename(columns=renamed))
        alone = (table["sn_ranked"] == 1).fillna(False).to_numpy(dtype=bool)  # no neighbour has a figure
        for name in ("sn_rank_lowest_first", "sn_rank_highest_first", "sn_quarter_lowest_first"):
            table[name] = table[name].mask(alone)
        return table.sort_values(["measure_id", "period_end"], ignore_index=True)

    @cached_property
    def _rows(self) -> dict[str, list[Row]]:
        return rows_by_measure(self.beside_others)

    def rows_of(self, measure_id: str) -> list[Row]:
        """The rows of `beside_others` of one measure."""
        return self._rows.get(measure_id, [])

    @cached_property
    def of_others(self) -> pd.DataFrame:
        """The standing of every other authority, beside its own neighbours, region and country, as far as it has them.

        measure_id, period_end, months, area, publication, neighbours_edition, the quantities of `summary` but ours
        alone. Of a joint return what is told of neighbours stands under the number of each half.
        """
        kinds = {area.number: area for area in self.reference.authorities.areas if area.kind == "authority"}
        table = self.authorities[[*CELL, "area", "value", "publication"]].join(ranks(self.authorities))
        region = table["area"].map({number: area.region for number, area in kinds.items()})
        of_region = self.figures[[*CELL, "area", "value"]].rename(columns={"area": "in", "value": "of_region"})
        table = table.assign(**{"in": region}).merge(of_region, on=[*CELL, "in"], how="left").drop(columns="in")
        table = table.merge(self._of_area(self.country, "of_england"), on=CELL, how="left")
        counts = table["measure_id"].map(
            {measure_id: measure.unit == "number" for measure_id, measure in self.measures.items()}
        )
        gap = (table["value"] - table["of_region"]).mask(counts.to_numpy(dtype=bool))
        table = table.assign(gap_to_region=gap, gap_to_england=table["value"] - table["of_england"])
        table = table.merge(self.funnel[[*CELL, "area", *FUNNEL]], on=[*CELL, "area"], how="left")
        near = with_own_neighbours(self.authorities, self._lists_of([*kinds], self.edition))
        counted = near["measure_id"].isin(
            [measure_id for measure_id, measure in self.measures.items() if measure.unit == "number"]
        )
        near.loc[counted.to_numpy(dtype=bool), AVERAGED] = np.nan
        table = table.merge(near.rename(columns={"edition": "neighbours_edition"}), on=[*CELL, "area"], how="outer")
        own = set(self.ours["area"]) | {self.own}
        return table[~table["area"].isin(own).to_numpy(dtype=bool)].reset_index(drop=True)

    @cached_property
    def _counted_per(self) -> dict[str, float]:
        """What a share or rate is counted per; other measures have no people behind them."""
        return {
            measure_id: self.per(measure_id)
            for measure_id, measure in self.measures.items()
            if measure.unit in SHARES_AND_RATES
        }

    def per(self, measure_id: str) -> float:
        """What a measure's figure is counted per: 100, 10,000, 1."""
        return PER_UNIT[self.measures[measure_id].unit]

    def size_words(self, measure_id: str) -> str:
        """What the denominators of a measure count, by the mapping's own words."""
        counts = self.reference.mapping.by_measure[measure_id].sources[0].counts
        return self.reference.mapping.figures[counts[1]].name if counts[1] else ""

    @cached_property
    def funnel(self) -> pd.DataFrame:
        """Every authority's place in the funnel of each rate and share (comparison.funnel.COLUMNS)."""
        return self._placed(self.authorities)

    def funnel_of(self, measure_id: str) -> pd.DataFrame:
        """Every authority's place in the funnel of one measure (comparison.funnel.COLUMNS), for a page of it alone."""
        if measure_id not in self._funnels:
            wanted = (self.authorities["measure_id"] == measure_id).to_numpy(dtype=bool)
            self._funnels[measure_id] = self._placed(self.authorities[wanted])
        return self._funnels[measure_id]

    def _placed(self, figures: pd.DataFrame) -> pd.DataFrame:
        shares = {measure_id for measure_id, measure in self.measures.items() if measure.unit == "percent"}
        return funnel(figures, self._counted_per, shares)

    @cached_property
    def movements(self) -> pd.DataFrame:
        """How each measure's gap to the neighbours moved over all periods (movements_by)."""
        return movement(self.gaps_by(None))

    def movements_by(self, by: date) -> pd.DataFrame:
        """How each measure's gap to the neighbours moved (comparison.gap.COLUMNS) in the periods that ended by a day.

        By one list over all of them: the one asked for, else the one that holds for the newest. A change of list would
        move the gap without anybody having moved.
        """
        return movement(self.gaps_by(by))

    def gaps_by(self, by: date | None) -> pd.DataFrame:
        """The gap to the neighbours (comparison.gap.gaps) in each period that had ended by a day, or in all.

        By one list over all of them: the one that holds for the newest.
        """
        if by not in self._gaps:
            self._gaps[by] = self._gaps_of(by)
        return self._gaps[by]

    def gap_rows(self, measure_id: str, by: date | None = None) -> list[Row]:
        """The gaps of one measure, in order of their periods, that had ended by a day."""
        if by not in self._gap_rows:
            self._gap_rows[by] = rows_by_measure(self.gaps_by(by))
        return self._gap_rows[by].get(measure_id, [])

    def _gaps_of(self, by: date | None) -> pd.DataFrame:
        ours = self.ours if by is None else self.ours[self.ours["period_end"] <= pd.Timestamp(by)]
        editions = self._editions_of_newest(ours)
        parts = [self.neighbours(edition) for edition in dict.fromkeys(editions.values()) if edition is not None]
        means = pd.concat(parts, ignore_index=True) if parts else self.neighbours(self.edition)
        theirs = means[(means["edition"] == means["measure_id"].map(editions)).to_numpy(dtype=bool)]
        return gaps(ours[[*CELL, "value"]], theirs[[*CELL, self.sn]].rename(columns={self.sn: "value"}))

    def _editions_of_newest(self, ours: pd.DataFrame) -> dict[str, str | None]:
        """The list that holds for each measure's newest figure of ours, or the one asked for."""
        if self.edition is not None:
            return dict.fromkeys(self.measures, self.edition)
        newest = ours[ours["value"].notna()].groupby("measure_id")["period_end"].max().to_dict()
        holds = {measure_id: self.reference.neighbours.edition_for(end.date()) for measure_id, end in newest.items()}
        return {str(measure_id): None if edition is None else edition.id for measure_id, edition in holds.items()}

    def newest(self, by: date | None = None) -> pd.DataFrame:
        """The newest row of `beside_others` of each measure with a figure of ours, that had ended by a day."""
        return _newest(self.beside_others, by)

    def newest_in_full(self, by: date | None = None) -> pd.DataFrame:
        """The rows of `newest`, with all columns of `summary`."""
        return self._in_full(self.newest(by), self.funnel)

    def newest_of(self, measure_id: str, by: date | None = None) -> pd.DataFrame:
        """One measure's row of `newest_in_full`; no row where it has none."""
        rows = self.newest(by)
        return self._in_full(rows[(rows["measure_id"] == measure_id).to_numpy(dtype=bool)], self.funnel_of(measure_id))

    def by_list(self, measure_id: str, end: pd.Timestamp) -> pd.DataFrame:
        """One figure of ours beside the neighbours of every list: edition, sn_mean, sn_n, sn_of, more_than_at_sn…"""
        lists = (self.neighbours(edition.id) for edition in self.reference.neighbours.rule.editions)
        ours, *parts = (
            neighbours[(neighbours["measure_id"] == measure_id) & (neighbours["period_end"] == end)]
            for neighbours in (self.ours, *lists)
        )
        both = pd.concat(parts, ignore_index=True).merge(ours.drop(columns="edition"), on=CELL)
        per = self._counted_per.get(measure_id, float("nan"))
        expected = both[self.sn] * both["denominator"] / per
        return both.assign(gap=both["value"] - both[self.sn], more_than_at_sn=both["numerator"] - expected)


def _newest(rows: pd.DataFrame, by: date | None) -> pd.DataFrame:
    known = rows["value"].notna() if by is None else rows["value"].notna() & (rows["period_end"] <= pd.Timestamp(by))
    return rows[known].drop_duplicates("measure_id", keep="last").reset_index(drop=True)
