"""Opening a store: the address says which database holds it."""

from collections.abc import Callable, Hashable

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from scorecard.store.databases.contract import Database
from scorecard.store.databases.postgresql.database import connect_postgresql, which_database
from scorecard.store.databases.sqlite import connect_sqlite, which_file
from scorecard.store.errors import StoreError, StoreUnreachable

__all__ = ["Database", "connect", "parsed", "which_store"]

OPENS: dict[str, Callable[[URL, float | None, bool], Database]] = {
    "sqlite": connect_sqlite,
    "postgresql": connect_postgresql,
}
WHICH: dict[str, Callable[[URL], Hashable | None]] = {"sqlite": which_file, "postgresql": which_database}
UNTOLD = "whose address was given"  # where it can't be said without what may be a password
EXAMPLES = "sqlite:///data/scorecard.db or postgresql+psycopg://scorecard@server/scorecard"


def connect(url: str, busy_timeout: float | None = None, as_it_is: bool = False) -> Database:
    """Open the database at an SQLAlchemy URL and bring its tables up to date; a missing SQLite file is made.

    `sqlite:///relative/path.db`, `sqlite:////absolute/path.db`, or `postgresql+psycopg://role:password@server/database`.
    With `?mode=ro` it is only read, `?timeout=30` sets the seconds to wait for another writer. `as_it_is`: leave its
    tables as they are, of whatever version. Raises the faults of errors.py; nothing is touched then.
    """
    address = parsed(url)
    return OPENS[address.get_backend_name()](address, busy_timeout, as_it_is)


def which_store(url: str) -> Hashable | None:
    """Which store the URL names now: another one after a backup was put back, or after an upgrade.

    None where it can't be known: there is none, an empty one, or no answer. Whoever asks the store then is told why.
    """
    try:
        address = parsed(url)
        return WHICH[address.get_backend_name()](address)
    except StoreError:
        return None


def parsed(url: str) -> URL:
    """The address of a store in its parts. Raises StoreUnreachable, which never tells a password."""
    if _runs_over(url):
        raise StoreUnreachable(UNTOLD, "its password, or what follows it, has an @ in it: write each as %40")
    try:
        address = make_url(url)
    except (ArgumentError, ValueError):
        raise StoreUnreachable(_without_secrets(url), f"that is not an address such as {EXAMPLES}") from None
    if address.get_backend_name() not in OPENS:
        kind = address.get_backend_name()
        raise StoreUnreachable(f"{kind}://…", f"a store is kept in SQLite or PostgreSQL, such as {EXAMPLES}")
    return address


def _without_secrets(url: str) -> str:
    """An address that can't be read, without whatever in it may be a password."""
    shown = url.partition("?")[0]
    harmless = "@" not in shown and (":" not in shown or shown.startswith("sqlite"))
    return repr(shown) if harmless else UNTOLD


def _runs_over(url: str) -> bool:
    """Whether a password with an @ in it would be read as a part of the server's name, and be told with it."""
    password_on = url.partition("://")[2].partition(":")[2]
    return password_on.count("@") > 1 and not url.startswith("sqlite")
