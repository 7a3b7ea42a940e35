"""Invented histories for the benchmarks: so many months for every measure of the catalogue, and so many areas."""

from __future__ import annotations

import os
from datetime import date

import numpy as np
import pandas as pd

from scorecard.catalogue.frames import measures_frame
from scorecard.catalogue.models import Catalogue
from scorecard.core.observations import months_covered, observations_frame
from scorecard.core.periods import add_months
from scorecard.use_cases.open_scorecard import load_catalogue, settings_from


def plan_catalogue() -> Catalogue:
    """The catalogue in use: the project's own, where the environment names no other."""
    return load_catalogue(settings_from(os.environ))[0]


def more_measures(catalogue: Catalogue, count: int) -> Catalogue:
    """The catalogue grown to so many measures: its own again and again, under other ids."""
    areas = list(catalogue.service_areas)
    round_ = 0
    while sum(len(area.measures) for area in areas) < count:
        round_ += 1
        for area in catalogue.service_areas:
            copies = tuple(
                measure.model_copy(update={"id": f"{measure.id}-{round_}", "pair": None}) for measure in area.measures
            )
            areas.append(area.model_copy(update={"id": f"{area.id}-{round_}", "measures": copies}))
            if sum(len(area.measures) for area in areas) >= count:
                break
    return catalogue.model_copy(update={"service_areas": tuple(areas)})


def history(
    catalogue: Catalogue, months: int, areas: tuple[str, ...] = (), last: date = date(2020, 7, 31)
) -> pd.DataFrame:
    """Observations of every measure for so many months up to the last, for the authority and other areas."""
    measures = measures_frame(catalogue)
    codes = (catalogue.authority.code, *areas)
    ends = [add_months(last, -back) for back in range(months - 1, -1, -1)]
    level = measures["july_2020"].fillna(measures["baseline"]).fillna(50.0).to_numpy()
    covered = [
        [months_covered(row.accumulation, end, row.year_starts) for end in ends] for row in measures.itertuples()
    ]  # type: ignore[arg-type]
    noise = np.random.default_rng(7).normal(0, 0.05, (len(codes), len(measures), months))
    values = level[None, :, None] * (1 + noise)
    percent = (measures["unit"] == "percent").to_numpy()
    values[:, percent] = values[:, percent].clip(0, 100)
    shape = (len(codes), len(measures), months)
    frame = observations_frame(
        {
            "measure_id": np.broadcast_to(measures["measure_id"].to_numpy()[None, :, None], shape).ravel(),
            "area": np.broadcast_to(np.array(codes)[:, None, None], shape).ravel(),
            "period_end": pd.to_datetime(np.broadcast_to(np.array(ends, "datetime64[us]"), shape).ravel()),
            "months": np.broadcast_to(np.array(covered)[None], shape).ravel(),
            "value": values.round(2).ravel(),
            "origin": ["extract"] * int(np.prod(shape)),
        }
    )
    starts = frame["measure_id"].map(measures.set_index("measure_id")["starts"])
    return frame[~(frame["period_end"] < starts)].reset_index(drop=True)


def as_csv(observations: pd.DataFrame) -> bytes:
    """Observations as the long extract that would bring them."""
    table = observations[["measure_id", "area", "period_end", "value"]]
    table = table.assign(period=table["period_end"].dt.strftime("%Y-%m")).drop(columns="period_end")
    return table[["measure_id", "period", "value", "area"]].to_csv(index=False).encode()
