"""Who else may read or change a store is remarked."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from scorecard.store.files.remarks import warnings

pytestmark = pytest.mark.skipif(os.name != "posix", reason="other systems have other rights")
CASES = [
    (0o600, 0o700, None),
    (0o600, 0o755, None),
    (0o640, 0o700, "read"),
    (0o644, 0o755, "read"),
    (0o660, 0o700, "read and change"),
    (0o602, 0o700, "change"),
    (0o600, 0o777, "change"),
    (0o600, 0o1777, None),  # a shared folder in which nobody may replace another's file
    (0o400, 0o700, None),
]


@pytest.mark.parametrize(("file", "folder", "may"), CASES)
def test_rights(tmp_path: Path, file: int, folder: int, may: str | None) -> None:
    path = tmp_path / "data" / "scorecard.db"
    path.parent.mkdir()
    path.touch()
    path.chmod(file)
    path.parent.chmod(folder)
    remarks = warnings(path)
    assert [f"may {may} the store" in remark for remark in remarks] == ([True] if may else [])
