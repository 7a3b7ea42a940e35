"""What differs from the last board's pack, one of each kind, to hold what the pack says of it word by word."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from scorecard.pack.snapshot.changes import (
    ChangedRules,
    EndedWarning,
    FigureChange,
    PackRef,
    RuleChange,
    WordChange,
)

OLD = PackRef(
    id="ab" * 32, board="board", reporting_month=date(2020, 6, 30), as_known_at=datetime(2020, 7, 1, tzinfo=UTC)
)


def word(measure: str, what: str, old: str, new: str, direction: Any = "neither") -> WordChange:
    return WordChange(
        measure_id=measure.lower(),
        measure=measure,
        service_area="Care",
        what=what,
        old=old,
        new=new,
        direction=direction,
    )


def figure(measure: str, old: str, new: str, months: int = 1) -> FigureChange:
    return FigureChange(
        measure_id=measure.lower(), measure=measure, service_area="Care", area="E1", period_end=date(2020, 6, 30),
        months=months, old_words=old, new_words=new,
    )  # fmt: skip


TARGET = RuleChange(what="Target", old="at least 90%", new="at least 70%", why="It grew", agreed_by="The board")
TOLERANCE = RuleChange(what="Tolerance", old="none", new="5%")
AUDITS = ChangedRules(
    measure_id="audits", measure="Audits", service_area="Care", rules=(TARGET, TOLERANCE),
    altered=(word("Audits", "Status", "Missed", "Met"), word("Audits", "Assurance", "Not capable", "Capable")),
)  # fmt: skip
METHODS = ChangedRules(
    measure_id="", measure="All measures", service_area="",
    rules=(RuleChange(what="Points of a trend", old="7", new="6", agreed_by="The board"),),
    altered=(word("Visits", "Variation", "Steady", "Worsening"), word("Plans", "Variation", "Steady", "Improving")),
)  # fmt: skip
UNALTERED = ChangedRules(
    measure_id="visits", measure="Visits", service_area="Care",
    rules=(RuleChange(what="Decimal places", old="0", new="1", why="Asked for"),),
)  # fmt: skip
ENDED = EndedWarning(
    measure_id="plans", measure="Plans", service_area="Care", warning="Worsening", reason="retired in June 2020"
)
STATUS = (word("Audits", "Status", "Missed", "Met", "better"), word("Plans", "Status", "Met", "Close", "worse"))
NEITHER = word("Visits", "Variation", "Not shown", "Steady")
NOTE = word("Visits", "Note", "One", "Two")
