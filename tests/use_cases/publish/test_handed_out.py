"""A filed copy is known byte for byte, and one altered by a single byte is not."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader
from sqlalchemy import delete

from scorecard.store.schema import act_chain, acts
from scorecard.use_cases.audit_trail import prove_trail, read_head
from scorecard.use_cases.open_scorecard import Scorecard
from scorecard.use_cases.publish.handed_out import format_of, handed_out
from scorecard.use_cases.publish.pack import FORMATS, approve_pack, export_pack, take_snapshot
from scorecard.use_cases.safekeeping import back_up
from tests.conftest import IN_ONE_DATABASE, WHEN
from tests.store.submitted import tampering


@pytest.fixture
def snapshot_id(opened: Scorecard) -> str:
    return take_snapshot(opened, date(2020, 7, 31), areas=["adoption"], when=WHEN)


@IN_ONE_DATABASE
def test_each_format_of_a_draft_is_known_and_altered_by_a_byte_is_not(opened: Scorecard, snapshot_id: str) -> None:
    for name, content in export_pack(opened, snapshot_id, list(FORMATS)).files.items():
        assert format_of(content) == name.rsplit(".", 1)[1]
        known_file = handed_out(opened, content, "renamed")
        assert known_file is not None
        assert known_file.snapshot_id == snapshot_id
        assert known_file.words.startswith("A draft: the ")
        assert str(opened.store.trail.head(WHEN)) in text_of(name, content), "the head of the trail is in every file"
    assert handed_out(opened, content.replace(b"Adoption", b"Adaption")) is None


def text_of(name: str, content: bytes) -> str:
    """All that a document says, without the spaces and line ends that part it."""
    match name.rsplit(".", 1)[1]:
        case "pdf":
            text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
        case "html":
            text = content.decode()
        case _:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                parts = [part for part in archive.namelist() if part.endswith(".xml")]
                text = re.sub(r"<[^>]*>", "", " ".join(archive.read(part).decode() for part in parts))
    return re.sub(r"\s", "", text)


def test_acts_cut_off_the_end_are_found_by_the_head_in_a_snapshot_a_filed_pack_and_a_backup(
    opened: Scorecard, snapshot_id: str, tmp_path: Path
) -> None:
    pack = export_pack(opened, snapshot_id, ["html"]).files.popitem()[1].decode()
    filed = re.search(r"\d+:[0-9a-f]{64}", pack)
    assert filed is not None
    manifest, _ = back_up(opened.settings, tmp_path / "backup.db", person=opened.person)
    assert manifest.head is not None
    heads = [read_head(file) for file in (filed[0], manifest.head)]
    assert prove_trail(opened, heads).faults == ()
    with tampering(opened.store, "acts", "act_chain") as connection:
        for table in (act_chain, acts):
            connection.execute(delete(table).where(table.c.act_id >= heads[0].act_id))
    own = prove_trail(opened).faults
    assert len(own) == 1
    assert f"in snapshot {snapshot_id[:12]}" in own[0]
    for head in heads:
        assert any(f"Act {head.act_id} is not the one" in fault for fault in prove_trail(opened, [head]).faults[:1])


def test_an_approved_file_is_known_by_whom_and_when_and_a_draft_of_it_says_that_it_is_old(
    opened: Scorecard, snapshot_id: str
) -> None:
    draft = export_pack(opened, snapshot_id, ["html"]).files.popitem()[1]
    approve_pack(opened, snapshot_id, role="Executive Director", when=WHEN)
    content = export_pack(opened, snapshot_id, ["pdf"]).files.popitem()[1]
    known_file = handed_out(opened, content)
    assert known_file is not None
    assert "The PDF of Improvement Board, July 2020, edition 1, drawn from snapshot" in known_file.words
    assert "Approved by the Executive Director on" in known_file.words
    assert handed_out(opened, content[:-1] + bytes([content[-1] ^ 1])) is None
    old = handed_out(opened, draft)
    assert old is not None
    assert "approved by now: ask for its approved file" in old.words
    assert not any(re.search(r"[.?!]\s*[.?!]", each_file.words) for each_file in (known_file, old)), (
        "no sentence ends twice"
    )


@IN_ONE_DATABASE
@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no zip", b"\x89PNG", b"measure_id,period,value\n"])
def test_what_is_no_pack_at_all_is_not_known(opened: Scorecard, content: bytes) -> None:
    assert format_of(content) is None
    assert handed_out(opened, content) is None
