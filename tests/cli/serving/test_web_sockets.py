"""Whose web sockets a proxy strips is told so where their page asks, until one comes through; nobody else is."""

from __future__ import annotations

import json
from typing import Any

import pytest
from starlette.responses import PlainTextResponse

from scorecard.cli.serving import web_sockets
from scorecard.cli.serving.web_sockets import HEALTH, SOCKET, WebSockets
from tests.api.asking import ask
from tests.coroutines import finished


async def pages(scope: Any, receive: Any, send: Any) -> None:
    if scope["type"] == "http":
        await PlainTextResponse("well")(scope, receive, send)


def asked_by(client: str, app: WebSockets, path: str) -> str:
    async def asking(scope: Any, receive: Any, send: Any) -> None:
        await app({**scope, "client": (client, 50_000)}, receive, send)

    return ask(asking, path).text


def test_a_stripped_web_socket_is_told_to_its_sender_alone_until_one_comes_through(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    app = WebSockets(pages)
    assert ask(app, HEALTH).text == "well"
    stripped = ask(app, SOCKET)
    assert (stripped.status, stripped.headers["upgrade"]) == (426, "websocket")
    assert ask(app, HEALTH).status == ask(app, f"/overview{HEALTH}").status == 503
    for answer_text in (stripped.text, json.loads(ask(app, HEALTH).text)):  # of a 503 the pages show what is JSON alone
        assert "lets no web sockets through" in answer_text
        assert "docs/deploying.md" in answer_text
    assert ask(app, "/health/live").text == asked_by("10.0.0.9", app, HEALTH) == "well"
    finished(app({"type": "websocket", "path": SOCKET, "client": ("127.0.0.1", 50_001)}, None, None))  # type: ignore[arg-type]
    assert ask(app, HEALTH).text == "well"
    monkeypatch.setattr(web_sockets, "MOST_KNOWN", 2)
    for client in ("10.0.0.7", "10.0.0.8", "10.0.0.9"):
        asked_by(client, app, SOCKET)
    assert [asked_by(f"10.0.0.{number}", app, HEALTH) == "well" for number in (7, 8, 9)] == [True, False, False]
    monkeypatch.setattr(web_sockets, "FORGOTTEN_AFTER", 0.0)
    assert asked_by("10.0.0.9", app, HEALTH) == "well"
