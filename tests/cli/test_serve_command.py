"""Serving to others than this machine: never by accident."""

from __future__ import annotations

import pytest

from scorecard.cli.answers import WrongUsage
from scorecard.cli.commands import main
from scorecard.cli.serve_command import names_open_to_anyone

ALLOWED = [
    ("127.0.0.1", [], False, ()),
    ("127.0.0.1", [], True, ()),
    ("localhost", [], False, ()),
    ("127.0.0.1", ["Scorecard.Council.test"], True, ("scorecard.council.test",)),  # a proxy on this machine
    ("10.1.2.3", [], True, ("10.1.2.3",)),
    ("10.1.2.3", ["a.test", "a.test"], True, ("10.1.2.3", "a.test")),
    ("0.0.0.0", ["a.test"], True, ("a.test",)),
]
REFUSED = [
    ("10.1.2.3", [], False, "--let-anyone-on-the-network-in"),
    ("0.0.0.0", [], False, "--let-anyone-on-the-network-in"),
    ("0.0.0.0", [], True, "--name"),
    ("127.0.0.1", ["a.test"], False, "--let-anyone-on-the-network-in"),
    ("everywhere", [], True, "is no address"),
    ("", [], True, "is no address"),
    ("::1", [], False, "such as 127.0.0.1"),
    ("10.1.2.3", ["a.test,b.test"], True, "is no machine's name"),
    ("10.1.2.3", ["*"], True, "is no machine's name"),
    ("10.1.2.3", ["a.test:80"], True, "is no machine's name"),
]


@pytest.mark.parametrize(("address", "names", "asked_so", "open_to"), ALLOWED)
def test_by_which_names_others_may_open_it(
    address: str, names: list[str], asked_so: bool, open_to: tuple[str, ...]
) -> None:
    assert names_open_to_anyone(address, names, asked_so) == open_to


@pytest.mark.parametrize(("address", "names", "asked_so", "message"), REFUSED)
def test_others_are_refused_unless_asked_for_in_so_many_words(
    address: str, names: list[str], asked_so: bool, message: str
) -> None:
    with pytest.raises(WrongUsage, match=message):
        names_open_to_anyone(address, names, asked_so)


def test_the_command_says_so_and_starts_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve", "--address", "10.1.2.3"]) == 2
    printed = capsys.readouterr()
    assert "Nobody signs in here" in printed.err
    assert printed.out == ""
