"""What tests of packs do: take one, send figures, approve, and read what a PDF says."""

from __future__ import annotations

import io
from datetime import date

from pypdf import PdfReader

from scorecard.use_cases.open_scorecard import Scorecard
from scorecard.use_cases.publish.pack import approve_pack, take_snapshot
from scorecard.use_cases.upload.submit_extract import preview_extract, submit_extract
from tests.conftest import WHEN

JULY = date(2020, 7, 31)


def taken(opened: Scorecard, month: date = JULY, **more: object) -> str:
    return take_snapshot(opened, month, when=WHEN, **more)  # type: ignore[arg-type]


def sent(opened: Scorecard, text: str, name: str = "a.csv") -> None:
    previewed = preview_extract(opened, name, text.encode(), today=date(2021, 1, 1))
    assert not previewed.checked.refused
    submit_extract(opened, previewed, when=WHEN, reason="Correction")


def approved(opened: Scorecard, snapshot_id: str, **more: str) -> str:
    return approve_pack(opened, snapshot_id, role="Executive Director", when=WHEN, **more)


def words_of(content: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).split())
