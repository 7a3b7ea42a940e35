"""The command that invents figures, to try the scorecard on."""

from __future__ import annotations

import argparse
import os

from scorecard.cli.answers import complain, stopped_between, tell
from scorecard.cli.exit_codes import DONE
from scorecard.cli.opened import Command
from scorecard.demonstration.load import make_demonstration
from scorecard.use_cases.open_scorecard import settings_from


def demonstrate(options: argparse.Namespace) -> int:
    """Makes the invented history in the demonstration's own store, where it isn't there yet."""
    with stopped_between() as stop_if_told:

        def month_done(done: int, months: int) -> None:
            options.stored = f"{done} of {months} months are stored; the same command adds the others."
            complain(f"Inventing figures: {done} of {months} months", DONE)
            stop_if_told()

        result = make_demonstration(settings_from(os.environ), progress=month_done)
    if result.other_catalogue:
        tell("It was made from another edition of the catalogue, and is left as it is. Delete it to have it made anew.")
    tell(
        f"Demonstration data, every figure invented: {result.extracts} extracts ({result.added} new) in {result.where}"
    )
    return DONE


def add_commands(command: Command) -> None:
    """Adds this command to the terminal's."""
    command("demonstrate", demonstrate)
