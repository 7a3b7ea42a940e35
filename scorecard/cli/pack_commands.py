"""The commands of a pack that was taken: approve, supersede, compare, list."""

from __future__ import annotations

import argparse
from pathlib import Path

from scorecard.cli.answers import complain, stopped_between, tell
from scorecard.cli.exit_codes import DONE, REFUSED, WRONG_USAGE
from scorecard.cli.opened import Command, opened
from scorecard.cli.published_commands import compare_areas
from scorecard.use_cases.open_scorecard import Scorecard, now
from scorecard.use_cases.publish.handed_out import format_of, handed_out
from scorecard.use_cases.publish.pack import (
    approve_pack,
    asked_of_the_board,
    compare_packs,
    differences,
    kept_exports,
    reword_asks,
    snapshots,
    supersede_pack,
)


def packs(_asked: argparse.Namespace) -> int:
    """Lists the snapshots that were taken, latest month first, with their states."""
    with opened() as scorecard:
        for row in snapshots(scorecard).to_dict("records"):
            tell(f"{row['snapshot_id'][:12]}  {row['period']}  {row['board']}  {row['state']}")
    return DONE


def approve(asked: argparse.Namespace) -> int:
    """Approves a draft: every format is drawn once, and its bytes are kept and handed out from then on."""
    with stopped_between(), opened(asked.by) as scorecard:
        _approve(scorecard, asked, asked.snapshot, asked.corrects, asked.reason or "")
    return DONE


def asks(asked: argparse.Namespace) -> int:
    """Says what a pack asks its board to do; with lines, takes a draft of the same figures that asks these instead."""
    with stopped_between(), opened(asked.by) as scorecard:
        whole_id = asked.snapshot
        if asked.line:
            whole_id = reword_asks(scorecard, asked.snapshot, asked.line, when=now())
            tell(f"snapshot {whole_id}")
        for line in asked_of_the_board(scorecard, whole_id):
            tell(line)
    return DONE


def supersede(asked: argparse.Namespace) -> int:
    """Supersedes an approved pack by its correction, of the same board and month; a draft is approved with it."""
    with stopped_between(), opened(asked.by) as scorecard:
        known = snapshots(scorecard)
        drafts = known.loc[known["state"] == "draft", "snapshot_id"]
        if any(one.startswith(asked.correction.strip().lower()) for one in drafts):
            _approve(scorecard, asked, asked.correction, asked.snapshot, asked.reason)
        else:
            supersede_pack(scorecard, asked.snapshot, by=asked.correction, when=now(), reason=asked.reason)
        tell(f"superseded {asked.snapshot} by {asked.correction}")
    return DONE


def compare(asked: argparse.Namespace) -> int:
    """Says how we compare, by published figures; of two snapshots, what the later month's has otherwise."""
    if asked.one is None:
        return compare_areas(asked)
    if asked.other is None:
        return complain("Name two snapshots to compare, or none for how we compare with others.", WRONG_USAGE)
    with opened() as scorecard:
        found = list(differences(compare_packs(scorecard, asked.one, asked.other)))
    for one in found:
        tell(f"{one.title} ({len(one.rows)})")
        for measure, what, before, after in one.rows:
            said = f": {what}: {before} → {after}" if what else ""
            tell(f"  {measure}{said}")
    if not found:
        tell("Nothing differs.")
    return DONE


def verify_pack(file: Path) -> int:
    """Says whether a filed PDF, deck, workbook or page is one that was handed out from the store: which, and when."""
    with opened() as scorecard:
        found = handed_out(scorecard, file.read_bytes(), file.name)
    if found is None:
        words = "is none that this store handed out: it was altered, or comes from another store or software version."
        return complain(f"{file} {words}", REFUSED)
    tell(found.words)
    return DONE


def is_database(file: Path) -> bool:
    """Whether a file is, or was, a store rather than a pack: it is none of the pack's formats."""
    return format_of(file.read_bytes()) is None


def _approve(scorecard: Scorecard, asked: argparse.Namespace, snapshot: str, corrects: str | None, reason: str) -> None:
    whole_id = approve_pack(scorecard, snapshot, role=asked.role or "", when=now(), corrects=corrects, reason=reason)
    tell(f"approved {whole_id}")
    kept = kept_exports(scorecard)
    for row in kept[kept["snapshot_id"] == whole_id].to_dict("records"):
        tell(f"{row['format']}  sha256 {row['sha256']}")


def add_commands(command: Command) -> None:
    """Adds these commands to the terminal's."""
    command("packs", packs)
    one = command("approve", approve)
    one.add_argument("snapshot", metavar="ID", help="the draft: its id or the first 8 or more characters of it")
    one.add_argument("--role", required=True, help="which role approves it, such as 'Executive Director'")
    one.add_argument("--by", metavar="NAME")
    one.add_argument("--corrects", metavar="ID", help="the approved pack of the same board and month that it corrects")
    one.add_argument("--reason", help="why that one is corrected; kept with both, and printed")
    one = command("asks", asks)
    one.add_argument("snapshot", metavar="ID")
    one.add_argument("--line", action="append", help="what is asked instead, as 'Note that …'; once for each line")
    one.add_argument("--by", metavar="NAME")
    one = command("supersede", supersede)
    one.add_argument("snapshot", metavar="ID", help="the approved pack")
    one.add_argument("correction", metavar="CORRECTION", help="its correction, a draft or approved")
    one.add_argument("--reason", required=True)
    one.add_argument("--role", help="which role approves the correction, where it is a draft")
    one.add_argument("--by", metavar="NAME")
    one = command("compare", compare)
    one.add_argument("one", metavar="ID", nargs="?", help="a snapshot; without any: how we compare with others")
    one.add_argument("other", metavar="ID", nargs="?", help="the snapshot of the later month")
    one.add_argument("--measure", metavar="ID", help="one measure (else all that publications feed)")
    one.add_argument("--edition", metavar="ID", help="a neighbours' list for all years (else the one that held)")
    shape = one.add_mutually_exclusive_group()
    shape.add_argument("--csv", action="store_true")
    shape.add_argument("--json", action="store_true")
