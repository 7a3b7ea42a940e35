"""Each difference of two snapshots whole, old and new: figures, words, commentary, and what is around the measures."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from scorecard.catalogue.models import Event
from scorecard.pack.snapshot.changes import EndedWarning, FigureChange, PackRef, WordChange
from scorecard.pack.snapshot.commentary_and_decisions import Commentary
from scorecard.pack.snapshot.compare import compare_snapshots
from scorecard.pack.snapshot.measure import Observation, SnapshotMeasure
from scorecard.pack.snapshot.models import RetiredMeasure, Snapshot
from scorecard.pack.snapshot.take import canonical_json, snapshot_id
from tests.pack import invented

PACK = invented.three_measures()
VISITS = {"measure_id": "visits-in-time", "measure": "Visits in time", "service_area": "Visits"}
SAID = Commentary(
    what_happened=("Visits fell.",), why=("Two workers left.",), being_done=("Two begin.",), by_whom="Head of Service",
    by_when=date(2020, 10, 31), approved_by="Executive Director", approved_on=date(2020, 9, 10),
)  # fmt: skip


def visits_with(**changes: Any) -> Snapshot:
    return invented.with_first(PACK, **changes)


def visits() -> SnapshotMeasure:
    return PACK.measures[0]


def figure(**changes: Any) -> Observation:
    """The latest figure of visits, otherwise."""
    return visits().observations[-1].model_copy(update=changes)


def around(**changes: Any) -> Snapshot:
    """The pack with its service area otherwise."""
    (area,) = PACK.service_areas
    return PACK.model_copy(update={"service_areas": (area.model_copy(update=changes),)})


def test_the_older_snapshot_is_named() -> None:
    assert compare_snapshots(PACK, visits_with(note="n")).old == PackRef(
        id=snapshot_id(canonical_json(PACK)),
        board=PACK.board.name,
        reporting_month=date(2020, 7, 31),
        as_known_at=PACK.as_known_at,
    )


LATEST: dict[str, Any] = VISITS | {"area": "E06000045", "months": 1, "period_end": date(2020, 7, 31)}


@pytest.mark.parametrize(
    ("old", "new", "kind", "change"),
    [
        ({"value": 60.0}, {"value": 64.0}, "revised",
         {"old": 60.0, "new": 64.0, "old_words": "60%", "new_words": "64%"}),
        ({"value": 60.0}, {"value": 60.2}, "revised",
         {"old": 60.0, "new": 60.2, "old_words": "60.0000", "new_words": "60.2000"}),
        ({"numerator": 6.0, "denominator": 10.0}, {"numerator": 60.0, "denominator": 100.0}, "revised",
         {"old": 60.0, "new": 60.0, "old_words": "60% 6 of 10", "new_words": "60% 60 of 100"}),
        ({"numerator": None, "denominator": None}, {"numerator": None, "denominator": 1200.0}, "revised",
         {"old": 60.0, "new": 60.0, "old_words": "60%", "new_words": "60% 1,200"}),
        ({"value": None, "symbol": "z"}, {"value": 64.0}, "revised",
         {"old": None, "new": 64.0, "old_words": "not applicable", "new_words": "64%"}),
        (None, {"value": 64.0}, "new_figures", {"old": None, "new": 64.0, "old_words": "–", "new_words": "64%"}),
        ({"value": 60.0}, None, "taken_back", {"old": 60.0, "new": None, "old_words": "60%", "new_words": "–"}),
    ],
)  # fmt: skip
def test_a_figure_that_is_otherwise(
    old: dict[str, Any] | None, new: dict[str, Any] | None, kind: str, change: dict[str, Any]
) -> None:
    earlier = visits().observations[:-1]
    blank = {"value": 60.0, "numerator": None, "denominator": None, "symbol": None}
    before, after = (
        visits_with(observations=(*earlier, *(() if changed is None else (figure(**blank | changed),))))
        for changed in (old, new)
    )
    comparison = compare_snapshots(before, after)
    changes = {name: getattr(comparison, name) for name in ("revised", "new_figures", "taken_back")}
    assert changes == {"revised": (), "new_figures": (), "taken_back": (), kind: (FigureChange(**LATEST, **change),)}


@pytest.mark.parametrize(
    ("old", "new", "was", "now"),
    [
        (None, SAID, "–", "Approved by Executive Director on 10 September 2020"),
        (SAID, None, "Approved by Executive Director on 10 September 2020", "–"),
        (SAID, SAID.model_copy(update={"approved_on": date(2020, 9, 12)}),
         "Approved by Executive Director on 10 September 2020", "Approved by Executive Director on 12 September 2020"),
    ],
)  # fmt: skip
def test_commentary_of_the_same_month_that_was_approved_otherwise(
    old: Commentary | None, new: Commentary | None, was: str, now: str
) -> None:
    before, after = visits_with(commentary=old), visits_with(commentary=new)
    assert compare_snapshots(before, after).wording == (WordChange(**VISITS, what="Commentary", old=was, new=now),)
    assert compare_snapshots(before, before).wording == ()
    later = after.model_copy(update={"reporting_month": date(2020, 8, 31)})
    assert compare_snapshots(before, later).wording == ()


ALL = {"measure_id": "", "measure": "All measures", "service_area": ""}
OF_AREA = {"measure_id": "", "measure": "Visits", "service_area": "Visits"}
SECOND = Event.model_validate({"date": "2020-05", "what": "New system", "why": "w"})


@pytest.mark.parametrize(
    ("after", "changes"),
    [
        (PACK.model_copy(update={"authority": "Othertown"}),
         (WordChange(**ALL, what="Authority", old=PACK.authority, new="Othertown"),)),
        (PACK.model_copy(update={"plan": PACK.plan.model_copy(update={"edition": "Second"})}),
         (WordChange(**ALL, what="Plan", old="A plan, First", new="A plan, Second"),)),
        (PACK.model_copy(update={"plan": PACK.plan.model_copy(update={"title": "B plan"})}),
         (WordChange(**ALL, what="Plan", old="A plan, First", new="B plan, First"),)),
        (PACK.model_copy(update={"events": (*PACK.events, SECOND)}),
         (WordChange(**ALL, what="Events on charts", old="First lockdown, March 2020",
                     new="First lockdown, March 2020; New system, May 2020"),)),
        (PACK.model_copy(update={"events": ()}),
         (WordChange(**ALL, what="Events on charts", old="First lockdown, March 2020", new="–"),)),
        (around(name="Seen"),
         (WordChange(measure_id="", measure="Seen", service_area="Seen", what="Name of the service area", old="Visits",
                     new="Seen"),)),
        (around(responsible=("Head of Service", "Director")),
         (WordChange(**OF_AREA, what="Responsible", old="Head of Service", new="Head of Service; Director"),)),
        (around(outcomes=()),
         (WordChange(**OF_AREA, what="What the plan wants", old="Children are seen", new="–"),)),
        (around(id="another-area", responsible=()), ()),  # an area that the older one has not
    ],
)  # fmt: skip
def test_what_stands_around_the_measures(after: Snapshot, changes: tuple[WordChange, ...]) -> None:
    assert compare_snapshots(PACK, after).wording == changes


def test_a_text_of_a_measure_that_is_otherwise() -> None:
    was = visits().supplied_by
    assert compare_snapshots(PACK, visits_with(supplied_by="Somebody else")).wording == (
        WordChange(**VISITS, what="Supplied by", old=was, new="Somebody else"),
    )


def without_first(retired: tuple[RetiredMeasure, ...] = ()) -> Snapshot:
    (area,) = PACK.service_areas
    return around(measures=area.measures[1:]).model_copy(update={"retired": retired})


def test_measures_that_came_and_went() -> None:
    gone, come = compare_snapshots(PACK, without_first()), compare_snapshots(without_first(), PACK)
    assert (gone.added, gone.removed, gone.retired) == ((), ("Visits in time",), ())
    assert (come.added, come.removed, come.retired) == (("Visits in time",), (), ())
    ended = RetiredMeasure(id="visits-in-time", name="Visits in time", retired=date(2020, 6, 30))
    left = compare_snapshots(PACK, without_first((ended,)))
    assert (left.added, left.removed, left.retired) == ((), (), ("Visits in time (June 2020)",))


def test_a_measure_under_a_new_id_is_the_same_measure() -> None:
    renamed = visits_with(id="visits", formerly="visits-in-time", observations=visits().observations[:-1])
    comparison = compare_snapshots(PACK, renamed)
    assert (comparison.added, comparison.removed, comparison.retired) == ((), (), ())
    assert [(change.measure_id, change.old_words) for change in comparison.taken_back] == [("visits", "60%")]
    assert comparison.new_figures == ()


def test_what_is_an_exception_or_missed_for_the_first_time() -> None:
    judgement = visits().judgement
    usual: dict[str, Any] = {"provisional": False, "small_numbers": False}
    bad = visits_with(judgement=judgement.model_copy(update=usual | {"exception": True, "status": "missed"}))
    good = visits_with(judgement=judgement.model_copy(update=usual | {"exception": False, "status": "met"}))
    comparison = compare_snapshots(good, bad)
    assert (comparison.new_exceptions, comparison.newly_missed) == (("visits-in-time",), ("visits-in-time",))
    for same in (compare_snapshots(bad, bad), compare_snapshots(bad, good)):
        assert (same.new_exceptions, same.newly_missed) == ((), ())


WARNED: dict[str, Any] = {
    "exception": True, "status": "missed", "variation": "concern", "assurance": "consistently_failing",
    "overdue": False, "no_limits": None, "no_assurance": None, "target_at_bound": False, "status_words": "Missed",
}  # fmt: skip


def warned(**changes: Any) -> Snapshot:
    """The pack with all four warnings of visits, but what is otherwise."""
    return visits_with(judgement=visits().judgement.model_copy(update=WARNED | changes))


@pytest.mark.parametrize(
    ("after", "ended"),
    [
        ({}, []),
        ({"exception": False}, [("Exception", "still missed, but not by the rule of exceptions")]),
        ({"exception": False, "overdue": True}, [("Exception", "the figure for July 2020 is overdue")]),
        ({"exception": False, "status": "met"}, []),  # better is no warning that ended
        ({"exception": False, "status": "close"}, []),
        ({"status": None, "status_words": "Not judged: why"}, [("Missed", "Not judged: why")]),
        ({"status": "no_target", "status_words": "No target"}, [("Missed", "No target")]),
        ({"status": "no_data", "status_words": None}, [("Missed", "–")]),
        ({"status": "no_data", "overdue": True}, [("Missed", "the figure for July 2020 is overdue")]),
        ({"variation": None, "no_limits": "too few"}, [("Worsening", "not shown: too few")]),
        ({"variation": None}, [("Worsening", "not shown: there is no figure")]),
        ({"variation": None, "overdue": True}, [("Worsening", "the figure for July 2020 is overdue")]),
        ({"variation": "improvement"}, []),
        ({"variation": "common_cause"}, []),
        ({"assurance": None}, [("Not reliably met", "not shown: there is no figure")]),
        ({"assurance": None, "no_assurance": "leaning"}, [("Not reliably met", "not shown: the level moves")]),
        ({"assurance": None, "target_at_bound": True},
         [("Not reliably met", "not shown: the target stands at a bound")]),
        ({"assurance": None, "target_words": None}, [("Not reliably met", "not shown: there is no target")]),
        ({"assurance": None, "overdue": True}, [("Not reliably met", "the figure for July 2020 is overdue")]),
        ({"assurance": "inconsistent"}, []),
    ],
)  # fmt: skip
def test_a_warning_that_ended_has_its_reason(after: dict[str, Any], ended: list[tuple[str, str]]) -> None:
    ended_warnings = compare_snapshots(warned(), warned(**after)).ended
    assert ended_warnings == tuple(EndedWarning(**VISITS, warning=warning, reason=reason) for warning, reason in ended)


def test_the_warnings_of_a_measure_that_is_gone_ended_with_it() -> None:
    ended = RetiredMeasure(id="visits-in-time", name="Visits in time", retired=date(2020, 6, 30))
    for retired, reason in (((), "this pack does not have the measure"), ((ended,), "retired in June 2020")):
        assert compare_snapshots(warned(), without_first(retired)).ended == (
            EndedWarning(**VISITS, warning="Exception; Missed; Worsening; Not reliably met", reason=reason),
        )
