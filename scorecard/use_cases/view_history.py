"""View history: every version of a measure's figures, who sent what and when, and what each extract changed."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import pandas as pd

from scorecard.catalogue.observations import OBSERVATION_KEY, plan_observations
from scorecard.extract.codes import CODES
from scorecard.store import UnknownExtract
from scorecard.use_cases.scorecard import Scorecard
from scorecard.use_cases.view_measures import View

ACCEPTED_COLUMNS = ["code", "title", "row", "column", "measure_id", "found", "remedy", "reason"]


def versions(scorecard: Scorecard, view: View, measure_id: str) -> pd.DataFrame:
    """Every version of every figure of the authority for a measure, latest period first, with the plan's own.

    Columns: the agreed ones and recorded_to (NaT: it still stands). The plan's own figure stands until an extract's
    does; where that is withdrawn, the plan's stands again.
    """
    stored = scorecard.store.history(measure_id, view.catalogue.authority.code)
    printed = plan_observations(view.catalogue)
    printed = printed[printed["measure_id"] == measure_id]
    standing = stored[stored["recorded_to"].isna()]
    replaced = stored.merge(standing[OBSERVATION_KEY], on=OBSERVATION_KEY)
    first = replaced.groupby(OBSERVATION_KEY)["recorded_from"].min().rename("recorded_to")
    printed = printed.join(first.astype("datetime64[us, UTC]"), on=OBSERVATION_KEY)
    together = pd.concat([printed, stored], ignore_index=True)
    order = ["period_end", "recorded_from"]
    return together.sort_values(order, ascending=[False, True], na_position="first", ignore_index=True)


def extracts(scorecard: Scorecard) -> pd.DataFrame:
    """The extracts that were sent, latest first (store.EXTRACT_COLUMNS)."""
    return scorecard.store.extracts().iloc[::-1].reset_index(drop=True)


def changes_of(scorecard: Scorecard, extract_id: int) -> pd.DataFrame:
    """What an extract changed when it was sent (store.CHANGE_COLUMNS). Raises UnknownExtract."""
    return scorecard.store.extract_changes(extract_id, plan_observations(scorecard.catalogue))


def sent_file(scorecard: Scorecard, extract_id: int) -> tuple[str, bytes]:
    """The file of an extract as it was sent: its name and its bytes. Raises UnknownExtract, StoreDamaged."""
    content = scorecard.store.extract_content(extract_id)
    known = scorecard.store.extracts().set_index("extract_id")
    return str(known.at[extract_id, "file_name"]), content


def accepted_warnings(scorecard: Scorecard, extract_id: int) -> pd.DataFrame:
    """The warnings that were accepted with an extract, each with its reason: ACCEPTED_COLUMNS. UnknownExtract."""
    rows = {int(row["extract_id"]): row for row in scorecard.store.extracts().to_dict("records")}
    if extract_id not in rows:
        raise UnknownExtract(extract_id)
    return _accepted(rows[extract_id])


def accepted_about(scorecard: Scorecard, measure_id: str) -> pd.DataFrame:
    """The warnings about a measure that were accepted, with each extract that still counts, the latest first.

    Columns: extract_id, submitted_at and ACCEPTED_COLUMNS.
    """
    known = scorecard.store.extracts()
    parts = []
    for row in known[known["withdrawn_at"].isna()].iloc[::-1].to_dict("records"):
        accepted = [one for one in row["accepted"] if one.get("measure_id") == measure_id]
        if accepted:
            part = _accepted(row | {"accepted": accepted})
            parts.append(part.assign(extract_id=row["extract_id"], submitted_at=row["submitted_at"]))
    columns = ["extract_id", "submitted_at", *ACCEPTED_COLUMNS]
    return pd.concat(parts, ignore_index=True)[columns] if parts else pd.DataFrame(columns=columns)


def _accepted(row: dict[Hashable, Any]) -> pd.DataFrame:
    """An extract's accepted warnings; a warning without a reason of its own has the extract's."""
    frame = pd.DataFrame(list(row["accepted"]), columns=ACCEPTED_COLUMNS)
    reasons = frame["reason"].where(frame["reason"].notna(), row["reason"])
    titles = frame["code"].map(lambda code: CODES[code].title if code in CODES else code)
    return frame.assign(title=titles, reason=reasons, row=frame["row"].astype("Int64"))


def acts(scorecard: Scorecard) -> pd.DataFrame:
    """Who did what, and when: latest first."""
    return scorecard.store.acts().iloc[::-1].reset_index(drop=True)
