"""The files as they were published, where they are beside the project: what they hold, known from outside."""

from __future__ import annotations

import pandas as pd
import pytest

from scorecard.published.read_file import ReadFile, read_file

FILES = {
    "lait": "bds_long_0.parquet",
    "referrals": "c1_children_in_need_referrals_and_rereferrals_2013_to_2025.csv",
    "referrals before": "c1_children_in_need_referrals_and_rereferrals_2013_to_2024.csv",
    "workforce": "csww_indicators_2017_to_2025.csv",
    "looked after": "cla_number_and_rate_per_10k_children.csv",
}


@pytest.fixture(scope="module")
def files(real, mapping, authorities) -> dict[str, ReadFile]:
    dictionary = read_file((real / "lait_data_dictionary.csv").read_bytes(), mapping, authorities).dictionary
    return {
        name: read_file((real / file).read_bytes(), mapping, authorities, dictionary) for name, file in FILES.items()
    }


def values(file: ReadFile, figure: str) -> pd.Series:
    rows = file.figures[file.figures["measure_id"] == figure]
    return rows.set_index(["area", "period_end"])["value"].dropna()


def test_every_file_is_read_whole_and_without_a_fault(files) -> None:
    codes = {code for file in files.values() for part in file.faults for code in part["code"]}
    assert codes <= {"published-rows-skipped"}
    assert {name: (file.kind, file.rows) for name, file in files.items()} == {
        "lait": ("lait", 641_070),
        "referrals": ("ees", 2_132),
        "referrals before": ("ees", 1_967),
        "workforce": ("ees", 1_463),
        "looked after": ("ees", 2_505),
    }


def test_derived_referral_rates_are_those_that_are_printed(files) -> None:
    """referral_count / population_estimate × 10,000 against LAIT's printed rate, 2021 to 2025."""
    derived = values(files["referrals"], "referral-number") / values(files["looked after"], "population-0-17") * 10_000
    printed = values(files["lait"], "lait-referral-rate")
    both = pd.DataFrame({"derived": derived, "printed": printed}).dropna()
    both = both[both.index.get_level_values("area").astype(int) < 970]
    assert len(both) == 757
    assert (both["derived"] - both["printed"]).abs().max() <= 0.0500001


def test_two_generations_and_two_publications_say_the_same(files) -> None:
    before, after = (values(files[name], "referral-number") for name in ("referrals before", "referrals"))
    assert len(before) > 1_900
    assert pd.DataFrame({"before": before, "after": after}).dropna().query("before != after").empty
    lait, ees = values(files["lait"], "lait-looked-after-rate"), values(files["looked after"], "looked-after-rate")
    assert pd.DataFrame({"lait": lait, "ees": ees}).dropna().query("lait != ees").empty


def test_sheffield_has_one_history_under_two_codes(files) -> None:
    turnover = values(files["workforce"], "social-worker-turnover")
    assert [end.year for end in turnover["373"].index] == list(range(2025, 2016, -1))
    assert {"314 / 318", "940 / 941"} <= set(turnover.index.get_level_values("area"))
