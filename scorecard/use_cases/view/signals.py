"""Explain signals: change or chance, measure by measure, in sentences; and whether limits might be drawn again."""

from __future__ import annotations

from dataclasses import dataclass

from scorecard.analysis.spc import detection_time
from scorecard.core.rows import missing
from scorecard.narrative.detection_time import change_words, wait_words
from scorecard.narrative.signal_history import by_chance_words, episodes, explain, rebase_words
from scorecard.use_cases.view.measures import View

MOST = 8  # signals told one by one; older ones are counted


@dataclass(frozen=True)
class Explained:
    """What a measure's chart signals, in words. All empty where no limits may be shown.

    signals: a sentence each, newest first. more: how many older ones there are. by_chance: how often chance alone would
    show one. showing: a change, in words, and how soon half and nine in ten such changes would show. proposal: why
    limits might be drawn again; nothing is done by itself.
    """

    signals: tuple[str, ...] = ()
    more: int = 0
    by_chance: str = ""
    showing: tuple[tuple[str, str, str], ...] = ()
    proposal: str = ""


def explained(view: View, measure_id: str) -> Explained:
    """The signals of a measure explained. Raises KeyError for a measure that the view doesn't have."""
    return view.memoised(("explained", measure_id), lambda: _explained(view, measure_id))


def _explained(view: View, measure_id: str) -> Explained:
    row = view.row(measure_id)
    if missing(row["variation"]):
        return Explained()
    points = view.points_of(measure_id).to_dict("records")
    plain = [{str(name): value for name, value in point.items()} for point in points]
    alarms = view.alarms(measure_id)
    signals = explain(row, episodes(plain), alarms)
    length = view.limits_rest_on(measure_id)
    changes = tuple(
        (
            change_words(row, change),
            wait_words(row, change.wait.half if change.wait else None),
            wait_words(row, change.wait.nine_in_ten if change.wait else None),
        )
        for change in detection_time.detectable_changes(row, length)
    )
    proposals = view.rebase_proposals
    mine = proposals[proposals["measure_id"] == measure_id].to_dict("records")
    return Explained(
        signals=tuple(signals[:MOST]),
        more=max(len(signals) - MOST, 0),
        by_chance=by_chance_words(length, alarms[max(alarms)]) if alarms else "",
        showing=changes,
        proposal=rebase_words(row, {str(name): value for name, value in mine[0].items()}) if mine else "",
    )
