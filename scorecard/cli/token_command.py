"""The command for the tokens that programs ask with: list them, give one, take one back."""

from __future__ import annotations

import argparse
from datetime import date, timedelta

from scorecard.cli.answers import WrongUsage, stopped_between, tell
from scorecard.cli.exit_codes import DONE
from scorecard.cli.opened import Command, opened
from scorecard.use_cases.open_scorecard import now, today
from scorecard.use_cases.tokens import give_token, take_token_back, tokens

USUAL_LIFE = 90  # days


def token(options: argparse.Namespace) -> int:
    """Lists the tokens of programs, gives one, or takes one back."""
    if options.what != "list" and options.named is None:
        raise WrongUsage(
            f"token {options.what} needs {'the program' if options.what == 'give' else 'the token'}'s name."
        )
    ends = _day(options.ends) if options.ends else today() + timedelta(days=USUAL_LIFE)
    with stopped_between(), opened(options.by) as scorecard:
        if options.what == "give":
            token_text = give_token(scorecard, options.named, options.role, ends, when=now())
            options.stored = "A token is given that nobody has seen: token list names it, token back takes it back."
            tell(token_text)
        elif options.what == "back":
            take_token_back(scorecard, options.named, when=now())
            options.stored = f"Token {options.named} is taken back."
            tell(options.stored)
        else:
            for row in tokens(scorecard).to_dict("records"):
                state = f"taken back by {row['taken_back_by']}" if row["taken_back_by"] else "given"
                last = (row["ends_at"] - timedelta(days=1)).date()
                tell(
                    f"{row['token_id']}  {row['name']}  {row['role']}  last day {last}  {state} (given by {row['who']})"
                )
    return DONE


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise WrongUsage(f"--ends: '{text[:40]}' is no day: write it as 2021-03-31.") from None


def add_commands(command: Command) -> None:
    """Adds this command to the terminal's."""
    parser = command("token", token)
    parser.add_argument("what", choices=("list", "give", "back"))
    parser.add_argument(
        "named", metavar="NAME", nargs="?", help="the program, to give one; the token's id, to take it back"
    )
    parser.add_argument("--role", default="viewer", help="what the program may do (else viewer)")
    parser.add_argument("--ends", metavar="DAY", help=f"its last day, as 2021-03-31 (else in {USUAL_LIFE} days)")
    parser.add_argument("--by", metavar="NAME")
