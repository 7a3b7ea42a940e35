"""The commands that look after the store: copies, their proof, a wrong clock, a changed catalogue."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from scorecard.cli.answers import complain, progress_each_second, stopped_between, tell
from scorecard.cli.exit_codes import DONE, REFUSED, WAITS_FOR_A_YES, WRONG_USAGE
from scorecard.cli.opened import Command, opened
from scorecard.core.numbers import count_of
from scorecard.use_cases.open_scorecard import (
    DATABASE_VARIABLE,
    Settings,
    now,
    person_here,
    settings_from,
)
from scorecard.use_cases.safekeeping import Verified, back_up, mend_clock
from scorecard.use_cases.safekeeping import move as move_store
from scorecard.use_cases.safekeeping import restore as restore_backup
from scorecard.use_cases.upload.sent_files import replace_sent_file, sent_files

ELSE_OURS = f"else the one that {DATABASE_VARIABLE} names"


def backup(options: argparse.Namespace) -> int:
    """Writes a whole copy of the store, while others use it, and checks the copy."""
    settings = settings_from(os.environ)
    manifest, copied = back_up(settings, Path(options.file), progress_each_second(), person=person_here(settings))
    if copied.faults:
        return not_whole(copied, f"The copy {options.file} is not whole: the store itself is damaged, or its drive is.")
    options.stored = f"{options.file} is a whole copy of the store: {counted(copied)}."
    tell(options.stored)
    if manifest.head:
        tell(f"The head of its acts, to be kept elsewhere: {manifest.head}")
    return DONE


def restore(options: argparse.Namespace) -> int:
    """Makes a new store of a backup that is as it was written, and checks it."""
    if not os.path.isfile(options.file):
        return complain(f"There is no file {options.file}. Check its name and folder.", WRONG_USAGE)
    to = store_at(options.to)
    restored = restore_backup(to, Path(options.file), progress_each_second(), person=person_here(to))
    if restored.faults:
        return not_whole(restored, "The backup was restored as it is: what is named above was wrong when it was made.")
    options.stored = f"{options.file} is restored: {counted(restored)}.{_point_at(options.to)}"
    tell(options.stored)
    return DONE


def move(options: argparse.Namespace) -> int:
    """Carries the whole store over to another address, where nothing is, and proves it. The store is only read."""
    source = store_at(options.from_url)
    carried, verified = move_store(source, options.to, progress_each_second(), person=person_here(source))
    options.stored = "All was carried over; prove it with verify."
    width = max(map(len, carried.tables), default=0)
    for name, table in carried.tables.items():
        tell(f"{name:<{width}}  {table.rows:>9,} rows on both sides, sha256 {table.sha256}")
    tell(f"{carried.documents:,} approved documents are the same, byte for byte.")
    if verified.faults:
        return not_whole(verified, "All was carried over as it is: what is named above was wrong before.")
    tell(f"Carried over and proved: {counted(verified)}. The store it came from is as it was.{_point_at(options.to)}")
    return DONE


def clock(options: argparse.Namespace) -> int:
    """Mends a store that was changed while the clock ran ahead: what lies in the future is moved to just before now."""
    with stopped_between():
        settings = settings_from(os.environ)
        mended = mend_clock(settings, person=person_here(settings, options.by), reason=options.reason)
        changes = count_of(len(mended.was), "change is", "changes are")
        options.stored = f"{changes} mended, from {mended.was[0]:%Y-%m-%d %H:%M:%S} UTC on."
    tell(f"{options.stored} The act keeps the moments they had.")
    return DONE


def catalogue(options: argparse.Namespace) -> int:
    """Says yes to a catalogue that changes what stored figures mean."""
    settings = settings_from(os.environ)
    with stopped_between(), opened(options.by, accepting=options.reason):
        options.stored = f"{settings.catalogue.name} is in force."
    tell(options.stored)
    return DONE


def redact(options: argparse.Namespace) -> int:
    """Finds files kept as sent by an older version that tell of persons; with --yes, keeps what was read instead."""
    with opened(options.by) as scorecard, stopped_between():
        files_as_sent = sent_files(scorecard)
        chosen = [file for file in files_as_sent if file.holds or options.all]
        for file in chosen:
            holds = ", ".join(file.holds) or "nothing about persons was found"
            tell(f"Extract {file.extract_id}, {file.file_name}: {holds}.")
        if not chosen:
            tell(f"{len(files_as_sent):,} files are kept as they were sent, and none was found to tell of persons.")
            return DONE
        if not options.yes:
            question = (
                f"Nothing was changed. To keep what was read of these {len(chosen):,} files, and not the files: --yes"
            )
            return complain(f"{question} --reason '…'.", WAITS_FOR_A_YES)
        for done, sent in enumerate(chosen, 1):
            replace_sent_file(scorecard, sent, when=now(), reason=options.reason or "")
            options.stored = f"{done:,} of {len(chosen):,} files are replaced by what was read of them."
    tell(f"{options.stored} Backups and copies made before still hold them.")
    return DONE


def add_commands(command: Command) -> None:
    """Adds these commands to the terminal's."""
    parser = command("backup", backup)
    parser.add_argument("file", metavar="FILE", help="a file that isn't there yet, such as scorecard-2020-08-31.db")
    parser = command("restore", restore)
    parser.add_argument("file", metavar="FILE", help="a backup")
    parser.add_argument("--to", metavar="URL", help=f"where the new store is to be ({ELSE_OURS})")
    parser = command("move", move)
    parser.add_argument("--to", metavar="URL", required=True, help="where nothing is yet, as postgresql+psycopg://…")
    parser.add_argument("--from", dest="from_url", metavar="URL", help=f"the store to carry over ({ELSE_OURS})")
    parser = command("clock", clock)
    parser.add_argument("--by", metavar="NAME")
    parser.add_argument("--reason", required=True)
    parser = command("catalogue", catalogue)
    parser.add_argument("what", choices=("accept",), help="put the changed catalogue in force")
    parser.add_argument("--by", metavar="NAME")
    parser.add_argument("--reason", required=True, help="why the change is right; kept with it")
    parser = command("redact", redact)
    parser.add_argument("--all", action="store_true", help="every file that is kept as it was sent")
    parser.add_argument("--yes", action="store_true", help="replace them (without it nothing is changed)")
    parser.add_argument("--by", metavar="NAME")
    parser.add_argument("--reason", help="why; kept with the act")


def store_at(url: str | None) -> Settings:
    """The settings, with the store at another address where one is given."""
    settings = settings_from(os.environ)
    return settings if url is None else settings.model_copy(update={"database_url": url})


def _point_at(url: str | None) -> str:
    """What to do to use a store at another address; the address itself may hold a password, and isn't said again."""
    return "" if url is None else f" To use the new one, point {DATABASE_VARIABLE} at the address that you gave."


def counted(verified: Verified) -> str:
    """How many of each were looked at: 'catalogues 1, layouts 0, …', which reads right of one and of many."""
    return ", ".join(f"{label} {count:,}" for label, count in verified.counted.items())


def not_whole(verified: Verified, failure: str) -> int:
    """Says what is wrong with a store. Returns the exit code."""
    for fault in verified.faults:
        tell(fault)
    return complain(failure, REFUSED)
