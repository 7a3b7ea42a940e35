"""Whether each figure counted from when to when, as what came and what was taken back says.

A version counts from the moment of its extract until the next version of the same figure comes, or its extract is taken
back; then the latest other one is put back, as it was reported (extracts.py, withdrawals.py, editions.py).
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Table,
    and_,
    case,
    exists,
    func,
    inspect,
    or_,
    select,
    true,
)

from scorecard.store.schema import acts, editions, extracts, observations, published_figures, withdrawals
from scorecard.store.values.timestamps import OPEN

KEY = ("measure_id", "area", "month", "months")


@dataclass(frozen=True)
class _Figures:
    """A table of versions. said: what is put back as it was reported. latest: by what the latest one is told."""

    table: Table
    said: tuple[str, ...]
    latest: tuple[str, ...]


_LOCAL = _Figures(observations, ("value", "numerator", "denominator", "symbol", "note", "origin"), ("extract_id",))
_PUBLISHED = _Figures(published_figures, ("value", "symbol", "edition"), ("edition", "extract_id"))


def versions(connection: Connection) -> list[str]:
    """What is otherwise, in plain words, by extract; none where all is as it was."""
    there = set(inspect(connection).get_table_names())
    lines = [
        f"Extract {extract_id} has {count:,} {'figure' if count == 1 else 'figures'} that {fault}."
        for figures in (_LOCAL, _PUBLISHED)
        if figures.table.name in there
        for extract_id, count, fault in _of_table(connection, figures)
    ]
    if editions.name in there:
        lines += _other_editions(connection)
    return [*lines, *_other_origins(connection), *_restored(connection, there)]


def _of_table(connection: Connection, figures: _Figures) -> Iterator[tuple[int, int, str]]:
    for fault, query in (
        ("count from or to another moment than what came and was taken back says", _moments(figures)),
        ("were put back otherwise than they were reported", _put_back_otherwise(figures)),
        ("were put back though a later one stood", _not_the_latest(figures)),
    ):
        by_extract = query.subquery()
        counted = select(by_extract.c.extract_id, func.count()).group_by(by_extract.c.extract_id)
        for extract_id, count in connection.execute(counted.order_by(by_extract.c.extract_id)):
            yield extract_id, count, fault


def _moments(figures: _Figures) -> Any:
    """The versions whose end isn't the first of: the next version, their extract's withdrawal, never.

    One that a newer edition had overtaken before it came ended as it came. A version begins with its extract, or when
    another was taken back.
    """
    table = figures.table
    overtaken = table.c.recorded_to == table.c.recorded_from
    turn = func.lead(table.c.recorded_from).over(
        partition_by=[*[table.c[name] for name in KEY], case((overtaken, 1), else_=0)],
        order_by=[table.c.recorded_from, *table.primary_key.columns],
    )
    row = select(table.c.extract_id, table.c.recorded_from, table.c.recorded_to, turn.label("next")).subquery()
    joined = row.join(extracts, extracts.c.extract_id == row.c.extract_id).outerjoin(
        withdrawals, withdrawals.c.extract_id == row.c.extract_id
    )
    following, taken_back = func.coalesce(row.c.next, OPEN), func.coalesce(withdrawals.c.recorded_from, OPEN)
    ends = case((following < taken_back, following), else_=taken_back)
    begins = or_(
        row.c.recorded_from == extracts.c.recorded_from,
        row.c.recorded_from.in_(select(withdrawals.c.recorded_from)),
    )
    is_overtaken = row.c.recorded_to == row.c.recorded_from
    return (
        select(row.c.extract_id)
        .select_from(joined)
        .where(or_(~begins, and_(~is_overtaken if figures is _PUBLISHED else true(), row.c.recorded_to != ends)))
    )


def _same(one: FromClause, other: FromClause, names: Sequence[str]) -> ColumnElement[bool]:
    return and_(*[one.c[name].is_not_distinct_from(other.c[name]) for name in names])


def _again(figures: _Figures) -> tuple[FromClause, FromClause, ColumnElement[bool]]:
    """The versions that were put back, the others, and how those that are of the same figure are told."""
    again, other = figures.table.alias("again"), figures.table.alias("other")
    return again, other, and_(*[again.c[name] == other.c[name] for name in KEY])


def _put_back_otherwise(figures: _Figures) -> Any:
    again, other, of_it = _again(figures)
    own = and_(other.c.extract_id == again.c.extract_id, other.c.recorded_from == extracts.c.recorded_from)
    reported = exists().where(of_it, own, _same(again, other, figures.said))
    return (
        select(again.c.extract_id)
        .select_from(again.join(extracts, extracts.c.extract_id == again.c.extract_id))
        .where(again.c.recorded_from != extracts.c.recorded_from, ~reported)
    )


def _not_the_latest(figures: _Figures) -> Any:
    again, other, of_it = _again(figures)
    gone = select(withdrawals.c.extract_id).where(withdrawals.c.recorded_from <= again.c.recorded_from)
    later = exists().where(
        of_it,
        other.c.recorded_from < again.c.recorded_from,
        _after(other, again, figures.latest),
        other.c.extract_id.not_in(gone),
    )
    return (
        select(again.c.extract_id)
        .select_from(again.join(extracts, extracts.c.extract_id == again.c.extract_id))
        .where(again.c.recorded_from != extracts.c.recorded_from, later)
    )


def _after(one: FromClause, other: FromClause, names: Sequence[str]) -> ColumnElement[bool]:
    """Whether one row comes after another by some columns, the weightiest first."""
    first, *rest = names
    greater = one.c[first] > other.c[first]
    return or_(greater, and_(one.c[first] == other.c[first], _after(one, other, rest))) if rest else greater


def _other_editions(connection: Connection) -> Iterator[str]:
    of_it = published_figures.join(editions, editions.c.extract_id == published_figures.c.extract_id)
    query = select(published_figures.c.extract_id).select_from(of_it).distinct()
    for which in connection.execute(query.where(published_figures.c.edition != editions.c.edition)).scalars():
        yield f"Figures of extract {which} are of another edition than it is."
    strange = select(published_figures.c.extract_id).where(
        published_figures.c.extract_id.not_in(select(editions.c.extract_id))
    )
    for which in connection.execute(strange.distinct()).scalars():
        yield f"Published figures are kept of extract {which}, which is no edition."


def _other_origins(connection: Connection) -> Iterator[str]:
    """Real figures and invented ones never share a store."""
    known = connection.execute(select(observations.c.origin).distinct().order_by(observations.c.origin)).scalars().all()
    if len(known) > 1:
        yield f"Figures of more than one origin are kept: {', '.join(known)}."


def _restored(connection: Connection, there: set[str]) -> Iterator[str]:
    """The withdrawals after which more or fewer figures were put back than their act records."""
    query = select(acts.c.subject, acts.c.detail).where(acts.c.what == "withdrew")
    for subject, detail in connection.execute(query.order_by(acts.c.act_id)):
        which = int(subject.removeprefix("extract "))
        moment = select(withdrawals.c.recorded_from).where(withdrawals.c.extract_id == which).scalar_subquery()
        count = sum(
            connection.execute(
                select(func.count())
                .select_from(figures.table)
                .where(figures.table.c.recorded_from == moment, figures.table.c.extract_id != which)
            ).scalar_one()
            for figures in (_LOCAL, _PUBLISHED)
            if figures.table.name in there
        )
        if count != json.loads(detail).get("restored", count):
            yield f"After extract {which} was taken back {count:,} figures were put back, and its act tells of others."
