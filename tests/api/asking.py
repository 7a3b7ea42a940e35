"""Asks an ASGI app in this process, as a program on this machine would."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from tests.coroutines import finished

PORT = 8501


@dataclass(frozen=True)
class Answer:
    """What came back: status, headers by their names in lower case, the body."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def json(self) -> Any:
        return json.loads(self.body)


def ask(app: Any, address: str, method: str = "GET", **headers: str) -> Answer:
    """The answer to one request. headers: with underscores for their dashes."""
    path, _, query = address.partition("?")
    given = {"host": f"localhost:{PORT}", **{name.replace("_", "-"): value for name, value in headers.items()}}
    scope = {
        "type": "http", "method": method, "path": path, "raw_path": path.encode(), "query_string": query.encode(),
        "headers": [(name.encode(), value.encode("latin-1")) for name, value in given.items()], "http_version": "1.1",
        "server": ("127.0.0.1", PORT), "client": ("127.0.0.1", 50_000), "scheme": "http", "root_path": "",
    }  # fmt: skip
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    finished(app(scope, receive, send))
    answer_headers = {name.decode().lower(): value.decode("latin-1") for name, value in sent[0]["headers"]}
    return Answer(sent[0]["status"], answer_headers, b"".join(message.get("body", b"") for message in sent[1:]))
