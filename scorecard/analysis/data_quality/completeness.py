"""Completeness: for each measure and month what came and when, who owes what, and a measure's data quality in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from scorecard.analysis.data_quality.open_warnings import outstanding
from scorecard.analysis.data_quality.revisions import FEWEST_SENT_AGAIN, revisions
from scorecard.catalogue.due_dates import are_expected, day_of, due_days, have_come, have_come_round
from scorecard.catalogue.frames import measures_frame
from scorecard.catalogue.models import Catalogue
from scorecard.core.numbers import count_of
from scorecard.core.periods import day_words
from scorecard.core.vocabulary import lower_first

WINDOW = 12  # months, the reporting month the last, over which data quality is judged
MISSING_ALLOWED = 0  # due figures missing in the window, for a measure to be complete
LATE_ALLOWED = 0  # figures that came after their due day in the window, for a measure to be timely
STABLE_SHARE = 0.5  # of the usual change from figure to figure; revisions larger than that are not small
WARNINGS_ALLOWED = 0  # accepted warnings outstanding in the window, for a measure to be plausible

STATES = ("received", "late", "revised", "provisional", "suppressed", "missing", "not_due")
MARKS = ("complete", "timely", "stable", "plausible")
MENDED_FIRST = ("complete", "stable")  # without any of these the data are mended before anything is decided on them
NOT_IN_WORDS = {  # a mark that doesn't hold; a figure that somebody checked and accepted is never called implausible
    "complete": "not complete",
    "timely": "not timely",
    "stable": "not stable",
    "plausible": "an unusual figure was accepted",
}
LONGEST_REASON = 120  # letters of why a figure was accepted
MARK_RULES = {  # when each mark holds, with its threshold
    "complete": f"no figure due in the last {WINDOW} months is missing",
    "timely": f"no figure of the last {WINDOW} months came after its due day, where one is agreed",
    "stable": (
        f"where at least {FEWEST_SENT_AGAIN} figures were sent again, their usual revision is at most "
        f"{STABLE_SHARE:.0%} of the usual change from one figure to the next"
    ),
    "plausible": f"no warning accepted with a figure of the last {WINDOW} months is outstanding",
}
HOLDS = {True: "Yes", False: "No", None: "Can't be judged"}  # whether a mark holds, in words
NOTHING_OVERDUE = "Nothing is owed: every figure that was due has come."
MATRIX_COLUMNS = [
    "measure_id",
    "period_end",
    "state",  # one of STATES: what matters most of what is known
    "due",  # whether a figure is due for the month, by frequency, starts, retired and due_day
    "due_on",  # the day by which it is due; NaT where the measure has no due_day
    "late",
    "revised",
    "provisional",
    "symbol",
    "first_received",  # the moment; NaT for the plan's own figures and where nothing came
]
MARK_COLUMNS = [
    "measure_id",
    "due",  # how many figures were due in the window
    "came",  # how many of those came
    *[name for mark in MARKS for name in (mark, f"{mark}_words")],  # True, False, or NA: can't be judged
    "quality_words",  # 'Complete, plausible; not timely'
    "why_words",  # why the marks that don't hold, don't
    "care_words",  # which of complete, stable and plausible don't hold, and why: read with care
    "care_in_brief",  # the same without why
    "in_doubt",  # whether one of MENDED_FIRST doesn't hold
]
LOOKED_AT = ["measure_id", "months", "period_end", "extract_id", "value", "recorded_to"]  # by open_warnings
OVERDUE_COLUMNS = ["supplied_by", "owner", "service_area", "measure_id", "name", "period_end", "due_on"]


@dataclass(frozen=True)
class Completeness:
    """What came and what didn't: matrix (a row a measure and month, MATRIX_COLUMNS), marks (a row a measure,
    MARK_COLUMNS), owed (a row a missing figure, by source, latest month first, OVERDUE_COLUMNS) and revisions (a row a
    figure, analysis.data_quality.revisions).
    """

    matrix: pd.DataFrame
    marks: pd.DataFrame
    owed: pd.DataFrame
    revisions: pd.DataFrame


class ReceivedFigures(NamedTuple):
    """What the versions say whatever the month: revisions (see `revisions`); in_force (a row a measure and month:
    measure_id, period_end, value, symbol, revised, first_received, there); sizes (`_revision_sizes`).
    """

    revisions: pd.DataFrame
    in_force: pd.DataFrame
    sizes: dict[str, tuple[int, float, float]]


def received_figures(versions: pd.DataFrame) -> ReceivedFigures:
    """What came of each figure, of all months; versions: as for `completeness`."""
    revised = revisions(versions)
    key = ["measure_id", "period_end", "months"]
    in_force = versions.loc[versions["recorded_to"].isna(), [*key, "value", "symbol"]]
    known = in_force.merge(revised[[*key, "revised", "first_received"]], on=key, how="left").sort_values("months")
    known = known.drop_duplicates(["measure_id", "period_end"]).drop(columns="months").assign(there=True)
    return ReceivedFigures(revised, known, _revision_sizes(revised))


def completeness(
    catalogue: Catalogue,
    versions: pd.DataFrame,
    month: pd.Timestamp,
    *,
    known_at: pd.Timestamp | None = None,
    first_sent: pd.Timestamp | None = None,
    accepted: pd.DataFrame | None = None,
    received: ReceivedFigures | None = None,
    months: int = WINDOW,
) -> Completeness:
    """What of each measure came for each month up to the reporting month.

    versions: every version of the authority's own figures (the agreed columns and recorded_to, NaT: in force), the
    plan's among them, without those of extracts that were withdrawn. month: the reporting month. known_at: the moment
    of knowledge; a figure whose due day is later isn't missing yet. first_sent: when the first extract came; what was
    due before it can't have been late. accepted: the warnings that were accepted (open_warnings).
    received: `received_figures` of the versions, where the caller has it already: it is the same for every month.
    months: how many the matrix has; at least WINDOW are looked at for the marks.
    """
    measures = _measures(catalogue)
    received = received_figures(versions) if received is None else received
    grid = _grid(measures, received.in_force, month, max(months, WINDOW))
    grid = _judged(grid, month, known_at, first_sent)
    since = month - pd.offsets.MonthEnd(WINDOW)
    window = grid[grid["period_end"] > since]
    accepted_warnings = pd.DataFrame({"measure_id": []}) if accepted is None else accepted
    by_month = versions.loc[versions["period_end"] <= month, LOOKED_AT]
    marks = _marks(measures, window, received.sizes, accepted_words(outstanding(accepted_warnings, by_month, since)))
    shown = grid[grid["period_end"] > month - pd.offsets.MonthEnd(months)]
    missing_figures = window[window["state"] == "missing"].sort_values(
        ["supplied_by", "period_end", "order"], ascending=[True, False, True]
    )
    matrix, missing = shown[MATRIX_COLUMNS], missing_figures[OVERDUE_COLUMNS]
    return Completeness(matrix.reset_index(drop=True), marks, missing.reset_index(drop=True), received.revisions)


def _measures(catalogue: Catalogue) -> pd.DataFrame:
    frame = measures_frame(catalogue)
    own = {measure.id: measure for measure in catalogue.measures}
    return frame.assign(
        owner=pd.array([own[measure_id].owner for measure_id in frame["measure_id"]], dtype="str"),
        first_due=pd.Timestamp(catalogue.plan.actuals),
        order=range(len(frame)),
    )


def _grid(measures: pd.DataFrame, in_force: pd.DataFrame, month: pd.Timestamp, months: int) -> pd.DataFrame:
    """A row a measure and month, with the figure in force, where there is one, and its first version."""
    ends = pd.DataFrame({"period_end": pd.date_range(end=month, periods=months, freq="ME").astype("datetime64[us]")})
    columns = ["measure_id", "name", "service_area", "supplied_by", "owner", "starts", "retired", "months_between",
               "settles_after", "due_day", "first_due", "order"]  # fmt: skip
    earliest = in_force.groupby("measure_id")["period_end"].min()
    asked = measures[columns].assign(earliest=earliest.reindex(measures["measure_id"]).to_numpy())
    here = in_force[in_force["period_end"] >= ends["period_end"].iloc[0]]
    return asked.merge(ends, how="cross").merge(here, on=["measure_id", "period_end"], how="left")


def _judged(
    grid: pd.DataFrame, month: pd.Timestamp, known_at: pd.Timestamp | None, first_sent: pd.Timestamp | None
) -> pd.DataFrame:
    there = grid["there"].notna() & have_come(grid)
    due_on = due_days(grid)
    due = are_expected(grid, None) & (there | have_come_round(due_on, known_at))
    received_on = grid["first_received"].dt.tz_localize(None).dt.normalize()
    late = there & (received_on > due_on)
    late &= (due_on >= day_of(first_sent)) if first_sent is not None else False
    age = (month.year - grid["period_end"].dt.year) * 12 + month.month - grid["period_end"].dt.month
    provisional = there & ((grid["symbol"] == "p") | (age < grid["settles_after"]))
    revised = there & grid["revised"].fillna(False).astype(bool)
    suppressed = there & grid["value"].isna() & (grid["symbol"] == "c")
    conditions = [~there & ~due, ~there, suppressed, provisional, revised, late]
    state = np.select(conditions, ["not_due", "missing", "suppressed", "provisional", "revised", "late"], "received")
    return grid.assign(state=state, due=due, due_on=due_on, late=late, revised=revised, provisional=provisional)


def _marks(
    measures: pd.DataFrame,
    window: pd.DataFrame,
    sizes: dict[str, tuple[int, float, float]],
    warned: dict[str, str],
) -> pd.DataFrame:
    """Each measure's data quality: four marks, each True, False or NA, and in words."""
    flags = window.assign(missing=window["state"] == "missing")
    counted = flags.groupby("measure_id")[["due", "missing", "late"]].sum().astype("int64").to_dict("index")
    rows = []
    for measure_id, due_day in zip(measures["measure_id"], measures["due_day"], strict=True):
        due, missing, late = (int(counted[measure_id][name]) for name in ("due", "missing", "late"))
        row: dict[str, Any] = {"measure_id": measure_id, "due": due, "came": due - missing}
        row["complete"], row["complete_words"] = _complete(due, missing)
        row["timely"], row["timely_words"] = _timely(due - missing, late, not pd.isna(due_day))
        row["stable"], row["stable_words"] = _stable(sizes.get(measure_id))
        row["plausible"], row["plausible_words"] = _plausible(warned.get(measure_id, ""))
        row["quality_words"] = _summary(row)
        row["why_words"] = "; ".join(row[f"{mark}_words"] for mark in MARKS if row[mark] is False)
        row["care_words"] = _care(row)
        row["care_in_brief"] = _care_in_brief(row)
        row["in_doubt"] = any(row[mark] is False for mark in MENDED_FIRST)
        rows.append(row)
    return pd.DataFrame(rows, columns=MARK_COLUMNS).astype(dict.fromkeys(MARKS, "boolean"))


def _complete(due: int, missing: int) -> tuple[bool | None, str]:
    if due == 0:
        return None, f"no figure was due in the last {WINDOW} months"
    figures = f"{count_of(due, 'figure')} due in the last {WINDOW} months"
    if missing <= MISSING_ALLOWED:
        return True, f"no gap: {'the' if due == 1 else 'all'} {figures} came"
    return False, f"{missing} of {figures} {'is' if missing == 1 else 'are'} missing"


def _timely(received: int, late: int, agreed: bool) -> tuple[bool | None, str]:
    if not agreed:
        return None, "no due day is agreed"
    if received == 0:
        return None, "no figure came"
    if late <= LATE_ALLOWED:
        return True, "every figure came by its due day"
    return False, f"{late} of {received} figures came after the due day"


def _stable(sizes: tuple[int, float, float] | None) -> tuple[bool | None, str]:
    if sizes is None:
        return None, f"fewer than {FEWEST_SENT_AGAIN} figures were sent again"
    periods, revision, change = sizes
    if revision <= STABLE_SHARE * change:
        return True, f"revisions are small beside the usual change, by {periods} figures sent again"
    return False, f"revisions are large beside the usual change, by {periods} figures sent again"


def _plausible(warned: str) -> tuple[bool | None, str]:
    return (False, warned) if warned else (True, "no accepted warning is outstanding")


def accepted_words(left: pd.DataFrame) -> dict[str, str]:
    """What was accepted of each measure: 'an unusual figure was accepted on 3 March 2020: checked, late recording'.

    left: the warnings that are outstanding (open_warnings.outstanding).
    """
    by_measure = left.groupby("measure_id", sort=False)
    return {str(measure_id): _accepted(rows) for measure_id, rows in by_measure if len(rows) > WARNINGS_ALLOWED}


def _accepted(rows: pd.DataFrame) -> str:
    """Of several figures, the day and the reason of the latest."""
    count = len(rows)
    known = rows.sort_values("accepted_at", na_position="first").iloc[-1]
    what = "an unusual figure was accepted" if count == 1 else f"{count} unusual figures were accepted"
    if pd.isna(known["accepted_at"]):
        return what
    day = day_words(pd.Timestamp(known["accepted_at"]))
    why = "" if pd.isna(known["reason"]) else str(known["reason"]).strip().rstrip(".")
    short = why if len(why) <= LONGEST_REASON else f"{why[:LONGEST_REASON].rstrip()}…"
    return f"{what}{'' if count == 1 else ', the latest'} on {day}: {lower_first(short) or 'no reason was kept'}"


def _summary(row: dict[str, Any]) -> str:
    """'Complete, plausible; not timely': what was judged, in words."""
    good = [mark for mark in MARKS if row[mark] is True]
    bad = [NOT_IN_WORDS[mark] for mark in MARKS if row[mark] is False]
    return "; ".join(part for part in (", ".join(good), ", ".join(bad)) if part).capitalize() or "Can't be judged yet"


def _care(row: dict[str, Any]) -> str:
    """'Read with care: its data are not complete (3 of 12 …)'; empty where nothing speaks against the figures."""
    reasons = [f"not {mark} ({row[f'{mark}_words']})" for mark in MENDED_FIRST if row[mark] is False]
    return _with_care(reasons, row["plausible_words"] if row["plausible"] is False else "")


def _care_in_brief(row: dict[str, Any]) -> str:
    """'Read with care: its data are not complete and not stable.'"""
    reasons = [f"not {mark}" for mark in MENDED_FIRST if row[mark] is False]
    return _with_care(reasons, NOT_IN_WORDS["plausible"] if row["plausible"] is False else "")


def _with_care(reasons: list[str], accepted: str) -> str:
    data = f"its data are {' and '.join(reasons)}" if reasons else ""
    reasons_text = "; ".join(filter(None, (data, accepted)))
    return f"Read with care: {reasons_text}." if reasons_text else ""


def _revision_sizes(frame: pd.DataFrame) -> dict[str, tuple[int, float, float]]:
    """For each measure with figures enough sent again: how many, their median revision, and the median change."""
    again = frame[(frame["times_sent"] > 1) & frame["revision"].notna()]
    counts = again["revision"].abs().groupby(again["measure_id"]).agg(periods="size", size="median")
    counts = counts[counts["periods"] >= FEWEST_SENT_AGAIN]
    ordered = frame.sort_values(["measure_id", "months", "period_end"])
    steps = ordered.groupby(["measure_id", "months"])["latest_value"].diff().abs()
    change = steps.groupby(ordered["measure_id"]).median().fillna(0.0)
    return {
        str(measure_id): (int(row["periods"]), float(row["size"]), float(change.get(measure_id, 0.0)))
        for measure_id, row in counts.iterrows()
    }
