"""Questions about figures: as known at any moment, filtered, and at a cost that history doesn't raise."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import event, text

from scorecard.store import OBSERVATION_COLUMNS, Store, observations
from tests.store.submitted import HERE, at, figures, grid, sent, values_of

KEY = ["measure_id", "area", "period_end", "months"]


def test_every_past_moment_can_be_asked_for(store: Store) -> None:
    store.submit(sent("a", 0), figures(("m", "2020-07", 1)))
    store.submit(sent("b", 10), figures(("m", "2020-07", 2), ("m", "2020-08", None, "x")))
    store.withdraw(2, "Ann", at(20), "wrong")
    july, august = ("m", "2020-07"), ("m", "2020-08")
    cases: list[tuple[datetime | None, dict[Any, Any]]] = [
        (at(-0.001), {}),
        (at(0), {july: 1}),
        (at(9.999), {july: 1}),
        (at(10), {july: 2, august: "x"}),
        (at(19.999), {july: 2, august: "x"}),
        (at(20), {july: 1}),
        (at(9999), {july: 1}),
        (None, {july: 1}),
    ]
    assert [values_of(store.observations(as_known_at=moment)) for moment, _ in cases] == [
        expected for _, expected in cases
    ]


FILTERS: list[tuple[dict[str, Any], int]] = [
    ({}, 2 * 3 * 12),
    ({"measure_ids": ["m01"]}, 3 * 12),
    ({"measure_ids": []}, 0),
    ({"measure_ids": ["m00", "m01", "unknown"]}, 2 * 3 * 12),
    ({"areas": {"E00000002"}}, 2 * 12),
    ({"areas": []}, 0),
    ({"from_period": date(2021, 3, 31)}, 2 * 3),
    ({"from_period": date(2021, 3, 1)}, 2 * 3),
    ({"to_period": pd.Timestamp("2020-04-30")}, 2 * 3),
    ({"from_period": date(2020, 12, 31), "to_period": date(2021, 1, 31)}, 2 * 3 * 2),
    ({"from_period": date(2021, 1, 31), "to_period": date(2020, 12, 31)}, 0),
    ({"from_period": date(1900, 1, 31), "to_period": date(2999, 12, 31)}, 2 * 3 * 12),
    ({"measure_ids": ["m01"], "areas": ["E00000001"], "to_period": date(2020, 5, 31)}, 2),
]


@pytest.mark.parametrize(("asked", "rows"), FILTERS)
def test_filters_narrow_the_answer_and_it_is_always_sorted(store: Store, asked: dict[str, Any], rows: int) -> None:
    shuffled = grid(2, 3, 12, "2020-04").sample(frac=1, random_state=1)
    store.submit(sent("a"), shuffled)
    answer = store.observations(**asked)
    assert len(answer) == rows
    assert list(answer.columns) == OBSERVATION_COLUMNS
    pd.testing.assert_frame_equal(answer, answer.sort_values(KEY, ignore_index=True))


def test_periods_of_other_lengths_and_other_areas_are_other_figures(store: Store) -> None:
    frame = figures(("m", "2020-07", 1))
    store.submit(sent("a"), pd.concat([frame, frame.assign(months=12), frame.assign(area="E12000008")]))
    assert store.observations()[["area", "months"]].to_numpy().tolist() == [
        ["E06000045", 1], ["E06000045", 12], ["E12000008", 1],
    ]  # fmt: skip


def test_the_history_holds_every_version_with_its_beginning_and_end(store: Store) -> None:
    store.submit(sent("a", 0), figures(("m", "2020-07", 1), ("m", "2020-06", 5), ("n", "2020-07", 7)))
    store.submit(sent("b", 10), figures(("m", "2020-07", 2)))
    store.withdraw(2, "Ann", at(20), "wrong")
    history = store.history("m")
    assert list(history.columns) == [*OBSERVATION_COLUMNS, "recorded_to"]
    assert history["value"].tolist() == [5, 1, 2, 1]
    assert history["recorded_from"].tolist() == [at(0), at(0), at(10), at(20)]
    assert history["recorded_to"].tolist()[1:3] == [at(10), at(20)]
    assert history["recorded_to"].isna().tolist() == [True, False, False, True]
    assert (len(store.history("m", HERE)), len(store.history("m", "E1")), len(store.history("x"))) == (4, 0, 0)


def test_a_store_is_of_the_origin_that_its_first_extract_named(store: Store) -> None:
    assert store.origin() is None
    store.submit(sent("a", 0), figures(("m", "2020-07", 1), origin="demonstration"))
    store.submit(sent("b", 1), figures(("m", "2020-07", 1)))
    store.withdraw(1, "Ann", at(2), "wrong")
    assert store.origin() == "demonstration"


PLANS: list[tuple[str, dict[str, Any], str]] = [
    ("a month", {"from_period": date(2020, 7, 31), "to_period": date(2020, 7, 31)}, "observations_by_month"),
    ("two years", {"from_period": date(2018, 8, 31), "to_period": date(2020, 7, 31)}, "observations_by_month"),
    ("a measure", {"measure_ids": ["m01"]}, "observations_by_measure"),
    ("an area", {"areas": ["E00000001"]}, "observations_by_area"),
]


@pytest.mark.parametrize("then", [None, at(0)], ids=["now", "then"])
@pytest.mark.parametrize(("name", "asked", "index"), PLANS, ids=[case[0] for case in PLANS])
def test_a_view_is_answered_from_an_index_that_knows_what_is_superseded(
    store: Store, name: str, asked: dict[str, Any], index: str, then: datetime | None
) -> None:
    store.submit(sent("a"), grid(2, 2, 2))
    query = observations.statement(then, **asked).compile(
        store._database.engine, compile_kwargs={"literal_binds": True}
    )
    with store._database.reading() as connection:
        sqlite = connection.dialect.name == "sqlite"
        if not sqlite:  # which reads so small a table from end to end, unless it is told not to
            connection.execute(text("SET LOCAL enable_seqscan = off"))
            connection.execute(text("SET LOCAL enable_bitmapscan = off"))
        asked = connection.exec_driver_sql(f"EXPLAIN {'QUERY PLAN' if sqlite else '(COSTS OFF)'} {query}")
        plan = [str(row[-1]) for row in asked]
    assert [step for step in plan if step.startswith("SCAN") or "Seq Scan" in step] == []
    comparison = "recorded_to=?" if then is None else "recorded_to>?"
    known = comparison if sqlite else comparison.replace("recorded_to", "recorded_to ").rstrip("?")
    assert any(f"{'USING INDEX' if sqlite else 'Index Scan using'} {index}" in step for step in plan)
    assert any(known in step for step in plan if sqlite or "Index Cond" in step)


def steps(store: Store, ask: Callable[[], Any]) -> int:
    """How many instructions the database ran for a question: a measure of cost that no busy machine changes."""
    counted = 0

    def count() -> int:
        nonlocal counted
        counted += 1
        return 0

    def watch(connection: Any, *_: Any) -> None:
        connection.set_progress_handler(count, 10)

    event.listen(store._database.engine, "checkout", watch)
    try:
        ask()
    finally:
        event.remove(store._database.engine, "checkout", watch)
    return counted


def month_view(store: Store, then: datetime | None) -> Callable[[], Any]:
    july = date(2020, 7, 31)
    return lambda: store.observations(as_known_at=then, from_period=july, to_period=july)


def test_a_months_view_costs_the_same_after_ten_years_of_history_and_many_revisions(file_store: Store) -> None:
    store = file_store  # only SQLite counts its instructions; benchmarks.store holds PostgreSQL to the same
    month = grid(30, 4, 1, "2020-07")
    store.submit(sent("month", 0), month)
    before = steps(store, month_view(store, None)), steps(store, month_view(store, at(0)))
    store.submit(sent("years", 1), grid(30, 4, 119, "2010-08"))
    for number in range(5):  # the month itself is revised, too
        store.submit(sent(f"revised {number}", 2 + number), month.assign(value=number))
    after = steps(store, month_view(store, None)), steps(store, month_view(store, at(7)))
    assert after[0] <= before[0] * 1.1
    assert after[1] <= before[1] * 1.2


def test_a_monthly_load_costs_the_same_after_a_backfill(file_store: Store) -> None:
    store = file_store  # as above

    def load(name: str, first: str) -> Callable[[], Any]:
        return lambda: store.submit(sent(name), grid(30, 4, 1, first))

    store.submit(sent("first"), grid(30, 4, 1, "2020-05"))
    before = steps(store, load("before", "2020-06"))
    store.submit(sent("years"), grid(30, 4, 119, "2010-07"))
    after = steps(store, load("after", "2020-07"))
    assert after <= before * 1.2
