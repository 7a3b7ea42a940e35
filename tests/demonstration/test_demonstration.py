"""The invented history: the same everywhere, plausible, ending where the plan stands, never among real figures."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, date, datetime
from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from scorecard.access.person import local_person
from scorecard.analysis.assessment.assess import Assessment
from scorecard.catalogue.models import Catalogue
from scorecard.catalogue.plan_figures import plan_observations
from scorecard.cli.commands import main
from scorecard.core.observations import OBSERVATION_KEY, latest_known
from scorecard.demonstration.extracts import MONTHS, MonthFile, invent
from scorecard.demonstration.levels import last_level
from scorecard.demonstration.load import WHO, load, make_demonstration, sent_at
from scorecard.extract.check_extract import check_extract
from scorecard.store import open_store
from scorecard.use_cases.open_scorecard import PROJECT, Scorecard, Settings, UnusableScorecard, now, open_scorecard
from scorecard.use_cases.upload.submit_extract import preview_extract, submit_extract
from scorecard.use_cases.view.measures import view_measures
from tests.assessed import assess
from tests.catalogue.small_catalogue import small_catalogue
from tests.frozen_catalogue import BOARDS, CATALOGUE

FEW = 2  # months: enough where only the store is looked at
JULY = date(2020, 7, 31)
REAL = b"measure_id,period,value\nadoptions,2020-07,2\n"


def observations_of(catalogue: Catalogue, files: list[MonthFile]) -> pd.DataFrame:
    """Every row as the extract room reads it, in the order in which it was sent, without an error.

    Read in as few files as have no figure twice: what was sent first, and what came again later.
    """
    header = files[0].content.splitlines()[0]
    parts: list[dict[bytes, tuple[bytes, date]]] = []
    for file in files:
        for line in file.content.splitlines()[1:]:
            key = b",".join(line.split(b",")[:2])
            part = next((part for part in parts if key not in part), None)
            if part is None:
                parts.append(part := {})
            part[key] = (line, file.month)
    frames = []
    for part in parts:
        content = b"\n".join([header, *(line for line, _ in part.values())])
        checked = check_extract(content, "all.csv", catalogue, today=date(2020, 8, 10), origin="demonstration")
        assert not checked.refused, checked.errors
        frames.append(checked.observations.assign(sent=[pd.Timestamp(month) for _, month in part.values()]))
    return pd.concat(frames, ignore_index=True)


def standing(observations: pd.DataFrame) -> pd.DataFrame:
    return observations.drop_duplicates(OBSERVATION_KEY, keep="last").sort_values(OBSERVATION_KEY, ignore_index=True)


@pytest.fixture(scope="module")
def observations(plan_catalogue: Catalogue) -> pd.DataFrame:
    return observations_of(plan_catalogue, invent(plan_catalogue))


@pytest.fixture(scope="module")
def figures(observations: pd.DataFrame) -> pd.DataFrame:
    return standing(observations)


@pytest.fixture(scope="module")
def assessed(plan_catalogue: Catalogue, figures: pd.DataFrame) -> Assessment:
    return assess(plan_catalogue, latest_known(plan_observations(plan_catalogue), figures.drop(columns="sent")))


def demonstration_at(path: Path) -> Settings:
    return Settings(
        catalogue=CATALOGUE,
        boards=BOARDS,
        database_url=f"sqlite:///{path}",
        demonstration=True,
    )


@pytest.fixture
def own(tmp_path: Path) -> Settings:
    return demonstration_at(tmp_path / "demonstration.db")


# What is invented


def test_two_processes_with_other_hash_seeds_invent_the_same_bytes() -> None:
    program = (
        "import hashlib, os; from scorecard.use_cases.open_scorecard import load_catalogue, settings_from;"
        "from scorecard.demonstration.extracts import invent;"
        "files = invent(load_catalogue(settings_from(os.environ))[0]);"
        "print(hashlib.sha256(b''.join(f.name.encode() + f.content for f in files)).hexdigest())"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program],
            cwd=PROJECT,
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("4242", "Pacific/Auckland"))
    }
    assert len(outputs) == 1


def test_there_are_three_years_of_monthly_files(plan_catalogue: Catalogue) -> None:
    files = invent(plan_catalogue)
    assert len(files) == MONTHS
    assert (files[0].name, files[-1].name) == ("demonstration-2017-08.csv", "demonstration-2020-07.csv")


def test_every_measure_ends_in_the_plans_figure(plan_catalogue: Catalogue, figures: pd.DataFrame) -> None:
    last = figures[figures["period_end"] == pd.Timestamp(JULY)].set_index("measure_id")
    for row in plan_observations(plan_catalogue).to_dict("records"):
        mine = last.loc[row["measure_id"]]
        assert mine["months"] == row["months"]
        if np.isnan(row["value"]):
            assert mine["symbol"] == row["symbol"], row["measure_id"]
        else:
            assert mine["value"] == row["value"], row["measure_id"]
            assert mine["symbol"] in ("p", None) or pd.isna(mine["symbol"]), row["measure_id"]


def test_what_the_plan_says_in_words_alone_is_obeyed(figures: pd.DataFrame) -> None:
    last = figures[figures["period_end"] == pd.Timestamp(JULY)].set_index("measure_id")["value"]
    assert last["caseload-pact"] > 25
    assert last["caseload-lac"] > 20


def test_a_measure_that_starts_later_has_no_figure(figures: pd.DataFrame, plan_catalogue: Catalogue) -> None:
    later = [measure.id for measure in plan_catalogue.measures if measure.starts and measure.starts > JULY]
    assert later
    assert not figures["measure_id"].isin(later).any()
    assert set(figures["measure_id"]) == {measure.id for measure in plan_catalogue.measures} - set(later)


def test_every_measure_passes_near_its_baseline_at_the_inspection(
    plan_catalogue: Catalogue, figures: pd.DataFrame
) -> None:
    then = figures[figures["period_end"] == pd.Timestamp(plan_catalogue.plan.inspected)]
    then = then.set_index("measure_id")["value"]
    for measure in plan_catalogue.measures:
        if measure.baseline is None or measure.baseline.value is None or measure.id not in then.index:
            continue
        near = max(0.12 * measure.baseline.value, 1.5 * 10.0**-measure.decimals)
        assert then[measure.id] == pytest.approx(measure.baseline.value, abs=near), measure.id


def test_all_figures_are_possible_and_as_the_catalogue_writes_them(
    plan_catalogue: Catalogue, figures: pd.DataFrame
) -> None:
    known = figures[figures["value"].notna()]
    unit = known["measure_id"].map({measure.id: measure.unit for measure in plan_catalogue.measures})
    places = known["measure_id"].map({measure.id: measure.decimals for measure in plan_catalogue.measures})
    assert known["value"].ge(0).all()
    assert known.loc[unit == "percent", "value"].le(100).all()
    assert np.allclose(known["value"], [round(value, at) for value, at in zip(known["value"], places, strict=True)])
    shares = known[(unit == "percent") & known["denominator"].notna()]
    assert len(shares) > 500
    assert (shares["numerator"] <= shares["denominator"]).all()
    half = 0.5 * 10.0 ** -places[shares.index] + 1e-9
    assert ((shares["numerator"] / shares["denominator"] * 100 - shares["value"]).abs() <= half).all()


def test_a_number_and_its_rate_agree_every_month(plan_catalogue: Catalogue, figures: pd.DataFrame) -> None:
    wide = figures.pivot(index="period_end", columns="measure_id", values="value")
    pairs = [measure for measure in plan_catalogue.measures if measure.pair and measure.unit == "number"]
    assert pairs
    for number in pairs:
        rate = plan_catalogue.measure(number.pair or "")
        implied = wide[number.id] / wide[rate.id]
        assert implied.max() / implied.min() < 1.02, number.id


def test_rolling_years_are_smooth_and_counts_to_date_only_grow(
    plan_catalogue: Catalogue, figures: pd.DataFrame
) -> None:
    wide = figures.pivot(index="period_end", columns="measure_id", values="value")
    rolling = [measure for measure in plan_catalogue.measures if measure.accumulation == "rolling_12_months"]
    for measure in rolling:
        steps = wide[measure.id].diff().abs().max()
        assert steps <= 1.5 * abs(last_level(measure) - measure.baseline.value) / 8 + 10.0**-measure.decimals
    to_date = [measure.id for measure in plan_catalogue.measures if measure.accumulation == "year_to_date"]
    assert rolling
    assert to_date
    assert all(wide[measure_id].is_monotonic_increasing for measure_id in to_date)


def test_all_that_can_happen_to_a_figure_happens(plan_catalogue: Catalogue, observations: pd.DataFrame) -> None:
    figures = standing(observations)
    assert {"c", "x", "z", "p", "r"} <= set(figures["symbol"].dropna())
    again = observations[observations.duplicated(OBSERVATION_KEY, keep=False)].sort_values([*OBSERVATION_KEY, "sent"])
    first = again.drop_duplicates(OBSERVATION_KEY).set_index(OBSERVATION_KEY)
    last = again.drop_duplicates(OBSERVATION_KEY, keep="last").set_index(OBSERVATION_KEY)
    confirmed = (first["symbol"] == "p") & last["symbol"].isna()
    assert confirmed.groupby("measure_id").sum().ge(20).sum() >= 2, "provisional months are confirmed a month later"
    corrected = (last["symbol"] == "r") & (first["value"] != last["value"])
    assert corrected.sum() >= 1
    counts = figures.groupby("measure_id").size()
    assert (counts < MONTHS).sum() >= 2, "months that never came"
    few = figures[figures["denominator"].between(1, 9)].groupby("measure_id").size()
    assert (few >= 20).any()


def test_stories_of_every_kind_are_told(assessed: Assessment) -> None:
    measures = assessed.measures
    variation = measures["variation"].value_counts()
    assert variation["improvement"] >= 3
    assert variation["concern"] >= 2
    assert variation["common_cause"] >= 5
    assurance = measures["assurance"].value_counts()
    assert assurance["consistently_failing"] >= 2
    assert assurance["consistently_passing"] >= 1
    assert assurance["inconsistent"] >= 3
    exceptions = int(measures["exception"].sum())
    assert 5 <= exceptions <= len(measures) / 2


EDITS = [
    *(
        ("unit: percent\n        decimals: 0", f"unit: {unit}\n        decimals: {decimals}")
        for unit, decimals in product(("number", "days", "rate_per_1000", "average"), (0, 2))
    ),
    *(("accumulation: in_month", f"accumulation: {way}") for way in ("rolling_12_months", "unknown", "year_to_date")),
    *(("frequency: monthly", f"frequency: {frequency}") for frequency in ("quarterly", "termly", "annual")),
    ("frequency: monthly", "frequency: monthly\n        starts: 2020-02"),
    ("frequency: monthly", "frequency: monthly\n        retired: 2019-06"),
    ("inspected: 2019-11", "inspected: 2012-11"),
    ('baseline: {value: 35, printed: "35%"}', 'baseline: {printed: "?"}'),
    ('july_2020: {value: 40, printed: "40%"}', 'july_2020: {printed: "N/A"}'),
    ('july_2020: {value: 40, printed: "40%"}', 'july_2020: {symbol: z, printed: "none"}'),
    ('july_2020: {value: 40, printed: "40%"}', 'july_2020: {value: 0, printed: "0%"}'),
    ('july_2020: {value: 40, printed: "40%"}', 'july_2020: {value: 100, printed: "100%"}'),
    ('targets: [{at_least: 50, printed: "50%"}]', "targets: []"),
]


@pytest.mark.parametrize("edit", EDITS, ids=[edit[1].replace("\n", " ")[:60] for edit in EDITS])
def test_any_catalogue_gets_a_history_without_faults(edit: tuple[str, str]) -> None:
    catalogue = small_catalogue(edit)
    rows = standing(observations_of(catalogue, invent(catalogue, 20)))
    last = catalogue.measure("first-measure").july_2020
    if last is not None and last.value is not None and "retired" not in edit[1]:
        ends = rows[rows["measure_id"] == "first-measure"].iloc[-1]
        assert (ends["period_end"], ends["value"]) == (pd.Timestamp(JULY), last.value)


def test_a_year_to_date_starts_anew_each_april() -> None:
    catalogue = small_catalogue(
        ("accumulation: at_month_end", "accumulation: year_to_date"),
    )
    rows = standing(observations_of(catalogue, invent(catalogue)))
    rows = rows[rows["measure_id"] == "second-measure"].sort_values("period_end")
    april = rows["period_end"].dt.month == 4
    fell = rows["value"].diff() < 0
    assert april.sum() == 3
    assert (fell == april).all()


# Loading it


def test_it_is_loaded_on_its_days_and_loading_it_again_changes_nothing(own: Settings) -> None:
    made = make_demonstration(own, FEW)
    assert (made.extracts, made.added) == (FEW, FEW)
    with open_scorecard(own, local_person("reader"), now()) as scorecard:
        extracts, acts = scorecard.store.extracts(), scorecard.store.acts()
        before = scorecard.store.observations()
        assert list(extracts["submitted_at"]) == [
            datetime(2020, 7, 10, 9, tzinfo=UTC), datetime(2020, 8, 10, 9, tzinfo=UTC),
        ]  # fmt: skip
        assert set(extracts["who"]) == {"demonstration"}
        assert set(extracts["reason"].dropna()) <= {"Demonstration"}
        assert set(before["origin"]) == {"demonstration"}
        earlier = view_measures(scorecard, as_known_at=datetime(2020, 8, 1, tzinfo=UTC)).observations
        later = view_measures(scorecard).observations
        june = pd.Timestamp(2020, 6, 30)
        assert earlier[earlier["origin"] == "demonstration"]["period_end"].max() == june
        assert later[later["origin"] == "demonstration"]["period_end"].max() == pd.Timestamp(JULY)
    assert make_demonstration(own, FEW).added == 0
    with open_scorecard(own, local_person("reader"), now()) as scorecard:
        assert scorecard.store.extracts().equals(extracts)
        assert scorecard.store.acts().equals(acts)
        assert scorecard.store.observations().equals(before)


def test_what_was_cut_short_is_finished(own: Settings) -> None:
    def stop(done: int, _: int) -> None:
        if done == 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        make_demonstration(own, FEW, stop)
    made = make_demonstration(own, FEW)
    assert (made.extracts, made.added) == (FEW, 1)


def test_a_history_from_another_edition_of_the_catalogue_is_left_as_it_is(own: Settings, tmp_path: Path) -> None:
    make_demonstration(own, 1)
    other = tmp_path / "measures.yaml"
    other.write_text(own.catalogue.read_text(encoding="utf-8").replace('printed: "26%"', 'printed: "26 %"'), "utf-8")
    other.write_text(other.read_text("utf-8").replace("value: 26,", "value: 27,"), "utf-8")
    made = make_demonstration(own.model_copy(update={"catalogue": other}), 1)
    assert (made.extracts, made.added, made.other_catalogue) == (1, 0, True)


@pytest.mark.long
def test_the_view_that_a_preview_hands_on_is_the_one_that_a_new_look_gives(own: Settings, tmp_path: Path) -> None:
    """Twelve months give limits, which the thirteenth is checked by: the same with and without the handed-on view."""
    settings = demonstration_at(tmp_path / "fresh.db")
    with open_scorecard(settings, local_person(WHO), datetime(2017, 1, 1, tzinfo=UTC)) as scorecard:
        files = invent(scorecard.catalogue)[:13]
        load(scorecard, files[:-1])
        when = sent_at(files[-1].month).date()
        before = view_measures(scorecard)
        last = preview_extract(scorecard, files[-1].name, files[-1].content, today=when, view=before)
        submit_extract(scorecard, last, when=sent_at(files[-1].month), reason="Demonstration")
        after = view_measures(scorecard)
        pd.testing.assert_frame_equal(
            last.after.measures.drop(columns="extract_id"), after.measures.drop(columns="extract_id")
        )
        pd.testing.assert_frame_equal(last.after.assessment.spc.points, after.assessment.spc.points)


# Real and invented figures never meet


def real_of(settings: Settings) -> Settings:
    return settings.model_copy(update={"demonstration": False})


def submit_real(scorecard: Scorecard) -> None:
    preview = preview_extract(scorecard, "real.csv", REAL, today=date(2020, 9, 1))
    submit_extract(scorecard, preview, when=now())


def test_a_store_of_real_figures_is_refused(own: Settings) -> None:
    with open_scorecard(real_of(own), local_person("Ann"), now()) as scorecard:
        submit_real(scorecard)
    with pytest.raises(UnusableScorecard, match="real figures"):
        make_demonstration(own, FEW)
    with open_store(own.database_url) as store:
        assert len(store.extracts()) == 1


def test_a_store_that_was_opened_for_real_figures_is_refused_even_while_it_is_empty(own: Settings) -> None:
    with open_scorecard(real_of(own), local_person("Ann"), now()):
        pass
    with pytest.raises(UnusableScorecard, match="in use already"):
        make_demonstration(own, FEW)
    with open_store(own.database_url) as store:
        assert store.extracts().empty


def test_nothing_is_invented_unless_a_demonstration_was_asked_for(own: Settings) -> None:
    with pytest.raises(UnusableScorecard, match="make demo"):
        make_demonstration(real_of(own), FEW)
    with open_scorecard(real_of(own), local_person("Ann"), now()) as scorecard:
        with pytest.raises(UnusableScorecard, match="never"):
            load(scorecard, invent(scorecard.catalogue)[-1:])
        assert scorecard.store.extracts().empty


def test_the_demonstrations_store_is_refused_for_real_figures(own: Settings) -> None:
    make_demonstration(own, 1)
    with pytest.raises(UnusableScorecard, match="invented figures"):
        open_scorecard(real_of(own), local_person("Ann"), now())


# The command


def test_the_command_says_where_and_needs_the_demonstration_to_be_asked_for(
    own: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SCORECARD_DATABASE_URL", own.database_url)
    monkeypatch.delenv("SCORECARD_DEMONSTRATION", raising=False)
    assert main(["demonstrate"]) == 1
    assert "make demo" in capsys.readouterr().err
    monkeypatch.setenv("SCORECARD_DEMONSTRATION", "1")
    monkeypatch.setattr("scorecard.demonstration.load.invent", lambda catalogue, months: invent(catalogue, 1))
    assert main(["demonstrate"]) == 0
    printed = capsys.readouterr()
    assert "1 extracts (1 new)" in printed.out
    assert own.database_url.removeprefix("sqlite:///") in printed.out
    assert "1 of 1 months" in printed.err
