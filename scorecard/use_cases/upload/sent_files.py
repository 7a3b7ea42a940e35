"""Files that older versions kept as they were sent: found where they tell of persons, and replaced by what was read."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

import pandas as pd

from scorecard.access.permissions import Permission
from scorecard.core.bounds import bounded
from scorecard.core.safe_text import visible
from scorecard.extract.persons.personal_data import withheld
from scorecard.extract.persons_in_file import persons_in_file
from scorecard.use_cases.needs import needs
from scorecard.use_cases.open_scorecard import Scorecard
from scorecard.use_cases.upload.read_table import figures_table


class SentFile(NamedTuple):
    """A file that is still kept as it was sent: its name, fit to be shown, and what it says of persons, by kinds."""

    extract_id: int
    file_name: str
    holds: tuple[str, ...]


@needs(Permission.LOOK_AFTER)
def sent_files(scorecard: Scorecard) -> list[SentFile]:
    """The files that an older version kept as they were sent, oldest first. Nothing is changed. Raises StoreDamaged."""
    stored_files = scorecard.store.sent_files
    names = scorecard.store.extracts().set_index("extract_id")["file_name"]
    return [_sent_file(number, str(names[number]), stored_files.content(number)) for number in stored_files]


def _sent_file(extract_id: int, name: str, content: bytes) -> SentFile:
    shown = str(withheld(pd.Series([name], dtype="str")).iat[0])
    return SentFile(extract_id, visible(shown), persons_in_file(content, name))


@needs(Permission.LOOK_AFTER)
def replace_sent_file(scorecard: Scorecard, sent: SentFile, *, when: datetime, reason: str) -> None:
    """Keeps what was read in the place of a file as it was sent, whose bytes are gone then.

    Raises ValueError without a reason; UnknownExtract where the file isn't kept (any more), and other StoreErrors.
    """
    if not reason.strip():
        raise ValueError("Say why the file is removed: the reason is kept with the act.")
    table = figures_table(scorecard.store.sent_files.figures(sent.extract_id))
    scorecard.store.sent_files.replace(
        sent.extract_id, table, scorecard.who, when, bounded("reason", reason), sent.holds
    )
