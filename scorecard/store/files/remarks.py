"""What the owner of a store's file should know of it: who else may read it, and what was found beside it."""

import os
import stat
from pathlib import Path

from scorecard.store.files import log


def warnings(path: Path) -> list[str]:
    """Plain sentences about a store's file; none where all is well."""
    lines = [_open_to_others(path)] if os.name == "posix" else []
    lines += [
        f"The log {file.name} lay beside the store and was of another file, as after a backup was put back: nothing of "
        "it is in the store. Delete it once you have made sure that nothing is missing."
        for file in log.logs_set_aside(path)
    ]
    return [line for line in lines if line]


def _open_to_others(path: Path) -> str:
    mode, folder = path.stat().st_mode, path.parent.stat().st_mode
    writers = mode & (stat.S_IWGRP | stat.S_IWOTH) or (
        folder & (stat.S_IWGRP | stat.S_IWOTH) and not folder & stat.S_ISVTX
    )
    readers = mode & (stat.S_IRGRP | stat.S_IROTH)
    if not (writers or readers):
        return ""
    may = " and ".join(word for word, so in (("read", readers), ("change", writers)) if so)
    return (
        f"Others on this machine may {may} the store {path}. If they should not, make it its owner's alone: "
        f"chmod 600 for the file, chmod 700 for its folder."
    )
