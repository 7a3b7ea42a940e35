"""Lays plans out: every part gets a box that holds it; letters shrink as far as is legible, then a slide follows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, chain

from scorecard.pack.powerpoint.charts import plot_height
from scorecard.pack.powerpoint.parts import ChartPart, Para, Part, Plan, SideBySide, Style, TablePart, TextPart
from scorecard.pack.powerpoint.tables import LaidTable, group_names, lay_table, rest_of
from scorecard.pack.powerpoint.text_metrics import ARIAL, Typeface, cut_to, line_ends

SIZES = (18, 16, 14, 12)
SMALLEST = 12
TABLE_LARGEST = 14
GAP = 10.0
BETWEEN = 0.3  # of the size, above each paragraph but the first
INDENT = 16.0  # of a bullet's text
COLUMN_GAP = 20.0
PLOT_LOWEST = 90.0  # points that a chart's lines need: with less, it starts a slide of its own
PAGES_AT_MOST = 60
LINES_AT_MOST = 4  # of a paragraph of the first slide


@dataclass(frozen=True)
class Box:
    """A place on a slide, in points."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class LaidText:
    """Paragraphs in their box, with the size of their letters."""

    box: Box
    paras: tuple[Para, ...]
    size: float


@dataclass(frozen=True)
class LaidChart:
    """A chart in its box."""

    box: Box
    part: ChartPart


@dataclass(frozen=True)
class PlacedTable:
    """A table in its box."""

    box: Box
    table: LaidTable


Laid = LaidText | LaidChart | PlacedTable


@dataclass(frozen=True)
class Page:
    """A slide, laid out."""

    title: str
    laid: tuple[Laid, ...]
    notes: tuple[str, ...]
    opening: bool = False


def style_size(style: Style, size: float) -> float:
    """The size of a paragraph's letters, from the size of normal ones."""
    return {"lead": size + 2, "note": max(size - 2, SMALLEST)}.get(style, size)


def room_of(para: Para, width: float) -> float:
    """The width that a paragraph's lines have."""
    return width - (INDENT if para.style == "bullet" else 0.0)


def para_lines(para: Para, width: float, size: float, face: Typeface) -> list[int]:
    """Where the lines of a paragraph end; partly bold ones are measured as bold."""
    return line_ends(
        para.text, room_of(para, width), style_size(para.style, size), face, any(run.bold for run in para.runs)
    )


def text_height(paras: Sequence[Para], width: float, size: float, face: Typeface) -> float:
    """The height that paragraphs take."""
    lines = sum(len(para_lines(p, width, size, face)) * style_size(p.style, size) * face.line for p in paras)
    return lines + BETWEEN * size * max(len(paras) - 1, 0)


def pages(plan: Plan, box: Box, face: Typeface = ARIAL) -> list[Page]:
    """The slides of a plan: in the largest letters that need no more slides than the smallest, with as much on them."""
    fewest = _fill(plan.parts, box, SMALLEST, face)
    tried = (_fill(plan.parts, box, size, face) for size in SIZES)
    best = next((filled for filled in tried if len(filled) <= len(fewest) and _kept(filled) >= _kept(fewest)), fewest)
    count = len(best)
    titles = [plan.title if count == 1 else f"{plan.title} ({number} of {count})" for number in range(1, count + 1)]
    return [
        Page(title, tuple(laid), (*_notes_of_groups(plan, laid), *plan.notes), plan.opening)
        for title, laid in zip(titles, best, strict=True)
    ]


def _notes_of_groups(plan: Plan, laid: Sequence[Laid]) -> Iterator[str]:
    """The notes of the groups of rows that a slide holds."""
    names = [name for placed in laid if isinstance(placed, PlacedTable) for name in group_names(placed.table.part.rows)]
    for name in dict.fromkeys(names):
        yield from plan.group_notes.get(name, ())


def first_page(plan: Plan, box: Box, face: Typeface = ARIAL) -> Page:
    """A plan of short texts on one slide: where they are long, they are cut, for they are in full elsewhere."""
    for lines in (LINES_AT_MOST, 2, 1):
        parts = tuple(_cut(part, lines, box, face) for part in plan.parts if isinstance(part, TextPart))
        laid = pages(replace(plan, parts=parts), box, face)
        if len(laid) == 1:
            break
    return replace(laid[0], title=plan.title)


def _cut(part: TextPart, lines: int, box: Box, face: Typeface) -> TextPart:
    """Paragraphs of one run each, in so many lines of the smallest letters."""
    cut = [
        replace(run, text=cut_to(run.text, lines, box.width, style_size(para.style, SMALLEST), face, bold=True))
        for para in part.paras
        for run in para.runs
    ]
    return TextPart(tuple(replace(para, runs=(run,)) for para, run in zip(part.paras, cut, strict=True)))


def _kept(filled: Sequence[Sequence[Laid]]) -> int:
    """How much of what may be left out was not."""
    if len(filled) == 1:
        return len(filled[0])
    return sum(isinstance(laid, LaidChart) for page in filled for laid in page)


def _fill(parts: Sequence[Part], box: Box, size: float, face: Typeface, whole: bool = False) -> list[list[Laid]]:
    """Parts from top to bottom, slide after slide. whole: nothing is cut, and the second slide says 'too much'."""
    filled: list[list[Laid]] = [[]]
    y = box.y
    waiting = list(parts)
    while waiting and len(filled) < PAGES_AT_MOST:
        part = waiting.pop(0)
        fresh = not filled[-1] and not whole
        room = Box(box.x, y, box.width, box.y + box.height - y)
        if isinstance(part, SideBySide):
            beside = _beside(part, room, size, face)
            if beside is None and not fresh and _beside(part, box, size, face) is not None and _wants_height(part):
                waiting.insert(0, part)
                filled.append([])
                y = box.y
                continue
            if beside is None:
                waiting[:0] = chain(*part.columns)
                continue
            filled[-1] += beside
            y = max(_bottom(laid) for laid in beside) + GAP
            continue
        if _left_alone(part, waiting, room, size, face) and not fresh and not whole:
            waiting.insert(0, part)
            filled.append([])
            y = box.y
            continue
        if isinstance(part, TextPart) and part.spare and text_height(part.paras, room.width, size, face) > room.height:
            continue
        laid, rest = _lay(part, room, size, face, fresh)
        if laid is not None:
            filled[-1].append(laid)
            y = _bottom(laid) + GAP
        if rest is not None and whole:
            return [*filled, []]
        if rest is not None:
            waiting.insert(0, rest)
            filled.append([])
            y = box.y
    return filled if filled[-1] or len(filled) == 1 else filled[:-1]


def _left_alone(part: Part, waiting: Sequence[Part], room: Box, size: float, face: Typeface) -> bool:
    """Whether paragraphs that lead to what follows would stand without any of it."""
    if not isinstance(part, TextPart) or not part.leads or not waiting or isinstance(waiting[0], SideBySide):
        return False
    height = text_height(part.paras, room.width, size, face) + GAP
    below = replace(room, y=room.y + height, height=room.height - height)
    return _lay(waiting[0], below, size, face, fresh=False)[0] is None


def _wants_height(part: SideBySide) -> bool:
    return any(isinstance(inner, ChartPart) for inner in chain(*part.columns))


def _bottom(laid: Laid) -> float:
    return laid.box.y + laid.box.height


def _beside(part: SideBySide, room: Box, size: float, face: Typeface) -> list[Laid] | None:
    """All columns in one room, or None where one doesn't fit."""
    width = room.width - COLUMN_GAP * (len(part.columns) - 1)
    widths = [width * share for share in part.shares]
    lefts = [room.x + at + COLUMN_GAP * place for place, at in enumerate(accumulate(widths[:-1], initial=0.0))]
    filled = [
        _fill(parts, replace(room, x=x, width=wide), size, face, whole=True)
        for parts, x, wide in zip(part.columns, lefts, widths, strict=True)
    ]
    if any(len(column) > 1 for column in filled):
        return None
    return [laid for column in filled for laid in column[0]] or None


def _lay(part: Part, room: Box, size: float, face: Typeface, fresh: bool) -> tuple[Laid | None, Part | None]:
    """As much of a part as the room holds, and the rest of it."""
    match part:
        case TextPart():
            return _lay_text(part, room, size, face, fresh)
        case TablePart():
            letters = min(size, TABLE_LARGEST)
            laid, rows = lay_table(part, room.width, room.height, letters, face, fresh)
            placed = None if laid is None else PlacedTable(replace(room, height=laid.height, width=laid.width), laid)
            return placed, rest_of(part, rows)
        case ChartPart():
            if plot_height(part.native, room.width, room.height, face) < PLOT_LOWEST and not fresh:
                return None, part
            return LaidChart(room, part), None
    raise TypeError(part)


def _lay_text(
    part: TextPart, room: Box, size: float, face: Typeface, fresh: bool
) -> tuple[LaidText | None, TextPart | None]:
    fitting: list[Para] = []
    for index, (para, fits) in enumerate(_paras_that_fit(part.paras, room, size, face)):
        if fits:
            fitting.append(para)
            continue
        rest = part.paras[index:]
        if not fitting and fresh:  # a paragraph longer than a slide: its first lines, and the rest on the next
            head, tail = _split(para, room, size, face)
            fitting, rest = [head], (tail, *part.paras[index + 1 :])
        return _text_in(room, fitting, size, face), TextPart(rest)
    return _text_in(room, fitting, size, face), None


def _paras_that_fit(paras: Sequence[Para], room: Box, size: float, face: Typeface) -> Iterator[tuple[Para, bool]]:
    used = 0.0
    for index, para in enumerate(paras):
        used += text_height((para,), room.width, size, face) + (BETWEEN * size if index else 0.0)
        yield para, used <= room.height


def _text_in(room: Box, paras: Sequence[Para], size: float, face: Typeface) -> LaidText | None:
    if not paras:
        return None
    height = text_height(paras, room.width, size, face)
    return LaidText(replace(room, height=height), tuple(paras), size)


def _split(para: Para, room: Box, size: float, face: Typeface) -> tuple[Para, Para]:
    ends = para_lines(para, room.width, size, face)
    lines = max(int(room.height // (style_size(para.style, size) * face.line)), 1)
    at = ends[min(lines, len(ends) - 1) - 1] if len(ends) > 1 else ends[0]
    tail = para.part(at)
    first, *others = tail.runs or para.runs[-1:]
    return para.part(0, at), replace(tail, runs=(replace(first, text=first.text.lstrip()), *others))
