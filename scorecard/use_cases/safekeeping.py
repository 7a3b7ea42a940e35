"""Keep the store safe: back it up, restore it, move it, prove that it is whole, mend what a wrong clock left."""

from __future__ import annotations

import logging
from pathlib import Path

from pydantic import JsonValue

from scorecard.access.permissions import Permission
from scorecard.access.person import Person
from scorecard.core.safe_text import visible
from scorecard.store import (
    CarriedStore,
    Manifest,
    Mended,
    StoreError,
    Verified,
    back_up_store,
    move_store,
    open_store,
    require_ready,
    restore_store,
    verify_file,
)
from scorecard.use_cases.derive_again import derive_again
from scorecard.use_cases.hand_out import LONGEST_NAME
from scorecard.use_cases.needs import needs
from scorecard.use_cases.note_act import note_act
from scorecard.use_cases.open_scorecard import Settings, now
from scorecard.use_cases.progress import Progress, no_progress

__all__ = [
    "CarriedStore",
    "Manifest",
    "Mended",
    "Verified",
    "back_up",
    "mend_clock",
    "move",
    "not_ready",
    "restore",
    "verify_store",
]


@needs(Permission.LOOK_AFTER)
def back_up(
    settings: Settings,
    target: Path,
    progress: Progress = no_progress,
    *,
    person: Person,
) -> tuple[Manifest, Verified]:
    """Writes a whole copy of the store to a new file, while others write, and reads the copy from end to end.

    That it was made is an act of the store itself, after the last that the copy has. Raises NotAllowed, FileInTheWay,
    NotWritten and other StoreErrors.
    """
    manifest, copied = back_up_store(settings.database_url, target, progress), _verified(target)
    _note(settings.database_url, person, "backed up", target.name, {"head": manifest.head})
    return manifest, copied


@needs(Permission.LOOK_AFTER)
def restore(settings: Settings, file: Path, progress: Progress = no_progress, *, person: Person) -> Verified:
    """Makes the store that the settings name, where there is none, of a backup; reads it from end to end then.

    That is an act of the new store. Raises NotAllowed, NotABackup, BackupDamaged, NotEmpty and other StoreErrors.
    """
    manifest = restore_store(file, settings.database_url, progress)
    restored = verify_file(settings.database_url)
    _note(settings.database_url, person, "restored here", file.name, {"head": manifest.head})
    return restored


@needs(Permission.LOOK_AFTER)
def move(
    settings: Settings, to: str, progress: Progress = no_progress, *, person: Person
) -> tuple[CarriedStore, Verified]:
    """Carries the store over to another address, where nothing is, and reads it from end to end there.

    The store itself is only read; that it was moved is an act of the new one. Raises NotAllowed, NotEmpty, NotCarried
    and other StoreErrors.
    """
    carried = move_store(settings.database_url, to, progress)
    moved = verify_file(to)
    _note(to, person, "moved here", "the whole store", {"rows": carried.rows})
    return carried, moved


@needs(Permission.LOOK_AFTER)
def verify_store(settings: Settings, file: Path | None = None, *, person: Person) -> Verified:  # noqa: ARG001
    """Whether the store, or a copy in a file, is as it was stored, byte for byte, and its figures are those of what was
    kept of the extracts. Nothing is changed.

    Raises NotAllowed, and StoreError where the store can't be read at all.
    """
    url = settings.database_url if file is None else _only_read(file)
    verified = verify_file(url)
    if verified.faults:
        return verified  # what is damaged can't be read again
    again = derive_again(url)
    return Verified(verified.counted | {"extracts whose figures were read again": again.extracts}, again.faults)


def not_ready(settings: Settings) -> str | None:
    """Why the store can't be used now, in words; None where it answers and its tables are up to date."""
    try:
        require_ready(settings.database_url)
    except StoreError as error:
        return str(error)
    return None


@needs(Permission.LOOK_AFTER)
def mend_clock(settings: Settings, *, person: Person, reason: str) -> Mended:
    """Moves what a clock that ran ahead recorded in the future to just before now, as an act.

    Raises NotAllowed; ValueError without a reason; NothingToMend and other StoreErrors.
    """
    if not reason.strip():
        raise ValueError("Say why the clock is mended: the reason is kept with the act.")
    with open_store(settings.database_url, now=now) as store:
        return store.mend_clock(person.name, reason.strip())


def _note(url: str, person: Person, what: str, subject: str, detail: dict[str, JsonValue]) -> None:
    """Keeps as an act what was done with the whole store; one that isn't up to date, or damaged, is left as it is."""
    try:
        require_ready(url)
        with open_store(url) as store:
            note_act(store, person.name, now(), what, visible(subject, LONGEST_NAME), detail)
    except StoreError as error:
        logging.getLogger("scorecard").warning("'%s %s' is not kept as an act: %s", what, subject, error)


def _verified(file: Path) -> Verified:
    return verify_file(_only_read(file))


def _only_read(file: Path) -> str:
    return f"sqlite:///{file.absolute()}?mode=ro"
