"""Hold a comment against the evidence: claims that the figures speak against, and words of last month's."""

from __future__ import annotations

from scorecard.narrative.claims.check import Flag, check
from scorecard.narrative.claims.evidence import Evidence, evidence_of
from scorecard.narrative.commentary.repeated import REPEATED_RULE, repeated
from scorecard.use_cases.commentary.comment import Comment, Words
from scorecard.use_cases.view.measures import View

__all__ = ["REPEATED_RULE", "Flag", "flags_of", "repeated_words"]


def flags_of(view: View, measure_id: str, comment_words: Words) -> tuple[Flag, ...]:
    """What in a comment the measure's figures of the view's month speak against, with what they say."""
    evidence = _evidence(view, measure_id)
    return (
        ()
        if evidence is None
        else tuple(flag for text in comment_words.filled_in.values() for flag in check(text, evidence))
    )


def _evidence(view: View, measure_id: str) -> Evidence | None:
    def gather() -> Evidence | None:
        chances = view.chances
        chance = chances[chances["measure_id"] == measure_id].iloc[0].to_dict()
        row, series = view.row(measure_id), view.series_of(measure_id)
        chance_row = {str(name): value for name, value in chance.items()}
        return evidence_of(row, series, chance_row, view.outlook[measure_id], view.catalogue.authority.region.name)

    return view.memoised(("evidence", measure_id), gather)


def repeated_words(comment_words: Words, before: Comment | None) -> tuple[str, ...]:
    """The sentences that the comment of the month before says too (REPEATED_RULE)."""
    if before is None:
        return ()
    then = "\n".join(before.words.filled_in.values())
    return tuple(sentence for text in comment_words.filled_in.values() for sentence in repeated(text, then))
