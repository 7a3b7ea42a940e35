"""A store with something of every kind."""

import pytest

from scorecard.store import Approval, EditionOf, Store
from tests.store.submitted import at, figures, sent


@pytest.fixture
def store(file_store: Store) -> Store:
    """What keeps a store safe is about its file."""
    return file_store


@pytest.fixture
def full(store: Store) -> Store:
    """A store with something of every kind."""
    fill(store)
    return store


def fill(store: Store) -> None:
    """Two extracts, one of them withdrawn, an edition, a catalogue, a layout, an approved pack and a draft."""
    store.keep_catalogue(b"measures", at(0), "Ann")
    store.submit(sent("a", 1), figures(("m", "2020-07", 1 / 3), ("n", "2020-07", -0.0)))
    store.submit(sent("b", 2), figures(("m", "2020-08", 3), ("n", "2020-08", None, "c"), note="naïve ‘quotes’ 数"))
    store.withdraw(1, "Ann", at(3), "wrong")
    store.keep_layout("Mosaic", b"layout", "Ann", at(4))
    of = EditionOf(publications=("workforce",), edition=20240331)
    store.editions.submit(sent("theirs", 4), of, figures(("rate", "2024-03", 0.1)))
    snapshot_id = store.save_snapshot(b"{}", None, "2020-07", at(4), "Ann", at(5))
    store.approve(snapshot_id, Approval("Director", "Ann", at(6), {"pdf": b"%PDF\x00\xff", "xlsx": b"PK"}))
    store.save_snapshot(b"[]", "board", "2020-08", at(6), "Ann", at(7))
