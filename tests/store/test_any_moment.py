"""The store against the simplest model of it: extracts in random order, asked about at every past moment."""

import shutil
from collections.abc import Callable
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from scorecard.store import Store, open_store
from tests.store.submitted import at, figures, sent, values_of

KEYS = [("m", "2020-06"), ("m", "2020-07"), ("n", "2020-07")]  # few, so that extracts meet at the same figure
VALUES = st.sampled_from([1.0, 2.0, "x", "c"])
REPORTS = st.dictionaries(st.sampled_from(KEYS), VALUES, min_size=1, max_size=3)
CLOCK = st.integers(-2, 3)  # minutes since the last act; clocks go back, too


class AnyMoment(RuleBasedStateMachine):
    """Every act on the store is done in the model as well: a list of what happened."""

    new_store: Callable[[], str]  # the address of an empty one

    @initialize()
    def empty(self) -> None:
        self.store: Store = open_store(type(self).new_store())
        self.minutes = 0
        self.sent: dict[int, tuple[str, dict[Any, Any]]] = {}  # extract_id → its bytes, what it reported
        self.happened: list[tuple[datetime, str, int]] = []  # when, submitted | withdrawn, extract_id

    def teardown(self) -> None:
        if hasattr(self, "store"):
            self.every_past_moment_is_as_it_was()
            self.store.close()

    def standing(self, moment: datetime) -> list[int]:
        """The extracts sent and not withdrawn at a moment, in order."""
        done = [(what, which) for when, what, which in self.happened if when <= moment]
        gone = {which for what, which in done if what == "withdrawn"}
        return [which for what, which in done if what == "submitted" and which not in gone]

    def expected(self, moment: datetime) -> dict[Any, Any]:
        known_figures: dict[Any, Any] = {}
        for extract_id in self.standing(moment):
            known_figures |= self.sent[extract_id][1]
        return known_figures

    @rule(report=REPORTS, name=st.sampled_from("abcdefgh"), later=CLOCK)
    def submit(self, report: dict[Any, Any], name: str, later: int) -> None:
        self.minutes += later
        now = self.expected(at(10_000))
        rows = [
            (measure, month, *((None, value) if isinstance(value, str) else (value, None)))
            for (measure, month), value in report.items()
        ]
        holders = [which for which in self.standing(at(10_000)) if self.sent[which] == (name, report)]
        receipt = self.store.submit(sent(name, self.minutes), figures(*rows))
        assert receipt.already_held == bool(holders)
        if holders:
            assert [receipt.extract_id] == holders
            return
        assert receipt.new == len([key for key in report if key not in now])
        assert receipt.unchanged == len([key for key, value in report.items() if now.get(key) == value])
        assert receipt.new + receipt.revised + receipt.unchanged == len(report)
        self.sent[receipt.extract_id] = (name, report)
        self.happened.append((receipt.recorded_at, "submitted", receipt.extract_id))

    @precondition(lambda self: self.standing(at(10_000)))
    @rule(data=st.data(), later=CLOCK)
    def withdraw(self, data: st.DataObject, later: int) -> None:
        self.minutes += later
        which = data.draw(st.sampled_from(self.standing(at(10_000))))
        done = self.store.withdraw(which, "Ann", at(self.minutes), "wrong")
        self.happened.append((done.recorded_at, "withdrawn", which))

    @invariant()
    def now_is_what_the_latest_standing_extracts_say(self) -> None:
        if hasattr(self, "store"):
            assert values_of(self.store.observations()) == self.expected(at(10_000))

    def every_past_moment_is_as_it_was(self) -> None:
        moments = [when for when, _, _ in self.happened]
        assert moments == sorted(set(moments))
        assert self.store.last_change() == (moments[-1] if moments else None)
        for moment in moments:
            known = self.store.observations(as_known_at=moment)
            assert values_of(known) == self.expected(moment)
            standing = self.standing(moment)
            assert set(known["extract_id"]) <= set(standing)
            listing = self.store.extracts(as_known_at=moment)
            assert listing.loc[listing["withdrawn_at"].isna(), "extract_id"].tolist() == standing


@pytest.fixture(params=["sqlite", "postgresql"])
def new_store(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], str]:
    if request.param == "postgresql":
        return request.getfixturevalue("postgresql").url
    template, numbers = tmp_path / "empty.db", count()
    open_store(f"sqlite:///{template}").close()
    return lambda: f"sqlite:///{shutil.copy(template, tmp_path / f'{next(numbers)}.db')}"


def test_any_moment_is_known_after_any_order_of_submissions_and_withdrawals(new_store: Callable[[], str]) -> None:
    AnyMoment.new_store = staticmethod(new_store)
    run = settings(max_examples=8, stateful_step_count=14, deadline=None, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(AnyMoment, settings=run)
