"""Keep the store safe: back it up, restore it, move it, prove that it is whole, mend what a wrong clock left."""

from __future__ import annotations

from pathlib import Path

from scorecard.store import (
    Carried,
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
from scorecard.use_cases.open_scorecard import Settings, now
from scorecard.use_cases.progress import Progress, untold

__all__ = ["Carried", "Mended", "Verified", "back_up", "mend_clock", "move", "not_ready", "restore", "verify_store"]


def back_up(settings: Settings, target: Path, progress: Progress = untold) -> Verified:
    """Writes a whole copy of the store to a new file, while others write, and reads the copy from end to end.

    Raises FileInTheWay, NotWritten and other StoreErrors.
    """
    back_up_store(settings.database_url, target, progress)
    return _verified(target)


def restore(settings: Settings, file: Path, progress: Progress = untold) -> Verified:
    """Makes the store that the settings name, where there is none, of a backup; reads it from end to end then.

    Raises NotABackup, BackupDamaged, NotEmpty and other StoreErrors.
    """
    restore_store(file, settings.database_url, progress)
    return verify_file(settings.database_url)


def move(settings: Settings, to: str, progress: Progress = untold) -> tuple[Carried, Verified]:
    """Carries the store over to another address, where nothing is, and reads it from end to end there.

    The store itself is only read. Raises NotEmpty, NotCarried and other StoreErrors.
    """
    carried = move_store(settings.database_url, to, progress)
    return carried, verify_file(to)


def verify_store(settings: Settings, file: Path | None = None) -> Verified:
    """Whether the store, or a copy in a file, is as it was stored, byte for byte. Nothing is changed.

    Raises StoreError where the store can't be read at all.
    """
    return _verified(file) if file is not None else verify_file(settings.database_url)


def not_ready(settings: Settings) -> str | None:
    """Why the store can't be used now, in words; None where it answers and its tables are up to date."""
    try:
        require_ready(settings.database_url)
    except StoreError as error:
        return str(error)
    return None


def mend_clock(settings: Settings, *, who: str, reason: str) -> Mended:
    """Moves what a clock that ran ahead recorded in the future to just before now, as an act.

    Raises ValueError without a reason; NothingToMend and other StoreErrors.
    """
    if not reason.strip():
        raise ValueError("Say why the clock is mended: the reason is kept with the act.")
    with open_store(settings.database_url, now=now) as store:
        return store.mend_clock(who, reason.strip())


def _verified(file: Path) -> Verified:
    return verify_file(f"sqlite:///{file.absolute()}?mode=ro")
