"""What each rule listens for in a part of a sentence, in small letters."""

from __future__ import annotations

import re

_STAYS = r"(?:is|are|was|were|be|been|remain\w*|stay\w*|held|holds?|keeps?|kept|broadly|largely|fairly|relatively)"
_RANGE = r"(?: (?:level|range))?"
_TO_OTHERS = r"(?=.*(?:neighbour|region|england|national|similar (?:authorities|councils)|peers))"
_MOVES = (
    r"(?:better|worse|improv\w+|increas\w+|ris\w+|rose|fall\w*|fell|drop\w*|reduc\w+|declin\w+|chang\w+|higher|lower"
    r"|deteriorat\w+|worsen\w*|progress|shift)"
)
_A_SPAN = r"(?=.*\b(?:ever|on record|so far|seen|since|yet|(?:in|for) (?:\w+ )?(?:months|years?|a year)))"
_NO_NAME = r"(?! (?:plan|board|work|programme|action|partner|officer|journey|cycle|notice|target))"
_TARGET = r" (?:the |our |its |this |board'?s )?(?:[0-9][0-9.,]*(?:%| per cent)?(?:[ -]?days?)? )?target\b"


def _any(*alternatives: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(alternatives)})")


IMPROVING = _any(
    rf"improv(?:es?|ed|ing|ements?)\b{_NO_NAME}",
    r"(?:getting|got) better\b",
    r"moving in the right direction\b",
    r"(?:going|moving) the right way\b",
)
WORSENING = _any(
    r"worsen\w*",
    r"deteriorat\w+",
    r"(?:getting|got) worse\b",
    r"gone backwards\b",
    r"slipp(?:ed|ing)\b",
    r"moving in the wrong direction\b",
    r"decline in performance\b",
    r"performance (?:has |is )?declin\w+",
)
RISING = _any(
    r"(?:rose|risen|rising|rise)\b",
    r"increas(?:ed|es|ing|e)\b",
    r"(?:gone|went|going) up\b",
    r"(?:grew|grown|growing)\b",
    r"climb(?:ed|ing|s)?\b",
    r"(?:soar|surg|jump)(?:ed|ing)\b",
    r"upward trend\b",
)
FALLING = _any(
    r"(?:fell|fallen|falling)\b",
    r"drop(?:ped|ping|s)?\b",
    r"decreas(?:ed|es|ing|e)\b",
    r"(?:gone|went|going) down\b",
    r"reduc(?:ed|ing|tion)\b",
    r"downward trend\b",
    r"dip(?:ped)?\b",
    r"(?:slump|plummet|plung|tumbl)(?:ed|ing)\b",
)
RECOVERED = _any(rf"recover(?:ed|s|ing|y)\b{_NO_NAME}", r"bounced back\b", r"turned the corner\b")
USUAL = _any(
    rf"(?:back to|returned to|within|at) (?:(?:its|our|the|their) )?(?:usual|normal|expected){_RANGE}\b(?! target)",
    rf"{_STAYS} (?:\w+ )?(?:stable|steady|flat|static|unchanged)\b",
    r"(?:just|only|down to|due to|simply|by) chance\b",
    r"(?:normal|natural|random|usual|expected|common cause) (?:variation|fluctuations?)\b",
    r"(?:blip|one-off|plateaued|level?led (?:off|out))\b",
)
SIGNIFICANT = _any(
    rf"(?:statistically )?significant(?:ly)? {_MOVES}",
    r"unlikely to be (?:by |due to )?chance\b",
    r"clear (?:\w+ )?trend\b",
    r"(?:real|genuine|sustained) (?:change|improvement|shift)\b",
)
ON_TRACK = _any(
    r"(?:on|off) (?:track|course|trajectory)\b",
    r"behind (?:plan|schedule|trajectory|the line)\b",
    r"will (?:\w+ )?(?:meet|reach|hit|achieve) (?:the |our |its )?target\b",
    r"set to (?:meet|reach|hit|achieve)\b",
)
COMPARED = _any(
    rf"(?:in line with|similar to|comparable (?:to|with)|close to|the same as|on a par with)\b{_TO_OTHERS}",
    rf"(?:above|higher than|over|more than|below|lower than|fewer than|less than|under)\b{_TO_OTHERS}",
    rf"(?:better than|ahead of|worse than|behind)\b{_TO_OTHERS}",
)
EXTREME = _any(rf"(?:highest|lowest|best|worst)\b{_A_SPAN}", r"(?:record|all-time) (?:high|low)\b")
SINCE = _any(r"(?:improv\w+|better|worsen\w*|worse|deteriorat\w+|miss\w*)\b(?=.*\bsince\b)")
TARGET = _any(
    rf"(?:met|meets?|meeting|achiev(?:ed|es|ing)|reach(?:ed|es|ing)|hit(?:s|ting)?|exceed(?:ed|s|ing)?|passe[ds]){_TARGET}",
    rf"(?:above|over|below|under|within|miss(?:ed|es|ing)?|short of|at|on){_TARGET}",
    r"(?:met|achieved|reached|hit|exceeded|missed)\b",  # after the word target: 'the target has been met'
)
