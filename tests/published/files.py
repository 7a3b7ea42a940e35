"""Small published files, written by hand."""

from __future__ import annotations

import io

import pyarrow as pa
import pyarrow.parquet as pq

GEOGRAPHY = (
    "time_period,time_identifier,geographic_level,country_code,country_name,region_code,region_name,old_la_code,"
    "new_la_code,la_name"
)
SOUTHAMPTON = "Local authority,E92000001,England,E12000008,South East,852,E06000045,Southampton"
PORTSMOUTH = "Local authority,E92000001,England,E12000008,South East,851,E06000044,Portsmouth"
SOUTH_EAST = "Regional,E92000001,England,E12000008,South East,,,"
ENGLAND = "National,E92000001,England,,,,,"


def ees(*rows: str, columns: str = "turnover_rate_fte") -> bytes:
    """An EES file with these rows: 'time_period,time_identifier,' + an area + ',' + figures."""
    return "\n".join([f"{GEOGRAPHY},{columns}", *rows, ""]).encode()


def year(figures: str, area: str = SOUTHAMPTON, time: str = "2025,Reporting year") -> str:
    """A row of an EES file."""
    return f"{time},{area},{figures}"


def lait(*rows: tuple[str, str, str, float | str], numbers: bool = True) -> bytes:
    """A LAIT table as parquet: Short Desc, Years, Values, LA Number."""
    short, years, values, areas = zip(*rows, strict=True)
    table = pa.table(
        {
            "Short Desc": list(short),
            "Data item": [None] * len(rows),
            "Years": list(years),
            "LA and Regions": ["somewhere"] * len(rows),
            "Values": list(values),
            "LA Number": pa.array(areas, pa.float64() if numbers else pa.string()),
            "Region": ["NA"] * len(rows),
        }
    )
    buffer = io.BytesIO()
    pq.write_table(table, buffer)
    return buffer.getvalue()
