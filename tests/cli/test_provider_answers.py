"""What a real provider answers, on Streamlit's own way of signing in: whom it lets in, and whom it doesn't."""

from __future__ import annotations

import json
import re
import ssl
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest import mock
from urllib.parse import parse_qs, urlsplit

import authlib.oidc.core.grants.code as issuing
import httpx
import pytest
import streamlit.config
from joserfc import jwt
from joserfc.jwk import RSAKey
from oidc_provider_mock import User, run_server_in_thread
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.sessions import SessionMiddleware
from streamlit.auth_util import encode_provider_token
from streamlit.runtime.secrets import secrets_singleton
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
from streamlit.web.server.starlette.starlette_auth_routes import create_auth_routes

from scorecard.access.sign_in import SignIn, SignInOver, require_current
from scorecard.cli.serving.return_to import ReturnTo
from tests.coroutines import finished

US, SECRET, CLIENT = "http://scorecard.test", "a secret of this test alone, 32 characters", "scorecard"
SIGN_IN = SignIn(redirect_uri=f"{US}/oauth2callback", client_id=CLIENT)
Claims = dict[str, Any]


@pytest.fixture(scope="module")
def provider(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A provider, and Streamlit set to sign in by it: the provider's address."""
    jane = User(sub="jane", claims={"email": "jane@council.gov.uk", "email_verified": True})
    file = tmp_path_factory.mktemp("sign-in") / "sign-in.toml"
    trust = ssl.create_default_context()  # made once: it takes longer than all that is asked, and nothing here has TLS
    making = mock.patch("httpx._transports.default.create_ssl_context", return_value=trust)
    with making, run_server_in_thread(user_claims=[jane]) as server:
        address = f"http://localhost:{server.server_port}"
        file.write_text(
            f'[auth]\nredirect_uri = "{US}/oauth2callback"\ncookie_secret = "{SECRET}"\nclient_id = "{CLIENT}"\n'
            f'client_secret = "x"\nserver_metadata_url = "{address}/.well-known/openid-configuration"\n'
        )
        before = streamlit.config.get_option("secrets.files")
        streamlit.config.set_option("secrets.files", [str(file)])
        secrets_singleton._reset()
        yield address
        streamlit.config.set_option("secrets.files", before)
        secrets_singleton._reset()


def visitor() -> httpx.AsyncClient:
    """A browser, in front of what Streamlit answers around a sign-in and what is put round that."""
    around = [Middleware(ReturnTo), Middleware(SessionMiddleware, secret_key=SECRET)]
    app = Starlette(routes=create_auth_routes(""), middleware=around)
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=US)


async def came_back(act: str = "sub", again: bool = False) -> tuple[Claims | None, str]:
    """What the browser holds after a sign-in, in which jane says yes or no at the provider, and what it is told.

    again: the way back is gone once more, without the first one's answer.
    """
    async with visitor() as here, httpx.AsyncClient() as there:
        begun = await here.get(f"/auth/login?provider={encode_provider_token('default')}")
        form = {"sub": "jane"} if act == "sub" else {"action": act}
        back = await there.post(begun.headers["location"], data=form)
        way = urlsplit(back.headers["location"])
        ended = await here.get(f"{way.path}?{way.query}")
        if again:
            here.cookies.delete("_streamlit_user")
            ended = await here.get(f"{way.path}?{way.query}")
        assert parse_qs(way.query)
    held = httpx.Cookies()
    held.extract_cookies(ended)
    cookie = decode_signed_value(SECRET, "_streamlit_user", (held.get("_streamlit_user") or "").encode())
    return (json.loads(cookie) if cookie else None), held.get("scorecard_sign_in") or ""


def answering(monkeypatch: pytest.MonkeyPatch, alter: Callable[[Claims], Claims], key: Any, algorithm: str) -> None:
    """Lets the provider say something else in its token, or sign it otherwise."""

    def encode(header: Claims, claims: Claims, own: Any, _algorithms: list[str]) -> str:
        signed: str = jwt.encode({**header, "alg": algorithm}, alter(claims), key or own, [algorithm])
        return signed

    monkeypatch.setattr(issuing, "jwt", SimpleNamespace(encode=encode))


def same(claims: Claims) -> Claims:
    return claims


def saying(**changed: Any) -> Callable[[Claims], Claims]:
    return lambda claims: {**claims, **changed}


OTHER_KEY = RSAKey.generate_key(2048)
NOBODY = {
    "for another program": (saying(aud="payroll"), None, "RS256"),
    "for another program, by way of us": (saying(aud="payroll", azp=CLIENT), None, "RS256"),
    "for us and another, asked by the other": (saying(aud=[CLIENT, "payroll"], azp="payroll"), None, "RS256"),
    "run out": (saying(iat=1_600_000_000, exp=1_600_003_600), None, "RS256"),
    "of tomorrow": (saying(iat=time.time() + 86_400, exp=time.time() + 90_000), None, "RS256"),
    "without an end": (lambda claims: {name: value for name, value in claims.items() if name != "exp"}, None, "RS256"),
    "of another sign-in": (saying(nonce="another"), None, "RS256"),
    "without the number it was asked for with": (
        lambda claims: {name: value for name, value in claims.items() if name != "nonce"}, None, "RS256",
    ),
    "of another provider": (saying(iss="https://evil.example"), None, "RS256"),
    "signed by another": (same, OTHER_KEY, "RS256"),
    "signed with what everybody knows": (same, "the provider's public key, say", "HS256"),
}  # fmt: skip


def test_a_good_answer_signs_in_and_is_told_nothing(provider: str) -> None:
    claims, reason = finished(came_back())
    assert claims is not None
    require_current(claims, SIGN_IN, time.time())
    assert (claims["email"], reason) == ("jane@council.gov.uk", "")


@pytest.mark.parametrize(("alter", "key", "algorithm"), NOBODY.values(), ids=NOBODY)
def test_what_is_not_for_us_of_now_and_of_our_provider_lets_nobody_in(
    provider: str, monkeypatch: pytest.MonkeyPatch, alter: Callable[[Claims], Claims], key: Any, algorithm: str
) -> None:
    """Most is refused on the way back, which the next page says; what is not, each click refuses."""
    answering(monkeypatch, alter, key, algorithm)
    claims, reason = finished(came_back())
    if claims is None:
        assert reason == "unusable"
    else:
        with pytest.raises(SignInOver):
            require_current(claims, SIGN_IN, time.time())


def test_an_answer_that_was_used_before_lets_nobody_in(provider: str) -> None:
    assert finished(came_back(again=True)) == (None, "unusable")


def test_whoever_says_no_at_the_provider_is_told_that_it_was_called_off(provider: str) -> None:
    assert finished(came_back(act="deny")) == (None, "declined")


def test_a_provider_that_is_away_is_said_to_be(provider: str, monkeypatch: pytest.MonkeyPatch) -> None:
    file = Path(streamlit.config.get_option("secrets.files")[0])
    before = file.read_text()
    try:
        file.write_text(re.sub(r"http://localhost:\d+", "http://localhost:9", before))
        secrets_singleton._reset()

        async def asked() -> httpx.Response:
            async with visitor() as here:
                login = f"/auth/login?provider={encode_provider_token('default')}"
                return await here.get(login, headers={"referer": f"{US}/measure?month=2020-07"})

        answer = finished(asked())
    finally:
        file.write_text(before)
        secrets_singleton._reset()
    assert (answer.status_code, answer.headers["location"]) == (302, "/measure?month=2020-07")
    assert answer.cookies.get("scorecard_sign_in") == "unreachable"
