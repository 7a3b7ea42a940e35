"""The command that serves the pages: at which address, and who may open them."""

from __future__ import annotations

import argparse
import os
import re
from ipaddress import IPv4Address, ip_address

from scorecard.access.person import local_person
from scorecard.cli.answers import WrongUsage, complain
from scorecard.cli.exit_codes import DONE
from scorecard.cli.opened import Command
from scorecard.cli.serving.serve import THIS_MACHINE, serve_pages
from scorecard.use_cases.open_scorecard import now, open_scorecard, settings_from, who_is_here
from scorecard.use_cases.sign_in import LOOPBACK, SignIn, SignInError, sign_in_of

LAST_PORT = 65_535
ASKED_SO = "--let-anyone-on-the-network-in"
HOST_NAME = re.compile(r"[a-z0-9]([a-z0-9.-]{0,250}[a-z0-9])?", re.IGNORECASE)


def serve(options: argparse.Namespace) -> int:
    """Opens the pages, to this machine alone by default."""
    if not 1 <= options.port <= LAST_PORT:
        raise WrongUsage(f"There is no port {options.port}: a port is a number from 1 to {LAST_PORT}, such as 8501.")
    sign_in = _sign_in()
    own = [] if sign_in is None or sign_in.host in LOOPBACK else [sign_in.host]
    asked_so = options.let_anyone_on_the_network_in or sign_in is not None
    open_to = names_open_to_anyone(options.address, [*own, *(options.name or [])], asked_so)
    settings = settings_from(os.environ)
    with open_scorecard(settings, local_person(who_is_here()), now()) as scorecard:
        for warning in scorecard.store_warnings:  # A catalogue or store that can't be used is said here, not on a page.
            complain(warning, DONE)
    serve_pages(
        options.port,
        open_browser=not options.no_browser,
        address=options.address,
        open_to=open_to,
        signed_in_at=None if sign_in is None else sign_in.address(options.port),
    )
    return DONE


def _sign_in() -> SignIn | None:
    try:
        return sign_in_of(os.environ)
    except SignInError as error:
        raise WrongUsage(str(error)) from None


def names_open_to_anyone(address: str, names: list[str], asked_so: bool) -> tuple[str, ...]:
    """The names by which others than this machine may open the pages; none where it is to be this machine alone.

    Raises WrongUsage for what is no address of IPv4, a name that can't be one, and for others without saying so.
    """
    try:
        number = IPv4Address(THIS_MACHINE if address == "localhost" else address)
    except ValueError:
        hint = " Only addresses such as 127.0.0.1 are served at." if _is_ipv6(address) else ""
        raise WrongUsage(f"--address: '{address[:60]}' is no address of a machine.{hint}") from None
    if wrong := [name for name in names if not HOST_NAME.fullmatch(name)]:
        raise WrongUsage(f"--name: '{wrong[0][:60]}' is no machine's name. Write it as scorecard.example.gov.uk")
    if number.is_loopback and not names:
        return ()
    if not asked_so:
        raise WrongUsage(
            f"Nobody signs in here, so whoever reaches {address if not number.is_loopback else names[0]} could read, "
            "store, withdraw and approve, under this machine's user's name. Nothing was started. Leave --address and "
            f"--name away to serve this machine alone; or, if that is what you want, add {ASKED_SO}; or "
            "let people sign in: docs/access.md says how. What that risks stands in docs/operations.md."
        )
    if number.is_unspecified and not names:
        raise WrongUsage(f"Say by which name {address} is opened: --name scorecard.example.gov.uk")
    own = () if number.is_unspecified or number.is_loopback else (str(number),)
    return tuple(dict.fromkeys([*own, *(name.lower() for name in names)]))


def _is_ipv6(address: str) -> bool:
    try:
        return ip_address(address).version == 6
    except ValueError:
        return False


def add_commands(command: Command) -> None:
    """Adds this command to the terminal's."""
    parser = command("serve", serve)
    parser.add_argument("--port", type=int, default=8501)
    parser.add_argument("--no-browser", action="store_true", help="don't open a browser")
    parser.add_argument("--address", default=THIS_MACHINE, help="where to listen (else this machine alone)")
    parser.add_argument("--name", action="append", help="a name by which others open it; may be given again")
    help_text = "where nobody signs in: whoever reaches the address may read and change everything"
    parser.add_argument(ASKED_SO, action="store_true", help=help_text)
