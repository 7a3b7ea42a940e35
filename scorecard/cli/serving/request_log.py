"""The request log: when, what kind of address, what answer, how long. Nobody's name, nothing that was asked for."""

from __future__ import annotations

import logging
import sys
import time

from starlette.types import ASGIApp, Message, Receive, Scope, Send

log = logging.getLogger("scorecard.requests")
# Only these are written; any other part of an address may be a name, a session or a file, and is written as '…'.
KNOWN = frozenset(
    """
    _stcore health host-config stream upload_file media component static live ready
    api v1 measures observations assessment catalogue snapshots content exports openapi.json
    measures.csv observations.csv assessment.csv snapshots.csv
    overview service-area measure compare upload completeness commentary board-pack audit-trail about access
    auth login logout oauth2callback
    """.split()  # noqa: SIM905 - a list of words is read as one
)
METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH")
LONGEST = 6  # parts of an address
ENDED = {"websocket.accept": 101, "websocket.close": 403}


class RequestLog:
    """An ASGI app before all others: a line for every answer but the fixed files of a page that are there."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        began, status = time.monotonic(), 0

        async def sent(message: Message) -> None:
            nonlocal status
            status = status or int(message.get("status") or ENDED.get(message["type"], 0))
            await send(message)

        try:
            await self.app(scope, receive, sent)
        except BaseException:
            status = status or 500
            raise
        finally:
            shape = address_shape(scope["path"])
            if not (shape.startswith("/static/") and status < 400):
                took = 1000 * (time.monotonic() - began)
                log.info("%s %s %s %.0f ms", _method(scope), shape, status or "no answer", took)


def address_shape(path: str) -> str:
    """What kind of address a path is: its known parts, and '…' for each other one."""
    parts = path.strip("/").split("/")
    shown = [part if part in KNOWN else "…" for part in parts[:LONGEST]]
    return "/" if parts == [""] else "/" + "/".join(shown + ["…"] * (len(parts) > LONGEST))


def write_to_stderr() -> None:
    """Writes the log to standard error, each line with its moment in UTC, and silences uvicorn's own.

    That one writes whole addresses, with all that is asked for in them.
    """
    uvicorn = logging.getLogger("uvicorn.access")
    uvicorn.handlers.clear()
    uvicorn.propagate = False
    if not log.handlers:
        lines = logging.Formatter("%(asctime)s.%(msecs)03dZ %(message)s", "%Y-%m-%dT%H:%M:%S")
        lines.converter = time.gmtime
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(lines)
        log.addHandler(handler)
    log.setLevel(logging.INFO)
    log.propagate = False


def _method(scope: Scope) -> str:
    if scope["type"] == "websocket":
        return "WEBSOCKET"
    return scope["method"] if scope["method"] in METHODS else "…"
