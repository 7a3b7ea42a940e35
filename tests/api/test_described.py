"""Another program reads the description, asks all that it allows and much that it doesn't, and looks at each answer."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.under_load.interface import served

EXAMPLES, SEED = "10", "18"
OF_DATA = "positive_data_acceptance"  # which ids and months there are, the catalogue knows and no description


@pytest.mark.long
def test_schemathesis_finds_no_answer_that_is_not_as_it_is_described(
    environment: dict[str, str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    with served() as port:
        asked = [sys.executable, "-m", "schemathesis.cli", "run", f"http://127.0.0.1:{port}/api/v1/openapi.json"]
        how = [
            "--url",
            f"http://127.0.0.1:{port}",
            "--checks",
            "all",
            "--exclude-checks",
            OF_DATA,
            "--max-examples",
            EXAMPLES,
            "--seed",
            SEED,
        ]
        done = subprocess.run([*asked, *how], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
