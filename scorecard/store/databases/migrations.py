"""The numbered changes that bring any older store, or an empty database, to the tables of schema.py.

A change that was ever released is never edited: tests/store/schemas/schema_1.sql holds what number 1 makes. If a
later migration alters one of its tables, number 1 gets a copy of the old definition.
"""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection, Table, func, insert, inspect, select

from scorecard.store import schema
from scorecard.store.audit import audit_log
from scorecard.store.databases import triggers
from scorecard.store.values.timestamps import current_time, to_micros


@dataclass(frozen=True)
class Migration:
    """One change: its number, a name to read, and what does it on a connection in a transaction."""

    number: int
    name: str
    apply: Callable[[Connection], None]


def _first_tables(connection: Connection) -> None:
    tables = [
        schema.migrations,
        schema.catalogues,
        schema.extracts,
        schema.extract_contents,
        schema.withdrawals,
        schema.observations,
        schema.snapshots,
        schema.snapshot_states,
        schema.snapshot_exports,
        schema.acts,
    ]
    schema.metadata.create_all(connection, tables=tables, checkfirst=False)
    for table in tables:
        _forbid(connection, table.name, "DELETE")
        if table is not schema.observations:
            _forbid(connection, table.name, "UPDATE")
    fixed_columns = [column.name for column in schema.observations.columns if column.name != "recorded_to"]
    _forbid(connection, "observations", f"UPDATE OF {', '.join(fixed_columns)}")


def _forbid(connection: Connection, table: str, what: str, when: str = "") -> None:
    """A second lock on history: rows are added, never edited.

    what: DELETE, UPDATE or UPDATE OF columns. when: of which rows (OLD) it is forbidden, in SQL; of all without it.
    """
    for statement in triggers.forbidding(connection.dialect.name, table, what, when):
        connection.exec_driver_sql(statement)


def _allow(connection: Connection, table: str, what: str) -> None:
    """Take back what `_forbid` did."""
    for statement in triggers.allowing(connection.dialect.name, table, what):
        connection.exec_driver_sql(statement)


def _tables_only_added_to(connection: Connection, *tables: Table) -> None:
    """Makes tables whose rows are never edited nor deleted."""
    schema.metadata.create_all(connection, tables=tables, checkfirst=False)
    for table in tables:
        for what in ("DELETE", "UPDATE"):
            _forbid(connection, table.name, what)


def _layouts(connection: Connection) -> None:
    _tables_only_added_to(connection, schema.layouts)


def _read_tables(connection: Connection) -> None:
    """What was read is kept instead of what was sent; a file kept earlier may go once its table is there."""
    _tables_only_added_to(connection, schema.read_tables)
    _allow(connection, schema.extract_contents.name, "DELETE")
    unread = "NOT EXISTS (SELECT 1 FROM read_tables WHERE read_tables.extract_id = OLD.extract_id)"
    _forbid(connection, schema.extract_contents.name, "DELETE", when=unread)


def _editions(connection: Connection) -> None:
    """Published figures are kept beside the local ones, each file an edition."""
    tables = [schema.editions, schema.published_figures]
    schema.metadata.create_all(connection, tables=tables, checkfirst=False)
    for table in tables:
        _forbid(connection, table.name, "DELETE")
    _forbid(connection, schema.editions.name, "UPDATE")
    fixed_columns = [column.name for column in schema.published_figures.columns if column.name != "recorded_to"]
    _forbid(connection, schema.published_figures.name, f"UPDATE OF {', '.join(fixed_columns)}")


def _commentary_and_decisions(connection: Connection) -> None:
    _tables_only_added_to(connection, schema.commentary, schema.decisions, schema.decision_answers)


def _chain_of_acts(connection: Connection) -> None:
    """Each act is sealed with the one before; what is there already is sealed in, and that is an act itself."""
    _tables_only_added_to(connection, schema.act_chain)
    for column in ("at", "what"):
        connection.exec_driver_sql(f"CREATE INDEX acts_by_{column} ON acts ({column})")
    audit_log.seal_in(connection, to_micros(current_time()))


def _tokens_and_sign_ins(connection: Connection) -> None:
    _tables_only_added_to(connection, schema.tokens, schema.token_ends, schema.ended_sign_ins)


def _acts_that_change(connection: Connection) -> None:
    """The last act that changed what the store holds is found at once, however many sign-ins came after it."""
    excluded_acts = (
        "'backed up', 'found access changed', 'handed out', 'moved here', 'read', 'restored here', 'signed in', "
        "'signed out', 'was refused'"
    )
    connection.exec_driver_sql(f"CREATE INDEX acts_that_change ON acts (act_id) WHERE what NOT IN ({excluded_acts})")


MIGRATIONS = (
    Migration(1, "the first tables", _first_tables),
    Migration(2, "layouts of reports", _layouts),
    Migration(3, "the table that was read, not the file that was sent", _read_tables),
    Migration(4, "editions of published files", _editions),
    Migration(5, "commentary, and what boards asked and decided", _commentary_and_decisions),
    Migration(6, "a chain of acts", _chain_of_acts),
    Migration(7, "tokens of programs, and sign-ins that are over", _tokens_and_sign_ins),
    Migration(8, "an index of the acts that change something", _acts_that_change),
)
NEWEST = MIGRATIONS[-1].number


def version(connection: Connection) -> int | None:
    """The number of the newest migration run here; 0 in an empty database, None in somebody else's."""
    tables = inspect(connection).get_table_names()
    if schema.migrations.name in tables:
        return connection.execute(select(func.max(schema.migrations.c.number))).scalar() or 0
    return None if tables else 0


def otherwise(connection: Connection) -> list[str]:
    """What the list of changes that were run says otherwise than this software, in plain words."""
    rows = connection.execute(select(schema.migrations).order_by(schema.migrations.c.number)).all()
    recorded = [(row.number, row.name) for row in rows][:NEWEST]
    known = [(migration.number, migration.name) for migration in MIGRATIONS][: len(recorded)]
    return [] if recorded == known else ["The list of the store's migrations is not that of this software."]


def apply_next(connection: Connection, migrations: tuple[Migration, ...]) -> bool:
    """Run the first migration not yet run and record it, in the open transaction. False if none is left."""
    done = version(connection) or 0
    waiting = [migration for migration in migrations if migration.number > done]
    if not waiting:
        return False
    waiting[0].apply(connection)
    record = {"number": waiting[0].number, "name": waiting[0].name}
    connection.execute(insert(schema.migrations).values(record))
    return True
