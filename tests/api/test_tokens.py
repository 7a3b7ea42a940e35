"""Where people sign in, a program is held to its token: at the terminal it is given, and by the interface used."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from scorecard.cli.commands import main
from tests.access.test_sign_in import toml
from tests.api.asking import ask
from tests.api.test_openapi import DOCUMENT, address, described_answer


def test_without_a_token_that_holds_nothing_is_answered(
    interface: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "sign-in.toml").write_bytes(toml())
    assert ask(interface, "/api/v1/measures").status == 200, "nobody signs in: this machine's user asks"
    monkeypatch.setenv("SCORECARD_SIGN_IN", str(tmp_path / "sign-in.toml"))
    for path, operations in DOCUMENT["paths"].items():
        open_to_all = operations["get"].get("security") == []
        assert open_to_all == (path == "/api/v1/openapi.json")
        for sent in ({}, {"authorization": "Bearer scorecard_000000000000_" + "x" * 43}):
            answer = ask(interface, address(path, "0123456789"), **sent)
            assert described_answer(operations["get"], answer) == [], path
            if not open_to_all:
                assert (answer.status, answer.json["type"]) == (401, "urn:scorecard:problem:no-token"), path
                assert answer.headers["www-authenticate"] == 'Bearer realm="scorecard"'
    assert main(["token", "give", "Power BI"]) == 0
    token = capsys.readouterr().out.strip()
    assert ask(interface, "/api/v1/measures", authorization=f"Bearer {token}").status == 200
    assert main(["token", "back", token.split("_")[1]]) == 0
    assert ask(interface, "/api/v1/measures", authorization=f"Bearer {token}").status == 401
