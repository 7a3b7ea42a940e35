"""Whether a store answers, and its tables are those that this version wants; nothing of it is changed."""

from __future__ import annotations

from scorecard.store.connection import connect
from scorecard.store.databases import migrations
from scorecard.store.errors import NewerStore, NotAStore, OlderStore
from scorecard.store.received import extracts


def require_ready(url: str) -> None:
    """Asks the store at an SQLAlchemy URL for its version and its last change.

    Raises StoreUnreachable (no such file), NotAStore, NewerStore, OlderStore, StoreLocked, StoreDamaged.
    """
    database = connect(url, as_it_is=True)
    try:
        with database.reading() as connection:
            version = migrations.version(connection)
            if version is None:
                raise NotAStore(database.where, "it is the database of another program")
            if version > migrations.NEWEST:
                raise NewerStore(database.where, version, migrations.NEWEST)
            if version < migrations.NEWEST:
                raise OlderStore(database.where, version, migrations.NEWEST)
            extracts.last_timestamp(connection)
    finally:
        database.close()
