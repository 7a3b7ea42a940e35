"""The commands of an extract: check a file, store it, take it back, hand out next month's."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from scorecard.cli.answers import WrongUsage, complain, stopped_between, tell, write_file
from scorecard.cli.arguments import month_of
from scorecard.cli.exit_codes import DONE, REFUSED, WAITS_FOR_A_YES
from scorecard.cli.opened import Command, opened
from scorecard.use_cases.errors import StoreChanged
from scorecard.use_cases.hand_out import hand_out
from scorecard.use_cases.open_scorecard import LARGEST_UPLOAD, Scorecard, now, person_here, settings_from, today
from scorecard.use_cases.upload.check_file import CheckedExtract, HowToRead, check_file
from scorecard.use_cases.upload.export_findings import findings_json, findings_text, receipt_json, receipt_text
from scorecard.use_cases.upload.recognise_reports import is_new_report
from scorecard.use_cases.upload.report_layouts import NoSuchLayout, StoredLayout, layout_from_file
from scorecard.use_cases.upload.submit_extract import Preview, Receipt, preview_extract, submit_extract
from scorecard.use_cases.upload.template import hand_out_template
from scorecard.use_cases.upload.withdraw_extract import withdraw_extract

TRIES = 3  # where somebody else's file comes between the preview and the storing of ours
MEND = "Nothing was stored: mend the errors and send the file again."
NEW_REPORT = (
    "Nothing was stored: the file has no column measure_id. If it is a source's own report, show once on the Upload "
    "page how it is laid out, or name a layout with --layout; then send it again as it is."
)
NO_REASON = "Other: no reason was given at the terminal"


@contextmanager
def _known_layout() -> Iterator[None]:
    """A layout that isn't kept is wrongly asked for, here where its name was typed."""
    try:
        yield
    except NoSuchLayout as error:
        raise WrongUsage(str(error)) from None


@_known_layout()
def validate(options: argparse.Namespace) -> int:
    """Checks a file and stores nothing."""
    content, name = _file(options.file)
    settings = settings_from(os.environ)
    checked = check_file(settings, name, content, person=person_here(settings), today=today(), how=_how(options))
    _show_findings(checked, options.json)
    return REFUSED if checked.refused else DONE


@_known_layout()
def load(options: argparse.Namespace) -> int:
    """Checks a file and stores it, where nothing stands against that."""
    content, name = _file(options.file)
    how = replace(_how(options), source=options.source)
    with opened(options.by) as scorecard:
        for attempt in range(TRIES):
            preview = preview_extract(scorecard, name, content, today=today(), how=how)
            checked = preview.checked
            waits = checked.warnings and not options.accept_warnings
            if checked.refused or (waits and preview.already_held is None):
                _show_findings(checked, options.json)
                if checked.refused:
                    return complain(NEW_REPORT if is_new_report(checked, preview.layout) else MEND, REFUSED)
                refusal = (
                    "Nothing was stored: the file has warnings. If they are right, add --accept-warnings --reason '…'."
                )
                return complain(refusal, WAITS_FOR_A_YES)
            reason = options.reason or (NO_REASON if options.accept_warnings else None)
            try:
                receipt = _stored(options, scorecard, preview, reason)
                break
            except StoreChanged:  # Somebody else's file came between: what ours changes is looked at anew.
                if attempt == TRIES - 1:
                    raise
    tell(receipt_json(preview, receipt) if options.json else receipt_text(preview, receipt))
    return DONE


def _stored(options: argparse.Namespace, scorecard: Scorecard, preview: Preview, reason: str | None) -> Receipt:
    """Stores a file. Told to stop meanwhile, it stops with nothing of it stored or with all of it, and says so."""
    options.stored = "Nothing of the file was stored."
    with stopped_between() as stop_if_told:
        receipt = submit_extract(
            scorecard, preview, when=now(), reason=reason,
            progress=lambda *_: stop_if_told(),
        )  # fmt: skip
        options.stored = f"All of the file is stored, as extract {receipt.extract_id}."
    return receipt


def _how(options: argparse.Namespace) -> HowToRead:
    """How the file is to be read; a layout may be named, or be a YAML file of its own."""
    layout: str | StoredLayout | None = options.layout
    if layout is not None and Path(options.layout).suffix in (".yaml", ".yml") and Path(options.layout).is_file():
        layout = layout_from_file(Path(options.layout).read_bytes())
    return HowToRead(sheet=options.sheet, layout=layout, month=month_of(options.month) if options.month else None)


def withdraw(options: argparse.Namespace) -> int:
    """Takes an extract back."""
    with opened(options.by) as scorecard, stopped_between():
        number = options.extract
        done = withdraw_extract(scorecard, number, when=now(), reason=options.reason)
        options.stored = f"Extract {number} is withdrawn: {done.restored} figures restored, {done.removed} removed."
    tell(options.stored)
    return DONE


def template(options: argparse.Namespace) -> int:
    """Hands out next month's file."""
    with opened() as scorecard:
        name, content = hand_out_template(
            scorecard, month_of(options.period), source=options.source, kind=options.format
        )
        hand_out(scorecard, name, content)
    if options.out is None and options.format == "csv":
        tell(content.decode("utf-8-sig"), end="")
        return DONE
    tell(str(write_file(Path(options.out or "."), name, content)))
    return DONE


def _file(path: str) -> tuple[bytes, str]:
    file = Path(path)
    if not os.path.exists(path):  # which, unlike Path's own, is no error for a name that no file can have
        raise WrongUsage(f"There is no file {path}. Check its name and folder.")
    if not file.is_file():
        raise WrongUsage(f"{path} is not a file. Name a .csv or .xlsx file.")
    return _content(file), os.fsencode(file.name).decode("utf-8", "replace")  # a name may hold bytes that are no text


def _content(file: Path) -> bytes:
    """The file's bytes, no more of them than tell that it is too large."""
    with file.open("rb") as opened:
        return opened.read(LARGEST_UPLOAD + 1)


def _show_findings(checked: CheckedExtract, as_json: bool) -> None:
    tell(findings_json(checked) if as_json else findings_text(checked))


def _file_arguments(parser: argparse.ArgumentParser) -> None:
    """The file, and how it is to be read."""
    parser.add_argument("file")
    parser.add_argument("--sheet", help="which sheet of a workbook")
    help_text = "how a source's own report is laid out: a name shown on the Upload page, or a .yaml file"
    parser.add_argument("--layout", metavar="NAME", help=help_text)
    parser.add_argument("--month", help="the month of a report that doesn't say it, as 2020-08")


def add_commands(command: Command) -> None:
    """Adds these commands to the terminal's."""
    parser = command("validate", validate)
    _file_arguments(parser)
    parser.add_argument("--json", action="store_true", help="all findings, as JSON")
    parser = command("load", load)
    _file_arguments(parser)
    parser.add_argument("--by", metavar="NAME", help="who sends it (else the operating system's user)")
    parser.add_argument("--source", help="who made it, such as 'Human Resources'")
    parser.add_argument("--accept-warnings", action="store_true", help="the warnings are right: store the file")
    parser.add_argument("--reason", help="why the warnings are right; kept with the extract")
    parser.add_argument("--json", action="store_true")
    parser = command("withdraw", withdraw)
    parser.add_argument("extract", type=int, metavar="ID")
    parser.add_argument("--by", metavar="NAME")
    parser.add_argument("--reason", required=True)
    parser = command("template", template)
    parser.add_argument("period", metavar="PERIOD", help="the month, as 2020-08")
    parser.add_argument("--source", help="only what this source supplies")
    parser.add_argument("--format", choices=("csv", "xlsx"), default="csv")
    parser.add_argument("--out", metavar="DIR", help="a folder (CSV goes to the screen without it)")
