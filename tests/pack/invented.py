"""Snapshots to test with: the plan's figures alone, and an invented history of 36 months for every measure."""

from __future__ import annotations

import hashlib
import io
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
import pypdf

from scorecard.analysis.assessment.assess import Assessment
from scorecard.analysis.data_quality.completeness import Completeness, completeness
from scorecard.catalogue.models import Catalogue, Measure
from scorecard.catalogue.plan_figures import plan_observations
from scorecard.catalogue.read_boards import Board, Boards, read_boards
from scorecard.catalogue.read_measures import read_catalogue
from scorecard.core.observations import months_covered, observations_frame
from scorecard.core.periods import add_months
from scorecard.pack.snapshot.canonical_json import canonical_json, read_snapshot
from scorecard.pack.snapshot.models import Snapshot
from scorecard.pack.snapshot.published import PublishedComparison
from scorecard.pack.snapshot.take import build_snapshot
from tests.assessed import assess
from tests.frozen_catalogue import BOARDS, CATALOGUE

THREE_MEASURES = BOARDS.with_name("snapshot_1_1.json")
KNOWN_AT = datetime(2020, 9, 1, 9, 30, tzinfo=UTC)
LATER = datetime(2022, 7, 12, 16, 5, 30, tzinfo=UTC)
LAST_MONTH = date(2022, 6, 30)

BESIDE = PublishedComparison(
    measure_id="sickness-absence-days", measure="Sickness absence days per employee", period_end=date(2019, 9, 30),
    months=12, value=15.36, sn_mean=8.13, sn_rank=11, sn_ranked=11, england_rank=147, england_ranked=150, decimals=2,
    percent=False, period_words="year to September 2019", value_words="15.36", mean_words="8.13",
    made_words="mean of 10 of 10, list of April 2021", gap_words="7.23 days worse than the neighbours",
    sn_rank_words="the highest of 11", england_rank_words="147th lowest of 150", moved_words="widening",
    source_words="Workforce, edition of 30/09/2025",
)  # fmt: skip


@cache
def catalogue() -> Catalogue:
    return read_catalogue(CATALOGUE.read_bytes())


@cache
def boards() -> Boards:
    return read_boards(BOARDS.read_bytes(), catalogue())


def board(board_id: str = "improvement-board") -> Board:
    return boards().board(board_id)


def values_of(measure: Measure, months: int, generator: np.random.Generator) -> np.ndarray:
    """A measure's invented way from where it was to near its target, with noise, and a step in some."""
    start = next(
        (figure.value for figure in (measure.july_2020, measure.baseline) if figure and figure.value is not None), 50.0
    )
    target = measure.targets[0] if measure.targets else None
    goal = start if target is None else target.lower if target.lower is not None else target.upper
    size = max(abs(start), abs(goal or 0), 1.0)
    way = np.linspace(0, generator.choice([-0.6, 0.2, 1.1]), months)
    values = start + way * ((goal or 0) - start) + generator.normal(0, 0.05 * size, months)
    if generator.random() < 0.3:
        values[months // 2 :] += 0.2 * size
    values = np.clip(values, 0, 100 if measure.unit == "percent" else None)
    return np.round(values, measure.decimals)


@cache
def history(months: int = 36, last: date = LAST_MONTH, revised: bool = False) -> pd.DataFrame:
    """Invented observations of every measure; revised: three of them otherwise than before."""
    rows = []
    for number, measure in enumerate(catalogue().measures):
        generator = np.random.default_rng(number)
        values = values_of(measure, 48, generator)[:months]
        for back, value in enumerate(values):
            end = add_months(last, back - months + 1)
            gone = end == date(2021, 5, 31) and number % 7 == 0
            share = measure.unit == "percent" and number % 3 == 0
            rows.append(
                {
                    "measure_id": measure.id,
                    "area": catalogue().authority.code,
                    "period_end": pd.Timestamp(end),
                    "months": months_covered(measure.accumulation, end, measure.year_starts),
                    "value": np.nan if gone else value,
                    "numerator": round(value * 3) if share and not gone else np.nan,
                    "denominator": 300 if share and not gone else np.nan,
                    "symbol": "x" if gone else "p" if back == months - 1 and number % 5 == 0 else None,
                    "origin": "extract",
                    "extract_id": 1 + back // 12,
                    "recorded_from": pd.Timestamp(add_months(end, 1), tz="UTC"),
                }
            )
    frame = pd.DataFrame(rows)
    if revised:
        for row_index in (3, 40, 100):
            frame.loc[row_index, "value"] = frame.loc[row_index, "value"] + 1.0
    frame = frame[~((frame["measure_id"] == "agency-workers") & (frame["period_end"] > pd.Timestamp(2022, 3, 31)))]
    return observations_frame(frame)


def extracts() -> pd.DataFrame:
    """The extracts that the history came in, as the store lists them."""
    return pd.DataFrame(
        {
            "extract_id": [1, 2, 3, 9],
            "file_name": [f"extract {number}.csv" for number in (1, 2, 3, 9)],
            "sha256": [hashlib.sha256(bytes([number])).hexdigest() for number in (1, 2, 3, 9)],
            "source": ["Mosaic reports", None, "Human Resources", "not used"],
            "who": ["A. Analyst", "A. Analyst", "B. Officer", "C. Other"],
            "submitted_at": pd.to_datetime(["2021-01-04T10:00Z"] * 4, utc=True),
            "rows": [564, 564, 564, 1],
        }
    )


def completeness_of(assessment: Assessment, known: Catalogue | None = None) -> Completeness:
    """What came of what was due, each figure of an assessment being the only version of it."""
    versions = assessment.series.assign(recorded_to=pd.Series(pd.NaT, assessment.series.index, "datetime64[us, UTC]"))
    return completeness(known or catalogue(), versions, assessment.month)


def snapshot_of(assessment: Assessment, known: Catalogue | None = None, **changes: object) -> Snapshot:
    """A snapshot for the Improvement Board; `changes` are build_snapshot's arguments."""
    given: dict[str, object] = {
        "received": completeness_of(assessment, known),
        "board": board(),
        "as_known_at": KNOWN_AT,
        "catalogue_sha256": hashlib.sha256(CATALOGUE.read_bytes()).hexdigest(),
        "software_version": "0.1.0",
    }
    return build_snapshot(assessment, known or catalogue(), **(given | changes))


@cache
def plan_snapshot() -> Snapshot:
    return snapshot_of(assess(catalogue(), plan_observations(catalogue())))


@cache
def earlier_snapshot() -> Snapshot:
    """What the board last approved: three months earlier, before the revisions."""
    month = add_months(LAST_MONTH, -3)
    assessment = assess(catalogue(), history(33, month), pd.Timestamp(month))
    return snapshot_of(
        assessment, as_known_at=datetime(2022, 4, 12, tzinfo=UTC), demonstration=True, extracts=extracts()
    )


@cache
def long_snapshot() -> Snapshot:
    """36 months for every measure, three figures revised since the last board, invented and said to be."""
    assessment = assess(catalogue(), history(36, LAST_MONTH, revised=True))
    return snapshot_of(
        assessment, as_known_at=LATER, previous=earlier_snapshot(), demonstration=True, extracts=extracts()
    )


@cache
def plan_bytes() -> bytes:
    return canonical_json(plan_snapshot())


@cache
def long_bytes() -> bytes:
    return canonical_json(long_snapshot())


@cache
def small_snapshot() -> Snapshot:
    """One service area of the plan, without charts: enough where a test asks what stands around them."""
    assessment = assess(catalogue(), plan_observations(catalogue()))
    return snapshot_of(assessment, areas=["leadership-and-stability"], with_charts=False, loaded_by=["A. Analyst"])


@cache
def three_measures() -> Snapshot:
    """Three measures with limits drawn anew, a range, a target to come, a break and comparators (see test_format_1)."""
    return read_snapshot(THREE_MEASURES.read_bytes())


HOSTILE = (
    "#panic() $x^2$ *bold* _it_ `code` \\ \"quoted\" 'single' <b>&amp;</b> [link] @ref ~ -- // /* =cmd|' /C calc'!A0 "
    "Łódź ŵŷ Ŵrexham Zażółć gęślą jaźń ≥ − – €"
)
BEYOND_THE_FONT = "中文 \U0001f600 \u202eabc"


def with_first(pack: Snapshot, **changes: Any) -> Snapshot:
    """A pack of one service area, its first measure otherwise."""
    (area,) = pack.service_areas
    first = area.measures[0].model_copy(update=changes)
    changed = area.model_copy(update={"measures": (first, *area.measures[1:])})
    return pack.model_copy(update={"service_areas": (changed,)})


def hostile_snapshot(text: str = HOSTILE) -> Snapshot:
    """A small snapshot with a text that means something to Typst, HTML and Excel wherever text is free."""
    plan = small_snapshot()
    area = plan.service_areas[0]
    judgement = area.measures[2].judgement
    measure = area.measures[2].model_copy(
        update={
            "name": text,
            "note": text,
            "definition": text,
            "judgement": judgement.model_copy(update={"exception_words": f"{text}: missed."}),
        }
    )
    other = area.model_copy(
        update={"name": text, "measures": (*area.measures[:2], measure, *area.measures[3:]), "outcomes": (text,)}
    )
    board = plan.board.model_copy(update={"title": text, "marking": "OFFICIAL & SENSITIVE"})
    return plan.model_copy(update={"service_areas": (other, *plan.service_areas[1:]), "board": board})


def pages_of(content: bytes) -> list[str]:
    """What each page of a PDF says."""
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages]


def squeezed(text: str) -> str:
    """A text without white space, as words come out of a PDF whose lines broke where they would."""
    return "".join(text.split())
