"""A snapshot holds all that a pack shows, reads back exactly, and is the same wherever and whenever it is taken."""

from __future__ import annotations

import hashlib
import json
import math
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from scorecard.analysis.assessment.summary import shortfall
from scorecard.catalogue.plan_figures import plan_observations
from scorecard.catalogue.read_boards import Board, Meeting
from scorecard.charts import trend_chart
from scorecard.core.rows import missing
from scorecard.pack.document.front_page import warnings
from scorecard.pack.errors import PackError
from scorecard.pack.formats import FORMATS, export
from scorecard.pack.html.render import html
from scorecard.pack.snapshot.freeze_measure import AHEAD
from scorecard.pack.snapshot.models import PackState, Snapshot, SnapshotBoard
from scorecard.pack.snapshot.published import PublishedComparison
from scorecard.pack.snapshot.take import canonical_json, read_snapshot, snapshot_id
from tests.assessed import assess
from tests.pack import invented

TOP = Path(__file__).parents[3]


def test_a_snapshot_reads_back_exactly(content: bytes, snapshot: Snapshot) -> None:
    assert read_snapshot(content) == snapshot
    assert canonical_json(read_snapshot(content)) == content


def test_the_id_is_the_sha256_of_the_canonical_json(content: bytes) -> None:
    assert snapshot_id(content) == hashlib.sha256(content).hexdigest()


def test_canonical_json_is_sorted_compact_utf8_without_nan(content: bytes) -> None:
    plain = json.loads(content, parse_constant=pytest.fail)
    again = json.dumps(plain, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    assert again.encode() == content
    assert b"NaN" not in content
    assert not content.startswith(b"\xef\xbb\xbf")


def numbers(value: Any) -> Iterator[float]:
    if isinstance(value, dict):
        for item in value.values():
            yield from numbers(item)
    elif isinstance(value, list):
        for item in value:
            yield from numbers(item)
    elif isinstance(value, float):
        yield value


def test_no_number_is_a_negative_zero(content: bytes) -> None:
    assert not [number for number in numbers(json.loads(content)) if number == 0 and math.copysign(1, number) < 0]


def test_every_column_of_the_assessment_is_kept_as_it_was() -> None:
    known = invented.catalogue()
    assessment = assess(known, invented.history(36, invented.LAST_MONTH, revised=True))
    judgements = {measure.id: measure.judgement for measure in invented.long_snapshot().measures}
    assert list(judgements) == list(assessment.measures["measure_id"])
    measures = assessment.measures.assign(shortfall=shortfall(assessment.measures))
    for row in measures.to_dict("records"):
        judgement = judgements[row["measure_id"]]
        for name in type(judgement).model_fields:
            if name in AHEAD:
                continue  # of a view that looks ahead, which this assessment is not
            value, held = row[name], getattr(judgement, name)
            if name == "signal":
                assert held == (value is True or value == True)  # noqa: E712
            elif name == "exception_reasons":
                assert held == tuple(value)
            elif missing(value):
                assert held is None, name
            elif isinstance(value, pd.Timestamp):
                assert held == value.date()
            else:
                assert held == value, name


def test_every_observation_of_the_series_is_kept_with_its_origin_and_extract() -> None:
    history = invented.history(36, invented.LAST_MONTH, revised=True).set_index(["measure_id", "period_end"])
    observations = [
        (measure.id, figure) for measure in invented.long_snapshot().measures for figure in measure.observations
    ]
    assert len(observations) == len(assess(invented.catalogue(), history.reset_index()).series) > 1500
    for measure_id, figure in observations:
        row = history.loc[(measure_id, pd.Timestamp(figure.period_end))]
        assert (figure.value is None) == math.isnan(row["value"])
        assert figure.value is None or figure.value == row["value"]
        assert figure.extract_id == row["extract_id"]
        assert figure.symbol == (None if missing(row["symbol"]) else row["symbol"])
        assert figure.recorded_from == row["recorded_from"]


def test_limits_are_kept_only_where_they_may_be_shown() -> None:
    for measure in invented.long_snapshot().measures:
        shown = any(figure.mean is not None for figure in measure.observations)
        assert shown == (measure.judgement.no_limits is None), measure.id


def test_only_extracts_that_figures_rest_on_are_kept() -> None:
    snapshot = invented.long_snapshot()
    assert [extract.extract_id for extract in snapshot.extracts] == [1, 2, 3]
    assert snapshot.loaded_by == ("A. Analyst", "B. Officer")


def test_the_moment_is_kept_in_utc_whatever_zone_it_was_given_in() -> None:
    assessment = assess(invented.catalogue(), plan_observations(invented.catalogue()))
    summer = timezone(timedelta(hours=1))
    local = invented.snapshot_of(assessment, as_known_at=datetime(2020, 9, 1, 10, 30, tzinfo=summer))
    assert canonical_json(local) == invented.plan_bytes()
    with pytest.raises(ValueError, match="time zone"):
        invented.snapshot_of(assessment, as_known_at=datetime(2020, 9, 1))  # noqa: DTZ001


def test_a_board_sees_only_its_service_areas() -> None:
    assessment = assess(invented.catalogue(), plan_observations(invented.catalogue()))
    parenting = invented.snapshot_of(assessment, board=invented.board("corporate-parenting-committee"))
    assert [area.id for area in parenting.service_areas] == list(parenting.board.service_areas or ())
    assert parenting.totals.measures < invented.plan_snapshot().totals.measures
    with pytest.raises(PackError, match="Corporate Parenting Committee sees no service area 'early-help'"):
        invented.snapshot_of(assessment, board=invented.board("corporate-parenting-committee"), areas=["early-help"])


def test_a_board_of_another_catalogue_says_which_areas_are_lacking() -> None:
    assessment = assess(invented.catalogue(), plan_observations(invented.catalogue()))
    board = invented.board().model_copy(update={"service_areas": ("highways", "adoption", "bins")})
    some = invented.snapshot_of(assessment, board=board, with_charts=False)
    assert [area.id for area in some.service_areas] == ["adoption"]
    assert some.board.lacking == ("highways", "bins")
    warning = "Improvement Board is to see these too, which the catalogue has not: highways, bins."
    assert warnings(some, PackState()) == (warning,)
    assert warnings(some, PackState(state="working_copy")) == ()
    nothing = board.model_copy(update={"service_areas": ("highways",)})
    with pytest.raises(PackError, match=r"sees no service area of this catalogue.* gives it highways: name areas of"):
        invented.snapshot_of(assessment, board=nothing)


@pytest.mark.parametrize(
    ("meetings", "following", "papers"),
    [
        ((), None, None),
        ((Meeting(date=date(2020, 7, 31)),), None, None),
        ((Meeting(date=date(2020, 10, 1)), Meeting(date=date(2020, 8, 1), papers_due=date(2020, 7, 25))),
         date(2020, 8, 1), date(2020, 7, 25)),
        ((Meeting(date=date(2020, 9, 15)),), date(2020, 9, 15), None),
    ],
)  # fmt: skip
def test_the_board_is_kept_with_its_next_meeting(
    meetings: tuple[Meeting, ...], following: date | None, papers: date | None
) -> None:
    board = Board(
        id="a-board", name="A board", full_name="A board of ours", marking="OFFICIAL",
        service_areas=("leadership-and-stability", "highways"), meetings=meetings,
    )  # fmt: skip
    assessment = assess(invented.catalogue(), plan_observations(invented.catalogue()))
    assert invented.snapshot_of(assessment, board=board, with_charts=False).board == SnapshotBoard(
        id="a-board", name="A board", title="A board of ours", marking="OFFICIAL",
        service_areas=("leadership-and-stability", "highways"), lacking=("highways",), next_meeting=following,
        papers_due=papers,
    )  # fmt: skip


def test_some_areas_and_no_charts_can_be_asked_for() -> None:
    assessment = assess(invented.catalogue(), plan_observations(invented.catalogue()))
    some = invented.snapshot_of(assessment, areas=["adoption", "assessment"], with_charts=False)
    assert some.areas_asked == ("assessment", "adoption")
    assert invented.plan_snapshot().areas_asked is None
    assert b'<figure tabindex="0">' not in html(canonical_json(some))


def test_of_published_comparisons_those_of_its_measures_are_kept() -> None:
    texts = dict.fromkeys(("period_words", "value_words", "mean_words", "made_words", "gap_words"), "said")
    texts |= dict.fromkeys(("sn_rank_words", "england_rank_words", "moved_words", "source_words"), "said")
    of_another = PublishedComparison(
        measure_id="of-another-area", measure="A measure", period_end=date(2019, 3, 31), months=12, value=1.0,
        sn_mean=2.0, decimals=1, percent=False, **texts,
    )  # fmt: skip
    own = of_another.model_copy(update={"measure_id": invented.small_snapshot().measures[0].id})
    assessment = assess(invented.catalogue(), plan_observations(invented.catalogue()))
    areas = ["leadership-and-stability"]
    assert invented.snapshot_of(assessment, areas=areas, published=[of_another, own]).published == (own,)
    assert invented.snapshot_of(assessment, areas=areas, published=[of_another]).published is None


def test_each_figure_of_a_series_is_held_once() -> None:
    plain = json.loads(invented.long_bytes())
    measures = [measure for area in plain["service_areas"] for measure in area["measures"]]
    assert len(measures) == 47
    for measure in measures:
        assert json.dumps(measure).count('"2020-11-30"') == 1, measure["id"]
        assert measure["trend"]["points"] == measure["trend"]["segments"] == []


def test_a_chart_drawn_from_what_is_kept_is_the_chart_of_the_assessment() -> None:
    known = invented.catalogue()
    assessment = assess(known, invented.history(36, invented.LAST_MONTH, revised=True))
    for measure, row in zip(invented.long_snapshot().measures, assessment.measures.to_dict("records"), strict=True):
        whole = trend_chart(
            known.measure(measure.id),
            row,
            assessment.series,
            assessment.spc.points,
            catalogue=known,
            demonstration=True,
        )
        assert measure.chart == whole, measure.id
        assert len(measure.chart.points) >= 33


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b'{"format":3}', b"\xff\xfe"])
def test_what_is_no_snapshot_is_refused_in_plain_words(content: bytes) -> None:
    with pytest.raises(PackError, match="no snapshot that this version"):
        read_snapshot(content)


def test_a_damaged_snapshot_says_where() -> None:
    damaged = invented.plan_bytes().replace(b'"months_old":0', b'"months_old":"x"', 1)
    with pytest.raises(PackError, match=r"damaged at 'service_areas\.0\.measures\.0\.judgement\.months_old'"):
        read_snapshot(damaged)


OTHER_PROCESS = """
import hashlib, sys
from tests.pack import invented
from scorecard.pack.formats import FORMATS, export
content = invented.plan_bytes()
print(hashlib.sha256(content).hexdigest(), *[hashlib.sha256(export(content, name)).hexdigest() for name in FORMATS])
"""


def test_the_same_snapshot_and_every_format_come_out_the_same_in_another_process_zone_and_folder(
    tmp_path: Path,
) -> None:
    content = invented.plan_bytes()
    here = [hashlib.sha256(data).hexdigest() for data in (content, *[export(content, name) for name in FORMATS])]
    changed = {"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "77", "PYTHONPATH": str(TOP), "LC_ALL": "C"}
    there = subprocess.run(
        [sys.executable, "-c", OTHER_PROCESS],
        cwd=tmp_path,
        env=os.environ | changed,
        capture_output=True,
        text=True,
        check=True,
    )
    assert there.stdout.split() == here


def test_later_figures_leave_an_older_snapshot_as_it_was() -> None:
    before = invented.plan_bytes()
    invented.snapshot_of(assess(invented.catalogue(), invented.history()), as_known_at=datetime(2022, 8, 1, tzinfo=UTC))
    assert invented.plan_bytes() == before
