"""Around signing in: the page that was asked for is shown after it, or why nobody was signed in.

Streamlit sends who has signed in to the first page, and who hasn't too, without a word. Here the page that led to the
sign-in is kept meanwhile in a cookie that only the way back sees; it leads to our own pages alone, whatever stands in
it. What went wrong goes to the page in another, one of few words of ours. Cookies go by https alone where that is used.
"""

from __future__ import annotations

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from http import HTTPStatus
from http.cookies import SimpleCookie
from urllib.parse import urlsplit

from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOGIN, CALLBACK, COOKIE = "/auth/login", "/oauth2callback", "scorecard_asked"
LASTS = 600  # seconds: as long as a sign-in may take
FAILED, FAILED_LASTS = "scorecard_sign_in", 20  # seconds: for the page that comes next
IDENTITY = b"_streamlit_user="  # the cookie of who has signed in; a deleted one holds nothing
LONGEST = 1_500  # characters of an address
OUR_PAGE = re.compile(r"/(?:[a-z][a-z-]{0,40})?(?:\?[A-Za-z0-9._~%!$&'()*+,;=:@/?-]*)?")
NO_PAGES = ("/auth", "/api", "/health", "/media", "/static")


class ReturnTo:
    """An ASGI app before the pages. secure: whether people open them by https."""

    def __init__(self, app: ASGIApp, secure: bool = False) -> None:
        self.app = app
        self.end = "; Secure" if secure else ""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        went_wrong = False

        async def sent(message: Message) -> None:
            nonlocal went_wrong
            if message["type"] == "http.response.start":
                went_wrong = scope["path"] == LOGIN and message["status"] >= HTTPStatus.BAD_REQUEST
                if went_wrong:  # the provider could not be asked: Streamlit's own answer is a page of two words
                    message["status"] = HTTPStatus.FOUND
                    message["headers"] = [(b"location", (_our_page(_header(scope, b"referer")) or "/").encode()),
                                          (b"content-length", b"0")]  # fmt: skip
                message["headers"] = self._headers(scope, list(message.get("headers", [])), went_wrong)
            elif went_wrong:
                message["body"] = b""
            await send(message)

        await self.app(scope, receive, sent)

    def _headers(
        self, scope: Scope, headers: list[tuple[bytes, bytes]], went_wrong: bool = False
    ) -> list[tuple[bytes, bytes]]:
        if why := "unreachable" if went_wrong else _why_not(scope, headers):
            headers.append((b"set-cookie", self._cookie(FAILED, why, FAILED_LASTS, "/")))
        if scope["path"] == LOGIN and (page := _our_page(_header(scope, b"referer"))):
            return_page = urlsafe_b64encode(page.encode()).decode().rstrip("=")
            headers.append((b"set-cookie", self._cookie(COOKIE, return_page, LASTS, CALLBACK)))
        if scope["path"] == CALLBACK and (page := page_to_return_to(_header(scope, b"cookie"))):
            headers = [
                (name, page.encode() if name == b"location" and value == b"/" else value) for name, value in headers
            ]
            headers.append((b"set-cookie", self._cookie(COOKIE, "", 0, CALLBACK)))
        end = self.end.encode()
        return [(name, value + end if name == b"set-cookie" and end not in value else value) for name, value in headers]

    @staticmethod
    def _cookie(name: str, value: str, lasts: int, path: str) -> bytes:
        return f"{name}={value}; Path={path}; Max-Age={lasts}; HttpOnly; SameSite=lax".encode()


def _why_not(scope: Scope, headers: list[tuple[bytes, bytes]]) -> str | None:
    """Why nobody is signed in by the way back from the provider; None where somebody is, and for any other address."""
    if scope["path"] != CALLBACK:
        return None
    names = [value for name, value in headers if name == b"set-cookie" and value.startswith(IDENTITY)]
    if any(value[len(IDENTITY) :].split(b";")[0].strip(b'"') for value in names):
        return None
    return "declined" if b"error=" in scope.get("query_string", b"") else "unusable"


def page_to_return_to(cookies: str) -> str | None:
    """The page of ours that a request's cookies name; None where they name none."""
    try:
        value = SimpleCookie(cookies)[COOKIE].value
        page = urlsafe_b64decode(value + "=" * (-len(value) % 4)).decode()
    except (KeyError, ValueError):
        return None
    return page if _is_ours(page) else None


def _our_page(address: str) -> str | None:
    parts = urlsplit(address)
    page = f"{parts.path}?{parts.query}" if parts.query else parts.path
    return page if _is_ours(page) else None


def _is_ours(page: str) -> bool:
    return len(page) <= LONGEST and bool(OUR_PAGE.fullmatch(page)) and not page.startswith(NO_PAGES)


def _header(scope: Scope, name: bytes) -> str:
    return "; ".join(value.decode("latin-1") for header, value in scope["headers"] if header.lower() == name)
