"""The chain of acts: nothing of it can be altered without being found, and what was done is named."""

import hashlib
import json
from collections.abc import Callable
from random import Random
from typing import Any

import pandas as pd
import pytest

from scorecard.store.audit.chain import CHAIN_COLUMNS, START, Head, seal, seals, verify

Row = list[Any]
PEOPLE = ["Ann", "Bob", "Çem", "\u202eright to left", '"quoted"', "", "=SUM(A1)"]


def chain(many: int) -> list[Row]:
    """So many acts as the store keeps them, in CHAIN_COLUMNS."""
    acts = [
        (number, 1_600_000_000_000_000 + number, PEOPLE[number % len(PEOPLE)], ("submitted", "took")[number % 2],
         f"extract {number}", json.dumps({"new": number, "reason": "é\n"}))
        for number in range(1, many + 1)
    ]  # fmt: skip
    return [[*act, previous, own] for act, (_, previous, own) in zip(acts, seals(acts), strict=True)]


def frame(rows: list[Row]) -> pd.DataFrame:
    return pd.DataFrame(sorted(rows, key=lambda row: row[0]), columns=CHAIN_COLUMNS, dtype="object")


def head_of(rows: list[Row]) -> Head:
    return Head(rows[-1][0], rows[-1][-1])


def resealed(rows: list[Row], start: int) -> list[Row]:
    """The same rows with the seals made anew from a place on, as somebody who knows how would."""
    previous = rows[start - 1][-1] if start else START
    made = seals([tuple(row[:6]) for row in rows[start:]], previous)
    return [*rows[:start], *([*row[:6], *sealed[1:]] for row, sealed in zip(rows[start:], made, strict=True))]


# What may be done to a trail. Each takes the rows and chance, and gives other rows.


def change(rows: list[Row], chance: Random) -> list[Row]:
    row, column = chance.choice(rows), chance.randrange(1, 8)
    was = row[column]
    row[column] = (
        was + chance.choice([-1, 1]) if column == 1 else chance.choice([f"{was} ", was[1:] or "x", None, b"x"])
    )
    return rows


def renumber(rows: list[Row], chance: Random) -> list[Row]:
    chance.choice(rows)[0] += len(rows)
    return rows


def remove(rows: list[Row], chance: Random) -> list[Row]:
    start = chance.randrange(len(rows))
    del rows[start : start + chance.choice([1, 1, 2, 50])]
    return rows


def remove_the_last(rows: list[Row], chance: Random) -> list[Row]:
    return rows[: -chance.choice([1, 1, 2, 500])]


def remove_the_act_alone(rows: list[Row], chance: Random) -> list[Row]:
    chance.choice(rows)[1:6] = [None] * 5
    return rows


def remove_the_seal_alone(rows: list[Row], chance: Random) -> list[Row]:
    chance.choice(rows)[6:] = [None] * 2
    return rows


def add(rows: list[Row], chance: Random) -> list[Row]:
    """One more between two, unsealed or sealed as is right for its place."""
    index = chance.randrange(1, len(rows))
    act = (rows[index - 1][0] + 0.5, *chance.choice(rows)[1:6])
    own = chance.choice([(None, None), (rows[index - 1][-1], seal(rows[index - 1][-1], act))])
    return [*rows, [*act, *own]]


def exchange(rows: list[Row], chance: Random) -> list[Row]:
    """Two stand in each other's place, with their seals or without."""
    one, other = chance.sample(rows, 2)
    end = chance.choice([6, 8])
    one[1:end], other[1:end] = other[1:end], one[1:end]
    return rows


def rewrite(rows: list[Row], chance: Random) -> list[Row]:
    """One is changed, or gone, and everything after it is sealed anew."""
    index = chance.randrange(len(rows) - 1)
    if chance.random() < 0.5:
        del rows[index]
    else:
        rows[index][2] += "!"
    return resealed(rows, index)


ALTERATIONS: list[Callable[[list[Row], Random], list[Row]]] = [
    change, renumber, remove, remove_the_last, remove_the_act_alone, remove_the_seal_alone, add, exchange, rewrite,
]  # fmt: skip


def test_each_of_a_thousand_alterations_of_ten_thousand_acts_is_found() -> None:
    """Each in a part of the trail: what stands before is whole, as is shown first, and what stands after untouched."""
    acts, chance, missed = chain(10_000), Random(19), []
    assert verify(frame(acts), [head_of(acts)]).faults == ()
    for number in range(1_000):
        alter, start = ALTERATIONS[number % len(ALTERATIONS)], chance.randrange(9_950)
        part = acts[start : start + 50]
        altered = alter([list(row) for row in part], chance)
        proof = verify(frame(altered), [head_of(part)], part[0][6])
        if not proof.faults:
            missed.append((number, alter.__name__))
    assert missed == []


@pytest.mark.parametrize("alter", ALTERATIONS)
def test_an_alteration_is_found_in_the_whole_trail(alter: Callable[[list[Row], Random], list[Row]]) -> None:
    acts = chain(2_000)
    altered = alter([list(row) for row in acts], Random(7))
    assert verify(frame(altered), [head_of(acts)]).faults


def _sealed_between() -> list[Row]:
    rows = chain(9)
    act = (3.5, *rows[4][1:6])
    return [*rows, [*act, rows[2][-1], seal(rows[2][-1], act)]]


def _without(*gone: int) -> list[Row]:
    return [row for row in chain(9) if row[0] not in gone]


def _with(act_id: int, column: int, value: object) -> list[Row]:
    rows = chain(9)
    rows[act_id - 1][column] = value
    return rows


def _in_each_others_place(end: int) -> list[Row]:
    rows = chain(9)
    rows[3][1:end], rows[6][1:end] = rows[6][1:end], rows[3][1:end]
    return rows


# What was done, the first act that shows it, and what is said was done.
NAMED: list[tuple[str, list[Row], float, str]] = [
    ("the moment is another", _with(4, 1, 5), 4, "changed"),
    ("the name is another", _with(4, 2, "Zoe"), 4, "changed"),
    ("the name is a number", _with(4, 2, 5), 4, "changed"),
    ("the detail has a space more", _with(4, 5, chain(9)[3][5] + " "), 4, "changed"),
    ("the detail is bytes", _with(4, 5, b"{}"), 4, "changed"),
    ("the seal is another", _with(4, 7, "0" * 64), 4, "changed"),
    ("the seal before is another", _with(4, 6, "0" * 63 + "1"), 4, "changed"),
    ("the first has another name", _with(1, 2, "Zoe"), 1, "changed"),
    ("one is gone with its seal", _without(4), 5, "removed"),
    ("three are gone with their seals", _without(4, 5, 6), 7, "removed"),
    ("the first is gone with its seal", _without(1), 2, "removed"),
    ("one is gone, its seal is there", [[*row[:1], *([None] * 5 if row[0] == 4 else row[1:6]), *row[6:]]
                                       for row in chain(9)], 4, "removed"),
    ("one has no seal", [[*row[:6], *([None] * 2 if row[0] == 4 else row[6:])] for row in chain(9)], 4, "added"),
    ("one more, sealed for its place", _sealed_between(), 3.5, "added"),
    ("two exchanged, with their seals", _in_each_others_place(8), 4, "reordered"),
    ("two exchanged, without their seals", _in_each_others_place(6), 4, "changed"),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "act_id", "how"), [case[1:] for case in NAMED], ids=[case[0] for case in NAMED])
def test_the_first_broken_act_is_named_and_what_was_done(rows: list[Row], act_id: float, how: str) -> None:
    broken = verify(frame(rows)).broken
    assert broken is not None
    assert (broken.act_id, broken.how) == (act_id, how)


def test_what_is_sealed_anew_or_taken_off_the_end_is_found_by_a_head_that_was_kept_elsewhere() -> None:
    acts = chain(9)
    head = Head(8, acts[7][-1], "the auditor's notebook")
    rewritten = resealed([[*row[:2], "Zoe" if row[0] == 4 else row[2], *row[3:]] for row in acts], 3)
    for rows in (rewritten, acts[:7], []):
        proof = verify(frame(rows), [head])
        assert proof.broken is None  # in itself it is whole
        assert "Act 8" in proof.faults[0]
        assert "the auditor's notebook" in proof.faults[0]
    assert verify(frame(acts), [head]).faults == ()


def test_a_trail_of_nothing_is_whole_and_has_no_head() -> None:
    proof = verify(frame([]))
    assert (proof.acts, proof.head, proof.faults) == (0, None, ())


def test_a_seal_can_be_made_by_hand_as_the_documents_say() -> None:
    act = (7, 1596447000000000, "Çem", "submitted", "extract 1", '{"new":1}')
    text = f'["{START}",7,1596447000000000,"\\u00c7em","submitted","extract 1","{{\\"new\\":1}}"]'
    assert seal(START, act) == hashlib.sha256(text.encode("ascii")).hexdigest()
