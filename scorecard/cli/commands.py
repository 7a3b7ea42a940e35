"""python -m scorecard: the same use cases from a terminal, with the same words and exit codes for scripts."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from importlib import import_module

from scorecard.catalogue.read_measures import CatalogueError
from scorecard.cli.answers import CouldNot, Unwritten, WrongUsage, complain, stopped_by_any_signal, tell
from scorecard.cli.exit_codes import COULD_NOT, REFUSED, WAITS_FOR_A_YES, WRONG_USAGE
from scorecard.core.bounds import Kept, bounded
from scorecard.use_cases.errors import CatalogueChanged, NotAllowed, RefusedError, StoreError

NOTHING = "Nothing was changed."
# The modules of this folder and the commands that each adds. One is read in when a command of it is asked for: reading
# all of them in would be most of the time that a command takes.
COMMANDS = {
    "extract_commands": ("validate", "load", "withdraw", "template"),
    "view_commands": ("assess",),
    "pack_commands": ("pack", "packs", "approve", "asks", "supersede"),
    "compare_command": ("compare",),
    "published_commands": ("import-published",),
    "commentary_commands": ("commentary", "decisions"),
    "audit_command": ("audit",),
    "store_commands": ("backup", "restore", "move", "clock", "catalogue", "redact"),
    "verify_command": ("verify",),
    "token_command": ("token",),
    "serve_command": ("serve",),
    "demonstrate_command": ("demonstrate",),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command. Returns its exit code: 0 done, 1 refused, 2 wrong usage, 3 waits for a yes, 4 could not."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    options = argparse.Namespace(stored=NOTHING)
    try:
        with stopped_by_any_signal():
            _understood(arguments, options)
            _refuse_no_text(options)
            return int(options.run(options))
    except WrongUsage as error:
        return complain(str(error), WRONG_USAGE)
    except CatalogueChanged as error:
        return complain(str(error), WAITS_FOR_A_YES)
    except (CatalogueError, NotAllowed, RefusedError, ValueError) as error:
        return complain(str(error), REFUSED)
    except (StoreError, CouldNot) as error:
        return complain(str(error), COULD_NOT)
    except Unwritten as error:
        stored = "" if options.stored == NOTHING else f"{options.stored} "
        return complain(f"{stored}The answer could not be written: {error}.", COULD_NOT)
    except OSError as error:
        message = f"{error.filename or 'A file'}: {error.strerror or error}. {options.stored}"
        return complain(message, WRONG_USAGE if isinstance(error, FileNotFoundError | IsADirectoryError) else COULD_NOT)
    except KeyboardInterrupt:
        return complain(f"Stopped. {options.stored}", COULD_NOT)
    except Exception as error:  # A fault of ours: said in one line, never as a traceback.
        message = f"Something went wrong that should not: {type(error).__name__}: {error}. {options.stored}"
        return complain(message, COULD_NOT)


def _understood(arguments: Sequence[str] | None, options: argparse.Namespace) -> None:
    """Reads what was asked. Help and wrong usage end here, once they are written."""
    typed = sys.argv[1:] if arguments is None else list(arguments)
    try:
        _parser(typed[0] if typed else "").parse_args(typed, options)
    except SystemExit:
        tell("", end="")
        raise


def _refuse_no_text(options: argparse.Namespace) -> None:
    """What is kept or compared must be text; only a file's name may hold other bytes."""
    for name, value in vars(options).items():
        if (
            isinstance(value, str)
            and name not in ("file", "out")
            and any("\ud800" <= letter <= "\udfff" for letter in value)
        ):
            raise WrongUsage(f"--{name.replace('_', '-')} holds something that is no text. Type it again.")
    free_texts: dict[str, Kept] = {"by": "name", "source": "source", "reason": "reason"}
    for name, what in free_texts.items():
        bounded(what, getattr(options, name, None) or "")


def _parser(asked: str) -> argparse.ArgumentParser:
    """What reads the command that is asked for; of all commands, for anything else."""
    parser = argparse.ArgumentParser(
        prog="python -m scorecard",
        description="The scorecard of measures that matter, from a terminal.",
        epilog="Exit codes: 0 done · 1 refused · 2 wrong usage or no such file · 3 waits for a yes to warnings · "
        "4 could not, try again. SCORECARD_DATABASE_URL names the store.",
    )
    commands = parser.add_subparsers(required=True, metavar="command")

    def command(name: str, run: Callable[[argparse.Namespace], int]) -> argparse.ArgumentParser:
        parser = commands.add_parser(name, help=(run.__doc__ or "").rstrip("."), description=run.__doc__)
        parser.set_defaults(run=run)
        return parser

    for module in [module for module, names in COMMANDS.items() if asked in names] or COMMANDS:
        import_module(f"scorecard.cli.{module}").add_commands(command)
    return parser
