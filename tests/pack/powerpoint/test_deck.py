"""The deck says what its snapshot says, figure by figure, and reads well without eyes."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, timedelta
from typing import Any

import pytest
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.oxml.ns import qn

from scorecard.charts.model.models import TrendChart
from scorecard.core.numbers import number_words
from scorecard.core.vocabulary import STATUS_WORDS
from scorecard.pack.document.asks import asks_of
from scorecard.pack.document.attention import exceptions_by_weight, is_new, lists
from scorecard.pack.document.exceptions import advice
from scorecard.pack.document.service_areas import area_table, latest_words
from scorecard.pack.powerpoint.from_blocks import SYMBOLS
from scorecard.pack.powerpoint.render import deck
from scorecard.pack.powerpoint.slides import ABOUT, SHOWN, plans
from scorecard.pack.snapshot.changes import ChangedRules, Comparison, PackRef, RuleChange
from scorecard.pack.snapshot.models import PackState
from tests.conftest import WHEN
from tests.pack import invented
from tests.pack.decks import (
    APPROVED,
    Made,
    cached,
    charts_of,
    hostile_deck,
    long_deck,
    notes_of,
    plan_deck,
    short_content,
    slides_under,
    tables_of,
    texts_of,
    title_of,
    whole_table,
    workbook_rows,
)

DECKS = {"plan": plan_deck, "long": long_deck, "hostile": hostile_deck}


@pytest.fixture(params=DECKS, scope="module")
def made_deck(request: Any) -> Made:
    return DECKS[request.param]()


@pytest.fixture(params=["plan", "long"], scope="module")
def usual(request: Any) -> Made:
    return DECKS[request.param]()


# ---- for readers, of whatever kind


def test_every_slide_has_a_title_of_its_own(made_deck: Made) -> None:
    titles = [title_of(slide) for slide in made_deck.slides()]
    assert all(titles)
    assert len(set(titles)) == len(titles)


def test_every_slide_has_notes_that_name_source_and_snapshot(made_deck: Made) -> None:
    for slide in made_deck.slides():
        assert "Source:" in notes_of(slide)
        assert f"Snapshot {made_deck.snapshot_id}" in notes_of(slide)


def test_every_table_and_chart_is_said_in_words(made_deck: Made) -> None:
    frames = [shape for slide in made_deck.slides() for shape in slide.shapes if shape.has_table or shape.has_chart]
    assert frames
    assert all(frame._element.nvGraphicFramePr.cNvPr.get("descr") for frame in frames)
    assert not any(shape.shape_type == 13 for slide in made_deck.slides() for shape in slide.shapes)  # no pictures


def test_no_placeholder_is_left_empty(made_deck: Made) -> None:
    for slide in made_deck.slides():
        assert all(shape.text_frame.text for shape in slide.placeholders)
        body = [placeholder for placeholder in slide.notes_slide.placeholders if placeholder.has_text_frame]
        assert all(
            placeholder.text_frame.text
            for placeholder in body
            if placeholder.placeholder_format.type != PP_PLACEHOLDER.SLIDE_IMAGE
        )


def test_the_title_is_read_first_then_the_marking_and_the_footer_last(made_deck: Made) -> None:
    for slide in made_deck.slides():
        names = [shape.name for shape in slide.shapes]
        assert slide.shapes[0] == slide.shapes.title
        assert names[1].startswith("Marking")
        assert {shape.placeholder_format.type for shape in list(slide.shapes)[-2:]} == {
            PP_PLACEHOLDER.FOOTER,
            PP_PLACEHOLDER.SLIDE_NUMBER,
        }


def test_every_run_is_marked_as_british_english(made_deck: Made) -> None:
    for slide in made_deck.slides():
        for page in (slide, slide.notes_slide):
            runs = list(page._element.iter(qn("a:rPr")))
            assert runs
            assert {run.get("lang") for run in runs} == {"en-GB"}


def test_no_letter_is_smaller_than_12_points(made_deck: Made) -> None:
    with zipfile.ZipFile(io.BytesIO(made_deck.file)) as archive:
        for name in archive.namelist():
            if name.startswith(("ppt/slides/slide", "ppt/charts/chart")):
                sizes = [int(size) for size in re.findall(r'\bsz="(\d+)"', archive.read(name).decode())]
                assert sizes
                assert min(sizes) >= 1200, name


def test_tables_flag_their_heading_row_and_first_column(made_deck: Made) -> None:
    tables = [shape.table for slide in made_deck.slides() for shape in slide.shapes if shape.has_table]
    assert all(table.first_row and table.first_col for table in tables)


@pytest.mark.parametrize(
    ("state", "notice"),
    [
        (PackState(), "DRAFT"),
        (PackState(state="working_copy"), "WORKING COPY"),
        (PackState(state="superseded", reason="A figure was wrong"), "SUPERSEDED"),
        (APPROVED, None),
    ],
)
def test_every_slide_says_marking_state_and_demonstration(state: PackState, notice: str | None) -> None:
    content = short_content()
    for slide in Made(content, deck(content, state)).slides():
        texts = texts_of(slide)
        assert "OFFICIAL-SENSITIVE" in texts
        assert "Demonstration data: invented" in texts
        assert [text for text in texts if text in ("DRAFT", "WORKING COPY", "SUPERSEDED")] == (
            [notice] if notice else []
        )


def test_the_first_slide_says_who_approved_and_when() -> None:
    content = short_content()
    first = " ".join(texts_of(Made(content, deck(content, APPROVED)).slides()[0]))
    assert "Approved by the Executive Director on 14 July 2022, 09:00 UTC" in first
    assert "June 2022" in first
    assert "As known at 12 July 2022, 16:05 UTC" in first


def test_the_first_slide_says_where_one_person_both_loaded_and_approved() -> None:
    content = short_content()
    state = APPROVED.model_copy(update={"who": "A. Analyst"})
    assert "also sent figures" in " ".join(texts_of(Made(content, deck(content, state)).slides()[0]))


def test_real_figures_are_not_called_a_demonstration() -> None:
    assert not any("emonstration" in text for slide in plan_deck().slides() for text in texts_of(slide))


# ---- figure by figure


def slide_titled(made_deck: Made, start: str) -> Any:
    (slide,) = [slide for slide in made_deck.slides() if title_of(slide).startswith(start)]
    return slide


def test_the_second_slide_asks_and_the_third_alerts(usual: Made) -> None:
    snapshot, board_lists = usual.snapshot, lists(usual.snapshot)
    slide_text = " ".join(texts_of(usual.slides()[1]))
    for ask in asks_of(snapshot):
        assert f"{ask.verb} {ask.words}" in slide_text
    for line in (*board_lists.advise, *board_lists.assure):
        assert f"{line.measure.name}: {line.words}" in slide_text
    title = f"Alert: {len(board_lists.alert)}, by weight; {snapshot.totals.exceptions} exceptions"
    rows = whole_table(slides_under(usual, title))[1:]
    assert [row[0].split("\n")[0] for row in rows] == [line.measure.name for line in board_lists.alert]
    why = [f"{'new; ' if is_new(snapshot, line.measure) else ''}{line.why}" for line in board_lists.alert]
    assert [row[-1].lower() for row in rows] == [reason.lower() for reason in why]


def test_every_measure_with_limits_is_named_by_variation_and_assurance(usual: Made) -> None:
    snapshot = usual.snapshot
    limits = any(measure.judgement.variation for measure in snapshot.measures)
    title = "The whole service in" if limits else "What changed since the last board"
    slide_text = " ".join(texts_of(slide_titled(usual, title)))
    assert limits or "No measure may show limits yet" in slide_text
    for measure in snapshot.measures:
        assert (measure.name in slide_text) == (measure.judgement.variation is not None), measure.id
    if snapshot.signals.with_limits:
        assert f"chance alone would give about {number_words(snapshot.signals.expected_by_chance, 1)}" in slide_text
        assert f"{snapshot.signals.signalling} of {snapshot.signals.with_limits} measures with limits" in slide_text
    if snapshot.changes:
        changed = " ".join(texts_of(slide_titled(usual, "What changed since the last board")))
        assert f"{len(snapshot.changes.new_figures)} new figures" in changed


def test_the_deck_has_at_most_20_slides_with_eight_exceptions(usual: Made) -> None:
    assert len(usual.slides()) <= 20


def test_changed_rules_have_a_slide_that_says_why_and_agreed_by_whom() -> None:
    then = PackRef(id="0" * 64, board="improvement-board", reporting_month=date(2020, 6, 30), as_known_at=WHEN)
    rule = RuleChange(what="Target", old="at least 90%", new="at least 70%", why="It grew", agreed_by="The board")
    changed = ChangedRules(measure_id="a", measure="Audits", service_area="Quality", rules=(rule,))
    snapshot = invented.small_snapshot().model_copy(update={"changes": Comparison(old=then, rules=(changed,) * 9)})
    slides = {plan.title: plan for plan in plans(snapshot, "0" * 64, PackState())}
    assert "It grew; agreed by The board" in str(slides["Changed rules"].parts)
    short = str(slides["What changed since the last board"].parts)
    assert "more, on the web page" in short, "a deck has nothing below its list"
    assert "more, below" not in short


def test_every_area_is_counted_as_the_snapshot_counts_it(usual: Made) -> None:
    (slide,) = [slide for slide in usual.slides() if title_of(slide) == "Where each service area stands"]
    (table,) = tables_of(slide)
    for area, row in zip(usual.snapshot.service_areas, table[1:], strict=False):
        counts = area.counts
        assert row[0] == area.name
        assert [int(cell.replace("·", "0")) for cell in row[1:]] == [
            counts.met, counts.close, counts.missed, counts.not_judged, counts.exceptions, counts.owed,
        ]  # fmt: skip


def measure_slides(made_deck: Made) -> list[Any]:
    return [slide for slide in made_deck.slides() if title_of(slide).startswith("Other measures")]


def test_every_measure_not_alerted_to_has_its_row_below_its_area(usual: Made) -> None:
    alerted = {line.measure.id for line in lists(usual.snapshot).alert}
    tables = [tables_of(slide)[0] for slide in measure_slides(usual)]
    heads = tables[0][0]
    expected, told_of = [], dict[str, bool]()
    for area in usual.snapshot.service_areas:
        full = area_table(usual.snapshot, area)
        headings = [column.label for column in full.columns]
        usual_ones = [
            (measure, cells)
            for measure, cells in zip(area.measures, full.rows, strict=True)
            if measure.id not in alerted
        ]
        expected += [[area.name] + [""] * (len(heads) - 1)] if usual_ones else []
        for measure, cells in usual_ones:
            named = dict(zip(headings, cells, strict=True))
            texts = {name: named[name].text if name in named else "–" for name in SHOWN if name != ABOUT}
            told_of |= {name: told_of.get(name, False) or text != "–" for name, text in texts.items()}
            note = named["Latest"].note
            texts |= (
                {ABOUT: note or "–"} if ABOUT in heads else {"Latest": "\n".join(filter(None, (texts["Latest"], note)))}
            )
            status = None if measure.stands == "not_applicable" else measure.judgement.status
            if status:
                assert texts["Status"] == STATUS_WORDS[status]
                texts["Status"] = f"{SYMBOLS[status]}\u00a0{texts['Status']}"
            assert texts["Latest"].split("\n")[0] == latest_words(measure)[0]
            expected.append([measure.name, *(texts[name] for name in heads[1:])])
    rows = [row for table in tables for row in table[1:] if not row[0].endswith(" (continued)")]
    assert rows == expected
    assert heads[1:] == [name for name in SHOWN if told_of.get(name, name in heads) and name != "Measure"]


def test_the_notes_have_the_columns_that_a_slide_has_no_room_for(usual: Made) -> None:
    notes = " ".join(notes_of(slide) for slide in measure_slides(usual))
    alerted = {line.measure.id for line in lists(usual.snapshot).alert}
    for area in usual.snapshot.service_areas:
        full = area_table(usual.snapshot, area)
        for measure, row in zip(area.measures, full.rows, strict=True):
            for column, cell in zip(full.columns[1:], row[1:], strict=True):
                there = not cell.text or cell.chart or f"{column.label}: {cell.text}" in notes
                assert there or all(other_measure.id in alerted for other_measure in area.measures), measure.id


def test_each_exception_has_one_slide_with_its_sentence_and_chart(usual: Made) -> None:
    exceptions = exceptions_by_weight(usual.snapshot)
    slides = [slide for slide in usual.slides() if title_of(slide).startswith("Exception ")]
    assert len(slides) == len(exceptions) > 3
    for number, (slide, measure) in enumerate(zip(slides, exceptions, strict=True), start=1):
        assert title_of(slide) == f"Exception {number} of {len(exceptions)}: {measure.name}"
        sentence = (measure.judgement.exception_words or "").removeprefix(f"{measure.name}: ")
        assert sentence[1:] in " ".join(texts_of(slide))
        (frame,) = [shape for shape in slide.shapes if shape.has_chart]
        assert frame._element.nvGraphicFramePr.cNvPr.get("descr") == measure.trend.alt
        assert measure.definition in notes_of(slide)
        for label, text in advice(measure):
            assert f"{label}: {text}" in texts_of(slide)


def test_the_data_are_told_on_one_slide_with_who_owes_what() -> None:
    for made in (plan_deck(), long_deck()):
        slide = slide_titled(made, "Data quality")
        rows = tables_of(slide)[0][1:]
        owed = {measure.name: str(measure.figures_owed) for measure in made.snapshot.measures if measure.owed}
        assert {row[1]: row[3] for row in rows} == owed
        assert "Plausible" in " ".join(texts_of(slide))


# ---- charts


def _model(made_deck: Made, chart_name: str) -> TrendChart:
    return next(measure.chart for measure in made_deck.snapshot.measures if f"Chart: {measure.name}" == chart_name)


def _months(chart: Any) -> list[date]:
    return [date(1899, 12, 30) + timedelta(days=int(float(point.text))) for point in _category_points(chart)]


def _category_points(chart: Any) -> list[Any]:
    first = next(chart._chartSpace.iter(qn("c:ser")))
    return [point.find(qn("c:v")) for point in first.find(qn("c:cat")).iter(qn("c:pt"))]


def test_each_charts_figures_are_the_models_with_gaps_where_one_is_missing(usual: Made) -> None:
    charts = list(charts_of(usual))
    assert charts
    for frame, chart in charts:
        model = _model(usual, frame.name)
        months = _months(chart)
        known = {point.month: point.value for point in model.points}
        assert cached(chart.plots[0].series[0]) == [known.get(month) for month in months]
        assert known.keys() <= set(months)
        gone = [month for month in months if month in known and known[month] is None]
        series = {line.name: cached(line) for line in chart.plots[0].series}
        crosses = series.get("No figure (× on the axis)", [None] * len(months))
        assert [month for month, cross in zip(months, crosses, strict=True) if cross is not None] == gone
        happened = [mark for mark in model.marks if mark.kind != "plan"]
        assert len(list(chart._chartSpace.iter(qn("c:errBars")))) == len(happened)
        blanks = next(chart._chartSpace.iter(qn("c:dispBlanksAs")))
        assert blanks.get("val") == "gap"


def test_each_charts_target_mean_and_limits_are_series_of_the_models_values(usual: Made) -> None:
    for frame, chart in charts_of(usual):
        model, months = _model(usual, frame.name), _months(chart)
        series = {line.name: cached(line) for line in chart.plots[0].series}
        assert all(series)
        ends = {"Mean": "mean", "Upper limit": "upper", "Lower limit": "lower"}
        for name, field in ends.items():
            shown = next((values for known, values in series.items() if known.split(",")[0] == name), None)
            values = [
                next(
                    (getattr(segment, field) for segment in model.segments if segment.start <= month <= segment.end),
                    None,
                )
                for month in months
            ]
            assert (shown or [None] * len(months)) == values
        targets = [values for name, values in series.items() if name.startswith(model.target_name)]
        for values, field in zip(
            targets, [f for f in ("lower", "upper") if getattr(model.targets[-1], f) is not None], strict=True
        ):
            assert values[-1] == getattr(model.targets[-1], field)
        assert bool(targets) == bool(model.targets)


def test_provisional_figures_and_signals_are_told_apart(usual: Made) -> None:
    for frame, chart in charts_of(usual):
        model, months = _model(usual, frame.name), _months(chart)
        series = {line.name: cached(line) for line in chart.plots[0].series}
        early = {point.month: point.value for point in model.points if point.provisional and point.value is not None}
        assert series.get("Provisional", [None] * len(months)) == [early.get(month) for month in months]
        marked = sum(point.mark in ("improvement", "concern") for point in model.points)
        names = ("Improving", "Worsening", "Towards the plan's level", "Away from the plan's level")
        assert sum(value is not None for name in names for value in series.get(name, [])) == marked


def test_both_axes_have_titles_with_units(usual: Made) -> None:
    for frame, chart in charts_of(usual):
        assert chart.category_axis.axis_title.text_frame.text == "Month"
        assert chart.value_axis.axis_title.text_frame.text == _model(usual, frame.name).y_axis.title
        assert chart.value_axis.minimum_scale == _model(usual, frame.name).y_axis.low
        assert chart.value_axis.maximum_scale == _model(usual, frame.name).y_axis.high


def test_the_workbook_behind_a_chart_holds_the_same_names_and_values(made_deck: Made) -> None:
    for _, chart in charts_of(made_deck):
        rows = workbook_rows(chart)
        assert rows[0][1:] == [line.name for line in chart.plots[0].series]
        for column, series in enumerate(chart.plots[0].series, start=1):
            pairs = zip([row[column] for row in rows[1:]], cached(series), strict=True)
            assert all(
                cell == "" if value is None else cell == pytest.approx(value, rel=1e-14)  # it keeps 16 digits
                for cell, value in pairs
            )


# ---- hostile texts
