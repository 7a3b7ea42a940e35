"""A pack is taken, exported and looked at; the same store gives the same bytes anywhere."""

from __future__ import annotations

import hashlib
import io
import os
import re
import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pandas as pd
import pytest
from pypdf import PdfReader

from scorecard.pack.document.front_page import headline_of
from scorecard.pack.errors import PackError
from scorecard.pack.excel.sheets import all_sheets
from scorecard.pack.powerpoint.template import own_template
from scorecard.pack.snapshot.canonical_json import read_snapshot
from scorecard.pack.snapshot.models import PackState
from scorecard.store.errors import SnapshotState
from scorecard.use_cases.open_scorecard import Scorecard, UnusableScorecard
from scorecard.use_cases.publish.pack import (
    FORMATS,
    approve_pack,
    ask_sentences,
    compare_packs,
    differences,
    export_pack,
    preview_pages,
    reword_asks,
    snapshots,
    usual_length,
    working_copy,
)
from scorecard.use_cases.upload.submit_extract import preview_extract, submit_extract
from scorecard.use_cases.upload.withdraw_extract import withdraw_extract
from scorecard.use_cases.view.completeness import view_completeness
from scorecard.use_cases.view.measures import view_measures
from scorecard.use_cases.view.overview import overview
from tests.conftest import IN_ONE_DATABASE, PROJECT, WHEN
from tests.use_cases.publish.packs import JULY, approved, sent, taken, words_of


def test_the_same_store_gives_the_same_snapshot_and_taking_it_again_finds_it(opened: Scorecard) -> None:
    first = taken(opened)
    assert taken(opened) == first
    assert hashlib.sha256(opened.store.snapshot(first)).hexdigest() == first
    assert len(snapshots(opened)) == 1


def test_a_snapshot_stays_as_it_was_after_later_uploads(opened: Scorecard) -> None:
    first = taken(opened)
    before = export_pack(opened, first, list(FORMATS)).files
    sent(opened, "measure_id,period,value\nadoptions,2020-07,9\nadoptions,2020-08,3\n")
    assert export_pack(opened, first, list(FORMATS)).files == before
    second = taken(opened)
    assert second != first
    revised = compare_packs(opened, first, second).revised
    assert [(change.measure_id, change.old, change.new) for change in revised] == [("adoptions", 2, 9)]


@IN_ONE_DATABASE
def test_files_are_named_to_be_filed(opened: Scorecard) -> None:
    first = taken(opened)
    assert list(export_pack(opened, first, ["pdf"]).files) == [f"2020-07 Improvement Board draft {first[:12]}.pdf"]
    approve_pack(opened, first, role="Executive Director", when=WHEN)
    approved = f"2020-07 Improvement Board approved edition 1 {first[:12]}.pdf"
    assert list(export_pack(opened, first, ["pdf"]).files) == [approved]


def test_the_next_pack_says_what_changed_since_the_last_approved(opened: Scorecard) -> None:
    first = taken(opened)
    approve_pack(opened, first, role="Executive Director", when=WHEN)
    sent(opened, "measure_id,period,value\nadoptions,2020-08,3\n")
    august = taken(opened, date(2020, 8, 31))
    content = opened.store.snapshot(august).decode()
    assert first in content, "the earlier pack is named"


def test_the_length_of_a_boards_pack_is_remembered(opened: Scorecard) -> None:
    assert usual_length(opened, "improvement-board") == "whole"
    short = taken(opened, areas=["adoption"], length="short")
    assert read_snapshot(opened.store.snapshot(short)).length == "short"
    assert usual_length(opened, "improvement-board") == "short"
    assert taken(opened, areas=["adoption"]) == short
    assert usual_length(opened, "scrutiny-panel") == "whole"


@IN_ONE_DATABASE
def test_what_the_board_is_asked_is_worded_before_approval_and_not_after(opened: Scorecard) -> None:
    draft = taken(opened, areas=["adoption"])
    by_rule = ask_sentences(opened, draft)
    assert {line.split()[0] for line in by_rule} <= {"Decide", "Agree", "Note"}
    lines = ["Decide whether the target stands.", "  ", "note the rest"]
    second = reword_asks(opened, draft, lines, when=WHEN)
    assert ask_sentences(opened, second) == ("Decide whether the target stands.", "Note the rest")
    assert ask_sentences(opened, draft) == by_rule, "the first draft stays as it is"
    (file,) = export_pack(opened, second, ["pdf"]).files.values()
    assert "Decide whether the target stands." in words_of(file)
    assert reword_asks(opened, second, [], when=WHEN) == draft
    for wrong in ("Ponder this", "Note", "Note " + "x" * 500):
        with pytest.raises(ValueError, match=r"Begin with|can be kept"):
            reword_asks(opened, draft, [wrong], when=WHEN)
    approved(opened, second)
    with pytest.raises(SnapshotState):
        reword_asks(opened, second, ["Note it."], when=WHEN)


@IN_ONE_DATABASE
def test_a_month_that_is_not_over_is_refused(opened: Scorecard) -> None:
    for month in (WHEN.date(), WHEN.date() + timedelta(days=40)):
        with pytest.raises(PackError, match="is not over, and a pack is for a month that is over"):
            taken(opened, month)
        with pytest.raises(PackError, match="is not over"):
            preview_pages(opened, month, on=WHEN.date())
        with pytest.raises(PackError, match="is not over"):
            working_copy(opened, month, "adoption", on=WHEN.date())
    assert snapshots(opened).empty


@IN_ONE_DATABASE
def test_a_pack_of_some_areas_says_so_and_is_no_reference_for_a_whole_one(opened: Scorecard) -> None:
    some = taken(opened, areas=["adoption", "assessment"])
    approved(opened, some)
    ((name, content),) = export_pack(opened, some, ["html"]).files.items()
    assert "2 of 5 service areas" in name
    text = content.decode()
    assert text.count("2 of 5 service areas") >= 4
    assert "whole service" not in text.lower()
    sent(opened, "measure_id,period,value\nadoptions,2020-08,3\n")
    august = date(2020, 8, 31)
    assert read_snapshot(opened.store.snapshot(taken(opened, august))).changes is None
    again = read_snapshot(opened.store.snapshot(taken(opened, august, areas=["assessment", "adoption"])))
    assert again.changes is not None
    assert again.changes.old.id == some
    assert again.changes.added == again.changes.removed == ()


@IN_ONE_DATABASE
def test_all_the_areas_of_a_board_are_a_whole_pack(opened: Scorecard) -> None:
    every = [area.id for area in opened.catalogue.service_areas]
    assert taken(opened, areas=every) == taken(opened)


@IN_ONE_DATABASE
def test_a_pack_of_an_earlier_month_prints_nothing_of_the_plans_own(opened: Scorecard) -> None:
    sent(opened, "measure_id,period,value\nadoptions,2020-06,9.87\nadoptions,2020-07,7.65\n")
    frozen = read_snapshot(opened.store.snapshot(taken(opened, date(2020, 6, 30))))
    for measure in frozen.measures:
        assert measure.july_2020 is None
        assert measure.trend.trajectory is None
        assert not [mark for mark in measure.trend.marks if mark.month > frozen.reporting_month]
    ((_, page),) = export_pack(opened, taken(opened, date(2020, 6, 30)), ["html"]).files.items()
    text = re.sub(r"<style>.*?</style>|<svg.*?</svg>", "", page.decode(), flags=re.DOTALL)
    assert "July 2020 in the plan" not in text
    assert "7.65" not in text
    assert "July 2020: " not in text
    assert not [
        cell
        for sheet in all_sheets(frozen, PackState(), "0" * 64)
        for cell in (*(column.label for column in sheet.columns), *sheet.notes, sheet.title)
        if "July 2020" in cell
    ]


def test_an_earlier_moment_leaves_later_figures_out(opened: Scorecard) -> None:
    sent(opened, "measure_id,period,value\nadoptions,2020-07,9\n")
    then = taken(opened, as_known_at=WHEN - timedelta(days=1))
    assert compare_packs(opened, then, taken(opened)).revised


@IN_ONE_DATABASE
def test_packs_that_differ_in_length_or_asks_alone_are_told_apart(opened: Scorecard) -> None:
    whole = taken(opened)
    asked = reword_asks(opened, whole, ["Decide this."], when=WHEN)
    short = taken(opened, length="short")
    changes = [
        (row[1], row[3])
        for pair in (asked, short)
        for difference in differences(compare_packs(opened, whole, pair))
        for row in difference.rows
    ]
    assert changes == [("What the board is asked to do", "Decide this."), ("Length", "short")]
    assert not list(differences(compare_packs(opened, whole, whole)))


def test_a_later_moment_than_the_last_change_is_that_of_the_last_change(opened: Scorecard) -> None:
    assert taken(opened, as_known_at=WHEN + timedelta(days=400)) == taken(opened)


def test_a_snapshot_freezes_the_marks_that_were_known_at_its_moment(opened: Scorecard) -> None:
    """Figure by figure as the completeness page has them: before, with an accepted warning, and after a withdrawal."""
    moments = [WHEN + timedelta(days=day) for day in (1, 2, 3)]
    august = date(2020, 8, 31)
    texts = ("adoptions,2020-08,3", "contacts-becoming-referrals,2020-08,0.25")
    for moment, row in zip(moments, texts, strict=False):
        previewed = preview_extract(
            opened, "a.csv", f"measure_id,period,value\n{row}\n".encode(), today=date(2021, 1, 1)
        )
        last = submit_extract(opened, previewed, when=moment, reason="Late recording").extract_id
    withdraw_extract(opened, last, when=moments[2], reason="wrong")
    marks_kept = []
    for moment in moments:
        snapshot = read_snapshot(opened.store.snapshot(taken(opened, august, as_known_at=moment)))
        marks = view_completeness(opened, august, moment).completeness.marks.set_index("measure_id")
        for measure in snapshot.measures:
            row = marks.loc[measure.id]
            assert measure.quality is not None
            assert (measure.figures_received, measure.expected_figures) == (row["came"], row["due"])
            for name, mark in measure.quality.marks.items():
                assert (mark.holds, mark.words) == (None if pd.isna(row[name]) else row[name], row[f"{name}_words"])
        (contacts,) = [measure for measure in snapshot.measures if measure.id == "contacts-becoming-referrals"]
        assert contacts.quality is not None
        marks_kept.append((contacts.quality.words, len(contacts.owed)))
    assert marks_kept == [
        ("Plausible; not complete", 1),
        ("Complete; an unusual figure was accepted", 0),
        ("Plausible; not complete", 1),
    ]


@IN_ONE_DATABASE
def test_an_area_is_taken_along_as_a_working_copy_and_nothing_is_kept(opened: Scorecard) -> None:
    name, content = working_copy(opened, JULY, "adoption")
    assert name == "2020-07 Adoption working copy.pdf"
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    assert "Adoption" in text
    assert "Youth Justice" not in text
    assert "Improvement Board" not in text
    assert snapshots(opened).empty


@IN_ONE_DATABASE
def test_the_pages_can_be_looked_at_before_anything_is_kept(opened: Scorecard) -> None:
    pages = preview_pages(opened, JULY, areas=["adoption"])
    assert len(pages) > 3
    assert all(page.startswith(b"\x89PNG") for page in pages)
    assert snapshots(opened).empty


@IN_ONE_DATABASE
def test_a_council_s_own_template_is_used_and_one_that_is_not_there_is_named(opened: Scorecard, tmp_path: Path) -> None:
    own = tmp_path / "council.pptx"
    settings = opened.settings.model_copy(update={"deck_template": own})
    council = replace(opened, settings=settings)
    snapshot_id = taken(opened)
    with pytest.raises(UnusableScorecard, match=r"council\.pptx"):
        export_pack(council, snapshot_id, ["pptx"])
    own.write_bytes(own_template())
    assert export_pack(council, snapshot_id, ["pptx"]).files
    own.write_bytes(b"not a deck")
    with pytest.raises(PackError):
        export_pack(council, snapshot_id, ["pptx"])


def test_the_same_snapshot_gives_the_same_bytes_in_another_process(opened: Scorecard, tmp_path: Path) -> None:
    """A new process, another time zone, another hash seed, another folder: the same bytes in every format."""
    snapshot_id = taken(opened)
    expected = export_pack(opened, snapshot_id, list(FORMATS)).files
    folder = tmp_path / "out"
    environment = {
        **os.environ, "TZ": "America/Los_Angeles", "PYTHONHASHSEED": "4242",
        "SCORECARD_DATABASE_URL": opened.settings.database_url, "SCORECARD_CATALOGUE": str(opened.settings.catalogue),
        "PYTHONPATH": str(PROJECT),
    }  # fmt: skip
    command = [sys.executable, "-m", "scorecard", "pack", "--snapshot", snapshot_id, "--out", str(folder)]
    done = subprocess.run(
        [*command, "--format", ",".join(FORMATS)], cwd=tmp_path, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[0] == f"snapshot {snapshot_id}"
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == expected


@IN_ONE_DATABASE
def test_the_pages_and_the_pack_begin_with_the_same_count(opened: Scorecard) -> None:
    """Also where nothing applied this month: an older figure then judges nothing."""
    header, august = "measure_id,period,value\n", date(2020, 8, 31)
    sent(opened, header + "practice-reviews-on-time,2020-07,50\n", "july.csv")
    later = "practice-reviews-on-time,2020-08,[z]\ncontacts-becoming-referrals,2020-08,25\n"
    sent(opened, header + later, "august.csv")
    shown = overview(opened, view_measures(opened, august))
    assert shown.finding == headline_of(read_snapshot(opened.store.snapshot(taken(opened, august))))
    assert "practice-reviews-on-time" not in shown.lists["missed"]
