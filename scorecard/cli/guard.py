"""The guard before the pages: this machine alone, by its own name, from the pages' own tabs.

A page of any site that is open in the same browser can send requests to this machine, or give its own name this
machine's address. So each request must name this machine (Host), come from a page of this very address (Origin,
Sec-Fetch-Site) or from a person (a link, a typed address); and no page of ours may be framed, or send anything away.
"""

from __future__ import annotations

from starlette.types import ASGIApp, Message, Receive, Scope, Send

NAMES = ("localhost", "127.0.0.1")
READS = ("GET", "HEAD")
NOT_ALLOWED = 1008  # a web socket's code for: against the rules here
# Streamlit's own pages need the inline and evaluated scripts. What matters here: nothing is fetched from or sent to
# anywhere else, and nobody may frame them.
CONTENT = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; media-src 'self' data: blob:; worker-src 'self' blob:; "
    "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)
HEADERS = {
    b"content-security-policy": CONTENT.encode(),
    b"x-frame-options": b"DENY",
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"same-origin",
    b"cross-origin-opener-policy": b"same-origin",
    b"cross-origin-resource-policy": b"same-origin",
}


class Guard:
    """An ASGI app before another: what is refused never reaches it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        why = refusal(scope)
        if why is None:
            await self.app(scope, receive, _with_headers(send))
        elif scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": NOT_ALLOWED, "reason": "not from here"})
        else:
            await _refuse(_with_headers(send), why)


def refusal(scope: Scope) -> str | None:
    """Why a request is refused, in words for whoever sees them; None where it is answered."""
    port = scope["server"][1]
    hosts = [name for known in NAMES for name in ((known, f"{known}:80") if port == 80 else (f"{known}:{port}",))]
    named, origins = _all(scope, b"host"), _all(scope, b"origin")
    if len(named) != 1 or named[0].lower() not in hosts:
        return f"The scorecard answers on this machine alone. Open http://localhost:{port}"
    own = f"http://{named[0].lower()}"
    needed = scope["type"] == "websocket"  # a browser always says which page opens one
    if any(origin.lower() != own for origin in origins) or len(origins) > 1 or (needed and not origins):
        return "The scorecard answers its own pages alone, and this request is another page's."
    if not _from_here(scope):
        return "The scorecard answers its own pages alone, and this request is another site's."
    return None


def _from_here(scope: Scope) -> bool:
    """Whether a browser says that the request is of our own page, or of a person who follows a link to us."""
    sites = _all(scope, b"sec-fetch-site")
    if all(site in ("same-origin", "none") for site in sites):
        return True
    whole_page = _all(scope, b"sec-fetch-mode") == ["navigate"] and _all(scope, b"sec-fetch-dest") == ["document"]
    return whole_page and scope.get("method") in READS


def _all(scope: Scope, name: bytes) -> list[str]:
    return [value.decode("latin-1") for found, value in scope["headers"] if found.lower() == name]


def _with_headers(send: Send) -> Send:
    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            others = [(name, value) for name, value in message.get("headers", []) if name.lower() not in HEADERS]
            message["headers"] = [*others, *HEADERS.items()]
        await send(message)

    return sent


async def _refuse(send: Send, why: str) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8")]
    await send({"type": "http.response.start", "status": 403, "headers": headers})
    await send({"type": "http.response.body", "body": f"{why}\n".encode()})
