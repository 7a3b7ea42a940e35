"""What changed because a rule changed is told apart from what the figures changed, and no warning ends unsaid."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from scorecard.catalogue.models import Catalogue, Event, Figure, Measure, Rebase, Target
from scorecard.core.observations import observations_frame
from scorecard.pack.snapshot.canonical_json import canonical_json, read_snapshot
from scorecard.pack.snapshot.changes import ChangedRules, Comparison
from scorecard.pack.snapshot.models import Snapshot
from scorecard.pack.snapshot.reassess import RULES, TOLD_OTHERWISE, WORDING
from scorecard.pack.snapshot.take import compare_snapshots
from tests.assessed import assess
from tests.pack import invented

OLD = Path(__file__).parents[2] / "fixtures" / "snapshot_1_0.json"
AUDITS = "scheduled-audits-completed"
MONTHS = pd.date_range("2018-07-31", "2020-07-31", freq="ME")
STEADY = [72.0, 74.0, 71.0, 73.0, 75.0, 70.0, 74.0, 72.0, 71.0, 75.0, 73.0, 72.0] * 2 + [74.0]


def catalogue(**changes: Any) -> Catalogue:
    """The kept catalogue, one measure of it otherwise; None: without that measure."""
    known = invented.catalogue()
    areas = []
    for area in known.service_areas:
        measures: list[Measure] = []
        for measure in area.measures:
            if measure.id == AUDITS and changes == {"gone": True}:
                continue
            measures.append(measure.model_copy(update=changes) if measure.id == AUDITS else measure)
        areas.append(area.model_copy(update={"measures": tuple(measures)}))
    return known.model_copy(update={"service_areas": tuple(areas)})


def figures(values: list[float], measure_id: str = AUDITS) -> pd.DataFrame:
    rows = {
        "measure_id": measure_id, "area": invented.catalogue().authority.code, "period_end": MONTHS[: len(values)],
        "months": 1, "value": values, "origin": "extract",
    }  # fmt: skip
    return observations_frame(pd.DataFrame(rows))


def snapshot_of(known: Catalogue, values: list[float], month: str) -> Snapshot:
    return invented.snapshot_of(assess(known, figures(values), pd.Timestamp(month)), known)


@pytest.fixture(scope="module")
def june() -> Snapshot:
    return snapshot_of(catalogue(), STEADY[:-1], "2020-06-30")


def july(june: Snapshot, values: list[float] = STEADY, **changes: Any) -> Comparison:
    """What July says has changed since June, where the catalogue changed between them."""
    return compare_snapshots(june, snapshot_of(catalogue(**changes), values, "2020-07-31"))


def rules(comparison: Comparison) -> ChangedRules:
    (changed,) = comparison.rules
    assert changed.measure_id == AUDITS
    return changed


def better(comparison: Comparison) -> list[str]:
    changes = (*comparison.status, *comparison.variation, *comparison.assurance)
    return [change.measure_id for change in changes if change.direction == "better"]


def test_where_no_rule_changed_none_is_told(june: Snapshot) -> None:
    assert july(june).rules == ()


def test_a_lowered_target_is_no_improvement(june: Snapshot) -> None:
    target = Target(printed="90%", at_least=70.0, why="The programme grew", agreed_by="Improvement Board")
    comparison = july(june, targets=(target,))
    assert AUDITS not in better(comparison)
    (rule,) = rules(comparison).rules
    assert (rule.what, rule.old, rule.new) == ("Target", "at least 90% by October 2020", "at least 70%")
    assert (rule.why, rule.agreed_by) == ("The programme grew", "Improvement Board")
    assert next((change.what, change.old, change.new) for change in rules(comparison).altered) == (
        "Status",
        "Missed",
        "Met",
    )
    assert {change.direction for change in rules(comparison).altered} == {"neither"}


def test_where_figures_and_rule_changed_each_has_its_part(june: Snapshot) -> None:
    """95% meets the old target too: that is the figures' doing, and the new target altered nothing."""
    comparison = july(june, [*STEADY[:-1], 95.0], targets=(Target(printed="90%", at_least=89.0),))
    assert [(change.old, change.new) for change in comparison.status if change.measure_id == AUDITS] == [
        ("Missed", "Met")
    ]
    assert "Status" not in [change.what for change in rules(comparison).altered]


def test_a_tolerance_alters_the_status_and_says_so(june: Snapshot) -> None:
    comparison = july(june, tolerance=20.0)
    assert AUDITS not in better(comparison)
    (rule,) = rules(comparison).rules
    assert (rule.what, rule.old, rule.new, rule.why) == ("Tolerance", "none", "20 percentage points", None)
    assert ("Status", "Missed", "Close") in [
        (change.what, change.old, change.new) for change in rules(comparison).altered
    ]


@pytest.mark.parametrize(
    ("changes", "what", "new"),
    [
        ({"baseline": {"printed": "60%", "value": 60.0}}, "Baseline", "60%"),
        ({"baseline": {"printed": "about 60", "value": 60.0}}, "Baseline", "60% (‘about 60’)"),
        ({"polarity": "monitor"}, "Which way is good", "monitor"),
        ({"accumulation": "rolling_12_months"}, "What a figure covers", "rolling 12 months"),
        ({"screen_outliers": False}, "Whether outliers are left out of limits", "no"),
        ({"definition": "Another count."}, "Definition", "Another count."),
        ({"frequency": "quarterly"}, "Frequency", "quarterly"),
        ({"fix_after": 12}, "How many figures limits rest on", "12"),
        ({"decimals": 1}, "Decimal places", "1"),
        ({"tolerance": 2.0}, "Tolerance", "2 percentage points"),
        ({"tolerance": 1.0}, "Tolerance", "1 percentage point"),
        ({"tolerance": 0.25}, "Tolerance", "0.25 percentage points"),
        ({"maximum": 120.0}, "Highest value there can be", "120%"),
        ({"starts": "2018-07"}, "First month asked for", "July 2018"),
        ({"due_day": 10}, "Day of the next month on which it is due", "10"),
        ({"pair": "caseload-overall"}, "Same thing as another measure", "caseload-overall"),
    ],
)
def test_every_rule_that_a_status_or_signal_rests_on_is_named(
    june: Snapshot, changes: dict[str, Any], what: str, new: str
) -> None:
    known = {name: getattr(Measure.model_validate(_plain(changes)), name) for name in changes}
    comparison = july(june, **known)
    assert [(rule.what, rule.new) for rule in rules(comparison).rules] == [(what, new)]
    assert AUDITS not in better(comparison)


@pytest.mark.parametrize(
    ("changes", "what", "old", "new"),
    [
        ({"owner": "Head of Service"}, "Owner", "none", "Head of Service"),
        ({"outcomes": ("Seen in time",)}, "What the plan wants", "none", "Seen in time"),
        (
            {"comparators": {"regional": {"printed": "Regional 80%", "value": 80.0}}},
            "Comparators", "none", "regional 80% (‘Regional 80%’)",
        ),
    ],
)  # fmt: skip
def test_every_text_of_a_measure_is_told_as_wording(
    june: Snapshot, changes: dict[str, Any], what: str, old: str, new: str
) -> None:
    known = {name: getattr(Measure.model_validate(_plain(changes)), name) for name in changes}
    comparison = july(june, **known)
    assert [(change.what, change.old, change.new) for change in comparison.wording] == [(what, old, new)]
    assert comparison.rules == ()


def test_the_plans_actual_is_told_where_both_packs_print_it(june: Snapshot) -> None:
    """June's pack prints nothing of July: that July's has the plan's actuals is no change of wording."""
    comparison = july(june, july_2020=Figure(printed="73%", value=73.0))
    assert comparison.wording == ()
    before = snapshot_of(catalogue(), STEADY, "2020-07-31")
    after = snapshot_of(catalogue(july_2020=Figure(printed="73%", value=73.0)), STEADY, "2020-07-31")
    changes = [(change.what, change.old, change.new) for change in compare_snapshots(before, after).wording]
    assert changes == [("The plan's actual", "72%", "73%")]


def test_all_that_the_catalogue_says_of_a_measure_is_told_in_one_place() -> None:
    """A field that is added to the catalogue's model is a rule, a wording, or named as told otherwise."""
    assert sorted([*RULES, *WORDING, *TOLD_OTHERWISE]) == sorted(Measure.model_fields)


def test_a_measure_whose_id_was_changed_is_the_same_measure(june: Snapshot) -> None:
    comparison = july(june, id="audits-completed", formerly=AUDITS)
    assert (comparison.added, comparison.removed, comparison.rules) == ((), (), ())
    assert [(change.what, change.old, change.new) for change in comparison.wording] == [("Former id", "none", AUDITS)]


def test_what_changed_around_the_measures_is_told(june: Snapshot) -> None:
    event = Event(date="2020-07", what="A new system", why="Recording moved")
    area = june.service_areas[0]
    areas = (area.model_copy(update={"responsible": ("Somebody Else",)}), *june.service_areas[1:])
    plan = june.plan.model_copy(update={"edition": "Third iteration"})
    other = june.model_copy(
        update={"authority": "Northampton", "plan": plan, "events": (event,), "service_areas": areas}
    )
    changes = [(change.measure, change.what, change.new) for change in compare_snapshots(june, other).wording]
    assert changes == [
        ("All measures", "Authority", "Northampton"),
        ("All measures", "Plan", f"{plan.title}, Third iteration"),
        ("All measures", "Events on charts", "A new system, July 2020"),
        (area.name, "Responsible", "Somebody Else"),
    ]


def _plain(changes: dict[str, Any]) -> dict[str, Any]:
    return invented.catalogue().measure(AUDITS).model_dump() | {"targets": (), **changes}


def test_a_rebase_is_named_with_its_reason_and_who_agreed_it(june: Snapshot) -> None:
    rebase = Rebase(from_month="2020-01", why="New audit programme", agreed_by="Improvement Board", agreed="2020-06")
    (rule,) = rules(july(june, rebase=(rebase,))).rules
    assert (rule.what, rule.old, rule.new) == ("Limits start anew", "none", "from January 2020")
    assert (rule.why, rule.agreed_by) == ("New audit programme", "Improvement Board")


def test_new_methods_are_named_with_what_they_alone_altered(june: Snapshot) -> None:
    """What older methods judged 'met' is judged again: that the same figures are missed now is the methods' doing."""
    area = next(area for area in june.service_areas if any(measure.id == AUDITS for measure in area.measures))
    measures = tuple(
        measure.model_copy(update={"judgement": measure.judgement.model_copy(update={"status": "met"})})
        if measure.id == AUDITS
        else measure
        for measure in area.measures
    )
    areas = tuple(
        each_area.model_copy(update={"measures": measures}) if each_area.id == area.id else each_area
        for each_area in june.service_areas
    )
    older = june.model_copy(update={"methods_version": "0", "service_areas": areas})
    comparison = compare_snapshots(older, snapshot_of(catalogue(), STEADY, "2020-07-31"))
    assert [change for change in comparison.status if change.measure_id == AUDITS] == []
    changed = comparison.rules[0]
    assert (changed.measure_id, changed.measure, changed.service_area) == ("", "All measures", "")
    assert [(rule.what, rule.old, rule.new) for rule in changed.rules] == [
        ("Methods", "version 0", f"version {june.methods_version}")
    ]
    assert [(change.measure_id, change.old, change.new) for change in changed.altered] == [(AUDITS, "Met", "Missed")]


def test_of_format_1_nothing_is_called_changed_that_it_did_not_keep() -> None:
    old = read_snapshot(OLD.read_bytes())
    plain = invented.small_snapshot().model_copy(update={"methods_version": old.methods_version})
    assert compare_snapshots(old, plain).rules == ()
    strict = tuple(
        area.model_copy(
            update={
                "measures": tuple(
                    measure.model_copy(update={"screen_outliers": False, "tolerance": 1.0}) for measure in area.measures
                )
            }
        )
        for area in plain.service_areas
    )
    comparison = compare_snapshots(old, plain.model_copy(update={"service_areas": strict}))
    assert {rule.what for changed in comparison.rules for rule in changed.rules} == {"Tolerance"}


def test_of_format_1_a_comparator_is_compared_by_what_it_kept_of_it() -> None:
    old = invented.three_measures()
    assert compare_snapshots(old, old).wording == ()
    (area,) = old.service_areas
    visits, *others = area.measures
    known = {
        kind: comparator.model_copy(update={"why": "said since"}) for kind, comparator in visits.comparators.items()
    }
    same = visits.model_copy(update={"comparators": known})
    another = visits.model_copy(update={"comparators": known | {"national": Figure(value=86.0, printed="86%")}})

    def compared(measure: Any) -> list[str]:
        areas = (area.model_copy(update={"measures": (measure, *others)}),)
        return [
            change.what for change in compare_snapshots(old, old.model_copy(update={"service_areas": areas})).wording
        ]

    assert compared(same) == []
    assert compared(another) == ["Comparators"]


def test_a_measure_that_retired_or_was_taken_out_is_named_and_so_is_its_warning(june: Snapshot) -> None:
    retired = july(june, retired=pd.Timestamp("2020-06-30").date())
    assert retired.retired == ("Scheduled audits completed (June 2020)",)
    assert retired.removed == ()
    (ended,) = [ended_warning for ended_warning in retired.ended if ended_warning.measure_id == AUDITS]
    assert ended.reason == "retired in June 2020"
    assert "Missed" in ended.warning
    gone = july(june, gone=True)
    assert gone.removed == ("Scheduled audits completed",)
    assert [ended_warning.reason for ended_warning in gone.ended if ended_warning.measure_id == AUDITS] == [
        "this pack does not have the measure"
    ]


def test_a_warning_that_ends_because_its_signal_is_withheld_says_why() -> None:
    falling = [90.0, 92.0, 91.0, 93.0, 92.0, 91.0, 90.0, 92.0, 93.0, 91.0, 92.0, 90.0] + [70.0] * 12
    before = snapshot_of(catalogue(), falling, "2020-06-30")
    assert next(measure for measure in before.measures if measure.id == AUDITS).judgement.variation == "concern"
    few = figures([*falling, 70.0]).assign(denominator=8.0)
    after = invented.snapshot_of(assess(catalogue(), few, pd.Timestamp("2020-07-31")), catalogue())
    ended = {
        ended_warning.warning: ended_warning.reason
        for ended_warning in compare_snapshots(before, after).ended
        if ended_warning.measure_id == AUDITS
    }
    assert "fewer than 10 in the denominator" in ended["Worsening"]


def test_a_warning_does_not_end_because_its_figure_is_overdue(june: Snapshot) -> None:
    late = snapshot_of(catalogue(), STEADY[:-4], "2020-07-31")
    row = next(measure for measure in late.measures if measure.id == AUDITS).judgement
    assert (row.overdue, row.exception) == (True, True)
    assert not [
        ended_warning for ended_warning in compare_snapshots(june, late).ended if ended_warning.measure_id == AUDITS
    ]


def test_a_warning_that_ends_because_it_became_better_is_no_ended_warning(june: Snapshot) -> None:
    comparison = july(june, [*STEADY[:-1], 95.0])
    assert "Missed" not in [
        ended_warning.warning for ended_warning in comparison.ended if ended_warning.measure_id == AUDITS
    ]


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"target_at_bound": True}, "the target stands at a bound"),
        ({"no_limits": "figures overlap"}, "figures overlap"),
        ({"no_assurance": "last_point_signals"}, "the level moves"),
        ({"target_words": None}, "there is no target"),
        ({}, "there is no figure"),
    ],
)
def test_why_nothing_is_said_of_a_target_any_more(june: Snapshot, changed: dict[str, Any], reason: str) -> None:
    """A target whose measure's level moves is there: 'there is no target' was said of it."""
    before = next(measure for measure in june.measures if measure.id == AUDITS)
    silent = before.judgement.model_copy(update={"assurance": None, "no_limits": None, "no_assurance": None, **changed})
    areas = tuple(
        area.model_copy(
            update={
                "measures": tuple(
                    measure.model_copy(update={"judgement": silent}) if measure.id == AUDITS else measure
                    for measure in area.measures
                )
            }
        )
        for area in june.service_areas
    )
    comparison = compare_snapshots(june, june.model_copy(update={"service_areas": areas}))
    assert [(ended_warning.warning, ended_warning.reason) for ended_warning in comparison.ended] == [
        ("Not reliably met", f"not shown: {reason}")
    ]


def test_what_changed_goes_to_json_and_back(june: Snapshot) -> None:
    after = snapshot_of(catalogue(tolerance=20.0), STEADY, "2020-07-31")
    whole = after.model_copy(update={"changes": compare_snapshots(june, after)})
    assert read_snapshot(canonical_json(whole)) == whole
