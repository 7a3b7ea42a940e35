"""A published file is previewed, stored as an edition, stored again, taken back; and never meets what is ours."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from scorecard.cli.commands import main
from scorecard.use_cases.open_scorecard import DATABASE_VARIABLE, DEMONSTRATION_VARIABLE
from scorecard.use_cases.published.compare import compare_published
from scorecard.use_cases.published.import_file import import_published, preview_published
from scorecard.use_cases.published.known_figures import known_figures
from scorecard.use_cases.published.overview import measure_words
from scorecard.use_cases.published.reference import MappingError, load_reference
from scorecard.use_cases.view.measures import view_measures
from tests.published.files import ENGLAND, SOUTHAMPTON, ees, lait, year

WHEN = datetime(2026, 1, 5, 9, tzinfo=UTC)
TURNOVER, FED = "social-worker-turnover", "staff-turnover-social-workers"


def preview(opened, content: bytes, published: date | None = None, name: str = "file.csv"):
    return preview_published(opened, [(name, content)], published=published)[0]


def ours(opened, end: str = "2025-09") -> tuple[float, int]:
    rows = known_figures(opened, [TURNOVER])
    row = rows[(rows["area"] == "852") & (rows["period_end"].dt.strftime("%Y-%m") == end)].iloc[0]
    return float(row["value"]), int(row["edition"])


def test_editions_are_ordered_by_their_day_and_never_touch_what_is_ours(opened) -> None:
    shipped = ours(opened)
    assert shipped == (7.4, 20250930)
    before = view_measures(opened)
    same = preview(opened, ees(year("7.4")))
    assert (same.counts["unchanged"], same.waits, same.refused) == (1, False, False)
    other = preview(opened, ees(year("8.1"), year("c", ENGLAND)))
    assert (other.counts["revised"], other.waits, other.findings.counts) == (2, True, {"published-edition-unclear": 1})
    with pytest.raises(ValueError, match="Say why"):
        import_published(opened, other, when=WHEN)
    dated = preview(opened, ees(year("8.1"), year("c", ENGLAND)), date(2026, 2, 24))
    assert (dated.waits, dated.symbols, dated.areas) == (False, {"c": 1}, 2)
    assert dated.changed_where == {"of ours": 1, "of our neighbours": 0, "of the region": 0, "of England": 1}
    assert dated.our_changes == ["social-worker-turnover, September 2025: 7.4 to 8.1"]
    assert dated.standing == (
        "staff-turnover-social-workers, year to September 2025: 12th lowest of 148 in England, 4.6 percentage points "
        "better than the neighbours → 21st lowest of 148 in England, 3.9 percentage points better than the neighbours",
    )
    assert dated.feeds == ("staff-turnover-social-workers",)
    receipt = import_published(opened, dated, when=WHEN)
    assert (receipt.revised, receipt.already_held) == (2, False)
    assert ours(opened) == (8.1, 20260224)
    again = preview(opened, ees(year("8.1"), year("c", ENGLAND)), date(2026, 2, 24))
    assert again.already_held == receipt.extract_id
    assert import_published(opened, again, when=WHEN).already_held
    next_one = preview(opened, ees(year("9.5")), date(2026, 3, 1))
    assert next_one.our_changes == ["social-worker-turnover, September 2025: 8.1 to 9.5"]
    assert next_one.standing[0].startswith("staff-turnover-social-workers, year to September 2025: 21st lowest of 148")
    after = view_measures(opened)
    assert (after.month, after.observations.shape) == (before.month, before.observations.shape)
    assert f"{after.month:%Y-%m}" == "2020-07"
    opened.store.withdraw(receipt.extract_id, "Ann", WHEN, "wrong file")
    assert ours(opened) == shipped


def test_an_older_edition_loaded_late_fills_gaps_alone(opened) -> None:
    late = preview(opened, ees(year("99", time="2024,Reporting year"), year("5", time="2015,Reporting year")))
    assert (late.counts["older"], late.counts["new"]) == (1, 1)
    assert late.findings.counts["published-earlier-edition"] == 1
    import_published(opened, late, when=WHEN)
    assert ours(opened, "2024-09")[0] == 18.8
    assert ours(opened, "2015-09") == (5.0, 20240930)
    comparison = compare_published(opened, [FED])
    sentences = measure_words(comparison, comparison.measures[FED])
    first = "year to September 2024: 99.0% as first published (edition of 30/09/2024), 18.8% as revised since."
    assert [sentence for sentence in sentences if "first published" in sentence] == [first]


def test_a_part_of_a_year_never_stands_among_years(opened) -> None:
    """Quarters and months of a figure that counts years are kept, and are no figures of the measure."""
    parts = [("202526,Financial year Q2", "1"), ("2025,September", "2"), ("2026,Reporting year", "9")]
    sent = preview(opened, ees(*(year(value, time=time) for time, value in parts)), date(2027, 2, 24))
    import_published(opened, sent, when=WHEN)
    comparison = compare_published(opened, [FED])
    assert comparison.ours["months"].eq(12).all()
    assert comparison.ours["value"].tolist()[-2:] == [7.4, 9.0]
    assert comparison.disagreements.empty


def test_a_mapping_that_can_not_be_used_says_so_until_it_is_mended(opened, tmp_path) -> None:
    config = opened.settings.published.parent
    shutil.copytree(config, tmp_path / "config")
    settings = opened.settings.model_copy(update={"published": tmp_path / "config" / "published.yaml"})
    with_mapping = replace(opened, settings=settings)
    list_file = tmp_path / "config" / "neighbours" / "may-2025.csv"
    right = list_file.read_text(encoding="utf-8")
    assert load_reference(with_mapping).neighbours.of("may-2025", "201")[0] == "202"
    list_file.write_text(right.replace("201,202,", "201,201,"), encoding="utf-8")
    for _ in range(2):
        with pytest.raises(MappingError, match=r"may-2025\.csv, line 2"):
            load_reference(with_mapping)
    list_file.write_text(right.replace("201,202,205,", "201,205,202,"), encoding="utf-8")
    assert load_reference(with_mapping).neighbours.of("may-2025", "201")[0] == "205"


def test_lait_is_read_by_the_dictionary_that_comes_with_it(opened) -> None:
    steps: list[tuple[str, float]] = []
    files = [("lait.parquet", lait(("LAC", "2025", "90", 852))), ("d.csv", b"Measure_short,Year_Type\nLAC,Annual\n")]
    table, dictionary = preview_published(opened, files, progress=lambda *done: steps.append(done))
    assert (dictionary.is_dictionary, table.findings.counts, table.counts["unchanged"]) == (True, {}, 1)
    assert [share for _, share in steps] == sorted(share for _, share in steps)
    assert ("Reading file 2 of 2 (0.0 MB)", 2 / 3) in steps, "all of it is read"


def test_the_terminal_answers_with_its_exit_codes(tmp_path, monkeypatch, capsys) -> None:
    monkeypatch.setenv(DATABASE_VARIABLE, f"sqlite:///{tmp_path / 's.db'}")

    def run(content: bytes, *more: str) -> int:
        (tmp_path / "file.csv").write_bytes(content)
        return main(["import-published", str(tmp_path / "file.csv"), "--by", "Ann", *more])

    assert run(ees(year("n/a"))) == 1
    assert "An unknown symbol" in capsys.readouterr().out
    assert run(ees(year("8.1"))) == 3
    assert run(ees(year("8.1")), "--published", "24/2/26") == 2
    assert run(ees(year("8.1")), "--published", "2026-02-24", "--json") == 0
    assert '"revised": 1' in capsys.readouterr().out
    assert run(ees(year("8.1")), "--published", "2026-02-24") == 0
    assert "was stored before" in capsys.readouterr().out
    assert main(["import-published", str(tmp_path / "gone.csv")]) == 2
    assert main(["withdraw", "1", "--reason", "wrong", "--by", "Ann"]) == 0
    monkeypatch.setenv(DEMONSTRATION_VARIABLE, "1")
    monkeypatch.setenv(DATABASE_VARIABLE, f"sqlite:///{tmp_path / 'invented.db'}")
    assert run(ees(year("8.1", SOUTHAMPTON))) == 1
    assert "every figure of this store is invented" in capsys.readouterr().err
