"""Commentary from draft to approval, and what boards ask, on one store; refusals as a table, and nothing is lost."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from scorecard.access.permissions import Role
from scorecard.access.person import Person, local_person
from scorecard.pack.snapshot.canonical_json import read_snapshot
from scorecard.store import CommentaryChanged
from scorecard.use_cases.commentary.approve import approve_comment, return_comment
from scorecard.use_cases.commentary.claims import flags_of, repeated_words
from scorecard.use_cases.commentary.comment import Words, comment_before, comment_of, versions
from scorecard.use_cases.commentary.status import commentary_frame, month_commentary
from scorecard.use_cases.commentary.write import Incomplete, save_draft, submit_comment
from scorecard.use_cases.decisions.list_decisions import decisions_frame, list_decisions
from scorecard.use_cases.decisions.record_decision import answer_decision, record_decision
from scorecard.use_cases.open_scorecard import Scorecard, Settings, open_scorecard
from scorecard.use_cases.publish.commentary_and_decisions import with_words
from scorecard.use_cases.publish.pack import approve_pack, take_snapshot
from scorecard.use_cases.view.measures import View, view_measures
from tests.frozen_catalogue import BOARDS, CATALOGUE

JULY, JUNE = date(2020, 7, 31), date(2020, 6, 30)
NOW = datetime(2020, 9, 10, 9, 0, tzinfo=UTC)
WORDS = Words(
    what_happened="Assessments rose.", why="Two workers were off sick.", being_done="Cover is in place.",
    by_whom="Service Manager", by_when=date(2020, 10, 1),
)  # fmt: skip


@pytest.fixture(scope="module")
def view(tmp_path_factory: pytest.TempPathFactory) -> View:
    """July on the plan's figures alone: the same on every empty store."""
    database = tmp_path_factory.mktemp("view") / "scorecard.db"
    with open_scorecard(
        Settings(catalogue=CATALOGUE, boards=BOARDS, database_url=f"sqlite:///{database}"), local_person("t"), NOW
    ) as scorecard:
        return view_measures(scorecard, JULY)


def as_ann(opened: Scorecard) -> Scorecard:
    return opened.of(local_person("Ann"))


def as_bob(opened: Scorecard) -> Scorecard:
    return opened.of(local_person("Bob"))


def as_eve(opened: Scorecard) -> Scorecard:
    return opened.of(local_person("Eve"))


def exception_of(view: View) -> str:
    return next(measure_id for measure_id, row in view.rows.items() if row["exception"])


def save(opened: Scorecard, measure_id: str, words: Words = WORDS, based_on: int = 0, month: date = JULY) -> int:
    return save_draft(as_ann(opened), measure_id, month, words, based_on=based_on, when=NOW)


def submitted(opened: Scorecard, measure_id: str, based_on: int = 0) -> int:
    return submit_comment(as_ann(opened), measure_id, JULY, WORDS, based_on=based_on, when=NOW)


def test_from_draft_to_approval_every_version_is_kept(opened: Scorecard, view: View) -> None:
    measure_id = exception_of(view)
    before = month_commentary(opened, view)
    assert len(before.awaited) == sum(bool(row["exception"]) for row in view.rows.values())
    assert save(opened, measure_id, Words(what_happened="It rose\u00a0to “42”.\x0bNew line")) == 1
    assert save(opened, measure_id, Words(what_happened="It rose to “42”.\nNew line"), 1) == 1, (
        "the same writes nothing"
    )
    with pytest.raises(Incomplete) as refused:
        submit_comment(as_ann(opened), measure_id, JULY, Words(why="?"), based_on=1, when=NOW)
    assert set(refused.value.faults) == {"what_happened", "being_done", "by_whom", "by_when"}
    assert submitted(opened, measure_id, 1) == 2
    assert [comment.measure_id for comment in month_commentary(opened, view).submitted] == [measure_id]
    assert return_comment(as_eve(opened), measure_id, JULY, based_on=2, reason="Say why.", when=NOW) == 3
    assert comment_of(opened, measure_id, JULY).reason == "Say why."
    assert submitted(opened, measure_id, 3) == 4
    assert approve_comment(as_eve(opened), view, measure_id, based_on=4, role="Director", when=NOW) == 5
    assert [version.state for version in versions(opened, measure_id, JULY)] == [
        "draft", "submitted", "returned", "submitted", "approved",
    ]  # fmt: skip
    after = month_commentary(opened, view)
    assert (len(after.awaited), after.submitted) == (len(before.awaited) - 1, ())
    assert f"{len(after.awaited)} exceptions await your commentary" in after.sentence
    assert "approved" in set(commentary_frame(after, JULY)["state"])
    with pytest.raises(ValueError, match="is approved"):
        save(opened, measure_id, Words(why="More"), 5)


def test_what_is_owed_names_the_day_papers_are_due_and_whose_part_it_is(
    opened: Scorecard, view: View, tmp_path: Path
) -> None:
    listed = tmp_path / "boards.yaml"
    meets = "    meetings: [{date: 2020-09-15, papers_due: 2020-09-08}]\n"
    listed.write_text(f"boards:\n  - id: improvement-board\n    name: Improvement Board\n{meets}")
    here = replace(opened, settings=opened.settings.model_copy(update={"boards": listed}))
    assert (
        month_commentary(here, view).sentence
        == "8 exceptions await your commentary; papers are due on 8 September 2020"
    )
    area = view.row(exception_of(view))["service_area_id"]
    head = Person(name="h", roles=frozenset({Role.HEAD_OF_SERVICE}), service_areas=frozenset({area}))
    assert month_commentary(opened.of(head), view).sentence == "1 exception awaits your commentary"
    reader = Person(name="v", roles=frozenset({Role.VIEWER}))
    assert month_commentary(opened.of(reader), view).sentence == "8 exceptions await commentary"


def test_words_that_are_not_approved_are_for_who_writes_or_approves_them(opened: Scorecard, view: View) -> None:
    measure_id = exception_of(view)
    save(opened, measure_id)
    area = view.row(measure_id)["service_area_id"]
    people = {
        Person(name="v", roles=frozenset({Role.VIEWER, Role.DATA_TEAM})): Words(),
        Person(name="h", roles=frozenset({Role.HEAD_OF_SERVICE}), service_areas=frozenset({"other"})): Words(),
        Person(name="o", roles=frozenset({Role.HEAD_OF_SERVICE}), service_areas=frozenset({area})): WORDS,
        Person(name="e", roles=frozenset({Role.EXECUTIVE})): WORDS,
    }
    for person, words in people.items():
        assert comment_of(opened.of(person), measure_id, JULY).words == words, person.name


def test_two_writers_are_told_and_both_texts_stay(opened: Scorecard, view: View) -> None:
    measure_id = exception_of(view)
    save(opened, measure_id, Words(why="Ann's"))
    with pytest.raises(CommentaryChanged, match="Ann has saved version 1"):
        save_draft(as_bob(opened), measure_id, JULY, Words(why="Bob's"), based_on=0, when=NOW)
    assert comment_of(opened, measure_id, JULY).words.why == "Ann's"


@pytest.mark.parametrize(
    ("measure", "month", "words", "message"),
    [
        ("no-such", JULY, WORDS, "no measure 'no-such'"),
        ("retired", JULY, WORDS, "ended in May 2020"),
        ("", date(2020, 10, 31), WORDS, "October 2020 has not begun"),
        ("", JULY, Words(why="x" * 102_400), "102,400 characters, and 4,000 can be kept"),
        ("", JULY, Words(why="a\u202eb"), "can't be seen (U+202E right-to-left override)"),
        ("", JULY, Words(by_whom="x" * 101), "100 can be kept"),
    ],
)
def test_what_can_t_be_kept_is_refused_in_words(
    opened: Scorecard, view: View, measure: str, month: date, words: Words, message: str
) -> None:
    measure_id = measure or exception_of(view)
    if measure == "retired":
        area = opened.catalogue.service_areas[0]
        ended = area.measures[0].model_copy(update={"retired": date(2020, 5, 31)})
        changed = area.model_copy(update={"measures": (ended, *area.measures[1:])})
        areas = (changed, *opened.catalogue.service_areas[1:])
        object.__setattr__(opened, "catalogue", opened.catalogue.model_copy(update={"service_areas": areas}))
        measure_id = ended.id
    with pytest.raises(ValueError, match=re.escape(message)):
        save(opened, measure_id, words, month=month)
    assert opened.store.acts()["what"].tolist().count("wrote commentary") == 0


def test_a_month_whose_pack_is_approved_is_closed_until_the_comment_is_returned(opened: Scorecard, view: View) -> None:
    measure_id = exception_of(view)
    area = view.row(measure_id)["service_area_id"]
    submitted(opened, measure_id)
    approve_comment(as_eve(opened), view, measure_id, based_on=1, role="Director", when=NOW)
    number = record_decision(as_eve(opened), "question", "Why?", board="improvement-board", month=JULY,
                             service_area=area, owner="Service Manager", due=JULY, asked_by="", when=NOW)  # fmt: skip
    answer_decision(as_ann(opened), number, "Sickness.", closes=True, when=NOW)
    pack = take_snapshot(as_eve(opened), JULY, when=NOW, areas=[area])
    frozen = read_snapshot(opened.store.snapshot(pack))
    assert [measure.id for measure in frozen.measures if measure.commentary] == [measure_id]
    assert [(question.text, question.open) for question in frozen.asked or ()] == [("Why?", False)]
    approve_pack(as_eve(opened), pack, role="Director", when=NOW + timedelta(hours=1))
    again = take_snapshot(as_eve(opened), JULY, when=NOW, areas=[area])
    assert again == pack, "the same again finds the approved one"
    august = frozen.model_copy(update={"reporting_month": date(2020, 8, 31)})
    assert with_words(opened, august, "improvement-board", None).asked is None, "what was answered is printed once"
    other = next(row["measure_id"] for row in view.rows.values() if row["service_area_id"] != area)
    assert save(opened, other) == 1, "a pack of some areas closes those alone"
    later = NOW + timedelta(days=1)
    return_comment(as_eve(opened), measure_id, JULY, based_on=2, reason="Another reason was found.", when=later)
    assert save(opened, measure_id, WORDS.model_copy(update={"why": "The system."}), 3) == 4
    sibling = next(other_id for other_id in view.in_area(area) if other_id != measure_id)
    with pytest.raises(ValueError, match=r"for Improvement Board was approved on .* Say it of the next month\.$"):
        save(opened, sibling)
    awaited = {comment.measure_id for comment in month_commentary(opened, view).awaited}
    assert awaited == {key for key, row in view.rows.items() if row["exception"] and row["service_area_id"] != area}


def test_a_claim_is_flagged_and_kept_with_its_approval_and_repeated_words_are_marked(
    opened: Scorecard, view: View
) -> None:
    measure_id = next(key for key, row in view.rows.items() if row["exception"] and row["status"] == "missed")
    words = WORDS.model_copy(update={"what_happened": "The target was met. We missed the target in May."})
    flags = flags_of(view, measure_id, words)
    assert [(flag.rule, flag.words) for flag in flags] == [("target", "The target was met.")]
    assert str(view.row(measure_id)["target_words"]) in flags[0].evidence
    submit_comment(as_ann(opened), measure_id, JULY, words, based_on=0, when=NOW)
    approve_comment(as_eve(opened), view, measure_id, based_on=1, role="Director", when=NOW)
    assert comment_of(opened, measure_id, JULY).flags == flags
    save(opened, measure_id, Words(why="In May 2020 two workers were off sick again"), month=JUNE)
    before = comment_before(opened, measure_id, JULY)
    comment = Words(why="In June two workers were off sick again. The system failed too.")
    assert repeated_words(comment, before) == ("In June two workers were off sick again.",)
    assert repeated_words(comment, None) == ()


def test_a_board_s_question_comes_back_until_it_is_answered(opened: Scorecard) -> None:
    area = opened.catalogue.service_areas[0]
    given = {"board": "improvement-board", "month": JULY, "service_area": area.id, "owner": "Service Manager",
             "due": date(2020, 9, 8), "asked_by": "Chair", "when": NOW}  # fmt: skip
    number = record_decision(opened, "question", "=Why so few?", measure=area.measures[0].id, **given)
    record_decision(opened, "decision", "Report each month.", **{**given, "due": date(2020, 9, 1)})
    assert [(decision.about, decision.overdue(date(2020, 9, 2))) for decision in list_decisions(opened)] == [
        (area.name, True), (area.measures[0].name, False),
    ]  # fmt: skip
    with pytest.raises(ValueError, match="Write the answer"):
        answer_decision(as_ann(opened), number, "  ", closes=True, when=NOW)
    answer_decision(as_ann(opened), number, "Being looked into.", closes=False, when=NOW)
    answer_decision(as_ann(opened), number, "Sickness.", closes=True, when=NOW + timedelta(days=1))
    decisions = {decision.number: decision for decision in list_decisions(opened)}
    assert (decisions[number].open, [answer.text for answer in decisions[number].answers]) == (
        False,
        ["Being looked into.", "Sickness."],
    )
    assert list_decisions(opened, NOW)[-1].open, "as known then it was open"
    assert decisions_frame(list_decisions(opened))["answers"].tolist() == ["", "Being looked into. | Sickness."]
    with pytest.raises(ValueError, match=r"Write what .* Say who answers.* Say by which day.* no board 'x'"):
        record_decision(opened, "question", " ", **{**given, "board": "x", "owner": "", "due": None})
