"""The commands of commentary that is due, of what boards asked, and of what they were told before."""

from __future__ import annotations

import argparse

from scorecard.cli.answers import complain, tell
from scorecard.cli.exit_codes import DONE, WRONG_USAGE
from scorecard.cli.opened import Command, opened
from scorecard.core.periods import UnreadablePeriod, day_words, month_words, parse_period
from scorecard.use_cases.commentary.status import commentary_frame, month_commentary
from scorecard.use_cases.decisions.list_decisions import decisions_frame, list_decisions
from scorecard.use_cases.decisions.reported_figures import reported_figures, reported_frame, reported_packs
from scorecard.use_cases.hand_out import hand_out
from scorecard.use_cases.open_scorecard import Scorecard
from scorecard.use_cases.view.export_assessment import safe_csv
from scorecard.use_cases.view.measures import view_measures


def commentary(arguments: argparse.Namespace) -> int:
    """Lists the commentary of a month: which exceptions await it, and how far each comment has come."""
    try:
        month = None if arguments.period is None else parse_period(arguments.period).end
    except UnreadablePeriod as error:
        return complain(str(error), WRONG_USAGE)
    with opened() as scorecard:
        view = view_measures(scorecard, month)
        due = month_commentary(scorecard, view)
        if arguments.csv:
            name = f"commentary-{view.month:%Y-%m}.csv"
            tell(hand_out(scorecard, name, safe_csv(commentary_frame(due, view.month.date()))), end="")
            return DONE
    tell(f"{month_words(view.month)}: {due.sentence or 'no commentary is due'}")
    for measure in due.measures:
        tell(f"  {measure.state}  {measure.measure_id}  {measure.name}")
    return DONE


def decisions(arguments: argparse.Namespace) -> int:
    """Lists what boards asked and decided, the open ones first; --told: what they were told, beside today's figures."""
    with opened() as scorecard:
        return _told(scorecard, arguments.csv) if arguments.told else _asked(scorecard, arguments.csv)


def _asked(scorecard: Scorecard, as_csv: bool) -> int:
    items = list_decisions(scorecard)
    if as_csv:
        tell(hand_out(scorecard, "board-asked.csv", safe_csv(decisions_frame(items))), end="")
        return DONE
    for item in items:
        state = f"by {day_words(item.due)}, {item.owner}" if item.open else "closed"
        tell(f"{item.number}  {item.kind}  {item.board}  {item.about}: {' '.join(item.text.split())} ({state})")
    if not items:
        tell("Nothing is noted.")
    return DONE


def _told(scorecard: Scorecard, as_csv: bool) -> int:
    view = view_measures(scorecard)
    if as_csv:
        tell(hand_out(scorecard, "told-then-known-now.csv", safe_csv(reported_frame(scorecard, view))), end="")
        return DONE
    packs = reported_packs(scorecard)
    for snapshot_id, name in packs.items():
        comparisons = reported_figures(scorecard, view, snapshot_id)
        revised = [comparison for comparison in comparisons if comparison.revised]
        tell(f"{name}: {len(revised)} of {len(comparisons)} figures are others now")
        for comparison in revised:
            now_words = f"now {comparison.now_words} ({comparison.revised_words})"
            tell(f"  {comparison.measure}, {comparison.period}: told {comparison.told_words}, {now_words}")
    if not packs:
        tell("No pack was approved yet.")
    return DONE


def add_commands(command: Command) -> None:
    """Adds these commands to the terminal's."""
    parser = command("commentary", commentary)
    parser.add_argument("--period", help="the reporting month (else the latest with a figure)")
    parser.add_argument("--csv", action="store_true")
    parser = command("decisions", decisions)
    parser.add_argument(
        "--told", action="store_true", help="what boards were told in each pack, beside today's figures"
    )
    parser.add_argument("--csv", action="store_true")
