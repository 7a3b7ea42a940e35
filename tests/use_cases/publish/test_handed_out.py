"""A filed copy is known byte for byte, and one altered by a single byte is not."""

from __future__ import annotations

from datetime import date

import pytest

from scorecard.use_cases.open_scorecard import Scorecard
from scorecard.use_cases.publish.handed_out import format_of, handed_out
from scorecard.use_cases.publish.pack import FORMATS, approve_pack, export_pack, take_snapshot
from tests.conftest import WHEN


@pytest.fixture
def snapshot_id(opened: Scorecard) -> str:
    return take_snapshot(opened, date(2020, 7, 31), areas=["adoption"], when=WHEN)


def test_each_format_of_a_draft_is_known_and_altered_by_a_byte_is_not(opened: Scorecard, snapshot_id: str) -> None:
    for name, content in export_pack(opened, snapshot_id, list(FORMATS)).files.items():
        assert format_of(content) == name.rsplit(".", 1)[1]
        found = handed_out(opened, content, "renamed")
        assert found is not None
        assert found.snapshot_id == snapshot_id
        assert found.words.startswith("A draft: the ")
    assert handed_out(opened, content.replace(b"Adoption", b"Adaption")) is None


def test_an_approved_file_is_known_by_whom_and_when_and_a_draft_of_it_says_that_it_is_old(
    opened: Scorecard, snapshot_id: str
) -> None:
    draft = export_pack(opened, snapshot_id, ["html"]).files.popitem()[1]
    approve_pack(opened, snapshot_id, role="Executive Director", when=WHEN)
    content = export_pack(opened, snapshot_id, ["pdf"]).files.popitem()[1]
    found = handed_out(opened, content)
    assert found is not None
    assert "The PDF of Improvement Board, July 2020, edition 1, drawn from snapshot" in found.words
    assert "Approved by the Executive Director on" in found.words
    assert handed_out(opened, content[:-1] + bytes([content[-1] ^ 1])) is None
    old = handed_out(opened, draft)
    assert old is not None
    assert "approved by now: ask for its approved file" in old.words


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no zip", b"\x89PNG", b"measure_id,period,value\n"])
def test_what_is_no_pack_at_all_is_not_known(opened: Scorecard, content: bytes) -> None:
    assert format_of(content) is None
    assert handed_out(opened, content) is None
