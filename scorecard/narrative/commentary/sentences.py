"""The sentences of a comment, without its Markdown."""

from __future__ import annotations

import re

from scorecard.narrative.commentary.markdown import as_lines

_END = re.compile(r"(?<=[.!?;])[\"'’”)]*\s+")


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a comment in order, each as a reader sees it; a line's end ends one too."""
    parts = (part.strip() for line in as_lines(text) for part in _END.split(line.removeprefix("• ")))
    return tuple(part for part in parts if part)
