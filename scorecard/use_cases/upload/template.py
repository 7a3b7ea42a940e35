"""Hand out a template: next month's file with every measure that is due, ready to be filled in."""

from __future__ import annotations

import re
from datetime import date
from typing import Literal

from scorecard.access.permissions import Permission
from scorecard.catalogue.plan_figures import plan_observations
from scorecard.core.observations import latest_known
from scorecard.core.periods import month_code
from scorecard.extract.template import template
from scorecard.use_cases.needs import needs
from scorecard.use_cases.open_scorecard import Scorecard
from scorecard.use_cases.stored_figures import stored_figures


@needs(Permission.READ)
def hand_out_template(
    scorecard: Scorecard, period: date, *, source: str | None = None, kind: Literal["csv", "xlsx"] = "csv"
) -> tuple[str, bytes]:
    """The file's name and bytes for a month; with `source`, only what that source supplies, and its name in the file's.

    Raises ValueError for a source that supplies nothing.
    """
    own = [scorecard.catalogue.authority.code]
    stored = stored_figures(scorecard.store, scorecard.catalogue, areas=own)
    known = latest_known(plan_observations(scorecard.catalogue), stored)
    content = template(scorecard.catalogue, period, known=known, source=source, kind=kind)
    return f"extract-{month_code(period)}{_of(source)}.{kind}", content


def _of(source: str | None) -> str:
    """'-Human-Resources': a source's name as a part of a file's name, of letters and digits alone."""
    return "" if source is None else "-" + "-".join(re.findall(r"\w+", source))
