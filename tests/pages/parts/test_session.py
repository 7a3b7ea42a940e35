"""What a page's run asks for: the scorecard is found once in it, and anew in the next."""

from __future__ import annotations

from types import SimpleNamespace
from unittest.mock import Mock

import pytest

from scorecard.pages.parts import session
from scorecard.use_cases.errors import RefusedError


def test_a_run_finds_the_scorecard_once_and_the_next_run_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[Mock] = []

    def machine() -> SimpleNamespace:
        opened.append(Mock())
        return SimpleNamespace(of=lambda person: opened[-1])

    monkeypatch.setattr(session, "local_scorecard", machine)
    monkeypatch.setattr(session, "person_now", lambda _: "a person")
    monkeypatch.setattr(session, "forget_yes", lambda: None)
    monkeypatch.setattr(session, "fault", lambda heading, message: None)
    scorecards: list[object] = []
    page = session.guarded(lambda: scorecards.extend(session.scorecard() for _ in range(3)))
    page()
    page()
    assert scorecards == [opened[0]] * 3 + [opened[1]] * 3
    assert session.scorecard() is not session.scorecard(), "outside a page's run nothing is kept"

    refusing = Mock()
    refusing.require.side_effect = RefusedError("no")
    monkeypatch.setattr(session, "local_scorecard", lambda: SimpleNamespace(of=lambda person: refusing))
    page()
    page()
    assert refusing.require.call_count == 2, "who may not read is asked again in the next run"
