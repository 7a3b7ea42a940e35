"""The command that says how every measure stands."""

from __future__ import annotations

import argparse

from scorecard.cli.answers import remark, tell
from scorecard.cli.arguments import KNOWN_AT, moment_of, month_of, service_area
from scorecard.cli.exit_codes import DONE
from scorecard.cli.opened import Command, opened
from scorecard.use_cases.hand_out import hand_out
from scorecard.use_cases.view import export_assessment
from scorecard.use_cases.view.measures import nothing_loaded_by, view_measures


def assess(options: argparse.Namespace) -> int:
    """Says how every measure stands."""
    with opened() as scorecard:
        area = service_area(scorecard.catalogue, options.service_area) if options.service_area else None
        month, moment = month_of(options.period) if options.period else None, moment_of(options.as_known_at)
        view = view_measures(scorecard, month, moment)
        remark(nothing_loaded_by(scorecard, moment))
        if options.json:
            answer = hand_out(scorecard, "measures.json", export_assessment.to_json(scorecard, view, area), area)
        elif options.csv:
            answer = hand_out(scorecard, "measures.csv", export_assessment.to_csv(scorecard, view, area), area)
        else:
            answer = export_assessment.to_text(view, area)
    tell(answer, end="")
    return DONE


def add_commands(command: Command) -> None:
    """Adds these commands to the terminal's."""
    parser = command("assess", assess)
    parser.add_argument("--period", help="the reporting month (else the latest with a figure)")
    parser.add_argument("--service-area", metavar="ID")
    parser.add_argument("--as-known-at", metavar="T", help=KNOWN_AT)
    shape = parser.add_mutually_exclusive_group()
    shape.add_argument("--json", action="store_true")
    shape.add_argument("--csv", action="store_true")
