"""The rules, one function each: whether the evidence bears a claim out (True), speaks against it (False), or is silent.

A rule sees one part of a sentence, in small letters, and the words that it listens for. What it can't judge it leaves
alone: None never makes a flag.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from typing import NamedTuple

from scorecard.core.periods import month_words, months_from
from scorecard.narrative.claims import listening
from scorecard.narrative.claims.evidence import Evidence
from scorecard.narrative.claims.reading import in_a_row, months_spanned, since_month

Verdict = bool | None
EVEN = 0.5  # the chance from which a target is on track
IN_LINE = 0.05  # of the others' figure: as near as that is in line, where chance margins are smaller or not known


class Rule(NamedTuple):
    """One rule: its name, the words it listens for, what it finds, and what it shows for it.

    ahead: whether it listens to what is said of the future, too.
    """

    name: str
    pattern: re.Pattern[str]
    holds: Callable[[str, re.Match[str], Evidence], Verdict]
    shown: Callable[[Evidence], str]
    ahead: bool = False


def _moving(clause: str, evidence: Evidence, change: str, way: str) -> Verdict:
    """Whether it moves that way: since the time that is named, else by the limits, else by the last step."""
    since_then = evidence.way_from(_since_then(clause, evidence))
    if since_then:
        return since_then == way
    if evidence.variation is not None:
        return evidence.variation == change  # where no figure is better than another, it is neither change
    return evidence.way == way if evidence.way else None


def improving(clause: str, match: re.Match[str], evidence: Evidence) -> Verdict:
    """Improving: the last figures improve, and that is unlikely to be chance; without limits, on the figure before."""
    del match
    return _moving(clause, evidence, "improvement", "better")


def worsening(clause: str, match: re.Match[str], evidence: Evidence) -> Verdict:
    """Worsening: the last figures worsen, and that is unlikely to be chance; without limits, on the figure before."""
    del match
    return _moving(clause, evidence, "concern", "worse")


def _since_then(clause: str, evidence: Evidence) -> float | None:
    """The figure of the time that a part compares with by itself: 'on last year', 'over the last six months'."""
    months = months_spanned(clause)
    return evidence.months_back(months) if months else None


def _reference(clause: str, evidence: Evidence) -> float | None:
    """The figure that a rise or a fall is counted from: of the month or span that is named, else the one before."""
    since = since_month(clause, evidence.month)
    if since is not None:
        return evidence.in_month(since)
    months = months_spanned(clause)
    return evidence.months_back(months) if months else evidence.before


def _step(clause: str, evidence: Evidence, up: bool) -> Verdict:
    run = in_a_row(clause)
    if run is not None:
        values = [evidence.figures[month] for month in sorted(evidence.figures)][-run - 1 :]
        steps = [(later > earlier) is up and later != earlier for earlier, later in pairwise(values)]
        return len(steps) >= run and all(steps)
    earlier = _reference(clause, evidence)
    if earlier is None:
        return None
    moved = evidence.latest > earlier if up else evidence.latest < earlier
    named = since_month(clause, evidence.month) is not None or months_spanned(clause) is not None
    return moved or (not named and evidence.signal and evidence.signal_up is up)


def rising(clause: str, match: re.Match[str], evidence: Evidence) -> Verdict:
    """Rising: the latest figure is higher than the one named, or than the one before, or its signal points up."""
    del match
    return _step(clause, evidence, up=True)


def falling(clause: str, match: re.Match[str], evidence: Evidence) -> Verdict:
    """Falling: the same the other way."""
    del match
    return _step(clause, evidence, up=False)


def recovered(clause: str, match: re.Match[str], evidence: Evidence) -> Verdict:
    """Recovered: it isn't worsening, and it meets its target or is nearer than the figure before."""
    del clause, match
    if evidence.variation == "concern":
        return False
    return evidence.status in ("met", "close") or (evidence.way == "better" if evidence.way else None)


def usual(clause: str, match: re.Match[str], evidence: Evidence) -> Verdict:
    """Back to normal, stable, or only chance: no signal that is unlikely to be chance."""
    del clause, match
    return None if evidence.variation is None else evidence.variation == "common_cause"


def significant(clause: str, match: re.Match[str], evidence: Evidence) -> Verdict:
    """Significant: a signal that is unlikely to be chance."""
    del clause, match
    return None if evidence.variation is None else evidence.variation != "common_cause"


def on_track(clause: str, match: re.Match[str], evidence: Evidence) -> Verdict:
    """On track: the target is met, or will be with a chance of a half or more, and isn't behind the line to it."""
    del clause
    if evidence.status == "met":
        holds: Verdict = True
    elif evidence.chance is not None:
        holds = evidence.chance >= EVEN and not evidence.behind
    else:
        holds = False if evidence.behind else None
    turned = "off " in match[0] or "behind" in match[0]
    return holds if holds is None or not turned else not holds


_OTHERS = {
    "statistical_neighbour": r"neighbour|similar (?:authorities|councils)|peers|comparable authorities",
    "regional": r"region",
    "national": r"england|national",
}


def compared(clause: str, match: re.Match[str], evidence: Evidence) -> Verdict:
    """Compared with others: above and below by the figures; in line within chance, or a twentieth of theirs."""
    # 'Above England and below the region' compares twice, each time with the ones that it names.
    named = listening.COMPARED.split(clause[match.end() :], maxsplit=1)[0]
    asked = [kind for kind, pattern in _OTHERS.items() if re.search(pattern, named)]
    verdicts = [_beside(match[0], evidence, kind) for kind in asked if kind in evidence.compared]
    return None if not verdicts or None in verdicts else all(verdicts)


def _beside(phrase: str, evidence: Evidence, kind: str) -> Verdict:
    difference, theirs, _ = evidence.compared[kind]
    gain = {"up": difference, "down": -difference}.get(evidence.better)
    if re.match(r"above|higher|more|over", phrase):
        return difference > 0
    if re.match(r"below|lower|fewer|less|under", phrase):
        return difference < 0
    if re.match(r"better|ahead", phrase):
        return None if gain is None else gain > 0
    if re.match(r"worse|behind", phrase):
        return None if gain is None else gain < 0
    return abs(difference) <= max(evidence.margin or 0.0, IN_LINE * abs(theirs))


def extreme(clause: str, match: re.Match[str], evidence: Evidence) -> Verdict:
    """Highest, lowest, best, worst: of all figures, or since the month or within the span that is named."""
    word = match[0]
    if re.search(r"best|worst", word) and not evidence.better:
        return None
    high = "high" in word or ("low" not in word and ("best" in word) == (evidence.better == "up"))
    since, months = since_month(clause, evidence.month), months_spanned(clause)
    others = [
        value
        for month, value in evidence.figures.items()
        if month != evidence.month
        and (since is None or month > since)
        and (since is not None or months is None or months_from(month, evidence.month) < months)
    ]
    if not others:
        return None
    return evidence.latest >= max(others) if high else evidence.latest <= min(others)


def since(clause: str, match: re.Match[str], evidence: Evidence) -> Verdict:
    """Improving, worsening or missed since a month: within one month of when that began."""
    named = since_month(clause, evidence.month)
    began = evidence.missed_since if re.search(r"miss", match[0]) else evidence.since
    if named is None or began is None:
        return None
    if re.search(r"miss", match[0]):
        return evidence.status in ("missed", "close") and abs(months_from(began, named)) <= 1
    wanted = "improvement" if re.search(r"improv|better", match[0]) else "concern"
    return None if evidence.variation != wanted else abs(months_from(began, named)) <= 1


def target(clause: str, match: re.Match[str], evidence: Evidence) -> Verdict:
    """The target is met, missed, passed or not reached: by the status; above and below it by the figures."""
    word = match[0]
    if "target" not in word and not re.search(r"\btargets?\b", clause[: match.start()]):
        return None
    if re.match(r"above|over", word) and evidence.goal is not None and evidence.better != "up":
        return evidence.latest > evidence.goal
    if re.match(r"below|under", word) and evidence.goal is not None and evidence.better != "up":
        return evidence.latest < evidence.goal
    if evidence.status not in ("met", "close", "missed"):
        return None
    missing = re.match(r"below|under|miss|short", word) is not None
    return (evidence.status != "met") == missing


def _target_evidence(evidence: Evidence) -> str:
    return evidence.target_words


def _extreme_evidence(evidence: Evidence) -> str:
    known = {month: value for month, value in evidence.figures.items() if month != evidence.month}
    if not known:
        return evidence.step_words()
    ends = (max(known, key=lambda month: known[month]), min(known, key=lambda month: known[month]))
    high, low = (f"{evidence.figure_text(known[month])} in {month_words(month)}" for month in ends)
    return f"It is {evidence.figure_text(evidence.latest)}; before, the highest was {high}, the lowest {low}."


def _since_evidence(evidence: Evidence) -> str:
    sentences = [f"What it signals began in {month_words(evidence.since)}."] if evidence.since else []
    sentences += (
        [f"The target has been missed since {month_words(evidence.missed_since)}."] if evidence.missed_since else []
    )
    return " ".join(sentences)


def _change(evidence: Evidence) -> str:
    """What the limits tell; where they tell nothing, the last step, and why they don't."""
    if evidence.variation is None:
        return " ".join(filter(None, (evidence.step_words(), evidence.change_words)))
    return evidence.change_words or evidence.step_words()


def _step_words(evidence: Evidence) -> str:
    return evidence.step_words()


def _ahead(evidence: Evidence) -> str:
    return " ".join(filter(None, (evidence.target_words, evidence.ahead_words)))


def _compared_words(evidence: Evidence) -> str:
    return " ".join(compared.words for compared in evidence.compared.values())


RULES = (
    Rule("improving", listening.IMPROVING, improving, _change),
    Rule("worsening", listening.WORSENING, worsening, _change),
    Rule("rising", listening.RISING, rising, _step_words),
    Rule("falling", listening.FALLING, falling, _step_words),
    Rule("recovered", listening.RECOVERED, recovered, _change),
    Rule("as usual", listening.USUAL, usual, _change),
    Rule("significant", listening.SIGNIFICANT, significant, _change),
    Rule("on track", listening.ON_TRACK, on_track, _ahead, ahead=True),
    Rule("compared", listening.COMPARED, compared, _compared_words),
    Rule("extreme", listening.EXTREME, extreme, _extreme_evidence),
    Rule("since", listening.SINCE, since, _since_evidence),
    Rule("target", listening.TARGET, target, _target_evidence),
)
