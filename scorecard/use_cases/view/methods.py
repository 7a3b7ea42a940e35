"""Explain methods: the rules in words, as the pages and the pack print them."""

from __future__ import annotations

import re
from functools import cache

from scorecard.core.vocabulary import EXCEPTION_RULE, STATUS_RULE
from scorecard.use_cases.open_scorecard import PROJECT

__all__ = ["EXCEPTION_RULE", "STATUS_RULE", "methods"]


@cache
def methods() -> dict[str, str]:
    """The sections of docs/methods.md by their headings, in order, as Markdown; none where the file is not there.

    Headings within a section are one level lower than in the file, for the page's own title is above them.
    """
    file = PROJECT / "docs" / "methods.md"
    if not file.exists():
        return {}
    parts = re.split(r"^# +(.+)$", file.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    lower = [re.sub(r"^(#+ )", r"#\1", body, flags=re.MULTILINE) for body in parts[1::2]]
    return {heading.strip(): body.strip() for heading, body in zip(parts[::2], lower, strict=True)}
