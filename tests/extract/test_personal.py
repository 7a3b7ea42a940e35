"""Notes that tell of one person: each kind is recognised, and what was found is shown nowhere."""

from __future__ import annotations

import pytest

from scorecard.extract.check_personal import personal_words

PERSONAL = [
    ("NHS no 943 476 5919 moved", "an NHS number"),
    ("943-476-5919", "an NHS number"),
    ("9434765919", "an NHS number"),
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
    "see report of 03/02/2020", "20 of 25 seen",
]  # fmt: skip


@pytest.mark.parametrize(("note", "words"), PERSONAL)
def test_what_tells_of_one_person_is_recognised(note: str, words: str) -> None:
    assert personal_words(note) == words


@pytest.mark.parametrize("note", NOT_PERSONAL)
def test_a_note_about_figures_passes(note: str) -> None:
    assert personal_words(note) == ""


@pytest.mark.parametrize("note", [note for note, _ in PERSONAL])
def test_a_note_about_a_person_refuses_the_file_and_is_not_shown(note: str, check) -> None:  # type: ignore[no-untyped-def]
    checked = check(f"measure_id,period,value,note\nvisits-on-time,2020-08,82,{note}\n")
    assert list(checked.findings.counts) == ["personal-note"]
    assert note.encode() not in checked.findings.to_csv()
    assert note not in "".join(str(one) for one in checked.findings)
