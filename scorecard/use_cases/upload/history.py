"""View history: every version of a measure's figures, who sent what and when, and what each extract changed."""

from __future__ import annotations

import pandas as pd
from pydantic import JsonValue

from scorecard.access.permissions import Permission
from scorecard.catalogue.plan_figures import plan_observations
from scorecard.core.numbers import figure_words
from scorecard.core.observations import OBSERVATION_KEY
from scorecard.core.periods import month_words
from scorecard.core.rows import Row, rows_with_none
from scorecard.extract.codes.registry import CODES
from scorecard.narrative.revision import revision_words
from scorecard.store import UnknownExtract
from scorecard.use_cases.needs import needs
from scorecard.use_cases.open_scorecard import Scorecard
from scorecard.use_cases.stored_figures import under_present_ids
from scorecard.use_cases.view.measures import View

SENT = ["source", "who", "file_name", "submitted_at"]  # of an extract: by whom, in which file and when
ACCEPTED_COLUMNS = ["code", "title", "row", "column", "measure_id", "found", "remedy", "reason"]


@needs(Permission.READ)
def versions(scorecard: Scorecard, view: View, measure_id: str) -> pd.DataFrame:
    """Every version of every figure of the authority for a measure, latest period first, with the plan's own.

    Columns: the agreed ones, recorded_to (NaT: it still stands), and SENT of the extract. The plan's own figure stands
    until an extract's does; where that is withdrawn, the plan's stands again.
    """
    former = view.catalogue.measure(measure_id).formerly
    ids = [known for known in (former, measure_id) if known]
    stored = pd.concat([scorecard.store.history(known, view.catalogue.authority.code) for known in ids])
    stored = under_present_ids(stored, view.catalogue)
    printed = plan_observations(view.catalogue)
    printed = printed[printed["measure_id"] == measure_id]
    standing = stored[stored["recorded_to"].isna()]
    replaced = stored.merge(standing[OBSERVATION_KEY], on=OBSERVATION_KEY)
    first = replaced.groupby(OBSERVATION_KEY)["recorded_from"].min().rename("recorded_to")
    printed = printed.join(first.astype("datetime64[us, UTC]"), on=OBSERVATION_KEY)
    together = pd.concat([printed, stored], ignore_index=True)
    order = ["period_end", "recorded_from"]
    return _with_extracts(scorecard, together.sort_values(order, ascending=[False, True], na_position="first"))


@needs(Permission.READ)
def figures_in_force(scorecard: Scorecard, view: View, measure_id: str) -> list[Row]:
    """A measure's figures as they stood at the view's moment, latest first, each with the extract that it came in.

    The agreed columns, and SENT of the extract.
    """
    own = view.observations[
        (view.observations["measure_id"] == measure_id)
        & (view.observations["area"] == view.catalogue.authority.code)
        & (view.observations["period_end"] <= view.month)
    ]
    newest_first = own.sort_values("period_end", ascending=False, kind="stable")
    return rows_with_none(_with_extracts(scorecard, newest_first))


def _with_extracts(scorecard: Scorecard, figures: pd.DataFrame) -> pd.DataFrame:
    """Figures in the same order, each with SENT of the extract that it came in; missing where that is none."""
    sent = scorecard.store.extracts()[["extract_id", *SENT]]
    return figures.astype({"extract_id": "Int64"}).merge(
        sent.astype({"extract_id": "Int64"}), on="extract_id", how="left"
    )


def figure_before(view: View, measure_id: str, period_end: pd.Timestamp) -> str:
    """'71% (June 2020)': a measure's last figure before a month, for who compares a new one with it; or empty."""
    if measure_id not in view.rows:
        return ""
    series = view.series_of(measure_id)
    known = series[(series["period_end"] < period_end) & series["value"].notna()]
    if known.empty:
        return ""
    measure, last = view.catalogue.measure(measure_id), known.iloc[-1]
    figure_text = figure_words(float(last["value"]), measure.unit, measure.decimals)
    return f"{figure_text} ({month_words(last['period_end'])})"


@needs(Permission.READ)
def extracts(scorecard: Scorecard) -> pd.DataFrame:
    """The extracts that were sent, latest first (store.EXTRACT_COLUMNS)."""
    return scorecard.store.extracts().iloc[::-1].reset_index(drop=True)


@needs(Permission.READ)
def changes_of(scorecard: Scorecard, extract_id: int) -> pd.DataFrame:
    """What an extract changed when it was sent (store.CHANGE_COLUMNS). Raises UnknownExtract."""
    return scorecard.store.extract_changes(extract_id, plan_observations(scorecard.catalogue))


@needs(Permission.READ)
def before_and_after(scorecard: Scorecard, change: Row) -> tuple[str | None, str | None]:
    """A changed figure in words, before and after, so that what changed is seen; None where there is none.

    change: a row of store.CHANGE_COLUMNS.
    """
    known = {measure.id: measure for measure in scorecard.catalogue.measures}
    measure = known.get(change["measure_id"])
    return revision_words(change, measure.unit if measure else None, measure.decimals if measure else 0)


@needs(Permission.READ)
def accepted_warnings(scorecard: Scorecard, extract_id: int) -> pd.DataFrame:
    """The warnings that were accepted with an extract, each with its reason: ACCEPTED_COLUMNS. UnknownExtract."""
    known = scorecard.store.extracts()
    known = known[known["extract_id"] == extract_id]
    if known.empty:
        raise UnknownExtract(extract_id)
    return _accepted(scorecard.store.accepted([extract_id]), known)[ACCEPTED_COLUMNS]


@needs(Permission.READ)
def accepted_about(scorecard: Scorecard, measure_id: str) -> pd.DataFrame:
    """The warnings about a measure that were accepted, with each extract that still counts, the latest first.

    Columns: extract_id, file_name, submitted_at and ACCEPTED_COLUMNS.
    """
    known = scorecard.store.extracts()
    standing = known[known["withdrawn_at"].isna()]
    accepted = scorecard.store.accepted(standing["extract_id"].tolist(), naming=measure_id)
    return _accepted([warning for warning in accepted if warning.get("measure_id") == measure_id], standing)


def _accepted(warnings: list[dict[str, JsonValue]], extracts: pd.DataFrame) -> pd.DataFrame:
    """Accepted warnings with their extracts; a warning without a reason of its own has its extract's."""
    frame = pd.DataFrame(warnings, columns=["extract_id", *ACCEPTED_COLUMNS]).astype({"extract_id": "int64"})
    sent = extracts[["extract_id", "file_name", "submitted_at", "reason"]].rename(columns={"reason": "of_all"})
    frame = frame.merge(sent, on="extract_id", how="left")
    titles = frame["code"].map(lambda code: CODES[code].title if code in CODES else code)
    reasons = frame["reason"].where(frame["reason"].notna(), frame["of_all"])
    frame = frame.assign(title=titles, reason=reasons, row=frame["row"].astype("Int64"))
    return frame[["extract_id", "file_name", "submitted_at", *ACCEPTED_COLUMNS]]
