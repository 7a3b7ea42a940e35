"""The whole pack as one value, built from a snapshot and its state. The PDF and the page are translations of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from scorecard.core.periods import month_words
from scorecard.pack.document.blocks import Document, Fact, Section
from scorecard.pack.document.changes import since_section
from scorecard.pack.document.commentary_and_decisions import decision_sections
from scorecard.pack.document.data_quality import quality_section
from scorecard.pack.document.exceptions import exceptions_sections
from scorecard.pack.document.front_page import about_section, cover, facts_table, subject, warnings, watermark
from scorecard.pack.document.methods import definitions_section, methods_in_short, methods_section, registers_section
from scorecard.pack.document.neighbours import neighbours_sections
from scorecard.pack.document.service_areas import area_sections, areas_section
from scorecard.pack.document.where_we_stand import stand_section
from scorecard.pack.document.words import short_id, state_words
from scorecard.pack.snapshot.models import PackState, Snapshot


def build_document(snapshot: Snapshot, snapshot_id: str, state: PackState) -> Document:
    """The pack in its order: cover, where we stand, what changed and was asked, exceptions, areas, data, methods."""
    about = about_section(snapshot, state, snapshot_id)
    month = month_words(snapshot.reporting_month)
    return Document(
        title=f"Measures that matter: {month}",
        subtitle=subject(snapshot, state),
        author=f"{snapshot.authority} children's services",
        state=state_words(state),
        watermark=watermark(state),
        warnings=warnings(snapshot, state),
        cover=cover(snapshot, state),
        marking=snapshot.board.marking,
        running_head=f"{subject(snapshot, state)} · {month}",
        running_foot=f"Snapshot {short_id(snapshot_id)} · pack version {snapshot.pack_version}",
        demonstration=snapshot.demonstration,
        sections=_working_copy(snapshot, about) if state.state == "working_copy" else _pack(snapshot, about),
    )


def _pack(snapshot: Snapshot, about: Section) -> tuple[Section, ...]:
    """What follows the cover. A short pack is without the service areas, and says less of the data."""
    whole = snapshot.length == "whole"
    return (
        stand_section(snapshot),
        since_section(snapshot),
        *decision_sections(snapshot),
        *exceptions_sections(snapshot),
        *neighbours_sections(snapshot),
        *((areas_section(), *area_sections(snapshot)) if whole else ()),
        *((quality_section(snapshot),) if whole else ()),
        *((methods_section(snapshot), registers_section(snapshot)) if whole else (methods_in_short(snapshot),)),
        about,
    )


def _working_copy(snapshot: Snapshot, about: Section) -> tuple[Section, ...]:
    """A service area's own: its exceptions, its table and charts, its data, what its measures count; or, of the whole
    service, how it stands and what a board must hear.
    """
    exceptions = exceptions_sections(snapshot)
    if snapshot.areas_asked is None and len(snapshot.service_areas) > 1:
        return (replace(stand_section(snapshot), starts="running on"), *exceptions, about)
    return (
        areas_section(),
        *area_sections(snapshot),
        *exceptions,
        *neighbours_sections(snapshot),
        quality_section(snapshot),
        definitions_section(snapshot),
        about,
    )


def build_cover(snapshot: Snapshot, snapshot_id: str, state: PackState, hashes: Mapping[str, str]) -> Document:
    """The cover sheet of a superseded pack, for the files that were kept at its approval, each with its hash."""
    successor = f"Snapshot {state.superseded_by}" if state.superseded_by else "Ask for the pack that corrects it"
    known = (
        Fact("State", state_words(state)),
        Fact("Superseded by", successor),
        Fact("Why", state.reason or "No reason was kept"),
        Fact("This pack", f"Snapshot {snapshot_id}"),
        Fact("Approved", state_words(state.model_copy(update={"state": "approved", "corrects": None}))),
        *(Fact(f"{name} (SHA-256)", digest) for name, digest in hashes.items()),
    )
    whole = build_document(snapshot, snapshot_id, state)
    warning = "The files beside this sheet are as they were approved. They have been superseded: do not rely on them."
    return replace(
        whole, title=f"Superseded: {whole.title}", warnings=(warning,), cover=(facts_table(known),), sections=()
    )
