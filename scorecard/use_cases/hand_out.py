"""Hand out a file: what leaves the scorecard in somebody's hands is an act, with what names its bytes."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from typing import TypeVar

from pydantic import JsonValue

from scorecard.access.permissions import Permission
from scorecard.core.safe_text import visible
from scorecard.use_cases.needs import needs
from scorecard.use_cases.note_act import note_act
from scorecard.use_cases.open_scorecard import Scorecard, now

LONGEST_NAME = 200  # characters of a file's name, as the act has it
Content = TypeVar("Content", bound=str | bytes)
_read_on: dict[tuple[str, str, str], date] = {}  # the last day of each store, reader and table


@needs(Permission.READ)
def hand_out(scorecard: Scorecard, name: str, content: Content, about: str | None = None) -> Content:
    """Returns the content of a file for whoever takes it, and notes that they did.

    name: the file's. about: the id of the measure, the service area or the snapshot that it tells of.
    """
    data = content.encode() if isinstance(content, str) else content
    detail: dict[str, JsonValue] = {"sha256": sha256(data).hexdigest(), "size": len(data)}
    if about:
        detail["about"] = about
    note_act(scorecard.store, scorecard.who, now(), "handed out", visible(name, LONGEST_NAME), detail)
    return content


@needs(Permission.READ)
def note_reading(scorecard: Scorecard, table: str) -> None:
    """Notes that a program reads a table of the interface: once a day, however often it asks."""
    key, moment = (scorecard.store.where, scorecard.who, table), now()
    if _read_on.get(key) != moment.date():
        _read_on[key] = moment.date()
        note_act(scorecard.store, scorecard.who, moment, "read", table, {})
