"""Whatever a catalogue holds, it is read, or refused as a catalogue: never a crash."""

from __future__ import annotations

import random
from contextlib import suppress

from hypothesis import given, settings
from hypothesis import strategies as st

from scorecard.catalogue.read_measures import CatalogueError, read_catalogue
from tests.catalogue.small_catalogue import SMALL
from tests.frozen_catalogue import CATALOGUE


def unharmed(content: bytes) -> None:
    with suppress(CatalogueError):
        read_catalogue(content)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused_as_a_catalogue(content: bytes) -> None:
    unharmed(content)


PIECES = st.sampled_from(
    ["- ", ": ", "[", "]", "{", "}", "!!timestamp ", "!!bool ", "&a ", "*a", "|", ">", "'", '"', "#", "\n", "\n  ",
     "\t", "? ", "<<", "=", "~", "null", "yes", "2020-13-45", "2020-07", "9999-12-31", "1:30", "0x1F", "-.inf",
     "1e999", "%", "---", "...", "9" * 400, "id", "service_areas", "measures", "pair", "targets", "between",
     "\u00a0", "\u2028", "é", "[a]", "{a: b}"]
)  # fmt: skip
EDITS = st.lists(
    st.tuples(st.sampled_from(["swap", "drop", "put", "value"]), PIECES),
    min_size=1,
    max_size=4,
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=30).map("".join))
def test_any_pieces_of_yaml_are_read_or_refused_as_a_catalogue(text: str) -> None:
    unharmed(text.encode())


@settings(max_examples=150, deadline=None)
@given(st.integers(), EDITS)
def test_the_small_catalogue_with_anything_changed_is_read_or_refused(seed: int, edits: list[tuple[str, str]]) -> None:
    unharmed(mangled(SMALL, seed, edits).encode())


@settings(max_examples=20, deadline=None)
@given(st.integers(), EDITS)
def test_the_real_catalogue_with_anything_changed_is_read_or_refused(seed: int, edits: list[tuple[str, str]]) -> None:
    unharmed(mangled(CATALOGUE.read_text(encoding="utf-8"), seed, edits).encode())


def mangled(text: str, seed: int, edits: list[tuple[str, str]]) -> str:
    """A text with lines swapped or dropped, pieces of YAML put in, and values replaced by them."""
    chance = random.Random(seed)  # the seed is hypothesis's: the same case again gives the same text
    lines = text.splitlines(keepends=True)
    for how, piece in edits:
        one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
        if how == "swap":
            lines[one], lines[other] = lines[other], lines[one]
        elif how == "drop":
            lines[one] = ""
        elif how == "put":
            column = chance.randrange(len(lines[one]) + 1)
            lines[one] = lines[one][:column] + piece + lines[one][column:]
        else:
            key, colon, _ = lines[one].partition(": ")
            lines[one] = f"{key}{colon}{piece}\n"
    return "".join(lines)
