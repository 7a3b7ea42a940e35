"""A pack of two service areas in which everything stands that a pack can have, whatever the figures would say of it."""

from __future__ import annotations

from datetime import date
from functools import cache

from scorecard.catalogue.models import Event, Rebase, Target
from scorecard.charts.model.comparison import GapBars
from scorecard.core.vocabulary import EXCEPTION_REASONS
from scorecard.pack.snapshot.changes import Comparison
from scorecard.pack.snapshot.commentary_and_decisions import Commentary, SnapshotDecision
from scorecard.pack.snapshot.measure import SnapshotMeasure
from scorecard.pack.snapshot.models import Snapshot
from tests.assessed import assess
from tests.pack import invented
from tests.pack.differences import AUDITS, ENDED, METHODS, NEITHER, NOTE, OLD, STATUS, UNALTERED, figure
from tests.pack.published_charts import FUNNEL, YEARS

AREAS = ["leadership-and-stability", "early-help"]
COMMENTARY = Commentary(
    what_happened=("Sickness rose.", "• two teams"), why=("Two absences.",), being_done=("Talks.",),
    by_whom="Service Manager", by_when=date(2022, 10, 1), approved_by="Executive Director",
    approved_on=date(2022, 7, 10),
)  # fmt: skip
QUESTION = SnapshotDecision(
    number=7, kind="question", month=date(2022, 4, 30), service_area_id=AREAS[0], about="The whole area",
    text="Why so many?", owner="Head of Service", due=date(2022, 9, 20), open=True, answers=(),
)  # fmt: skip
DECISION = QUESTION.model_copy(update={"number": 8, "kind": "decision", "open": False, "answers": ("Done.", "Twice.")})
TARGETS = (
    Target(printed="90%", at_least=90, by="2022-12", by_basis="plan"),
    Target(
        printed="95% by 2023", at_least=95, by="2023-03", by_basis="action date", by_printed="March 2023",
        by_action="Recruit", basis="owner", why="Recruited", agreed_by="The board", **{"from": "2022-01"},
    ),
    Target(printed="97%", more_than=97, **{"from": "2022-06"}),
)  # fmt: skip
REBASES = (
    Rebase(
        why="New programme", proposed_by="An analyst", agreed_by="The board", agreed="2020-02", **{"from": "2020-01"}
    ),
    Rebase(why="New system", **{"from": "2021-04"}),
)
CHANGES = Comparison(
    old=OLD, new_figures=(figure("Calls", "–", "4"),), revised=(figure("Visits", "1", "2"),),
    taken_back=(figure("Plans", "7", "–"),), status=STATUS, variation=(NEITHER,), rules=(AUDITS, METHODS, UNALTERED),
    ended=(ENDED,), wording=(NOTE,), added=("A",), removed=("B",), retired=("C",), newly_missed=("caseload-pact",),
)  # fmt: skip
BARS = GapBars(gaps=(1.0, None, -0.5), alt="Worse by 1, no figure, better by 0.5")


def _measure(number: int, measure: SnapshotMeasure) -> SnapshotMeasure:
    """The first measure with targets, rebases and every reason for an exception; commentary on it and the second."""
    if number > 1:
        return measure
    commented = {"commentary": COMMENTARY}
    if number == 1:
        return measure.model_copy(update=commented)
    judged = measure.judgement.model_copy(update={"exception": True, "exception_reasons": tuple(EXCEPTION_REASONS)})
    return measure.model_copy(update=commented | {"targets": TARGETS, "rebase": REBASES, "judgement": judged})


@cache
def everything() -> Snapshot:
    """With a history, revised; a correction beside what changed; published figures with charts and without."""
    assessment = assess(invented.catalogue(), invented.history(36, invented.LAST_MONTH, revised=True))
    plain = invented.snapshot_of(
        assessment, as_known_at=invented.LATER, demonstration=True, extracts=invented.extracts(), areas=AREAS
    )
    areas = tuple(
        area.model_copy(update={"measures": tuple(_measure(*numbered) for numbered in enumerate(area.measures))})
        for area in plain.service_areas
    )
    published = (
        invented.BESIDE.model_copy(update={"years": YEARS, "funnel": FUNNEL, "gap_bars": BARS}),
        invented.BESIDE.model_copy(update={"measure_id": "caseload-pact", "measure": "Caseload", "moved_words": ""}),
    )
    events = (Event(date="2021-09", what="A new team", why="More calls"),)
    return plain.model_copy(
        update={
            "service_areas": areas, "published": published, "asked": (QUESTION, DECISION), "changes": CHANGES,
            "corrects": CHANGES.model_copy(update={"added": ()}), "events": events,
        }
    )  # fmt: skip
