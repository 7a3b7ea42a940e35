"""What a view gives the pages: orders, the grid's lists, charts made once, pictures and words to take along."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from benchmarks.history import fill
from scorecard.access.person import local_person
from scorecard.narrative.action import MEND_THE_DATA
from scorecard.narrative.lists import LISTS
from scorecard.pack.pdf.png import png
from scorecard.use_cases.open_scorecard import Scorecard, open_scorecard, settings_from
from scorecard.use_cases.view.charts import HALF, change, screen, shared_months, spark, trend, trend_figure
from scorecard.use_cases.view.completeness import WINDOW, completeness_of
from scorecard.use_cases.view.draw_pictures import download_png
from scorecard.use_cases.view.email_text import area_text, measure_text, overview_text
from scorecard.use_cases.view.export_assessment import exported, to_text
from scorecard.use_cases.view.measures import View, view_measures
from scorecard.use_cases.view.order_measures import ORDERS, ordered
from scorecard.use_cases.view.overview import overview
from scorecard.use_cases.view.signals import explained
from scorecard.use_cases.view.what_to_do import what_to_do
from tests.conftest import WHEN

REFERRALS = "contacts-becoming-referrals"


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scorecard]:
    database = tmp_path_factory.mktemp("view") / "scorecard.db"
    with open_scorecard(
        settings_from({**os.environ, "SCORECARD_DATABASE_URL": f"sqlite:///{database}"}), local_person("tester"), WHEN
    ) as opened:
        fill(opened, 36)
        yield opened


@pytest.fixture(scope="module")
def view(opened: Scorecard) -> View:
    return view_measures(opened)


@pytest.mark.parametrize("order", [*ORDERS, "no-such-order"])
def test_every_order_holds_every_measure_once(order: str, view: View) -> None:
    assert sorted(ordered(view, order)) == sorted(view.rows)


def test_what_is_asked_for_comes_first(view: View) -> None:
    moved = [view.row(measure_id)["mover_size"] for measure_id in ordered(view, "moved")]
    known = [size for size in moved if size == size]
    assert known == sorted(known, reverse=True)
    waits = [view.row(measure_id)["status"] == "missed" for measure_id in ordered(view, "attention")]
    assert waits == sorted(waits, reverse=True)


def test_every_list_holds_what_it_says(opened: Scorecard, view: View) -> None:
    shown = overview(opened, view)
    rows = {code: [view.row(measure_id) for measure_id in ids] for code, ids in shown.lists.items()}
    assert set(shown.lists) == set(LISTS)
    assert {row["measure_id"] for row in rows["board"]} >= {
        measure_id for measure_id, row in view.rows.items() if row["exception"]
    }
    assert (len(rows["missed"]), len(rows["met"])) == (view.totals["missed"], view.totals["met"])
    for code, variation in (("worse", "concern"), ("better", "improvement")):
        assert all(row["variation"] == variation and row["kind"] != "volume" for row in rows[code]), code
    for row in rows["slow"]:
        assert (row["variation"], row["status"]) == ("improvement", "missed")
        assert row["trajectory_distance"] < -row["chance_margin"]
    for row in rows["lucky"]:
        assert (row["status"], row["variation"]) == ("met", "common_cause")
        assert row["assurance"] == "inconsistent" or row["target_at_bound"]
        assert row["chance_of_missing"] >= 0.2
    assert [code for code, _ in (*shown.decide, *shown.since) if code and not shown.lists[code]] == []
    assert any("newly missed" in line for _, line in shown.since) or not shown.since
    placed = {measure_id for row in view.grid.to_numpy().tolist() for cell in row for measure_id in cell}
    assert placed == {measure_id for measure_id, row in view.rows.items() if row["counted"]}
    email = overview_text(opened, view, "missed", "plan", "http://here/overview?list=missed")
    assert email.count("\n- ") == len(rows["missed"])
    assert email.endswith("http://here/overview?list=missed")
    for row in rows["missed"]:
        assert f"): {row['exception_detail'] if row['exception'] else row['sentence']}\n" in email


def test_charts_are_made_once_for_all_who_look(view: View) -> None:
    assert trend(view, REFERRALS) is trend(view, REFERRALS)
    assert trend_figure(view, REFERRALS) is trend_figure(view, REFERRALS)
    assert spark(view, REFERRALS) is spark(view, REFERRALS)
    assert screen(view, REFERRALS, HALF["sc-slim"]) is screen(view, REFERRALS, HALF["sc-slim"])
    assert shared_months(view, "mash-edt") == (date(2017, 8, 31), date(2020, 7, 31))
    assert explained(view, REFERRALS) is explained(view, REFERRALS)
    with pytest.raises(KeyError):
        trend(view, "no-such-measure")


def test_the_monthly_change_is_there_only_where_months_lean(view: View) -> None:
    assert change(view, REFERRALS) is None
    leaning = [measure_id for measure_id in view.rows if "leans" in str(view.row(measure_id)["no_limits"])]
    assert leaning
    assert all((chart := change(view, measure_id)) and chart.charted == "monthly change" for measure_id in leaning)


def test_the_drawn_projection_is_in_bounds_and_the_free_one_gives_the_chances(view: View) -> None:
    percents = view.projection["measure_id"].map(
        {measure_id: row["unit"] == "percent" for measure_id, row in view.rows.items()}
    )
    drawn = view.projection[percents.to_numpy(dtype=bool)]
    assert drawn[["lower_95", "upper_95"]].min().min() >= 0
    assert drawn["upper_95"].max() <= 100
    assert view.free_projection["upper_95"].max() > view.projection.loc[drawn.index, "upper_95"].max()
    assert view.outlook[REFERRALS].endswith("to meet 21% by October 2020")


def test_a_chart_is_taken_along_as_a_png(view: View) -> None:
    picture = download_png(view, trend(view, REFERRALS))
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    assert int.from_bytes(picture[16:20]) > 1800, "twice 900 pixels wide, and a margin"
    assert download_png(view, trend(view, REFERRALS)) is picture


def test_the_words_of_a_chart_are_in_its_png() -> None:
    empty = '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="60">{}</svg>'
    text = '<text x="10" y="30" font-family="Source Sans 3" font-size="20">Finding</text>'
    assert len(png(empty.format(text))) > 2 * len(png(empty.format("")))


def test_where_data_are_in_doubt_every_place_says_to_mend_them_first(opened: Scorecard, view: View) -> None:
    known = completeness_of(opened, view)
    marks = known.completeness.marks.assign(in_doubt=known.completeness.marks["measure_id"] == REFERRALS)
    doubted = replace(
        view, memo={("completeness", WINDOW): replace(known, completeness=replace(known.completeness, marks=marks))}
    )
    actions = exported(opened, doubted).set_index("measure_id")["action"].fillna("").to_dict()
    assert actions == what_to_do(opened, doubted)
    assert [measure_id for measure_id, action in actions.items() if action == MEND_THE_DATA] == [REFERRALS]
    assert f"What to do: {MEND_THE_DATA}" in measure_text(opened, doubted, REFERRALS, "http://here")


def test_the_terminal_says_of_each_measure_how_it_stands_and_for_which_month_figures_are_owed(view: View) -> None:
    lines = to_text(view).splitlines()
    starts = {line[:12].strip() for line in lines if line.startswith("  ") and not line.startswith("  - ")}
    assert starts == {"Met", "Missed", "No target", "No figure", "Monitored", "Not judged"}
    assert [line for line in lines if line.startswith("  Monitored  Section 47 enquiries started, rate: 24 ")]
    assert [line for line in lines if line.startswith("  Not judged Edge of care referrals: 545 ")]
    assert [line for line in lines if line.startswith("Owed for July 2020: ")]


def test_words_for_an_email_are_plain_and_end_with_the_link(opened: Scorecard, view: View) -> None:
    email = measure_text(opened, view, REFERRALS, "http://here/measure?measure=x")
    assert email.splitlines()[0] == "Contacts that become new referrals (Southampton, MASH / EDT)"
    assert email.endswith("\n\nhttp://here/measure?measure=x")
    figures = "Latest: 26% (July 2020)\nTarget: at most 21%\nDistance to target: 5 percentage points above target"
    assert f"\n{figures}\n" in email
    assert "\nLatest: 4% (year to July 2020)\n" in measure_text(opened, view, "staff-turnover-social-workers", "x")
    volume = measure_text(opened, view, "looked-after-children-number", "x")
    assert "\nPlan's level: at most 420\nDistance to plan's level: 92 above the plan's level\n" in volume
    area = area_text(view, "mash-edt", "http://here")
    assert area.startswith(
        "MASH / EDT (Southampton), July 2020\n\n- MASH referrals dealt with within one working day: "
    )
    for sign in "<>*|`":
        assert sign not in email + area
