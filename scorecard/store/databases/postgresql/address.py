"""The address of a store in PostgreSQL: what may stand in it, and how people may read it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import URL

from scorecard.store.databases.contract import BUSY_TIMEOUT
from scorecard.store.errors import StoreUnreachable

DRIVER = "postgresql+psycopg"
OURS = {"mode", "timeout"}
# Of libpq's names (PostgreSQL's manual, 'Parameter Key Words') those that make sense here; none that holds a secret.
LIBPQ = {
    "application_name", "channel_binding", "connect_timeout", "gssencmode", "host", "keepalives", "keepalives_count",
    "keepalives_idle", "keepalives_interval", "krbsrvname", "options", "passfile", "port", "require_auth", "service",
    "sslcert", "sslcrl", "sslkey", "sslmode", "sslnegotiation", "sslrootcert", "target_session_attrs",
    "tcp_user_timeout",
}  # fmt: skip


@dataclass(frozen=True)
class Address:
    """Where a store is: the URL for the driver, how it is called in messages, and what the address asks of us."""

    url: URL
    where: str
    read_only: bool
    busy_timeout: float


def read_address(url: URL, busy_timeout: float | None = None) -> Address:
    """An address in its parts. Raises StoreUnreachable for one that can't be meant, and never tells the password."""
    where = URL.create("postgresql", url.username, None, url.host, url.port, url.database).render_as_string()
    if url.drivername not in ("postgresql", DRIVER):
        raise StoreUnreachable(where, f"its address begins {url.drivername}; write {DRIVER}://…")
    if not url.database and "service" not in url.query:
        raise StoreUnreachable(where, "its address names no database; write it after the server, as in …@server/name")
    _require_known(where, url)
    query = {name: value for name, value in url.query.items() if name not in OURS}
    seconds = busy_timeout if busy_timeout is not None else float(str(url.query.get("timeout", BUSY_TIMEOUT)))
    return Address(url.set(drivername=DRIVER, query=query), where, url.query.get("mode") == "ro", seconds)


def _require_known(where: str, url: URL) -> None:
    unknown = sorted(set(url.query) - OURS - LIBPQ)
    if unknown:
        known = ", ".join(sorted(OURS | LIBPQ))
        why = f"after the question mark it has {', '.join(unknown)}, and only these are known: {known}"
        raise StoreUnreachable(where, why)
    timeout = str(url.query.get("timeout", "0"))
    if url.query.get("mode", "ro") != "ro" or not timeout.replace(".", "", 1).isdigit():
        raise StoreUnreachable(where, "after the question mark mode can only be ro, and timeout a number of seconds")
