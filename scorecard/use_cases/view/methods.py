"""Explain methods: the rules in words, as the pages and the pack print them."""

from __future__ import annotations

import re
from functools import cache

from scorecard.narrative.measure import STATUS_RULE
from scorecard.use_cases.open_scorecard import PROJECT

EXCEPTION_RULE = (
    "A missed target becomes an exception where the measure is worsening beyond chance, or will go on missing the "
    "target as things stand, or is behind its trajectory; or, where too few figures allow no limits, where it is no "
    "nearer its target than at the baseline (without one, than at the figure before). Figures on fewer than ten people "
    "make no exception of their own, and neither does a provisional figure alone."
)
__all__ = ["EXCEPTION_RULE", "STATUS_RULE", "methods"]


@cache
def methods() -> dict[str, str]:
    """The sections of docs/methods.md by their headings, in order, as Markdown; none where the file is not there.

    Headings within a section are one level lower than in the file, for the page's own title stands above them.
    """
    file = PROJECT / "docs" / "methods.md"
    if not file.exists():
        return {}
    parts = re.split(r"^# +(.+)$", file.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    lower = [re.sub(r"^(#+ )", r"#\1", body, flags=re.MULTILINE) for body in parts[1::2]]
    return {heading.strip(): body.strip() for heading, body in zip(parts[::2], lower, strict=True)}
