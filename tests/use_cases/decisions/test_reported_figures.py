"""What a board was told in an approved pack stands beside today's figure, with by how much it was revised."""

from __future__ import annotations

from datetime import date

from scorecard.use_cases.decisions.reported_figures import CSV_COLUMNS, reported_figures, reported_frame, reported_packs
from scorecard.use_cases.open_scorecard import Scorecard
from scorecard.use_cases.publish.pack import approve_pack, take_snapshot
from scorecard.use_cases.upload.submit_extract import preview_extract, submit_extract
from scorecard.use_cases.view.measures import view_measures
from tests.conftest import WHEN

JULY = date(2020, 7, 31)


def test_a_revised_figure_is_told_with_by_how_much(opened: Scorecard) -> None:
    assert reported_packs(opened) == {}
    view = view_measures(opened, JULY)
    assert list(reported_frame(opened, view).columns) == CSV_COLUMNS
    pack = take_snapshot(opened, JULY, when=WHEN, areas=["adoption"])
    approve_pack(opened, pack, role="Director", when=WHEN)
    assert reported_packs(opened) == {pack: f"Improvement Board, July 2020, snapshot {pack[:12]}"}
    assert not any(figure.revised for figure in reported_figures(opened, view, pack))
    previewed = preview_extract(
        opened, "a.csv", b"measure_id,period,value\nadoptions,2020-07,9\n", today=date(2021, 1, 1)
    )
    submit_extract(opened, previewed, when=WHEN, reason="Correction")
    now = view_measures(opened)
    (changed,) = [figure for figure in reported_figures(opened, now, pack) if figure.revised]
    assert (changed.measure_id, changed.told, changed.now, changed.revised_words) == ("adoptions", 2, 9, "7 up")
    row = reported_frame(opened, now).set_index("measure_id").loc["adoptions"]
    assert (row["month"], row["told"], row["known_now"], row["revised_by"]) == ("2020-07", 2, 9, 7)
