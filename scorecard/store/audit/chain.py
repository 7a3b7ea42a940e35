"""The chain of acts: each one's seal covers what it says and the seal of the one before. Pure: frames in, answers out.

A seal is the SHA-256, in hexadecimal, of the ASCII JSON, without spaces, of the list [seal of the act before, act_id,
at, who, what, subject, detail]: as it is kept, `at` in microseconds since 1970 (UTC), `detail` as one text. Before the
first act stand 64 zeros. Whoever can write to the database can seal again what they changed, from there on; heads that
are kept elsewhere find that.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

import pandas as pd

START = "0" * 64
ACT = ["act_id", "at", "who", "what", "subject", "detail"]
CHAIN_COLUMNS = [*ACT, "previous", "sha256"]
Break = Literal["changed", "removed", "added", "reordered"]

_json = json.JSONEncoder(separators=(",", ":"), default=repr).encode  # repr: of what only somebody else can have put in


class Head(NamedTuple):
    """An act and its seal, as somebody kept them: what stood up to it can't be changed unnoticed. kept: where."""

    act_id: int
    sha256: str
    kept: str = ""

    def __str__(self) -> str:
        """As people write it down, and `audit --verify --head` reads it."""
        return f"{self.act_id}:{self.sha256}"


class Broken(NamedTuple):
    """The first act that isn't as it was kept, what was done to it, and that in words."""

    act_id: int
    how: Break
    words: str


@dataclass(frozen=True)
class Proof:
    """What proving a trail found: how many acts, the last one's seal, the first break, and the heads that don't fit."""

    acts: int
    head: Head | None
    broken: Broken | None
    other_heads: tuple[str, ...]

    @property
    def faults(self) -> tuple[str, ...]:
        """Everything that was found wrong, in plain words; none where the trail is whole."""
        return (*((self.broken.words,) if self.broken else ()), *self.other_heads)


def seal(previous: str, act: Sequence[Any]) -> str:
    """The seal of an act (in the order of ACT) that is after the one with the seal `previous`."""
    return hashlib.sha256(_json([previous, *act]).encode("ascii")).hexdigest()


def seals(act_rows: Iterable[Sequence[Any]], previous: str = START) -> Iterator[tuple[int, str, str]]:
    """For acts in their order: act_id, the seal before, and the own one."""
    for act in act_rows:
        own = seal(previous, act)
        yield act[0], previous, own
        previous = own


def verify(frame: pd.DataFrame, heads: Iterable[Head] = (), start: str = START) -> Proof:
    """Prove a trail, and hold it to heads that were kept elsewhere.

    frame: CHAIN_COLUMNS as objects, by act_id; None in `what` is a seal without an act, in `sha256` one without a seal.
    start: the seal of the act before the frame's first.
    """
    columns = [frame[name].tolist() for name in CHAIN_COLUMNS]
    rows = list(zip(*columns, strict=True))
    seal_of_act = dict(zip(columns[0], columns[-1], strict=True))
    last = Head(columns[0][-1], columns[-1][-1]) if rows and isinstance(columns[-1][-1], str) else None
    other = tuple(_otherwise(head) for head in heads if seal_of_act.get(head.act_id) != head.sha256)
    return Proof(len(rows), last, _first_broken(rows, start), other)


def _first_broken(rows: list[tuple[Any, ...]], previous: str) -> Broken | None:
    before, start = 0, previous
    for act_id, *content, claimed, own in rows:
        if own != seal(previous, (act_id, *content)) or claimed != previous:
            return _break(rows, (act_id, *content, claimed, own), before, previous, start)
        before, previous = act_id, own
    return None


def _break(rows: list[tuple[Any, ...]], row: tuple[Any, ...], before: int, previous: str, start: str) -> Broken:
    act_id, claimed, own = row[0], row[-2], row[-1]
    act = row[: len(ACT)]
    if not isinstance(own, str):
        return Broken(act_id, "added", f"Act {act_id} was added: it has no seal.")
    if not isinstance(act[3], str):
        return Broken(act_id, "removed", f"Act {act_id} was removed: its seal is there, and it isn't.")
    if seal(claimed, act) == own:  # as it was kept, but not after what it was kept after
        return _displaced(rows, act_id, claimed, before, start)
    was = next((row[0] for row in rows if own == seal(claimed, (row[0], *act[1:]))), None)
    if was is not None:
        return Broken(act_id, "reordered", f"Act {act_id} stands where it was not: it was kept as act {was}.")
    if claimed == previous or claimed not in {row[-1] for row in rows}:
        return Broken(act_id, "changed", f"Act {act_id} is not as it was kept: it was changed.")
    return Broken(act_id, "reordered", f"Act {act_id} stands in another place than it was kept in.")


def _displaced(rows: list[tuple[Any, ...]], act_id: int, claimed: Any, before: int, start: str) -> Broken:
    where = f"between act {before} and act {act_id}" if before else f"before act {act_id}"
    earlier = {row[-1] for row in rows if row[0] <= before} | {start}
    if claimed in earlier:  # what it was kept after stands further up
        return Broken(before, "added", f"Act {before} was added: act {act_id} was kept right after an earlier one.")
    if claimed in {row[-1] for row in rows}:
        return Broken(act_id, "reordered", f"Act {act_id} stands before the one that it was kept after.")
    return Broken(act_id, "removed", f"One or more acts are gone {where}.")


def _otherwise(head: Head) -> str:
    where_kept = f" ({head.kept})" if head.kept else ""
    return (
        f"Act {head.act_id} is not the one whose seal {head.sha256[:12]}… was kept{where_kept}: "
        "it is gone, or what stands up to it was changed."
    )
