"""What came and who owes what, through the store; and the page about it says the thresholds that hold."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from scorecard.use_cases.open_scorecard import Scorecard
from scorecard.use_cases.upload.history import accepted_warnings
from scorecard.use_cases.upload.read_table import read_table
from scorecard.use_cases.upload.submit_extract import preview_extract, submit_extract
from scorecard.use_cases.upload.withdraw_extract import withdraw_extract
from scorecard.use_cases.view import completeness as quality
from scorecard.use_cases.view.completeness import usual_revision_of, view_completeness
from tests.conftest import WHEN

PAGE = Path(__file__).parents[3] / "docs" / "data-quality.md"
MEASURE = "contacts-becoming-referrals"


def send(opened: Scorecard, days: int, *rows: str) -> int:
    text = "measure_id,period,value\n" + "\n".join(rows) + "\n"
    previewed = preview_extract(opened, f"{days}.csv", text.encode(), today=date(2021, 6, 1))
    receipt = submit_extract(opened, previewed, when=WHEN + timedelta(days=days), reason="Late recording")
    return receipt.extract_id


def state(opened: Scorecard, month: str, **more: object) -> str:
    matrix = view_completeness(opened, **more).completeness.matrix  # type: ignore[arg-type]
    rows = matrix[(matrix["measure_id"] == MEASURE) & (matrix["period_end"].dt.strftime("%Y-%m") == month)]
    return str(rows["state"].iloc[0])


def test_on_the_plan_alone_its_month_came_and_nothing_earlier_was_due(opened: Scorecard) -> None:
    completeness_view = view_completeness(opened)
    assert completeness_view.month.date() == date(2020, 7, 31)
    assert completeness_view.completeness.matrix["due"].sum() == len(completeness_view.completeness.marks) - 1, (
        "one measure starts later"
    )
    assert state(opened, "2020-07") == "received"
    assert len(completeness_view.completeness.owed) == 2


def test_what_was_sent_revised_and_withdrawn(opened: Scorecard) -> None:
    send(opened, 0, f"{MEASURE},2020-08,25%")
    assert state(opened, "2020-08") == "received"
    second = send(opened, 1, f"{MEASURE},2020-08,24%")
    assert state(opened, "2020-08") == "revised"
    assert state(opened, "2020-08", as_known_at=WHEN + timedelta(hours=1)) == "received"
    withdraw_extract(opened, second, when=WHEN + timedelta(days=2), reason="wrong")
    assert state(opened, "2020-08") == "received"
    owed = view_completeness(opened).completeness.owed
    assert MEASURE not in set(owed["measure_id"])
    assert "adoptions" in set(owed["measure_id"])


def test_how_much_first_figures_are_usually_revised(opened: Scorecard) -> None:
    months = [f"2020-{month:02d}" for month in range(8, 13)] + ["2021-01"]
    send(opened, 0, *[f"{MEASURE},{month},{20 + at}%" for at, month in enumerate(months)])
    assert usual_revision_of(view_completeness(opened), MEASURE) is None
    send(opened, 1, *[f"{MEASURE},{month},{22 + at}%" for at, month in enumerate(months)])
    usual = usual_revision_of(view_completeness(opened), MEASURE)
    assert usual is not None
    assert "usually revised by 2 percentage points, mostly upwards: 6 of 6" in usual.sentence


def test_what_was_read_and_its_accepted_warnings_are_handed_out(opened: Scorecard) -> None:
    number = send(opened, 0, f"{MEASURE},2020-08,0.25")
    assert read_table(opened, number) == (
        "0 (as read).csv",
        f"measure_id,period,value\n{MEASURE},2020-08,0.25\n".encode(),
    )
    accepted = accepted_warnings(opened, number)
    assert accepted[["code", "row", "measure_id", "reason"]].to_numpy().tolist() == [
        ["unit-looks-wrong", 2, MEASURE, "Late recording"]
    ]
    marks = view_completeness(opened).completeness.marks.set_index("measure_id")
    sentence = str(marks.loc[MEASURE, "plausible_words"])
    assert sentence.startswith("an unusual figure was accepted on ")
    assert sentence.endswith(": late recording")


def test_the_page_names_every_state_mark_and_threshold() -> None:
    text = PAGE.read_text(encoding="utf-8")
    for word in (*quality.STATES, *quality.MARKS):
        assert f"| {word.replace('_', ' ')} |" in text, word
    for name in ("MISSING_ALLOWED", "LATE_ALLOWED", "STABLE_SHARE", "WARNINGS_ALLOWED", "FEWEST_SENT_AGAIN"):
        assert f"{name} = {getattr(quality, name)}" in text
    assert f"the last {quality.WINDOW} months" in text
    for mark, rule in quality.MARK_RULES.items():
        assert f"| {mark} | {rule}" in text


def test_the_rules_in_words_say_the_thresholds_that_hold() -> None:
    """A mark's rule says 'no' of what may be missing, late or outstanding: then none may be."""
    rules = quality.MARK_RULES
    assert list(rules) == list(quality.MARKS)
    allowed = {"complete": "MISSING_ALLOWED", "timely": "LATE_ALLOWED", "plausible": "WARNINGS_ALLOWED"}
    for mark, name in allowed.items():
        assert rules[mark].startswith("no ")
        assert getattr(quality, name) == 0
    assert f"{quality.STABLE_SHARE:.0%}" in rules["stable"]
    assert f"at least {quality.FEWEST_SENT_AGAIN} figures" in rules["stable"]
