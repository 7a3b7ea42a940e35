"""The workbook's sheets in their order, one table a sheet; and the first of them: Read me, Summary, Measures."""

from __future__ import annotations

from dataclasses import replace

from scorecard.core.numbers import NO_FIGURE, SYMBOL_WORDS, UNIT_WORDS
from scorecard.core.periods import month_words, period_words
from scorecard.core.vocabulary import NOT_JUDGED, NOT_SHOWN, STATUS_WORDS, variation_words
from scorecard.pack.document import front_page
from scorecard.pack.document.neighbours import NOTE as NEIGHBOURS_NOTE
from scorecard.pack.document.service_areas import LAST_YEAR, assurance_of, status_of
from scorecard.pack.excel.commentary_and_decisions import commentary_and_decision_sheets, read_me_rows
from scorecard.pack.excel.data_quality import data_quality, overdue_sheet
from scorecard.pack.excel.observations import observations
from scorecard.pack.excel.registers import definitions, neighbours, neighbours_years, revisions, targets
from scorecard.pack.excel.sheet import (
    BLANKS,
    MEASURE_ID,
    MEASURE_WRAPPED,
    SERVICE_AREA,
    Row,
    Sheet,
    SheetColumn,
    printed_columns_first,
    yes,
)
from scorecard.pack.snapshot.measure import SnapshotMeasure
from scorecard.pack.snapshot.models import PackState, Snapshot, SnapshotArea


def all_sheets(snapshot: Snapshot, state: PackState, snapshot_id: str) -> tuple[Sheet, ...]:
    """The sheets in their order; the charts stand between Measures and Observations."""
    sheets = (
        read_me(snapshot, state, snapshot_id),
        summary(snapshot),
        measures(snapshot),
        observations(snapshot),
        *commentary_and_decision_sheets(snapshot),
        *([neighbours(snapshot), neighbours_years(snapshot)] if snapshot.published else []),
        revisions(snapshot.changes),
        data_quality(snapshot),
        overdue_sheet(snapshot),
        definitions(snapshot),
        targets(snapshot),
    )
    return tuple(map(printed_columns_first, sheets))


def read_me(snapshot: Snapshot, state: PackState, snapshot_id: str) -> Sheet:
    """What this file is, and how to read it."""
    neighbours_rows = (
        ("Sheet Neighbours", NEIGHBOURS_NOTE),
        (
            "Sheet Neighbours by year",
            "A row a published figure: ours, the neighbours', the region's, England's.",
        ),
    )
    rows = [(fact.label, fact.words) for fact in front_page.facts(snapshot, state, snapshot_id)]
    rows += [
        ("Marking", snapshot.board.marking),
        ("Sheet Summary", "How many measures of each service area are met, close and missed."),
        (
            "Sheet Measures",
            "A row a measure: its figures, target, status, variation and assurance in the reporting month.",
        ),
        ("Sheet Charts", "A chart a measure, drawn from the sheet Observations."),
        ("Sheet Observations", "Every figure behind every chart, with its symbol, its origin and its extract."),
        *read_me_rows(snapshot),
        *(neighbours_rows if snapshot.published else ()),
        ("Sheet Revisions", "All that reads otherwise than in this board's last approved snapshot, and why."),
        ("Sheet Data quality", "Whether each measure is complete, timely, stable and plausible, each mark with why."),
        ("Sheet Owed", "Every figure that was due and is missing, by who supplies it."),
        ("Sheet Definitions", "The plan's wording, and what each measure counts."),
        ("Sheet Targets", "Every target: from when, by when, agreed by whom."),
        ("On paper", "Measure ids, long sentences and columns with nothing in them are in the file only."),
        ("Percentages", "Percentages are written as numbers from 0 to 100."),
        ("Distance", "A distance to target is in the measure's own unit; positive is good."),
    ]
    rows += [(f"Symbol [{code}]" if code != ":" else "Symbol :", meaning) for code, meaning in SYMBOL_WORDS.items()]
    return Sheet(
        "Read me",
        f"Measures that matter: {month_words(snapshot.reporting_month)}, {front_page.subject(snapshot, state)}",
        front_page.warnings(snapshot, state),
        (SheetColumn("Item", width=24), SheetColumn("Detail", "long", 100)),
        tuple(Row(row) for row in rows),
    )


def summary(snapshot: Snapshot) -> Sheet:
    """A row a service area."""
    names = (
        "measures",
        "met",
        "close",
        "missed",
        "no_target",
        "no_data",
        "no_status",
        "not_applicable",
        "judged_by_older",
        "exceptions",
        "owed",
    )
    labels = (
        "Measures",
        *STATUS_WORDS.values(),
        NOT_JUDGED,
        "Not applicable",
        "On older figures",
        "Exceptions",
        "Figures owed",
    )
    counted = snapshot.signals
    chance = (
        f"{counted.signalling} of {counted.with_limits} measures with limits signal a change this month; chance alone"
    )
    return Sheet(
        "Summary",
        f"Summary by service area, {month_words(snapshot.reporting_month)}",
        (
            "A number and a rate of the same thing are counted once.",
            "Met, close and missed are by the latest figure: 'On older figures' counts those of an earlier month.",
            f"{chance} would give about {counted.expected_by_chance:.1f}.",
        ),
        (replace(SERVICE_AREA, width=34), *(SheetColumn(label, "count", 13) for label in labels)),
        tuple(Row((area.name, *(getattr(area.counts, name) for name in names))) for area in snapshot.service_areas),
    )


def measures(snapshot: Snapshot) -> Sheet:
    """A row a measure; without the plan's own figures where they are of a later month than the pack."""
    plan_month, of_the_plan = month_words(snapshot.plan.actuals), snapshot.plan.actuals <= snapshot.reporting_month
    columns = (
        MEASURE_WRAPPED,
        SERVICE_AREA,
        MEASURE_ID,
        SheetColumn("Unit", width=12),
        SheetColumn("Baseline", "number"),
        SheetColumn("Baseline as printed", "long", 22),
        *(
            (SheetColumn(f"{plan_month} in the plan", "number"), SheetColumn(f"{plan_month} as printed", "long", 22))
            if of_the_plan
            else ()
        ),
        SheetColumn("Latest", "number"),
        SheetColumn("Latest period", width=22),
        SheetColumn("Provisional", width=12),
        SheetColumn(LAST_YEAR, "number"),
        SheetColumn("Target", width=22),
        SheetColumn("Target lower", "number", 12),
        SheetColumn("Target upper", "number", 12),
        SheetColumn("Distance to target", "number", 12),
        SheetColumn("Status", width=12),
        SheetColumn("Variation", width=20),
        SheetColumn("Assurance", width=20),
        SheetColumn("Exception", width=12),
        SheetColumn("Overdue", width=12),
        SheetColumn("Data quality", "long", 36),
        SheetColumn("Statistical neighbours", "number"),
        SheetColumn("Region", "number"),
        SheetColumn("England", "number"),
        SheetColumn("In words", "long", 120, printed=False),
        SheetColumn("Why the board must hear of it", "long", 160, printed=False),
    )
    rows = tuple(
        _measure_row(area, measure, of_the_plan) for area in snapshot.service_areas for measure in area.measures
    )
    title = f"Measures, {month_words(snapshot.reporting_month)}"
    return Sheet(
        "Measures",
        title,
        (
            BLANKS,
            "A comparator that is not comparable is left out; Definitions say why. Paper ends with England's.",
        ),
        columns,
        rows,
    )


def _measure_row(area: SnapshotArea, measure: SnapshotMeasure, of_the_plan: bool) -> Row:
    judged, actual = measure.judgement, measure.july_2020
    compared = {kind: known.value for kind, known in measure.comparators.items() if known.comparable}
    return Row(
        (
            measure.name,
            area.name,
            measure.id,
            UNIT_WORDS[measure.unit],
            measure.baseline.value if measure.baseline else None,
            measure.baseline.printed if measure.baseline else None,
            *((actual.value if actual else None, actual.printed if actual else None) if of_the_plan else ()),
            judged.value,
            period_words(judged.period_end, judged.months) if judged.period_end else None,
            yes(judged.provisional),
            judged.last_year,
            judged.target_words,
            judged.target_lower,
            judged.target_upper,
            judged.distance,
            status_of(measure),
            variation_words(judged.variation, measure.level),
            NOT_SHOWN if (assurance := assurance_of(measure)) == NO_FIGURE else assurance,
            yes(judged.exception),
            yes(judged.overdue),
            measure.quality.words if measure.quality else None,
            compared.get("statistical_neighbour"),
            compared.get("regional"),
            compared.get("national"),
            judged.sentence,
            judged.exception_words,
        ),
        measure.decimals,
        measure.unit == "percent",
    )
