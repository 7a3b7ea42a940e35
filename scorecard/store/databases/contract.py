"""What every database that holds a store does, and what of it is the same in each."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Hashable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import NamedTuple

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import StatementError

from scorecard.store.databases import migrations
from scorecard.store.errors import NewerStore, NotAStore, StoreEmptied, StoreError

BUSY_TIMEOUT = 5.0  # seconds to wait for another writer


class StoreState(NamedTuple):
    """A store as it was found: which one it is and of what tables, and the number of its newest migration.

    which: equal while it is the same store with the same tables. version: 0 where it is empty, None where the tables
    are another program's.
    """

    which: Hashable
    version: int | None


class Database(ABC):
    """An open database, its tables up to date. Hands out transactions; every fault is one of errors.py.

    where: its address as people may read it. read_only: whether changes are refused. as_it_is: its tables are used as
    they are, of whatever version. before_writing: may refuse a change, in its transaction.
    """

    engine: Engine

    def __init__(self, where: str, read_only: bool, busy_timeout: float, as_it_is: bool = False) -> None:
        self.where = where
        self.read_only = read_only
        self.busy_timeout = busy_timeout
        self.as_it_is = as_it_is
        self.before_writing: Callable[[Connection], None] = _nothing
        self._known: Hashable = None

    @abstractmethod
    def reading(self) -> AbstractContextManager[Connection]:
        """A transaction that sees one state of the store throughout."""

    def asking(self) -> AbstractContextManager[Connection]:
        """A connection for one question, which sees one state of the store by itself."""
        return self.reading()

    @contextmanager
    def writing(self, checked: bool = True) -> Iterator[Connection]:
        """A transaction that no other writes beside; all of it is kept, or none.

        checked: `before_writing` may refuse it.
        """
        with self._writing() as connection:
            if checked:
                self.before_writing(connection)
            yield connection

    @abstractmethod
    def warnings(self) -> list[str]:
        """Plain sentences about where the store is kept that its owner should read; usually none."""

    def close(self) -> None:
        """Let go of the connections that nobody uses."""
        self.engine.dispose()

    def bring_up_to_date(self) -> None:
        """Run the migrations that the tables still want. Raises NotAStore, NewerStore, StoreEmptied, StoreReadOnly …"""
        state = self._found()
        if state.version is None:
            raise NotAStore(self.where, "it is the database of another program")
        if state.version > migrations.NEWEST:
            raise NewerStore(self.where, state.version, migrations.NEWEST)
        if self._known is not None and state.version == 0:
            raise StoreEmptied(self.where)
        self._known = self._migrated(state)

    @abstractmethod
    def _writing(self) -> AbstractContextManager[Connection]:
        """What `writing` hands out."""

    @abstractmethod
    def _found(self) -> StoreState:
        """The store as it is now, whatever its tables are."""

    @abstractmethod
    def _migrated(self, state: StoreState) -> Hashable:
        """Run what is wanted after the version that was found, each once, whoever else does too; which store it is."""


def own_fault(error: StatementError) -> BaseException:
    """The fault that a column type of ours (column_types.py) raised, from what SQLAlchemy wrapped it in."""
    return error.orig if isinstance(error.orig, StoreError) else error


def _nothing(_: Connection) -> None:
    pass
