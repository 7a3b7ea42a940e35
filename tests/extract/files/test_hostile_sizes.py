"""Every file of the benchmark of hostile files, made small, and what else can stand at a path: by the terminal."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks.hostile import HOSTILE, Hostile
from scorecard.cli.commands import main
from tests.extract.files.test_hostile import TYPES, package

SHARE = 0.0005
GOOD = b"measure_id,period,value\nreferrals-rate,2020-07,82\n"
WIDE = b"a," * 300 + b"\n"

MORE: dict[str, bytes] = {
    "a BOM in the middle.csv": GOOD + b"\xef\xbb\xbf" + GOOD,
    "two BOMs.csv": b"\xef\xbb\xbf" * 2 + GOOD,
    "UTF-16 without its last byte.csv": GOOD.decode().encode("utf-16")[:-1],
    "wrong content types.xlsx": package(more={"[content_types].xml": TYPES.replace("xml", "png").encode()}),
    "no content types.xlsx": package().replace(b"[Content_Types].xml", b"[Content_Typos].xml"),
    "an encrypted workbook.xlsx": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
    "an old workbook.xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
    "an OpenDocument sheet.ods": b"PK\x03\x04" + b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet",
    "a PDF.csv": b"%PDF-1.7\n",
    "a picture.csv": b"\x89PNG\r\n\x1a\n" + b"\0" * 50,
    "a gzip.csv": b"\x1f\x8b\x08\0" + b"\0" * 20,
    "a wide row.csv": GOOD + WIDE,
    "quotes in quotes.csv": GOOD + b'"a""b","""","\n"\n',
    "empty.csv": b"",
    "one quotation mark.csv": b'"',
    "separators.csv": b",;\t" * 50,
}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    """One store for all files: none of them is stored."""
    return f"sqlite:///{tmp_path_factory.mktemp('store') / 'store.db'}"


@pytest.fixture
def validate(store: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Callable[[Path], int]:
    """Validates a file as the terminal does; fails where a traceback or a fault of ours shows."""
    monkeypatch.setenv("SCORECARD_DATABASE_URL", store)

    def _validate(path: Path) -> int:
        code = main(["validate", str(path)])
        printed = "".join(capfd.readouterr())
        assert printed.strip()
        assert "Traceback" not in printed
        assert "should not" not in printed
        return code

    return _validate


@pytest.mark.parametrize("hostile", HOSTILE, ids=[hostile_file.name for hostile_file in HOSTILE])
def test_a_hostile_file_gets_an_answer(hostile: Hostile, tmp_path: Path, validate: Callable[[Path], int]) -> None:
    path = tmp_path / hostile.name
    path.write_bytes(hostile.make(SHARE))
    assert validate(path) == hostile.refused


@pytest.mark.parametrize("name", MORE)
def test_any_file_that_exists_gets_an_answer(name: str, tmp_path: Path, validate: Callable[[Path], int]) -> None:
    path = tmp_path / name
    path.write_bytes(MORE[name])
    assert validate(path) in (0, 1)


def test_what_is_no_file_is_wrong_usage(tmp_path: Path, validate: Callable[[Path], int]) -> None:
    assert validate(tmp_path) == 2
    assert validate(tmp_path / "missing.csv") == 2
    (tmp_path / "to nowhere.csv").symlink_to(tmp_path / "missing.csv")
    assert validate(tmp_path / "to nowhere.csv") == 2


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_that_nobody_writes_to_does_not_hang(tmp_path: Path, validate: Callable[[Path], int]) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    assert validate(tmp_path / "pipe.csv") in (1, 2, 4)
