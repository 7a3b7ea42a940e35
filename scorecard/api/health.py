"""Whether the server is up, and whether the store can be used: for whatever watches over it."""

from __future__ import annotations

import os

from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from scorecard.use_cases.open_scorecard import settings_from
from scorecard.use_cases.safekeeping import not_ready

LIVE = "The scorecard is running.\n"
READY = "The scorecard is ready: its store answers and is up to date.\n"
HEADERS = {"cache-control": "no-store"}


async def live(_request: Request) -> PlainTextResponse:
    """200 while the process answers at all."""
    return PlainTextResponse(LIVE, headers=HEADERS)


def ready(_request: Request) -> PlainTextResponse:
    """200 where the store answers and its tables are those of this version; else 503, and why in words."""
    why = not_ready(settings_from(os.environ))
    return PlainTextResponse(READY if why is None else f"{why}\n", 200 if why is None else 503, HEADERS)


ROUTES = [Route("/health/live", live), Route("/health/ready", ready)]
