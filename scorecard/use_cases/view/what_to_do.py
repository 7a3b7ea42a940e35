"""What to do about each measure, where its data are in doubt too: one answer for pages, e-mail and exports."""

from __future__ import annotations

from scorecard.access.permissions import Permission
from scorecard.narrative.action import action
from scorecard.use_cases.needs import needs
from scorecard.use_cases.open_scorecard import Scorecard
from scorecard.use_cases.view.completeness import completeness_of
from scorecard.use_cases.view.measures import View


@needs(Permission.READ)
def what_to_do(scorecard: Scorecard, view: View) -> dict[str, str]:
    """By the id of each measure of a view what to do about it, in a sentence: to mend its data first where they are in
    doubt; empty where there is nothing to do.
    """

    def make() -> dict[str, str]:
        marks = completeness_of(scorecard, view)
        rows = view.rows.items()
        return {
            measure_id: action(row, in_doubt=bool(marks.marks_of(measure_id)["in_doubt"])) for measure_id, row in rows
        }

    return view.memoised("what to do", make)
