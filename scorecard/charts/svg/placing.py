"""Where words are in a drawing: within it, none over another. What has no free place yields, the last first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from scorecard.charts.svg.canvas import XY
from scorecard.charts.text_metrics import text_width

Box = tuple[float, float, float, float]  # left, top, right, bottom
ABOVE, BELOW = 0.75, 0.22  # of their size, that letters reach over and under their line


@dataclass(frozen=True)
class PlacedWords:
    """Words with their place: where, how they stand about it, and the box they take."""

    words: str
    at: XY
    anchor: str
    box: Box


def placed(text: str, at: XY, size: float, anchor: str = "start") -> PlacedWords:
    """Words at a place, in letters of a size."""
    return PlacedWords(text, at, anchor, text_box(at, text, size, anchor))


def text_box(at: XY, text: str, size: float, anchor: str = "start") -> Box:
    """About where a line of text lies."""
    width = text_width(text, size)
    left = at[0] - {"start": 0.0, "middle": width / 2, "end": width}[anchor]
    return (left, at[1] - ABOVE * size, left + width, at[1] + BELOW * size)


def overlap(one: Box, other: Box) -> bool:
    """Whether two boxes lie over one another."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def lies_within(box: Box, edges: Box) -> bool:
    """Whether a box lies inside another."""
    return box[0] >= edges[0] and box[1] >= edges[1] and box[2] <= edges[2] and box[3] <= edges[3]


@dataclass
class Room:
    """The room for words in a drawing: its edges, and the boxes that are taken. Who asks first stands first."""

    edges: Box
    taken: list[Box] = field(default_factory=list)

    def take(self, *boxes: Box) -> None:
        """Boxes in which no words may stand any more."""
        self.taken += boxes

    def first_free(self, choices: Iterable[PlacedWords], among: Sequence[Box] = ()) -> PlacedWords | None:
        """The first of some places that is free, which is taken from then on; None where none is.

        among: more boxes to keep clear of where that can be; of places over these, the first free one is better than
        none.
        """
        free = [
            choice
            for choice in choices
            if lies_within(choice.box, self.edges) and not self._over(choice.box, self.taken)
        ]
        clear = [choice for choice in free if not self._over(choice.box, among)]
        free_one = next(iter(clear or free), None)
        if free_one is not None:
            self.take(free_one.box)
        return free_one

    @staticmethod
    def _over(box: Box, others: Sequence[Box]) -> bool:
        return any(overlap(box, other) for other in others)
