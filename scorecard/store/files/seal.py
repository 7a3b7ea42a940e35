"""The seal of a backup: a manifest behind the database's own pages, by which any byte that changed is found.

A backup is a store's file (SQLite), with a manifest after its last page and a mark in its header. SQLite reads only the
pages that the header counts, so it opens as it is. The mark goes with the first act that is done in it: then it is a
store like any other.
"""

import hashlib
import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, NamedTuple
from urllib.parse import quote

from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationError

from scorecard.store.audit.row_hashes import TableHash
from scorecard.store.errors import BackupDamaged, NotABackup

SEALED = 0x53434245  # in the header's application_id: a backup to which nothing was done since
MARK = slice(68, 72)
PAGE_SIZE, PAGES = slice(16, 18), slice(28, 32)
HEADER = 100
END = b"\nend of scorecard backup 1\n"
FOOTER = 64 + 16 + len(END)  # the manifest's sha256, its length, and the end
DIGEST = 8  # bytes a page: against accidents, and what is changed by hand is found by the rows' sha256
MOST_PLACES = 20


class Manifest(BaseModel):
    """What a backup was when it was made.

    version: of its tables. head: the last act and its seal, as 'act_id:sha256'; None before the first, or before there
    were seals. pages: 16 characters a page, of its hash.
    """

    model_config = ConfigDict(frozen=True)

    made_at: AwareDatetime
    version: int
    head: str | None
    page_size: int
    pages: str
    tables: dict[str, TableHash]


class Contents(NamedTuple):
    """What of a store its manifest tells."""

    version: int
    head: str | None
    tables: dict[str, TableHash]


def seal(path: Path, contents: Contents, made_at: datetime) -> Manifest:
    """Mark a store's file as a backup and write its manifest after its last page. Raises OSError, sqlite3.Error."""
    _mark(path, SEALED)
    with path.open("r+b") as file:
        page_size, pages = _size(file.read(HEADER))
        hashes = "".join(digest for _, digest in _page_hashes(file, page_size, pages))
        manifest = Manifest(made_at=made_at, page_size=page_size, pages=hashes, **contents._asdict())
        content = manifest.model_dump_json().encode()
        content += b" " * ((len(content) + FOOTER) % page_size == 0)  # so that no database's own pages can end like it
        file.seek(page_size * pages)
        file.write(content + hashlib.sha256(content).hexdigest().encode() + b"%016d" % len(content) + END)
        file.flush()
        os.fsync(file.fileno())
    return manifest


def unseal(path: Path) -> None:
    """Make a copied backup a store: without mark and manifest. Raises OSError, sqlite3.Error."""
    with path.open("r+b") as file:
        page_size, pages = _size(file.read(HEADER))
        file.truncate(page_size * pages)
    _mark(path, 0)


def is_sealed(path: Path) -> bool:
    """Whether a file says that it is a backup, by its mark or its end: one of the two may be damaged."""
    with path.open("rb") as file:
        header = file.read(HEADER)
        return int.from_bytes(header[MARK], "big") == SEALED or _tail(file, len(END)) == END


def require_whole(path: Path) -> Manifest:
    """The manifest of a backup, every byte of which is as it was written.

    Raises NotABackup where the file doesn't say that it is one, BackupDamaged with each place; OSError.
    """
    if not is_sealed(path):
        raise NotABackup(str(path))
    with path.open("rb") as file:
        manifest = _manifest(file, str(path))
        places = list(_changed_pages(file, manifest))
    if places:
        tables = _tables_of_pages(path)
        named = [_place(number, manifest.page_size, tables.get(number)) for number in places[:MOST_PLACES]]
        more = f" and {len(places) - MOST_PLACES:,} more" if len(places) > MOST_PLACES else ""
        raise BackupDamaged(str(path), f"{', '.join(named)}{more} of {_count(manifest):,} pages")
    return manifest


def _manifest(file: BinaryIO, where: str) -> Manifest:
    """What is after the pages. Raises BackupDamaged where it isn't whole, or the file isn't as long as it says."""
    footer = _tail(file, FOOTER)
    if footer[80:] != END:
        raise BackupDamaged(where, "its end is missing or altered: it was cut short while it was copied, or changed")
    length = int(footer[64:80]) if footer[64:80].isdigit() else 0
    content = _tail(file, length + FOOTER)[:length]
    if hashlib.sha256(content).hexdigest().encode() != footer[:64]:
        raise BackupDamaged(where, "its manifest, the list after the last page, is altered")
    try:
        manifest = Manifest.model_validate(json.loads(content))
    except (ValueError, ValidationError) as error:
        raise BackupDamaged(where, "its manifest is not one that this version knows") from error
    expected = _count(manifest) * manifest.page_size + length + FOOTER
    size = os.fstat(file.fileno()).st_size
    if size != expected:
        raise BackupDamaged(where, f"it has {size:,} bytes, and was written with {expected:,}")
    return manifest


def _changed_pages(file: BinaryIO, manifest: Manifest) -> Iterator[int]:
    for number, digest in _page_hashes(file, manifest.page_size, _count(manifest)):
        if digest != manifest.pages[(number - 1) * 2 * DIGEST : number * 2 * DIGEST]:
            yield number


def _page_hashes(file: BinaryIO, page_size: int, pages: int) -> Iterator[tuple[int, str]]:
    file.seek(0)
    for number in range(1, pages + 1):
        yield number, hashlib.blake2b(file.read(page_size), digest_size=DIGEST).hexdigest()


def _count(manifest: Manifest) -> int:
    return len(manifest.pages) // (2 * DIGEST)


def _place(number: int, page_size: int, table: str | None) -> str:
    in_table = f" of the table {table}" if table else ""
    return f"page {number:,}{in_table} (bytes {(number - 1) * page_size:,} to {number * page_size - 1:,})"


def _tables_of_pages(path: Path) -> dict[int, str]:
    """Which table each page belongs to, as far as the damaged file tells; SQLite may have been built without dbstat."""
    tables: dict[int, str] = {}
    query = "SELECT pageno, tbl_name FROM dbstat JOIN sqlite_master ON sqlite_master.name = dbstat.name"
    with suppress(sqlite3.Error), closing(sqlite3.connect(_unchanged(path), uri=True)) as connection:
        for number, table in connection.execute(query):
            tables[number] = table
    return tables


def _unchanged(path: Path) -> str:
    return f"file:{quote(path.absolute().as_posix())}?mode=ro&immutable=1"


def _size(header: bytes) -> tuple[int, int]:
    """The size of a page and how many there are, as SQLite's file format has them (section 1.3)."""
    page_size = int.from_bytes(header[PAGE_SIZE], "big")
    return 65_536 if page_size == 1 else page_size, int.from_bytes(header[PAGES], "big")


def _tail(file: BinaryIO, length: int) -> bytes:
    file.seek(max(file.seek(0, os.SEEK_END) - length, 0))
    return file.read(length)


def _mark(path: Path, mark: int) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE").fetchall()
        connection.execute(f"PRAGMA application_id = {mark}")
        connection.execute("PRAGMA journal_mode = WAL").fetchall()
