"""Formats stand in one place; files are named to be filed."""

from __future__ import annotations

import pytest

from scorecard.catalogue.models import ServiceArea
from scorecard.pack.errors import PackError
from scorecard.pack.formats import FORMATS, export, file_name
from scorecard.pack.snapshot.models import PackState
from tests.pack import helpers

APPROVED = PackState(state="approved", role="Executive Director", edition=2)
ID = "ab" * 32


def test_each_format_begins_as_its_kind_of_file_does() -> None:
    content = helpers.plan_bytes()
    begins = {"pdf": b"%PDF-", "xlsx": b"PK", "html": b"<!DOCTYPE html>", "pptx": b"PK"}
    assert {"pdf", "xlsx", "html"} <= set(FORMATS) <= set(begins)
    for name in FORMATS:
        assert export(content, name).startswith(begins[name])


def test_a_format_that_is_not_there_is_answered_with_those_that_are() -> None:
    with pytest.raises(PackError, match=r"no format 'docx'\. Ask for one of: pdf"):
        export(helpers.plan_bytes(), "docx")


@pytest.mark.parametrize(
    ("state", "name"),
    [
        (APPROVED, "2020-07 Improvement Board approved edition 2 abababababab.pdf"),
        (PackState(), "2020-07 Improvement Board draft abababababab.pdf"),
        (PackState(state="superseded"), "2020-07 Improvement Board superseded abababababab.pdf"),
        (PackState(state="working_copy"), "2020-07 working copy.pdf"),
    ],
)
def test_a_file_is_named_by_month_board_and_state(state: PackState, name: str) -> None:
    assert file_name(helpers.plan_snapshot(), ID, state, "pdf") == name


def test_a_demonstration_says_so_in_its_name() -> None:
    assert (
        file_name(helpers.long_snapshot(), ID, APPROVED, "xlsx")
        == "2022-06 Improvement Board demonstration approved edition 2 abababababab.xlsx"
    )


def test_one_areas_pack_names_it_without_signs_that_a_file_may_not_have() -> None:
    plan = helpers.plan_snapshot()
    areas: tuple[ServiceArea, ...] = tuple(area for area in plan.service_areas if area.id == "mash-edt")  # type: ignore[assignment]
    one = plan.model_copy(update={"areas_asked": ("mash-edt",), "service_areas": areas})
    name = file_name(one, "", PackState(state="working_copy"), "pdf")
    assert name == "2020-07 MASH EDT working copy.pdf"


def test_a_pack_of_some_areas_says_of_how_many() -> None:
    plan = helpers.plan_snapshot()
    some = plan.model_copy(update={"areas_asked": ("a", "b"), "service_areas": plan.service_areas[:2]})
    assert file_name(some, ID, PackState(), "pdf") == (
        "2020-07 Improvement Board 2 of 17 service areas draft abababababab.pdf"
    )
