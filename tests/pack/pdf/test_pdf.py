"""The PDF says what the snapshot says, figure by figure, on as few pages as it should."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pypdf
import pytest

from scorecard.core.numbers import NO_FIGURE, figure_words, number_words
from scorecard.core.periods import month_words, period_words
from scorecard.core.vocabulary import STATUS_WORDS
from scorecard.pack.document.asks import asks_of
from scorecard.pack.document.attention import exceptions_by_weight, lists
from scorecard.pack.document.blocks import Cell, Column, Table
from scorecard.pack.document.build import build_cover
from scorecard.pack.document.words import area_sentence
from scorecard.pack.errors import PackError
from scorecard.pack.pdf.glyphs import in_print
from scorecard.pack.pdf.render import _set, pdf
from scorecard.pack.snapshot.measure import SnapshotMeasure
from scorecard.pack.snapshot.models import PackState, Snapshot, SnapshotArea
from scorecard.pack.snapshot.take import canonical_json, snapshot_id
from tests.pack import invented
from tests.pack.invented import pages_of, squeezed

APPROVED = PackState(
    state="approved", role="Executive Director", who="A. Analyst", when=datetime(2020, 9, 3, 8, 0, tzinfo=UTC)
)

FOOT = 45.0  # points that head and foot take


@pytest.fixture(scope="session")
def pages(pdf_bytes: bytes) -> list[str]:
    return pages_of(pdf_bytes)


@pytest.fixture(scope="session")
def whole(pages: list[str]) -> str:
    return squeezed(" ".join(pages))


@pytest.fixture(scope="session")
def reader(pdf_bytes: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(pdf_bytes))


def figures_of(measure: SnapshotMeasure) -> list[str]:
    """The figures of a measure's row that stand side by side, from the snapshot alone."""
    judged = measure.judgement
    row = [figure_words(judged.value, measure.unit, measure.decimals)]
    row.append(judged.target_words or NO_FIGURE)
    row.append(number_words(judged.distance, measure.decimals, signed=True))
    return row


def a_year_before(measure: SnapshotMeasure) -> str:
    """The figure of the same month a year before the latest: a column, where any measure of the area has one."""
    end = measure.judgement.period_end
    before = [
        observation
        for observation in measure.observations
        if end and end.replace(day=1) == observation.period_end.replace(day=1, year=observation.period_end.year + 1)
    ]
    return measure.words_of(before[-1]) if before else NO_FIGURE


def test_every_measures_row_has_the_snapshots_figures(snapshot: Snapshot, whole: str) -> None:
    for measure in snapshot.measures:
        figures = [re.escape(squeezed(figure)) for figure in figures_of(measure)]
        status = measure.judgement.status
        none = (
            "Nofigure"
            if measure.judgement.value is None
            else "Monitored"
            if measure.polarity == "monitor"
            else "Notjudged"
        )
        status_words = STATUS_WORDS[status] if status else none
        status_words = "Not applicable" if measure.stands == "not_applicable" else status_words
        note = r"[A-Za-z0-9, ]{0,60}?"
        row = note.join(figures) + f"(?:{re.escape(squeezed(a_year_before(measure)))})?" + squeezed(status_words)
        pattern = re.escape(squeezed(in_print(measure.name))) + r".{0,120}?" + row
        assert re.search(pattern, whole), (measure.id, pattern)


def test_baseline_and_july_2020_and_comparators_stand_in_the_row(snapshot: Snapshot, whole: str) -> None:
    for area in snapshot.service_areas:
        for measure in area.measures:
            start = re.escape(squeezed(measure.name)) + r"(days|per10,000|per1,000)?,?(over12months|sinceApril)?"
            cells = [
                NO_FIGURE
                if figure is None
                else figure_words(figure.value, measure.unit, measure.decimals)
                if figure.value is not None
                else figure.printed
                if len(figure.printed) <= 15
                else "in words"
                for name in ("baseline", "july_2020")
                for figure in [getattr(measure, name)]
                if any(getattr(measure, name) is not None for measure in area.measures)
            ]
            assert re.search(start + "".join(re.escape(squeezed(cell)) for cell in cells), whole), measure.id
            for comparator in measure.comparators.values():
                if comparator.value is not None:
                    assert squeezed(figure_words(comparator.value, measure.unit, measure.decimals)) in whole


def test_the_last_months_stand_in_the_row(whole: str) -> None:
    for measure in invented.long_snapshot().measures:
        if squeezed("June 2022") not in whole:
            pytest.skip("the plan's pack has one month")
        known = {figure.period_end: measure.words_of(figure) for figure in measure.observations}
        last = [known.get(month, NO_FIGURE) for month in sorted({*known})[-3:-1]]
        if measure.id != "agency-workers":
            assert squeezed("".join(last)) in whole, measure.id


def test_every_exception_and_sentence_is_there_word_for_word(snapshot: Snapshot, whole: str) -> None:
    for measure in snapshot.measures:
        if measure.judgement.exception_words:
            assert squeezed(measure.judgement.exception_words.removeprefix(f"{measure.name}: ")[1:]) in whole
    for area in snapshot.service_areas:
        assert squeezed(area_sentence(area, snapshot.reporting_month)) in whole


def test_the_cover_says_what_is_asked_and_the_second_page_where_we_stand(snapshot: Snapshot, pages: list[str]) -> None:
    cover, second = (" ".join(page.split()) for page in pages[:2])
    assert snapshot_id(canonical_json(snapshot)) not in squeezed(cover)
    for name, lines in zip(("Alert", "Advise", "Assure"), lists(snapshot), strict=True):
        assert f"{name}: {len(lines)}" in cover
    for ask in asks_of(snapshot):
        assert squeezed(f"{ask.verb} {ask.words}") in squeezed(cover)
    assert second.count("Where we stand: the whole service") == 1
    for measure in snapshot.measures:
        if measure.judgement.variation is not None:
            assert squeezed(in_print(measure.name)) in squeezed(second), measure.id
    assert ("chance alone would give" in second) == bool(snapshot.signals.with_limits)
    assert ("No measure may show limits yet" in second) != bool(snapshot.signals.with_limits)


def test_every_exception_is_in_the_table_by_weight_and_none_is_hidden(snapshot: Snapshot, whole: str) -> None:
    for measure in exceptions_by_weight(snapshot):
        row = measure.judgement
        cells = (measure.name, row.value_words, row.target_words, row.distance_words)
        assert squeezed(in_print("".join(filter(None, cells)))) in whole.replace("Newsincethelastboard", ""), measure.id
    missed = [
        measure.name
        for measure in snapshot.measures
        if measure.judgement.status == "missed" and not measure.judgement.exception
    ]
    listed = whole.partition(squeezed(f"Missed, but no exception ({len(missed)}):"))[2]
    names = re.sub(r"\((newly|due|worsening)[^)]*\)", "", listed.partition("Whatchanged")[0])
    assert names.startswith(squeezed("; ".join(missed))), names


def test_every_area_is_counted_in_the_table_of_areas(snapshot: Snapshot, whole: str) -> None:
    for area in snapshot.service_areas:
        counts = area.counts
        numbers = f"{counts.met}{counts.close}{counts.missed}{counts.not_judged}{counts.exceptions}{counts.owed}"
        assert squeezed(area.name) + numbers in whole, area.id


def holding(pages: list[str], *texts: str) -> list[int]:
    """The numbers of the pages that hold all of the texts."""
    wanted = [squeezed(in_print(text)) for text in texts]
    return [number for number, page in enumerate(map(squeezed, pages)) if all(text in page for text in wanted)]


def ends_at(page: pypdf.PageObject) -> float:
    """How far down a page its text goes, as a share of the room between head and foot."""
    low = [float(page.mediabox.height)]

    def look(text: str, frame: list[float], text_matrix: list[float], *_: Any) -> None:
        at = text_matrix[5] * frame[3] + frame[5]
        if text.strip() and at > FOOT:
            low.append(at)

    page.extract_text(visitor_text=look)
    top = float(page.mediabox.height) - FOOT
    return (top - min(low)) / (top - FOOT)


def test_a_whole_pack_takes_at_most_20_pages_and_none_but_the_last_is_under_half_full(
    snapshot: Snapshot, reader: pypdf.PdfReader
) -> None:
    filled = [ends_at(page) for page in reader.pages]
    assert all(share > 0.5 for share in filled[1:-1]), [round(share, 2) for share in filled]
    assert len(filled) <= 20 + max(0, snapshot.totals.exceptions - 9) // 3  # three more stand on a page


def test_a_short_pack_takes_at_most_six_pages() -> None:
    for snapshot in (invented.plan_snapshot(), invented.long_snapshot()):
        pages = pages_of(pdf(canonical_json(snapshot.model_copy(update={"length": "short"}))))
        assert len(pages) <= 6
        assert not holding(pages, "Service areas", "Distance is in the measure's own unit")


def test_a_measure_without_any_figure_has_a_line_instead_of_an_empty_chart(
    snapshot: Snapshot, pages: list[str]
) -> None:
    for measure in snapshot.measures:
        if all(row.value is None for row in measure.observations):
            assert holding(pages, measure.name, f"{measure.trend.title}."), measure.id


def test_no_page_ends_with_a_heading(snapshot: Snapshot, pages: list[str]) -> None:
    headings = {"Service areas", *(area.name for area in snapshot.service_areas)}
    headings |= {measure.name for measure in snapshot.measures}
    for page in pages[2:]:
        body = [line for line in page.splitlines() if line.strip() and not line.startswith(("Snapshot ", "Page "))]
        assert body[-1] not in headings


def test_the_cover_says_why_it_counts_fewer_measures(snapshot: Snapshot, pages: list[str]) -> None:
    pairs = {frozenset((measure.id, measure.pair)) for measure in snapshot.measures if measure.pair}
    assert snapshot.totals.measures == len(snapshot.measures) - len(pairs)
    assert f"A number and a rate of the same thing count as one ({len(pairs)} such)." in " ".join(pages[0].split())


def test_revisions_stand_old_to_new(pages: list[str], snapshot: Snapshot) -> None:
    text = squeezed(" ".join(pages))
    if snapshot.changes is None:
        assert squeezed("no earlier approved snapshot") in text
        return
    for change in snapshot.changes.revised:
        period = period_words(change.period_end, change.months)
        row = f"{change.measure}{change.service_area}{period}{change.old_words}{change.new_words}"
        assert squeezed(row) in text


def test_the_contents_at_the_back_name_every_service_area_and_lead_there(
    snapshot: Snapshot, reader: pypdf.PdfReader, pages: list[str]
) -> None:
    assert all(squeezed(area.name) in squeezed(pages[-1]) for area in snapshot.service_areas)
    assert any(link.get_object()["/Subtype"] == "/Link" for link in reader.pages[-1]["/Annots"])


def test_every_page_has_marking_board_month_state_id_and_number(
    content: bytes, snapshot: Snapshot, pages: list[str]
) -> None:
    for number, page in enumerate(pages, 1):
        text = squeezed(page)
        assert "OFFICIAL-SENSITIVE" in text
        month = month_words(snapshot.reporting_month)
        assert squeezed(f"{snapshot.board.title} · {month} · DRAFT: not approved") in text
        assert snapshot_id(content)[:12] in text
        assert squeezed(f"Page {number} of {len(pages)}") in text
        assert ("Demonstration data" in page) == snapshot.demonstration
        assert page.count("DRAFT") == 3 if number in (1, len(pages)) else page.count("DRAFT") == 2


def test_the_back_names_moment_and_whole_id(content: bytes, snapshot: Snapshot, pages: list[str]) -> None:
    assert snapshot_id(content) in squeezed(pages[-1])
    assert squeezed(snapshot.catalogue_sha256) in squeezed(pages[-1])
    day = snapshot.as_known_at
    assert f"{day.day} {month_words(day)}, {day:%H:%M} UTC" in pages[-1]


def small(state: PackState) -> list[str]:
    return pages_of(pdf(canonical_json(invented.small_snapshot()), state))


def test_an_approved_pack_says_by_which_role_and_has_no_watermark() -> None:
    pages = small(APPROVED)
    assert "Approved by the Executive Director on 3 September 2020, 08:00 UTC" in pages[0]
    assert not any("DRAFT" in page for page in pages)


def test_page_one_says_so_if_the_one_who_approved_sent_the_figures() -> None:
    assert "also sent figures" in small(APPROVED)[0]
    assert "also sent figures" not in small(APPROVED.model_copy(update={"who": "Z. Other"}))[0]


def test_a_superseded_pack_says_why_across_every_page() -> None:
    pages = small(PackState(state="superseded", superseded_by="ab" * 32, reason="A wrong figure."))
    assert "SUPERSEDED by snapshot abababababab. Reason: A wrong figure." in " ".join(pages[0].split())
    assert all("SUPERSEDED" in page for page in pages)


def test_a_working_copy_says_so_on_every_page() -> None:
    assert all("WORKING COPY" in page for page in small(PackState(state="working_copy")))


def test_the_first_page_of_a_working_copy_which_is_its_picture_has_how_the_measures_stand() -> None:
    plain = invented.plan_snapshot().model_copy(update={"with_charts": False})
    pages = pages_of(pdf(canonical_json(plain), PackState(state="working_copy")))
    assert "Where we stand" in pages[0]
    assert "Exceptions by weight" in pages[0]


def test_text_that_means_something_to_typst_comes_out_literally() -> None:
    text = squeezed(" ".join(pages_of(pdf(canonical_json(invented.hostile_snapshot())))))
    assert text.count(squeezed(invented.HOSTILE)) >= 5
    assert "OFFICIAL&SENSITIVE" in text


def with_long_names(area: SnapshotArea) -> SnapshotArea:
    more = {"exception": True, "exception_words": "It is missed.", "disagreement": "missed, but improving"}
    measures = tuple(
        measure.model_copy(
            update={
                "name": f"{measure.name}, with a long name that goes on 儿童保护计划的 and on over the line",
                "judgement": measure.judgement.model_copy(update=more),
            }
        )
        for measure in area.measures
    )
    return area.model_copy(update={"measures": measures})


def test_long_names_and_many_exceptions_leave_the_cover_one_page() -> None:
    long = invented.long_snapshot()
    areas = tuple(with_long_names(area) for area in long.service_areas)
    made = pdf(canonical_json(long.model_copy(update={"service_areas": areas, "with_charts": False})), APPROVED)
    pages = pages_of(made)
    assert "more, on the next page" in " ".join(pages[0].split())
    assert "Assure: 7" in pages[0]
    assert "Where we stand" in pages[1]


def test_a_cell_of_more_names_than_a_page_holds_hides_none() -> None:
    names = tuple(f"Measure number {number}" for number in range(1, 1501))
    document = build_cover(invented.small_snapshot(), "ab" * 32, APPROVED, {})
    grid = Table("Names", (Column("Variation", 1), Column("Measures", 2)), ((Cell("None"), Cell("", items=names)),))
    (made,) = _set(replace(document, cover=(grid,)), invented.KNOWN_AT)
    pages = pages_of(made)
    assert len(pages) > 3, "so many names need more pages: what stands beyond a page's foot is read by nobody"
    assert "1500" in pages[-1]


def test_what_is_no_snapshot_is_refused() -> None:
    with pytest.raises(PackError):
        pdf(b"{}")
