from __future__ import annotations

import pytest

from scorecard.catalogue.models import Catalogue
from scorecard.published.read_mapping import MappingError, read_mapping
from tests.published.conftest import PROJECT
from tests.published.mapping_page import PAGE, page

CONTENT = (PROJECT / "config" / "published.yaml").read_text(encoding="utf-8")


def test_every_measure_is_listed_five_the_same_and_ten_near(mapping, plan_catalogue) -> None:
    assert [measure.id for measure in mapping.measures] == [measure.id for measure in plan_catalogue.measures]
    counted = {match: sum(measure.match == match for measure in mapping.measures) for match in ("same", "near", "none")}
    assert counted == {"same": 5, "near": 10, "none": 32}


def line_with(text: str) -> int:
    return CONTENT[: CONTENT.index(text)].count("\n") + 1


FAULTS = [
    ("{figure: caseload}", "{figure: caselaod}", "{figure: caseload}", "Did you mean 'caseload'?"),
    ("- id: caseload-overall", "- id: caseload-overal", "- id: caseload-overall", "Did you mean 'caseload-overall'?"),
    (
        "denominator: population-0-17, per: 10000",
        "denominator: population-0-17, per: 100",
        "per: 10000",
        "per is 10000",
    ),
    ("match: same\n", "match: alike\n", "match: same\n", "Allowed: 'same', 'near' or 'none'"),
    ("{figure: agency-rate}", "{figure: lait-adoptions}", "{figure: agency-rate}", "The measure is in percent"),
    ("counts: day\n", "counted: day\n", "counts: day\n", "Did you mean 'counts'?"),
    ("- id: lait-adoptions\n", "- id: lait-foster-places\n", "- id: lait-foster-places\n", "name each figure once"),
    ("{figure: caseload}", "{}", "{figure: caseload}", "Give one of the two"),
]


@pytest.mark.parametrize(("right", "wrong", "where", "remedy"), FAULTS)
def test_a_fault_names_its_line_and_what_to_do(plan_catalogue, right: str, wrong: str, where: str, remedy: str) -> None:
    with pytest.raises(MappingError) as refused:
        read_mapping(CONTENT.replace(right, wrong, 1).encode(), plan_catalogue)
    assert any(remedy in fault.remedy and fault.line == line_with(where) for fault in refused.value.faults), str(
        refused.value
    )


def without(catalogue: Catalogue, measure_id: str) -> Catalogue:
    """The catalogue without one of its measures."""
    areas = [
        area.model_copy(update={"measures": tuple(measure for measure in area.measures if measure.id != measure_id)})
        for area in catalogue.service_areas
    ]
    return catalogue.model_copy(update={"service_areas": tuple(areas)})


def test_a_measure_that_is_not_listed_hinders_no_other(mapping, plan_catalogue) -> None:
    start = CONTENT.index("  - id: practice-reviews-on-time")
    assert read_mapping(CONTENT[:start].encode(), plan_catalogue).fed == mapping.fed


def test_a_measure_of_another_catalogue_is_left_out(mapping, plan_catalogue) -> None:
    read = read_mapping(CONTENT.encode(), without(plan_catalogue, "caseload-overall"))
    assert read.measures == tuple(measure for measure in mapping.measures if measure.id != "caseload-overall")
    assert "caseload-overall" not in read.feeds("caseload")


@pytest.mark.parametrize("content", [b"", b"publications: 3\nmeasures: []\n", b"a: [", b"\xff"])
def test_what_is_no_mapping_is_refused(plan_catalogue, content: bytes) -> None:
    with pytest.raises(MappingError):
        read_mapping(content, plan_catalogue)


def test_the_page_lists_what_the_mapping_says(mapping) -> None:
    assert PAGE.read_text(encoding="utf-8") == page(mapping), "renew it: python -m tests.published.mapping_page"
