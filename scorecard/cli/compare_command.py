"""The command that compares: ourselves with others by published figures, or a month's snapshot with a later one."""

from __future__ import annotations

import argparse

from scorecard.cli.answers import complain, tell
from scorecard.cli.exit_codes import DONE, WRONG_USAGE
from scorecard.cli.opened import Command, opened
from scorecard.cli.published_commands import compare_areas
from scorecard.use_cases.publish.pack import compare_packs, differences


def compare(options: argparse.Namespace) -> int:
    """Says how we compare, by published figures; of two snapshots, what the later month's has otherwise."""
    if options.one is None:
        return compare_areas(options)
    if options.other is None:
        return complain("Name two snapshots to compare, or none for how we compare with others.", WRONG_USAGE)
    with opened() as scorecard:
        changes = list(differences(compare_packs(scorecard, options.one, options.other)))
    for difference in changes:
        tell(f"{difference.title} ({len(difference.rows)})")
        for measure, what, before, after in difference.rows:
            change = f": {what}: {before} → {after}" if what else ""
            tell(f"  {measure}{change}")
    if not changes:
        tell("Nothing differs.")
    return DONE


def add_commands(command: Command) -> None:
    """Adds this command to the terminal's."""
    parser = command("compare", compare)
    parser.add_argument("one", metavar="ID", nargs="?", help="a snapshot; without any: how we compare with others")
    parser.add_argument("other", metavar="ID", nargs="?", help="the snapshot of the later month")
    parser.add_argument("--measure", metavar="ID", help="one measure (else all that publications feed)")
    parser.add_argument("--edition", metavar="ID", help="a neighbours' list for all years (else the one that held)")
    shape = parser.add_mutually_exclusive_group()
    shape.add_argument("--csv", action="store_true")
    shape.add_argument("--json", action="store_true")
