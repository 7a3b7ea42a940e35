"""How an answer is written: JSON or CSV as it is asked for, a page of it, and named by the store's version."""

from __future__ import annotations

import hashlib
import json
from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any
from urllib.parse import urlencode

import pandas as pd
from starlette.requests import Request
from starlette.responses import Response

from scorecard.api.parameters import Page, Problem
from scorecard.use_cases.view.export_assessment import plain_rows, safe_csv

JSON, CSV = "application/json", "text/csv; charset=utf-8"
CACHING = {"cache-control": "private, no-cache", "vary": "Accept, Accept-Encoding"}
MOST_KEPT, LARGEST_KEPT = 128, 500_000  # answers, bytes
_kept: OrderedDict[Hashable, Response] = OrderedDict()
_lock = Lock()
KINDS = {"application/json": "json", "text/csv": "csv", "application/*": "json", "text/*": "csv", "*/*": "json"}


def format_of(request: Request, kinds: tuple[str, ...] = ("json", "csv")) -> str:
    """'json' or 'csv': by the address's ending, else by Accept; JSON where nothing is said. Raises Problem.

    kinds: those that there are of what is asked for.
    """
    if request.url.path.endswith(".csv"):
        return "csv"
    accept = ",".join(request.headers.getlist("accept"))
    if not accept.strip():
        return kinds[0]
    for media_type in _by_preference(accept):
        kind = kinds[0] if media_type == "*/*" else KINDS.get(media_type)
        if kind in kinds:
            return str(kind)
    there = " and ".join({"json": "application/json", "csv": "text/csv"}[kind] for kind in kinds)
    raise Problem("not-acceptable", 406, f"There is {there} of this, and Accept asks for neither: '{accept[:80]}'.")


def _by_preference(accept: str) -> list[str]:
    accepted = []
    for position, choice in enumerate(accept.split(",")):
        media_type, *parameters = (part.strip().lower() for part in choice.split(";"))
        weight = next((part[2:] for part in parameters if part.startswith("q=")), "1")
        try:
            share = float(weight)
        except ValueError:
            share = 0.0
        if 0 < share <= 1:
            accepted.append((-share, position, media_type))
    return [media_type for _, _, media_type in sorted(accepted)]


def tag_of(*parts: str) -> str:
    """An ETag; weak, because the same answer may be sent compressed or not."""
    return f'W/"{hashlib.sha256(chr(10).join(parts).encode()).hexdigest()[:24]}"'


def unchanged(request: Request, tag: str) -> Response | None:
    """The answer 304 to whoever has this version of the answer already; None for all others."""
    tags_held = ",".join(request.headers.getlist("if-none-match"))
    tags = {tag.strip().removeprefix("W/") for tag in tags_held.split(",")}
    if "*" in tags or tag.removeprefix("W/") in tags:
        return Response(status_code=304, headers={"etag": tag, **CACHING})
    return None


def cached_or_made(key: Hashable, make: Callable[[], Response]) -> Response:
    """An answer that was given before, while it is among the last and no large one; else made now.

    key: what names all that the answer rests on. What `make` raises is raised, and nothing is kept.
    """
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    answer = make()
    if len(answer.body) <= LARGEST_KEPT:
        with _lock:
            _kept[key] = answer
            while len(_kept) > MOST_KEPT:
                _kept.popitem(last=False)
    return answer


def written(content: bytes, media_type: str, tag: str, **headers: str) -> Response:
    """An answer with its version."""
    return Response(content, headers={"content-type": media_type, "etag": tag, **CACHING, **headers})


def json_bytes(body: Any) -> bytes:
    """A body as JSON; figures are never NaN."""
    return (json.dumps(body, ensure_ascii=False, allow_nan=False) + "\n").encode()


def table(
    request: Request,
    rows: pd.DataFrame,
    kind: str,
    page: Page | None,
    about: dict[str, Any],
    tag: str,
    known: str | None,
) -> Response:
    """A table as JSON (in pages) or CSV (whole, unless a page is asked for).

    about: what is beside the rows. known: the moment to which the next page is held, so that no row is given twice
    or left out where the store changes in between.
    """
    chosen = page or (Page() if kind == "json" else Page(1, max(len(rows), 1)))
    part = rows.iloc[chosen.rows]
    following = _next(request, chosen, known) if len(rows) > chosen.number * chosen.size else None
    link = {"link": f'<{following}>; rel="next"'} if following else {}
    if kind == "csv":
        name = request.url.path.rpartition("/")[2].removesuffix(".csv")
        file = {"content-disposition": f'inline; filename="{name}.csv"'}
        return written(safe_csv(part).encode(), CSV, tag, **file, **link)
    body = {
        **about,
        "count": len(rows),
        "page": chosen.number,
        "page_size": chosen.size,
        "next": following,
        "rows": plain_rows(part),
    }
    return written(json_bytes(body), JSON, tag, **link)


def _next(request: Request, page: Page, known: str | None) -> str:
    query_kept = [
        (name, value) for name, value in request.query_params.multi_items() if name not in ("page", "page_size")
    ]
    if known is not None and not any(name == "as_known_at" for name, _ in query_kept):
        query_kept.append(("as_known_at", known))
    query_kept += [("page", str(page.number + 1)), ("page_size", str(page.size))]
    return f"{request.url.path}?{urlencode(query_kept)}"
