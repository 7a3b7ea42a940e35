"""A store in PostgreSQL: its transactions, and whatever else is peculiar to it."""

from __future__ import annotations

import time
from collections.abc import Hashable, Iterator
from contextlib import contextmanager

from sqlalchemy import URL, Connection, text
from sqlalchemy.exc import DBAPIError, ProgrammingError, TimeoutError

from scorecard.store.databases import migrations
from scorecard.store.databases.contract import Database, StoreState
from scorecard.store.databases.postgresql.address import Address, read_address
from scorecard.store.databases.postgresql.faults import AS_READER, REMEDY, translated
from scorecard.store.databases.postgresql.server import OLDEST, Server, engine_to, server_of
from scorecard.store.errors import (
    NewerStore,
    OutcomeUnknown,
    StoreForbidden,
    StoreReadOnly,
    StoreReplaced,
    StoreUnreachable,
)

READING = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
# Each statement sees what was kept by then: also what another writer kept while this one waited for the lock.
WRITING = {"isolation_level": "READ COMMITTED", "postgresql_readonly": False}
ASKING = {"isolation_level": "AUTOCOMMIT"}  # one question is a transaction: the server isn't told of beginning and end
# One writer at a time in a database; let go of at the transaction's end. What was kept survives a crash.
LOCK = text("SELECT pg_advisory_xact_lock(hashtext('scorecard'))")
LASTING = text(
    "SELECT set_config('synchronous_commit', 'on', true) WHERE current_setting('synchronous_commit') = 'off'"
)
NUMBER = text("SELECT pg_current_xact_id_if_assigned()::text")
BECAME = text("SELECT pg_xact_status(CAST(CAST(:number AS text) AS xid8))")
ASKS_AGAIN_AFTER = 0.1  # seconds, while a server starts again
TABLES = text("SELECT 'scorecard_migrations'::regclass::oid::bigint, max(number) FROM scorecard_migrations")
MAY_WRITE = text(
    "SELECT NOT pg_is_in_recovery() AND current_setting('default_transaction_read_only') = 'off'"
    " AND (to_regclass('acts') IS NULL OR has_table_privilege('acts', 'INSERT'))"
)
LOCAL = text(
    "SELECT inet_server_addr() IS NULL OR inet_server_addr() = inet_client_addr()"
    " OR coalesce((SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()), false), current_setting('fsync') = 'on',"
    " (SELECT rolsuper FROM pg_roles WHERE rolname = current_user)"
)


class PostgresqlDatabase(Database):
    """A store that several processes share.

    A connection that was lost is made again for the next transaction. Each transaction looks which store and which
    tables it is to: one that was restored, or brought up to date by another program, is seen at once.
    """

    def __init__(self, address: Address, as_it_is: bool) -> None:
        super().__init__(address.where, address.read_only, address.busy_timeout, as_it_is)
        self.asked_read_only = address.read_only
        self.engine = engine_to(address.url, address.busy_timeout)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees one state of the store throughout."""
        with translated(self.where), self._transaction(writes=False) as connection:
            yield connection

    @contextmanager
    def asking(self) -> Iterator[Connection]:
        """A connection for one question; in a transaction where the store isn't known, which is brought up to date."""
        with translated(self.where):
            with self.engine.connect() as raw:
                connection = raw.execution_options(**ASKING)
                known = self.as_it_is or _seen(connection) == self._known
                if known:
                    yield connection
            if not known:
                with self._transaction(writes=False) as connection:
                    yield connection

    def warnings(self) -> list[str]:
        """Whether others can read along, whether it may only be read, and what of the server puts figures at risk."""
        with self.reading() as connection:
            private, lasting, mighty = connection.execute(LOCAL).one()
        remarks = {
            f"The connection to the store {self.where} isn't encrypted, so others on the network can read along: add "
            "?sslmode=verify-full to its address, and sslrootcert with the server's certificate.": not private,
            f"The server of the store {self.where} runs with fsync off: what was stored can be lost when its machine "
            "stops. Switch it on.": not lasting,
            f"The scorecard signs in to the store {self.where} as a superuser, who could change history: give it a "
            "role of its own.": mighty,
            f"The store {self.where} is read-only: figures can be read, and nothing can be sent.": self.read_only,
        }  # fmt: skip
        return [remark for remark, so in remarks.items() if so]

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with translated(self.where):
            if self.read_only:
                raise StoreReadOnly(self.where, AS_READER)
            with self._transaction(writes=True) as connection:
                yield connection

    @contextmanager
    def _transaction(self, writes: bool) -> Iterator[Connection]:
        """A transaction on the store that is known; one that wasn't is brought up to date first."""
        for _ in range(2):
            with self._begun(writes) as connection:
                if self.as_it_is or _seen(connection) == self._known:
                    yield connection
                    return
            self.bring_up_to_date()
        raise StoreReplaced(self.where)

    @contextmanager
    def _begun(self, writes: bool) -> Iterator[Connection]:
        with self.engine.connect() as raw:
            _require_new_enough(self.where, server_of(raw))
            connection = raw.execution_options(**WRITING if writes else READING)
            with connection.begin() as transaction:
                if not writes:
                    yield connection
                    return
                connection.execute(LOCK)
                connection.execute(LASTING)
                yield connection
                number = connection.execute(NUMBER).scalar()
                try:
                    transaction.commit()
                except DBAPIError:
                    if number is None or not self._was_kept(number):
                        raise

    def _was_kept(self, number: str) -> bool:
        """Whether a transaction was kept whose end was not heard of. Raises OutcomeUnknown where nobody answers."""
        give_up = time.monotonic() + self.busy_timeout
        while True:
            try:
                with self.engine.connect() as connection:
                    became = connection.execute(BECAME, {"number": number}).scalar()
            except (DBAPIError, TimeoutError):
                became = None
            if became in ("committed", "aborted"):
                return bool(became == "committed")
            if time.monotonic() > give_up:
                raise OutcomeUnknown(self.where)
            time.sleep(ASKS_AGAIN_AFTER)

    def _found(self) -> StoreState:
        with translated(self.where), self._begun(writes=False) as connection:
            version = migrations.version(connection)
            self.read_only = self.asked_read_only or not connection.execute(MAY_WRITE).scalar()
            return StoreState(_seen(connection) if version else None, version)

    def _migrated(self, state: StoreState) -> Hashable:
        if (state.version or 0) == migrations.NEWEST:
            return state.which
        if self.read_only:
            raise StoreReadOnly(self.where, AS_READER)
        with translated(self.where), self._begun(writes=True) as connection:
            version = migrations.version(connection)  # by now: another program may have been first
            if version is not None and version > migrations.NEWEST:
                raise NewerStore(self.where, version, migrations.NEWEST)
            with _owner_wanted(self.where):
                while migrations.apply_next(connection, migrations.MIGRATIONS):
                    pass
            return _seen(connection)


def connect_postgresql(url: URL, busy_timeout: float | None, as_it_is: bool) -> PostgresqlDatabase:
    """Open the database that an address names, as `connection.connect` says."""
    database = PostgresqlDatabase(read_address(url, busy_timeout), as_it_is)
    if not as_it_is:
        database.bring_up_to_date()
    return database


def which_database(url: URL) -> Hashable | None:
    """Which store the address names now, in one small query; None where it has no tables yet."""
    address = read_address(url)
    with translated(address.where), engine_to(address.url, address.busy_timeout).connect() as raw:
        return _seen(raw.execution_options(**ASKING))


def _seen(connection: Connection) -> Hashable:
    """Which store a transaction is to, of which tables, and of which version; None where it has none."""
    try:
        return (*server_of(connection), *connection.execute(TABLES).one())
    except ProgrammingError:
        return None


@contextmanager
def _owner_wanted(where: str) -> Iterator[None]:
    """Says so where a role without the right to make or alter tables would have to."""
    try:
        yield
    except ProgrammingError as error:
        if getattr(error.orig, "sqlstate", None) in ("42501", "3F000"):
            raise StoreForbidden(where, "make the tables that this version of the scorecard wants") from error
        raise


def _require_new_enough(where: str, server: Server) -> None:
    if server.version < OLDEST:
        why = f"its server is PostgreSQL {server.version // 10000}, and the scorecard needs {OLDEST // 10000} or newer"
        raise StoreUnreachable(where, why, REMEDY)
