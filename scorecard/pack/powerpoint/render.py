"""The pack as a deck for the meeting (.pptx): native charts and tables, notes, the same bytes for the same snapshot."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from scorecard.core.periods import month_words
from scorecard.pack.document.front_page import subject, watermark
from scorecard.pack.document.words import scope_words, short_id
from scorecard.pack.powerpoint.draw import Drawer
from scorecard.pack.powerpoint.drawingml import EMU
from scorecard.pack.powerpoint.layout import Box, Page, first_page, pages
from scorecard.pack.powerpoint.parts import Plan
from scorecard.pack.powerpoint.slides import plans
from scorecard.pack.powerpoint.template import Template, read_template
from scorecard.pack.powerpoint.theme import safe
from scorecard.pack.snapshot.canonical_json import read_snapshot, snapshot_id
from scorecard.pack.snapshot.models import PackState, Snapshot

DRAFT = PackState()
LONGEST_PROPERTY = 255  # letters
SLIDES_AT_MOST = 20  # with an exception on each; where there are more, two share a slide
ZIP_DATE = (1980, 1, 1, 0, 0, 0)
DEMONSTRATION = "Demonstration data: invented"


def deck(content: bytes, state: PackState = DRAFT, template: bytes | None = None) -> bytes:
    """The deck of a snapshot.

    content: the snapshot's canonical JSON. state: draft, approved by a role, superseded or a working copy.
    template: a council's own .pptx or .potx; None is our own master. The same arguments give the same bytes, in any
    process and time zone. Raises PackError where the snapshot can't be read or the template lacks what a deck needs.
    """
    snapshot = read_snapshot(content)
    whole_id = snapshot_id(content)
    known = read_template(template)
    moment = snapshot.as_known_at.astimezone(UTC).replace(microsecond=0)
    drawer = Drawer(known, _badges(snapshot, state), _footers(snapshot, whole_id, state), moment)
    for page in _laid(snapshot, whole_id, state, known):
        drawer.add(page)
    _describe(known.presentation, snapshot, whole_id, moment)
    return _constant(known.presentation)


def _laid(snapshot: Snapshot, whole_id: str, state: PackState, known: Template) -> list[Page]:
    """The slides, laid out: with an exception on each, or where that makes too many, with two."""
    laid = _pages(plans(snapshot, whole_id, state), known)
    return laid if len(laid) <= SLIDES_AT_MOST else _pages(plans(snapshot, whole_id, state, together=2), known)


def _pages(planned: Sequence[Plan], known: Template) -> list[Page]:
    laid: list[Page] = []
    for plan in planned:
        if plan.opening:  # what the first slide can't hold stands on the last
            laid.append(first_page(plan, _opening_room(known), known.face))
        else:
            laid += pages(plan, known.room, known.face)
    return laid


def _badges(snapshot: Snapshot, state: PackState) -> list[str]:
    """What every slide says above its title: the marking, then what keeps it from being an approved board paper."""
    notices = [watermark(state), DEMONSTRATION if snapshot.demonstration else ""]
    return [safe(snapshot.board.marking), *(notice for notice in notices if notice)]


def _footers(snapshot: Snapshot, whole_id: str, state: PackState) -> list[str]:
    """The footer in full, and shorter for a template with little room for it."""
    pack = f"Snapshot {short_id(whole_id)} · pack version {snapshot.pack_version}"
    month = month_words(snapshot.reporting_month)
    scope = f": {scope_words(snapshot)}" if snapshot.areas_asked is not None else ""
    names = (subject(snapshot, state), f"{snapshot.board.name}{scope}")
    return [*(f"{safe(name)} · {month} · {pack}" for name in names), pack, f"Snapshot {short_id(whole_id)}"]


def _opening_room(template: Template) -> Box:
    """The box of the first slide's subtitle."""
    shape = next(
        placeholder
        for placeholder in template.opening.placeholders
        if placeholder.placeholder_format.type.name == "SUBTITLE"
    )
    return Box(shape.left / EMU, shape.top / EMU, shape.width / EMU, shape.height / EMU)


def _describe(presentation: Any, snapshot: Snapshot, whole_id: str, moment: datetime) -> None:
    """The file's properties: title, language, and no clock's time."""
    properties = presentation.core_properties
    properties.title = f"Measures that matter: {month_words(snapshot.reporting_month)}"
    properties.subject = safe(snapshot.board.title)[:LONGEST_PROPERTY]
    properties.author = safe(f"{snapshot.authority} children's services")[:LONGEST_PROPERTY]
    properties.last_modified_by = properties.author
    properties.keywords = f"snapshot {whole_id}"
    properties.comments = ""
    properties.language = "en-GB"
    properties.revision = 1
    properties.created = properties.modified = moment.replace(tzinfo=None)


def _constant(presentation: Any) -> bytes:
    """The file, its entries dated alike."""
    saved, constant = io.BytesIO(), io.BytesIO()
    presentation.save(saved)
    with zipfile.ZipFile(saved) as old, zipfile.ZipFile(constant, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, ZIP_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = 0o600 << 16
            new.writestr(entry, old.read(name))
    return constant.getvalue()
