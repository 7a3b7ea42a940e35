"""The commands of a pack: take one, approve, supersede, list."""

from __future__ import annotations

import argparse
from pathlib import Path

from scorecard.cli.answers import WrongUsage, remark, stopped_between, tell, write_file
from scorecard.cli.arguments import KNOWN_AT, moment_of, month_of, one_of, service_areas
from scorecard.cli.exit_codes import DONE
from scorecard.cli.opened import Command, opened
from scorecard.use_cases.boards import boards
from scorecard.use_cases.hand_out import hand_out
from scorecard.use_cases.open_scorecard import Scorecard, now
from scorecard.use_cases.publish.pack import (
    FORMATS,
    approve_pack,
    approved_files,
    ask_sentences,
    export_pack,
    reword_asks,
    snapshots,
    successions,
    supersede_pack,
    take_snapshot,
)
from scorecard.use_cases.view.measures import nothing_loaded_by


def pack(options: argparse.Namespace) -> int:
    """Takes a snapshot, or finds one, and writes its documents."""
    formats = _formats(options.format)
    if (options.snapshot is None) == (options.period is None):
        raise WrongUsage("Say either which month (--period 2020-07) or which snapshot (--snapshot ID) the pack is of.")
    with opened() as scorecard:
        snapshot_id = options.snapshot or _snapshot(options, scorecard)
        documents = export_pack(scorecard, snapshot_id, formats)
        tell(f"snapshot {documents.snapshot_id}")
        for name, content in documents.files.items():
            file = write_file(Path(options.out), name, content, private=not options.for_others)
            hand_out(scorecard, name, content, documents.snapshot_id)
            options.stored += f" Written: {file}."
            tell(str(file))
    return DONE


def _snapshot(options: argparse.Namespace, scorecard: Scorecard) -> str:
    """Takes the snapshot that was asked for, or finds it."""
    areas = service_areas(scorecard.catalogue, options.areas)
    board = options.board and one_of("board", options.board, [board.id for board in boards(scorecard).boards])
    moment = moment_of(options.as_known_at)
    with stopped_between():
        snapshot_id = take_snapshot(
            scorecard, month_of(options.period), board=board, areas=areas, when=now(),
            as_known_at=moment, length=options.length,
        )  # fmt: skip
        options.stored = f"The snapshot is kept; --snapshot {snapshot_id[:12]} draws its documents again."
    remark(nothing_loaded_by(scorecard, moment))
    return snapshot_id


def _formats(asked: str) -> list[str]:
    formats = [name.strip() for name in asked.split(",") if name.strip()]
    unknown = [name for name in formats if name not in FORMATS]
    if unknown or not formats:
        raise WrongUsage(f"No such format: {', '.join(unknown) or asked}. There are {', '.join(FORMATS)}.")
    return formats


def packs(_asked: argparse.Namespace) -> int:
    """Lists the snapshots that were taken, latest month first, with their states: by which superseded, and why."""
    with opened() as scorecard:
        why = {
            row["snapshot_id"]: f" by {row['superseded_by'][:12]}: {row['reason']}"
            for row in successions(scorecard).to_dict("records")
        }
        for row in snapshots(scorecard).to_dict("records"):
            state = f"{row['state']}{why.get(row['snapshot_id'], '')}"
            tell(f"{row['snapshot_id'][:12]}  {row['period']}  {row['board']}  {state}")
    return DONE


def approve(options: argparse.Namespace) -> int:
    """Approves a draft: every format is drawn once, and its bytes are kept and handed out from then on."""
    with stopped_between(), opened(options.by) as scorecard:
        _approve(scorecard, options, options.snapshot, options.corrects, options.reason or "")
    return DONE


def asks(options: argparse.Namespace) -> int:
    """Says what a pack asks its board to do; with lines, takes a draft of the same figures that asks these instead."""
    with stopped_between(), opened(options.by) as scorecard:
        whole_id = options.snapshot
        if options.line:
            whole_id = reword_asks(scorecard, options.snapshot, options.line, when=now())
            options.stored = f"Snapshot {whole_id[:12]} is kept."
            tell(f"snapshot {whole_id}")
        for line in ask_sentences(scorecard, whole_id):
            tell(line)
    return DONE


def supersede(options: argparse.Namespace) -> int:
    """Supersedes an approved pack by its correction, of the same board and month; a draft is approved with it."""
    with stopped_between(), opened(options.by) as scorecard:
        known = snapshots(scorecard)
        drafts = known.loc[known["state"] == "draft", "snapshot_id"]
        if any(draft.startswith(options.correction.strip().lower()) for draft in drafts):
            _approve(scorecard, options, options.correction, options.snapshot, options.reason)
        else:
            supersede_pack(scorecard, options.snapshot, by=options.correction, when=now(), reason=options.reason)
        options.stored = f"{options.snapshot} is superseded by {options.correction}."
        tell(f"superseded {options.snapshot} by {options.correction}")
    return DONE


def _approve(
    scorecard: Scorecard, options: argparse.Namespace, snapshot: str, corrects: str | None, reason: str
) -> None:
    whole_id = approve_pack(scorecard, snapshot, role=options.role or "", when=now(), corrects=corrects, reason=reason)
    options.stored = f"Snapshot {whole_id[:12]} is approved."
    tell(f"approved {whole_id}")
    files_kept = approved_files(scorecard)
    for row in files_kept[files_kept["snapshot_id"] == whole_id].to_dict("records"):
        tell(f"{row['format']}  sha256 {row['sha256']}")


def add_commands(command: Command) -> None:
    """Adds these commands to the terminal's."""
    parser = command("pack", pack)
    parser.add_argument("--period", help="the reporting month, as 2020-07")
    parser.add_argument("--snapshot", metavar="ID", help="a snapshot that was taken before")
    parser.add_argument("--out", metavar="DIR", required=True)
    parser.add_argument("--format", default="pdf", help=f"one or more of {','.join(FORMATS)}")
    parser.add_argument("--board", metavar="ID", help="for which board (else the first)")
    parser.add_argument("--areas", metavar="ID,…", help="some service areas (else all that the board sees)")
    parser.add_argument("--length", choices=["whole", "short"], help="with the service areas or without (else as last)")
    parser.add_argument("--as-known-at", metavar="T", help=KNOWN_AT)
    parser.add_argument("--for-others", action="store_true", help="let others on this machine read the files")
    command("packs", packs)
    parser = command("approve", approve)
    parser.add_argument("snapshot", metavar="ID", help="the draft: its id or the first 8 or more characters of it")
    parser.add_argument("--role", required=True, help="which role approves it, such as 'Executive Director'")
    parser.add_argument("--by", metavar="NAME")
    parser.add_argument(
        "--corrects", metavar="ID", help="the approved pack of the same board and month that it corrects"
    )
    parser.add_argument("--reason", help="why that one is corrected; kept with both, and printed")
    parser = command("asks", asks)
    parser.add_argument("snapshot", metavar="ID")
    parser.add_argument("--line", action="append", help="what is asked instead, as 'Note that …'; once for each line")
    parser.add_argument("--by", metavar="NAME")
    parser = command("supersede", supersede)
    parser.add_argument("snapshot", metavar="ID", help="the approved pack")
    parser.add_argument("correction", metavar="CORRECTION", help="its correction, a draft or approved")
    parser.add_argument("--reason", required=True)
    parser.add_argument("--role", help="which role approves the correction, where it is a draft")
    parser.add_argument("--by", metavar="NAME")
