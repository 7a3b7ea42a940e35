"""Says so where a proxy strips web sockets: every page would stay empty for ever, without a word.

A web socket that was stripped arrives as a plain request for its address. Streamlit's pages ask whether the server is
well before they try again, and show what they are answered: there whoever asked is told why no page comes. Of an
answer that isn't 200 they show nothing but JSON, so it is a JSON text.
"""

from __future__ import annotations

import logging
import time
from collections import OrderedDict

from starlette.responses import JSONResponse, PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

log = logging.getLogger("scorecard.requests")
SOCKET, HEALTH = "/_stcore/stream", "/_stcore/health"  # of the second a page asks below its own address too
TOLD = (
    "Something between your browser and the scorecard, such as a proxy, lets no web sockets through, so no page can be "
    "shown. Tell whoever looks after the scorecard: docs/deploying.md has the lines that let them through."
)
FORGOTTEN_AFTER = 60.0  # seconds: they try again more often
MOST_KNOWN = 1_000  # of those who asked last


class WebSockets:
    """An ASGI app before another: whose web socket came as a plain request is told why no page comes."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._stripped: OrderedDict[str, float] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path, who = str(scope.get("path", "")), str((scope.get("client") or ("",))[0])
        if path == SOCKET and scope["type"] == "websocket":
            self._stripped.pop(who, None)
        elif path == SOCKET and scope["type"] == "http":
            self._note(who)
            await PlainTextResponse(f"{TOLD}\n", 426, {"upgrade": "websocket"})(scope, receive, send)
            return
        elif path.endswith(HEALTH) and time.monotonic() - self._stripped.get(who, float("-inf")) < FORGOTTEN_AFTER:
            await JSONResponse(TOLD, 503)(scope, receive, send)
            return
        await self.app(scope, receive, send)

    def _note(self, who: str) -> None:
        if who not in self._stripped:
            log.warning("A web socket came as a plain request: the proxy strips Upgrade (docs/deploying.md, nginx)")
        self._stripped[who] = time.monotonic()
        self._stripped.move_to_end(who)
        while len(self._stripped) > MOST_KNOWN:
            self._stripped.popitem(last=False)
