"""Editions of published files: kept, superseded cell by cell, taken back. Beside the local figures, never among them.

A cell is one figure of one area and period. Of the editions that print it, not withdrawn, the newest is in force,
whichever was loaded last; what an edition no longer prints stays as the one before had it.
"""

import json
from collections.abc import Callable, Collection
from datetime import datetime
from typing import Any

import numpy as np
import pandas as pd
from pydantic import BaseModel, ConfigDict
from sqlalchemy import Connection, Select, and_, insert, select, update

from scorecard.store import frames
from scorecard.store.audit import audit_log
from scorecard.store.compare_figures import CHANGE_COLUMNS, compare, counts
from scorecard.store.connection import Database
from scorecard.store.frames import KEY
from scorecard.store.received.extracts import (
    FIGURE_KEY,
    Receipt,
    Submission,
    add_extract,
    next_timestamp,
    put_back,
    require_unchanged,
)
from scorecard.store.schema import editions, extracts, withdrawals
from scorecard.store.schema import published_figures as table
from scorecard.store.values.many_rows import add_rows, close_rows
from scorecard.store.values.timestamps import OPEN, from_micros, to_micros

PUBLISHED_COLUMNS = [*KEY, "value", "symbol", "edition", "extract_id", "recorded_from"]
EDITION_COLUMNS = [
    "extract_id", "file_name", "sha256", "publications", "edition", "published", "who", "submitted_at", "rows", "new",
    "revised", "unchanged", "dropped", "withdrawn_at", "withdrawn_by", "withdrawn_reason",
]  # fmt: skip
_KEPT = ["extract_id", *FIGURE_KEY, "value", "symbol", "edition"]


class EditionOf(BaseModel):
    """Which edition a file is. publications: the data sets' ids. edition: the day that orders it, as 20251120.

    published: the day it was published, where that was said. dropped: figures in force that it no longer prints.
    """

    model_config = ConfigDict(frozen=True)

    publications: tuple[str, ...]
    edition: int
    published: int | None = None
    dropped: int = 0


class Editions:
    """The published figures of a store, and the files they came from."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def figures(self, figure_ids: Collection[str] | None = None, as_known_at: datetime | None = None) -> pd.DataFrame:
        """The published figures in force at a moment, in PUBLISHED_COLUMNS; measure_id is the published figure's id."""
        with self._database.reading() as connection:
            return _frame(connection, _in_force(figure_ids, as_known_at))[PUBLISHED_COLUMNS]

    def printed(
        self, figure_ids: Collection[str], areas: Collection[str], ends: pd.Series, as_known_at: datetime | None = None
    ) -> pd.DataFrame:
        """What every edition that stands prints of areas and periods, in force or not, in PUBLISHED_COLUMNS.

        Of a few areas: this, unlike what is in force, grows with every edition. ends: of the periods; naming them lets
        the database go straight to the cells. as_known_at: None is now.
        """
        stands = table.c.extract_id.not_in(select(withdrawals.c.extract_id))
        known = [] if as_known_at is None else [table.c.recorded_from <= to_micros(as_known_at)]
        with self._database.reading() as connection:
            months = sorted(set(frames.month_numbers(ends)))
            cells = [table.c.measure_id.in_(list(figure_ids)), table.c.month.in_(months), table.c.area.in_(list(areas))]
            return _frame(connection, _rows(and_(*cells, stands, *known)))[PUBLISHED_COLUMNS]

    def changes(self, reported: pd.DataFrame, edition: int, elsewhere: pd.DataFrame | None = None) -> pd.DataFrame:
        """What storing these figures as an edition would change, in CHANGE_COLUMNS. Nothing is stored.

        kind: new, revised, unchanged, or older where a later edition prints the cell. old_extract_id: that one's.
        elsewhere: figures of editions that are known without being stored, in PUBLISHED_COLUMNS.
        """
        with self._database.reading() as connection:
            known = _frame(connection, _in_force(_ids(reported)))
        return _changes(newest_edition(elsewhere, known), _incoming(reported), edition)

    def extract_holding(self, sha256: str, reported: pd.DataFrame, edition: int) -> int | None:
        """The extract, not withdrawn, of a file of exactly this sha256, edition and figures; None if there is none."""
        with self._database.reading() as connection:
            return _held(connection, sha256, _incoming(reported), edition)

    def submit(
        self, submission: Submission, edition_of: EditionOf, reported: pd.DataFrame,
        elsewhere: pd.DataFrame | None = None, unless_changed_since: datetime | None = None,
        written: Callable[[int], None] | None = None,
    ) -> Receipt:  # fmt: skip
        """Keep a published file as an edition, all or nothing, and say what it changed.

        reported: measure_id (the published figure's id), area, period_end, months, value, symbol. elsewhere: as for
        `changes`. Raises ValueError for a frame that isn't fit to be stored, and StoreChanged where there was a later
        change than whoever says yes saw.
        """
        figures = _incoming(reported)
        with self._database.writing() as connection:
            require_unchanged(connection, unless_changed_since)
            return _submit(connection, submission, edition_of, figures, elsewhere, written)

    def listing(self) -> pd.DataFrame:
        """Every edition that was loaded, oldest first, in EDITION_COLUMNS; withdrawn_at is NaT for a standing one."""
        with self._database.reading() as connection:
            rows = [*map(tuple, connection.execute(_listed()).all())]
        frame = pd.DataFrame(rows, columns=EDITION_COLUMNS)
        for name in ("submitted_at", "withdrawn_at"):
            frame[name] = frames.timestamps([OPEN if pd.isna(at) else int(at) for at in frame[name].astype(object)])
        return frame.assign(publications=frame["publications"].map(lambda text: tuple(json.loads(text))))


def newest_edition(*sources: pd.DataFrame | None) -> pd.DataFrame:
    """Frames of published figures as one: of each cell the row of the newest edition; of equal ones, the last frame's.

    Sorted by cell.
    """
    parts = [frame for frame in sources if frame is not None and len(frame)]
    if not parts:
        return next(frame for frame in sources if frame is not None)
    together = pd.concat(parts, ignore_index=True).sort_values("edition", kind="stable")
    return together.drop_duplicates(KEY, keep="last").sort_values(KEY, ignore_index=True)


def is_edition(connection: Connection, extract_id: int) -> bool:
    """Whether an extract is an edition of a published file."""
    return (
        connection.execute(select(editions.c.extract_id).where(editions.c.extract_id == extract_id)).first() is not None
    )


def printed_by(connection: Connection, extract_id: int, sent: int) -> pd.DataFrame:
    """What an edition printed, in PUBLISHED_COLUMNS. sent: its moment."""
    printed = (table.c.extract_id == extract_id) & (table.c.recorded_from == sent)
    return _frame(connection, _rows(printed))[PUBLISHED_COLUMNS]


def withdraw(connection: Connection, extract_id: int, at: int) -> pd.DataFrame:
    """Close what an edition has in force, and put back what the newest other edition says; in CHANGE_COLUMNS."""
    closing = (table.c.extract_id == extract_id) & (table.c.recorded_to == OPEN)
    connection.execute(update(table).where(closing).values(recorded_to=at))
    put_back(connection, table, _KEPT, ["edition", "extract_id", "published_figure_id"], extract_id, at)
    was = (table.c.extract_id == extract_id) & (table.c.recorded_to == at) & (table.c.recorded_from < at)
    before = _comparable(_frame(connection, _rows(was)))
    after = _comparable(_frame(connection, _rows((table.c.recorded_from == at) & (table.c.recorded_to == OPEN))))
    changes = compare(before, after)
    gone = before.merge(after[KEY], on=KEY, how="left", indicator="found").query("found == 'left_only'")
    if gone.empty:
        return changes
    nothing = gone.assign(value=np.nan, symbol=pd.array([pd.NA] * len(gone), dtype="str"))
    removed = compare(gone, nothing).assign(kind="removed")
    both = [part for part in (changes, removed) if len(part)]
    return pd.concat(both, ignore_index=True)[CHANGE_COLUMNS].sort_values(KEY, ignore_index=True)


def _submit(
    connection: Connection, sent: Submission, edition_of: EditionOf, reported: pd.DataFrame,
    elsewhere: pd.DataFrame | None, written: Callable[[int], None] | None,
) -> Receipt:  # fmt: skip
    holder = _held(connection, sent.sha256, reported, edition_of.edition)
    if holder is not None:
        row = connection.execute(select(extracts).where(extracts.c.extract_id == holder)).one()
        return Receipt(
            extract_id=holder, already_held=True, recorded_at=from_micros(row.recorded_from), new=0, revised=0,
            unchanged=row.rows, changes=_changes(reported.iloc[:0], reported.iloc[:0], edition_of.edition),
        )  # fmt: skip
    at = next_timestamp(connection, sent.when)
    before = _frame(connection, _in_force(_ids(reported)))
    changes = _changes(newest_edition(elsewhere, before), reported, edition_of.edition)
    in_store = _changes(before, reported, edition_of.edition)
    older = reported.merge(in_store.loc[in_store["kind"] == "older", KEY], on=KEY, how="left", indicator="found")
    stays_behind = (older["found"] == "both").to_numpy()
    superseded = before.merge(reported.loc[~stays_behind, KEY], on=KEY)["published_figure_id"]
    edition = edition_of.model_dump(exclude={"publications"}) | {"publications": json.dumps(edition_of.publications)}
    extract_id, kept_sha256 = add_extract(connection, sent, at, changes, edition)
    connection.execute(insert(editions).values(edition | {"extract_id": extract_id}))
    close_rows(connection, table.c.published_figure_id, superseded.tolist(), at)
    rows = reported.assign(
        month=frames.month_numbers(reported["period_end"]), extract_id=extract_id, edition=edition_of.edition,
        recorded_from=at, recorded_to=np.where(stays_behind, at, OPEN),
    ).drop(columns="period_end")  # fmt: skip
    add_rows(connection, table, rows, written)
    detail = {
        "file_name": sent.file_name,
        "sha256": sent.sha256,
        "edition": edition_of.edition,
        "kept_sha256": kept_sha256,
    }
    detail |= counts(changes)
    audit_log.record(connection, at, sent.who, "imported", f"extract {extract_id}", detail)
    return Receipt(
        extract_id=extract_id, already_held=False, recorded_at=from_micros(at), changes=changes, **counts(changes)
    )


def _held(connection: Connection, sha256: str, reported: pd.DataFrame, edition: int) -> int | None:
    query = (
        select(extracts.c.extract_id, extracts.c.recorded_from)
        .join(editions, editions.c.extract_id == extracts.c.extract_id)
        .where(extracts.c.sha256 == sha256, editions.c.edition == edition)
        .where(extracts.c.extract_id.not_in(select(withdrawals.c.extract_id)))
        .order_by(extracts.c.extract_id.desc())
    )
    for extract_id, sent in connection.execute(query).all():
        own = printed_by(connection, extract_id, sent)
        if len(own) == len(reported) and compare(_comparable(own), _comparable(reported))["kind"].eq("unchanged").all():
            return int(extract_id)
    return None


def _changes(before: pd.DataFrame, reported: pd.DataFrame, edition: int) -> pd.DataFrame:
    """How figures differ from those in force; 'older' where an edition later than theirs prints the cell."""
    changes = compare(_comparable(before), _comparable(reported))
    later = before.loc[before["edition"] > edition, KEY] if len(before) else before.reindex(columns=KEY)
    if later.empty:
        return changes
    in_both = changes[KEY].merge(later, on=KEY, how="left", indicator="found")["found"] == "both"
    return changes.assign(kind=changes["kind"].mask(in_both.to_numpy(), "older"))


def _comparable(frame: pd.DataFrame) -> pd.DataFrame:
    """Published figures with the columns that every figure is compared by."""
    more: dict[str, Any] = {"numerator": np.nan, "denominator": np.nan}
    if "extract_id" not in frame.columns:
        more |= {"extract_id": pd.array([pd.NA] * len(frame), dtype="Int64"), "recorded_from": pd.NaT}
    return frame.assign(**more)


def _incoming(reported: pd.DataFrame) -> pd.DataFrame:
    """What a caller hands in, checked. Raises ValueError, as frames.incoming does."""
    symbol_texts = reported["symbol"].astype("str")
    symbols = symbol_texts.mask(symbol_texts == "")
    figures = frames.incoming(reported.assign(origin="published", symbol=symbols))
    return figures[[*KEY, "value", "symbol"]]


def _ids(reported: pd.DataFrame) -> list[str]:
    return sorted(reported["measure_id"].unique().tolist())


def _in_force(figure_ids: Collection[str] | None, at: datetime | None = None) -> Select[Any]:
    if at is None:
        known = table.c.recorded_to == OPEN
    else:
        micros = to_micros(at)
        known = (table.c.recorded_from <= micros) & (table.c.recorded_to > micros)
    if figure_ids is not None:
        known = table.c.measure_id.in_(list(figure_ids)) & known
    return _rows(known)


def _rows(which: Any) -> Select[Any]:
    names = ["published_figure_id", *PUBLISHED_COLUMNS]
    return select(*[table.c["month" if name == "period_end" else name] for name in names]).where(which)


def _frame(connection: Connection, query: Select[Any]) -> pd.DataFrame:
    return frames.from_rows(connection.execute(query).all(), ["published_figure_id", *PUBLISHED_COLUMNS])


def _listed() -> Select[Any]:
    own = {name: editions.c[name] for name in ("publications", "edition", "published", "dropped")}
    own |= {
        "submitted_at": extracts.c.recorded_from, "withdrawn_at": withdrawals.c.recorded_from,
        "withdrawn_by": withdrawals.c.who, "withdrawn_reason": withdrawals.c.reason,
    }  # fmt: skip
    joined = extracts.join(editions, editions.c.extract_id == extracts.c.extract_id).outerjoin(
        withdrawals, withdrawals.c.extract_id == extracts.c.extract_id
    )
    columns = [own[name] if name in own else extracts.c[name] for name in EDITION_COLUMNS]
    return select(*columns).select_from(joined).order_by(extracts.c.extract_id)
