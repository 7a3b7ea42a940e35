"""Submit an extract: check a file, see what it would change, store it, take it back."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from hashlib import sha256

import pandas as pd

from scorecard.access.permissions import Permission
from scorecard.analysis.assessment.assess import assess
from scorecard.catalogue.plan_figures import plan_observations
from scorecard.core.bounds import bounded
from scorecard.core.observations import latest_known
from scorecard.core.rows import rows_of
from scorecard.extract.check_extract import CheckedExtract
from scorecard.narrative.measure import with_words
from scorecard.narrative.signal import level_name
from scorecard.store import Receipt, Submission
from scorecard.use_cases.needs import needs
from scorecard.use_cases.open_scorecard import Scorecard
from scorecard.use_cases.progress import Progress, no_progress
from scorecard.use_cases.upload.affected_packs import packs_that_show
from scorecard.use_cases.upload.check_file import PLAINLY, HowToRead, check_against_history
from scorecard.use_cases.upload.report_layouts import StoredLayout
from scorecard.use_cases.view.measures import View, view_measures

__all__ = ["EFFECTS", "REASONS", "Preview", "Receipt", "effects_of", "preview_extract", "submit_extract"]

REASONS = (
    "Checked: the figure is right",
    "Late recording",
    "Correction",
    "Statutory return",
    "New definition",
    "System change",
    "Other",
)
EFFECTS = ("status", "variation", "assurance")
COMPARING, ASSESSING = 0.65, 0.85  # the share of a large file's preview that is done by then


@dataclass(frozen=True)
class Preview:
    """What a file would change, before anything is stored.

    checked: findings and observations. changes: a row a figure (store.CHANGE_COLUMNS: new | revised | unchanged, old
    and new, and `packs`: the approved board packs that show the old figure). effects: what it does to status,
    variation and assurance (measure_id, name, what, before, after). already_held: the extract that has exactly these
    bytes and, read of them, these figures, or None. after: the view as it would be with the file. layout: by which it
    was read, or None.
    known_at: the store's last change when the preview was made.
    """

    content: bytes
    checked: CheckedExtract
    changes: pd.DataFrame
    effects: pd.DataFrame
    already_held: int | None
    source: str
    after: View
    layout: StoredLayout | None = None
    known_at: datetime | None = None

    @cached_property
    def sha256(self) -> str:
        """A hash of all that a yes is to: the file, how it was read, what was read, the store's state."""
        read = self.checked.observations.drop(columns=["extract_id", "recorded_from"])
        parts = [
            self.checked.sha256, self.checked.sheet, self.layout.called if self.layout else None, self.source,
            self.known_at.isoformat() if self.known_at else None,
            sha256(pd.util.hash_pandas_object(read, index=False).to_numpy().tobytes()).hexdigest(),
        ]  # fmt: skip
        return sha256(json.dumps(parts).encode()).hexdigest()


@needs(Permission.SUBMIT)
def preview_extract(
    scorecard: Scorecard,
    file_name: str,
    content: bytes,
    *,
    today: date,
    how: HowToRead = PLAINLY,
    source: str | None = None,
    view: View | None = None,
    progress: Progress = no_progress,
) -> Preview:
    """Checks a file and, where no error refuses it, says what storing it would change. Nothing is stored.

    how: what a person says of how to read it. source: who made it, if nothing else is said. view: the present view,
    where it is at hand (of many files in a row, the `after` of the one stored last). progress: called with how far
    it is. Raises NoSuchLayout.
    """
    how = how if source is None else replace(how, source=source)
    known_at = scorecard.store.last_change()
    view = view or view_measures(scorecard)
    read = check_against_history(scorecard, view, file_name, content, today, how, progress)
    progress("Comparing the figures with those that are stored", COMPARING)
    changes = scorecard.store.compare(read.checked.observations, plan_observations(scorecard.catalogue))
    changes = changes.assign(packs=packs_that_show(scorecard, changes))
    progress("Working out what they do to each measure", ASSESSING)
    after = _with(view, read.checked.observations, today)
    return Preview(
        content=content,
        checked=read.checked,
        changes=changes,
        effects=effects_of(view, after),
        already_held=None
        if read.checked.refused
        else scorecard.store.extract_holding(read.checked.sha256, read.checked.observations),
        source=read.source,
        after=after,
        layout=read.layout,
        known_at=known_at,
    )


@needs(Permission.SUBMIT)
def submit_extract(
    scorecard: Scorecard,
    preview: Preview,
    *,
    when: datetime,
    reason: str | None = None,
    reasons: Sequence[str] = (),
    progress: Progress = no_progress,
) -> Receipt:
    """Stores a previewed extract, all of it or nothing. The same bytes again change nothing, and the receipt says so.

    reason: why all its warnings are right; or reasons: why each is, in their order. progress: called with how far it
    is; if it raises, nothing is stored.
    Raises ValueError where the file has errors, or warnings for which no reason is given; StoreChanged where somebody
    changed the store since the preview was made; StoreError where the store can't take it now.
    """
    checked = preview.checked
    if checked.refused:
        raise ValueError("A file with errors can't be stored. Mend them and send it again.")
    warnings = checked.warnings
    why = [*reasons] or [reason or ""] * len(warnings)
    if preview.already_held is None and (len(why) != len(warnings) or not all(text.strip() for text in why)):
        raise ValueError("The file has warnings. Say why they are right, or mend them and send it again.")
    why = [bounded("reason", text) for text in why]
    submission = Submission(
        file_name=checked.file_name,
        sha256=checked.sha256,
        size=len(preview.content),
        table=checked.table,
        sheet=checked.sheet,
        month=checked.month,
        source=bounded("source", preview.source),
        who=bounded("name", scorecard.who),
        when=when,
        reason="; ".join(dict.fromkeys(why)) or None,
        accepted=tuple(
            finding.model_dump(mode="json") | {"reason": text} for finding, text in zip(warnings, why, strict=False)
        ),
        layout=preview.layout.called if preview.layout else None,
    )
    figures = len(checked.observations)

    def written(number: int) -> None:
        progress(f"Storing the figures: {number:,} of {figures:,}", number / max(figures, 1))

    return scorecard.store.submit(
        submission,
        checked.observations,
        plan_observations(scorecard.catalogue),
        unless_changed_since=preview.known_at,
        written=written,
    )


def _with(view: View, observations: pd.DataFrame, today: date) -> View:
    """The view as it would be today with these figures too."""
    if observations.empty:
        return view
    known = latest_known(view.observations, observations)
    assessed = assess(view.catalogue, known, known_at=pd.Timestamp(today))
    return replace(
        view, known=replace(view.known, observations=known, memo={}), assessment=with_words(assessed), memo={}
    )


def effects_of(view: View, after_it: View) -> pd.DataFrame:
    """What the new figures would do to status, variation and assurance, for the measures where they do anything.

    A row an effect: measure_id, name, level (what it moves towards or away from; empty where one way is better), what,
    before and after (codes of the assessment, missing where there is none).
    """
    columns = ["measure_id", "name", "level", "what", "before", "after"]
    if after_it is view:
        return pd.DataFrame(columns=columns)
    after = after_it.measures.set_index("measure_id")
    before = view.measures.set_index("measure_id").reindex(after.index)
    levels, parts = [level_name(row) for row in rows_of(after)], []
    for what in EFFECTS:
        old, new = before[what].astype("str"), after[what].astype("str")
        changed = (old.fillna("") != new.fillna("")).to_numpy(dtype=bool)
        table = pd.DataFrame({"name": after["name"], "level": levels, "what": what, "before": old, "after": new})[
            changed
        ]
        parts.append(table.rename_axis("measure_id").reset_index())
    return pd.concat(parts, ignore_index=True)[columns]
