"""Submit an extract: check a file, see what it would change, store it, take it back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

import pandas as pd

from scorecard.analysis.assessment import assess
from scorecard.catalogue.observations import latest_known, plan_observations
from scorecard.extract.check import CheckedExtract
from scorecard.extract.findings import Finding, Findings
from scorecard.store import Receipt, Submission, Withdrawal
from scorecard.use_cases.check_file import check_against_history
from scorecard.use_cases.scorecard import Scorecard
from scorecard.use_cases.view_measures import View, view_measures

REASONS = (
    "Late recording",
    "Correction",
    "Statutory return",
    "New definition",
    "System change",
    "Other",
)
EFFECTS = ("status", "variation", "assurance")


@dataclass(frozen=True)
class Preview:
    """What a file would change, before anything is stored.

    checked: findings and observations. changes: a row a figure (store.CHANGE_COLUMNS: new | revised | unchanged, old
    and new). effects: what it does to status, variation and assurance (measure_id, name, what, before, after).
    already_held: the extract that has exactly these bytes, or None. after: the view as it would be with the file.
    """

    content: bytes
    checked: CheckedExtract
    changes: pd.DataFrame
    effects: pd.DataFrame
    already_held: int | None
    source: str
    after: View


def preview_extract(
    scorecard: Scorecard,
    file_name: str,
    content: bytes,
    *,
    today: date,
    sheet: str | None = None,
    source: str | None = None,
    view: View | None = None,
) -> Preview:
    """Checks a file and, where no error refuses it, says what storing it would change. Nothing is stored.

    view: the present view, where it is at hand (of many files in a row, the `after` of the one stored last).
    """
    view = view or view_measures(scorecard)
    checked, said = check_against_history(scorecard, view, file_name, content, today, sheet, source)
    beside = plan_observations(scorecard.catalogue)
    after = _with(view, checked.observations)
    return Preview(
        content=content,
        checked=checked,
        changes=scorecard.store.compare(checked.observations, beside),
        effects=_effects(view, after),
        already_held=scorecard.store.held(content),
        source=said,
        after=after,
    )


def titles_of(findings: Findings) -> dict[str, str]:
    """What each code among the findings is called, in the findings' order."""
    first = findings.frame.drop_duplicates("code").index
    return {findings[int(at)].code: findings[int(at)].title for at in first}


def findings_of(findings: Findings, code: str | None, most: int) -> tuple[Finding, ...]:
    """The first findings of a code (None: of any), at most so many."""
    rows = findings.frame.index if code is None else findings.frame.index[findings.frame["code"] == code]
    return tuple(findings[int(at)] for at in rows[:most])


def submit_extract(
    scorecard: Scorecard, preview: Preview, *, who: str, when: datetime, reason: str | None = None
) -> Receipt:
    """Stores a previewed extract, all of it or nothing. The same bytes again change nothing, and the receipt says so.

    Raises ValueError where the file has errors, or warnings for which no reason is given; StoreError where the store
    can't take it now.
    """
    checked = preview.checked
    if checked.refused:
        raise ValueError("A file with errors can't be stored. Mend them and send it again.")
    warnings = checked.warnings
    if warnings and not reason and preview.already_held is None:
        raise ValueError("The file has warnings. Say why they are right, or mend them and send it again.")
    submission = Submission(
        file_name=checked.file_name,
        content=preview.content,
        source=preview.source,
        who=who,
        when=when,
        reason=reason if warnings else None,
        accepted=tuple(finding.model_dump(mode="json") for finding in warnings),
    )
    return scorecard.store.submit(submission, checked.observations, plan_observations(scorecard.catalogue))


def withdraw_extract(scorecard: Scorecard, extract_id: int, *, who: str, when: datetime, reason: str) -> Withdrawal:
    """Takes an extract back, with a reason: the latest extract not withdrawn counts again.

    Raises ValueError without a reason; UnknownExtract, AlreadyWithdrawn and other StoreErrors.
    """
    if not reason.strip():
        raise ValueError("Say why the extract is withdrawn: the reason is kept with it.")
    return scorecard.store.withdraw(extract_id, who, when, reason.strip())


def _with(view: View, observations: pd.DataFrame) -> View:
    """The view as it would be with these figures too."""
    if observations.empty:
        return view
    known = latest_known(view.observations, observations)
    return replace(view, observations=known, assessment=assess(view.catalogue, known))


def _effects(view: View, after_it: View) -> pd.DataFrame:
    """What the new figures would do to status, variation and assurance, for the measures where they do anything."""
    columns = ["measure_id", "name", "what", "before", "after"]
    if after_it is view:
        return pd.DataFrame(columns=columns)
    after = after_it.measures.set_index("measure_id")
    before = view.measures.set_index("measure_id").reindex(after.index)
    parts = []
    for what in EFFECTS:
        old, new = before[what].astype("str"), after[what].astype("str")
        changed = (old.fillna("") != new.fillna("")).to_numpy(dtype=bool)
        table = pd.DataFrame({"name": after["name"], "what": what, "before": old, "after": new})[changed]
        parts.append(table.rename_axis("measure_id").reset_index())
    return pd.concat(parts, ignore_index=True)[columns]
