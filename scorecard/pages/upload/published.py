"""Upload, published statistics: what a file would change, a yes, the editions that are held, and taking one back."""

from __future__ import annotations

from datetime import date

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from scorecard.core.rows import Row, rows_with_none
from scorecard.pages.parts.confirmation import fingerprint, is_confirmed
from scorecard.pages.parts.markup import Content, Markup, listing, paragraph, show, table
from scorecard.pages.parts.session import fault, moment_words
from scorecard.pages.upload.held_previews import PUBLISHED, drop_preview, held_preview, hold_preview
from scorecard.pages.upload.progress import progress
from scorecard.use_cases.errors import CatalogueError, RefusedError, StoreError
from scorecard.use_cases.open_scorecard import Scorecard, now
from scorecard.use_cases.published.export_preview import preview_lines
from scorecard.use_cases.published.history import editions, withdraw_edition
from scorecard.use_cases.published.import_file import (
    NOT_BESIDE_INVENTED,
    PublishedPreview,
    import_published,
    preview_published,
)

DONE = "published-done"


def published(opened: Scorecard) -> None:
    """What others published: a file to import, and the editions that were."""
    with st.expander("Published statistics (LAIT, Explore Education Statistics)"):
        if opened.demonstration:
            show(paragraph(NOT_BESIDE_INVENTED, "sc-words"))
            return
        if DONE in st.session_state:
            outcome = st.session_state.pop(DONE)
            show(Markup(f'<div class="sc-notice" role="status">{paragraph(outcome)}</div>'))
        try:
            _import(opened)
        except (CatalogueError, ValueError) as error:
            fault("The files were not read", str(error))
        _held(opened)


def _import(opened: Scorecard) -> None:
    label = "CSV or parquet files as they were published, up to 50 MB each (larger ones from the terminal)"
    files = st.file_uploader(label, type=["csv", "parquet"], accept_multiple_files=True, key="published-files")
    day_text = st.text_input(
        "Published on, as 2025-11-20 (leave empty where it isn't known)", key="published-day"
    ).strip()
    if not files:
        drop_preview(PUBLISHED)
        return
    try:
        day = date.fromisoformat(day_text) if day_text else None
    except ValueError:
        show(paragraph(f"'{day_text[:40]}' is no day: write it as 2025-11-20.", "sc-words"))
        return
    for preview in _previews(opened, files, day):
        _preview(opened, preview)


def _previews(opened: Scorecard, files: list[UploadedFile], day: date | None) -> list[PublishedPreview]:
    """The files' previews, made once for the same files, day and state of the store."""
    key = (tuple(file.file_id for file in files), day, opened.store.last_change())
    kept_previews = held_preview(PUBLISHED)
    if kept_previews is not None and kept_previews[0] == key:
        known: list[PublishedPreview] = kept_previews[1]
        return known
    size = sum(file.size for file in files)
    with progress(size) as show_progress:
        sent = [(file.name, file.getvalue()) for file in files]
        previews = preview_published(opened, sent, published=day, progress=show_progress)
    hold_preview(key, previews, size, PUBLISHED)
    return previews


def _preview(opened: Scorecard, preview: PublishedPreview) -> None:
    first, *rest = preview_lines(preview)
    show(paragraph(first, "sc-words"))
    show(listing(rest))
    if preview.refused or preview.is_dictionary:
        return
    if preview.already_held is not None:
        show(paragraph(f"It is stored already, as extract {preview.already_held}.", "sc-words"))
        return
    name = preview.sha256[:12]
    reason = st.text_input("Why its warnings are right", key=f"published-why-{name}") if preview.waits else ""
    seen = fingerprint(preview.sha256, preview.of.edition, preview.known_at)
    if is_confirmed("Store this edition", f"publish-{name}", seen, primary=True):
        try:
            with progress(preview.content_size) as show_progress:
                receipt = import_published(opened, preview, when=now(), reason=reason or None, progress=show_progress)
        except (RefusedError, StoreError, ValueError) as error:
            fault("Nothing was stored", str(error))
            return
        st.session_state[DONE] = f"{preview.file_name} is stored, as extract {receipt.extract_id}."
        st.rerun()


def _held(opened: Scorecard) -> None:
    known = rows_with_none(editions(opened))
    if not known:
        show(paragraph("No edition was imported yet: the figures that come with the scorecard are shown.", "sc-words"))
        return
    body: list[tuple[Content, ...]] = [_row(row) for row in known]
    headers = ("Extract", "File", "Edition", "Figures", "By", "When", "State")
    show(table("Editions that were imported, latest first", headers, body, compact=True))
    stands = [row for row in known if not row["withdrawn_at"]]
    standing = {row["extract_id"]: f"{row['extract_id']}: {row['file_name']}" for row in stands}
    if standing:
        _withdraw(opened, standing)


def _row(row: Row) -> tuple[Content, ...]:
    edition = str(row["edition"])
    state = "in force"
    if row["withdrawn_at"]:
        state = f"withdrawn {moment_words(row['withdrawn_at'])} by {row['withdrawn_by']}: {row['withdrawn_reason']}"
    counted = f"{row['rows']:,}: {row['new']:,} new, {row['revised']:,} revised, {row['dropped']:,} no longer printed"
    return (
        str(row["extract_id"]), row["file_name"], f"{edition[6:]}/{edition[4:6]}/{edition[:4]}", counted, row["who"],
        moment_words(row["submitted_at"]), state,
    )  # fmt: skip


def _withdraw(opened: Scorecard, standing: dict[int, str]) -> None:
    chosen = st.selectbox("Take an edition back", [*standing], format_func=standing.__getitem__, key="published-back")
    reason = st.text_input("Why it is taken back", key="published-reason")
    if is_confirmed("Take it back", "withdraw-edition", fingerprint(chosen, standing[chosen])):
        try:
            withdraw_edition(opened, chosen, when=now(), reason=reason)
        except (RefusedError, StoreError, ValueError) as error:
            fault("Nothing was changed", str(error))
            return
        st.session_state[DONE] = f"Extract {chosen} is withdrawn: what the editions before it print counts again."
        st.rerun()
