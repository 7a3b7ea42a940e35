"""Each number that a pack prints, in all four formats, derived from the frozen figures by another path.

A number in a table is held by its column to the one figure that belongs there; a number in a sentence to the figures of
the measure that the sentence is of, or to the counts. What isn't derived stands in EXEMPT and VERBATIM, and why.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from scorecard.pack.excel.render import workbook
from scorecard.pack.html.render import html
from scorecard.pack.pdf.render import pdf
from scorecard.pack.powerpoint.render import deck
from scorecard.pack.snapshot.canonical_json import canonical_json
from scorecard.pack.snapshot.models import Snapshot
from tests.pack import invented
from tests.pack.invented import BESIDE
from tests.pack.published_charts import FUNNEL, YEARS, published_figures
from tests.pack.read_back import PARTS, Line, of_deck, of_page, of_pdf, of_workbook
from tests.pack.test_one_count import alerted, counts_of

Plain = dict[str, Any]
Numbers = list[float | None]
AREAS = ("leadership-and-stability", "mash-edt", "assessment", "youth-justice")
NUMBER = re.compile(r"[+−-]?\d[\d,]*(?:\.\d+)?")
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
MONTH = re.compile(rf"\b({MONTHS}) (\d{{4}})\b|\b(\d{{4}})-(\d\d)(?:-\d\d)?\b")
# Not derived, for it counts nothing of the service: which words, and why.
EXEMPT = {
    r"[Ss]napshot [0-9a-f]{12,64}|\b[0-9a-f]{12,64}\b": "what names content; tests/pack/snapshot holds it",
    r"pack version [\d.]+|\(?version [\d.]+\)?|Methods text version \d+": "of the software",
    rf"\d{{1,2}} (?=(?:{MONTHS}) \d{{4}})|, \d\d:\d\d UTC| \d\d:\d\d:\d\d": "a day or an hour of the store's clock",
    r"per 10,000|per 1,000|SHA-256": "a unit, a name",
    r"\b12 months\b|last 12\b|last 12 or more|at least 6 figures|at most 50%|100% or 0%": "what a rule says, in words",
    r"E06000045|extract \d\.csv|\bextract \d\b": "a code or a name that was sent",
    r"\(\d+ of \d+\)$|^Slide \d+$|Exception \d+ of (?=\d)": "which page of how many this is",
    r"autumn 2020": "the plan's edition",
    r"mean of \d+ of \d+, list of|edition of [\d/]+": "how others' figures were made; tests/narrative holds it",
}
# Whole columns and parts of words as the catalogue, or this software's own text, has them.
VERBATIM = {
    "columns": {
        "Definition (ours)", "How it is read (ours)", "Note (ours)", "The plan's wording", "As printed",
        "Where that date comes from", "The date is from", "Baseline as printed", "July 2020 as printed",
        "Comparators as printed", "A figure covers (ours)", "Measure id", "File", "SHA-256 begins", "Sent",
        "Slide number", "Footer", "Measure", "Complete: why", "Unit", "Area code", "Extract",
    },
    "parts": {"Methods and definitions", "About this pack", "Read me", "Definitions"},
}  # fmt: skip


@pytest.fixture(scope="module")
def sample() -> Snapshot:
    """Four service areas of the long history, with a comparison: a measure of every kind of sentence."""
    whole = invented.long_snapshot()
    areas = tuple(area for area in whole.service_areas if area.id in AREAS)
    compared = BESIDE.model_copy(update={"years": YEARS, "funnel": FUNNEL})
    return whole.model_copy(update={"service_areas": areas, "published": (compared,)})


@pytest.fixture(scope="module")
def plain_snapshot(sample: Snapshot) -> Plain:
    return dict(json.loads(canonical_json(sample)))


@pytest.fixture(scope="module")
def derived(plain_snapshot: Plain) -> Derived:
    return Derived(plain_snapshot)


def numbers_in(sentence: str) -> list[tuple[float, int]]:
    """The numbers of a text: how large, and with how many decimals."""
    printed_texts = [text.replace(",", "").replace("−", "-").rstrip(".") for text in NUMBER.findall(sentence)]
    return [(float(text), len(text.partition(".")[2])) for text in printed_texts]


def is_it(number: tuple[float, int], figure: float) -> bool:
    """Whether a printed number is a figure, rounded to the decimals that are printed."""
    return abs(number[0] - figure) <= 0.5 * 10.0 ** -number[1] + 1e-9


# What belongs at a place: from the plain figures of a measure, never from the words that were frozen beside them.


def months_in(sentence: str) -> list[str]:
    """The months that a text names, as 2022-06, in their order."""
    named = [
        f"{iso}-{number}" if iso else f"{year}-{MONTHS.split('|').index(name) + 1:02d}"
        for name, year, iso, number in MONTH.findall(sentence)
    ]
    return [str(month) for month in named]


def observed(measure: Plain, month: str, name: str = "value") -> Numbers:
    """One number of the figure that was sent for a month."""
    return [observation.get(name) for observation in measure["observations"] if observation["period_end"][:7] == month]


def of_row(measure: Plain, line: Line, name: str = "value") -> Numbers:
    """One number of the figure for the month that a row is of."""
    return observed(measure, months_in(line.row)[0], name)


def latest(measure: Plain) -> Plain:
    return dict([observation for observation in measure["observations"] if observation.get("value") is not None][-1])


def a_year_before(measure: Plain) -> Numbers:
    """The figure of the same month of the year before the latest's."""
    year, month = latest(measure)["period_end"][:7].split("-")
    return observed(measure, f"{int(year) - 1}-{month}")


def exact(figure: Plain) -> float:
    """A figure; a share by its numerator and denominator, where they were sent."""
    if figure.get("denominator") and figure["denominator"] == 300:
        return float(100 * figure["numerator"] / figure["denominator"])
    return float(figure["value"])


def edge(measure: Plain) -> tuple[str, float] | None:
    """Which way the target's edge is, and where; the plan prints one edge for each."""
    target = measure["targets"][-1] if measure["targets"] else {}
    return next(((name, target[name]) for name in EDGES if name in target), None)


EDGES = ("at_least", "more_than", "at_most", "less_than")


def target(measure: Plain) -> Numbers:
    target_edge = edge(measure)
    return [target_edge[1]] if target_edge else []


def distance(measure: Plain, of: float | None = None) -> Numbers:
    """How far a figure is from the target's edge; below nought on its wrong side."""
    if (target_edge := edge(measure)) is None:
        return []
    away = (exact(latest(measure)) if of is None else of) - target_edge[1]
    return [away if target_edge[0] in EDGES[:2] else -away]


def met(measure: Plain) -> list[bool]:
    """Whether each figure meets the target as it is now, oldest first."""
    figures = [observation for observation in measure["observations"] if observation.get("value") is not None]
    way = {"at_least": float.__ge__, "more_than": float.__gt__, "at_most": float.__le__, "less_than": float.__lt__}
    name, where = edge(measure) or ("at_least", float("-inf"))
    return [way[name](float(observation["value"]), float(where)) for observation in figures]


def record(measure: Plain) -> Numbers:
    """Of a target that is met or missed on end: 'none of its 36', 'all of the last 24'."""
    hits, recent = met(measure), in_window(measure)
    return [float(len(hits))] if not any(hits) else [float(len(recent))] if all(recent) else []


def met_of(measure: Plain) -> Numbers:
    """In how many of the last 24 months with a figure the target was met: 'Met 6 of 24'."""
    recent = in_window(measure)
    return [float(sum(recent)), float(len(recent))]


def in_window(measure: Plain) -> list[bool]:
    """Whether the figures of the last 24 months meet the target."""
    months = sum(observation.get("value") is not None for observation in measure["observations"][-24:])
    return met(measure)[-months:]


def facts(measure: Plain) -> Iterator[float]:
    """Every figure that a sentence on a measure may tell."""
    figures = [observation for observation in measure["observations"] if observation.get("value") is not None]
    yield from (observation["value"] for observation in figures[-14:])
    yield from target(measure)
    yield from (abs(away) for away in distance(measure) if away is not None)
    for name in ("baseline", "july_2020"):
        if (value := (measure.get(name) or {}).get("value")) is not None:
            yield value
    yield abs(exact(figures[-1]) - exact(figures[-2]))
    yield abs(figures[-1]["value"] - figures[-2]["value"])
    yield float(len(met(measure)))
    yield float(len(in_window(measure)))
    yield from (row[name] for row in figures[-2:] for name in ("mean", "lower_limit", "upper_limit") if name in row)
    yield from (own["expected_figures"] - own["figures_received"] for own in [measure])
    yield measure["expected_figures"]
    yield from people(measure)


def people(measure: Plain) -> Iterator[float]:
    """How many more or fewer would have met the target: counted one by one."""
    last, target_edge = latest(measure), edge(measure)
    if target_edge is None or "numerator" not in last:
        return
    for more in range(int(last["denominator"])):
        for number in (last["numerator"] + more, last["numerator"] - more):
            share = 100 * number / last["denominator"]
            if {"at_least": share >= target_edge[1], "at_most": share <= target_edge[1]}.get(target_edge[0], False):
                yield float(more)
                return


def owed(measure: Plain) -> Numbers:
    return [float(len(measure.get("owed", [])))]


SENTENCES = ("In words", "Why the board must hear of it")
Rule = Callable[[Plain, Line], Numbers]
COLUMNS: dict[str, Rule] = {
    "Latest": lambda measure, _: [latest(measure)["value"]],
    "Same time last year": lambda measure, _: a_year_before(measure),
    "Value": lambda measure, line: of_row(measure, line),
    "Figure": lambda measure, line: of_row(measure, line),
    "Mean": lambda measure, line: of_row(measure, line, "mean"),
    "Lower limit": lambda measure, line: of_row(measure, line, "lower_limit"),
    "Upper limit": lambda measure, line: of_row(measure, line, "upper_limit"),
    "Numerator": lambda measure, line: of_row(measure, line, "numerator"),
    "Denominator": lambda measure, line: of_row(measure, line, "denominator"),
    "Months covered": lambda measure, line: of_row(measure, line, "months"),
    "Target": lambda measure, _: target(measure),
    "Target lower": lambda measure, _: target(measure),
    "Target upper": lambda measure, _: target(measure),
    "Distance": lambda measure, _: [abs(away) for away in distance(measure) if away is not None],
    "Distance to target": lambda measure, _: distance(measure),
    "For how long": lambda measure, _: record(measure),
    "Baseline": lambda measure, _: [measure["baseline"].get("value")],
    "July 2020 in the plan": lambda measure, _: [measure["july_2020"].get("value")],
    "Assurance": lambda measure, _: met_of(measure),
    **{
        name: lambda measure, _, kind=kind: [measure["comparators"][kind]["value"]]
        for name, kind in (
            ("SN", "statistical_neighbour"),
            ("Statistical neighbours", "statistical_neighbour"),
            ("Region", "regional"),
            ("England", "national"),
        )
    },
    "Figures": lambda measure, _: owed(measure),
    "Figures due": lambda measure, _: [measure["expected_figures"]],
    "Figures that came": lambda measure, _: [measure["figures_received"]],
    "Came, of due in 12 months": lambda measure, _: [measure["figures_received"], measure["expected_figures"]],
    "Why": lambda measure, _: [*owed(measure), *([measure["expected_figures"]] if owed(measure) else [])],
    "Data quality": lambda measure, _: [*owed(measure), *([measure["expected_figures"]] if owed(measure) else [])],
    "What to know": lambda measure, line: [*of_row(measure, line, "numerator"), *of_row(measure, line, "denominator")],
    "Is": lambda measure, line: of_row(measure, line),
    # By invented.history each figure was one less before.
    "Was": lambda measure, line: [value - 1 for value in of_row(measure, line) if value is not None],
    "Ours": lambda _, __: [BESIDE.value],
    "Neighbours": lambda _, __: [BESIDE.sn_mean],
    "Gap": lambda _, __: [BESIDE.value - BESIDE.sn_mean],
    "With the neighbours": lambda _, __: [BESIDE.sn_ranked],
    "In England": lambda _, __: [BESIDE.england_rank, BESIDE.england_ranked],
    "Rank in England": lambda _, __: [BESIDE.england_rank],
    "Of authorities": lambda _, __: [BESIDE.england_ranked],
}
for name in MONTHS.split("|"):
    COLUMNS[name] = lambda measure, line: observed(measure, *months_in(line.column))


def counts(plain_snapshot: Plain, areas: list[Plain]) -> Iterator[float]:
    """Every count that a sentence on some service areas, or on all, may tell."""
    tally = counts_of(areas)
    measures = [measure for area in areas for measure in area["measures"]]
    yield from tally.values()
    yield len(measures) - tally["measures"]
    for name in ("met", "close", "missed"):
        yield tally[name] - tally[f"older {name}"]
    older = sum(tally[f"older {name}"] for name in ("met", "close", "missed"))
    judged = sum(tally[name] for name in ("met", "close", "missed"))
    yield from (older, judged, judged - older)
    yield from _how_many(measures)
    if areas == plain_snapshot["service_areas"]:
        yield len(alerted(plain_snapshot))
        yield from (len(plain_snapshot["changes"][name]) for name in ("new_figures", "revised"))
        yield from plain_snapshot["signals"].values()


def _how_many(measures: list[Plain]) -> Iterator[float]:
    rows = [measure["judgement"] for measure in measures]
    yield sum(measure["expected_figures"] for measure in measures)
    yield sum(measure["figures_received"] for measure in measures)
    yield sum(measure["observations"][-1]["provisional"] for measure in measures)
    for kind in ("improvement", "concern"):
        yield sum(row.get("variation") == kind for row in rows)
    for why in {row.get("no_limits") for row in rows if "variation" not in row}:
        yield sum("variation" not in row and row.get("no_limits") == why for row in rows)
    yield sum("variation" not in row for row in rows)
    for mark in ("complete", "timely", "stable", "plausible"):
        for holds in (True, False, None):
            yield sum(measure["quality"][mark].get("holds") is holds for measure in measures)
    missed = [row for row in rows if row.get("status") == "missed"]
    yield sum(not row["exception"] for row in missed)


class Derived:
    """Says of each line which of its numbers are of nothing that was frozen."""

    def __init__(self, plain_snapshot: Plain) -> None:
        self.plain = plain_snapshot
        self.measures = {
            measure["name"]: measure for area in plain_snapshot["service_areas"] for measure in area["measures"]
        }
        self.areas = {area["name"]: area for area in plain_snapshot["service_areas"]}
        changed = plain_snapshot["changes"]
        other = {
            change["measure"]
            for kind in changed.values()
            if isinstance(kind, list)
            for change in kind
            if isinstance(change, dict)
        }
        self.names = sorted({*self.measures, *self.areas, *other}, key=len, reverse=True)
        self.totals = list(counts(plain_snapshot, plain_snapshot["service_areas"]))

    def faults(self, line: Line) -> Iterator[str]:
        if line.column in VERBATIM["columns"] or line.part.split(PARTS)[0] in VERBATIM["parts"]:
            return
        rest = line.words
        for name in self.names:
            rest = rest.replace(name, "")
        for pattern in EXEMPT:
            rest = re.sub(pattern, "", rest)
        rest = MONTH.sub("", rest)
        numbers = numbers_in(rest)
        if numbers and not self.derived(line, numbers):
            yield f"{line.part} | {line.column} | {line.about} | {line.words!r}: {numbers}"

    def derived(self, line: Line, numbers: list[tuple[float, int]]) -> bool:
        measure = self.measures.get(line.about)
        if (figures := published_figures(self.plain, line, months_in(line.row))) is not None:
            return len(figures) == len(numbers) and all(map(is_it, numbers, (figure or 0 for figure in figures)))
        if measure and line.column in ("", *SENTENCES):
            return all(any(is_it(number, fact) for fact in facts(measure)) for number in numbers)
        rule = COLUMNS.get(line.column) or COLUMNS.get(line.column.partition(" ")[0])
        if measure and rule:
            wanted = [figure for figure in rule(measure, line) if figure is not None]
            return len(wanted) == len(numbers) and all(map(is_it, numbers, wanted))
        if line.column == "Rows":
            return {number for number, _ in numbers} <= {extract["rows"] for extract in self.plain["extracts"]}
        areas = [self.areas[name] for name in (*line.part.split(PARTS), line.row.split(" | ")[0]) if name in self.areas]
        known = list(counts(self.plain, areas)) if areas else self.totals
        return all(any(is_it(number, fact) for fact in known) for number in numbers)


FORMATS = {"html": (html, of_page), "pptx": (deck, of_deck), "xlsx": (workbook, of_workbook)}


@pytest.fixture(scope="module")
def lines(sample: Snapshot, derived: Derived) -> dict[str, list[Line]]:
    content = canonical_json(sample)
    return {name: list(read(draw(content), derived.names)) for name, (draw, read) in FORMATS.items()}


@pytest.mark.parametrize("name", FORMATS)
def test_every_number_is_derived(name: str, lines: dict[str, list[Line]], derived: Derived) -> None:
    assert [fault for line in lines[name] for fault in derived.faults(line)] == []
    assert sum(any(char.isdigit() for char in line.words) for line in lines[name]) > 150, "it has been read"


def test_the_pdf_prints_no_number_that_the_web_page_does_not(sample: Snapshot, lines: dict[str, list[Line]]) -> None:
    """Its tables row by row, its sentences one by one, are those that were derived."""
    text = of_pdf(pdf(canonical_json(sample.model_copy(update={"with_charts": False}))))
    printed_lines = {
        line.row if line.column else line.words for line in lines["html"] if "behind the chart" not in line.part
    }
    for printed_line in sorted(printed_lines, key=len, reverse=True):
        if NUMBER.search(printed_line):
            cells = [re.escape("".join(cell.split())) for cell in printed_line.split(" | ") if cell]
            text = re.sub(ICON.join(cells), "·", text)
    for pattern in ON_PAPER:
        text = re.sub(pattern, "", text)
    assert NUMBER.findall(text) == [], text


ICON = "[A-Z?~]{0,2}"  # the letter in a drawn mark
ON_PAPER = {
    r"Snapshot(?:\(SHA-256\))?[0-9a-f]{12,64}(?:·packversion[\d.]+)?": "what names content",
    r"Page\d+of\d+|\.{5,}\d+": "where a page is",
    rf"(?:{MONTHS})\d{{4}}|SHA-256|100%or0%": "the heading of a column",
}


@pytest.mark.parametrize(
    ("column", "sentence"),
    [
        ("Latest", "11.83 days"), ("Target", "at most 9 days"), ("Distance", "3.83 days above target"),
        ("For how long", "Met by none of its 35 figures"), ("", "11.82 days, 3.28 above"), ("In words", "8.01 days"),
    ],
)  # fmt: skip
def test_a_wrong_number_is_found(column: str, sentence: str, derived: Derived) -> None:
    name = "Sickness absence days per employee"
    assert list(derived.faults(Line("Measures by weight", column, name, sentence, name)))
    assert list(derived.faults(Line("", "", "", "32 of 18 targets", "")))
    for column in ("Figure", "Staff"):
        assert list(derived.faults(Line(f"{name}: every authority by size", column, "Us | 15.36 | 4,321", "15.37", "")))
    assert list(derived.faults(Line(f"{name}: the published figures", "Us", "30 September 2019 | 15.36", "7.04", "")))
