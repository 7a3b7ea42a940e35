"""Kinds of finding: what every code says of itself, and how serious it can be."""

from __future__ import annotations

from typing import Literal, NamedTuple

Severity = Literal["error", "warning", "information"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "information")


class Code(NamedTuple):
    """A kind of finding. `remedy` is what to do in general; a finding's own remedy may be more exact."""

    severity: Severity
    title: str
    meaning: str
    example: str
    remedy: str


def error(title: str, meaning: str, example: str, remedy: str) -> Code:
    """A kind that refuses the file."""
    return Code("error", title, meaning, example, remedy)


def warning(title: str, meaning: str, example: str, remedy: str) -> Code:
    """A kind that asks for a yes."""
    return Code("warning", title, meaning, example, remedy)


def information(title: str, meaning: str, example: str, remedy: str) -> Code:
    """A kind that needs nothing."""
    return Code("information", title, meaning, example, remedy)
