"""Questions about observations: as known now, as known then, and every version of a figure."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, Connection, Select, func, select

from scorecard.store import frames
from scorecard.store.schema import observations as table
from scorecard.store.values.timestamps import OPEN, to_micros

# Above so many months a range is asked for, not a list: each month of a list is looked up by itself.
MOST_MONTHS = 600
_ORDER = (table.c.measure_id, table.c.area, table.c.month, table.c.months)
_OUT = {"period_end": "month"}


def known(at: datetime | None) -> ColumnElement[bool]:
    """The rows in force at a moment; now, where none is given."""
    if at is None:
        return table.c.recorded_to == OPEN
    micros = to_micros(at)
    return (table.c.recorded_from <= micros) & (table.c.recorded_to > micros)


def statement(
    as_known_at: datetime | None = None,
    measure_ids: Collection[str] | None = None,
    areas: Collection[str] | None = None,
    from_period: date | None = None,
    to_period: date | None = None,
) -> Select[Any]:
    """The question of `select_known`, as SQL."""
    query = select(*columns(frames.OBSERVATION_COLUMNS)).where(known(as_known_at))
    if measure_ids is not None:
        query = query.where(table.c.measure_id.in_(list(measure_ids)))
    if areas is not None:
        query = query.where(table.c.area.in_(list(areas)))
    return query.where(*_between(from_period, to_period)).order_by(*_ORDER)


def select_known(connection: Connection, query: Select[Any]) -> pd.DataFrame:
    """The answer to a query of OBSERVATION_COLUMNS, as a frame of them."""
    return frames.from_rows(connection.execute(query).all(), frames.OBSERVATION_COLUMNS)


def for_figures(connection: Connection, wanted: pd.DataFrame) -> pd.DataFrame:
    """The figures in force for the measures and months of `wanted`, of whatever areas.

    wanted: measure_id, period_end. Returns observation_id and OBSERVATION_COLUMNS.
    """
    names = ["observation_id", *frames.OBSERVATION_COLUMNS]
    if wanted.empty:
        return frames.from_rows([], names)
    months = frames.month_numbers(wanted["period_end"]).unique().tolist()
    query = select(*columns(names)).where(
        known(None), table.c.month.in_(months), table.c.measure_id.in_(wanted["measure_id"].unique().tolist())
    )
    return frames.from_rows(connection.execute(query).all(), names)


def history(connection: Connection, measure_id: str | None, area: str | None) -> pd.DataFrame:
    """Every version of every figure of a measure, or of all, with recorded_to, oldest version first in a figure."""
    names = [*frames.OBSERVATION_COLUMNS, "recorded_to"]
    query = select(*columns(names))
    if measure_id is not None:
        query = query.where(table.c.measure_id == measure_id)
    if area is not None:
        query = query.where(table.c.area == area)
    query = query.order_by(*_ORDER, table.c.recorded_from)
    return frames.from_rows(connection.execute(query).all(), names)


def of_extract(connection: Connection, extract_id: int, sent: int) -> pd.DataFrame:
    """What an extract reported, as an observation frame. sent: its moment; what was put back later isn't its report."""
    return select_where(connection, table.c.extract_id == extract_id, table.c.recorded_from == sent)


def select_where(connection: Connection, *which: ColumnElement[bool]) -> pd.DataFrame:
    """The rows that fulfil all of some conditions, in force or not: OBSERVATION_COLUMNS, in no particular order."""
    query = select(*columns(frames.OBSERVATION_COLUMNS)).where(*which)
    return frames.from_rows(connection.execute(query).all(), frames.OBSERVATION_COLUMNS)


def counts(connection: Connection, measure_ids: Collection[str]) -> dict[str, int]:
    """How many figures in force each of these measures has; those without one are left out."""
    query = (
        select(table.c.measure_id, func.count())
        .where(known(None), table.c.measure_id.in_(list(measure_ids)))
        .group_by(table.c.measure_id)
    )
    return {str(measure_id): int(count) for measure_id, count in connection.execute(query)}


def origin(connection: Connection) -> str | None:
    """The origin of the first figure of the first extract; None in an empty store."""
    first = select(table.c.origin).order_by(table.c.extract_id).limit(1)
    return connection.execute(first).scalar()


def columns(names: list[str]) -> list[ColumnElement[Any]]:
    """What to select for columns of the observation frame."""
    return [table.c[_OUT.get(name, name)] for name in names]


def _between(first: date | None, last: date | None) -> list[ColumnElement[bool]]:
    start, end = _month(first), _month(last)
    if start is not None and end is not None:
        months = [month for month in range(start, end + 1) if 1 <= month % 100 <= 12]
        if len(months) <= MOST_MONTHS:
            return [table.c.month.in_(months)]
    bounds = []
    if start is not None:
        bounds.append(table.c.month >= start)
    if end is not None:
        bounds.append(table.c.month <= end)
    return bounds


def _month(period: date | None) -> int | None:
    return None if period is None else period.year * 100 + period.month
