"""What PostgreSQL and its driver say when something goes wrong, as the faults of errors.py."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, StatementError, TimeoutError

from scorecard.store.databases.contract import own_fault
from scorecard.store.errors import (
    StoreBusy,
    StoreDamaged,
    StoreError,
    StoreForbidden,
    StoreFull,
    StoreLocked,
    StoreReadOnly,
    StoreUnavailableError,
    StoreUnreachable,
)

REMEDY = "Check that its address is right, that the server is running and that you may use it."
AS_READER = "Ask who looks after the database for a role that may write, or choose another store."
LOST = "the connection to the server was lost"
STOPPED = "the server was stopped"
# SQLSTATEs (PostgreSQL's manual, 'PostgreSQL Error Codes'): what was lost with the connection, …
UNREACHABLE = {
    "57P01": STOPPED, "57P02": STOPPED, "57P03": "the server is starting or stopping", "57P05": LOST,
    "57014": "the server broke off what was asked for", "58030": "the server could not read or write its files",
    "3D000": "the server has no database of this name",
    "28P01": "the server doesn't know this role by this password",
    "28000": "the server doesn't let this role in",
}  # fmt: skip
# … and the words of failures that come without one, while connecting.
WORDS = (
    ("too many", ""),  # for a role, a database or the server
    ("remaining connection slots", ""),
    ("password authentication failed", UNREACHABLE["28P01"]),
    ("no password supplied", "the server asks for a password, and the address has none"),
    ("no pg_hba.conf entry", UNREACHABLE["28000"]),
    ('role "', UNREACHABLE["28000"]),
    ("does not exist", UNREACHABLE["3D000"]),
    ("failed to resolve host", "no server of this name is known"),
    ("could not translate host name", "no server of this name is known"),
    ("connection refused", "no server answers there"),
    ("no such file or directory", "no server answers there"),
    ("timeout expired", "the server doesn't answer"),
    ("connection timeout", "the server doesn't answer"),
    ("starting up", UNREACHABLE["57P03"]),
    ("shutting down", UNREACHABLE["57P03"]),
    ("ssl", "no encrypted connection could be made as the address asks for it (sslmode, sslrootcert)"),
)


@contextmanager
def translated(where: str) -> Iterator[None]:
    """Turn what the database says into a fault with a plain message."""
    try:
        yield
    except DBAPIError as error:
        raise fault(where, error.orig, error.connection_invalidated) from error
    except StatementError as error:
        raise own_fault(error) from None
    except TimeoutError as error:  # no connection became free
        raise StoreBusy(where) from error


def fault(where: str, error: BaseException | None, lost: bool = False) -> StoreError:
    """The fault for what the driver raised. lost: whether the connection went with it."""
    code = getattr(error, "sqlstate", None)
    if code is None:
        return _while_connecting(where, str(error), lost)
    match code:
        case "55P03" | "40P01" | "40001":
            return StoreLocked(where)
        case "53300":
            return StoreBusy(where)
        case "53100":
            return StoreFull(where)
        case "25006":
            return StoreReadOnly(where, AS_READER)
        case "42501":
            return StoreForbidden(where)
        case "XX001" | "XX002":
            return StoreDamaged(where, "the database finds its own files inconsistent")
        case _ if code in UNREACHABLE or code.startswith("08") or lost:
            return StoreUnreachable(where, UNREACHABLE.get(code, LOST), REMEDY)
    return StoreUnavailableError(f"The store {where} refused the request. Nothing was changed.")


def _while_connecting(where: str, message: str, lost: bool) -> StoreError:
    message = message.lower()
    for part, cause in WORDS:
        if part in message:
            return StoreUnreachable(where, cause, REMEDY) if cause else StoreBusy(where)
    return StoreUnreachable(where, LOST if lost or "connection" in message else "it could not be used", REMEDY)
