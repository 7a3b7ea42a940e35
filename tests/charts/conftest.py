"""Stories: invented series of one measure, assessed and charted, so that tests can ask what the chart says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import pytest

from scorecard.analysis.projection.project import project
from scorecard.analysis.spc import Spc
from scorecard.analysis.spc.runs import last_points
from scorecard.catalogue.models import Catalogue, Measure
from scorecard.catalogue.plan_figures import plan_observations
from scorecard.catalogue.read_measures import read_catalogue
from scorecard.charts import TrendChart, trend_chart
from scorecard.core.observations import observations_frame
from scorecard.core.periods import year_to_date_months
from scorecard.narrative.measure import variation_words
from tests.assessed import assess
from tests.frozen_catalogue import CATALOGUE

REFERRALS = "contacts-becoming-referrals"  # at most 21%, monthly, in month
LOOKED_AFTER = "looked-after-children-number"  # a volume, at most 420
MONTHS = {"rolling_12_months": 12}


class Story(NamedTuple):
    """All that a chart is made of."""

    catalogue: Catalogue
    measure: Measure
    row: dict[str, Any]
    series: pd.DataFrame
    points: pd.DataFrame
    projection: pd.DataFrame | None

    def chart(self, **more: Any) -> TrendChart:
        return trend_chart(
            self.measure, self.row, self.series, self.points, self.projection, catalogue=self.catalogue, **more
        )


StoryOf = Callable[..., Story]


def changed(catalogue: Catalogue, measure_id: str, changes: dict[str, Any]) -> Catalogue:
    """The catalogue with one measure changed, validated anew."""
    old = catalogue.measure(measure_id)
    new = Measure.model_validate({**old.model_dump(by_alias=True, exclude_none=True), **changes})
    areas = tuple(
        area.model_copy(update={"measures": tuple(new if m.id == measure_id else m for m in area.measures)})
        for area in catalogue.service_areas
    )
    return catalogue.model_copy(update={"service_areas": areas})


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return read_catalogue(CATALOGUE.read_bytes())


@pytest.fixture(scope="session")
def story_of(catalogue: Catalogue) -> StoryOf:
    """story_of(values, …): the story of a monthly series that ends in `end`; NaN where `symbols` stand."""

    def story(
        values: Sequence[float],
        measure_id: str = REFERRALS,
        *,
        changes: dict[str, Any] | None = None,
        symbols: dict[int, str] | None = None,
        origin: str = "extract",
        origins: dict[int, str] | None = None,
        denominators: Sequence[float] | None = None,
        end: str = "2020-07-31",
        projected: bool = False,
        drop: Sequence[int] = (),
        month: str | None = None,
    ) -> Story:
        book = changed(catalogue, measure_id, changes) if changes else catalogue
        measure = book.measure(measure_id)
        count = len(values)
        ends = pd.date_range(end=end, periods=count, freq="ME")
        from_april = measure.accumulation == "year_to_date" and measure.year_starts == "april"
        to_date = [year_to_date_months(day.date()) for day in ends]
        columns: dict[str, Any] = {
            "measure_id": [measure_id] * count,
            "area": book.authority.code,
            "period_end": ends,
            "months": to_date if from_april else MONTHS.get(measure.accumulation, 1),
            "value": [float(value) for value in values],
            "symbol": [(symbols or {}).get(index) for index in range(count)],
            "origin": [(origins or {}).get(index, origin) for index in range(count)],
        }
        if denominators is not None:
            columns["denominator"] = denominators
            columns["numerator"] = [value * of / 100 for value, of in zip(values, denominators, strict=True)]
        observations = observations_frame(columns).drop(list(drop))
        assessment = assess(book, observations, pd.Timestamp(month) if month else None)
        row = assessment.measures[assessment.measures["measure_id"] == measure_id].iloc[0].to_dict()
        _let_trends_lean(row, assessment.spc)
        bounds = pd.DataFrame({"measure_id": [measure_id], "lower": [0.0], "upper": [np.nan]})
        ahead = project(assessment.series, bounds=bounds) if projected else None
        return Story(book, measure, row, assessment.series, assessment.spc.points, ahead)

    return story


def _let_trends_lean(row: dict[str, Any], spc: Spc) -> None:
    """A short invented trend leans on itself; what is tested here is what a chart says where limits may be shown."""
    if row["no_limits_code"] == "leaning":
        series_row = spc.series[spc.series["measure_id"] == row["measure_id"]].iloc[0]
        row.update(last_points(spc.points).loc[row["measure_id"]].drop("period_end"))
        row.update(
            no_limits_code=pd.NA, no_limits=pd.NA, variation=series_row["variation"], assurance=series_row["assurance"]
        )
        row["unlikely"] = True
        row["variation_words"] = variation_words(row)


@pytest.fixture(scope="session")
def plan(catalogue: Catalogue) -> Callable[[str], Story]:
    """plan(measure_id): the story on the plan's figures alone."""
    assessment = assess(catalogue, plan_observations(catalogue))
    rows = {row["measure_id"]: row for row in assessment.measures.to_dict("records")}

    def story(measure_id: str) -> Story:
        row = {str(name): value for name, value in rows[measure_id].items()}
        return Story(catalogue, catalogue.measure(measure_id), row, assessment.series, assessment.spc.points, None)

    return story


STEADY = (27, 25, 28, 26, 27, 29, 25, 26, 28, 27, 25, 27, 26, 28, 26, 27, 25, 28, 27, 26, 28, 25, 27, 26)
FALL = (35, 34, 36, 35, 34, 35, 36, 34, 35, 34, 36, 35, 34, 36, 35, 36, 33, 32, 31, 30, 29, 28, 26)
