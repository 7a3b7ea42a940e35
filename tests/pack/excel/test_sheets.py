"""Each sheet as a plain table, before it is a file: every row of a small pack, cell by cell, as a reader sees it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from scorecard.pack.excel.commentary_and_decisions import commentary, decisions
from scorecard.pack.excel.data_quality import data_quality, overdue_sheet
from scorecard.pack.excel.observations import observations
from scorecard.pack.excel.registers import definitions, neighbours, neighbours_years, revisions, targets
from scorecard.pack.excel.sheet import Sheet
from scorecard.pack.excel.sheets import all_sheets, measures, read_me, summary
from scorecard.pack.snapshot.changes import Comparison
from scorecard.pack.snapshot.commentary_and_decisions import Commentary, SnapshotDecision
from scorecard.pack.snapshot.measure import OverdueFigure
from scorecard.pack.snapshot.models import PackState, Snapshot
from tests.pack import invented
from tests.pack.differences import AUDITS, ENDED, METHODS, NEITHER, NOTE, OLD, STATUS, figure, word
from tests.pack.published_charts import YEARS

CHANGED = Comparison(
    old=OLD,
    new_figures=(figure("Plans", "–", "9"),),
    revised=(figure("Visits", "1", "2", 12),),
    taken_back=(figure("Plans", "7", "–"),),
    status=STATUS,
    variation=(NEITHER,),
    assurance=(word("Plans", "Assurance", "Capable", "By chance", "worse"),),
    rules=(AUDITS, METHODS),
    ended=(ENDED,),
    wording=(NOTE,),
    added=("Calls",),
    retired=("Letters",),
    removed=("Faxes",),
)
NOBODY = (None,) * 7


@pytest.fixture(scope="module")
def pack() -> Snapshot:
    """Visits in time, caseload and days lost: see test_format_1, which reads what they hold."""
    return invented.three_measures()


def cells(sheet: Sheet) -> list[tuple[Any, ...]]:
    return [row.cells for row in sheet.rows]


def number_forms(sheet: Sheet) -> list[tuple[int, bool]]:
    """How each row's figures are written: decimals, and whether they are percentages."""
    return [(row.decimals, row.percent) for row in sheet.rows]


def by_label(sheet: Sheet) -> list[dict[str, Any]]:
    return [dict(zip((column.label for column in sheet.columns), row.cells, strict=True)) for row in sheet.rows]


def test_every_change_is_a_row_in_the_order_of_its_kinds() -> None:
    visits = ("visits", "Care")
    named = [("Audits", "audits", "Care"), ("Plans", "plans", "Care"), ("Visits", "visits", "Care")]
    audits = "It grew; agreed by The board. Status missed → met; assurance not capable → capable."
    methods = (
        "No reason is given; agreed by The board. "
        "Visits, variation steady → worsening; Plans, variation steady → improving."
    )
    sheet = revisions(CHANGED)
    assert (sheet.name, sheet.title) == ("Revisions", "What changed since the last board")
    assert sheet.notes == (f"Since June 2020, snapshot {OLD.id}.",)
    assert [column.label for column in sheet.columns] == [
        "Measure", "Kind", "Measure id", "Service area", "What", "Was", "Is", "For the better or the worse",
        "Why, and what it altered",
    ]  # fmt: skip
    assert cells(sheet) == [
        ("Visits", "Revised figure", *visits, "year to June 2020", "1", "2", None, None),
        ("Plans", "Figure taken back", "plans", "Care", "June 2020", "7", "–", None, None),
        ("Audits", "Changed rule", "audits", "Care", "Target", "at least 90%", "at least 70%", None, audits),
        (
            "Audits",
            "Changed rule",
            "audits",
            "Care",
            "Tolerance",
            "none",
            "5%",
            None,
            audits.replace("It grew; agreed by The board", "No reason is given"),
        ),
        ("All measures", "Changed rule", None, None, "Points of a trend", "7", "6", None, methods),
        ("Plans", "Warning not given now", "plans", "Care", "Warning", "Worsening", None, None, "retired in June 2020"),
        ("Audits", "Said otherwise", *named[0][1:], "Status", "Missed", "Met", "Better", None),
        ("Plans", "Said otherwise", *named[1][1:], "Status", "Met", "Close", "Worse", None),
        ("Visits", "Said otherwise", *named[2][1:], "Variation", "Not shown", "Steady", None, None),
        ("Plans", "Said otherwise", *named[1][1:], "Assurance", "Capable", "By chance", "Worse", None),
        ("Visits", "Wording", *visits, "Note", "One", "Two", None, None),
        ("Calls", "Added", *NOBODY),
        ("Letters", "Retired", *NOBODY),
        ("Faxes", "Left out", *NOBODY),
    ]


@pytest.mark.parametrize(
    ("changes", "notes", "when_empty"),
    [
        (None, (), "This board has no earlier approved snapshot, so nothing can have been revised since."),
        (Comparison(old=OLD), (f"Since June 2020, snapshot {OLD.id}.",), "Nothing changed."),
    ],
)
def test_where_nothing_changed_the_sheet_says_so(
    changes: Comparison | None, notes: tuple[str], when_empty: str
) -> None:
    sheet = revisions(changes)
    assert (sheet.rows, sheet.notes, sheet.when_empty) == ((), notes, when_empty)


def test_a_measures_row_has_its_figures_and_the_words_beside_them(pack: Snapshot) -> None:
    visits, caseload, lost = by_label(measures(pack))
    assert visits == {
        "Measure": "Visits in time", "Service area": "Visits", "Measure id": "visits-in-time", "Unit": "%",
        "Baseline": 75.0, "Baseline as printed": "about 75%",
        "July 2020 in the plan": 90.0, "July 2020 as printed": "90%",
        "Latest": 60.0, "Latest period": "July 2020", "Provisional": "No", "Same time last year": None,
        "Target": "at least 70%", "Target lower": 70.0, "Target upper": None, "Distance to target": -10.0,
        "Status": "Missed", "Variation": "Worsening", "Assurance": "Reliably met",
        "Exception": "Yes", "Overdue": "No", "Data quality": "Complete, plausible",
        "Statistical neighbours": None, "Region": None, "England": 85.0,
        "In words": "60% in July 2020: 10 percentage points below target (at least 70%). "
        "31 percentage points lower than in June 2020 (worse).",
        "Why the board must hear of it": "Visits in time: 60% in July 2020, 10 percentage points below the target of "
        "70%. That is far lower than usual, and unlikely to be chance. It is due by June 2021.",
    }  # fmt: skip
    assert (caseload["Latest"], caseload["Latest period"], caseload["Overdue"]) == (17.5, "June 2020", "Yes")
    assert (caseload["Status"], caseload["Exception"], caseload["Variation"]) == ("Met", "No", "Not shown")
    assert (caseload["Target lower"], caseload["Target upper"], caseload["Unit"]) == (12.0, 18.0, "average")
    assert (lost["Baseline"], lost["Baseline as printed"]) == (None, None)
    assert (lost["July 2020 in the plan"], lost["July 2020 as printed"]) == (None, "not known")
    assert number_forms(measures(pack)) == [(0, True), (1, False), (0, False)]


def test_before_the_plans_own_month_its_figures_stand_in_no_column(pack: Snapshot) -> None:
    before = measures(pack.model_copy(update={"reporting_month": date(2020, 6, 30)}))
    assert not [column.label for column in before.columns if "July 2020" in column.label]
    assert before.rows[0].cells[:7] == (
        "Visits in time", "Visits", "visits-in-time", "%", 75.0, "about 75%", 60.0
    )  # fmt: skip


@pytest.mark.parametrize(
    ("judged", "status"),
    [
        ({"status": None}, "Not judged"),
        ({"status": None, "value": None}, "No figure"),
        ({"status": "no_target"}, "No target"),
        ({"received_symbol": "z", "received_end": date(2020, 8, 31)}, "Not applicable"),
    ],
)
def test_a_status_that_is_none_is_said_in_words(pack: Snapshot, judged: dict[str, Any], status: str) -> None:
    judgement = pack.measures[0].judgement.model_copy(update=judged)
    assert by_label(measures(invented.with_first(pack, judgement=judgement)))[0]["Status"] == status


def test_a_monitored_measure_has_no_status_and_says_so(pack: Snapshot) -> None:
    judgement = pack.measures[0].judgement.model_copy(update={"status": None})
    monitored = invented.with_first(pack, judgement=judgement, polarity="monitor")
    assert by_label(measures(monitored))[0]["Status"] == "Monitored"


def test_an_observations_row_has_the_target_of_its_month_and_the_limits_it_may_show(pack: Snapshot) -> None:
    sheet = observations(pack)
    rows = by_label(sheet)
    assert len(rows) == 25 + 2 + 1
    known = datetime(2020, 8, 3, tzinfo=UTC)
    assert {name: value for name, value in rows[24].items() if value is not None} == {
        "Measure id": "visits-in-time", "Measure": "Visits in time", "Service area": "Visits", "Area code": "E06000045",
        "Period end": date(2020, 7, 31), "Period": "July 2020", "Months covered": 1, "Value": 60.0, "Unit": "%",
        "Provisional": "No", "Target lower": 70.0, "Mean": pytest.approx(89.23, abs=0.01),
        "Lower limit": pytest.approx(84.39, abs=0.01), "Upper limit": pytest.approx(94.07, abs=0.01),
        "Signal": "below the lower limit", "Origin": "extract", "Extract": 1, "Recorded (UTC)": known,
    }  # fmt: skip
    assert (rows[26]["Value"], rows[26]["Symbol"], rows[26]["Symbol means"]) == (None, "x", "not available")
    assert [(row["Target lower"], row["Target upper"]) for row in rows[25:]] == [
        (12.0, 18.0),
        (12.0, 18.0),
        (None, 8.0),
    ]
    assert sheet.on_paper == 45
    assert (number_forms(sheet)[0], number_forms(sheet)[25], number_forms(sheet)[27]) == (
        (0, True),
        (1, False),
        (0, False),
    )


def test_a_running_total_has_no_target_of_a_month(pack: Snapshot) -> None:
    row = by_label(observations(invented.with_first(pack, accumulation="year_to_date")))[24]
    assert (row["Target lower"], row["Target upper"]) == (None, None)


def test_a_target_to_come_stands_beside_no_month_before_it(pack: Snapshot) -> None:
    (area,) = pack.service_areas
    caseload = area.measures[1]
    later = caseload.observations[1].model_copy(update={"period_end": date(2020, 9, 30), "value": 15.0})
    changed = caseload.model_copy(update={"observations": (caseload.observations[0], later)})
    areas = (area.model_copy(update={"measures": (changed,)}),)
    rows = by_label(observations(pack.model_copy(update={"service_areas": areas})))
    assert [(row["Target lower"], row["Target upper"]) for row in rows] == [(12.0, 18.0), (None, 16.0)]


def test_definitions_say_what_each_measure_counts(pack: Snapshot) -> None:
    assert cells(definitions(pack)) == [
        (
            "Visits in time", "Visits", "visits-in-time",
            "Increase visits in time", "Visits made in time, of those due.",
            "Higher is better", "%", "in the month", "monthly", "Data Team",
            "80% (not comparable: Counted otherwise); 85% (2018/19)", None, "from July 2019: A new team",
        ),
        (
            "Caseload", "Visits", "caseload", "Keep caseload", "Children for each worker.",
            "Lower is better", "average", "at the month's end", "monthly", "Data Team",
            None, "Workers were counted otherwise.", None,
        ),
        (
            "Days lost", "Visits", "absence", "Reduce days lost", "Days lost to sickness.",
            "Lower is better", "days", "in the month", "monthly", "Human Resources",
            None, None, None,
        ),
    ]  # fmt: skip
    bare = invented.with_first(pack, comparators={}, comparators_printed="Local", note="Ours")
    assert by_label(definitions(bare))[0]["Comparators as printed"] == "Local"
    assert by_label(definitions(bare))[0]["Note (ours)"] == "Ours"


def test_targets_are_listed_each_with_its_dates_and_who_agreed_it(pack: Snapshot) -> None:
    nothing = (None,) * 4
    assert cells(targets(pack)) == [
        (
            "Visits in time", "visits-in-time", "at least 70%", "70%", None, date(2021, 6, 30), "action date",
            "As agreed", "Improvement Board", "Fewer staff",
        ),
        ("Caseload", "caseload", "between 12 and 18", "12 to 18", None, None, *nothing),
        ("Caseload", "caseload", "less than 16", "under 16", date(2020, 9, 30), None, *nothing),
        ("Days lost", "absence", "at most 8 days", "8 days", None, date(2021, 3, 31), "plan", None, None, None),
    ]  # fmt: skip
    (target,) = pack.measures[0].targets
    national = invented.with_first(pack, targets=(target.model_copy(update={"basis": "national"}),))
    assert by_label(targets(national))[0]["Basis"] == "England"


def test_a_sheet_without_a_row_says_why(pack: Snapshot) -> None:
    (area,) = pack.service_areas
    nothing = tuple(measure.model_copy(update={"targets": (), "observations": ()}) for measure in area.measures)
    bare = pack.model_copy(update={"service_areas": (area.model_copy(update={"measures": nothing}),)})
    assert (targets(bare).rows, targets(bare).when_empty) == ((), "There are no targets.")
    assert (observations(bare).rows, observations(bare).when_empty) == ((), "There are no figures yet.")


def test_the_summary_counts_how_the_measures_of_an_area_stand(pack: Snapshot) -> None:
    sheet = summary(pack)
    assert by_label(sheet) == [
        {
            "Service area": "Visits", "Measures": 3, "Met": 2, "Close": 0, "Missed": 1, "No target": 0, "No figure": 0,
            "Not judged": 0, "Not applicable": 0, "On older figures": 2, "Exceptions": 1, "Figures owed": 2,
        }
    ]  # fmt: skip
    assert sheet.notes[2] == (
        "1 of 1 measures with limits signal a change this month; chance alone would give about 0.0."
    )


def test_each_mark_is_told_with_why(pack: Snapshot) -> None:
    row = by_label(data_quality(pack))[1]
    assert row == {
        "Measure": "Caseload", "Service area": "Visits", "Measure id": "caseload", "Supplied by": "Data Team",
        "Figures due": 2, "Figures that came": 1, "In words": "Plausible; not complete",
        "Complete": "No", "Complete: why": "1 of 2 figures due in the last 12 months is missing",
        "Timely": "Can't be judged", "Timely: why": "no due day is agreed",
        "Stable": "Can't be judged", "Stable: why": "fewer than 6 figures were sent again",
        "Plausible": "Yes", "Plausible: why": "no accepted warning is outstanding",
    }  # fmt: skip
    assert data_quality(pack).title == "Data quality over the 12 months to July 2020"


def test_who_needs_to_send_what_is_sorted_by_who_supplies_it(pack: Snapshot) -> None:
    (area,) = pack.service_areas
    due = OverdueFigure(period_end=date(2020, 6, 30), due_on=date(2020, 7, 20))
    visits, caseload, lost = area.measures
    asked_first = lost.model_copy(update={"supplied_by": "Audit", "owner": "Head of Service"})
    twice = caseload.model_copy(update={"owed": (*caseload.owed, due)})
    changed = area.model_copy(update={"measures": (visits, twice, asked_first)})
    board = pack.board.model_copy(update={"next_meeting": date(2020, 9, 20), "papers_due": date(2020, 9, 13)})
    sheet = overdue_sheet(pack.model_copy(update={"service_areas": (changed,), "board": board}))
    assert cells(sheet) == [
        ("Audit", "Days lost", "absence", "Visits", date(2020, 7, 31), None, "Head of Service"),
        ("Data Team", "Caseload", "caseload", "Visits", date(2020, 7, 31), None, None),
        ("Data Team", "Caseload", "caseload", "Visits", date(2020, 6, 30), date(2020, 7, 20), None),
    ]
    assert sheet.notes == (
        "Figures that were due in the last 12 months and are missing.",
        "The board meets next on 20 September 2020; papers are due on 13 September 2020.",
    )


def test_where_nothing_is_owed_the_sheet_says_so(pack: Snapshot) -> None:
    (area,) = pack.service_areas
    sent = area.model_copy(update={"measures": area.measures[:1]})
    sheet = overdue_sheet(pack.model_copy(update={"service_areas": (sent,)}))
    assert (sheet.rows, sheet.when_empty) == ((), "Nothing is owed: every figure that was due has come.")
    assert sheet.notes == ("Figures that were due in the last 12 months and are missing.",)


def test_commentary_stands_beside_its_measure_a_line_a_line(pack: Snapshot) -> None:
    comment = Commentary(
        what_happened=("Fewer visits.", "• two teams"), why=("Sickness.",), being_done=("Talks.", "Posts."),
        by_whom="Service Manager", by_when=date(2020, 10, 1), approved_by="Executive Director",
        approved_on=date(2020, 9, 10),
    )  # fmt: skip
    sheet = commentary(invented.with_first(pack, commentary=comment))
    assert by_label(sheet) == [
        {
            "Measure": "Visits in time", "Service area": "Visits", "Measure id": "visits-in-time", "Exception": "Yes",
            "What happened": "Fewer visits.\n• two teams", "Why": "Sickness.", "What is being done": "Talks.\nPosts.",
            "By whom": "Service Manager", "By when": date(2020, 10, 1), "Approved by": "Executive Director",
            "Approved on": date(2020, 9, 10),
        }
    ]  # fmt: skip
    assert [(column.kind, column.width) for column in sheet.columns] == [
        ("long", 44), ("text", 26), ("text", 34), ("text", 12), *[("long", 60)] * 3, ("long", 26), ("date", 20),
        ("long", 26), ("date", 20),
    ]  # fmt: skip
    assert (sheet.title, sheet.notes) == ("Commentary", ("What the service says of a measure, as it was approved.",))


def board_asked(**changes: Any) -> SnapshotDecision:
    given: dict[str, Any] = {
        "number": 7, "kind": "question", "month": date(2020, 6, 30), "service_area_id": "visits", "about": "Visits",
        "text": "Why so few?", "owner": "Head of Service", "due": date(2020, 9, 20), "open": True, "answers": (),
    }  # fmt: skip
    return SnapshotDecision(**given | changes)


def test_what_the_board_asked_is_a_row_with_its_answers(pack: Snapshot) -> None:
    decided = board_asked(
        number=8, kind="decision", measure_id="caseload", about="Caseload", open=False, answers=("Yes.", "Done.")
    )
    month, due = date(2020, 6, 30), date(2020, 9, 20)
    sheet = decisions(pack.model_copy(update={"asked": (board_asked(), decided)}))
    question_cells = ("Why so few?", "Head of Service", due)
    assert cells(sheet) == [
        (7, "Question", month, "Visits", None, *question_cells, "Yes", None),
        (8, "Decision", month, "Caseload", "caseload", *question_cells, "No", "Yes.\nDone."),
    ]
    assert [(column.label, column.kind, column.width) for column in sheet.columns] == [
        ("Number", "count", 10), ("Kind", "text", 12), ("Board's month", "date", 20), ("About", "long", 44),
        ("Measure id", "text", 34), ("What the board asked or decided", "long", 60), ("Who answers", "long", 26),
        ("By", "date", 20), ("Open", "text", 8), ("Answers", "long", 60),
    ]  # fmt: skip
    assert sheet.title == "What the board asked"
    assert sheet.notes == ("Questions and decisions that are open, and those answered since the board's last pack.",)


def test_published_figures_stand_in_their_columns_and_years_a_line_after_another(pack: Snapshot) -> None:
    compared = invented.BESIDE.model_copy(update={"years": YEARS, "funnel_words": "above most"})
    bare = invented.BESIDE.model_copy(update={"moved_words": "", "percent": True})
    published = pack.model_copy(update={"published": (compared, bare)})
    sheet = neighbours(published)
    assert cells(sheet)[0] == (
        "Sickness absence days per employee", "sickness-absence-days", "year to September 2019", 15.36, 8.13,
        "mean of 10 of 10, list of April 2021", "7.23 days worse than the neighbours", "widening", 11, 11, 147, 150,
        "above most", "Workforce, edition of 30/09/2025",
    )  # fmt: skip
    assert (cells(sheet)[1][7], cells(sheet)[1][12]) == (None, None)
    assert number_forms(sheet) == [(2, False), (2, True)]
    years = neighbours_years(published)
    named, measure_id = "Sickness absence days per employee", "sickness-absence-days"
    assert cells(years) == [
        (named, "Us", date(2018, 9, 30), 7.044, measure_id),
        (named, "Us", date(2019, 9, 30), 15.362, measure_id),
        (named, "All", date(2019, 9, 30), 9.876, measure_id),
    ]
    assert (number_forms(years), years.on_paper) == ([(2, False)] * 3, 45)
    assert neighbours_years(pack).when_empty == "This pack was taken without them."


def test_a_workbook_has_sheets_and_says_so_for_what_was_said_and_published_alone(pack: Snapshot) -> None:
    always = ["Read me", "Summary", "Measures", "Observations"]
    then = ["Revisions", "Data quality", "Owed", "Definitions", "Targets"]
    fuller = pack.model_copy(update={"asked": (board_asked(),), "published": (invented.BESIDE,)})
    for snapshot, more in ((pack, []), (fuller, ["Asked", "Neighbours", "Neighbours by year"])):
        sheets = all_sheets(snapshot, PackState(), "0" * 64)
        assert [sheet.name for sheet in sheets] == [*always, *more, *then]
        listed = [row.cells[0] for row in read_me(snapshot, PackState(), "0" * 64).rows]
        sheet_names = [str(item).removeprefix("Sheet ") for item in listed if str(item).startswith("Sheet ")]
        assert sheet_names == [*always[1:3], "Charts", "Observations", *more, *then]
