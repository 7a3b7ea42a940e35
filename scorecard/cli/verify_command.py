"""The command that proves a store, a copy of one, or a filed pack."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from scorecard.cli.answers import complain, tell
from scorecard.cli.exit_codes import DONE, REFUSED, WRONG_USAGE
from scorecard.cli.opened import Command, opened
from scorecard.cli.store_commands import counted, not_whole, store_at
from scorecard.use_cases.open_scorecard import person_here, settings_from
from scorecard.use_cases.publish.handed_out import format_of, handed_out
from scorecard.use_cases.safekeeping import verify_store


def verify(options: argparse.Namespace) -> int:
    """Says whether the store, or a copy, is as it was stored; of a filed pack, whether and when it was handed out."""
    if options.file is None or "://" in options.file:
        settings = store_at(options.file)
        verified = verify_store(settings, person=person_here(settings))
    elif not os.path.isfile(options.file):
        return complain(f"There is no file {options.file}. Check its name and folder.", WRONG_USAGE)
    elif not _is_database(Path(options.file)):
        return _verify_pack(Path(options.file))
    else:
        settings = settings_from(os.environ)
        verified = verify_store(settings, Path(options.file), person=person_here(settings))
    if verified.faults:
        return not_whole(verified, "The store is not whole. Keep it as it is, and go back to the last good backup.")
    tell(f"Whole: {counted(verified)}.")
    return DONE


def _verify_pack(file: Path) -> int:
    """Says whether a filed PDF, deck, workbook or page is one that was handed out from the store: which, and when."""
    with opened() as scorecard:
        handed = handed_out(scorecard, file.read_bytes(), file.name)
    if handed is None:
        refusal = "is none that this store handed out: it was altered, or comes from another store or software version."
        return complain(f"{file} {refusal}", REFUSED)
    tell(handed.words)
    return DONE


def _is_database(file: Path) -> bool:
    """Whether a file is, or was, a store rather than a pack: it is none of the pack's formats."""
    return format_of(file.read_bytes()) is None


def add_commands(command: Command) -> None:
    """Adds this command to the terminal's."""
    parser = command("verify", verify)
    parser.add_argument(
        "file", metavar="FILE", nargs="?", help="a copy, a store's URL, or a filed pack (else the store)"
    )
