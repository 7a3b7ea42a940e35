"""Broken catalogues: each fault is named with its line, its measure, what was found and what to do."""

from __future__ import annotations

import re
from typing import NamedTuple

import pytest

from scorecard.catalogue.read_measures import CatalogueError, read_catalogue
from scorecard.catalogue.yaml_file import DEEPEST_NESTING, LARGEST_CATALOGUE
from tests.catalogue.plan_text import catalogue
from tests.catalogue.small_catalogue import SMALL, edited

TARGET = 'targets: [{at_least: 50, printed: "50%"}]'
SUPPLIED = "        supplied_by: A system\n"


class Case(NamedTuple):
    """A broken catalogue and the one fault to be named."""

    what: str
    content: str | bytes
    line: int
    measure: str | None
    found: str
    remedy: str


def case(what: str, old: str, new: str, line: int, measure: str | None, found: str, remedy: str) -> Case:
    return Case(what, edited(old, new), line, measure, found, remedy)


FIRST = "first-measure"
IN_A_MEASURE = [
    # what, from, to, line, measure, found, remedy
    case("missing key", "        kind: quality\n", "", 15, FIRST, "nothing", "Add 'kind'."),
    case("wrong word", "kind: quality", "kind: qualty", 19, FIRST, "'qualty'", "Did you mean 'quality'?"),
    case("wrong unit", "unit: percent", "unit: furlongs", 20, FIRST, "'furlongs'", "Allowed: 'percent', 'number'"),
    case("number in quotes", "value: 35", 'value: "35"', 27, FIRST, "'35'", "A plain number is needed, without quotes"),
    case("number with %", "value: 35", "value: 35%", 27, FIRST, "'35%'", "A plain number is needed"),
    case("number with _", "value: 35", "value: 3_5", 27, FIRST, "'3_5'", "A plain number is needed"),
    case("clock time", "value: 35", "value: 1:30", 27, FIRST, "'1:30'", "A plain number is needed"),
    case("octal", "value: 35", "value: 035", 27, FIRST, "'035'", "A plain number is needed"),
    case("infinity", "value: 35", "value: .inf", 27, FIRST, "inf", "A plain number is needed"),
    case("not a number", "value: 35", "value: .nan", 27, FIRST, "nan", "A plain number is needed"),
    case("truth for number", "value: 35", "value: true", 27, FIRST, "true", "A plain number is needed"),
    case("decimal comma", "value: 35", "value: 35,5", 27, FIRST, "the unknown key '5'", "written with a point"),
    case("text unquoted", 'printed: "35%"', "printed: 35", 27, FIRST, "35", 'put it in quotes, as "35"'),
    case("text empty", "name: First", "name: ''", 16, FIRST, "''", "Text is needed here."),
    case("text left out", "name: First", "name:", 16, FIRST, "nothing", "Text is needed here."),
    case("half decimals", "decimals: 0", "decimals: 0.5", 21, FIRST, "0.5", "A whole number is needed"),
    case("many decimals", "decimals: 0", "decimals: 9", 21, FIRST, "9", "It must be 4 or less."),
    case(
        "key twice", "unit: percent", "unit: percent\n        unit: days", 21, FIRST, "'unit' a second time", "line 20"
    ),
    case(
        "pair unknown", "pair: second-", "pair: secnd-", 26, FIRST, "'secnd-measure'", "Did you mean 'second-measure'?"
    ),
    case(
        "pair one way", "        pair: first-measure\n", "", 26, FIRST, "'second-measure'", "does not name this measure"
    ),
    case("pair of itself", "pair: second-", "pair: first-", 26, FIRST, "'first-measure'", "this names itself"),
    case("pair a list", "pair: second-measure", "pair: [a, b]", 26, FIRST, "a list of 2", "Text is needed here."),
    case(
        "two targets",
        "at_least: 50,",
        "at_least: 50, at_most: 60,",
        29,
        FIRST,
        "the keys at_least, at_most",
        "exactly one",
    ),
    case("no target", "at_least: 50, ", "", 29, FIRST, "the keys printed", "this has none of them"),
    case(
        "target's sense",
        "at_least: 50",
        "at_most: 50",
        29,
        FIRST,
        "a list of 1",
        "contradicts polarity higher_is_better",
    ),
    case("range backwards", "at_least: 50", "between: [60, 50]", 29, FIRST, "a list of 2", "the lower number first"),
    case("range of one", "at_least: 50", "between: [60]", 29, FIRST, "nothing", "Two numbers are needed."),
    case("range no list", "at_least: 50", "between: 60", 29, FIRST, "60", "A list is needed"),
    case("date no basis", "at_least: 50", "by: 2021-03, at_least: 50", 29, FIRST, "the keys by", "go together"),
    case(
        "date unclear",
        "at_least: 50",
        "by: soon, by_basis: plan, at_least: 50",
        29,
        FIRST,
        "'soon'",
        "or a year as 2023",
    ),
    case("target no list", TARGET, 'targets: {at_least: 50, printed: "5"}', 29, FIRST, "the keys", "A list is needed"),
    case(
        "short profile", "at_least: 50", "profile: [1, 1], at_least: 50", 29, FIRST, "a list of 2", "at least 12 needed"
    ),
    case(
        "doubt no reason",
        "{value: 45",
        "{comparable: false, value: 45",
        30,
        FIRST,
        "the keys comparable",
        "needs a 'why'",
    ),
    case("doubt in words", "{value: 45", '{comparable: "no", value: 45', 30, FIRST, "'no'", "Write true or false"),
    case("comparator unknown", "regional: {", "nation: {", 30, FIRST, "the unknown key 'nation'", "mean 'national'?"),
    case("figure no keys", '{value: 35, printed: "35%"}', "35", 27, FIRST, "35", "Keys with their values are needed"),
    case("tolerance minus", SUPPLIED, SUPPLIED + "        tolerance: -1\n", 26, FIRST, "-1", "It must be 0 or more."),
    case(
        "retired early",
        SUPPLIED,
        SUPPLIED + "        starts: 2020-09\n        retired: 2020-08\n",
        27,
        FIRST,
        "'2020-08'",
        "is before 'starts'",
    ),
    case("year's start", SUPPLIED, SUPPLIED + "        year_starts: unknown\n", 26, FIRST, "'unknown'", "year_to_date"),
    case(
        "our own name",
        SUPPLIED,
        SUPPLIED + "        definition_break: {}\n",
        26,
        FIRST,
        "the unknown key",
        "Did you mean",
    ),
    case(
        "key of a figure",
        "{value: 40,",
        "{value: 40, numertor: 4,",
        28,
        FIRST,
        "'numertor'",
        "Did you mean 'numerator'?",
    ),
    case("key of ours", SUPPLIED, SUPPLIED + "        zzz: 1\n", 26, FIRST, "the unknown key 'zzz'", "Take it out"),
    case("id taken", "id: second-measure", "id: first-measure", 31, FIRST, "'first-measure'", "Line 15 has it already"),
    case(
        "id in capitals",
        "id: first-measure",
        "id: First",
        15,
        "First",
        "'First'",
        "small letters, digits and single hyphens",
    ),
    case("id a number", "id: first-measure", "id: 12", 15, "12", "12", 'put it in quotes, as "12"'),
    case(
        "id missing",
        "id: first-measure\n        name",
        "name",
        15,
        "number 1 of its service area",
        "nothing",
        "Add 'id'.",
    ),
]
AROUND_THE_MEASURES = [
    case("month 13", "actuals: 2020-07", "actuals: 2020-13", 10, None, "'2020-13'", "Write a month as 2020-07."),
    case("month in words", "actuals: 2020-07", "actuals: July", 10, None, "'July'", "Write a month as 2020-07."),
    case(
        "31 February", "actuals: 2020-07", "actuals: 2020-02-31", 10, None, "'2020-02-31'", "Write a month as 2020-07."
    ),
    case("year 9999", "actuals: 2020-07", "actuals: 9999-12-31", 10, None, "9999-12-31", "outside 1990 to 2100"),
    case("year 0", "actuals: 2020-07", "actuals: 0000-07", 10, None, "'0000-07'", "outside 1990 to 2100"),
    case("code", "code: E06000099", "code: E06", 3, None, "'E06'", "a capital letter and eight digits"),
    case(
        "unknown at top", "plan:\n", "extra: 1\nplan:\n", 6, None, "the unknown key 'extra'", "Allowed: authority, plan"
    ),
    case("merge key", "plan:\n", "<<: {a: b}\nplan:\n", 6, None, "the unknown key '<<'", "Take it out"),
    case("list as key", "plan:\n", "? [a, b]\n: c\nplan:\n", 6, None, "the unknown key '?'", "Take it out"),
    Case(
        "no measures",
        SMALL.partition("    measures:")[0] + "    measures: []\n",
        14,
        None,
        "an empty list",
        "at least 1",
    ),
    Case(
        "no areas",
        SMALL.partition("service_areas:")[0] + "service_areas: []\n",
        11,
        None,
        "an empty list",
        "at least 1",
    ),
    Case(
        "measure of text", SMALL + "      - and so on\n", 45, "number 3 of its service area", "'and so on'", "Keys with"
    ),
    Case("list at the top", "- a\n- b\n", 1, None, "a list of 2", "Keys with their values are needed here"),
    Case("text alone", "a catalogue", 1, None, "'a catalogue'", "Keys with their values are needed here"),
    Case("empty", "", 1, None, "nothing", "A catalogue has authority, plan and service_areas."),
    Case("comments alone", "# nothing yet\n", 1, None, "nothing", "A catalogue has authority, plan"),
]
NOT_YAML = [
    case("tab", "    name: Area one", "\tname: Area one", 13, None, "a tab", "Indent with spaces"),
    case("open quote", 'printed: "35%"', 'printed: "35%', 27, None, "'baseline:", "Mend the quotes, brackets"),
    case("open bracket", TARGET, TARGET[:-1], 29, None, "'targets:", "Mend the quotes, brackets"),
    case("indent", "    name: Area one", "   name: Area one", 13, None, "'name: Area one'", "indentation"),
    case("alias", "edition: First", "edition: &a First\n  note: *a", 9, None, "the alias *a", "Write the text out"),
    case(
        "custom tag",
        "title: A plan",
        "title: !!python/object:os.system A",
        7,
        None,
        "!!python/object",
        "Take the tag out",
    ),
    case(
        "tag that runs",
        "title: A plan",
        "title: !!python/object/apply:os.system [ls]",
        7,
        None,
        "/apply:",
        "Take the tag out",
    ),
    case("tag of ours", "title: A plan", "title: !secret A plan", 7, None, "the tag !secret", "Take the tag out"),
    case(
        "tag that lies",
        "title: A plan",
        "title: !!timestamp A plan",
        7,
        None,
        "the tag !!timestamp",
        "Take the tag out",
    ),
    case("tag of truth", "title: A plan", "title: !!bool A plan", 7, None, "the tag !!bool", "Take the tag out"),
    case("invisible", "title: A plan", "title: A\u0007plan", 7, None, "U+0007", "Take it out"),
    case("NUL", "title: A plan", "title: A\u0000plan", 7, None, "U+0000", "Take it out"),
    Case("second document", SMALL + "---\na: b\n", 45, None, "a second document", "Take out the line '---'."),
    Case(
        "Latin-1", SMALL.replace("A plan", "A plän").encode("latin-1"), 7, None, "bytes that are not UTF-8", "Save the"
    ),
    Case("UTF-16", SMALL.encode("utf-16"), 1, None, "bytes that are not UTF-8", "Save the file as UTF-8."),
    Case("deep brackets", "[" * 5000, 1, None, "more than 30 levels", "Nothing here is so deep"),
    Case("deep dashes", "- " * 5000 + "a", 1, None, "more than 30 levels", "Nothing here is so deep"),
    Case(
        "deep keys",
        "a:\n" + "".join(f"{' ' * i}a:\n" for i in range(1, 60)),
        31,
        None,
        "more than 30",
        "Nothing here is so deep",
    ),
    Case("huge", b"#" * (LARGEST_CATALOGUE + 1), 1, None, "5,000,001 bytes", "5,000,000 bytes at most"),
]


def faults_of(content: str | bytes) -> CatalogueError:
    with pytest.raises(CatalogueError) as caught:
        read_catalogue(content.encode() if isinstance(content, str) else content, "measures.yaml")
    return caught.value


def test_the_small_catalogue_itself_is_sound() -> None:
    assert [measure.id for measure in read_catalogue(SMALL.encode()).measures] == ["first-measure", "second-measure"]


@pytest.mark.parametrize("broken", IN_A_MEASURE + AROUND_THE_MEASURES + NOT_YAML, ids=lambda broken: broken.what)
def test_a_fault_is_named_with_its_line_measure_and_remedy(broken: Case) -> None:
    faults = faults_of(broken.content).faults
    named = [fault for fault in faults if fault.line == broken.line and broken.found in fault.found]
    assert named, [str(fault) for fault in faults]
    assert broken.remedy in named[0].remedy
    assert named[0].measure == broken.measure
    assert named[0].file == "measures.yaml"


@pytest.mark.parametrize("broken", IN_A_MEASURE + AROUND_THE_MEASURES + NOT_YAML, ids=lambda broken: broken.what)
def test_faults_are_in_plain_words(broken: Case) -> None:
    jargon = re.compile(
        r"\b(pydantic|tuple|dictionary|instance|validation|Input|string|NoneType|constructor|node|token)\b", re.I
    )
    for fault in faults_of(broken.content).faults:
        assert not jargon.search(fault.remedy), fault.remedy
        assert fault.remedy.rstrip()[-1] in ".?"
        assert len(fault.found) <= 80


SOLE = {"number in quotes", "missing key", "two targets", "target's sense", "doubt no reason", "key twice", "month 13"}


@pytest.mark.parametrize(
    "broken",
    [broken for broken in IN_A_MEASURE + AROUND_THE_MEASURES if broken.what in SOLE],
    ids=lambda broken: broken.what,
)
def test_one_slip_is_one_fault(broken: Case) -> None:
    assert len(faults_of(broken.content).faults) == 1


def test_an_unknown_key_is_named_beside_the_key_that_is_missing() -> None:
    faults = faults_of(edited("polarity: higher", "polarty: higher")).faults
    assert [(fault.line, fault.where, fault.remedy) for fault in faults] == [
        (15, "polarity", "Add 'polarity'."),
        (22, "polarty", "Did you mean 'polarity'?"),
    ]


def test_several_faults_are_reported_at_once_in_the_order_of_their_lines() -> None:
    text = SMALL
    for old, new in (
        ("polarity: lower_is_better", "polarity: down"),
        ("        accumulation: in_month\n", "        accumulation: in_month\n        accumulation: unknown\n"),
        ("value: 35", 'value: "35"'),
        ("actuals: 2020-07", "actuals: July"),
        ("kind: quality", "kind: qualty"),
        ("at_least: 50", "at_most: 50"),
        ("pair: second-measure", "pair: third-measure"),
    ):
        text = text.replace(old, new, 1)
    faults = faults_of(text).faults
    assert [(fault.line, fault.where) for fault in faults] == [
        (10, "plan.actuals"),
        (19, "kind"),
        (24, "accumulation"),
        (27, "pair"),
        (28, "baseline.value"),
        (30, "targets"),
        (39, "polarity"),
        (43, "pair"),
    ]


def test_the_message_names_the_file_and_counts_the_faults() -> None:
    lines = str(faults_of(edited("kind: quality", "kind: qualty"))).splitlines()
    assert lines[0] == "The catalogue has 1 fault:"
    assert lines[1].startswith("measures.yaml, line 19, measure first-measure: kind: found 'qualty'. Allowed: ")


@pytest.mark.parametrize("content", [SMALL.replace("\n", "\r\n"), "\ufeff" + SMALL], ids=["CRLF", "byte-order mark"])
def test_a_file_saved_on_windows_reads_the_same(content: str) -> None:
    assert read_catalogue(content.encode()) == read_catalogue(SMALL.encode())


def test_a_catalogue_may_be_as_deep_as_ours_with_room_to_spare() -> None:
    assert DEEPEST_NESTING >= 20
    assert len(catalogue().service_areas) == 17


def test_a_key_given_twice_where_measures_should_be_listed_is_no_crash() -> None:
    faults = faults_of(
        edited("      - id: first-measure\n", "        name: A\n").partition("      - id: second")[0]
    ).faults
    assert [fault.where for fault in faults] == ["service_areas[1].measures", "service_areas[1].measures.name"]
