"""What a set of figures changes: a pure comparison of what is known with what is reported."""

from typing import Any

import numpy as np
import pandas as pd

from scorecard.store.frames import FIGURE, KEY

BEFORE = [*FIGURE, "extract_id", "recorded_from"]
CHANGE_COLUMNS = [
    *KEY,
    "kind",  # new | revised | unchanged; on a withdrawal also removed
    *[f"old_{name}" for name in FIGURE],
    *[f"new_{name}" for name in FIGURE],
    "old_extract_id",
    "old_recorded_from",
]


def compare(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """A row for each row of `after`, in CHANGE_COLUMNS, sorted by key: how it differs from `before`.

    Both are observation frames; in `before`, extract_id and recorded_from tell where the old figure stood.
    'revised' is another value, numerator, denominator or symbol; another note alone is 'unchanged'.
    """
    old = before[[*KEY, *BEFORE]].rename(columns={name: f"old_{name}" for name in BEFORE})
    new = after[[*KEY, *FIGURE]].rename(columns={name: f"new_{name}" for name in FIGURE})
    both = new.merge(old, on=KEY, how="left", indicator="found", validate="one_to_one")
    same = np.logical_and.reduce([_same(both[f"old_{name}"], both[f"new_{name}"]) for name in FIGURE])
    kind = np.where(both["found"] == "left_only", "new", np.where(same, "unchanged", "revised"))
    both["kind"] = pd.array(kind.astype(object), dtype="str")
    return both[CHANGE_COLUMNS].sort_values(KEY, ignore_index=True)


def counts(changes: pd.DataFrame) -> dict[str, int]:
    """How many figures are new, revised and unchanged."""
    of_kind = changes["kind"].value_counts()
    return {kind: int(of_kind.get(kind, 0)) for kind in ("new", "revised", "unchanged")}


def _same(left: "pd.Series[Any]", right: "pd.Series[Any]") -> "np.ndarray[Any, np.dtype[np.bool_]]":
    equal = (left == right).to_numpy(dtype=bool, na_value=False)
    return np.asarray(equal | (left.isna() & right.isna()).to_numpy(dtype=bool))
