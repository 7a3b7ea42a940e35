"""The house stays small enough to find one's way in: no folder and no file holds more than can be taken in."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[1]
MOST_FILES, MOST_LINES = 18, 400
ROOMS = ("scorecard", "tests", "benchmarks")
KEPT = "kept"  # folders of what was drawn last: records, which nobody reads one after another


def files() -> list[Path]:
    """Every file of the rooms, but what Python compiled and what is kept of drawings and packs."""
    there = (file for room in ROOMS for file in (PROJECT / room).rglob("*") if file.is_file())
    return [file for file in there if not {"__pycache__", KEPT} & set(file.relative_to(PROJECT).parts)]


def test_no_folder_holds_more_files_than_can_be_taken_in() -> None:
    counted = Counter(str(file.parent.relative_to(PROJECT)) for file in files())
    assert {folder: count for folder, count in counted.items() if count > MOST_FILES} == {}


def test_no_file_of_code_is_longer_than_can_be_taken_in() -> None:
    lines = {str(file.relative_to(PROJECT)): file.read_bytes().count(b"\n") for file in files() if file.suffix == ".py"}
    assert {name: count for name, count in lines.items() if count > MOST_LINES} == {}


def floors() -> list[set[str]]:
    """The rooms from the pages down, by the contract that imports are held to."""
    contracts = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    return [
        {room.removeprefix("scorecard.") for room in re.split(r" [:|] ", layer)} for layer in contracts[0]["layers"]
    ]


@pytest.mark.parametrize(
    ("page", "room", "first"),
    [
        ("README.md", r"^\| `scorecard/(\w+)/`(?:, `scorecard/(\w+)/`)*", "core"),
        ("docs/architecture.md", r"^\| `(\w+)/`(?:, `(\w+)/`)*.*\|$", "pages"),
        ("docs/architecture.svg", r'font-weight="700">(\w+)', "pages"),
    ],
)
def test_the_maps_have_every_floor_in_its_order(page: str, room: str, first: str) -> None:
    """Of the rooms of one floor, the first that is named stands for it."""
    text = (PROJECT / page).read_text(encoding="utf-8")
    names = [match.group(1) for match in re.finditer(room, text, flags=re.MULTILINE)]
    drawn = list(dict.fromkeys(next(at for at, rooms in enumerate(floors()) if name in rooms) for name in names))
    assert drawn == sorted(drawn, reverse=first == "core")
    assert len(drawn) == len(floors())
    assert names[0] == first
