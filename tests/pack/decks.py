"""Decks to test with, and how their parts are read back."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any

import python_calamine
from pptx import Presentation
from pptx.oxml.ns import qn

from scorecard.pack.powerpoint.render import deck
from scorecard.pack.snapshot.canonical_json import canonical_json, read_snapshot, snapshot_id
from scorecard.pack.snapshot.measure import SnapshotMeasure
from scorecard.pack.snapshot.models import PackState, Snapshot
from tests.pack.invented import long_bytes, plan_bytes

HOSTILE = "=cmd|'/c calc'!A1 <b>bold</b> & \x0b\x1f\u202eŵŷ Zażółć gęślą jaźń " + "Donaudampfschifffahrt" * 9
LONG = "=1+1 " + "children placed and visited within the statutory time " * 5
APPROVED = PackState(
    state="approved", role="Executive Director", who="E. Director", when=datetime(2022, 7, 14, 9, tzinfo=UTC)
)


@dataclass(frozen=True)
class Made:
    """A deck, what it was drawn from, and it read back."""

    content: bytes
    file: bytes

    @property
    def snapshot(self) -> Snapshot:
        return _read(self.content)

    @property
    def snapshot_id(self) -> str:
        return snapshot_id(self.content)

    def slides(self) -> list[Any]:
        return _slides(self.file)


@cache
def _read(content: bytes) -> Snapshot:
    return read_snapshot(content)


@cache
def _slides(file: bytes) -> list[Any]:
    return list(Presentation(io.BytesIO(file)).slides)


@cache
def plan_deck() -> Made:
    return Made(plan_bytes(), deck(plan_bytes()))


@cache
def long_deck() -> Made:
    return Made(long_bytes(), deck(long_bytes()))


@cache
def short_content() -> bytes:
    """Three service areas of the long history: enough for what all slides have alike."""
    snapshot = read_snapshot(long_bytes())
    return canonical_json(snapshot.model_copy(update={"service_areas": snapshot.service_areas[3:6]}))


@cache
def short_deck() -> Made:
    return Made(short_content(), deck(short_content()))


@cache
def hostile_deck() -> Made:
    content = canonical_json(hostile_snapshot())
    return Made(content, deck(content, PackState(state="superseded", reason=HOSTILE * 8, superseded_by="ab" * 32)))


def hostile_snapshot() -> Snapshot:
    """The long history with names, targets, sentences and markings that no one would write."""
    snapshot = read_snapshot(long_bytes())
    areas = tuple(
        area.model_copy(
            update={
                "name": f"{area.name} {HOSTILE if index == 2 else ''}",
                "measures": tuple(_hostile(measure, number) for number, measure in enumerate(area.measures)),
            }
        )
        for index, area in enumerate(snapshot.service_areas)
    )
    board = snapshot.board.model_copy(update={"title": HOSTILE, "marking": f"OFFICIAL-SENSITIVE {HOSTILE}"})
    return snapshot.model_copy(update={"service_areas": areas, "board": board})


def _hostile(measure: SnapshotMeasure, number: int) -> SnapshotMeasure:
    name = HOSTILE + str(number) if number % 2 else LONG
    judgement = measure.judgement
    trend = measure.trend
    return measure.model_copy(
        update={
            "name": name,
            "trend": trend.model_copy(update={"name": name, "alt": trend.alt + HOSTILE}),
            "judgement": judgement.model_copy(
                update={
                    "exception_words": f"{name}: {HOSTILE * 3}" if judgement.exception else None,
                    "target_words": f"at least {HOSTILE[:90]}",
                }
            ),
        }
    )


def title_of(slide: Any) -> str:
    return str(slide.shapes.title.text_frame.text)


def texts_of(slide: Any) -> list[str]:
    """Every paragraph of a slide, in tables too, in reading order."""
    return ["".join(run.text or "" for run in p.iter(qn("a:t"))) for p in slide._element.iter(qn("a:p"))]


def notes_of(slide: Any) -> str:
    return str(slide.notes_slide.notes_text_frame.text)


def tables_of(slide: Any) -> list[list[list[str]]]:
    """The tables of a slide: rows of cells of text."""
    return [
        [[cell.text for cell in row.cells] for row in shape.table.rows] for shape in slide.shapes if shape.has_table
    ]


def charts_of(made: Made) -> Iterator[tuple[Any, Any]]:
    """Each graphic frame with a chart, and the chart."""
    for slide in made.slides():
        for shape in slide.shapes:
            if shape.has_chart:
                yield shape, shape.chart


def cached(series: Any) -> list[float | None]:
    """The values of a series as the chart keeps them, None for a gap."""
    return list(series.values)


def workbook_rows(chart: Any) -> list[list[Any]]:
    """The rows of the workbook behind a chart."""
    blob = chart.part.chart_workbook.xlsx_part.blob
    return python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(blob)).get_sheet_by_index(0).to_python()


def slides_under(made: Made, title: str) -> list[Any]:
    """The slides of a title, those that go on with it too."""
    return [slide for slide in made.slides() if title_of(slide) == title or title_of(slide).startswith(f"{title} (")]


def whole_table(slides: list[Any]) -> list[list[str]]:
    """A table that goes on over some slides, its heading once."""
    parts = [table for slide in slides for table in tables_of(slide)]
    return [*parts[0], *(row for part in parts[1:] for row in part[1:])]
