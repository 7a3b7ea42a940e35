"""A pack is approved, corrected and superseded: one approved pack of a board, a month and its service areas."""

from __future__ import annotations

import hashlib
import io
import zipfile
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pandas as pd
import pytest

from scorecard.pack.document.words import moment_words
from scorecard.pack.powerpoint.template import own_template
from scorecard.pack.snapshot.canonical_json import read_snapshot
from scorecard.use_cases.open_scorecard import Scorecard
from scorecard.use_cases.publish.describe import describe_snapshot
from scorecard.use_cases.publish.handed_out import handed_out
from scorecard.use_cases.publish.pack import (
    FORMATS,
    approvals,
    approve_pack,
    export_pack,
    snapshots,
    successions,
    supersede_pack,
)
from tests.conftest import IN_ONE_DATABASE, WHEN
from tests.use_cases.publish.packs import approved, sent, taken, words_of


def test_approved_bytes_are_handed_out_whatever_comes_later(opened: Scorecard) -> None:
    first = taken(opened)
    approve_pack(opened, first, role="Executive Director", when=WHEN)
    approved_files = export_pack(opened, first[:12], ["pdf"]).files
    sent(opened, "measure_id,period,value\nadoptions,2020-08,3\n")
    assert export_pack(opened, first, ["pdf"]).files == approved_files


def corrected(opened: Scorecard) -> tuple[str, str]:
    """An approved pack, and its correction as a draft."""
    first = taken(opened)
    approve_pack(opened, first, role="Executive Director", when=WHEN)
    sent(opened, "measure_id,period,value\nadoptions,2020-07,3\n")
    return first, taken(opened)


def test_a_correction_is_compared_with_what_it_corrects(opened: Scorecard) -> None:
    first, second = corrected(opened)
    changes = read_snapshot(opened.store.snapshot(second)).corrects
    assert changes is not None
    assert changes.old.id == first
    assert [(change.measure_id, change.old, change.new) for change in changes.revised] == [("adoptions", 2, 3)]
    assert taken(opened) == second, "taking it again finds the one that is there"


def test_a_second_approval_of_one_board_and_month_needs_what_it_corrects_and_why(opened: Scorecard) -> None:
    first, second = corrected(opened)
    with pytest.raises(ValueError, match=f"approved pack of this month already: snapshot {first[:12]}"):
        approved(opened, second)
    with pytest.raises(ValueError, match="why"):
        approved(opened, second, corrects=first[:12], reason=" ")
    with pytest.raises(ValueError, match="no approved pack of the same board"):
        approved(opened, second, corrects=second, reason="wrong")
    assert set(snapshots(opened)["state"]) == {"approved", "draft"}
    approved(opened, second, corrects=first[:12], reason="A figure was wrong")
    assert dict(zip(snapshots(opened)["snapshot_id"], snapshots(opened)["state"], strict=True)) == {
        first: "superseded",
        second: "approved",
    }
    for snapshot_id, state in (
        (first, "superseded"),
        (second, "approved"),
    ):  # nobody is told to correct a pack by itself
        with pytest.raises(ValueError, match=f"{snapshot_id[:12]} is {state} already. Only a draft can be approved."):
            approved(opened, snapshot_id)
    ((name, content),) = export_pack(opened, second, ["pdf"]).files.items()
    assert name == f"2020-07 Improvement Board approved edition 2 {second[:12]}.pdf"
    assert f"Corrects snapshot {first[:12]}: A figure was wrong" in words_of(content)
    (row,) = successions(opened).to_dict("records")
    assert (row["snapshot_id"], row["superseded_by"], row["reason"]) == (first, second, "A figure was wrong")
    description = describe_snapshot(opened, first)
    assert (description["superseded_by"], description["reason"]) == (second, "A figure was wrong")
    moments = opened.store.snapshot_states(first).set_index("state")["at"]
    for name, state in (("approved_at", "approved"), ("superseded_at", "superseded")):
        assert description[name] == moments[state].strftime("%Y-%m-%dT%H:%M:%SZ"), "as a program reads it, in UTC"
    assert describe_snapshot(opened, second)["superseded_at"] is None


@IN_ONE_DATABASE
def test_a_correction_of_another_month_is_refused(opened: Scorecard) -> None:
    first = taken(opened)
    approved(opened, first)
    sent(opened, "measure_id,period,value\nadoptions,2020-08,3\n")
    august = taken(opened, date(2020, 8, 31))
    with pytest.raises(ValueError, match="no approved pack of the same board, month"):
        approved(opened, august, corrects=first, reason="wrong")
    approved(opened, august)
    with pytest.raises(ValueError, match="Only such a one supersedes"):
        supersede_pack(opened, first, by=august, when=WHEN, reason="wrong")


@IN_ONE_DATABASE
def test_a_draft_supersedes_nothing(opened: Scorecard) -> None:
    first, second = corrected(opened)
    with pytest.raises(ValueError, match="why"):
        supersede_pack(opened, first, by=second, when=WHEN, reason=" ")
    with pytest.raises(ValueError, match="approve it as the correction first"):
        supersede_pack(opened, first, by=second, when=WHEN, reason="a figure was wrong")


def test_a_superseded_pack_is_handed_out_under_a_cover_sheet_that_says_so(opened: Scorecard) -> None:
    first = taken(opened)
    approved(opened, first)
    approved_files = export_pack(opened, first, list(FORMATS)).files
    sent(opened, "measure_id,period,value\nadoptions,2020-07,3\n")
    second = taken(opened)
    later = WHEN + timedelta(days=3)
    approve_pack(opened, second, role="Director", when=later, corrects=first, reason="A figure was wrong!")
    ((name, archive),) = export_pack(opened, first, list(FORMATS)).files.items()
    assert name == f"2020-07 Improvement Board superseded edition 1 {first[:12]}.zip"
    with zipfile.ZipFile(io.BytesIO(archive)) as inside:
        files = {name: inside.read(name) for name in inside.namelist()}
    cover, *others = files
    assert cover == f"2020-07 Improvement Board superseded, read first edition 1 {first[:12]}.pdf"
    assert [files[name] for name in others] == list(approved_files.values()), "the kept bytes stay as they are"
    cover_words = words_of(files[cover])
    assert f"SUPERSEDED on {moment_words(later)}" in cover_words
    assert f"Approved by the Executive Director on {moment_words(WHEN)}" in cover_words
    assert "A figure was wrong" in cover_words
    assert second in cover_words.replace(" ", "")
    for content in approved_files.values():
        assert hashlib.sha256(content).hexdigest() in cover_words.replace(" ", "")
    assert export_pack(opened, first, list(FORMATS)).files == {name: archive}
    for filed, what in ((archive, "archive"), (files[cover], "cover sheet")):
        known_file = handed_out(opened, filed, "renamed")
        assert known_file is not None
        assert known_file.words.startswith(f"The {what} of a superseded pack, snapshot {first}. SUPERSEDED")
        assert known_file.words.endswith("Reason: A figure was wrong!"), "no sentence ends twice"
    correction = handed_out(opened, export_pack(opened, second, ["html"]).files.popitem()[1])
    assert correction is not None
    assert ": A figure was wrong! SHA-256 " in correction.words


@IN_ONE_DATABASE
def test_an_approval_needs_a_role(opened: Scorecard) -> None:
    with pytest.raises(ValueError, match="role"):
        approve_pack(opened, taken(opened), role="", when=WHEN)


@IN_ONE_DATABASE
def test_an_approval_keeps_the_name_and_hash_of_the_template_that_its_deck_was_drawn_by(
    opened: Scorecard, tmp_path: Path
) -> None:
    own = tmp_path / "council.pptx"
    own.write_bytes(own_template())
    council = replace(opened, settings=opened.settings.model_copy(update={"deck_template": own}))
    first = taken(opened)
    approve_pack(council, first, role="Executive Director", when=WHEN)
    expected = hashlib.sha256(own.read_bytes()).hexdigest()
    own.unlink()  # what becomes of the file changes nothing
    sent(opened, "measure_id,period,value\nadoptions,2020-07,3\n")
    second = taken(opened)
    approved(opened, second, corrects=first, reason="A figure was wrong")
    templates = {row.snapshot_id: (row.template_file, row.template_sha256) for row in approvals(opened).itertuples()}
    assert templates[first] == ("council.pptx", expected)
    assert all(pd.isna(value) for value in templates[second])
    assert approvals(opened)["template_kept"].all()
