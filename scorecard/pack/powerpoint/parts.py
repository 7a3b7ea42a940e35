"""What a slide is made of, before it has a place: paragraphs, tables, charts, and columns of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from scorecard.charts.model.models import TrendChart
from scorecard.pack.powerpoint.charts import NativeChart
from scorecard.pack.powerpoint.theme import Colour, safe

Style = Literal["lead", "normal", "bullet", "note", "strong"]


@dataclass(frozen=True)
class Run:
    """A stretch of text in one style. colour: of the theme, so that a council's own palette takes effect."""

    text: str
    bold: bool = False
    colour: Colour = "tx1"


@dataclass(frozen=True)
class Para:
    """A paragraph."""

    runs: tuple[Run, ...]
    style: Style = "normal"

    @property
    def text(self) -> str:
        """The whole paragraph as one text."""
        return "".join(run.text for run in self.runs)

    def part(self, start: int, end: int | None = None) -> Para:
        """A stretch of the paragraph, from one place of its text to another."""
        runs, position = [], 0
        stop = len(self.text) if end is None else end
        for run in self.runs:
            piece = run.text[max(start - position, 0) : max(stop - position, 0)]
            if piece:
                runs.append(replace(run, text=piece))
            position += len(run.text)
        return replace(self, runs=tuple(runs))


def para(text: str, style: Style = "normal") -> Para:
    """A paragraph of one run."""
    return Para((Run(safe(text), bold=style == "strong"),), style)


def labelled(label: str, text: str, style: Style = "normal") -> Para:
    """'Label: text', the label bold."""
    return Para((Run(f"{safe(label)}: ", bold=True), Run(safe(text))), style)


@dataclass(frozen=True)
class TextPart:
    """Paragraphs one below another.

    spare: left out where there is no room, for the notes say it too. leads: on the slide on which what follows begins.
    """

    paras: tuple[Para, ...]
    spare: bool = False
    leads: bool = False


@dataclass(frozen=True)
class DeckCell:
    """A cell: its text, a second, quieter line, and a shape that says the same as the text."""

    text: str
    note: str = ""
    strong: bool = False
    symbol: str = ""
    colour: Colour = "tx1"


@dataclass(frozen=True)
class DeckColumn:
    """A column: its heading, its share of the width, how its cells stand, and how soon it yields where room is short.

    yields: 0 never; of the others the highest first.
    """

    label: str
    width: float = 1.0
    right: bool = False
    yields: int = 0


@dataclass(frozen=True)
class TablePart:
    """A table with a heading row; the first cell of each row names it."""

    caption: str
    columns: tuple[DeckColumn, ...]
    rows: tuple[tuple[DeckCell, ...], ...]
    total: bool = False


@dataclass(frozen=True)
class ChartPart:
    """A native chart, and the model that it was made from."""

    chart: TrendChart
    native: NativeChart


@dataclass(frozen=True)
class SideBySide:
    """Columns, each with its share of the width; where they don't fit beside each other, one follows the other."""

    columns: tuple[tuple[Part, ...], ...]
    shares: tuple[float, ...]


Part = TextPart | TablePart | ChartPart | SideBySide


@dataclass(frozen=True)
class Plan:
    """A slide as it is meant: how many slides it takes is settled where it is laid out."""

    title: str
    parts: tuple[Part, ...]
    notes: tuple[str, ...]
    opening: bool = False
    group_notes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # by the name of a table's group of rows
