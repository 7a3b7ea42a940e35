"""Commentary version by version, and what boards asked: nothing is written over, and nobody's words are lost."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import text

from scorecard.store import (
    ANSWER_COLUMNS,
    COMMENTARY_COLUMNS,
    DECISION_COLUMNS,
    CommentaryChanged,
    DecisionClosed,
    NewDecision,
    Store,
    StoreUnavailableError,
    UnknownDecision,
    Version,
    schema,
    verify_file,
)
from tests.store.submitted import at, tampering

JULY, JUNE = date(2020, 7, 31), date(2020, 6, 30)


def version(based_on: int = 0, state: str = "draft", measure: str = "m", month: date = JULY, **more: Any) -> Version:
    comment = {"what_happened": "It fell.", "why": "", "being_done": "", "by_whom": "", "by_when": ""}
    return Version(measure_id=measure, month=month, based_on=based_on, state=state, **{**comment, **more})


def test_each_version_stands_and_the_newest_is_found_by_month_and_moment(store: Store) -> None:
    assert list(store.commentary.newest([JULY]).columns) == COMMENTARY_COLUMNS
    flags = ({"rule": "improving", "words": "improving", "evidence": "It is not."},)
    steps = [
        (version(0), "Ann"),
        (version(1, "submitted"), "Ann"),
        (version(2, "returned", reason="Say why."), "Eve"),
        (version(3, "submitted", why="Sickness."), "Ann"),
        (version(4, "approved", why="Sickness.", role="Director", flags=flags), "Eve"),
    ]
    for minute, (comment_version, who) in enumerate(steps):
        assert store.commentary.keep(comment_version, who, at(minute)) == minute + 1
    store.commentary.keep(version(measure="n", month=JUNE), "Bob", at(9))
    versions = store.commentary.versions("m", JULY)
    assert versions["state"].tolist() == ["draft", "submitted", "returned", "submitted", "approved"]
    assert versions["who"].tolist() == ["Ann", "Ann", "Eve", "Ann", "Eve"]
    assert versions["flags"].tolist() == [[], [], [], [], list(flags)]
    newest = store.commentary.newest([JULY, JUNE])
    assert [(row["measure_id"], row["state"]) for row in newest.to_dict("records")] == [
        ("m", "approved"),
        ("n", "draft"),
    ]
    assert store.commentary.newest([JULY], at(2))["state"].tolist() == ["returned"]
    acts = store.acts()
    assert acts["what"].tolist() == [
        "wrote commentary", "submitted commentary", "returned commentary", "submitted commentary",
        "approved commentary", "wrote commentary",
    ]  # fmt: skip
    assert acts["subject"].tolist()[::5] == ["commentary m 2020-07", "commentary n 2020-06"]
    assert acts["detail"].iloc[4]["flags"] == list(flags)
    assert store.approvals().empty, "the approval of words is none of a pack"


def test_the_second_of_two_writers_is_told_and_both_texts_are_there(store: Store) -> None:
    store.commentary.keep(version(0), "Ann", at(0))
    store.commentary.keep(version(1, why="Ann's"), "Ann", at(1))
    with pytest.raises(CommentaryChanged, match="Ann has saved version 2") as refused:
        store.commentary.keep(version(1, why="Bob's"), "Bob", at(2))
    assert refused.value.version == 2
    assert store.commentary.versions("m", JULY)["why"].tolist() == ["", "Ann's"]
    assert store.commentary.keep(version(2, why="Ann's and Bob's"), "Bob", at(3)) == 3


def test_a_question_stays_open_until_an_answer_closes_it(store: Store) -> None:
    ask_and_answer(store)
    assert store.acts()["what"].tolist() == ["asked", "decided", "answered", "closed"]


def ask_and_answer(store: Store) -> None:
    assert list(store.decisions.listing().columns) == DECISION_COLUMNS
    assert list(store.decisions.answers().columns) == ANSWER_COLUMNS
    asked = NewDecision(
        kind="question", board="scrutiny", month=JULY, service_area_id="mash", measure_id="m", text="Why so few?",
        owner="Service Manager", due=date(2020, 9, 8), asked_by="Chair",
    )  # fmt: skip
    assert store.decisions.ask(asked, "Eve", at(0)) == 1
    whole_area = asked.model_copy(update={"kind": "decision", "measure_id": None})
    assert store.decisions.ask(whole_area, "Eve", at(1)) == 2
    store.decisions.answer(1, "We are looking into it.", False, "Ann", at(2))
    store.decisions.answer(1, "Sickness.", True, "Ann", at(3))
    with pytest.raises(DecisionClosed, match="closed by Ann"):
        store.decisions.answer(1, "More.", False, "Bob", at(4))
    with pytest.raises(UnknownDecision):
        store.decisions.answer(9, "More.", False, "Bob", at(4))
    assert store.decisions.answers()["closes"].tolist() == [False, True]
    assert store.decisions.answers(at(2))["text"].tolist() == ["We are looking into it."]
    assert store.decisions.listing(at(0))["kind"].tolist() == ["question"]
    assert store.decisions.listing()["due"].dt.date.tolist() == [date(2020, 9, 8)] * 2


def test_no_word_is_changed_or_taken_away(store: Store) -> None:
    ask_and_answer(store)
    store.commentary.keep(version(0), "Ann", at(0))
    for table in ("commentary", "decisions", "decision_answers"):
        for statement in (f"DELETE FROM {table}", f"UPDATE {table} SET who = 'Eve'"):
            with pytest.raises(StoreUnavailableError), store._database.writing() as connection:
                connection.execute(text(statement))


@pytest.mark.parametrize(
    ("table", "altered", "named"),
    [
        ("commentary", "why = 'Another reason.'", "commentary m 2020-07"),
        ("commentary", "who = 'Eve'", "commentary m 2020-07"),
        ("decisions", "due = '2030-01-01'", "decision 1"),
        ("decision_answers", "text = 'Never mind.'", "decision 1"),
    ],
)
def test_words_altered_by_hand_are_found(store: Store, store_url: str, table: str, altered: str, named: str) -> None:
    store.commentary.keep(version(0, why="Sickness."), "Ann", at(0))
    ask_and_answer(store)
    assert verify_file(store_url).faults == ()
    first = next(iter(schema.metadata.tables[table].primary_key.columns)).name
    with tampering(store, table) as connection:
        connection.execute(text(f"UPDATE {table} SET {altered} WHERE {first} = 1"))
    assert [fault for fault in verify_file(store_url).faults if named in fault]
