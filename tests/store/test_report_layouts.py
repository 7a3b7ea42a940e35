"""Layouts are kept by name and version, with who showed them and when; and a yes to an old preview is refused."""

import pytest

from scorecard.store import LAYOUT_COLUMNS, Store, StoreChanged, UnknownLayout
from tests.store.submitted import HERE, at, figures, sent


def test_each_change_of_a_layout_is_a_version_of_its_own(store: Store) -> None:
    assert store.layouts().empty
    assert list(store.layouts().columns) == LAYOUT_COLUMNS
    assert store.keep_layout("Mosaic", b"one", "Ann", at(0)) == 1
    assert store.keep_layout("Mosaic", b"one", "Bob", at(1)) == 1, "the same again writes nothing"
    assert store.keep_layout("HR", b"other", "Bob", at(1)) == 1
    assert store.keep_layout("Mosaic", b"two", "Bob", at(2)) == 2
    assert store.layout("Mosaic") == b"two"
    assert store.layout("Mosaic", 1) == b"one"
    listed = store.layouts()
    assert listed[["name", "version", "who"]].to_numpy().tolist() == [
        ["Mosaic", 1, "Ann"], ["HR", 1, "Bob"], ["Mosaic", 2, "Bob"],
    ]  # fmt: skip
    assert listed["at"].iloc[2] == at(2)
    assert [act["what"] for act in store.acts().to_dict("records")] == ["showed"] * 3


def test_a_layout_goes_out_of_use_and_comes_back(store: Store) -> None:
    store.keep_layout("Mosaic", b"one", "Ann", at(0))
    store.stop_layout("Mosaic", "Ann", at(1))
    with pytest.raises(UnknownLayout):
        store.layout("Mosaic")
    assert store.layout("Mosaic", 1) == b"one", "what an old extract was read by stays known"
    with pytest.raises(UnknownLayout):
        store.stop_layout("Mosaic", "Ann", at(2))
    assert store.keep_layout("Mosaic", b"one", "Ann", at(3)) == 2
    for name, version in (("None", None), ("Mosaic", 9)):
        with pytest.raises(UnknownLayout):
            store.layout(name, version)


def test_a_layout_changes_no_figure(store: Store) -> None:
    before = store.last_change()
    store.keep_layout("Mosaic", b"one", "Ann", at(0))
    assert store.last_change() == before


def test_a_yes_to_what_has_changed_since_is_refused(store: Store) -> None:
    store.submit(sent("a"), figures(("m", "2020-07", 1)))
    last_change = store.last_change()
    store.submit(sent("b", 1), figures(("m", "2020-07", 2)), unless_changed_since=last_change)
    with pytest.raises(StoreChanged):
        store.submit(sent("c", 2), figures(("m", "2020-07", 3)), unless_changed_since=last_change)
    assert len(store.extracts()) == 2
    store.submit(sent("c", 2), figures(("m", "2020-07", 3)), unless_changed_since=store.last_change())
    assert len(store.extracts()) == 3


def test_every_version_of_an_area_s_figures(store: Store) -> None:
    store.submit(sent("a"), figures(("m", "2020-07", 1), ("n", "2020-07", 5)))
    store.submit(sent("b", 1), figures(("m", "2020-07", 2)))
    versions = store.versions(HERE)
    assert versions[["measure_id", "value"]].to_numpy().tolist() == [["m", 1], ["m", 2], ["n", 5]]
    assert versions["recorded_to"].isna().tolist() == [False, True, True]
    assert store.versions("E00000000").empty
