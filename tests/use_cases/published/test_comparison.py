"""How we compare, on the figures that ship: numbers known beforehand, joint returns, new authorities, counts."""

from __future__ import annotations

import io
import os
from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest

from scorecard.access.person import local_person
from scorecard.cli.commands import main
from scorecard.core.vocabulary import COMPARATOR_WORDS
from scorecard.narrative.comparison import FUNNEL_WORDS
from scorecard.published.neighbours import IN_EVERY
from scorecard.use_cases.open_scorecard import (
    BOARDS_VARIABLE,
    CATALOGUE_VARIABLE,
    DATABASE_VARIABLE,
    Settings,
    now,
    open_scorecard,
    settings_from,
)
from scorecard.use_cases.publish.neighbours import compared_by
from scorecard.use_cases.published.charts import local_chart, years_chart
from scorecard.use_cases.published.compare import compare_published
from scorecard.use_cases.published.comparison import Comparison
from scorecard.use_cases.published.export_comparison import BY_LIST, OF_ALL
from scorecard.use_cases.published.overview import NOTHING_KNOWN, compared_measures, measure_words, published_and_local
from scorecard.use_cases.published.printed_comparators import printed_comparators
from tests.catalogue.small_catalogue import of_authority
from tests.frozen_catalogue import BOARDS, CATALOGUE

RATE = "looked-after-children-rate"
JULY = date(2020, 7, 31)


def of(authority: tuple[str, str, str, str], folder) -> Comparison:
    """How an authority compares: its code, name, and its region's code and name."""
    code, name, region, region_name = authority
    text = CATALOGUE.read_text(encoding="utf-8").replace("E06000045", code).replace("E12000008", region)
    text = text.replace("name: Southampton", f"name: {name}").replace("name: South East", f"name: {region_name}")
    catalogue = folder / f"{code}.yaml"
    catalogue.write_text(text, encoding="utf-8")
    settings = Settings(catalogue=catalogue, boards=BOARDS, database_url=f"sqlite:///{folder / code}.db")
    with open_scorecard(settings, local_person("Ann"), now()) as opened:
        return compare_published(opened)


@pytest.fixture(scope="module")
def southampton(tmp_path_factory) -> Comparison:
    return of(("E06000045", "Southampton", "E12000008", "South East"), tmp_path_factory.mktemp("s"))


def at(comparison: Comparison, measure: str, end: str) -> pd.Series:
    rows = comparison.summary
    return rows[(rows["measure_id"] == measure) & (rows["period_end"] == end)].iloc[0]


def test_the_verdict_on_looked_after_children_turns_with_the_list(southampton: Comparison) -> None:
    row = at(southampton, RATE, "2025-03-31")
    assert (row["value"], row["region"], row["england"], row["denominator"]) == (90, 55, 67, 50_941)
    assert (row["neighbours_edition"], row["sn_n"], row["sn_of"]) == ("april-2021", 10, 10)
    lists = southampton.by_list(RATE, pd.Timestamp("2025-03-31")).set_index("edition")
    assert lists["sn_mean"].round(1).to_dict() == {"april-2021": 94.8, "may-2025": 72.8}
    assert lists["more_than_at_sn"].round().to_dict() == {"april-2021": -23, "may-2025": 89}


def test_each_measure_has_its_years_and_a_count_has_no_neighbours_mean(southampton: Comparison) -> None:
    years = southampton.ours[southampton.ours["value"].notna()].groupby("measure_id").size().to_dict()
    assert len(years) == 15
    assert {measure_id: count for measure_id, count in years.items() if count < 9} == {"in-house-foster-care": 4}
    counts = [measure_id for measure_id, measure in southampton.measures.items() if measure.unit == "number"]
    summary = southampton.summary[southampton.summary["measure_id"].isin(counts)]
    assert summary[["sn_mean", "gap_to_england", "funnel_z"]].isna().all(axis=None)
    assert summary["england_rank_lowest_first"].notna().any()
    assert southampton.disagreements.empty  # beyond rounding, the sources that ship say the same


def test_a_pack_tells_of_periods_that_were_over_by_its_month(southampton: Comparison) -> None:
    then = {row.measure_id: row for row in compared_by(southampton, date(2020, 7, 31))}
    now = {row.measure_id: row for row in compared_by(southampton, date(2025, 12, 31))}
    assert max(row.period_end for row in then.values()) == date(2020, 3, 31)
    assert not any(southampton.measures[measure_id].unit == "number" for measure_id in (*then, *now))
    rate, row = then[RATE], at(southampton, RATE, "2020-03-31")
    assert (rate.value, rate.sn_mean, rate.sn_rank) == (98, row["sn_mean"], row["sn_rank_lowest_first"])
    assert (rate.gap_words, rate.moved_words) == (
        "0.1 per 10,000 below the neighbours", "closing: we moved −22.0, they moved +14.4 since March 2016"
    )  # fmt: skip
    assert then["sickness-absence-days"].gap_words == "7.24 days worse than the neighbours"
    assert now[RATE].gap_words == "4.8 per 10,000 below the neighbours"
    drawn = [line.points[-1].end for row in then.values() if row.years for line in row.years.lines]
    assert len(drawn) == 4 * len(then)  # ours, neighbours, region, England
    assert max(drawn) == date(2020, 3, 31)
    assert (then[RATE].funnel_words, now[RATE].funnel_words) == ("", FUNNEL_WORDS["inside"])  # no counts before 2021


def test_a_pack_has_the_funnel_of_a_measure_that_lies_beyond_its_limits(southampton: Comparison) -> None:
    by_measure = {row.measure_id: row for row in compared_by(southampton, date(2022, 7, 31))}
    row = at(southampton, "child-protection-plans-rate", "2022-03-31")
    assert row["value"] > row["funnel_upper_998"]
    funnels = {measure_id: row.funnel for measure_id, row in by_measure.items() if row.funnel}
    assert [*funnels] == ["child-protection-plans-rate"]
    (ours,) = [point for point in funnels["child-protection-plans-rate"].points if point.whose == "ours"]
    assert (ours.value, ours.outside, ours.denominator) == (row["value"], True, row["denominator"])
    assert by_measure["child-protection-plans-rate"].funnel_words == FUNNEL_WORDS["high"]


@pytest.mark.parametrize("number", ["810", "314", "926", "202"])
def test_others_have_the_same_quantities_as_if_they_asked(southampton: Comparison, number: str) -> None:
    """Hull, a half of a joint return, Norfolk, Camden: each in the long rows, and as the authority that asks."""
    other = replace(southampton, own=number, _means={})
    asked = other.summary[other.summary["area"] == number]
    names = [
        column for column in (*BY_LIST, *OF_ALL) if column in southampton.of_others and column not in ("gap_to_region",)
    ]
    key = ["measure_id", "period_end", "months", "area"]
    both = southampton.of_others.merge(asked, on=key, suffixes=("", "_asked"))
    assert len(both) >= len(asked) > 50
    for name in names:
        computed, wanted = (
            both[column].to_numpy(dtype="float64", na_value=np.nan) for column in (name, f"{name}_asked")
        )
        assert np.allclose(computed, wanted, rtol=0, atol=1e-9, equal_nan=True), name


def test_the_median_both_lists_and_our_own_months_are_drawn_when_asked_for(southampton: Comparison) -> None:
    measure = southampton.measures[RATE]
    median = southampton.by("median")
    assert years_chart(median, measure).title == "2.0 per 10,000 above the neighbours in 2025"
    assert years_chart(southampton, measure).title == "4.8 per 10,000 below the neighbours in 2025"
    lines = {line.whose: line for line in years_chart(southampton, measure, by_list=True).lines}
    assert [*lines] == ["ours", "neighbours", "other_list", "in_every", "region", "england"]
    assert [round(lines[whose].points[-1].value, 1) for whose in ("neighbours", "other_list")] == [94.8, 72.8]
    both = set(southampton.lists(IN_EVERY)["neighbour"])
    rows = southampton.authorities
    rows = rows[(rows["measure_id"] == RATE) & (rows["period_end"] == "2025-03-31") & rows["area"].isin(both)]
    assert lines["in_every"].points[-1].value == pytest.approx(rows["value"].mean())
    then, now = [sentence for sentence in measure_words(southampton, measure, date(2020, 7, 31)) if ": 9" in sentence]
    assert then.startswith("31 March 2020, the newest that had ended by July 2020: 98.0; neighbours 98.1 (mean of 10")
    assert now.startswith("31 March 2025, the newest there is: 90.0; neighbours 94.8 (mean of 10 of 10")
    assert "No published period had ended by March 1990." in measure_words(southampton, measure, date(1990, 3, 31))
    sentences = measure_words(southampton, measure)
    chance = "the neighbours' 94.8 lies inside it: level, as far as chance can tell."
    assert f"95% interval of ours 82.2 to 98.9; {chance}" in sentences
    figures = pd.DataFrame({"period_end": pd.to_datetime(["2020-04-30", "2020-05-31", "2020-07-31"]),
                            "value": [150.0, 151.0, 152.0], "provisional": [False, False, True]})  # fmt: skip
    local = local_chart(southampton, measure, figures)
    assert local is not None
    assert [(point.run, point.hollow) for point in local.lines[0].points] == [(0, False), (0, False), (1, True)]
    assert local_chart(southampton, measure, figures.iloc[:2]) is None
    assert len(published_and_local(southampton, measure, figures)) == 2
    assert years_chart(southampton, measure, other_values=[152.0]).axis.high >= 152


def test_a_rank_and_a_mean_are_what_counting_gives(southampton: Comparison) -> None:
    """By another path: plain Python over the figures of 2019."""
    rows = southampton.figures
    rows = rows[(rows["measure_id"] == RATE) & (rows["period_end"] == "2019-03-31") & rows["value"].notna()]
    kinds = {area.number: area.kind for area in southampton.reference.authorities.areas}
    values = {
        area: value for area, value in zip(rows["area"], rows["value"], strict=True) if kinds[area] == "authority"
    }
    row = at(southampton, RATE, "2019-03-31")
    assert row["england_rank_lowest_first"] == 1 + sum(value < values["852"] for value in values.values())
    assert row["england_of"] == len(values)
    near = [values[number] for number in southampton.reference.neighbours.of("april-2021", "852")]
    assert row["sn_mean"] == pytest.approx(sum(near) / 10)
    assert row["sn_rank_lowest_first"] == 1 + sum(value < values["852"] for value in near)


def test_in_a_reporting_month_the_newest_period_that_had_ended_counts(southampton: Comparison) -> None:
    then = southampton.newest(date(2020, 7, 31)).set_index("measure_id")["period_end"]
    assert (f"{then[RATE]:%Y-%m}", f"{then['caseload-overall']:%Y-%m}") == ("2020-03", "2019-09")
    assert f"{southampton.newest().set_index('measure_id')['period_end'][RATE]:%Y-%m}" == "2025-03"


def test_a_joint_return_is_ours_and_never_our_neighbour(tmp_path) -> None:
    kingston = of(("E09000021", "Kingston upon Thames", "E12000007", "London"), tmp_path)
    workforce = at(kingston, "caseload-overall", "2025-09-30")
    assert workforce["area"] == "314 / 318"
    assert (workforce["sn_of"], workforce["sn_n"]) == (10, 9)  # Richmond, of the same return, is left out
    assert at(kingston, RATE, "2025-03-31")["area"] == "314"
    caseload, rate = (kingston.measures[measure_id] for measure_id in ("caseload-overall", RATE))
    beginning = (
        "Of Kingston upon Thames and Richmond upon Thames, who make one return: no figure is published of Kingston"
    )
    assert [sentence.startswith(beginning) for sentence in measure_words(kingston, caseload)].count(True) == 1
    assert not any("one return" in sentence for sentence in measure_words(kingston, rate))
    assert years_chart(kingston, caseload).lines[0].name == "Kingston upon Thames and Richmond upon Thames"


def test_an_authority_without_a_list_has_ranks_and_no_mean(tmp_path) -> None:
    cumberland = of(("E06000063", "Cumberland", "E12000002", "North West"), tmp_path)
    rate = at(cumberland, RATE, "2025-03-31")
    assert (rate["value"], pd.isna(rate["sn_mean"]), pd.notna(rate["england_rank_lowest_first"])) == (87, True, True)
    assert at(cumberland, "caseload-overall", "2025-09-30")["neighbours_edition"] == "may-2025"
    rows = {row.measure_id: row for row in compared_measures(cumberland, date(2026, 1, 31))}
    assert (rows[RATE].moved, rows[RATE].neighbours_rank) == ("no neighbours' figure to set it beside", "not ranked")
    assert rows["adoptions"].moved == "a count: see its rate"
    assert rows["caseload-overall"].neighbours_rank == "9th lowest of 11"


PRINTED = [
    ("looked-after-children-number", "regional", "agree", "541 (10,270 ÷ 19)"),
    ("looked-after-children-number", "national", "agree", "514 (78,140 ÷ 152)"),
    (RATE, "regional", "agree", "53.0"),
    (RATE, "national", "differ", "66.0"),  # revised since with the population estimates
    (RATE, "statistical_neighbour", "can't be compared", "–"),
    ("child-protection-plans-number", "regional", "can't be compared", "–"),  # plans started
    ("child-protection-plans-rate", "regional", "differ", "42.2"),  # which the plan prints for England's place
    ("section-47-rate", "national", "agree", "14.3 (171.1 ÷ 12)"),
]


@pytest.mark.parametrize(("measure", "whose", "verdict", "given"), PRINTED)
def test_the_plans_own_comparators_are_held_to_the_publications(southampton, measure, whose, verdict, given) -> None:
    by_whose = {
        comparator.whose: comparator
        for comparator in printed_comparators(southampton, southampton.catalogue.measure(measure))
    }
    comparator = by_whose[COMPARATOR_WORDS[whose]]
    assert (comparator.verdict, comparator.published.startswith(given)) == (verdict, True), comparator


def test_the_terminal_gives_long_rows_without_a_clock(tmp_path, monkeypatch, capsys) -> None:
    monkeypatch.setenv(DATABASE_VARIABLE, f"sqlite:///{tmp_path / 's.db'}")
    assert main(["compare", "--measure", RATE, "--edition", "may-2025", "--csv"]) == 0
    text = capsys.readouterr().out
    rows = pd.read_csv(io.StringIO(text), dtype={"area": str})
    assert [*rows.columns] == ["measure_id", "area", "period_end", "months", "quantity", "edition", "value", "symbol",
                               "publication"]  # fmt: skip
    [mean] = rows[
        (rows["area"] == "852") & (rows["quantity"] == "sn_mean") & (rows["period_end"] == "2025-03-31")
    ].to_dict("records")
    assert (mean["area"], mean["edition"], round(mean["value"], 1), mean["months"]) == ("852", "may-2025", 72.8, 1)
    assert len(rows[(rows["quantity"] == "value") & (rows["period_end"] == "2025-03-31")]) == 164 - 1
    assert main(["compare", "--measure", RATE, "--edition", "may-2025", "--csv"]) == 0
    assert capsys.readouterr().out == text
    assert main(["compare", "--measure", "looked-after"]) == 2
    assert main(["compare", "--edition", "may-2024"]) == 2
    assert main(["compare", "1a2b3c4d"]) == 2
    assert main(["compare", "--measure", RATE]) == 0
    assert "The verdict turns with the list of neighbours" in capsys.readouterr().out


TABLES = ("summary", "beside_others", "of_others", "funnel", "disagreements", "movements", "neighbour_figures")


def test_a_catalogue_without_a_published_measure_compares_nothing(tmp_path, monkeypatch, capsys) -> None:
    catalogue, boards = tmp_path / "measures.yaml", tmp_path / "boards.yaml"
    catalogue.write_text(of_authority("E06000044", "E12000008", "E92000001"), encoding="utf-8")
    boards.write_text("boards: [{id: board, name: Board, marking: OFFICIAL}]\n", encoding="utf-8")
    for name, value in ((CATALOGUE_VARIABLE, catalogue), (BOARDS_VARIABLE, boards)):
        monkeypatch.setenv(name, str(value))
    monkeypatch.setenv(DATABASE_VARIABLE, f"sqlite:///{tmp_path / 's.db'}")
    with open_scorecard(settings_from(os.environ), local_person("Ann"), now()) as opened:
        comparison = compare_published(opened)
    assert [len(getattr(comparison, name)) for name in TABLES] == [0] * len(TABLES)
    assert (compared_measures(comparison, JULY), [*compared_by(comparison, JULY)]) == ([], [])
    assert main(["compare"]) == 0
    assert capsys.readouterr().out == f"{NOTHING_KNOWN}\n"
    assert main(["pack", "--period", "2020-07", "--out", str(tmp_path), "--format", "xlsx"]) == 0
