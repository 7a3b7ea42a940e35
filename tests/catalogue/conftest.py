"""The plan's text as a fixture: tests that need it are skipped, with the reason, where it is not at hand."""

from __future__ import annotations

import pytest

from tests.catalogue.plan_text import PLAN_TEXT


@pytest.fixture(scope="session")
def plan() -> str:
    if not PLAN_TEXT.is_file():
        pytest.skip(
            f"the plan's text is not at {PLAN_TEXT}, so nothing printed was compared with it; "
            "set SCORECARD_PLAN_TEXT to where it is"
        )
    return PLAN_TEXT.read_text(encoding="utf-8")
