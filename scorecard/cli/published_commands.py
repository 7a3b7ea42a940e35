"""The commands for what others published: import it, and see how we compare."""

from __future__ import annotations

import argparse
import os
from datetime import date
from pathlib import Path

from scorecard.catalogue.errors import did_you_mean
from scorecard.cli.answers import complain, stopped_between, tell
from scorecard.cli.exit_codes import DONE, REFUSED, WAITS_FOR_A_YES, WRONG_USAGE
from scorecard.cli.opened import Command, opened
from scorecard.use_cases.hand_out import hand_out
from scorecard.use_cases.open_scorecard import Scorecard, now
from scorecard.use_cases.published.compare import compare_published
from scorecard.use_cases.published.export_comparison import comparison_csv, comparison_json, comparison_text
from scorecard.use_cases.published.export_preview import preview_document, preview_text, to_json
from scorecard.use_cases.published.import_file import PublishedPreview, import_published, preview_published

LARGEST = 300_000_000  # bytes, and one more than is read tells that there are more


def import_files(options: argparse.Namespace) -> int:
    """Stores published statistics: EES data files, and LAIT with or without its dictionary."""
    files = []
    for name in options.files:
        if not os.path.isfile(name):
            return complain(f"There is no file {name}. Check its name and folder.", WRONG_USAGE)
        with Path(name).open("rb") as file:
            files.append((Path(name).name, file.read(LARGEST + 1)))
    published = _day(options.published)
    if options.published is not None and published is None:
        return complain(f"--published: '{options.published[:40]}' is no day: write it as 2025-11-20.", WRONG_USAGE)
    with opened(options.by) as scorecard:
        previews = preview_published(scorecard, files, published=published)
        if len(files) == 1:
            files.clear()  # its bytes were read: a hundred megabytes are not held beside what is stored
        stops = next((code for preview in previews if (code := _stops(preview, options)) != DONE), DONE)
        if options.preview or stops != DONE:
            previews_text = (
                to_json([preview_document(preview) for preview in previews]) if options.json else _text(previews)
            )
            tell(previews_text)
            return complain(_words(stops), stops) if stops != DONE else DONE
        documents = []
        for index, preview in enumerate(previews):
            if preview.is_dictionary:
                documents.append(preview_document(preview))
                continue
            if index and documents:  # what the one before it stored is known now
                preview = preview_published(scorecard, [files[index]], published=published)[0]
            documents.append(_stored(options, scorecard, preview))
    if options.json:
        tell(to_json(documents))
    return DONE


def _stored(options: argparse.Namespace, scorecard: Scorecard, preview: PublishedPreview) -> dict[str, object]:
    with stopped_between() as stop_if_told:
        receipt = import_published(
            scorecard, preview, when=now(), reason=options.reason, progress=lambda *_: stop_if_told(),
        )  # fmt: skip
        options.stored = f"{preview.file_name} is stored, as extract {receipt.extract_id}."
    if not options.json:
        outcome = "was stored before, and nothing is changed" if receipt.already_held else "is stored"
        tell(f"{preview_text(preview)}\n  It {outcome}: extract {receipt.extract_id}.")
    return preview_document(preview, receipt)


def _stops(preview: PublishedPreview, options: argparse.Namespace) -> int:
    if preview.refused:
        return REFUSED
    return WAITS_FOR_A_YES if preview.waits and preview.already_held is None and not options.reason else DONE


def _words(stops: int) -> str:
    if stops == REFUSED:
        return "Nothing was stored: a file is refused."
    return "Nothing was stored: answer what is asked, or say why it is right with --reason '…'."


def _text(previews: list[PublishedPreview]) -> str:
    return "\n".join(preview_text(preview) for preview in previews)


def _day(text: str | None) -> date | None:
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError:
        return None


def compare_areas(options: argparse.Namespace) -> int:
    """Says how we compare, by published figures: with neighbours, region and England."""
    with opened() as scorecard:
        known = [measure.id for measure in scorecard.catalogue.measures]
        if options.measure is not None and options.measure not in known:
            near = did_you_mean(options.measure, known)
            return complain(f"There is no measure '{options.measure[:60]}'. {near}".rstrip(), WRONG_USAGE)
        try:
            wanted = None if options.measure is None else [options.measure]
            compared = compare_published(scorecard, wanted, options.edition)
        except KeyError as error:
            return complain(f"There is {error.args[0]}.", WRONG_USAGE)
        write = comparison_json if options.json else comparison_csv if options.csv else comparison_text
        answer = write(compared)
        if options.json or options.csv:
            hand_out(scorecard, f"compared.{'json' if options.json else 'csv'}", answer, options.measure)
    tell(answer, end="")
    return DONE


def add_commands(command: Command) -> None:
    """Adds these commands to the terminal's."""
    parser = command("import-published", import_files)
    parser.add_argument("files", metavar="FILE", nargs="+")
    parser.add_argument("--by", metavar="NAME", help="who imports it (else the operating system's user)")
    parser.add_argument("--published", metavar="DATE", help="the day it was published, as 2025-11-20")
    parser.add_argument("--reason", help="why the warnings are right; kept with the file")
    parser.add_argument("--preview", action="store_true", help="say what it would change, and store nothing")
    parser.add_argument("--json", action="store_true")
