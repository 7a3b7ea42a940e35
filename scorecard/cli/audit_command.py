"""The command for auditors: who did what, and the proof that nobody altered it."""

from __future__ import annotations

import argparse
from datetime import date

from scorecard.cli.answers import WrongUsage, complain, tell
from scorecard.cli.exit_codes import DONE, REFUSED
from scorecard.cli.opened import Command, opened
from scorecard.core.periods import EARLIEST_YEAR, LATEST_YEAR
from scorecard.core.rows import rows_with_none
from scorecard.use_cases.audit_trail import (
    PAGE,
    Head,
    prove_trail,
    read_head,
    search_trail,
    trail_csv,
    trail_filter,
    trail_json,
)
from scorecard.use_cases.hand_out import hand_out
from scorecard.use_cases.open_scorecard import Scorecard


def audit(options: argparse.Namespace) -> int:
    """Says who did what, the latest first; with --verify, whether the trail is as it was kept."""
    if options.verify and (
        options.csv or options.json or any((options.person, options.measure, options.first, options.last))
    ):
        raise WrongUsage("--verify proves the whole trail: leave the other choices away, but for --head.")
    if options.head and not options.verify:
        raise WrongUsage("--head goes with --verify.")
    heads = [_head(head) for head in options.head or ()]
    with opened() as scorecard:
        if not options.verify:
            return _listed(scorecard, options)
        proof = prove_trail(scorecard, heads)
    if proof.faults:
        for fault in proof.faults:
            tell(fault)
        return complain("The trail is not as it was kept. Keep the store as it is, and compare backups.", REFUSED)
    tell(f"Whole: {proof.acts:,} acts, each sealed with the one before. Keep this head where nobody else can write:")
    tell(str(proof.head) if proof.head else "none yet, for nothing was done")
    return DONE


def _listed(scorecard: Scorecard, options: argparse.Namespace) -> int:
    whole = options.csv or options.json
    first, last = _day(options.first), _day(options.last)
    if first and last and last < first:
        raise WrongUsage(f"--to {last} lies before --from {first}: write the earlier day after --from.")
    wanted = trail_filter(options.person, options.measure, first, last)
    acts = search_trail(scorecard, wanted, None if whole else PAGE)
    if whole:
        name, content = ("audit-trail.csv", trail_csv(acts)) if options.csv else ("audit-trail.json", trail_json(acts))
        tell(hand_out(scorecard, name, content), end="")
        return DONE
    for row in rows_with_none(acts):
        tell(f"{row['act_id']:>6}  {row['at']:%Y-%m-%d %H:%M:%S}  {row['who']}: {row['what']} {row['subject']}")
    if acts.empty:
        tell("No act is like that.")
    elif len(acts) == PAGE:
        tell(f"These are the latest {PAGE}; --csv gives all.")
    return DONE


def _head(text: str) -> Head:
    try:
        return read_head(text)
    except ValueError as error:
        raise WrongUsage(str(error)) from None


def _day(text: str | None) -> date | None:
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise WrongUsage(f"'{text[:40]}' is no day: write it as 2020-08-31.") from None
    if not EARLIEST_YEAR <= day.year <= LATEST_YEAR:
        raise WrongUsage(f"'{text}' lies outside the years {EARLIEST_YEAR} to {LATEST_YEAR}.")
    return day


def add_commands(command: Command) -> None:
    """Adds this command to the terminal's."""
    parser = command("audit", audit)
    parser.add_argument("--person", metavar="NAME", help="only what somebody did, by a part of their name")
    parser.add_argument("--measure", metavar="ID", help="only what is about a measure")
    parser.add_argument("--from", dest="first", metavar="DAY", help="only from this day on, as 2020-08-31")
    parser.add_argument("--to", dest="last", metavar="DAY", help="only to the end of this day")
    shape = parser.add_mutually_exclusive_group()
    shape.add_argument("--csv", action="store_true", help="all of them, as CSV")
    shape.add_argument("--json", action="store_true", help="all of them, as they are kept, with their seals")
    parser.add_argument("--verify", action="store_true", help="prove that nothing of the trail was altered")
    parser.add_argument(
        "--head", action="append", metavar="ID:SEAL", help="a head that was kept elsewhere; may be repeated"
    )
