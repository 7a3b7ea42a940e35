"""The pack's data quality is the analysis', figure by figure; doubts stand beside exceptions; old packs are drawn."""

from __future__ import annotations

import hashlib
import io
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from pypdf import PdfReader

from scorecard.analysis.data_quality.completeness import MARK_RULES, MARKS, Completeness
from scorecard.catalogue.plan_figures import plan_observations
from scorecard.catalogue.read_boards import Meeting
from scorecard.pack.document.blocks import Bullets, Gallery, Heading, Section, Table, Text
from scorecard.pack.document.build import build_document
from scorecard.pack.document.data_quality import completeness_table, marks_summary, overdue_months, quality_section
from scorecard.pack.document.exceptions import exceptions_sections
from scorecard.pack.document.paper import ELSEWHERE, on_paper
from scorecard.pack.formats import FORMATS, export
from scorecard.pack.pdf.render import _set
from scorecard.pack.powerpoint.slides import plans
from scorecard.pack.snapshot.canonical_json import read_snapshot, snapshot_id
from scorecard.pack.snapshot.compare import compare_snapshots
from scorecard.pack.snapshot.measure import DataQuality, OverdueFigure, QualityMark, SnapshotMeasure
from scorecard.pack.snapshot.models import PackState, Snapshot, SnapshotArea
from tests.assessed import assess
from tests.pack import invented

OLD = Path(__file__).parents[2] / "fixtures" / "snapshot_1_0.json"
OLD_ID = "55b370d073c3e801d91531158f5db3a2aea87eaaea78c3e03e07b42b40cf361c"


def completeness_of(snapshot: Snapshot) -> Completeness:
    """What came, found anew from the observations."""
    known = invented.catalogue()
    plan = snapshot.reporting_month == known.plan.actuals
    return invented.completeness_of(assess(known, plan_observations(known) if plan else invented.history(revised=True)))


def none(value: Any) -> Any:
    return None if pd.isna(value) else value


def test_every_mark_count_and_word_is_that_of_the_analysis(snapshot: Snapshot) -> None:
    rows = completeness_of(snapshot).marks.set_index("measure_id")
    for measure in snapshot.measures:
        row, quality = rows.loc[measure.id], measure.quality
        assert quality is not None
        assert (measure.figures_received, measure.expected_figures) == (row["came"], row["due"])
        assert (quality.words, quality.why, quality.care) == tuple(row[["quality_words", "why_words", "care_words"]])
        assert tuple(quality.marks) == MARKS
        for name, mark in quality.marks.items():
            assert mark.holds == none(row[name]), (measure.id, name)
            assert mark.words == row[f"{name}_words"]


def test_every_missing_figure_is_kept_with_its_measure_latest_first(snapshot: Snapshot) -> None:
    owed = completeness_of(snapshot).owed
    owed_figures = [(measure.id, figure.period_end) for measure in snapshot.measures for figure in measure.owed]
    assert sorted(owed_figures) == sorted(zip(owed["measure_id"], owed["period_end"].dt.date, strict=True))
    for measure in snapshot.measures:
        months = [figure.period_end for figure in measure.owed]
        assert months == sorted(months, reverse=True)


def test_of_the_plans_figures_two_caseloads_are_missing() -> None:
    plan = invented.plan_snapshot()
    owing = {measure.id: [figure.period_end for figure in measure.owed] for measure in plan.measures if measure.owed}
    assert owing == {"caseload-pact": [date(2020, 7, 31)], "caseload-lac": [date(2020, 7, 31)]}
    (line,) = [item for block in marks_summary(plan) for item in block.items if item.startswith("Complete")]  # type: ignore[union-attr]
    assert "44 measures. 2 not complete: Caseload per social worker, PACT; Caseload per social worker, LAC" in line


CARE = "Read with care: its data are not complete."


def quality(**holds: bool | None) -> DataQuality:
    """A data quality whose marks hold as said, each with words of its own; complete where nothing is said."""
    known: dict[str, bool | None] = dict.fromkeys(MARKS, True) | holds
    marks = {mark: QualityMark(holds=value, words=f"why {mark} is {value}") for mark, value in known.items()}
    return DataQuality(**marks, words="In words", why="Why", care=CARE if known["complete"] is False else "")


def with_quality(*each: DataQuality | None) -> Snapshot:
    """The small snapshot, its first measures with the data quality given, all others complete in every way."""
    plan = invented.small_snapshot()
    (area,) = plan.service_areas
    given = [*each, *[quality()] * (len(area.measures) - len(each))]
    measures = tuple(
        measure.model_copy(update={"quality": it}) for measure, it in zip(area.measures, given, strict=True)
    )
    return plan.model_copy(update={"service_areas": (area.model_copy(update={"measures": measures}),)})


UNKNOWN = quality(timely=None)
NAMES = [measure.name for measure in invented.catalogue().service_areas[0].measures]


@pytest.mark.parametrize(
    ("each", "mark", "expected"),
    [
        ((), "timely", "all 7 measures"),
        ((quality(timely=False),), "timely", f"6 measures. 1 not timely: {NAMES[0]}"),
        ((UNKNOWN,), "timely", "6 measures. 1 can't be judged"),
        ((UNKNOWN,) * 7, "timely", "can't be judged for any measure, for why timely is None"),
        (
            (quality(stable=False),) * 7,
            "stable",
            f"0 measures. 7 not stable: {'; '.join(NAMES[:6])}; and 1 more, on the web page and in the workbook",
        ),
    ],
)
def test_the_marks_are_summed_up_in_words_with_their_thresholds(
    each: tuple[DataQuality, ...], mark: str, expected: str
) -> None:
    (listed,) = marks_summary(with_quality(*each))
    assert isinstance(listed, Bullets)
    assert f"{mark.capitalize()} ({MARK_RULES[mark]}): {expected}." in listed.items


@pytest.mark.parametrize("doubtful", range(1, 8))
def test_the_half_page_names_those_to_read_with_care_and_counts_only_those_it_leaves_out(doubtful: int) -> None:
    shorter = quality_section(with_quality(*[quality(complete=False)] * doubtful)).shorter
    (care,) = [block.text for block in shorter if isinstance(block, Text) and block.text.startswith("To read with")]
    of = int(care.split("(")[1].split(")")[0])
    named = sum(name in care for name in NAMES)
    assert of >= doubtful
    assert care.endswith("." if named == of else f"; and {of - named} more, {ELSEWHERE}."), care
    assert ("more" in care) is (named < of)


@pytest.mark.parametrize(("given", "shown"), [(quality(), False), (quality(complete=False), True), (None, False)])
def test_an_exception_says_beside_its_figures_that_they_are_read_with_care(
    given: DataQuality | None, shown: bool
) -> None:
    position = next(at for at, measure in enumerate(invented.small_snapshot().measures) if measure.judgement.exception)
    snapshot = with_quality(*[quality()] * position, given)
    (section,) = exceptions_sections(snapshot)
    (gallery,) = blocks_of(section, Gallery)
    assert (CARE in str(gallery.items[0])) == shown
    slide = next(plan for plan in plans(snapshot, "0" * 64, PackState()) if plan.title.startswith("Exception 1"))
    assert (CARE in str(slide.parts)) == shown


def blocks_of(section: Section, kind: type[Any]) -> list[Any]:
    return [block for block in section.blocks if isinstance(block, kind)]


def owing(*months: date) -> SnapshotMeasure:
    owed = tuple(OverdueFigure(period_end=month, due_on=None) for month in months)
    return invented.small_snapshot().measures[0].model_copy(update={"owed": owed})


@pytest.mark.parametrize(
    ("months", "expected"),
    [
        ([date(2020, 7, 31)], "July 2020"),
        ([date(2020, 7, 31), date(2020, 5, 31)], "May 2020, July 2020"),
        (
            [date(2020, 7, 31), date(2020, 6, 30), date(2020, 5, 31), date(2020, 1, 31)],
            "January 2020 to July 2020, 4 figures",
        ),
    ],
)
def test_missing_months_are_named_where_they_are_few(months: list[date], expected: str) -> None:
    assert overdue_months(owing(*months)) == expected


def test_who_owes_what_stands_by_source_with_the_meeting_it_is_for() -> None:
    meeting = Meeting(date=date(2020, 9, 15), papers_due=date(2020, 9, 8))
    assessment = assess(invented.catalogue(), plan_observations(invented.catalogue()))
    board = invented.board().model_copy(update={"meetings": (meeting,)})
    section = quality_section(invented.snapshot_of(assessment, board=board, with_charts=False))
    (table,) = [block for block in blocks_of(section, Table) if block.caption.startswith("Missing figures")]
    assert [(row[0].text, row[1].text, row[4].text) for row in table.rows] == [
        ("Case management system", "Caseload per social worker, PACT", "July 2020"),
        ("Case management system", "Caseload per social worker, LAC", "July 2020"),
    ]
    page_text = " ".join(block.text for block in blocks_of(section, Text))
    assert "The board meets next on 15 September 2020; papers are due on 8 September 2020." in page_text


def test_nothing_owed_is_said_in_words() -> None:
    plan = invented.small_snapshot()
    (area,) = plan.service_areas
    paid = area.model_copy(
        update={"measures": tuple(measure.model_copy(update={"owed": ()}) for measure in area.measures)}
    )
    section = quality_section(plan.model_copy(update={"service_areas": (paid,)}))
    assert "Nothing is owed: every figure that was due has come." in [text.text for text in blocks_of(section, Text)]


def test_a_snapshot_of_the_first_pack_version_still_reads_and_is_drawn() -> None:
    content = OLD.read_bytes()
    assert hashlib.sha256(content).hexdigest() == snapshot_id(content) == OLD_ID
    assert b'"quality":' not in content
    old = read_snapshot(content)
    assert old.pack_version == "1.0"
    assert all(measure.quality is None and measure.owed == () for measure in old.measures)
    for name in FORMATS:
        drawn = export(content, name)
        assert drawn
        assert export(content, name) == drawn
    printed = invented.squeezed(
        " ".join(page.extract_text() for page in PdfReader(io.BytesIO(export(content, "pdf"))).pages)
    )
    assert invented.squeezed("Over the last 12 months 5 of 7 figures came.") in printed
    assert invented.squeezed("2 figures are owed") in printed


def test_of_an_old_snapshot_nothing_is_said_that_it_did_not_keep() -> None:
    old = read_snapshot(OLD.read_bytes())
    table = completeness_table(old)
    assert "Data quality" not in [column.label for column in table.columns]
    anchors = [heading.anchor for heading in blocks_of(quality_section(old), Heading)]
    assert anchors == ["care", "owed-by-source", "extracts"]
    assert "Read with care" not in str(build_document(old, OLD_ID, PackState()))


def test_an_old_snapshot_can_be_compared_with_a_new_one() -> None:
    assessment = assess(invented.catalogue(), plan_observations(invented.catalogue()))
    new = invented.snapshot_of(assessment, areas=["leadership-and-stability"], previous=OLD.read_bytes())
    assert new.changes == compare_snapshots(OLD.read_bytes(), new)
    assert new.changes is not None
    (methods,) = new.changes.rules  # the methods are newer than the snapshot, and that altered nothing
    assert (methods.measure, methods.altered) == ("All measures", ())
    assert new.changes.model_copy(update={"rules": ()}).nothing
    assert new.changes.old.id == OLD_ID


def test_the_pack_has_a_data_quality_column_and_its_reasons(snapshot: Snapshot) -> None:
    table = completeness_table(snapshot)
    position = [column.label for column in table.columns].index("Data quality")
    for measure, row in zip(snapshot.measures, table.rows, strict=True):
        assert measure.quality is not None
        assert row[0].text == measure.name
        assert row[position].text == measure.quality.words
        assert row[position].note == measure.quality.why


@pytest.mark.parametrize("longest", [20, 150])
def test_data_quality_takes_a_page_at_most_and_says_where_the_rest_is(longest: int) -> None:
    bad = DataQuality(**{mark: QualityMark(holds=False, words="why") for mark in MARKS}, words="in", why="w", care=CARE)
    owing = (OverdueFigure(period_end=date(2020, 7, 31)),) * 3

    def named(area: SnapshotArea) -> SnapshotArea:
        given = {"quality": bad, "owed": owing, "figures_owed": 3, "supplied_by": "Case management " * 4}
        each = [
            measure.model_copy(update=given | {"name": f"{measure.name} {'of them ' * 20}"[:longest]})
            for measure in area.measures
        ]
        return area.model_copy(update={"measures": tuple(each)})

    plan = invented.plan_snapshot()
    plan = plan.model_copy(update={"service_areas": tuple(map(named, plan.service_areas))})
    section = replace(quality_section(plan), starts="on a page")
    document = on_paper(replace(build_document(plan, OLD_ID, PackState()), cover=(), sections=(section,)))
    pages = PdfReader(io.BytesIO(_set(document, plan.as_known_at)[0])).pages
    assert len(pages) == 2, "the cover, and the page"
    texts = [str(blocks) for blocks in (document.sections[0].blocks, document.sections[0].shorter)]
    assert texts[0].count(ELSEWHERE) == 4 + 2, "in each mark's line and below each table"
    assert texts[1].count(ELSEWHERE) == 4 + 2, "in each mark's line, in the sentence of care and below the table"
