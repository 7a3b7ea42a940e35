"""Connections to a PostgreSQL server: made, tried before each use, and each told which store it is to."""

from __future__ import annotations

import os
from functools import lru_cache
from typing import Any, NamedTuple

import psycopg
from sqlalchemy import URL, Connection, Engine, create_engine, event

OLDEST = 140000  # version 14: its functions and their rights are what this room is written for
MOST_KEPT, MOST_MORE = 5, 10  # connections of a process: kept open, and for a while beside them
MOST_ENGINES = 16
PATIENCE = {"connect_timeout": 10, "keepalives_idle": 30, "keepalives_interval": 10, "keepalives_count": 3}  # seconds


class Server(NamedTuple):
    """Which database a connection is to: its cluster, the cluster's timeline, and the database's number in it."""

    cluster: int
    timeline: int
    database: int
    version: int


@lru_cache(maxsize=MOST_ENGINES)
def engine_to(url: URL, seconds: float) -> Engine:
    """The one pool of connections of this process to a database. seconds: to wait for a connection, and for a lock."""
    engine = create_engine(
        url, pool_size=MOST_KEPT, max_overflow=MOST_MORE, pool_timeout=seconds, pool_pre_ping=True,
        # Nothing is prepared: an upgrade by another program, or a pooler between, would invalidate it.
        connect_args={"prepare_threshold": None, **{name: value for name, value in PATIENCE.items()
                                                    if name not in url.query}},
    )  # fmt: skip

    def opened(connection: psycopg.Connection[Any], record: Any) -> None:
        connection.autocommit = True
        connection.execute("SELECT set_config('lock_timeout', %s, false)", [f"{max(1, round(seconds * 1000))}ms"])
        record.info["server"] = _server(connection)
        connection.autocommit = False

    event.listen(engine, "connect", opened)
    return engine


if hasattr(os, "register_at_fork"):  # a connection is one process's own
    os.register_at_fork(after_in_child=engine_to.cache_clear)


def server_of(connection: Connection) -> Server:
    """Which database a connection is to."""
    server: Server = connection.connection.info["server"]
    return server


def _server(connection: psycopg.Connection[Any]) -> Server:
    if connection.info.server_version < OLDEST:
        return Server(0, 0, 0, connection.info.server_version)
    try:
        row = connection.execute(
            "SELECT s.system_identifier, c.timeline_id FROM pg_control_system() s, pg_control_checkpoint() c"
        ).fetchone()
    except psycopg.errors.InsufficientPrivilege:  # some hosts keep these from their customers
        row = (0, 0)
    own = connection.execute("SELECT oid::bigint FROM pg_database WHERE datname = current_database()").fetchone()
    cluster, timeline = row or (0, 0)
    return Server(int(cluster), int(timeline), int(own[0]) if own else 0, connection.info.server_version)
