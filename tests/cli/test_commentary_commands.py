"""The terminal's commentary and decisions: what is owed, what boards asked, what they were told."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from scorecard.cli.commands import main
from scorecard.use_cases.commentary.status import CSV_COLUMNS as OWED
from scorecard.use_cases.decisions.list_decisions import CSV_COLUMNS as ASKED
from scorecard.use_cases.decisions.reported_figures import CSV_COLUMNS as TOLD
from tests.cli.test_commands import own_store

__all__ = ["own_store"]


@pytest.mark.parametrize(
    ("asked", "phrase", "columns"),
    [
        (["commentary", "--period", "2020-07"], "8 exceptions await your commentary", OWED),
        (["decisions"], "Nothing is noted.", ASKED),
        (["decisions", "--told"], "No pack was approved yet.", TOLD),
    ],
)
def test_what_people_said_is_listed_as_text_and_as_csv(
    own_store: Path, capsys: pytest.CaptureFixture[str], asked: list[str], phrase: str, columns: list[str]
) -> None:
    assert main(asked) == 0
    assert phrase in capsys.readouterr().out
    assert main([*asked, "--csv"]) == 0
    assert next(csv.reader(io.StringIO(capsys.readouterr().out))) == columns


def test_an_unreadable_month_is_wrong_usage(own_store: Path) -> None:
    assert main(["commentary", "--period", "2020-13"]) == 2
