"""The request log: which kinds of address were asked for, and nothing of what was asked."""

from __future__ import annotations

import logging
import re
from typing import Any

import pytest

from scorecard.cli.serving.request_log import RequestLog, address_shape, write_to_stderr
from tests.conftest import PROJECT
from tests.coroutines import finished


@pytest.mark.parametrize(
    ("path", "shape"),
    [
        ("/", "/"),
        ("", "/"),
        ("/overview", "/overview"),
        ("/api/v1/measures", "/api/v1/measures"),
        ("/api/v1/snapshots/1a2b3c4d/exports/pdf", "/api/v1/snapshots/…/exports/…"),
        ("/_stcore/upload_file/3f1c-session/Jane%20Smith.csv", "/_stcore/upload_file/…/…"),
        ("/media/9f86d081884c7d65.csv", "/media/…"),
        ("/Jane Smith/01\n2026 GET / 200", "/…/…/…"),
        ("/" + "a/" * 5_000, "/…/…/…/…/…/…/…"),
        ("//overview//", "/overview"),
    ],
)
def test_an_address_is_written_by_its_known_parts(path: str, shape: str) -> None:
    assert address_shape(path) == shape


def test_every_page_is_written_by_its_name() -> None:
    pages = re.findall(r'url_path="([^"]+)"', (PROJECT / "app.py").read_text(encoding="utf-8"))
    assert "board-pack" in pages
    assert [address_shape(f"/{page}") for page in pages] == [f"/{page}" for page in pages]


def logged(caplog: pytest.LogCaptureFixture, *sent: dict[str, Any], fails: bool = False, **asked: Any) -> list[str]:
    async def app(_scope: Any, _receive: Any, send: Any) -> None:
        for message in sent:
            await send(message)
        if fails:
            raise RuntimeError

    async def nothing(*_: Any) -> dict[str, Any]:
        return {}

    scope = {"type": "http", "method": "GET", "path": "/overview", "query_string": b"by=Jane+Smith", **asked}
    logger = logging.getLogger("scorecard.requests")
    before = logger.propagate
    logger.propagate = True
    try:
        with caplog.at_level(logging.INFO, "scorecard.requests"):
            finished(RequestLog(app)(scope, nothing, nothing))
    except RuntimeError:
        assert fails
    finally:
        logger.propagate = before
    return [record.getMessage().rpartition(" ")[0].rpartition(" ")[0] for record in caplog.records]


@pytest.mark.parametrize(
    ("sent", "asked", "line"),
    [
        ([{"type": "http.response.start", "status": 200}], {}, ["GET /overview 200"]),
        ([{"type": "http.response.start", "status": 404}], {"path": "/static/x.js"}, ["GET /static/… 404"]),
        ([{"type": "http.response.start", "status": 200}], {"path": "/static/x.js"}, []),
        ([{"type": "http.response.start", "status": 405}], {"method": "SMITH"}, ["… /overview 405"]),
        ([], {}, ["GET /overview no answer"]),
        ([{"type": "websocket.close"}], {"type": "websocket"}, ["WEBSOCKET /overview 403"]),
        (
            [{"type": "websocket.accept"}, {"type": "websocket.close"}],
            {"type": "websocket"},
            ["WEBSOCKET /overview 101"],
        ),
        ([], {"type": "lifespan"}, []),
    ],
)
def test_each_answer_is_a_line(
    sent: list[dict[str, Any]], asked: dict[str, Any], line: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    assert logged(caplog, *sent, **asked) == line


def test_a_fault_is_logged_and_goes_on(caplog: pytest.LogCaptureFixture) -> None:
    assert logged(caplog, fails=True) == ["GET /overview 500"]


def test_uvicorn_s_own_log_of_whole_addresses_is_silent() -> None:
    uvicorn, ours = logging.getLogger("uvicorn.access"), logging.getLogger("scorecard.requests")
    uvicorn.addHandler(logging.StreamHandler())
    try:
        write_to_stderr()
        assert not uvicorn.hasHandlers()
    finally:
        ours.handlers.clear()
        ours.propagate = uvicorn.propagate = True
