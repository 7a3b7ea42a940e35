"""Published figures in a format of our own: what ships in data/published/, and what is kept of an imported file.

CSV with a row a figure: figure (the id that config/published.yaml gives it), area (the department's number), period
(the month it ends in), months, value, symbol, publication, edition (the day that orders editions), licence.
"""

from __future__ import annotations

import io

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.csv as pacsv

from scorecard.published.mapping import Mapping

COLUMNS = ("figure", "area", "period", "months", "value", "symbol", "publication", "edition", "licence")
_DIGITS = ".12g"


def to_own_format(figures: pd.DataFrame, mapping: Mapping) -> bytes:
    """Figures (measure_id, area, period_end, months, value, symbol, edition as 20251120) as CSV, in a fixed order."""
    ordered = figures.sort_values(["measure_id", "area", "period_end", "months"], ignore_index=True)
    publication_of = mapping.publication_of
    edition = pd.to_datetime(ordered["edition"].astype("str"), format="%Y%m%d").dt.strftime("%Y-%m-%d")
    table = pd.DataFrame(
        {
            "figure": ordered["measure_id"],
            "area": ordered["area"],
            "period": ordered["period_end"].dt.strftime("%Y-%m"),
            "months": ordered["months"],
            "value": ["" if np.isnan(value) else format(value, _DIGITS) for value in ordered["value"]],
            "symbol": ordered["symbol"].fillna(""),
            "publication": ordered["measure_id"].map(
                {figure: publication.id for figure, publication in publication_of.items()}
            ),
            "edition": edition,
            "licence": ordered["measure_id"].map(
                {figure: publication.licence for figure, publication in publication_of.items()}
            ),
        }
    )
    return table.to_csv(index=False, lineterminator="\n").encode()


def from_own_format(content: bytes) -> pd.DataFrame:
    """Figures of our own format: measure_id, area, period_end, months, value, symbol, edition; '' where no symbol is.

    Raises ValueError where the columns are others.
    """
    types = {name: pa.string() for name in COLUMNS} | {"months": pa.int64(), "value": pa.float64()}
    options = pacsv.ConvertOptions(column_types=types, include_columns=[*COLUMNS[:6], "edition"], null_values=[""])
    try:
        read = pacsv.read_csv(io.BytesIO(content), convert_options=options).to_pandas()
    except (pa.ArrowException, KeyError) as error:
        raise ValueError(f"not a file of published figures: {str(error).splitlines()[0]}") from None
    ends = pd.to_datetime(read["period"], format="%Y-%m") + pd.offsets.MonthEnd(0)
    return pd.DataFrame(
        {
            "measure_id": read["figure"].astype("str"),
            "area": read["area"].astype("str"),
            "period_end": ends.astype("datetime64[us]"),
            "months": read["months"].astype("int64"),
            "value": read["value"].astype("float64"),
            "symbol": read["symbol"].astype("str"),
            "edition": pd.to_datetime(read["edition"]).dt.strftime("%Y%m%d").astype("int64"),
        }
    )
