"""Packs frozen in format 1 say and draw what they said and drew when they were approved.

The two fixtures are bytes as the versions of then wrote them: pack version 1.0 one area of the plan; 1.1 three invented
measures with limits drawn anew, a range, a target to come, a break, comparators, and what changed since the last board.
"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from scorecard.catalogue.models import Comparator, Figure, Target
from scorecard.charts import sparkline_of
from scorecard.pack.errors import PackError
from scorecard.pack.snapshot.changes import ChangedRules, Comparison, FigureChange, PackRef, RuleChange, WordChange
from scorecard.pack.snapshot.models import Snapshot
from scorecard.pack.snapshot.take import canonical_json, read_snapshot
from tests.pack import invented

FIXTURES = Path(__file__).parents[2] / "fixtures"
FIRST = (FIXTURES / "snapshot_1_0.json").read_bytes()
CHANGED = invented.THREE_MEASURES.read_bytes()
SAID_SINCE = {"level": "", "target_name": "Target"}  # what a chart says, and said not then


@pytest.fixture(scope="module")
def changed_snapshot() -> Snapshot:
    return invented.three_measures()


def without_charts(content: bytes) -> bytes:
    """A pack of format 1 as it was frozen where no charts were asked for."""
    plain = json.loads(content) | {"with_charts": False}
    for area in plain["service_areas"]:
        for measure in area["measures"]:
            measure["trend"] = None
    return json.dumps(plain, separators=(",", ":")).encode()


@pytest.mark.parametrize("content", [FIRST, CHANGED])
def test_it_is_drawn_as_it_was(content: bytes) -> None:
    """Oracle: format 1 kept every chart whole, points and limits too, and every text of a figure."""
    plain_measures = [measure for area in json.loads(content)["service_areas"] for measure in area["measures"]]
    old = read_snapshot(content)
    assert (old.format, old.written_in) == (2, 1)
    for measure, was in zip(old.measures, plain_measures, strict=True):
        assert measure.chart.model_dump(mode="json") == was["trend"] | SAID_SINCE
        small = sparkline_of(measure.chart, last=old.reporting_month)
        assert small.model_dump(mode="json") == was["sparkline"] | {"demonstration": old.demonstration}
        assert [measure.words_of(figure) for figure in measure.observations] == [
            figure["words"] for figure in was["observations"]
        ]
        printed_now = [measure.target_words(target) for target in measure.targets]
        printed_then = [target["words"] for target in was["targets"]]
        assert [
            target_words.removesuffix(" days") for target_words in printed_now
        ] == printed_then  # the unit is said since
    (area,) = json.loads(content)["service_areas"]
    counts = old.service_areas[0].counts
    known = {name: getattr(counts, name) for name in area["counts"] if name != "overdue"}
    assert known | {"overdue": counts.owed} == area["counts"]


@pytest.mark.parametrize("content", [FIRST, CHANGED])
def test_without_charts_it_keeps_its_sparklines(content: bytes) -> None:
    old, whole = read_snapshot(without_charts(content)), read_snapshot(content)
    plain_measures = [measure for area in json.loads(content)["service_areas"] for measure in area["measures"]]
    for measure, other, was in zip(old.measures, whole.measures, plain_measures, strict=True):
        small, same = (sparkline_of(each_measure.chart, last=old.reporting_month) for each_measure in (measure, other))
        assert small == same, measure.id
        assert small.model_dump(mode="json") == was["sparkline"] | {"demonstration": old.demonstration}
        chart = measure.chart
        assert (chart.name, chart.unit, chart.decimals) == (was["name"], was["unit"], was["decimals"])
        assert (chart.y_axis.ticks, chart.y_axis.title) == ((), "")
        assert (chart.points, chart.segments) == (other.chart.points, other.chart.segments)


def test_what_had_changed_since_the_last_board_is_told_and_a_changed_target_as_a_rule(
    changed_snapshot: Snapshot,
) -> None:
    visits = {"measure_id": "visits-in-time", "measure": "Visits in time", "service_area": "Visits"}
    caseload = {"measure_id": "caseload", "measure": "Caseload", "service_area": "Visits"}
    lost = {"measure_id": "absence", "measure": "Days lost", "service_area": "Visits"}
    month: dict[str, Any] = {"area": "E06000045", "months": 1, "period_end": date(2020, 7, 31)}
    june = month | {"period_end": date(2020, 6, 30)}
    may = month | {"period_end": date(2020, 5, 31)}
    lower = RuleChange(what="Target", old="at least 90%", new="at least 70%")
    later = RuleChange(what="Target", old="at most 8", new="at most 8 (its dates or reasons changed)")
    assert changed_snapshot.changes == Comparison(
        old=PackRef(
            id="47642e124e3f639b32d8f7d2f7e81d2bba0e539197cc0b15025897a31df2df46",
            board="The board",
            reporting_month=date(2020, 6, 30),
            as_known_at=datetime(2020, 7, 6, 9, tzinfo=UTC),
        ),
        new_figures=(
            FigureChange(**visits, **month, new=60.0, old_words="–", new_words="60%"),
            FigureChange(**caseload, **month, old_words="–", new_words="not available"),
        ),
        revised=(FigureChange(**caseload, **june, old=17.0, new=17.5, old_words="17.0", new_words="17.5"),),
        taken_back=(FigureChange(**lost, **may, old=9.0, old_words="9", new_words="–"),),
        status=(WordChange(**visits, what="Status", old="Met", new="Missed", direction="worse"),),
        variation=(WordChange(**visits, what="Variation", old="No change", new="Worsening", direction="worse"),),
        assurance=(WordChange(**visits, what="Assurance", old="By chance", new="Will meet", direction="better"),),
        rules=(ChangedRules(**visits, rules=(lower,)), ChangedRules(**lost, rules=(later,))),
    )


def test_what_the_catalogue_said_of_each_measure_is_read_as_the_catalogue_writes_it(changed_snapshot: Snapshot) -> None:
    visits, caseload, lost = changed_snapshot.measures
    assert visits.baseline == Figure(value=75.0, printed="about 75%")
    assert visits.july_2020 == Figure(value=90.0, printed="90%")
    assert lost.baseline is None
    assert lost.july_2020 == Figure(printed="not known")
    assert visits.comparators == {
        "regional": Comparator(value=80.0, printed="80%", comparable=False, why="Counted otherwise"),
        "national": Comparator(value=85.0, printed="85% (2018/19)", year="2018/19"),
    }
    assert visits.targets == (
        Target(
            at_least=70.0,
            printed="70%",
            by="2021-06",
            by_basis="action date",
            by_printed="June 2021",
            by_action="Action 3",
            basis="As agreed",
            why="Fewer staff",
            agreed_by="Improvement Board",
        ),
    )
    under = Target.model_validate({"less_than": 16.0, "printed": "under 16", "from": "2020-09"})
    assert caseload.targets == (Target(between=(12.0, 18.0), printed="12 to 18"), under)
    assert lost.targets == (Target(at_most=8.0, printed="8 days", by="2021-03", by_basis="plan"),)
    (rebase,) = visits.rebase
    assert (rebase.from_month, rebase.agreed) == (date(2019, 7, 31), date(2019, 9, 30))
    assert (rebase.why, rebase.proposed_by, rebase.agreed_by) == ("A new team", "Analyst", "Improvement Board")
    assert caseload.rebase == ()
    assert (visits.starts, visits.retired) == (date(2018, 7, 31), None)
    assert (caseload.starts, caseload.retired, caseload.tolerance) == (None, date(2021, 3, 31), 0.5)
    assert visits.definition_break is None
    assert caseload.definition_break is not None
    assert caseload.definition_break.between == "baseline and july_2020"
    assert caseload.definition_break.why == "Workers were counted otherwise."


def test_what_is_of_the_whole_pack_is_kept(changed_snapshot: Snapshot) -> None:
    assert (changed_snapshot.plan.inspected, changed_snapshot.plan.actuals) == (date(2019, 11, 30), date(2020, 7, 31))
    assert (changed_snapshot.plan.title, changed_snapshot.plan.edition) == ("A plan", "First")
    (event,) = changed_snapshot.events
    assert (event.date, event.what, event.why) == (date(2020, 3, 31), "First lockdown", "Visits changed.")
    (area,) = changed_snapshot.service_areas
    assert (area.id, area.name, area.outcomes) == ("visits", "Visits", ("Children are seen",))
    assert (area.responsible, changed_snapshot.demonstration) == (("Head of Service",), True)


def test_read_and_written_again_it_is_a_pack_of_format_2(changed_snapshot: Snapshot) -> None:
    again = read_snapshot(canonical_json(changed_snapshot))
    assert again == changed_snapshot.model_copy(update={"written_in": 2})


@pytest.mark.parametrize(
    ("content", "part"),
    [
        (FIRST, b'"service_areas":[{"'),
        (FIRST, b'"rebases":[]'),
        (FIRST, b'"kind":"at_most"'),
        (CHANGED, b'"targets":[{'),
    ],
)
def test_a_damaged_one_is_refused(content: bytes, part: bytes) -> None:
    assert part in content
    with pytest.raises(PackError, match="damaged"):
        read_snapshot(content.replace(part, part.replace(b"r", b"x").replace(b"at", b"it")))
