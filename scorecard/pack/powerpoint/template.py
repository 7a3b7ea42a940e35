"""The master of the deck: our own, or a council's file; which of its layouts serve, and where there is room on them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn

from scorecard.pack.errors import PackError
from scorecard.pack.powerpoint.drawingml import EMU
from scorecard.pack.powerpoint.layout import Box
from scorecard.pack.powerpoint.text_metrics import Typeface, typeface

TITLES = {PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE}
CONTENTS = {PP_PLACEHOLDER.BODY, PP_PLACEHOLDER.OBJECT}
RUNNING = {PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER}
STRIP_HEIGHT, STRIP_GAP = 22.0, 5.0
LEAST_ROOM = (480.0, 260.0)  # points: less can't hold a table in letters of 12 points

TEMPLATE_TYPE = b"application/vnd.openxmlformats-officedocument.presentationml.template.main+xml"
DECK_TYPE = b"application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
UNPACKED_AT_MOST = 200_000_000


@dataclass(frozen=True)
class Template:
    """A master ready to be filled. strip: the line with the marking and what else each slide must say."""

    presentation: Any
    opening: Any
    content: Any
    bare: Any
    room: Box
    strips: dict[str, Box]
    face: Typeface


def read_template(content: bytes | None = None) -> Template:
    """Our own master, or a council's .pptx or .potx. Raises PackError that names what it lacks."""
    presentation = _open(own_template() if content is None else content)
    _without_slides(presentation)
    layouts = [layout for master in presentation.slide_masters for layout in master.slide_layouts]
    opening = _first(layouts, _opens)
    text = _first(layouts, _holds_text)
    missing = [
        lack
        for layout, lack in (
            (opening, "a layout with a title and a subtitle, for the first slide"),
            (text, "a layout with a title and one box for text or content, for all others"),
        )
        if layout is None
    ]
    if missing:
        raise PackError(f"The deck's template lacks {' and '.join(missing)}. Add it, or leave the template out.")
    room = _box(next(shape for shape in text.placeholders if _type(shape) in CONTENTS))
    bare = _first(layouts, _has_title_alone) or text
    title = next(shape for shape in bare.placeholders if _type(shape) in TITLES)
    top = max(room.y, _box(title).y + _box(title).height) if _box(title).y < room.y else room.y
    room = Box(room.x, top, room.width, room.y + room.height - top)
    strips = {layout.name: strip for layout in (opening, text, bare) if (strip := _strip(layout)) is not None}
    if text.name not in strips or bare.name not in strips:  # no room above the titles: the content's last line then
        low = room.y + room.height - STRIP_HEIGHT
        line = Box(room.x, low, room.width, STRIP_HEIGHT)
        strips |= {text.name: line, bare.name: line}
        room = Box(room.x, room.y, room.width, room.height - STRIP_HEIGHT - STRIP_GAP)
    strips.setdefault(opening.name, strips[text.name])
    if room.width < LEAST_ROOM[0] or room.height < LEAST_ROOM[1]:
        raise PackError(
            f"The deck's template leaves too little room for content on its layout '{text.name}': "
            f"{room.width / 72:.1f} by {room.height / 72:.1f} inches, where "
            f"{LEAST_ROOM[0] / 72:.1f} by {LEAST_ROOM[1] / 72:.1f} are needed. Make its content box larger."
        )
    face = typeface(sorted(_fonts(presentation, (opening, text, bare))))
    return Template(presentation, opening, text, bare, room, strips, face)


def _open(content: bytes) -> Any:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
            types = archive.read("[Content_Types].xml")
            if sum(entry.file_size for entry in archive.infolist()) > UNPACKED_AT_MOST:
                raise PackError("The deck's template is too large once unpacked (over 200 MB). Use a smaller one.")
        if any("vbaProject" in name for name in names):
            raise PackError("The deck's template holds macros. Save it as .pptx or .potx without them.")
        if TEMPLATE_TYPE in types:
            content = _as_deck(content)
        return Presentation(io.BytesIO(content))
    except (zipfile.BadZipFile, KeyError, ValueError, SyntaxError) as fault:
        if isinstance(fault, PackError):
            raise
        raise PackError("The deck's template is no PowerPoint file (.pptx or .potx) that can be read.") from None


def _as_deck(content: bytes) -> bytes:
    """A .potx as the .pptx that it makes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            data = old.read(entry)
            new.writestr(
                entry, data.replace(TEMPLATE_TYPE, DECK_TYPE) if entry.filename == "[Content_Types].xml" else data
            )
    return buffer.getvalue()


def _without_slides(presentation: Any) -> None:
    """A template may hold slides that show how to use it; the deck doesn't. Its sections go with them."""
    listed = presentation.slides._sldIdLst
    for entry in list(listed):
        presentation.part.drop_rel(entry.rId)
        listed.remove(entry)
    extensions = presentation.element.find(qn("p:extLst"))
    if extensions is not None:
        presentation.element.remove(extensions)


def _first(layouts: list[Any], serves: Any) -> Any:
    return next((layout for layout in layouts if serves(layout)), None)


def _types(layout: Any) -> list[Any]:
    return [_type(shape) for shape in layout.placeholders if _type(shape) not in RUNNING]


def _type(shape: Any) -> Any:
    return shape.placeholder_format.type


def _opens(layout: Any) -> bool:
    types = _types(layout)
    return PP_PLACEHOLDER.SUBTITLE in types and any(kind in TITLES for kind in types)


def _holds_text(layout: Any) -> bool:
    types = _types(layout)
    return (
        len(types) == 2 and any(kind in TITLES for kind in types) and any(kind in CONTENTS for kind in types)
        and not _upright(layout)
    )  # fmt: skip


def _upright(layout: Any) -> bool:
    """Whether a layout is one of those for East Asian vertical text, or sets its text beside its title."""
    title = next(shape for shape in layout.placeholders if _type(shape) in TITLES)
    body = next(shape for shape in layout.placeholders if _type(shape) in CONTENTS)
    vertical = any(shape._element.ph.orient == "vert" for shape in (title, body))
    return vertical or body.width < title.width * 0.6


def _has_title_alone(layout: Any) -> bool:
    types = _types(layout)
    return len(types) == 1 and types[0] in TITLES


def _box(shape: Any) -> Box:
    return Box(shape.left / EMU, shape.top / EMU, shape.width / EMU, shape.height / EMU)


def _strip(layout: Any) -> Box | None:
    """The line above a layout's title, where nothing of the master's or the layout's lies in it."""
    title = _box(next(shape for shape in layout.placeholders if _type(shape) in TITLES))
    top = title.y - STRIP_HEIGHT - STRIP_GAP
    strip = Box(title.x, top, title.width, STRIP_HEIGHT)
    others = [
        _box(shape)
        for shapes in (layout.slide_master.shapes, layout.shapes)
        for shape in shapes
        if not shape.is_placeholder or _type(shape) not in TITLES | CONTENTS | RUNNING
    ]
    if top < 4 or any(_meet(strip, other) for other in others if other.width and other.height):
        return None
    return strip


def _meet(one: Box, other: Box) -> bool:
    return (
        one.x < other.x + other.width and other.x < one.x + one.width
        and one.y < other.y + other.height and other.y < one.y + one.height
    )  # fmt: skip


def _fonts(presentation: Any, layouts: tuple[Any, ...]) -> Iterator[str]:
    """The names of the fonts that titles and texts may be set in."""
    for master in presentation.slide_masters:
        for relation in master.part.rels.values():
            if relation.reltype.endswith("/theme"):
                theme = parse_xml(relation.target_part.blob)
                for scheme in theme.iter(qn("a:majorFont"), qn("a:minorFont")):
                    yield scheme.find(qn("a:latin")).get("typeface")
        yield from _named(master._element)
    for layout in layouts:
        yield from _named(layout._element)


def _named(element: Any) -> Iterator[str]:
    return (
        name for latin in element.iter(qn("a:latin")) if (name := latin.get("typeface")) and not name.startswith("+")
    )


@cache
def own_template() -> bytes:
    """Our own master as a file, 16:9, in our palette: what a council may start from. Open it to change it."""
    return (resources.files("scorecard.pack") / "templates" / "deck.pptx").read_bytes()
