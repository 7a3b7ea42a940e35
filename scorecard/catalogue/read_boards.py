"""Boards: who meets when, and which service areas each sees. Reads config/boards.yaml, or names every fault in it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any, Self

from pydantic import BeforeValidator, Field, StringConstraints, model_validator

from scorecard.catalogue.errors import CatalogueError, Path, did_you_mean, yaml_value
from scorecard.catalogue.faults import Faults, model_of, value_at
from scorecard.catalogue.models import Catalogue, Frozen, Identifier, ServiceArea, Text
from scorecard.catalogue.yaml_file import Tree

DEFAULT_MARKING = "OFFICIAL-SENSITIVE"
IN_A_FILE_NAME = r"^[^\\/:*?\"<>|\x00-\x1f]+$"  # a board's name becomes part of a file name on any system


def _day(value: object) -> date:
    if type(value) is date:
        return value
    if isinstance(value, str):
        try:
            return date.fromisoformat(value.strip())
        except ValueError:
            pass
    raise ValueError("write a day as 2020-09-15")


Day = Annotated[date, BeforeValidator(_day)]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60, pattern=IN_A_FILE_NAME)]


class Meeting(Frozen):
    """One meeting of a board, and the day its papers are due."""

    date: Day
    papers_due: Day | None = None

    @model_validator(mode="after")
    def _papers_come_first(self) -> Self:
        if self.papers_due and self.papers_due > self.date:
            raise ValueError("papers_due is after the meeting")
        return self


class Board(Frozen):
    """A board that reads the pack. Without `service_areas` it sees all of them."""

    id: Identifier
    name: Name
    full_name: Text | None = None
    marking: Text = DEFAULT_MARKING
    service_areas: tuple[Identifier, ...] | None = Field(default=None, min_length=1)
    meetings: tuple[Meeting, ...] = ()

    @property
    def title(self) -> str:
        """The board's full name, as it is printed."""
        return self.full_name or self.name

    def areas(self, catalogue: Catalogue) -> tuple[ServiceArea, ...]:
        """The service areas that the board sees, in the plan's order."""
        return tuple(
            area for area in catalogue.service_areas if self.service_areas is None or area.id in self.service_areas
        )

    def lacking(self, catalogue: Catalogue) -> tuple[str, ...]:
        """The service areas that the board is to see and a catalogue has not, as where it is another's."""
        known = {area.id for area in catalogue.service_areas}
        return tuple(area for area in self.service_areas or () if area not in known)

    def meeting_after(self, day: date) -> Meeting | None:
        """The board's first meeting after a day; None where none is set."""
        return min(
            (meeting for meeting in self.meetings if meeting.date > day), key=lambda meeting: meeting.date, default=None
        )


class Boards(Frozen):
    """The whole of config/boards.yaml."""

    boards: tuple[Board, ...] = Field(min_length=1)

    def board(self, board_id: str) -> Board:
        """The board of that id. Raises KeyError, whose text names the nearest ids, where there is none."""
        for board in self.boards:
            if board.id == board_id:
                return board
        raise KeyError(f"no board '{board_id}': there are {', '.join(board.id for board in self.boards)}")


def lacking_words(board: str, areas: Sequence[str]) -> str:
    """That a board is to see service areas which the catalogue has not; empty where it has them all."""
    return f"{board} is to see these too, which the catalogue has not: {', '.join(areas)}." if areas else ""


class BoardsError(CatalogueError):
    """The boards file can't be used. `faults` has every reason; the message lists them, one a line."""

    read = "The list of boards"


def read_boards(content: bytes, catalogue: Catalogue, file: str = "config/boards.yaml") -> Boards:
    """Reads and checks the boards.

    content: the file's bytes. catalogue: whose service areas the boards may name. file: its name, for the faults.
    Returns the frozen Boards. Raises BoardsError with every fault: file, line, where, found, remedy.
    """
    faults = Faults(file, Tree(content), "the list of boards")
    boards = None
    if faults.tree.value is not None:
        _check_names(faults)
        _check_service_areas(faults, catalogue)
        boards = model_of(faults, Boards, _remedy)
    elif not faults.found:
        faults.at((), "nothing", "A list of boards has 'boards', each with an id and a name.")
    if faults.found or boards is None:
        raise BoardsError(faults.in_order())
    return boards


def _boards(tree: Tree) -> list[tuple[Path, dict[str, Any]]]:
    """Every board that is at least a mapping, with its path; whatever else is wrong with the file."""
    listed = value_at(tree.value, ("boards",))
    return [
        (("boards", index), board)
        for index, board in enumerate(listed if isinstance(listed, list) else [])
        if isinstance(board, dict)
    ]


def _check_names(faults: Faults) -> None:
    for key in ("id", "name"):
        seen: dict[str, Path] = {}
        for path, board in _boards(faults.tree):
            faults.given_once(seen, path, board.get(key), key, "give this board its own.")


def _check_service_areas(faults: Faults, catalogue: Catalogue) -> None:
    """A name near to one of the catalogue's is a slip; one far from all is lacking, and the board's pack says so."""
    known = [area.id for area in catalogue.service_areas]
    for path, board in _boards(faults.tree):
        areas = board.get("service_areas")
        for index, area in enumerate(areas if isinstance(areas, list) else []):
            if isinstance(area, str) and area not in known and (meant := did_you_mean(area, known)):
                remedy = f"A board names service areas of the catalogue. {meant}"
                faults.at((*path, "service_areas", index), yaml_value(area), remedy)


def _remedy(kind: str, path: Path, _: object) -> str | None:
    if kind == "string_pattern_mismatch" and path[-1] == "name":
        return 'The name goes into file names: take out \\ / : * ? " < > |.'
    return None
