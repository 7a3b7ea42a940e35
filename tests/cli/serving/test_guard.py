"""The guard: which requests reach the pages."""

from __future__ import annotations

from typing import Any

import pytest

from scorecard.cli.serving.guard import HEADERS, Guard, refusal
from tests.coroutines import finished

PORT = 8501


def scope(kind: str = "http", method: str = "GET", **headers: str | list[str]) -> dict[str, Any]:
    """A request to the pages; a header that is given twice is a list."""
    given = {"host": f"localhost:{PORT}", **{name.replace("_", "-"): value for name, value in headers.items()}}
    pairs = [(name, item) for name, value in given.items() for item in (value if isinstance(value, list) else [value])]
    return {
        "type": kind, "method": method, "server": ("127.0.0.1", PORT), "client": ("127.0.0.1", 50_000), "path": "/",
        "headers": [(name.encode(), value.encode("latin-1")) for name, value in pairs],
    }  # fmt: skip


OWN, ELSEWHERE = f"http://localhost:{PORT}", "https://elsewhere.test"
ANSWERED = [
    scope(),
    scope(host=f"127.0.0.1:{PORT}"),
    scope(host=f"LOCALHOST:{PORT}"),
    scope(origin=OWN),
    scope(sec_fetch_site="none", sec_fetch_mode="navigate", sec_fetch_dest="document"),
    scope(sec_fetch_site="same-origin", sec_fetch_mode="cors", sec_fetch_dest="empty"),
    scope(sec_fetch_site="cross-site", sec_fetch_mode="navigate", sec_fetch_dest="document"),  # a link in an e-mail
    scope(method="PUT", origin=OWN, sec_fetch_site="same-origin"),
    scope("websocket", origin=OWN),
    scope("websocket", host=f"127.0.0.1:{PORT}", origin=f"http://127.0.0.1:{PORT}"),
]
REFUSED = [
    scope(host="elsewhere.test"),
    scope(host=f"elsewhere.test:{PORT}"),
    scope(host=f"localhost.elsewhere.test:{PORT}"),
    scope(host=f"elsewhere.test@localhost:{PORT}"),
    scope(host="localhost"),
    scope(host="localhost:8502"),
    scope(host=f"localhost:0{PORT}"),
    scope(host=f"localhost.:{PORT}"),
    scope(host=f"0.0.0.0:{PORT}"),
    scope(host=f"127.0.0.2:{PORT}"),
    scope(host=f"192.168.1.10:{PORT}"),
    scope(host=f"localhoſt:{PORT}".encode().decode("latin-1")),
    scope(host=[]),
    scope(host=[f"localhost:{PORT}", "elsewhere.test"]),
    scope(origin=ELSEWHERE),
    scope(origin="null"),
    scope(origin="http://localhost:8502"),
    scope(origin=f"https://localhost:{PORT}"),
    scope(origin=f"http://127.0.0.1:{PORT}"),  # the same machine by another name is another page
    scope(origin=f"http://localhost:{PORT}.elsewhere.test"),
    scope(origin=[OWN, ELSEWHERE]),
    scope(sec_fetch_site="cross-site", sec_fetch_mode="no-cors", sec_fetch_dest="image"),
    scope(sec_fetch_site="same-site", sec_fetch_mode="no-cors", sec_fetch_dest="script"),  # another port
    scope(sec_fetch_site="cross-site", sec_fetch_mode="navigate", sec_fetch_dest="iframe"),
    scope(method="POST", sec_fetch_site="cross-site", sec_fetch_mode="navigate", sec_fetch_dest="document"),
    scope(method="POST", origin=ELSEWHERE),
    scope(method="DELETE", origin="http://localhost:8502"),
    scope("websocket"),  # no browser leaves the origin out
    scope("websocket", origin=ELSEWHERE),
    scope("websocket", origin="null"),
    scope("websocket", origin="http://localhost:8502"),
    scope("websocket", host=f"elsewhere.test:{PORT}", origin=f"http://elsewhere.test:{PORT}"),  # a name for loopback
    scope("websocket", host=f"127.0.0.1:{PORT}", origin=OWN),
]


def answer_text(asked: dict[str, Any]) -> str:
    return " ".join([asked["type"], asked["method"], *[b"=".join(pair).decode("latin-1") for pair in asked["headers"]]])


@pytest.mark.parametrize("asked", ANSWERED, ids=answer_text)
def test_what_comes_from_here_is_answered(asked: dict[str, Any]) -> None:
    assert refusal(asked) is None
    assert reached(asked)[0]


@pytest.mark.parametrize("asked", REFUSED, ids=answer_text)
def test_what_comes_from_elsewhere_is_refused_and_reaches_nothing(asked: dict[str, Any]) -> None:
    assert refusal(asked)
    was_reached, sent = reached(asked)
    assert not was_reached
    if asked["type"] == "websocket":
        assert [message["type"] for message in sent] == ["websocket.close"]
    else:
        assert sent[0]["status"] == 403


API = {"path": "/api/v1/measures"}
PROXIED = {"client": ("10.0.0.7", 50_000), "scheme": "https"}
COUNCIL = "scorecard.council.test"


@pytest.mark.parametrize(
    ("asked", "open_to", "answered"),
    [
        (scope() | {"client": ("::1", 1)}, (), True),
        (scope() | {"client": ("::ffff:127.0.0.1", 1)}, (), True),
        (scope() | {"client": ("10.0.0.7", 1)}, (), False),  # a Host header is only what somebody says
        (scope() | {"client": ("10.0.0.7", 1)}, (COUNCIL,), False),
        (scope() | {"client": None}, (), False),
        (scope() | {"client": ("/run/scorecard.sock", 1)}, (), False),
        (scope(host=f"{COUNCIL}:{PORT}") | {"client": ("10.0.0.7", 1)}, (COUNCIL,), True),
        (scope(host=COUNCIL) | PROXIED, (COUNCIL,), True),
        (scope(host=COUNCIL) | PROXIED, (), False),
        (scope(host="elsewhere.test") | PROXIED, (COUNCIL,), False),
        (scope(host=f"{COUNCIL}:{PORT}", origin=f"http://{COUNCIL}:{PORT}"), (COUNCIL,), True),
        (scope("websocket", host=COUNCIL, origin=f"https://{COUNCIL}") | PROXIED | {"scheme": "wss"}, (COUNCIL,), True),
        (scope("websocket", host=COUNCIL, origin=ELSEWHERE) | PROXIED | {"scheme": "wss"}, (COUNCIL,), False),
        (scope() | API, (), True),  # as Excel and Power BI ask: no Origin, no Sec-Fetch
        (scope(sec_fetch_site="none", sec_fetch_mode="navigate", sec_fetch_dest="document") | API, (), True),
        (scope(sec_fetch_site="cross-site", sec_fetch_mode="navigate", sec_fetch_dest="document") | API, (), False),
        (scope(origin=ELSEWHERE) | API, (), False),
        (scope(origin="null") | API, (), False),
        (scope(host=f"{COUNCIL}:{PORT}") | API, (COUNCIL,), False),  # programs on this machine alone, whoever may look
        (scope(host=COUNCIL) | PROXIED | API, (COUNCIL,), False),
        (scope() | API | {"client": ("10.0.0.7", 1)}, (COUNCIL,), False),
        (scope(host=COUNCIL) | PROXIED | {"path": "/apiary"}, (COUNCIL,), True),
    ],
    ids=str,
)
def test_who_is_not_on_this_machine_is_let_in_by_open_names_alone_and_programs_never(
    asked: dict[str, Any], open_to: tuple[str, ...], answered: bool
) -> None:
    assert (refusal(asked, open_to) is None) == answered


def test_a_program_s_refusal_is_a_problem_and_nothing_of_the_interface_is_run_by_a_browser() -> None:
    for asked, status in ((scope() | API, 200), (scope(origin=ELSEWHERE) | API, 403)):
        start = reached(asked)[1][0]
        headers = dict(start["headers"])
        assert start["status"] == status
        assert b"sandbox" in headers[b"content-security-policy"]
        assert b"access-control-allow-origin" not in headers
    assert headers[b"content-type"] == b"application/problem+json"


def test_port_80_is_named_or_left_out() -> None:
    for host, origin in (("localhost", "http://localhost"), ("localhost:80", "http://localhost:80")):
        assert refusal(scope(host=host, origin=origin) | {"server": ("127.0.0.1", 80)}) is None


def test_every_answer_says_that_it_is_nobody_s_to_frame_or_fetch_and_sends_nothing_away() -> None:
    for asked in (ANSWERED[0], REFUSED[0]):
        headers = dict(reached(asked)[1][0]["headers"])
        assert headers.items() >= HEADERS.items()
        content = headers[b"content-security-policy"].decode()
        assert "default-src 'self'" in content
        assert "frame-ancestors 'none'" in content
        assert "http" not in content


def reached(asked: dict[str, Any]) -> tuple[bool, list[dict[str, Any]]]:
    """Whether a request reaches the pages, and what is sent back."""
    calls, sent = [], []

    async def pages(_scope: Any, _receive: Any, send: Any) -> None:
        calls.append(True)
        framed = [(b"Content-Type", b"text/html"), (b"X-Frame-Options", b"ALLOWALL")]
        if asked["type"] == "http":
            await send({"type": "http.response.start", "status": 200, "headers": framed})

    async def receive() -> dict[str, Any]:
        return {"type": f"{asked['type']}.connect"}

    async def send(message: Any) -> None:
        sent.append(message)

    finished(Guard(pages)(asked, receive, send))
    return bool(calls), sent
