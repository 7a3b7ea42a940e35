"""Upload, its preview: what a file would change, figure by figure, and what that does."""

from __future__ import annotations

import pandas as pd

from scorecard.core.periods import period_words
from scorecard.core.rows import Row, rows_with_none
from scorecard.pages.parts.download import download
from scorecard.pages.parts.markup import Markup, heading, joined, listing, paragraph, show, table
from scorecard.pages.parts.session import view_of
from scorecard.use_cases.open_scorecard import Scorecard
from scorecard.use_cases.upload.export_findings import effect_words
from scorecard.use_cases.upload.findings_in_file import groups
from scorecard.use_cases.upload.history import before_and_after, figure_before
from scorecard.use_cases.upload.submit_extract import Preview
from scorecard.use_cases.view.export_assessment import safe_csv
from scorecard.use_cases.view.measures import View

CHANGES_SHOWN = 100
DOUBTFUL_SHOWN = 3
EFFECTS_SHOWN = 6  # so many leave the button on the first screen
KIND_WORDS = {"new": "New", "revised": "Revised", "unchanged": "Unchanged", "removed": "Removed"}


def effect(opened: Scorecard, preview: Preview) -> None:
    """How many figures are new, revised and unchanged, those to look at first, what they do to status and signal."""
    counted = paragraph(f"{counts_words(preview)}. Source: {preview.source}.", "sc-words")
    doubtful = _doubtful(opened, preview)
    effects = effect_words(preview.effects)
    most = EFFECTS_SHOWN - len(doubtful)
    first, rest = effects[:most], effects[most:]
    more = Markup(f"<details><summary>And {len(rest)} more</summary>{listing(rest)}</details>") if rest else ""
    parts = [
        *([joined([paragraph("Look at these first:"), listing(doubtful)])] if doubtful else []),
        *([joined([paragraph("What it does:"), listing(first), more])] if first else []),
    ]
    side_by_side = joined((Markup(f"<div>{part}</div>") for part in parts), "")
    above = f"{heading('What this file changes', anchor='changes')}{counted}"
    show(Markup(f'{above}<div class="sc-pair">{side_by_side}</div>'))


def _doubtful(opened: Scorecard, preview: Preview) -> list[str]:
    """'Scheduled audits completed: 0.75, after 72% (July 2020). The unit looks wrong': figures that a warning is about,
    each beside the one before it.
    """
    known = {measure.id: measure.name for measure in opened.catalogue.measures}
    warnings = preview.checked.findings.frame.query("severity == 'warning'")
    about = warnings[warnings["row"].notna() & warnings["measure_id"].isin(known)].head(DOUBTFUL_SHOWN)
    titles = {kind.code: kind.title for kind in groups(preview.checked.findings)}
    view = view_of(None, None)
    lines = []
    for row in rows_with_none(about):
        periods = preview.changes.loc[preview.changes["measure_id"] == row["measure_id"], "period_end"]
        before = figure_before(view, row["measure_id"], periods.iloc[0]) if periods.nunique() == 1 else ""
        after = f", after {before}" if before else ""
        lines.append(f"{known[row['measure_id']]}: {row['found']}{after}. {titles[row['code']]}")
    return lines


def counts_words(preview: Preview) -> str:
    """'3 new, 1 revised, 0 unchanged'."""
    counts = preview.changes["kind"].value_counts()
    return ", ".join(
        f"{int(counts.get(kind, 0)):,} {label.lower()}" for kind, label in KIND_WORDS.items() if kind != "removed"
    )


def changes(opened: Scorecard, preview: Preview) -> None:
    """Each figure that is new or revised, beside the one before it."""
    changed = preview.changes[preview.changes["kind"] != "unchanged"]
    if not changed.empty:
        changed = changed.sort_values("kind", ascending=False, kind="stable")
        show(changes_table(opened, changed, with_packs=True))
        all_changes(changed, f"changes-{preview.checked.file_name.rsplit('.', 1)[0]}.csv", "changes")


def changes_table(
    opened: Scorecard, changed: pd.DataFrame, caption: str = "New and revised figures", with_packs: bool = False
) -> Markup:
    """Old → new, figure by figure; beside a revised one the first board pack that shows the old."""
    shown = changed.head(CHANGES_SHOWN)
    more = f" (the first {CHANGES_SHOWN} of {len(changed):,})" if len(changed) > CHANGES_SHOWN else ""
    packs = with_packs and bool((shown["packs"] != "").any())
    headers = (
        "Measure",
        "Period",
        "Kind",
        "Figure before it",
        "As stored",
        "In the file",
        *(["Shown to a board since"] if packs else []),
    )
    known = view_of(None, None)
    body = [(*_change(opened, known, row), *([row["packs"]] if packs else [])) for row in rows_with_none(shown)]
    return table(f"{caption}{more}", headers, body, numeric=(3, 4, 5), compact=True)


def all_changes(changed: pd.DataFrame, name: str, key: str) -> None:
    """All of the changes as CSV, where the table shows only the first of them."""
    if len(changed) > CHANGES_SHOWN:
        label = f"Download all {len(changed):,} changes (CSV)"
        download(label, name, "text/csv", lambda _: safe_csv(changed).encode("utf-8-sig"), key=key)


def _change(opened: Scorecard, view: View, row: Row) -> tuple[str | None, ...]:
    known = {measure.id: measure for measure in opened.catalogue.measures}
    measure = known.get(row["measure_id"])
    name = measure.name if measure else row["measure_id"]
    area = row["area"]
    elsewhere = "" if area == opened.catalogue.authority.code else f" ({area})"

    period = period_words(row["period_end"], row["months"])
    before = "" if elsewhere else figure_before(view, row["measure_id"], row["period_end"])
    return name + elsewhere, period, KIND_WORDS[row["kind"]], before, *before_and_after(opened, row)
