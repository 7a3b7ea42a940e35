"""Each column of each row that an act tells of, altered by hand, is found and named; so is each moment of a figure."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Column, Connection, text, update

from scorecard.store import EditionOf, Store, open_store
from scorecard.store.databases import migrations
from scorecard.store.people.commentary import Version
from scorecard.store.people.decisions import NewDecision
from scorecard.store.safekeeping.copies import verify
from scorecard.store.safekeeping.proofs.rows_against_acts import rows_against_acts
from scorecard.store.safekeeping.proofs.versions import versions
from scorecard.store.schema import metadata
from tests.store.submitted import altered, at, figures, sent, tampering

JULY = date(2020, 7, 31)
# The last row of each table that an act tells of, in one go; and as what it is named.
TOLD = {
    "catalogues": "catalogue", "extracts": "extract 1", "read_tables": "extract 4", "editions": "extract 5",
    "withdrawals": "extract 3", "layouts": "layout Mosaic", "commentary": "commentary m 2020-07",
    "snapshots": "snapshot ", "decisions": "decision 2", "decision_answers": "decision 1", "tokens": "token b",
    "token_ends": "token a", "ended_sign_ins": "sign-in ",
}  # fmt: skip
ROW = {"extracts": 1, "read_tables": 4, "editions": 5, "tokens": "b"}
# What no other part of a store contradicts: a row's own number, where nothing but the order of rows hangs on it.
FREE = {"catalogue_id", "comment_id", "layout_id", "answer_id", "content"}
KEYS = {"extract_id", "snapshot_id", "decision_id", "token_id"}  # which a row of another table names


def fill(store: Store) -> None:
    """Rows in each table that acts tell of: five extracts, the third taken back, the fifth an edition."""
    store.keep_catalogue(b"measures", at(0), "Ann")
    for number in (1, 2, 3):
        store.submit(
            sent(str(number), number, reason="why", layout="Mosaic, version 1"),
            figures(("m", "2020-07", number), note="noted"),
        )
    store.submit(sent("4", 4, sheet="S", month="2020-08", layout="Mosaic, version 1"), figures(("n", "2020-08", 4)))
    of = EditionOf(publications=("workforce",), edition=20240331, published=20240401)
    store.editions.submit(sent("5", 5), of, figures(("rate", "2024-03", 0.1)))
    store.withdraw(3, "Ann", at(6), "wrong")
    store.keep_layout("Mosaic", b"layout", "Ann", at(6))
    store.save_snapshot(b"{}", "board", "2020-07", at(6), "Ann", at(7))
    comment = {"what_happened": "w", "why": "y", "being_done": "b", "by_whom": "r", "by_when": "2020-09-01"}
    for based_on in (0, 1):
        store.commentary.keep(
            Version(measure_id="m", month=JULY, based_on=based_on, state="approved", role="Head", reason="r",
                    flags=({"a": 1},), **comment), "Ann", at(8),
        )  # fmt: skip
    for measure in ("m", "n"):
        store.decisions.ask(
            NewDecision(kind="question", board="b", month=JULY, service_area_id="a", measure_id=measure, text="t",
                        owner="o", due=JULY, asked_by="chair"), "Ann", at(9),
        )  # fmt: skip
    store.decisions.answer(1, "answer", False, "Ann", at(10))
    for token in ("a", "b"):
        store.credentials.give_token(token, "hash", "Power BI", "viewer", at(99), "Ann", at(10))
    store.credentials.take_token_back("a", "Ann", at(11))
    store.credentials.end_sign_in("s" * 64, "signed out", "Ann", at(12))


def otherwise(column: Column[Any]) -> Any:
    return column.concat("x") if column.type.python_type is str else column + 1


def columns_of(table: str) -> list[str]:
    return [column.name for column in metadata.tables[table].columns if column.name not in FREE | KEYS]


def test_each_column_that_an_act_tells_of_is_held_to_it(file_store: Store) -> None:
    fill(file_store)
    with tampering(file_store, *TOLD) as connection:
        assert verify(connection).faults == ()
        for turn in range(max(len(columns_of(name)) for name in TOLD)):
            changed = {name: columns_of(name)[turn] for name in TOLD if turn < len(columns_of(name))}
            with altered(connection):
                for name, column in changed.items():
                    _alter(connection, name, column)
                faults = " ".join(rows_against_acts(connection))
            assert [change for change in changed.items() if f"of {TOLD[change[0]]}" not in faults] == []


def _alter(connection: Connection, name: str, column: str) -> None:
    table = metadata.tables[name]
    key = next(iter(table.primary_key.columns))
    rows = connection.execute(table.select().order_by(key)).mappings().all()
    row = next(row for row in reversed(rows) if ROW.get(name) in (None, row[key.name]))
    assert row[column] is not None, (name, column)
    connection.execute(update(table).where(key == row[key.name]).values({column: otherwise(table.c[column])}))


# What is altered, by SQL, and the extract that is named for it. 9e18: what still counts.
FIGURES = {
    "UPDATE observations SET recorded_to = recorded_to - 1 WHERE extract_id = 1": "Extract 1 has 1 figure that count",
    "UPDATE observations SET recorded_to = 9 WHERE recorded_to > 9e18 AND extract_id = 4": "Extract 4 has 1 figure",
    "UPDATE observations SET recorded_from = recorded_from + 1 WHERE extract_id = 4": "Extract 4 has 1 figure that",
    "UPDATE observations SET value = 9 WHERE extract_id = 2 AND recorded_to > 9e18": "were put back otherwise",
    "UPDATE observations SET note = NULL WHERE extract_id = 2 AND recorded_to > 9e18": "Extract 2 has 1 figure",
    "UPDATE observations SET extract_id = 1, value = 1 WHERE extract_id = 2 AND recorded_to > 9e18":
        "Extract 1 has 1 figure that were put back though a later one stood",
    "DELETE FROM observations WHERE extract_id = 2 AND recorded_to > 9e18": "After extract 3 was taken back 0 figures",
    "UPDATE observations SET origin = 'demonstration' WHERE extract_id = 4": "demonstration, extract",
    "UPDATE published_figures SET recorded_to = 9": "Extract 5 has 1 figure that count",
    "UPDATE published_figures SET edition = 20250331": "Figures of extract 5 are of another edition",
    "DELETE FROM editions": "Published figures are kept of extract 5, which is no edition",
}  # fmt: skip


def test_each_moment_of_a_figure_is_held_to_what_came_and_went(store_url: str) -> None:
    with open_store(store_url) as store:
        fill(store)
        with tampering(store, "observations", "published_figures", "editions") as connection:
            assert versions(connection) == []
            for change, phrase in FIGURES.items():
                with altered(connection):
                    assert connection.execute(text(change)).rowcount == 1
                    assert phrase in " ".join(versions(connection)), change


def test_the_list_of_migrations_is_held_to_the_softwares(file_store: Store) -> None:
    with tampering(file_store, "scorecard_migrations") as connection, altered(connection):
        connection.execute(text("UPDATE scorecard_migrations SET name = 'x' WHERE number = 3"))
        assert migrations.otherwise(connection) == ["The list of the store's migrations is not that of this software."]
