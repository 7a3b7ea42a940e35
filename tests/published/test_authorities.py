from __future__ import annotations

from datetime import date

import pytest

from scorecard.published.authorities import read_authorities

HEADER = "number,kind,name,region,code,from,to,predecessors,successors\n"


def test_an_authority_is_one_under_all_its_codes(authorities) -> None:
    assert {authorities.number_of(code) for code in ("373", "373.0", "E08000019", "E08000039")} == {"373"}
    assert authorities.number_of("E92000001") == authorities.country == "970"


def test_a_joint_return_is_one_area_of_two(authorities) -> None:
    assert {authorities.number_of(text) for text in ("314 / 318", "318/314", "E09000021 / E09000027")} == {"314 / 318"}
    joint = authorities.area("940 / 941")
    assert joint.members == ("940", "941")
    assert joint.begins == date(2021, 4, 1)
    assert [authorities.number_of(text) for text in ("314 / 314", "314 / 999", "", "E06000099")] == [None] * 4


def test_who_came_after_whom_joins_without_a_gap(authorities) -> None:
    for area in authorities.areas:
        for number in area.successors:
            after = authorities.area(number)
            assert area.number in after.predecessors
            assert (after.begins - area.ends).days == 1
        for number in area.predecessors:
            assert area.number in authorities.area(number).successors
        assert area.kind == "country" or authorities.area(area.region).kind in ("region", "country")


@pytest.mark.parametrize(
    "day", [date(2012, 4, 1), date(2019, 4, 1), date(2020, 4, 1), date(2021, 4, 1), date(2025, 4, 1)]
)
def test_england_has_as_many_authorities_as_it_had(authorities, day: date) -> None:
    there = [area for area in authorities.areas if area.kind == "authority" and area.begins <= day <= area.ends]
    number = {2012: 152, 2019: 151, 2020: 151, 2021: 152, 2025: 153}[day.year]
    assert len(there) == number


@pytest.mark.parametrize(
    ("content", "message"),
    [(b"number,name\n", "line 1"), (f"{HEADER}1,city,A,,E06000001,,,,\n".encode(), "kind is 'city'"),
     (f"{HEADER}1,authority,A,,E06000001,1/4/2020,,,\n".encode(), "line 2: from")],
)  # fmt: skip
def test_a_table_that_can_not_be_read_names_its_line(content: bytes, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        read_authorities(content)
