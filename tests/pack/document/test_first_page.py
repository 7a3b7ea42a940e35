"""What the first page says and of whom, by rule: each rule's boundaries, of three measures known by heart."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from scorecard.pack.document.asks import asks_of, met_words
from scorecard.pack.document.attention import (
    by_weight,
    exceptions_drawn,
    lists,
    newly_missed,
    why_alert,
)
from scorecard.pack.document.front_page import headline_of
from scorecard.pack.document.words import (
    area_sentence,
    how_measures_stand,
    overdue_words,
)
from scorecard.pack.snapshot.changes import Comparison
from scorecard.pack.snapshot.counts import Counts
from scorecard.pack.snapshot.measure import OverdueFigure, SnapshotMeasure
from scorecard.pack.snapshot.models import Ask, Snapshot
from tests.pack import invented
from tests.pack.differences import OLD

JULY, AUGUST = date(2020, 7, 31), date(2020, 8, 31)
NO_CONCERN = {"variation": None, "exception": False, "exception_reasons": (), "assurance": None}


def pack(*judged: dict[str, Any], **changes: Any) -> Snapshot:
    """Visits in time (missed, worsening, an exception), caseload and days lost (both met), judged otherwise."""
    known = invented.three_measures()
    (area,) = known.service_areas
    measures = list(area.measures)
    for index, other in enumerate(judged):
        judgement = measures[index].judgement.model_copy(update=other)
        measures[index] = measures[index].model_copy(update={"judgement": judgement})
    areas = (area.model_copy(update={"measures": tuple(measures)}),)
    return known.model_copy(update={"service_areas": areas} | changes)


def names(measures: list[SnapshotMeasure]) -> list[str]:
    return [measure.name for measure in measures]


@pytest.mark.parametrize(
    ("judged", "why"),
    [
        ({}, "worsening"),
        ({"target_by": JULY}, "worsening, due by July 2020"),
        ({"target_by": AUGUST}, "worsening"),
        ({"target_by": None}, "worsening"),
        ({"exception_reasons": ("concern", "no_nearer")}, "worsening, no nearer than before"),
        ({"exception_reasons": ("behind_trajectory",)}, "worsening, behind the line to its date"),
        ({"exception_reasons": ("behind_trajectory",), "target_by": JULY}, "worsening, due by July 2020"),
        ({"status": "met", "exception": False}, ""),
        ({"status": "met"}, "worsening"),
        ({"exception": False}, "worsening"),
        (NO_CONCERN, ""),
        (NO_CONCERN | {"exception": True, "exception_reasons": ("consistently_failing",)}, "will go on missing"),
        (NO_CONCERN | {"target_by": JULY}, "due by July 2020"),
        ({"variation": "improvement", "exception_reasons": ()}, ""),
    ],
)
def test_why_a_board_is_alerted_to_a_measure(judged: dict[str, Any], why: str) -> None:
    snapshot = pack(judged)
    assert why_alert(snapshot, snapshot.measures[0]) == why


@pytest.mark.parametrize(
    ("judged", "changes", "new"),
    [
        ({"missed_for": 1}, Comparison(old=OLD), False),  # the last board's pack tells, not the figure before
        ({}, Comparison(old=OLD, newly_missed=("visits-in-time",)), True),
        ({}, Comparison(old=OLD, newly_missed=("caseload",)), False),
        ({"missed_for": 1}, None, True),
        ({"missed_for": 2}, None, False),
        ({"missed_for": 1, "missed_always": True}, None, False),
        ({"missed_for": 1, "status": "met"}, None, False),
        ({"missed_for": 1, "provisional": True}, None, False),
        ({"missed_for": 1, "small_numbers": True}, None, False),
        ({"missed_for": 1, "missed_by_chance": True}, None, False),
    ],
)
def test_a_measure_is_newly_missed_since_the_last_board_or_by_the_figure_before(
    judged: dict[str, Any], changes: Comparison | None, new: bool
) -> None:
    snapshot = pack(judged, changes=changes)
    assert newly_missed(snapshot, snapshot.measures[0]) == new
    assert ("newly missed" in why_alert(snapshot, snapshot.measures[0])) == new


IMPROVING = NO_CONCERN | {"variation": "improvement"}
WITHIN = NO_CONCERN | {"variation": "common_cause", "assurance": "inconsistent"}


@pytest.mark.parametrize(
    ("judged", "advise", "assure"),
    [
        (IMPROVING, "improving", ""),
        (IMPROVING | {"status": "close"}, "improving", ""),
        (IMPROVING | {"status": "met"}, "", ""),
        (IMPROVING | {"status": "no_target"}, "", ""),
        (WITHIN | {"variation_words": "No change beyond chance; so far"}, "no change beyond chance", ""),
        (WITHIN | {"variation_words": None}, "no change beyond chance", ""),
        (WITHIN | {"assurance": "consistently_failing"}, "", ""),
        (NO_CONCERN | {"status": "met", "assurance": "consistently_passing"}, "", "will go on being met"),
        ({"status": "met", "exception": False, "assurance": "consistently_passing"}, "", ""),  # but worsening
        (NO_CONCERN | {"status": "met", "met_of": 12, "met_months": 12}, "", "every figure met it"),
        (NO_CONCERN | {"status": "met", "met_of": 11, "met_months": 11}, "", ""),
        (NO_CONCERN | {"status": "met", "met_of": 13, "met_months": 12}, "", ""),
        (NO_CONCERN | {"status": "met", "met_of": None, "met_months": None}, "", ""),
        (NO_CONCERN | {"status": "met", "met_of": 12, "met_months": 12, "assurance": "inconsistent"}, "", ""),
        (NO_CONCERN | {"status": "missed", "met_of": 12, "met_months": 12}, "", ""),
    ],
)
def test_what_a_board_is_advised_and_assured_of(judged: dict[str, Any], advise: str, assure: str) -> None:
    board_lists = lists(pack(judged))
    assert [line.why for line in board_lists.alert] == []
    assert [line.why for line in board_lists.advise] == ([advise] if advise else [])
    assert [line.why for line in board_lists.assure] == ([assure] if assure else [])


def test_a_line_has_the_figure_its_target_for_how_long_and_why() -> None:
    (line,) = lists(pack({"record_words": "missed since June 2019"})).alert
    assert line.words == "60%, target at least 70%; missed since June 2019; worsening"
    (bare,) = lists(pack({"record_words": None})).alert
    assert bare.words == "60%, target at least 70%; worsening"
    every = NO_CONCERN | {"status": "met", "met_of": 24, "met_months": 24}
    (met,) = [
        line
        for line in lists(pack(every | {"record_words": "met in all of the last 24"})).assure
        if line.measure.id == "visits-in-time"
    ]
    assert met.words.endswith("; met in all of the last 24")
    (unrecorded,) = [
        line for line in lists(pack(every | {"record_words": None})).assure if line.measure.id == "visits-in-time"
    ]
    assert unrecorded.words.endswith("; every figure met it")


VISITS, CASELOAD, LOST = "Visits in time", "Caseload", "Days lost"
LONG, LONGER = {"missed_since": date(2019, 1, 31)}, {"missed_since": date(2018, 12, 31)}
SOON, SOONER = {"target_by": date(2020, 12, 31)}, {"target_by": date(2020, 9, 30)}


@pytest.mark.parametrize(
    ("judged", "new", "order"),
    [
        (({}, {}, {}), (), [VISITS, CASELOAD, LOST]),
        ((SOON, {}, SOONER), (), [LOST, VISITS, CASELOAD]),
        (({}, LONG, LONGER), (), [LOST, CASELOAD, VISITS]),
        (({}, LONG, {}), ("absence",), [LOST, CASELOAD, VISITS]),
        (({"shortfall": 0.1}, {"shortfall": 0.2}, {"shortfall": 0.15}), (), [CASELOAD, LOST, VISITS]),
        (({"shortfall": 0.9}, LONG, {}), (), [CASELOAD, VISITS, LOST]),
        ((SOON, {"shortfall": 0.1}, {}), (), [CASELOAD, VISITS, LOST]),
    ],
)
def test_the_weightiest_is_new_then_longest_missed_then_furthest_off_then_soonest_due(
    judged: tuple[dict[str, Any], ...], new: tuple[str, ...], order: list[str]
) -> None:
    nothing = {"missed_since": None, "shortfall": None, "target_by": None}
    snapshot = pack(*[nothing | other for other in judged], changes=Comparison(old=OLD, new_exceptions=new))
    assert names(by_weight(snapshot, snapshot.measures)) == order


def test_a_short_pack_draws_its_five_weightiest_exceptions() -> None:
    known = pack()
    (area,) = known.service_areas
    six = tuple(area.measures[0].model_copy(update={"id": f"v{number}", "name": f"V{number}"}) for number in range(6))
    whole = known.model_copy(update={"service_areas": (area.model_copy(update={"measures": six}),)})
    assert names(exceptions_drawn(whole)) == ["V0", "V1", "V2", "V3", "V4", "V5"]
    assert names(exceptions_drawn(whole.model_copy(update={"length": "short"}))) == ["V0", "V1", "V2", "V3", "V4"]


def lines_asked(snapshot: Snapshot) -> list[str]:
    return [f"{ask.verb} {ask.words}" for ask in asks_of(snapshot)]


AGREE = "Agree what is done about 1 exception, and by when: by weight on the next page."
REFUSE = "Agree or refuse the changed rules that nobody is said to have agreed: Visits in time; Days lost."
MET = "Note that 0 of 1 target was met in July 2020, and 2 of 2 by older figures."
OWED = "Note that 2 figures are owed, all for July 2020."


def test_a_board_is_asked_to_decide_to_agree_and_to_note() -> None:
    assert lines_asked(pack()) == [AGREE, REFUSE, MET, OWED]
    due = pack({"target_by": JULY}, changes=None, corrects=Comparison(old=OLD))
    assert lines_asked(due) == [
        "Decide what follows for the target whose date has come and which is missed: Visits in time.",
        AGREE,
        MET,
        OWED,
        "Note that this pack corrects the one that was approved for July 2020.",
    ]
    two = pack({"target_by": JULY}, {"target_by": JULY, "status": "missed"}, changes=None)
    assert lines_asked(two)[0] == (
        "Decide what follows for the targets whose date has come and which are missed: Visits in time; Caseload."
    )
    worded = (Ask(verb="Note", words="that all is well."),)
    assert asks_of(pack(asks=worded)) == worded


def counts(current: tuple[int, int, int], older: tuple[int, int, int], **others: int) -> Counts:
    """How many are met, close and missed by a figure of the month, and by older ones."""
    given = dict.fromkeys(("no_target", "no_data", "no_status", "not_applicable", "exceptions", "owed", "owing"), 0)
    all_of = [one + other for one, other in zip(current, older, strict=True)]
    given |= dict(zip(("met", "close", "missed"), all_of, strict=True)) | others
    names_of = dict(zip(("met", "close", "missed"), older, strict=True))
    measures = sum(all_of) + sum(others.values())
    return Counts(measures=measures, older=names_of, **given)


@pytest.mark.parametrize(
    ("counted", "met", "standing"),
    [
        (
            counts((2, 0, 3), (1, 0, 1), no_target=1, no_data=1),
            "2 of 5 targets were met in July 2020, and 1 of 2 by older figures",
            "Of 9 measures, 5 are judged on a figure for July 2020: 2 met and 3 missed; 2 on older figures: 1 met and "
            "1 missed. 2 are not judged: 1 without a target and 1 without a figure.",
        ),
        (
            counts((0, 1, 0), (0, 0, 1)),
            "0 of 1 target was met in July 2020, and 0 of 1 by older figures",
            "Of 2 measures, 1 is judged on a figure for July 2020: 1 close; 1 on an older figure: 1 missed.",
        ),
        (
            counts((0, 0, 0), (1, 0, 2), not_applicable=1),
            "1 of 3 targets were met, all by figures older than July 2020",
            "Of 4 measures, none is judged on a figure for July 2020; 3 on older figures: 1 met and 2 missed. "
            "1 is not judged: 1 not applicable this month.",
        ),
        (
            counts((0, 0, 0), (0, 0, 0), no_status=2),
            "",
            "Of 2 measures, none is judged on a figure for July 2020. 2 are not judged: 2 monitored or not to be "
            "judged.",
        ),
        (
            counts((1, 1, 1), (0, 0, 0)),
            "1 of 3 targets were met in July 2020",
            "Of 3 measures, 3 are judged on a figure for July 2020: 1 met, 1 close and 1 missed.",
        ),
        (
            counts((1, 0, 0), (0, 0, 0)),
            "1 of 1 target was met in July 2020",
            "Of 1 measure, 1 is judged on a figure for July 2020: 1 met.",
        ),
    ],
)
def test_how_measures_stand_is_counted_by_figures_of_the_month_and_by_older_ones(
    counted: Counts, met: str, standing: str
) -> None:
    assert met_words(counted, JULY) == met
    assert how_measures_stand(counted, JULY) == standing


def test_an_areas_sentence_names_its_exceptions_and_who_owes() -> None:
    (area,) = pack().service_areas
    stands = "Of 3 measures, 1 is judged on a figure for July 2020: 1 missed; 2 on older figures: 2 met."
    assert area_sentence(area, JULY) == (
        f"{stands} An exception: Visits in time. 2 figures are owed, all for July 2020: Caseload; Days lost."
    )
    two = area.model_copy(update={"measures": pack({}, {"exception": True}).measures[:2]})
    assert area_sentence(two, JULY).endswith(
        "2 exceptions: Visits in time; Caseload. 1 figure is owed, for July 2020: Caseload."
    )
    none = area.model_copy(update={"measures": pack({"exception": False}).measures[:1]})
    assert area_sentence(none, JULY) == "Of 1 measure, 1 is judged on a figure for July 2020: 1 missed."


def test_the_headline_counts_what_moves_once_and_where_one_way_is_better() -> None:
    headline = "1 of 1 target missed in July 2020, none of 2 by older figures"
    assert headline_of(pack()) == f"{headline}; 1 measure getting worse"
    better = {"variation": "improvement"}
    assert headline_of(pack({"counted": False}, {}, better)) == (
        "No target can be judged in July 2020 yet; none of 2 missed by older figures; 1 measure improving"
    )
    assert headline_of(pack({}, better)) == f"{headline}; 1 measure getting worse", "within a range no way is better"
    assert headline_of(pack({"variation": None})) == headline


JUNE, MAY = date(2020, 6, 30), date(2020, 5, 31)


@pytest.mark.parametrize(
    ("months", "expected"),
    [
        (((JULY,),), "1 figure is owed, for July 2020"),
        (((JUNE,),), "1 figure is owed, for an earlier month"),
        (((JULY,), (JULY,)), "2 figures are owed, all for July 2020"),
        (((MAY, JUNE),), "2 figures are owed, all for earlier months"),
        (((MAY, JULY), (JULY,)), "3 figures are owed, 2 of them for July 2020"),
        (((MAY,), (), (JULY,)), "2 figures are owed, 1 of them for July 2020"),
        ((None, (JUNE,)), "2 figures are owed"),  # None: of an old snapshot, which keeps no months, and is overdue
    ],
)
def test_what_is_owed_is_said_with_its_months(months: tuple[tuple[date, ...] | None, ...], expected: str) -> None:
    quality = invented.small_snapshot().measures[0].quality
    assert quality is not None
    measures = [
        measure.model_copy(
            update={
                "quality": None if of is None else quality,
                "owed": tuple(OverdueFigure(period_end=month) for month in of or ()),
                "judgement": measure.judgement.model_copy(update={"overdue": True}),
            }
        )
        for measure, of in zip(pack().measures, months, strict=False)
    ]
    assert overdue_words(measures, JULY) == expected
