"""The scorecard as a server, the one entry for every way to start it.

`python -m scorecard serve` runs `server.py PORT ADDRESS`; any ASGI server starts `server:app`.
"""

import asyncio
import gc
import logging
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from types import FrameType

import streamlit as st
import streamlit.config
from starlette.middleware import Middleware

from scorecard.access.person import local_person
from scorecard.api import health, routes
from scorecard.cli.serving.guard import NAMES, Guard
from scorecard.cli.serving.request_log import RequestLog, write_to_stderr
from scorecard.cli.serving.return_to import ReturnTo
from scorecard.cli.serving.web_sockets import WebSockets
from scorecard.pages.upload.store_in_background import wait_until_stored
from scorecard.use_cases.open_scorecard import (
    PROJECT,
    now,
    open_scorecard,
    settings_from,
    who_is_here,
)
from scorecard.use_cases.sign_in import names_open_to_others, sign_in_file, sign_in_of
from scorecard.use_cases.view.prepare_months import preparation


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[None]:
    """Before the first request the store is brought up to date; after the last, what is being stored is stored."""
    write_to_stderr()
    try:
        open_scorecard(settings_from(os.environ), local_person(who_is_here()), now()).close()
    except Exception as error:  # every page, and /health/ready, says so too, until it is mended
        logging.getLogger("scorecard").warning("%s", error)
    preparation.begin()
    gc.freeze()  # what is loaded stays: looking through it for garbage took a quarter of a second of a page
    yield
    await asyncio.to_thread(wait_until_stored)


sign_in = sign_in_of(os.environ)  # a fault in its settings is said here, and nothing is served
open_to = names_open_to_others(os.environ, sign_in)
app = st.App(
    PROJECT / "app.py",
    lifespan=lifespan,
    routes=[*health.ROUTES, *routes.ROUTES],
    middleware=[
        Middleware(RequestLog),
        Middleware(Guard, open_to=open_to, programs_too=sign_in is not None),
        Middleware(WebSockets),
        Middleware(ReturnTo, secure=sign_in is not None and sign_in.secure),
    ],
)
settings = {"server.allowedHosts": [*NAMES, *open_to]}
if sign_in is not None:
    settings["secrets.files"] = [str(sign_in_file(os.environ))]
if __name__ != "__main__":  # another ASGI server starts it
    for name, setting in settings.items():
        streamlit.config.set_option(name, setting)


def _end(_number: int, _frame: FrameType | None) -> None:
    """Ends Python in good order: figures that are being stored are stored to their end."""
    sys.exit(0)


def _end_too(_number: int, _frame: FrameType | None) -> None:
    """The server knows SIGTERM; whatever else means the same becomes it."""
    signal.raise_signal(signal.SIGTERM)


if __name__ == "__main__":
    port, address = sys.argv[1:]
    signal.signal(signal.SIGTERM, _end)
    signal.signal(signal.SIGINT, _end)
    for name in ("SIGHUP", "SIGBREAK"):  # where this system has them, and unless they are ignored, as by nohup
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, _end_too)
    app.run(config={"server.address": address, "server.port": int(port), "server.headless": True, **settings})
