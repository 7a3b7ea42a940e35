"""Every count that a pack prints, in all four formats, is that of the frozen figures: derived here by another path."""

from __future__ import annotations

import io
import json
import re
from collections import Counter
from datetime import date
from typing import Any

import pypdf
import pytest
from pptx import Presentation
from python_calamine import CalamineWorkbook

from scorecard.core.periods import month_words
from scorecard.pack.document.attention import lists
from scorecard.pack.document.service_areas import status_cell
from scorecard.pack.document.where_we_stand import missed_otherwise
from scorecard.pack.document.words import how_measures_stand
from scorecard.pack.excel.render import workbook
from scorecard.pack.html.render import html
from scorecard.pack.powerpoint.render import deck
from scorecard.pack.snapshot.canonical_json import canonical_json, read_snapshot
from scorecard.pack.snapshot.models import Snapshot
from tests.pack import invented


def standing_of(row: dict[str, Any]) -> str:
    """What a measure counts as, from the plain JSON of its assessment's row."""
    later = row.get("received_end", "") > row.get("period_end", "")
    return "not applicable" if row.get("received_symbol") == "z" and later else row.get("status", "no_status")


def counts_of(areas: list[dict[str, Any]]) -> dict[str, int]:
    """The counts of some service areas, from their plain JSON."""
    measures = [measure for area in areas for measure in area["measures"]]
    rows = [measure["judgement"] for measure in measures]
    stands = Counter(standing_of(row) for row in rows if row["counted"])
    older = Counter(standing_of(row) for row in rows if row["counted"] and row.get("months_old"))
    judged = {name: stands[name] for name in ("met", "close", "missed")}
    return {
        "measures": sum(stands.values()),
        **judged,
        **{f"older {name}": older[name] for name in judged},
        "not judged": sum(stands.values()) - sum(judged.values()),
        "exceptions": sum(row["exception"] for row in rows),
        "owed": sum(len(measure.get("owed", [])) for measure in measures),
    }


def counts_in(sentence: str) -> dict[str, int]:
    """The counts that a sentence says: of the month, of older figures, and of those not judged."""
    lead, _, rest = sentence.partition("older figure")
    current, others = (lead, "") if rest == "" else (lead, rest.partition(". ")[0])
    judged = re.findall(r"(\d+) (met|close|missed)\b", current.partition("not judged")[0])
    older = re.findall(r"(\d+) (met|close|missed)\b", others)
    counts = {name: int(number) for number, name in judged}
    counts |= {f"older {name}": int(number) for number, name in older}
    not_judged = re.search(r"(\d+) (?:is|are) not judged", sentence)
    measures = re.search(r"Of (\d+) measures?", sentence)
    assert measures is not None
    return counts | {"not judged": int(not_judged[1]) if not_judged else 0, "measures": int(measures[1])}


def expected(counts: dict[str, int]) -> dict[str, int]:
    current = {name: counts[name] - counts[f"older {name}"] for name in ("met", "close", "missed")}
    older = {name: counts[name] for name in counts if name.startswith("older ")}
    some = {name: number for name, number in (current | older).items() if number}
    return some | {"not judged": counts["not judged"], "measures": counts["measures"]}


@pytest.fixture(scope="session")
def plain_snapshot(content: bytes) -> dict[str, Any]:
    return dict(json.loads(content))


@pytest.fixture(scope="session")
def printed_texts(content: bytes, pdf_bytes: bytes) -> dict[str, str]:
    """All that each format says, white space squeezed to single spaces."""
    pages = " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf_bytes)).pages)
    shapes = [shape for slide in Presentation(io.BytesIO(deck(content))).slides for shape in slide.shapes]
    slides = [shape.text_frame.text for shape in shapes if shape.has_text_frame]
    page = re.sub(r"<style>.*?</style>|<svg.*?</svg>|<[^>]+>", " ", html(content).decode(), flags=re.DOTALL)
    texts = {"pdf": pages, "pptx": " ".join(slides), "html": page.replace("&#39;", "'")}
    return {name: " ".join(text.split()) for name, text in texts.items()}


def test_the_first_sentence_counts_what_was_frozen(
    printed_texts: dict[str, str], plain_snapshot: dict[str, Any]
) -> None:
    for name, text in printed_texts.items():
        sentence = re.search(r"Of \d+ measures, (?:\d+|none) (?:is|are) judged on a figure.*?not judged: [^.]*\.", text)
        assert sentence is not None, name
        assert counts_in(sentence[0]) == expected(counts_of(plain_snapshot["service_areas"])), name


def test_every_area_is_counted_alike_in_table_and_workbook(content: bytes, plain_snapshot: dict[str, Any]) -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(workbook(content)))
    rows = book.get_sheet_by_name("Summary").to_python(skip_empty_area=False)
    head = next(index for index, row in enumerate(rows) if row[0] == "Service area")
    body = [dict(zip(rows[head], row, strict=True)) for row in rows[head + 1 :] if row[0]]
    others = ("No target", "No figure", "Not judged", "Not applicable")
    for area, row in zip(plain_snapshot["service_areas"], body, strict=True):
        counts = counts_of([area])
        assert [row[name] for name in ("Measures", "Met", "Close", "Missed", "Exceptions", "Figures owed")] == [
            counts[name] for name in ("measures", "met", "close", "missed", "exceptions", "owed")
        ]
        assert sum(int(row[name]) for name in others) == counts["not judged"]


def test_figures_owed_are_one_number_everywhere(printed_texts: dict[str, str], plain_snapshot: dict[str, Any]) -> None:
    owed = counts_of(plain_snapshot["service_areas"])["owed"]
    assert owed
    due = sum(measure["expected_figures"] for area in plain_snapshot["service_areas"] for measure in area["measures"])
    received = sum(
        measure["figures_received"] for area in plain_snapshot["service_areas"] for measure in area["measures"]
    )
    assert owed == due - received
    months = [
        figure["period_end"]
        for area in plain_snapshot["service_areas"]
        for measure in area["measures"]
        for figure in measure.get("owed", [])
    ]
    now, month = (
        months.count(plain_snapshot["reporting_month"]),
        month_words(date.fromisoformat(plain_snapshot["reporting_month"])),
    )
    which = {0: "all for earlier months", owed: f"all for {month}"}.get(now, f"{now} of them for {month}")
    for name, text in printed_texts.items():
        owed_lines = re.findall(r"(\d+) figures are owed, ([^.:]*)\.", text)
        assert len(owed_lines) >= 2, name
        assert set(owed_lines) == {(str(owed), which)}, name
    listed = re.findall(r"(\d+) figures? (?:is|are) owed, [^.:]*: ", printed_texts["html"])
    assert sum(map(int, listed)) == owed


def alerted(plain_snapshot: dict[str, Any]) -> list[str]:
    """The ids that the rule for alerts names, from the plain JSON."""
    month, changes = plain_snapshot["reporting_month"], plain_snapshot.get("changes")
    alerted_ids = []
    for measure in (measure for area in plain_snapshot["service_areas"] for measure in area["measures"]):
        row = measure["judgement"]
        newly = (
            measure["id"] in changes["newly_missed"]
            if changes
            else row.get("missed_for") == 1 and not (row["missed_always"] or row["provisional"] or row["small_numbers"])
        )
        why = row["exception"] or row.get("variation") == "concern" or row.get("target_by", "9") <= month or newly
        alerted_ids += [measure["id"]] if row.get("status") == "missed" and why else []
    return alerted_ids


def test_what_a_board_is_asked_and_alerted_to_is_counted_alike(
    printed_texts: dict[str, str], plain_snapshot: dict[str, Any]
) -> None:
    counts = counts_of(plain_snapshot["service_areas"])
    older = sum(number for name, number in counts.items() if name.startswith("older "))
    judged = counts["met"] + counts["close"] + counts["missed"] - older
    met, missed = (counts[name] - counts[f"older {name}"] for name in ("met", "missed"))
    month = month_words(date.fromisoformat(plain_snapshot["reporting_month"]))
    noted, alerted_words = (
        f"{met} of {judged} targets were met in {month}",
        f"{missed} of {judged} targets missed in {month}",
    )
    if older:
        noted += f", and {counts['older met']} of {older} by older figures"
        alerted_words += f", {counts['older missed'] or 'none'} of {older} by older figures"
    for name, text in printed_texts.items():
        assert f"Note that {noted}." in text, name
        assert re.search(f"{alerted_words}(;|$| Of )", text), name
        assert f"what is done about {counts['exceptions']} exceptions" in text, name
        assert f"Alert: {len(alerted(plain_snapshot))}" in text, name
    for name in ("pdf", "html"):
        assert f"Exceptions by weight: {counts['exceptions']}" in printed_texts[name]


def with_row(snapshot: Snapshot, **changes: Any) -> Snapshot:
    """A small snapshot, the first missed measure's row otherwise."""
    area = snapshot.service_areas[0]
    index = next(n for n, measure in enumerate(area.measures) if measure.judgement.status == "missed")
    measures = list(area.measures)
    row = measures[index].judgement.model_copy(update=changes)
    measures[index] = measures[index].model_copy(update={"judgement": row})
    return snapshot.model_copy(update={"service_areas": (area.model_copy(update={"measures": tuple(measures)}),)})


def test_not_applicable_is_never_missed_and_an_older_figure_is_told_apart() -> None:
    small = invented.small_snapshot()
    month = small.reporting_month
    before = small.totals
    older = with_row(small, months_old=2).totals
    assert (older.missed, older.older["missed"], older.current["missed"]) == (before.missed, 1, before.missed - 1)
    earlier = month.replace(day=1, month=5)
    gone = {"months_old": 2, "period_end": earlier, "received_end": month, "received_symbol": "z", "exception": False}
    nothing = with_row(small, **gone)
    counts = nothing.totals
    assert (counts.missed, counts.not_applicable) == (before.missed - 1, 1)
    assert counts.measures == before.measures
    assert "1 not applicable this month" in how_measures_stand(counts, month)
    (not_applicable,) = [measure for measure in nothing.measures if measure.stands == "not_applicable"]
    sentence = " ".join(missed_otherwise(nothing))
    assert (status_cell(not_applicable).text, not_applicable.name in sentence) == ("Not applicable", False)
    assert not_applicable not in [line.measure for lines_of in lists(nothing) for line in lines_of]
    assert read_snapshot(canonical_json(nothing)).totals == counts


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({}, "no change beyond chance"),
        ({"variation_words": "As every June: no change beyond chance"}, "as every June: no change beyond chance"),
        ({"variation_words": "No change beyond chance; taken together, its figures fall"}, "no change beyond chance"),
        ({"variation": "improvement", "assurance": None}, "improving"),
        ({"assurance": "consistently_failing"}, None),
    ],
)
def test_a_board_is_advised_of_a_miss_in_the_words_of_its_variation(changed: dict[str, Any], why: str | None) -> None:
    missed = {"status": "missed", "exception": False, "exception_reasons": (), "missed_for": 3, "provisional": False}
    usual = {"variation": "common_cause", "variation_words": "No change beyond chance", "assurance": "inconsistent"}
    small = invented.small_snapshot()
    measure_id = next(measure.id for measure in small.measures if measure.judgement.status == "missed")
    reasons = {line.measure.id: line.why for line in lists(with_row(small, **missed | usual | changed)).advise}
    assert reasons.get(measure_id) == why


def test_a_target_at_a_bound_is_not_told_as_no_target(content: bytes, snapshot: Snapshot) -> None:
    bound = [
        measure
        for measure in snapshot.measures
        if measure.judgement.target_at_bound and (measure.judgement.met_of or 0) > 1
    ]
    page = re.sub(r"<svg.*?</svg>", "", html(content).decode(), flags=re.DOTALL)
    book = CalamineWorkbook.from_filelike(io.BytesIO(workbook(content)))
    rows = book.get_sheet_by_name("Measures").to_python(skip_empty_area=False)
    head = next(row for row in rows if row[0] == "Measure")
    by_id = {row[head.index("Measure id")]: row[head.index("Assurance")] for row in rows}
    for measure in bound:
        met_words = f"Met {measure.judgement.met_months} of {measure.judgement.met_of}"
        assert by_id[measure.id] == met_words
        assert met_words in page
