"""The guard before the pages: this machine alone, by its own name, from the pages' own tabs.

A page of any site that is open in the same browser can send requests to this machine, or give its own name this
machine's address. So each request must name this machine (Host), come from a page of this very address (Origin,
Sec-Fetch-Site) or from a person (a link, a typed address); and no page of ours may be framed, or send anything away.
A Host header is only what somebody says, so whoever names this machine must be on it.
"""

from __future__ import annotations

from collections.abc import Collection
from ipaddress import IPv6Address, ip_address

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from scorecard.api.problems import MEDIA_TYPE, problem

NAMES = ("localhost", "127.0.0.1")
FOR_PROGRAMS = "/api"  # what other programs ask: of this machine alone, always, and never as a link from elsewhere
READS = ("GET", "HEAD")
NOT_ALLOWED = 1008  # a web socket's code for: against the rules here
# Streamlit's own pages need the inline and evaluated scripts. What matters here: nothing is fetched from or sent to
# anywhere else, and nobody may frame them.
CONTENT = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; media-src 'self' data: blob:; worker-src 'self' blob:; "
    "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)
CONTENT_FOR_PROGRAMS = "default-src 'none'; sandbox; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
HEADERS = {
    b"content-security-policy": CONTENT.encode(),
    b"x-frame-options": b"DENY",
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"same-origin",
    b"cross-origin-opener-policy": b"same-origin",
    b"cross-origin-resource-policy": b"same-origin",
}
HEADERS_FOR_PROGRAMS = HEADERS | {b"content-security-policy": CONTENT_FOR_PROGRAMS.encode()}


class Guard:
    """An ASGI app before another: what is refused never reaches it.

    open_to: the names by which others than this machine may open the pages; none: this machine alone.
    programs_too: whether they may ask by the interface too, because it wants a token of them.
    """

    def __init__(self, app: ASGIApp, open_to: Collection[str] = (), programs_too: bool = False) -> None:
        self.app = app
        self.open_to = open_to
        self.programs_too = programs_too

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        why = refusal(scope, self.open_to, self.programs_too)
        if why is None:
            await self.app(scope, receive, _with_headers(send, scope))
        elif scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": NOT_ALLOWED, "reason": "not from here"})
        else:
            await _refuse(_with_headers(send, scope), scope, why)


def refusal(scope: Scope, open_to: Collection[str] = (), programs_too: bool = False) -> str | None:
    """Why a request is refused, in words for whoever sees them; None where it is answered."""
    port = scope["server"][1]
    named, origins = _all(scope, b"host"), _all(scope, b"origin")
    if len(named) != 1 or not _is_known(named[0].lower(), scope, open_to, programs_too):
        return f"The scorecard answers on this machine alone. Open http://localhost:{port}"
    secure = scope.get("scheme") in ("https", "wss")  # by a proxy on this machine
    own = f"{'https' if secure else 'http'}://{named[0].lower()}"
    needed = scope["type"] == "websocket"  # a browser always says which page opens one
    if any(origin.lower() != own for origin in origins) or len(origins) > 1 or (needed and not origins):
        return "The scorecard answers its own pages alone, and this request is another page's."
    if not _from_here(scope):
        return "The scorecard answers its own pages alone, and this request is another site's."
    return None


def _is_known(host: str, scope: Scope, open_to: Collection[str], programs_too: bool) -> bool:
    """Whether a request names us: this machine's own by loopback's names, others' by those that are open to anyone."""
    port = scope["server"][1]

    def among(names: Collection[str], any_port: bool) -> bool:
        return any(host == f"{name}:{port}" or (host == name and any_port) for name in names)

    if _is_this_machine(scope) and among(NAMES, port == 80):
        return True
    return (programs_too or not _is_for_programs(scope)) and among(open_to, True)


def _is_this_machine(scope: Scope) -> bool:
    """Whether who asks is on this machine, by the address that the request came from."""
    try:
        address = ip_address((scope.get("client") or ("", 0))[0])
    except ValueError:
        return False
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return (mapped or address).is_loopback


def _is_for_programs(scope: Scope) -> bool:
    return bool(scope["path"] == FOR_PROGRAMS or scope["path"].startswith(f"{FOR_PROGRAMS}/"))


def _from_here(scope: Scope) -> bool:
    """Whether a browser says that the request is of our own page, or of a person who follows a link to a page."""
    sites = _all(scope, b"sec-fetch-site")
    if all(site in ("same-origin", "none") for site in sites):
        return True
    whole_page = _all(scope, b"sec-fetch-mode") == ["navigate"] and _all(scope, b"sec-fetch-dest") == ["document"]
    return whole_page and scope.get("method") in READS and not _is_for_programs(scope)


def _all(scope: Scope, name: bytes) -> list[str]:
    return [value.decode("latin-1") for header, value in scope["headers"] if header.lower() == name]


def _with_headers(send: Send, scope: Scope) -> Send:
    ours = HEADERS_FOR_PROGRAMS if _is_for_programs(scope) else HEADERS

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            others = [(name, value) for name, value in message.get("headers", []) if name.lower() not in ours]
            message["headers"] = [*others, *ours.items()]
        await send(message)

    return sent


async def _refuse(send: Send, scope: Scope, why: str) -> None:
    kind, body = "text/plain; charset=utf-8", f"{why}\n".encode()
    if _is_for_programs(scope):
        kind, body = MEDIA_TYPE, problem("not-from-here", 403, why, scope["path"])
    await send({"type": "http.response.start", "status": 403, "headers": [(b"content-type", kind.encode())]})
    await send({"type": "http.response.body", "body": body})
