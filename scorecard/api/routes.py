"""The interface for other programs: read-only, version 1. docs/api.md tells what it answers, openapi.yaml exactly."""

from __future__ import annotations

import functools
import hashlib
import logging
import os
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pandas as pd
import yaml
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route

from scorecard.access.permissions import Permission
from scorecard.access.person import local_person
from scorecard.api import problems
from scorecard.api.answers import JSON, cached_or_made, format_of, json_bytes, table, tag_of, unchanged, written
from scorecard.api.parameters import Parameters, Problem
from scorecard.use_cases.errors import (
    CANT_OPEN,
    AccessError,
    NotAllowed,
    RefusedError,
)
from scorecard.use_cases.hand_out import hand_out, note_reading
from scorecard.use_cases.open_scorecard import Scorecard, now, person_here, settings_from, who_is_here
from scorecard.use_cases.publish.describe import describe_snapshot, document, exported_snapshots, snapshot_content
from scorecard.use_cases.publish.pack import FORMATS, PackError
from scorecard.use_cases.sign_in import SignInError, sign_in_of
from scorecard.use_cases.tokens import TokenRefused, program_with
from scorecard.use_cases.view.export_assessment import exported, without_lists
from scorecard.use_cases.view.export_figures import exported_measures, exported_observations
from scorecard.use_cases.view.measures import areas_shown, catalogue_as_known, moment_of_knowledge
from scorecard.use_cases.view.shared import shared_view, shared_with_version, version_of

log = logging.getLogger("scorecard.api")
Endpoint = Callable[[Request], Response]
UNAVAILABLE = (*CANT_OPEN, SignInError, PackError)
PAGES = ("page", "page_size")


def answered(endpoint: Endpoint) -> Endpoint:
    """An endpoint whose faults are problem details, never a traceback."""

    @functools.wraps(endpoint)
    def answer(request: Request) -> Response:
        try:
            return endpoint(request)
        except Problem as error:
            return problem(request, error.code, error.status, error.detail)
        except TokenRefused as error:
            headers = {"www-authenticate": 'Bearer realm="scorecard"'}
            return problem(request, "no-token", 401, str(error), **headers)
        except NotAllowed as error:
            return problem(request, "not-allowed", 403, str(error))
        except AccessError as error:
            return problem(request, "not-available", 503, error.for_strangers)
        except RefusedError as error:  # of a snapshot: nothing else here is asked for by name
            return problem(request, "unknown-snapshot", 404, str(error))
        except UNAVAILABLE as error:
            return problem(request, "not-available", 503, str(error))
        except Exception:
            log.exception("interface %s", endpoint.__name__)
            explanation = (
                "Nothing was changed. Ask again; if it happens again, tell whoever looks after the scorecard when."
            )
            return problem(request, "our-fault", 500, explanation)

    return answer


def problem(request: Request, code: str, status: int, detail: str, **headers: str) -> Response:
    """A problem as an answer."""
    body = problems.problem(code, status, detail, request.url.path)
    return Response(body, status, {"content-type": problems.MEDIA_TYPE, "cache-control": "no-store", **headers})


@answered
def measures(request: Request) -> Response:
    """What is measured: a row a measure."""
    asked = Parameters(request, ("service_area", "as_known_at", *PAGES))
    scorecard, kind, moment = _opened(request), format_of(request), asked.moment()

    def make(tag: str) -> Response:
        catalogue = catalogue_as_known(scorecard, moment)
        rows = exported_measures(catalogue, asked.service_area(catalogue))
        return _table(request, scorecard, rows, kind, asked, moment, tag)

    return _versioned(request, scorecard, kind, make)


@answered
def observations(request: Request) -> Response:
    """Every figure as known at a moment, of the measures, areas and months that are asked for."""
    names = ("measure_id", "area", "from", "to", "as_known_at", *PAGES)
    asked = Parameters(request, names, repeated=("measure_id", "area"))
    scorecard, kind, moment = _opened(request), format_of(request), asked.moment()

    def make(tag: str) -> Response:
        catalogue = catalogue_as_known(scorecard, moment)
        rows = exported_observations(
            scorecard, catalogue, measure_ids=asked.measures(catalogue), areas=asked.areas(areas_shown(catalogue)),
            first=asked.month("from"), last=asked.month("to"), as_known_at=moment,
        )  # fmt: skip
        return _table(request, scorecard, rows, kind, asked, moment, tag)

    return _versioned(request, scorecard, kind, make)


@answered
def assessment(request: Request) -> Response:
    """How each measure stands in a month, as known at a moment."""
    asked = Parameters(request, ("month", "service_area", "as_known_at", *PAGES))
    scorecard, kind, moment, month = _opened(request), format_of(request), asked.moment(), asked.month("month")

    def make(tag: str) -> Response:
        area = asked.service_area(catalogue_as_known(scorecard, moment))
        view = shared_view(scorecard, month, moment)
        rows = exported(scorecard, view, area)
        rows = without_lists(rows) if kind == "csv" else rows
        return _table(request, scorecard, rows, kind, asked, moment, tag, reporting_month=f"{view.month:%Y-%m}")

    return _versioned(request, scorecard, kind, make)


@answered
def catalogue(request: Request) -> Response:
    """The whole catalogue as it was in force at a moment, keys as in config/measures.yaml."""
    asked = Parameters(request, ("as_known_at",))
    scorecard, kind, moment = _opened(request), format_of(request, ("json",)), asked.moment()

    def make(tag: str) -> Response:
        return written(json_bytes(catalogue_as_known(scorecard, moment).to_json()), JSON, tag)

    return _versioned(request, scorecard, kind, make)


@answered
def snapshots(request: Request) -> Response:
    """The snapshots that were taken, latest month first, with their states."""
    asked = Parameters(request, PAGES)
    scorecard, kind = _opened(request), format_of(request)
    rows = exported_snapshots(scorecard)
    tag = tag_of(_address(request), kind, rows.to_csv())  # a state changes without the figures
    return unchanged(request, tag) or _table(request, scorecard, rows, kind, asked, None, tag)


@answered
def snapshot(request: Request) -> Response:
    """One snapshot: its state, and its documents with their addresses."""
    Parameters(request, ())
    format_of(request, ("json",))
    described = describe_snapshot(_opened(request), request.path_params["snapshot_id"])
    here = f"/api/v1/snapshots/{described['snapshot_id']}"
    exports = [{**export, "url": f"{here}/exports/{export['format']}"} for export in described["exports"]]
    body = json_bytes({**described, "content_url": f"{here}/content", "exports": exports})
    tag = tag_of(body.decode())
    return unchanged(request, tag) or written(body, JSON, tag)


@answered
def content(request: Request) -> Response:
    """What a snapshot froze, byte for byte."""
    Parameters(request, ())
    format_of(request, ("json",))
    scorecard = _opened(request)
    frozen = snapshot_content(scorecard, request.path_params["snapshot_id"])
    digest = hashlib.sha256(frozen).hexdigest()  # which is the snapshot's whole id
    tag = tag_of(digest)
    return unchanged(request, tag) or written(hand_out(scorecard, f"{digest[:12]}.json", frozen, digest), JSON, tag)


@answered
def export(request: Request) -> Response:
    """A document of a snapshot, to be saved: never shown as a page of ours. Raises Problem for no such format."""
    Parameters(request, ())
    chosen = request.path_params["format"]
    if chosen not in FORMATS:
        raise Problem("unknown-address", 404, f"There is no format '{chosen[:20]}'. There are: {', '.join(FORMATS)}.")
    scorecard = _opened(request)
    exported = document(scorecard, request.path_params["snapshot_id"], chosen)
    tag = tag_of(hashlib.sha256(exported.content).hexdigest())
    name = f"attachment; filename*=UTF-8''{quote(exported.name)}"
    if same := unchanged(request, tag):
        return same
    handed = hand_out(scorecard, exported.name, exported.content, exported.snapshot_id)
    return written(handed, exported.media_type, tag, **{"content-disposition": name})


@answered
def openapi(request: Request) -> Response:
    """What this interface answers, as OpenAPI 3.1."""
    Parameters(request, ())
    format_of(request, ("json",))
    body = json_bytes(described())
    tag = tag_of(body.decode())
    return unchanged(request, tag) or written(body, JSON, tag)


@cache
def described() -> dict[str, Any]:
    """The description of this interface, as OpenAPI 3.1 has it."""
    text = (Path(__file__).parent / "openapi.yaml").read_text(encoding="utf-8")
    description: dict[str, Any] = yaml.safe_load(text)
    return description


def _opened(request: Request) -> Scorecard:
    """The scorecard in the hands of who asks. What is kept from earlier answers is for every reader alike.

    Where people sign in, a program does too, with a token; else it is this machine's user.
    """
    settings = settings_from(os.environ)
    machine, request.state.version = shared_with_version(local_person(who_is_here()))
    if sign_in_of(os.environ) is None:
        person = person_here(settings)
    else:
        person = program_with(machine, request.headers.get("authorization"), now())
    scorecard = machine.of(person)
    scorecard.require(Permission.READ)
    note_reading(scorecard, request.url.path.split("/")[3].removesuffix(".csv"))
    return scorecard


def _table(
    request: Request,
    scorecard: Scorecard,
    rows: pd.DataFrame,
    kind: str,
    asked: Parameters,
    moment: datetime | None,
    tag: str,
    **about: Any,
) -> Response:
    """Rows with what is beside them: whose they are, as known at what moment, and whether they are invented."""
    known = _moment(moment_of_knowledge(scorecard, moment))
    about_rows = {
        "authority": scorecard.catalogue.authority.code,
        "known_at": known,
        "demonstration": scorecard.demonstration,
        **about,
    }
    known_held = known if request.url.path.rpartition("/")[2].removesuffix(".csv") != "snapshots" else None
    return table(request, rows, kind, asked.page(), about_rows, tag, known_held)


def _versioned(request: Request, scorecard: Scorecard, kind: str, make: Callable[[str], Response]) -> Response:
    """An answer that rests on figures and catalogue alone: made once for each version of them."""
    tag = tag_of(version_of(scorecard, request.state.version), _address(request), kind)
    return unchanged(request, tag) or cached_or_made((scorecard.store, tag), lambda: make(tag))


def _address(request: Request) -> str:
    return f"{request.url.path}?{request.url.query}"


def _moment(moment: datetime | None) -> str | None:
    return None if moment is None else f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}"


async def _no_such_address(request: Request, _error: Exception) -> Response:
    explanation = "Nothing has this address. /api/v1/openapi.json lists what can be asked."
    return problem(request, "unknown-address", 404, explanation)


async def _read_only(request: Request, _error: Exception) -> Response:
    return problem(request, "read-only", 405, "Nothing can be changed here: ask with GET.", allow="GET, HEAD")


_TABLES = {"measures": measures, "observations": observations, "assessment": assessment, "snapshots": snapshots}
_INTERFACE = Starlette(
    routes=[
        *[Route(f"/v1/{name}{end}", endpoint) for name, endpoint in _TABLES.items() for end in ("", ".csv")],
        Route("/v1/catalogue", catalogue),
        Route("/v1/snapshots/{snapshot_id}", snapshot),
        Route("/v1/snapshots/{snapshot_id}/content", content),
        Route("/v1/snapshots/{snapshot_id}/exports/{format}", export),
        Route("/v1/openapi.json", openapi),
    ],
    exception_handlers={404: _no_such_address, 405: _read_only, HTTPException: _no_such_address},
)
_INTERFACE.router.redirect_slashes = False
ROUTES = [Mount("/api", app=_INTERFACE)]
