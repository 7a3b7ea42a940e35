"""Notes that tell of one person: each kind is recognised, and what was found is shown nowhere."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from scorecard.extract.persons.personal_data import may_tell, personal_words
from tests.extract.persons_page import cases

PERSONAL = [
    ("NHS no 943 476 5919 moved", "an NHS number"),
    ("943-476-5919", "an NHS number"),
    ("9434765919", "an NHS number"),
    ("9434765919,9434765919.", "an NHS number"),
    ("pupil H801200001001", "a unique pupil number"),
    ("AB123456C left", "a National Insurance number"),
    ("AB 12 34 56 C", "a National Insurance number"),
    ("DOB 03/02/2011", "a date of birth"),
    ("d.o.b. 3.2.11", "a date of birth"),
    ("child born on 3 February 2011", "a date of birth"),
    ("Ann (date of birth: 2011-02-03)", "a date of birth"),
]
NOT_PERSONAL = [
    "", "late recording", "9434765918", "19434765919", "0000000000", "1,234,567,890", "01234 567890",
    "H801200001002", "3/02/2011 to 28/02/2011", "born in this month: 12 babies", "births up 10 on 2019-20",
    "see report of 03/02/2020", "20 of 25 seen", "0.9434765919", "12,9434765919", "-82.9434765919%",
]  # fmt: skip


@pytest.mark.parametrize(("note", "expected"), PERSONAL)
def test_what_tells_of_one_person_is_recognised(note: str, expected: str) -> None:
    assert personal_words(note) == expected


@pytest.mark.parametrize("note", NOT_PERSONAL)
def test_a_note_about_figures_passes(note: str) -> None:
    assert personal_words(note) == ""


@pytest.mark.parametrize("note", [note for note, _ in PERSONAL])
def test_a_note_about_a_person_refuses_the_file_and_is_not_shown(note: str, check) -> None:  # type: ignore[no-untyped-def]
    checked = check(f'measure_id,period,value,note\nvisits-on-time,2020-08,82,"{note}"\n')
    assert list(checked.findings.counts) == ["personal-note"]
    assert note.encode() not in checked.findings.to_csv()
    assert note not in "".join(str(finding) for finding in checked.findings)


ELSEWHERE = ["943 476 5919,2020-08,82", "visits-on-time,943 476 5919,82", "plans-number,2020-08,9434765919",
             "visits-on-time,2020-08,82,943 476 5919", "visits-on-time,2020-08,dob 3/2/2011"]  # fmt: skip


@pytest.mark.parametrize("row", ELSEWHERE)
def test_any_cell_about_a_person_refuses_the_file_and_is_not_shown(row: str, check) -> None:  # type: ignore[no-untyped-def]
    checked = check(f"measure_id,period,value,area\n{row}\n")
    assert checked.findings.count("personal-note") == 1
    findings_text = "".join(str(finding) for finding in checked.findings)
    assert "943" not in findings_text
    assert "3/2/2011" not in findings_text


@pytest.mark.parametrize(
    ("source", "expected"), [("x" * 100, True), ("x" * 101, False), ("HR\u202e", False), ("", True)]
)
def test_a_source_is_kept_up_to_its_length_and_without_unseen_marks(source: str, expected: bool, check) -> None:  # type: ignore[no-untyped-def]
    checked = check(f"measure_id,period,value,source\nvisits-on-time,2020-08,82,{source}\n")
    assert checked.findings.counts == ({} if expected else {"source-unkept": 1})


def test_what_can_t_be_seen_in_a_note_is_written_out(check) -> None:  # type: ignore[no-untyped-def]
    checked = check('measure_id,period,value,note\nvisits-on-time,2020-08,82,"late\u202e\nagain"\n')
    assert checked.observations["note"].tolist() == ["late‹U+202E› again"]


FIGURES = [["measure_id", "period", "value"], ["visits-on-time", "2020-08", 82]]
SHEETS = [
    # another sheet's rows, whether it lists children
    ([["Forename", "Surname", "Date of birth"], ["a", "b", "c"]], True),
    ([["All children"], [], ["Team", "Child ID", "Visited"], ["a", 1, "yes"]], True),
    ([["UPN", "School", "Attends"], ["a", "b", "c"]], True),
    ([["Team", "Name", "Email"], ["MASH", "a", "b"]], False),  # whom to ask
    ([["Column", "Meaning"], ["Child ID", "never send it"]], False),
    ([["Children number", "Rate", "Month"], [512, 101, "2020-08"]], False),
    ([["measure", "NHS number recorded (%)", "month"], ["a", 98, "2020-08"]], False),
]


@pytest.mark.parametrize(("rows", "refused"), SHEETS)
@pytest.mark.parametrize("hidden", [(), ("Raw",)])
def test_a_sheet_that_lists_children_refuses_the_file(rows, refused, hidden, check, workbook) -> None:  # type: ignore[no-untyped-def]
    checked = check(workbook({"F": FIGURES, "Raw": rows}, hidden=hidden), "figures.xlsx")
    counts = {"personal-column": 1} if refused else {}
    assert checked.findings.counts == counts | ({"hidden-parts": 1} if hidden else {})
    if refused:
        assert "'Raw'" in checked.findings[0].remedy


def test_many_texts_are_looked_at_as_few_are(monkeypatch: pytest.MonkeyPatch) -> None:
    personal_texts = [
        "QQ 12 34 56 C", "q-q-1-2-3-4-5-6-a", "12 34 56", "1.234567890e9", "0123456789", "01234 56789",
        "1 2 3 4 5 6 7 8 9 0", "1-------2 3 4 5 6 7 8 9 0 1", "٠١٢٣٤٥٦٧٨٩", "born", "D.O.B", "d o b", "b.1",
        "SO14 7LY", "7LYX", "7 éà", "SO14 7\u00a0LY", "٧LY", "7LYé", "éd.o.b", "①", "４", "²", "27 of 40",
        "E06000045", "2020-08-31", "contacts", "", "\u00e9" * 40, "1" * 60, "a1" * 30,
    ]  # fmt: skip
    texts = pa.array(
        [*personal_texts, *(case.text for case in cases()), *(case.beside for case in cases())], pa.large_string()
    )
    few = may_tell(texts)
    monkeypatch.setattr("scorecard.extract.persons.personal_data._FEW", 0)
    many = may_tell(texts)
    assert many[few].all()  # and a few more, where a letter of another script ends a word
    assert [texts[int(at)].as_py() for at in np.flatnonzero(many & ~few)] == ["7LYé", "éd.o.b"]
    assert few[[0, 1, 3]].all()
    assert not few[personal_texts.index("12 34 56")]
