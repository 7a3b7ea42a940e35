"""How people sign in is set up, and when a sign-in holds: every fault in words."""

from __future__ import annotations

from typing import Any

import pytest

from scorecard.access.sign_in import SignIn, SignInError, SignInOver, read_sign_in, require_current
from scorecard.cli.serving.return_to import ReturnTo, page_to_return_to
from tests.coroutines import finished

GOOD = {
    "redirect_uri": "https://scorecard.council.gov.uk/oauth2callback",
    "cookie_secret": "s" * 32,
    "client_id": "me",
    "client_secret": "x",
    "server_metadata_url": "https://login.example/.well-known/openid-configuration",
}
Header = tuple[bytes, bytes]
US = SignIn(redirect_uri=GOOD["redirect_uri"], client_id="me")
NOW = 1_600_000_000


def toml(**changed: str | None) -> bytes:
    lines = [f'{name} = "{value}"' for name, value in {**GOOD, **changed}.items() if value is not None]
    return "\n".join(["[auth]", *lines]).encode()


def test_a_good_sign_in_is_read_and_none_is_none() -> None:
    sign_in = read_sign_in(toml(), "sign-in.toml")
    assert sign_in == US
    assert (US.host, US.secure) == ("scorecard.council.gov.uk", True)
    assert read_sign_in(b"[other]\nx = 1", "sign-in.toml") is None
    assert sign_in.address(8501) == "https://scorecard.council.gov.uk"
    open_port = read_sign_in(toml(redirect_uri="http://localhost:{port}/oauth2callback"), "f")
    assert open_port is not None
    assert open_port.address(8502) == "http://localhost:8502"


FAULTS = [
    ({"client_secret": None}, "client_secret is missing"),
    ({"client_id": " "}, "client_id is missing"),
    ({"cookie_secret": "short"}, "cookie_secret is too short"),
    ({"redirect_uri": "https://a.uk/"}, "must end in /oauth2callback"),
    ({"redirect_uri": "http://a.uk/oauth2callback"}, "must begin with https://"),
    ({"server_metadata_url": "http://login.example/x"}, "must begin with https://"),
    ({"expose_tokens": "id"}, "expose_tokens: take it out"),
]


@pytest.mark.parametrize(("changed", "message"), FAULTS)
def test_a_fault_is_named(changed: dict[str, Any], message: str) -> None:
    with pytest.raises(SignInError, match=message):
        read_sign_in(toml(**changed), "sign-in.toml")


def test_a_secret_never_stands_in_a_message() -> None:
    with pytest.raises(SignInError) as caught:
        read_sign_in(toml(cookie_secret="hunter2", client_secret=None), "sign-in.toml")
    assert "hunter2" not in str(caught.value)


HELD = {"aud": "me", "iat": NOW - 60, "exp": NOW + 60}


@pytest.mark.parametrize(
    "changed",
    [
        {"exp": NOW}, {"exp": NOW - 1}, {"exp": None}, {"exp": "later"}, {"iat": None}, {"iat": NOW + 120},
        {"aud": "you"}, {"aud": None}, {"aud": ["you"]}, {"aud": ["me", "you"], "azp": "you"}, {"azp": "you"},
    ],
)  # fmt: skip
def test_what_ran_out_or_was_made_for_another_is_over(changed: dict[str, Any]) -> None:
    require_current(HELD, US, NOW)
    require_current({**HELD, "aud": ["me"], "azp": "me"}, US, NOW)
    with pytest.raises(SignInOver):
        require_current({**HELD, **changed}, US, NOW)


def headers_of(path: str, headers: list[Header], status: int = 302, query: bytes = b"") -> tuple[int, list[str]]:
    """What is answered of an answer of Streamlit's: its status, and its cookies and where it leads to."""

    async def streamlit(_scope: Any, _receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": b"Authentication error"})

    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    asked = {"headers": [(b"referer", b"https://s.uk/about")], "query_string": query}
    finished(ReturnTo(streamlit)({"type": "http", "path": path, **asked}, None, send))  # type: ignore[arg-type]
    return sent[0]["status"], [value.decode() for _, value in sent[0]["headers"]]


SIGNED = (b"set-cookie", b"_streamlit_user=2|1:0|abc; Path=/; HttpOnly")
DELETED = (b"set-cookie", b'_streamlit_user=""; Max-Age=0; Path=/')
HOME = (b"location", b"/")


@pytest.mark.parametrize(
    ("headers", "query", "why"),
    [
        ([HOME, SIGNED], b"code=x&state=y", None),
        ([HOME, DELETED, SIGNED], b"code=x&state=y", None),
        ([HOME, DELETED], b"code=x&state=y", "unusable"),
        ([HOME], b"code=x&state=y", "unusable"),
        ([HOME], b"error=access_denied&error_description=%3Cb%3E", "declined"),
    ],
)
def test_whoever_was_not_signed_in_is_told_why(headers: list[Header], query: bytes, why: str | None) -> None:
    _, answer_headers = headers_of("/oauth2callback", headers, query=query)
    reasons = [
        header.partition("=")[2].partition(";")[0]
        for header in answer_headers
        if header.startswith("scorecard_sign_in=")
    ]
    assert reasons == ([why] if why else [])


def test_a_provider_that_does_not_answer_leads_back_to_the_page_and_says_so() -> None:
    status, answer_headers = headers_of("/auth/login", [(b"content-type", b"text/plain")], 400)
    assert (status, answer_headers[0]) == (302, "/about")
    assert any(header.startswith("scorecard_sign_in=unreachable; Path=/; Max-Age=") for header in answer_headers)
    assert headers_of("/about", [HOME], 400) == (400, ["/"]), "no other page's fault is touched"


@pytest.mark.parametrize(
    ("referer", "expected"),
    [
        ("https://s.uk/measure?measure=adoption&month=2020-07", "/measure?measure=adoption&month=2020-07"),
        ("https://s.uk/", "/"),
        ("https://s.uk//evil.example/x", None),
        ("https://s.uk/auth/login?x=1", None),
        ("https://s.uk/a\\b", None),
        ("https://s.uk/measure?x=%0d%0aSet-Cookie", "/measure?x=%0d%0aSet-Cookie"),
        ("https://s.uk/measure?x=" + "y" * 2_000, None),
        ("", None),
    ],
)
def test_only_a_page_of_ours_is_shown_after_signing_in(referer: str, expected: str | None) -> None:
    scope = {"path": "/auth/login", "headers": [(b"referer", referer.encode())]}
    cookies = [value.decode() for _, value in ReturnTo(lambda *_: None, True)._headers(scope, [])]  # type: ignore[arg-type, return-value]
    assert [page_to_return_to(cookie.partition(";")[0]) for cookie in cookies] == ([expected] if expected else [])
    assert all(cookie.endswith("; Secure") for cookie in cookies)
