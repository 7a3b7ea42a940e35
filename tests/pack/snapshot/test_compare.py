"""What differs between two snapshots: figures, statuses, signals, targets and wording, old to new."""

from __future__ import annotations

from datetime import date

import pytest

from scorecard.pack.snapshot.measure import Observation, SnapshotMeasure
from scorecard.pack.snapshot.models import Snapshot
from scorecard.pack.snapshot.take import canonical_json, compare_snapshots, snapshot_id
from tests.pack import invented


def with_change(snapshot: Snapshot, index: int = 2, **changes: object) -> Snapshot:
    """The snapshot with one measure of its first area otherwise."""
    area = snapshot.service_areas[0]
    measures = list(area.measures)
    measures[index] = measures[index].model_copy(update=changes)
    other = area.model_copy(update={"measures": tuple(measures)})
    return snapshot.model_copy(update={"service_areas": (other, *snapshot.service_areas[1:])})


def sickness(snapshot: Snapshot) -> SnapshotMeasure:
    return snapshot.service_areas[0].measures[2]


def figure(**changes: object) -> Observation:
    return sickness(invented.plan_snapshot()).observations[0].model_copy(update=changes)


def test_a_snapshot_does_not_differ_from_itself() -> None:
    comparison = compare_snapshots(invented.plan_snapshot(), invented.plan_bytes())
    assert comparison.nothing
    assert comparison.old.id == snapshot_id(invented.plan_bytes())


def test_bytes_name_the_old_snapshot_as_its_value_does() -> None:
    assert compare_snapshots(invented.plan_bytes(), invented.long_bytes()) == compare_snapshots(
        invented.plan_snapshot(), invented.long_snapshot()
    )


def test_a_revised_figure_stands_with_old_and_new() -> None:
    new = with_change(invented.plan_snapshot(), observations=(figure(value=13.9),))
    (revision,) = compare_snapshots(invented.plan_snapshot(), new).revised
    assert (revision.old, revision.new) == (14.14, 13.9)
    assert (revision.old_words, revision.new_words) == ("14.14", "13.90")
    assert revision.measure == "Sickness absence days per employee"
    assert revision.period_end == date(2020, 7, 31)


def test_a_revision_that_no_shown_digit_tells_is_told_by_more_digits() -> None:
    new = with_change(invented.plan_snapshot(), observations=(figure(value=14.141),))
    (revision,) = compare_snapshots(invented.plan_snapshot(), new).revised
    assert (revision.old_words, revision.new_words) == ("14.140000", "14.141000")


def test_a_revised_denominator_is_told_by_its_counts() -> None:
    old = with_change(invented.plan_snapshot(), observations=(figure(numerator=1414.0, denominator=100.0),))
    new = with_change(invented.plan_snapshot(), observations=(figure(numerator=2828.0, denominator=200.0),))
    (revision,) = compare_snapshots(old, new).revised
    assert (revision.old_words, revision.new_words) == ("14.14 1,414 of 100", "14.14 2,828 of 200")


def test_a_provisional_figure_that_became_final_as_it_stood_is_no_revision() -> None:
    old = with_change(invented.plan_snapshot(), observations=(figure(symbol="p"),))
    assert compare_snapshots(old, invented.plan_snapshot()).nothing


def test_new_figures_and_those_taken_back_are_told_apart() -> None:
    none = with_change(invented.plan_snapshot(), observations=())
    forth, back = compare_snapshots(none, invented.plan_snapshot()), compare_snapshots(invented.plan_snapshot(), none)
    assert [(change.old_words, change.new_words) for change in forth.new_figures] == [("–", "14.14")]
    assert [(change.old_words, change.new_words) for change in back.taken_back] == [("14.14", "–")]
    assert not forth.revised
    assert not back.revised


def test_a_changed_status_says_whether_it_is_for_the_better() -> None:
    plan = invented.plan_snapshot()
    better = with_change(plan, judgement=sickness(plan).judgement.model_copy(update={"status": "met"}))
    (change,) = compare_snapshots(plan, better).status
    assert (change.old, change.new, change.direction) == ("Missed", "Met", "better")
    assert compare_snapshots(better, plan).status[0].direction == "worse"


@pytest.mark.parametrize(
    ("row", "newly"), [({}, True), ({"provisional": True}, False), ({"small_numbers": True}, False)]
)
def test_a_provisional_figure_or_one_of_few_makes_no_target_newly_missed(row: dict[str, bool], newly: bool) -> None:
    plan = invented.plan_snapshot()
    judgement = sickness(plan).judgement
    before = with_change(plan, judgement=judgement.model_copy(update={"status": "met"}))
    after = with_change(plan, judgement=judgement.model_copy(update={"status": "missed"} | row))
    assert (sickness(after).id in compare_snapshots(before, after).newly_missed) == newly


def test_a_signal_that_may_be_shown_for_the_first_time_is_neither_better_nor_worse() -> None:
    plan = invented.plan_snapshot()
    new = with_change(plan, judgement=sickness(plan).judgement.model_copy(update={"variation": "concern"}))
    (change,) = compare_snapshots(plan, new).variation
    assert (change.old, change.new, change.direction) == ("Not shown", "Worsening", "neither")


def test_changed_wording_is_told_old_to_new() -> None:
    plan = invented.plan_snapshot()
    comparison = compare_snapshots(plan, with_change(plan, note="Another note.", supplied_by="Somebody else"))
    assert [(change.what, change.new) for change in comparison.wording] == [
        ("Note", "Another note."),
        ("Supplied by", "Somebody else"),
    ]
    assert not comparison.rules


def test_measures_that_only_one_has_are_named() -> None:
    plan = invented.plan_snapshot()
    fewer = plan.model_copy(update={"service_areas": plan.service_areas[1:]})
    assert "Agency workers" in compare_snapshots(plan, fewer).removed
    assert "Agency workers" in compare_snapshots(fewer, plan).added


def test_a_snapshot_keeps_what_changed_since_the_last_board() -> None:
    changes = invented.long_snapshot().changes
    assert changes is not None
    assert changes.old.id == snapshot_id(canonical_json(invented.earlier_snapshot()))
    assert changes.old.reporting_month == date(2022, 3, 31)
    assert len(changes.revised) == 3
    months = {change.period_end for change in changes.new_figures}
    assert months == {date(2022, 4, 30), date(2022, 5, 31), date(2022, 6, 30)}
