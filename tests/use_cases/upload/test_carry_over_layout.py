"""A layout shown again keeps what the page doesn't ask about, and says what that is."""

from __future__ import annotations

from typing import Any

import pytest

from scorecard.extract.report_layout.model import LayoutError, ReportLayout, make_layout
from scorecard.use_cases.upload.carry_over_layout import carry_over, guesses, label_columns

PUBLISHED = {
    "layout": "Children looked after, published",
    "source": "Department for Education",
    "header_row": 1,
    "header": ["time_period", "region_code", "new_la_code", "population_type", "children_count", "rate"],
    "measures": {"children_count": "looked-after-children-number", "rate": "looked-after-children-rate"},
    "ignored": ["Total"],
    "area": "new_la_code",
    "area_if_blank": ["region_code"],
    "areas": ["Southampton", "South East"],
    "only": {"population_type": "Looked after on 31 March"},
    "month": {"stands_in": "column", "column": "time_period", "year_ends": "March"},
    "symbols": {"u": "x", "low": "low"},
}
MONTHLY = {
    "layout": "Case system monthly",
    "source": "Case management system",
    "header_row": 4,
    "header": ["Part", "Section", "Indicator", "Number", "Out of", "Result", "Team", "Remark"],
    "labels_in": ["Part", "Section", "Indicator"],
    "measures": {
        "A › B › Contacts": "contacts-becoming-referrals",
        "A › B › Adoptions": {"measure": "adoptions", "value": "Number"},
    },
    "ignored": ["A › B › Total"],
    "value": "Result",
    "numerator": "Number",
    "denominator": "Out of",
    "note": "Remark",
    "only": {"Team": ["All", "Whole service"]},
    "month": {"stands_in": "cell", "cell": "B2"},
    "symbols": {"n/a": "z"},
}
BESIDE = {"layout": "Again", "source": "Somebody", "shares": False, "sheet": None}


def again(before: dict[str, Any], structure: dict[str, Any], meant: dict[str, str], here: list[str]) -> ReportLayout:
    """The layout as the page makes it from answers: every label of `meant` is asked, '' leaves it out."""
    carried = carry_over(make_layout(before), structure, list(meant), here)
    labelled = bool(structure["labels_in"])
    answers = {
        **BESIDE,
        **structure,
        "measures": {label: measure for label, measure in meant.items() if measure},
        "ignored": [label for label, measure in meant.items() if not measure] if labelled else [],
    }
    return make_layout(carried.into(answers))


def renamed(before: dict[str, Any], was: str, now: str) -> list[str]:
    return [now if name == was else name for name in before["header"]]


def across(header: list[str]) -> dict[str, Any]:
    return {"header_row": 2, "header": header, "labels_in": (), "month": {"stands_in": "column", "column": header[0]}}


def down(header: list[str], **changed: Any) -> dict[str, Any]:
    columns = {"value": "Result", "numerator": "Number", "denominator": "Out of", "note": "Remark", "area": None}
    month = {"stands_in": "cell", "cell": "B2"}
    labels = ("Part", "Section", "Indicator")
    return {"header_row": 5, "header": header, "labels_in": labels, "month": month, **columns, **changed}


ACROSS = {"children_count": "looked-after-children-number", "rate": "looked-after-children-rate", "new_la_code": ""}
DOWN = {"A › B › Contacts": "contacts-becoming-referrals", "A › B › Adoptions": "adoptions", "A › B › Total": ""}


def test_all_that_only_yaml_can_say_of_measures_in_columns_is_kept() -> None:
    header = renamed(PUBLISHED, "rate", "rate_per_10000")
    meant = {"children_count": "looked-after-children-number", "rate_per_10000": "looked-after-children-rate"}
    made, was = again(PUBLISHED, across(header), meant, header), make_layout(PUBLISHED)
    for name in ("only", "areas", "area", "area_if_blank", "symbols", "ignored", "month"):
        assert getattr(made, name) == getattr(was, name), name
    assert (made.header_row, made.name) == (2, "Again"), "what was answered is as it was answered"
    assert {label: meaning.measure for label, meaning in made.measures.items()} == meant, (
        "a column that is gone is not kept"
    )


def test_all_that_only_yaml_can_say_of_measures_in_rows_is_kept() -> None:
    made, was = again(MONTHLY, down(MONTHLY["header"]), DOWN, list(DOWN)), make_layout(MONTHLY)
    assert made.model_dump(exclude={"name", "source", "header_row"}) == was.model_dump(
        exclude={"name", "source", "header_row"}
    )
    assert label_columns(was, ("Part", "Indicator"), MONTHLY["header"]) == ("Part", "Section", "Indicator")
    assert label_columns(was, ("Indicator",), MONTHLY["header"]) == ("Indicator",)
    assert label_columns(None, ("Part", "Indicator"), MONTHLY["header"]) == ("Part", "Indicator")


@pytest.mark.parametrize(
    ("was", "now", "changed", "expected"),
    [
        ("Number", "Count", {"numerator": "Count"}, ("measures.value", "Count")),  # as it was answered of another use
        ("Team", "Teams", {}, ("only", "Teams")),  # as it is most like
        ("Team", "Group", {}, ("only", "Group")),  # as it stands in the same place
    ],
)
def test_a_column_that_is_called_otherwise_now_is_followed(
    was: str, now: str, changed: dict[str, Any], expected: tuple[str, str]
) -> None:
    header = renamed(MONTHLY, was, now)
    made = again(MONTHLY, down(header, **changed), DOWN, list(DOWN))
    followed = {"measures.value": made.measures["A › B › Adoptions"].value, "only": next(iter(made.only))}
    assert followed[expected[0]] == expected[1]
    carried = carry_over(make_layout(MONTHLY), down(header, **changed), list(DOWN), list(DOWN))
    assert f"'{was}' is taken to be '{now}' now." in carried.in_sentences()


def test_the_questions_begin_with_the_present_names() -> None:
    begun = guesses(make_layout(MONTHLY), renamed(MONTHLY, "Result", "Outcome"))
    assert begun is not None
    assert (begun.value, begun.numerator, begun.labels_in) == ("Outcome", "Number", ("Part", "Section", "Indicator"))
    begun = guesses(make_layout(PUBLISHED), renamed(PUBLISHED, "time_period", "period"))
    assert begun is not None
    assert begun.month.column == "period"
    assert guesses(None, ["a"]) is None


def test_a_column_that_is_gone_is_never_dropped_in_silence() -> None:
    header = [name for name in MONTHLY["header"] if name != "Team"]
    with pytest.raises(LayoutError, match=r"no column 'Team' any more\. Rows are chosen by it.*\n.*as YAML"):
        carry_over(make_layout(MONTHLY), down(header), list(DOWN), list(DOWN))


def test_labels_that_are_not_asked_about_keep_their_meaning_while_the_report_has_them() -> None:
    asked = {"A › B › Contacts": "contacts-becoming-referrals"}
    there = again(MONTHLY, down(MONTHLY["header"]), asked, list(DOWN))
    assert there == make_layout(MONTHLY | {"layout": "Again", "source": "Somebody", "header_row": 5})
    gone = again(MONTHLY, down(MONTHLY["header"]), asked, list(asked))
    assert list(gone.measures) == ["A › B › Contacts"], "as the finding promises: shown again without it"
    assert gone.ignored == ("A › B › Total",), "what is left out may come back"


def test_an_area_that_is_no_more_asked_for_takes_the_choice_of_areas_with_it() -> None:
    before = MONTHLY | {"area": "Team", "areas": ["Southampton"], "area_if_blank": ["Part"]}
    made = again(before, down(MONTHLY["header"], area=None), DOWN, list(DOWN))
    assert (made.area, made.areas, made.area_if_blank) == (None, (), ())


def test_what_is_kept_is_said_in_sentences() -> None:
    carried = carry_over(make_layout(PUBLISHED), across(PUBLISHED["header"]), list(ACROSS), list(ACROSS))
    assert carried.in_sentences() == [
        "Only rows with 'Looked after on 31 March' in 'population_type' are read.",
        "The area stands in 'new_la_code'.",
        "Only these areas are read: 'Southampton', 'South East'.",
        "Where the area's own column is blank, it stands in 'region_code'.",
        "A year alone ends in March.",
        "'u' means: not available.",
        "'low' means: rounds to zero.",
        "Labels that are not among those below are still left out: 'Total'.",
    ]
    carried = carry_over(make_layout(MONTHLY), down(MONTHLY["header"]), list(DOWN), list(DOWN))
    assert carried.in_sentences() == [
        "Only rows with 'All', 'Whole service' in 'Team' are read.",
        "'n/a' means: not applicable.",
        "'A › B › Adoptions' has columns of its own: value from 'Number'.",
    ]


def test_a_layout_that_is_shown_for_the_first_time_keeps_nothing() -> None:
    carried = carry_over(None, across(PUBLISHED["header"]), list(ACROSS), list(ACROSS))
    assert carried.in_sentences() == []
    answers = {"measures": {"rate": "looked-after-children-rate"}, "ignored": [], **across(PUBLISHED["header"])}
    assert carried.into(answers) == answers
