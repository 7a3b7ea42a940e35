"""The store as the other rooms see it: open it, ask it, hand it what is to be kept."""

from collections.abc import Callable, Collection
from datetime import date, datetime
from typing import Self

import pandas as pd
from pydantic import JsonValue

from scorecard.store import catalogues, frames, observations, report_layouts
from scorecard.store.audit import audit_log
from scorecard.store.board_packs import BoardPacks
from scorecard.store.compare_figures import CHANGE_COLUMNS, compare
from scorecard.store.connection import Database, connect
from scorecard.store.people.commentary import Commentary
from scorecard.store.people.credentials import Credentials
from scorecard.store.people.decisions import Decisions
from scorecard.store.received import extract_queries, extracts, read_tables, withdrawals
from scorecard.store.received.editions import Editions
from scorecard.store.received.extracts import Receipt, Submission, Withdrawal
from scorecard.store.received.read_tables import ReadTable, SentFiles
from scorecard.store.safekeeping import clock
from scorecard.store.safekeeping.clock import Mended
from scorecard.store.trail import Trail
from scorecard.store.values.timestamps import current_time, from_micros, to_micros


class _OnlyLooked(Exception):
    """Rolls back what was only tried."""


def open_store(url: str, *, busy_timeout: float | None = None, now: Callable[[], datetime] = current_time) -> "Store":
    """Open the store at an SQLAlchemy URL, such as sqlite:///data/scorecard.db; a missing file is made.

    `busy_timeout`: seconds to wait for another writer, else the URL's `?timeout=`, else 5. `?mode=ro`: read. `now`: the
    clock by which a last change lies in the future, and changes are refused.
    Raises StoreUnreachable, NotAStore (NewerStore), StoreLocked, StoreReadOnly (an older store that can't be
    brought up to date) or StoreFull; the file is untouched then.
    """
    return Store(connect(url, busy_timeout), now)


class Store(BoardPacks):
    """An open store; a context manager. Safe to share between threads.

    Every method may raise StoreUnavailableError (see errors.py) with a message for people; those that change
    something raise StoreReadOnly, StoreLocked or StoreFull, and the store is then as it was. Moments are aware
    datetimes; `as_known_at=None` is now.
    """

    def __init__(self, database: Database, now: Callable[[], datetime] = current_time) -> None:
        self._database = database
        self._now = now
        database.before_writing = lambda connection: clock.require_not_behind(connection, now())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()

    @property
    def where(self) -> str:
        """The store's address as people may read it."""
        return self._database.where

    @property
    def read_only(self) -> bool:
        """Whether changes will be refused."""
        return self._database.read_only

    def warnings(self) -> list[str]:
        """Plain sentences about where the store is kept that its owner should read; usually none."""
        return self._database.warnings()

    # Figures

    def observations(
        self,
        as_known_at: datetime | None = None,
        measure_ids: Collection[str] | None = None,
        areas: Collection[str] | None = None,
        from_period: date | None = None,
        to_period: date | None = None,
    ) -> pd.DataFrame:
        """The figures in force at a moment, in OBSERVATION_COLUMNS, sorted by measure, area, period, months.

        `from_period` and `to_period` are any day in the first and the last month wanted.
        """
        with self._database.reading() as connection:
            query = observations.statement(as_known_at, measure_ids, areas, from_period, to_period)
            return observations.select_known(connection, query)

    def history(self, measure_id: str, area: str | None = None) -> pd.DataFrame:
        """Every version of every figure of a measure: OBSERVATION_COLUMNS and recorded_to (NaT: in force)."""
        with self._database.reading() as connection:
            return observations.history(connection, measure_id, area)

    def versions(self, area: str) -> pd.DataFrame:
        """Every version of every figure of an area: OBSERVATION_COLUMNS and recorded_to (NaT: in force)."""
        with self._database.reading() as connection:
            return observations.history(connection, None, area)

    def origin(self) -> str | None:
        """Where the store's first extract said that its figures are from; None in an empty store."""
        with self._database.reading() as connection:
            return observations.origin(connection)

    def last_change(self) -> datetime | None:
        """The moment of the last submission, withdrawal or change of catalogue; None in an empty store."""
        with self._database.reading() as connection:
            micros = extracts.last_timestamp(connection)
        return None if micros is None else from_micros(micros)

    def version(self) -> str:
        """What names the state that the store is in, in one small query: another after every act, of any process, that
        changes what it holds; the same after a sign-in, or a file that was handed out.
        """
        with self._database.asking() as connection:
            return audit_log.last(connection)

    def had(self, version: str) -> bool:
        """Whether this store was in that state: another store, or an older copy put in its place, never was."""
        with self._database.reading() as connection:
            return audit_log.is_version(connection, version)

    def first_load(self) -> datetime | None:
        """The moment of the first submission; None where nothing was ever submitted."""
        with self._database.reading() as connection:
            micros = extracts.first_timestamp(connection)
        return None if micros is None else from_micros(micros)

    # Extracts

    def compare(self, reported: pd.DataFrame, elsewhere: pd.DataFrame | None = None) -> pd.DataFrame:
        """What submitting these observations now would change, in CHANGE_COLUMNS. Nothing is stored."""
        figures, others = frames.incoming(reported), _beside(elsewhere)
        with self._database.reading() as connection:
            before = observations.for_figures(connection, figures)
        return compare(extracts.with_figures_elsewhere(before, others), figures)

    def extract_holding(self, sha256: str, reported: pd.DataFrame) -> int | None:
        """The extract, not withdrawn, of a file of exactly this sha256 and figures; None if there is none.

        `reported`: the figures that were read of the file: another sheet or another layout may read others of it.
        """
        figures = frames.incoming(reported)
        with self._database.reading() as connection:
            return extracts.extract_holding(connection, sha256, figures)

    def submit(
        self,
        submission: Submission,
        reported: pd.DataFrame,
        elsewhere: pd.DataFrame | None = None,
        unless_changed_since: datetime | None = None,
        written: Callable[[int], None] | None = None,
    ) -> Receipt:
        """Keep an extract and its observations, all or nothing, and say what it changed.

        `reported`: measure_id, area, period_end, months, value and if there numerator, denominator, symbol,
        note, origin ('extract' where absent); further columns are ignored. `elsewhere`: figures known from
        elsewhere (the catalogue's), against which those are compared that the store doesn't hold. The same
        bytes and figures again, while that extract isn't withdrawn, write nothing. `unless_changed_since`: the last
        change that whoever says yes has seen. `written`: called with how many observations are written so far,
        while nothing is kept yet. Raises ValueError for a frame that isn't fit to be stored, and StoreChanged where
        there was a later change.
        """
        figures, others = frames.incoming(reported), _beside(elsewhere)
        with self._database.writing() as connection:
            extracts.require_unchanged(connection, unless_changed_since)
            return extracts.submit(connection, submission, figures, others, written)

    def withdraw(
        self, extract_id: int, who: str, when: datetime, reason: str, unless_changed_since: datetime | None = None
    ) -> Withdrawal:
        """Take an extract back: of each figure that it had in force, the latest extract not withdrawn counts.

        `unless_changed_since`: the last change that whoever says yes has seen. Raises UnknownExtract, AlreadyWithdrawn,
        and StoreChanged where there was a later change.
        """
        with self._database.writing() as connection:
            extracts.require_unchanged(connection, unless_changed_since)
            return withdrawals.withdraw(connection, extract_id, who, when, reason)

    def withdrawal_of(self, extract_id: int, when: datetime) -> pd.DataFrame:
        """What taking an extract back would change, in CHANGE_COLUMNS: done and undone, so that nothing is changed.

        Raises UnknownExtract and AlreadyWithdrawn.
        """
        changes = pd.DataFrame(columns=CHANGE_COLUMNS)
        try:
            with self._database.writing() as connection:
                changes = withdrawals.withdraw(connection, extract_id, "", when, "").changes
                raise _OnlyLooked
        except _OnlyLooked:
            return changes

    def extracts(self, as_known_at: datetime | None = None) -> pd.DataFrame:
        """The extracts sent by a moment, oldest first, in EXTRACT_COLUMNS; withdrawn_at is NaT for a standing one."""
        with self._database.reading() as connection:
            return extract_queries.listing(connection, as_known_at)

    def accepted(self, extract_ids: Collection[int], naming: str | None = None) -> list[dict[str, JsonValue]]:
        """The warnings that were accepted with these extracts, latest extract first, each with its `extract_id`.

        `naming`: only of extracts that have a warning with this text (a measure's id).
        """
        with self._database.reading() as connection:
            return extract_queries.accepted(connection, extract_ids, naming)

    def read_table(self, extract_id: int) -> ReadTable | None:
        """What was read of an extract; None where its file is kept as sent. Raises UnknownExtract, StoreDamaged."""
        with self._database.reading() as connection:
            return read_tables.get(connection, extract_id, self._database.where)

    @property
    def sent_files(self) -> SentFiles:
        """The files that an older version kept as they were sent."""
        return SentFiles(self._database)

    def first_sent(self, source: str, area: str, first: date, last: date) -> pd.DataFrame:
        """By which of a source's standing extracts each figure of an area was sent first, of a range of months.

        Columns: measure_id, period_end, extract_id.
        """
        with self._database.reading() as connection:
            return extract_queries.first_sent(connection, source, area, *map(frames.month_number, (first, last)))

    def measures_known(self, area: str, month: date) -> frozenset[str]:
        """The measures of which an area has a figure or a symbol in force for a month."""
        with self._database.reading() as connection:
            return extract_queries.measures_known(connection, area, frames.month_number(month))

    def extract_changes(self, extract_id: int, elsewhere: pd.DataFrame | None = None) -> pd.DataFrame:
        """What a submission changed when it was made, in CHANGE_COLUMNS. Raises UnknownExtract."""
        others = _beside(elsewhere)
        with self._database.reading() as connection:
            before, after = extract_queries.before_and_after(connection, extract_id)
        return compare(extracts.with_figures_elsewhere(before, others), after)

    @property
    def editions(self) -> Editions:
        """The published figures, and the files they came from."""
        return Editions(self._database)

    @property
    def commentary(self) -> Commentary:
        """What is said of the figures."""
        return Commentary(self._database)

    @property
    def decisions(self) -> Decisions:
        """What boards asked and decided."""
        return Decisions(self._database)

    @property
    def credentials(self) -> Credentials:
        """Tokens of programs, and sign-ins that are over."""
        return Credentials(self._database)

    # Catalogues

    def figure_counts(self, measure_ids: Collection[str]) -> dict[str, int]:
        """How many figures in force each of these measures has, of any area; those without one are left out."""
        with self._database.reading() as connection:
            return observations.counts(connection, measure_ids)

    def keep_catalogue(
        self, content: bytes, when: datetime, who: str, accepted: dict[str, JsonValue] | None = None
    ) -> bool:
        """Put a catalogue in force. False, and nothing is written, where it is the one in force already.

        accepted: what somebody said yes to, and why; kept with the act.
        """
        with self._database.reading() as connection:
            if catalogues.is_in_force(connection, content):
                return False
        with self._database.writing() as connection:
            return catalogues.keep(connection, content, when, who, accepted)

    def catalogue_at(self, as_known_at: datetime | None = None) -> bytes | None:
        """The catalogue in force at a moment; None before the first."""
        with self._database.reading() as connection:
            return catalogues.content_at(connection, as_known_at, self._database.where)

    def catalogues(self) -> list[bytes]:
        """Every catalogue that was put in force, the latest first."""
        with self._database.reading() as connection:
            return catalogues.contents(connection, self._database.where)

    # Layouts

    def keep_layout(self, name: str, content: bytes, who: str, when: datetime) -> int:
        """Keep how a source's report is laid out, as the next version of its name, and return the version.

        The same content as the version in use writes nothing.
        """
        with self._database.writing() as connection:
            return report_layouts.keep(connection, name, content, who, when)

    def stop_layout(self, name: str, who: str, when: datetime) -> None:
        """Use a layout no longer; its versions stay. Raises UnknownLayout."""
        with self._database.writing() as connection:
            report_layouts.stop(connection, name, who, when)

    def layouts(self) -> pd.DataFrame:
        """Every version of every layout, and where one went out of use, oldest first, in LAYOUT_COLUMNS."""
        with self._database.reading() as connection:
            return report_layouts.listing(connection)

    def layout(self, name: str, version: int | None = None) -> bytes:
        """A layout's content: the version in use, or the one asked for. Raises UnknownLayout."""
        with self._database.reading() as connection:
            return report_layouts.content(connection, name, version, self._database.where)

    # Safekeeping

    def mend_clock(self, who: str, reason: str) -> Mended:
        """Move what is recorded in the future to just before now, as an act that keeps every moment as it was.

        Raises NothingToMend.
        """
        with self._database.writing(checked=False) as connection:
            return clock.mend(connection, who, self._now(), reason)

    # Acts

    @property
    def trail(self) -> Trail:
        """Every act, to be searched and proved."""
        return Trail(self._database)

    def keep_act(self, who: str, when: datetime, what: str, subject: str, detail: dict[str, JsonValue]) -> None:
        """Keep an act that changes nothing else in the store, such as one that was refused."""
        with self._database.writing(checked=False) as connection:
            audit_log.record(connection, to_micros(when), who, what, subject, detail)

    def acts(self) -> pd.DataFrame:
        """Every act in its order, in ACT_COLUMNS: who did what to what, and when."""
        with self._database.reading() as connection:
            return audit_log.listing(connection)


def _beside(frame: pd.DataFrame | None) -> pd.DataFrame:
    return frames.incoming(frames.from_rows([], frames.OBSERVATION_COLUMNS) if frame is None else frame)
