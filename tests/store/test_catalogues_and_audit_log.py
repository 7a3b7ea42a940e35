"""Catalogues by time, and the register of acts."""

import pandas as pd
from sqlalchemy import text

from scorecard.store import ACT_COLUMNS, BESIDE, Approval, Store
from scorecard.store.audit import audit_log
from tests.store.submitted import at, figures, sent


def test_a_catalogue_is_kept_only_when_it_differs_from_the_one_in_force(store: Store) -> None:
    steps = [(b"first", 0, True), (b"first", 5, False), (b"second", 10, True), (b"first", 20, True)]
    assert [store.keep_catalogue(content, at(when), "Ann") for content, when, _ in steps] == [
        expected for _, _, expected in steps
    ]
    cases = [(-1, None), (0, b"first"), (9.9, b"first"), (10, b"second"), (19.9, b"second"), (20, b"first")]
    assert [store.catalogue_at(at(when)) for when, _ in cases] == [content for _, content in cases]
    assert store.catalogue_at() == b"first"
    assert len(store.acts()) == 3


def test_a_catalogue_is_asked_for_at_the_moment_of_a_submission(store: Store) -> None:
    store.keep_catalogue(b"first", at(0), "Ann")
    receipt = store.submit(sent("a", 0), figures(("m", "2020-07", 1)))
    store.keep_catalogue(b"second", at(0), "Ann")
    assert store.catalogue_at(receipt.recorded_at) == b"first"
    assert store.catalogue_at(store.last_change()) == b"second"


def test_every_act_is_in_the_register_with_who_when_and_what(store: Store) -> None:
    assert list(store.acts().columns) == ACT_COLUMNS
    store.keep_catalogue(b"first", at(0), "Ann")
    store.submit(sent("a", 1), figures(("m", "2020-07", 1)))
    store.withdraw(1, "Bob", at(2), "‘wrong’")
    old = store.save_snapshot(b"1", "improvement", "2020-07", at(2), "Ann", at(3))
    new = store.save_snapshot(b"2", None, "2020-07", at(2), "Ann", at(4))
    store.approve(old, Approval("Director", "Cat", at(5), {"pdf": b"%PDF"}))
    store.supersede(old, new, "Cat", at(6), "correction")
    acts = store.acts()
    assert acts[["who", "what", "subject"]].to_numpy().tolist() == [
        ["Ann", "changed", "catalogue"],
        ["Ann", "submitted", "extract 1"],
        ["Bob", "withdrew", "extract 1"],
        ["Ann", "took", f"snapshot {old}"],
        ["Ann", "took", f"snapshot {new}"],
        ["Cat", "approved", f"snapshot {old}"],
        ["Cat", "superseded", f"snapshot {old}"],
    ]
    assert acts["at"].tolist() == [at(minutes) for minutes in range(7)]
    assert acts["detail"].iloc[2] == {"reason": "‘wrong’", "restored": 0, "removed": 1}
    assert acts["detail"].iloc[5]["role"] == "Director"
    assert pd.api.types.is_integer_dtype(acts["act_id"])


def test_what_is_done_beside_the_figures_leaves_the_store_s_version_as_it_was(store: Store) -> None:
    """So that a sign-in, or a file that is taken along, empties no cache."""
    assert store.version() == ""
    store.keep_act("Ann", at(0), "signed in", "sign-in 1", {})
    assert store.version() == ""
    store.keep_catalogue(b"first", at(1), "Ann")
    before = store.version()
    for minutes, what in enumerate(BESIDE, 2):
        store.keep_act("Ann", at(minutes), what, "x", {})
    assert store.version() == before
    assert store.had(before)
    store.keep_layout("Mosaic", b"layout", "Ann", at(60))
    assert store.version() not in ("", before)
    assert store.trail.prove().acts == len(BESIDE) + 3, "each of them is in the trail all the same"


def test_however_many_sign_ins_came_since_the_store_s_version_is_found_at_once(file_store: Store) -> None:
    with file_store._database.reading() as connection:
        statements: list[str] = []
        listen = lambda statement: statements.append(statement)  # noqa: E731
        connection.connection.driver_connection.set_trace_callback(listen)  # type: ignore[union-attr]
        audit_log.last(connection)
        connection.connection.driver_connection.set_trace_callback(None)  # type: ignore[union-attr]
        plan = connection.execute(text(f"EXPLAIN QUERY PLAN {statements[-1]}")).all()
    assert any("USING INDEX acts_that_change" in str(row) for row in plan)
