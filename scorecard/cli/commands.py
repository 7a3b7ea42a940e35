"""python -m scorecard: the same use cases from a terminal, with the same words and exit codes for scripts."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path

from scorecard.catalogue.models import Catalogue
from scorecard.catalogue.read_measures import CatalogueError
from scorecard.cli import (
    audit_command,
    pack_commands,
    published_commands,
    said_commands,
    serve_command,
    store_commands,
    token_command,
)
from scorecard.cli.answers import (
    Unwritten,
    WrongUsage,
    complain,
    stopped_between,
    stopped_by_any_signal,
    tell,
    write_file,
)
from scorecard.cli.exit_codes import COULD_NOT, DONE, REFUSED, WAITS_FOR_A_YES, WRONG_USAGE
from scorecard.cli.opened import opened
from scorecard.cli.serve import CantServe
from scorecard.core.bounds import Kept, bounded
from scorecard.core.moments import UnreadableMoment, parse_moment
from scorecard.core.periods import UnreadablePeriod, parse_period
from scorecard.use_cases.errors import CatalogueChanged, NotAllowed, RefusedError, StoreChanged, StoreError
from scorecard.use_cases.open_scorecard import (
    LARGEST_UPLOAD,
    Scorecard,
    now,
    person_here,
    settings_from,
    today,
)
from scorecard.use_cases.publish.boards import boards
from scorecard.use_cases.publish.pack import FORMATS, export_pack, take_snapshot
from scorecard.use_cases.upload.check_file import CheckedExtract, HowToRead, check_file
from scorecard.use_cases.upload.export_findings import findings_json, findings_text, receipt_json, receipt_text
from scorecard.use_cases.upload.report_layouts import KeptLayout, NoSuchLayout, layout_from_file
from scorecard.use_cases.upload.submit_extract import Preview, Receipt, preview_extract, submit_extract
from scorecard.use_cases.upload.tell_reports import is_new_report
from scorecard.use_cases.upload.template import hand_out_template
from scorecard.use_cases.upload.withdraw_extract import withdraw_extract
from scorecard.use_cases.view import export_assessment
from scorecard.use_cases.view.measures import nothing_loaded_by, view_measures

NOTHING = "Nothing was changed."
TRIES = 3  # where somebody else's file comes between the preview and the storing of ours
MEND = "Nothing was stored: mend the errors and send the file again."
NEW_REPORT = (
    "Nothing was stored: the file has no column measure_id. If it is a source's own report, show once on the Upload "
    "page how it is laid out, or name a layout with --layout; then send it again as it is."
)
KNOWN_AT = "as known at the end of a day (2020-08-31), or at a moment (2020-08-31T17:00:00)"
NO_REASON = "Other: no reason was given at the terminal"


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command. Returns its exit code: 0 done, 1 refused, 2 wrong usage, 3 waits for a yes, 4 could not."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    asked = argparse.Namespace(stored=NOTHING)
    try:
        with stopped_by_any_signal():
            _understood(arguments, asked)
            _refuse_no_text(asked)
            return int(asked.run(asked))
    except (WrongUsage, NoSuchLayout) as error:
        return complain(str(error), WRONG_USAGE)
    except CatalogueChanged as error:
        return complain(str(error), WAITS_FOR_A_YES)
    except (CatalogueError, NotAllowed, RefusedError, ValueError) as error:
        return complain(str(error), REFUSED)
    except (StoreError, CantServe) as error:
        return complain(str(error), COULD_NOT)
    except Unwritten as error:
        stored = "" if asked.stored == NOTHING else f"{asked.stored} "
        return complain(f"{stored}The answer could not be written: {error}.", COULD_NOT)
    except OSError as error:
        words = f"{error.filename or 'A file'}: {error.strerror or error}. {asked.stored}"
        return complain(words, WRONG_USAGE if isinstance(error, FileNotFoundError | IsADirectoryError) else COULD_NOT)
    except KeyboardInterrupt:
        return complain(f"Stopped. {asked.stored}", COULD_NOT)
    except Exception as error:  # A fault of ours: said in one line, never as a traceback.
        words = f"Something went wrong that should not: {type(error).__name__}: {error}. {asked.stored}"
        return complain(words, COULD_NOT)


def _understood(arguments: Sequence[str] | None, asked: argparse.Namespace) -> None:
    """Reads what was asked. Help and wrong usage end here, once they are written."""
    try:
        _parser().parse_args(arguments, asked)
    except SystemExit:
        tell("", end="")
        raise


def _refuse_no_text(asked: argparse.Namespace) -> None:
    """What is kept or compared must be text; only a file's name may hold other bytes."""
    for name, said in vars(asked).items():
        if isinstance(said, str) and name not in ("file", "out") and any("\ud800" <= one <= "\udfff" for one in said):
            raise WrongUsage(f"--{name.replace('_', '-')} holds something that is no text. Type it again.")
    kept: dict[str, Kept] = {"by": "name", "source": "source", "reason": "reason"}
    for name, what in kept.items():
        bounded(what, getattr(asked, name, None) or "")


# The commands


def validate(asked: argparse.Namespace) -> int:
    """Checks a file and stores nothing."""
    content, name = _file(asked.file)
    settings = settings_from(os.environ)
    checked = check_file(settings, name, content, person=person_here(settings), today=today(), how=_how(asked))
    _show_findings(checked, asked.json)
    return REFUSED if checked.refused else DONE


def load(asked: argparse.Namespace) -> int:
    """Checks a file and stores it, where nothing stands against that."""
    content, name = _file(asked.file)
    how = replace(_how(asked), source=asked.source)
    with opened(asked.by) as scorecard:
        for attempt in range(TRIES):
            preview = preview_extract(scorecard, name, content, today=today(), how=how)
            checked = preview.checked
            waits = checked.warnings and not asked.accept_warnings
            if checked.refused or (waits and preview.already_held is None):
                _show_findings(checked, asked.json)
                if checked.refused:
                    return complain(NEW_REPORT if is_new_report(checked, preview.layout) else MEND, REFUSED)
                words = (
                    "Nothing was stored: the file has warnings. If they are right, add --accept-warnings --reason '…'."
                )
                return complain(words, WAITS_FOR_A_YES)
            reason = asked.reason or (NO_REASON if asked.accept_warnings else None)
            try:
                receipt = _stored(asked, scorecard, preview, reason)
                break
            except StoreChanged:  # Somebody else's file came between: what ours changes is looked at anew.
                if attempt == TRIES - 1:
                    raise
    tell(receipt_json(preview, receipt) if asked.json else receipt_text(preview, receipt))
    return DONE


def _stored(asked: argparse.Namespace, scorecard: Scorecard, preview: Preview, reason: str | None) -> Receipt:
    """Stores a file. Told to stop meanwhile, it stops with nothing of it stored or with all of it, and says so."""
    asked.stored = "Nothing of the file was stored."
    with stopped_between() as stop_if_told:
        receipt = submit_extract(
            scorecard, preview, when=now(), reason=reason,
            progress=lambda *_: stop_if_told(),
        )  # fmt: skip
        asked.stored = f"All of the file is stored, as extract {receipt.extract_id}."
    return receipt


def _how(asked: argparse.Namespace) -> HowToRead:
    """How the file is to be read; a layout may be named, or be a YAML file of its own."""
    layout: str | KeptLayout | None = asked.layout
    if layout is not None and Path(asked.layout).suffix in (".yaml", ".yml") and Path(asked.layout).is_file():
        layout = layout_from_file(Path(asked.layout).read_bytes())
    return HowToRead(sheet=asked.sheet, layout=layout, month=_month(asked.month) if asked.month else None)


def withdraw(asked: argparse.Namespace) -> int:
    """Takes an extract back."""
    with opened(asked.by) as scorecard, stopped_between():
        number = asked.extract
        done = withdraw_extract(scorecard, number, when=now(), reason=asked.reason)
        asked.stored = f"Extract {number} is withdrawn: {done.restored} figures restored, {done.removed} removed."
    tell(asked.stored)
    return DONE


def template(asked: argparse.Namespace) -> int:
    """Hands out next month's file."""
    with opened() as scorecard:
        name, content = hand_out_template(scorecard, _month(asked.period), source=asked.source, kind=asked.format)
    if asked.out is None and asked.format == "csv":
        tell(content.decode("utf-8-sig"), end="")
        return DONE
    tell(str(write_file(Path(asked.out or "."), name, content)))
    return DONE


def assess(asked: argparse.Namespace) -> int:
    """Says how every measure stands."""
    with opened() as scorecard:
        area = _service_area(scorecard.catalogue, asked.service_area) if asked.service_area else None
        month, moment = _month(asked.period) if asked.period else None, _moment(asked.as_known_at)
        view = view_measures(scorecard, month, moment)
        _remark(nothing_loaded_by(scorecard, moment))
    writer = (
        export_assessment.to_json
        if asked.json
        else export_assessment.to_csv
        if asked.csv
        else export_assessment.to_text
    )
    tell(writer(view, area), end="")
    return DONE


def pack(asked: argparse.Namespace) -> int:
    """Takes a snapshot, or finds one, and writes its documents."""
    formats = _formats(asked.format)
    if (asked.snapshot is None) == (asked.period is None):
        raise WrongUsage("Say either which month (--period 2020-07) or which snapshot (--snapshot ID) the pack is of.")
    with opened() as scorecard:
        snapshot_id = asked.snapshot or _snapshot(asked, scorecard)
        documents = export_pack(scorecard, snapshot_id, formats)
    tell(f"snapshot {documents.snapshot_id}")
    for name, content in documents.files.items():
        file = write_file(Path(asked.out), name, content, private=not asked.for_others)
        asked.stored += f" Written: {file}."
        tell(str(file))
    return DONE


def _snapshot(asked: argparse.Namespace, scorecard: Scorecard) -> str:
    """Takes the snapshot that was asked for, or finds it."""
    areas = _service_areas(scorecard.catalogue, asked.areas)
    board = asked.board and _one_of("board", asked.board, [board.id for board in boards(scorecard).boards])
    moment = _moment(asked.as_known_at)
    with stopped_between():
        snapshot_id = take_snapshot(
            scorecard, _month(asked.period), board=board, areas=areas, when=now(),
            as_known_at=moment, length=asked.length,
        )  # fmt: skip
        asked.stored = f"The snapshot is kept; --snapshot {snapshot_id[:12]} draws its documents again."
    _remark(nothing_loaded_by(scorecard, moment))
    return snapshot_id


# What people write, read


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


def _month(text: str) -> date:
    try:
        return parse_period(text).end
    except UnreadablePeriod as error:
        raise WrongUsage(f"{error}.") from None


def _moment(text: str | None) -> datetime | None:
    try:
        return None if text is None else parse_moment(text, now())
    except UnreadableMoment as error:
        raise WrongUsage(f"--as-known-at: {error}") from None


def _remark(words: str | None) -> None:
    """Says beside an answer what its reader should know."""
    if words:
        complain(words, DONE)


def _service_areas(catalogue: Catalogue, asked: str | None) -> list[str] | None:
    return None if asked is None else [_service_area(catalogue, one) for one in asked.split(",")]


def _service_area(catalogue: Catalogue, asked: str) -> str:
    return _one_of("service area", asked, [area.id for area in catalogue.service_areas])


def _one_of(what: str, asked: str, known: list[str]) -> str:
    """The id that was asked for. Raises WrongUsage, naming the nearest, where there is none such."""
    if asked.strip() in known:
        return asked.strip()
    near = get_close_matches(asked, known, n=1)
    hint = f" Did you mean {near[0]}?" if near else ""
    raise WrongUsage(f"There is no {what} '{asked[:60]}'.{hint} There are: {', '.join(known)}.")


def _formats(asked: str) -> list[str]:
    formats = [one.strip() for one in asked.split(",") if one.strip()]
    unknown = [one for one in formats if one not in FORMATS]
    if unknown or not formats:
        raise WrongUsage(f"No such format: {', '.join(unknown) or asked}. There are {', '.join(FORMATS)}.")
    return formats


def _show_findings(checked: CheckedExtract, as_json: bool) -> None:
    tell(findings_json(checked) if as_json else findings_text(checked))


def _file_arguments(parser: argparse.ArgumentParser) -> None:
    """The file, and how it is to be read."""
    parser.add_argument("file")
    parser.add_argument("--sheet", help="which sheet of a workbook")
    words = "how a source's own report is laid out: a name shown on the Upload page, or a .yaml file"
    parser.add_argument("--layout", metavar="NAME", help=words)
    parser.add_argument("--month", help="the month of a report that doesn't say it, as 2020-08")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m scorecard",
        description="The scorecard of measures that matter, from a terminal.",
        epilog="Exit codes: 0 done · 1 refused · 2 wrong usage or no such file · 3 waits for a yes to warnings · "
        "4 could not, try again. SCORECARD_DATABASE_URL names the store.",
    )
    commands = parser.add_subparsers(required=True, metavar="command")

    def command(name: str, run: Callable[[argparse.Namespace], int]) -> argparse.ArgumentParser:
        one = commands.add_parser(name, help=(run.__doc__ or "").rstrip("."), description=run.__doc__)
        one.set_defaults(run=run)
        return one

    one = command("validate", validate)
    _file_arguments(one)
    one.add_argument("--json", action="store_true", help="all findings, as JSON")
    one = command("load", load)
    _file_arguments(one)
    one.add_argument("--by", metavar="NAME", help="who sends it (else the operating system's user)")
    one.add_argument("--source", help="who made it, such as 'Human Resources'")
    one.add_argument("--accept-warnings", action="store_true", help="the warnings are right: store the file")
    one.add_argument("--reason", help="why the warnings are right; kept with the extract")
    one.add_argument("--json", action="store_true")
    one = command("withdraw", withdraw)
    one.add_argument("extract", type=int, metavar="ID")
    one.add_argument("--by", metavar="NAME")
    one.add_argument("--reason", required=True)
    one = command("template", template)
    one.add_argument("period", metavar="PERIOD", help="the month, as 2020-08")
    one.add_argument("--source", help="only what this source supplies")
    one.add_argument("--format", choices=("csv", "xlsx"), default="csv")
    one.add_argument("--out", metavar="DIR", help="a folder (CSV goes to the screen without it)")
    one = command("assess", assess)
    one.add_argument("--period", help="the reporting month (else the latest with a figure)")
    one.add_argument("--service-area", metavar="ID")
    one.add_argument("--as-known-at", metavar="T", help=KNOWN_AT)
    shape = one.add_mutually_exclusive_group()
    shape.add_argument("--json", action="store_true")
    shape.add_argument("--csv", action="store_true")
    one = command("pack", pack)
    one.add_argument("--period", help="the reporting month, as 2020-07")
    one.add_argument("--snapshot", metavar="ID", help="a snapshot that was taken before")
    one.add_argument("--out", metavar="DIR", required=True)
    one.add_argument("--format", default="pdf", help=f"one or more of {','.join(FORMATS)}")
    one.add_argument("--board", metavar="ID", help="for which board (else the first)")
    one.add_argument("--areas", metavar="ID,…", help="some service areas (else all that the board sees)")
    one.add_argument("--length", choices=["whole", "short"], help="with the service areas or without (else as last)")
    one.add_argument("--as-known-at", metavar="T", help=KNOWN_AT)
    one.add_argument("--for-others", action="store_true", help="let others on this machine read the files")
    store_commands.add_commands(command)
    audit_command.add_commands(command)
    pack_commands.add_commands(command)
    published_commands.add_commands(command)
    said_commands.add_commands(command)
    serve_command.add_command(command)
    token_command.add_command(command)
    return parser
