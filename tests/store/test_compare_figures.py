"""What counts as new, revised and unchanged."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

from scorecard.store import CHANGE_COLUMNS, Store
from tests.store.submitted import at, figures, sent, values_of

NONE = None
CASES: list[tuple[str, dict[str, Any] | None, dict[str, Any], str]] = [
    ("nothing was known", NONE, {"value": 1.0}, "new"),
    ("the same value", {"value": 1.0}, {"value": 1.0}, "unchanged"),
    ("another value", {"value": 1.0}, {"value": 1.5}, "revised"),
    ("the last digit", {"value": 0.1 + 0.2}, {"value": 0.3}, "revised"),
    ("still suppressed", {"value": np.nan, "symbol": "c"}, {"value": np.nan, "symbol": "c"}, "unchanged"),
    ("missing for another reason", {"value": np.nan, "symbol": "c"}, {"value": np.nan, "symbol": "x"}, "revised"),
    ("no longer missing", {"value": np.nan, "symbol": "x"}, {"value": 2.0}, "revised"),
    ("now missing", {"value": 2.0}, {"value": np.nan, "symbol": "x"}, "revised"),
    ("no longer provisional", {"value": 2.0, "symbol": "p"}, {"value": 2.0}, "revised"),
    ("another denominator", {"value": 2.0, "denominator": 50.0}, {"value": 2.0, "denominator": 100.0}, "revised"),
    ("a denominator told", {"value": 2.0}, {"value": 2.0, "denominator": 100.0}, "revised"),
    ("another note alone", {"value": 2.0, "note": "a"}, {"value": 2.0, "note": "b"}, "unchanged"),
]


@pytest.mark.parametrize(("name", "old", "new", "kind"), CASES, ids=[case[0] for case in CASES])
def test_a_figure_is_new_revised_or_unchanged(
    store: Store, name: str, old: dict[str, Any] | None, new: dict[str, Any], kind: str
) -> None:
    frame = figures(("m", "2020-07", 0))
    if old is not None:
        store.submit(sent("before"), frame.assign(**old))
    preview = store.compare(frame.assign(**new))
    receipt = store.submit(sent("after"), frame.assign(**new))
    assert preview["kind"].tolist() == [kind]
    assert (receipt.new, receipt.revised, receipt.unchanged) == tuple(
        int(kind == name) for name in ("new", "revised", "unchanged")
    )
    pd.testing.assert_frame_equal(preview, receipt.changes)
    pd.testing.assert_frame_equal(store.extract_changes(receipt.extract_id), receipt.changes)


def test_changes_tell_old_and_new_and_where_the_old_stood(store: Store) -> None:
    first = store.submit(sent("a", 0), figures(("m", "2020-07", 26)))
    second = store.submit(sent("b", 5), figures(("m", "2020-07", None, "x"), ("m", "2020-06", 24)))
    assert list(second.changes.columns) == CHANGE_COLUMNS
    new, revised = second.changes.to_dict("records")
    assert (new["kind"], new["new_value"]) == ("new", 24)
    assert pd.isna([new["old_value"], new["old_extract_id"], new["old_recorded_from"]]).all()
    assert (revised["old_value"], revised["new_symbol"], revised["old_extract_id"]) == (26, "x", first.extract_id)
    assert revised["old_recorded_from"] == at(0)


def test_figures_known_beside_the_store_are_compared_where_it_holds_none(store: Store) -> None:
    plan = figures(("m", "2020-07", 26), ("n", "2020-07", 5), origin="plan")
    extract = figures(("m", "2020-07", 26), ("n", "2020-07", 6), ("o", "2020-07", 1))
    receipt = store.submit(sent("a"), extract, elsewhere=plan)
    assert receipt.changes["kind"].tolist() == ["unchanged", "revised", "new"]
    assert (
        store.extract_changes(receipt.extract_id, elsewhere=plan)["kind"].tolist() == receipt.changes["kind"].tolist()
    )
    again = store.submit(sent("b"), extract.assign(value=[27, 6, 1]), elsewhere=plan)
    assert again.changes["kind"].tolist() == ["revised", "unchanged", "unchanged"]
    assert values_of(store.observations())["m", "2020-07"] == 27


def test_figures_beside_the_store_stand_next_to_those_in_it(store: Store) -> None:
    plan = figures(("m", "2020-07", 26), ("n", "2020-07", 5), origin="plan")
    store.submit(sent("a"), figures(("m", "2020-07", 30)))
    preview = store.compare(figures(("m", "2020-07", 26), ("n", "2020-07", 5)), elsewhere=plan)
    assert preview["kind"].tolist() == ["revised", "unchanged"]
    assert preview["old_extract_id"].isna().tolist() == [False, True]
