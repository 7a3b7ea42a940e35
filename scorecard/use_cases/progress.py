"""How far a long piece of work is, for whoever waits for it."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[str, float], None]  # what is being done now, in words; the share of the whole done, from 0 to 1


def no_progress(step_text: str, share: float) -> None:
    """Tells nobody."""
