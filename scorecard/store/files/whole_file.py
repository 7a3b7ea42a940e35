"""A file that is there whole or not at all: made in a folder of its own beside its place, its owner's alone."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from scorecard.store.errors import FileInTheWay

PRIVATE = 0o600


def file_of(url: str) -> Path | None:
    """The file that an SQLAlchemy URL names; None for a server's."""
    try:
        parsed = make_url(url)
    except ArgumentError:
        return None
    return Path(parsed.database) if parsed.get_backend_name() == "sqlite" and parsed.database else None


@contextmanager
def whole_file(target: Path) -> Iterator[Path]:
    """An empty file to write to, that takes the target's place at the end; with its folder it goes if anything fails.

    Raises FileInTheWay where the target is there, OSError.
    """
    if target.exists():
        raise FileInTheWay(str(target))
    folder = Path(tempfile.mkdtemp(prefix=f".{target.name}.part-", dir=target.parent))
    try:
        part = folder / target.name
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_RDWR, PRIVATE))
        yield part
        _to_the_drive(part)
        if target.exists():
            raise FileInTheWay(str(target))
        os.replace(part, target)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _to_the_drive(part: Path) -> None:
    with part.open("rb+") as file:
        os.fsync(file.fileno())
