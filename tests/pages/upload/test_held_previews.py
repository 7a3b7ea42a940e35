"""Previews: each tab's own, gone with the tab, and of large files at most two at once."""

from __future__ import annotations

import gc
import weakref
from typing import Any, cast

import pytest

from scorecard.pages.upload import held_previews
from scorecard.pages.upload.held_previews import LARGE, MOST_LARGE, Place, put_preview
from scorecard.use_cases.upload.submit_extract import Preview


class Large:
    """Stands for a preview."""


@pytest.fixture(autouse=True)
def none_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(held_previews, "_large", [])


def filled(place: Place, size: int) -> weakref.ref[Large]:
    preview = Large()
    put_preview(place, "file", cast(Preview, cast(Any, preview)), size)
    return weakref.ref(preview)


def test_of_large_previews_the_oldest_goes_where_there_would_be_a_third() -> None:
    places = [Place() for _ in range(4)]
    previews = [filled(place, LARGE) for place in places]
    gc.collect()
    assert [preview() is not None for preview in previews] == [False, False, True, True]
    assert MOST_LARGE == 2


def test_the_same_tab_again_takes_one_place_and_a_closed_one_none() -> None:
    first, second, third = Place(), Place(), Place()
    held = filled(first, LARGE)
    for _ in range(3):
        last = filled(second, LARGE)
    assert held() is not None
    del second
    gc.collect()
    assert last() is None, "a tab that is closed lets its preview go"
    newest = filled(third, LARGE)
    assert (held() is not None, newest() is not None) == (True, True)


def test_small_previews_are_all_held() -> None:
    places = [Place() for _ in range(9)]
    previews = [filled(place, LARGE - 1) for place in places]
    filled(places[0], LARGE)
    assert all(preview() is not None for preview in previews[1:])
