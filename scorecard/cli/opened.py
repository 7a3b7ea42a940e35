"""What every command begins with: the scorecard that the settings name, in the hands of whoever typed it."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable

from scorecard.use_cases.open_scorecard import Scorecard, now, open_scorecard, person_here, settings_from

Command = Callable[[str, Callable[[argparse.Namespace], int]], argparse.ArgumentParser]


def opened(by: str | None = None, *, accepting: str | None = None) -> Scorecard:
    """An open scorecard; close it, or use it as a context manager. by: who acts, else the operating system's user.

    accepting: the reason for which what the catalogue changes is right. Raises as open_scorecard.
    """
    settings = settings_from(os.environ)
    return open_scorecard(settings, person_here(settings, by), now(), accepting=accepting)
