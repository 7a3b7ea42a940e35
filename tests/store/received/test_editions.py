"""Editions of published files: cell by cell, whichever comes first; taken back; never among the local figures."""

from __future__ import annotations

from typing import Any

import pytest

from scorecard.store import AlreadyWithdrawn, EditionOf, Store, StoreChanged, verify_file
from tests.store.submitted import at, figures, sent, values_of


def imported(store: Store, name: str, minutes: float, edition: int, *rows: tuple[Any, ...], **more: Any):
    of = EditionOf(publications=("workforce",), edition=edition, **more)
    return store.editions.submit(sent(name, minutes), of, figures(*rows))


OLD = (("rate", "2023-03", 8), ("rate", "2024-03", 9))
NEW = (("rate", "2024-03", 10), ("rate", "2025-03", 11))
BOTH = {("rate", "2023-03"): 8, ("rate", "2024-03"): 10, ("rate", "2025-03"): 11}


@pytest.mark.parametrize("order", [("old", "new"), ("new", "old")])
def test_a_newer_edition_supersedes_what_it_prints_whichever_comes_first(store: Store, order) -> None:
    editions = {"old": (20240331, OLD), "new": (20250331, NEW)}
    receipts = [imported(store, name, index, editions[name][0], *editions[name][1]) for index, name in enumerate(order)]
    assert values_of(store.editions.figures()) == BOTH
    kinds = [receipt.changes["kind"].tolist() for receipt in receipts]
    assert kinds == ([["new", "new"], ["revised", "new"]] if order[0] == "old" else [["new", "new"], ["new", "older"]])
    assert store.editions.figures().sort_values("period_end")["edition"].tolist() == [20240331, 20250331, 20250331]


@pytest.mark.parametrize("order", [("old", "new"), ("new", "old")])
@pytest.mark.parametrize(
    ("taken", "left"), [("new", dict([*BOTH.items()][:1]) | {("rate", "2024-03"): 9}), ("old", None)]
)
def test_what_is_taken_back_gives_way_to_the_newest_that_stands(store: Store, order, taken: str, left) -> None:
    editions = {"old": (20240331, OLD), "new": (20250331, NEW)}
    numbers = {
        name: imported(store, name, index, editions[name][0], *editions[name][1]).extract_id
        for index, name in enumerate(order)
    }
    done = store.withdraw(numbers[taken], "Ann", at(9), "wrong file")
    assert values_of(store.editions.figures()) == (left or {key: BOTH[key] for key in [*BOTH][1:]})
    assert (done.restored, done.removed) == ((1, 1) if taken == "new" else (0, 1))
    assert values_of(store.editions.figures(as_known_at=at(8))) == BOTH
    with pytest.raises(AlreadyWithdrawn):
        store.withdraw(numbers[taken], "Ann", at(10), "again")


def test_published_and_local_figures_are_two(store: Store) -> None:
    store.submit(sent("ours"), figures(("rate", "2024-03", 1)))
    imported(store, "theirs", 1, 20240331, *OLD)
    assert values_of(store.observations()) == {("rate", "2024-03"): 1}
    assert store.extracts()["file_name"].tolist() == ["ours.csv"]
    [edition] = store.editions.listing().to_dict("records")
    assert (edition["publications"], edition["edition"], edition["rows"], edition["new"]) == (
        ("workforce",),
        20240331,
        2,
        2,
    )
    assert store.first_load() == at(0)


def test_the_same_file_again_changes_nothing(store: Store, store_url: str) -> None:
    first = imported(store, "a", 0, 20240331, *OLD)
    again = imported(store, "a", 1, 20240331, *OLD)
    assert (again.already_held, again.extract_id, len(store.acts())) == (True, first.extract_id, 1)
    assert store.editions.extract_holding(sent("a").sha256, figures(*OLD), 20240331) == first.extract_id
    assert store.editions.extract_holding(sent("a").sha256, figures(*OLD), 20250331) is None
    verification = verify_file(store_url)
    assert (verification.counted["figures"], verification.faults) == (2, ())


def test_a_symbol_and_a_preview_are_told_as_they_would_be_stored(store: Store) -> None:
    imported(store, "a", 0, 20240331, ("rate", "2024-03", float("nan"), "c"))
    changes = store.editions.changes(figures(("rate", "2024-03", 9), ("rate", "2025-03", 9, "")), 20250331)
    assert changes["kind"].tolist() == ["revised", "new"]
    assert values_of(store.editions.figures()) == {("rate", "2024-03"): "c"}


def test_a_yes_belongs_to_the_store_that_was_seen(store: Store) -> None:
    imported(store, "a", 0, 20240331, *OLD)
    last_change = store.last_change()
    imported(store, "b", 1, 20250331, *NEW)
    of = EditionOf(publications=("workforce",), edition=20260331)
    with pytest.raises(StoreChanged):
        store.editions.submit(sent("c", 2), of, figures(*NEW), unless_changed_since=last_change)
