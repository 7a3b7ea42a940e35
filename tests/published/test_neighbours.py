from __future__ import annotations

import re
from datetime import date

import pytest

from scorecard.extract.files.contents import Refused
from scorecard.extract.files.sent_file import SentFile
from scorecard.published.neighbours import file_of_lists, lists_of_sheet, read_neighbours
from scorecard.published.read_mapping import MappingError
from tests.published.conftest import PROJECT

FOLDER = PROJECT / "config" / "neighbours"
RULE = (FOLDER / "neighbours.yaml").read_text(encoding="utf-8")
HEADER = ["LA num", "LA Name", "SN1", "SNP", "SN2", "SNP"]


def listed(name: str) -> bytes:
    return (FOLDER / name).read_bytes()


@pytest.mark.parametrize(
    ("end", "edition"),
    [(date(2016, 3, 31), "april-2021"), (date(2025, 3, 31), "april-2021"), (date(2025, 4, 30), "april-2021"),
     (date(2025, 5, 31), "may-2025"), (date(2025, 9, 30), "may-2025")],
)  # fmt: skip
def test_which_edition_holds_is_the_rules(authorities, end: date, edition: str) -> None:
    known = read_neighbours(RULE.encode(), listed, authorities, "neighbours.yaml")
    assert known.edition_for(end).id == edition
    assert known.of("april-2021", "942") == ()  # an authority of 2023
    assert known.of("may-2025", "942")[:2] == ("943", "925")


@pytest.mark.parametrize(
    ("rows", "code", "found"),
    [([["852", "A", "851", "", "852", ""]], "neighbours-self", "852"),
     ([["852", "A", "851", "", "851", ""]], "neighbours-twice", "851"),
     ([["852", "A", "851", "", "850", ""], ["852", "A", "851", "", "850", ""]], "neighbours-twice", "852"),
     ([["852", "A", "999", "", "850", ""]], "neighbours-unknown", "999"),
     ([], "neighbours-unreadable", "")],
)  # fmt: skip
def test_a_list_that_can_not_be_is_refused(authorities, rows, code: str, found: str) -> None:
    with pytest.raises(Refused) as refused:
        lists_of_sheet([["x"], HEADER, *rows], authorities)
    [fault] = refused.value.faults
    assert (fault["code"].iat[0], fault["found"].iat[0]) == (code, found)


def test_a_dash_is_no_list(authorities) -> None:
    rows = [HEADER, ["942", "Cumberland", "-", "-", "-", "-"], ["852", "Southampton", "851", "", "850", ""]]
    assert lists_of_sheet(rows, authorities) == {"852": ("851", "850")}


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ("edition: may-2024", "Did you mean 'may-2025'?"),
        ("edition: [", "bracket"),
        ("edition: ''", "edition"),
        ("edtion: may-2025", "unknown key 'edtion'. Did you mean 'edition'?"),
    ],
)
def test_a_wrong_rule_names_its_line(authorities, wrong: str, message: str) -> None:
    content = RULE.replace("edition: may-2025", wrong)
    with pytest.raises(MappingError, match=re.escape(message)):
        read_neighbours(content.encode(), listed, authorities, "neighbours.yaml")


def test_an_empty_rule_says_what_it_lacks(authorities) -> None:
    with pytest.raises(MappingError, match=r"The list of neighbours has 1 fault:\n.*line 1.*It has the editions"):
        read_neighbours(b"", listed, authorities, "neighbours.yaml")


@pytest.mark.parametrize(
    ("sheet", "ours"),
    [("sn_april_2021.xlsx", "april-2021.csv"), ("sn_may_2025.xlsx", "may-2025.csv"),
     ("New_Statistical_Neighbour_Groupings_April_2021.csv", "april-2021.csv")],
)  # fmt: skip
def test_what_is_kept_is_what_was_published(authorities, real, sheet: str, ours: str) -> None:
    [records] = [table_sheet.records for table_sheet in SentFile((real / sheet).read_bytes(), sheet).contents.sheets]
    assert file_of_lists(lists_of_sheet(list(records), authorities)) == listed(ours)
