"""The whole pack as one value, built from a snapshot and its state. The PDF and the page are translations of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from scorecard.core.periods import month_words
from scorecard.pack.document.blocks import Document, Fact, Section
from scorecard.pack.document.board_summary import board_section
from scorecard.pack.document.data_quality import quality_section
from scorecard.pack.document.exceptions import exceptions_section
from scorecard.pack.document.front_page import facts, subject, warnings, watermark
from scorecard.pack.document.methods import methods_section, registers_section
from scorecard.pack.document.service_areas import area_sections
from scorecard.pack.document.words import short_id, state_words
from scorecard.pack.snapshot.models import PackState, Snapshot


def build_document(snapshot: Snapshot, snapshot_id: str, state: PackState) -> Document:
    """The pack in its order: the board's page, exceptions, each service area, data quality, methods, registers."""
    month = month_words(snapshot.reporting_month)
    return Document(
        title=f"Measures that matter: {month}",
        subtitle=subject(snapshot, state),
        author=f"{snapshot.authority} children's services",
        state=state_words(state),
        watermark=watermark(state),
        warnings=warnings(snapshot, state),
        facts=facts(snapshot, state, snapshot_id),
        marking=snapshot.board.marking,
        running_head=f"{subject(snapshot, state)} · {month}",
        running_foot=f"Snapshot {short_id(snapshot_id)} · pack version {snapshot.pack_version}",
        demonstration=snapshot.demonstration,
        sections=(
            board_section(snapshot),
            exceptions_section(snapshot),
            Section("areas", "Service areas", (), starts="where it fits"),
            *area_sections(snapshot),
            quality_section(snapshot),
            methods_section(snapshot),
            registers_section(snapshot),
        ),
    )


def build_cover(snapshot: Snapshot, snapshot_id: str, state: PackState, hashes: Mapping[str, str]) -> Document:
    """The cover sheet of a superseded pack, for the files that were kept at its approval, each with its hash."""
    successor = f"Snapshot {state.superseded_by}" if state.superseded_by else "Ask for the pack that corrects it"
    facts = (
        Fact("State", state_words(state)),
        Fact("Superseded by", successor),
        Fact("Why", state.reason or "No reason was kept"),
        Fact("This pack", f"Snapshot {snapshot_id}"),
        Fact("Approved", state_words(state.model_copy(update={"state": "approved", "corrects": None}))),
        *(Fact(f"{name} (SHA-256)", digest) for name, digest in hashes.items()),
    )
    whole = build_document(snapshot, snapshot_id, state)
    warning = "The files beside this sheet are as they were approved. They have been superseded: do not rely on them."
    return replace(whole, title=f"Superseded: {whole.title}", warnings=(warning,), facts=facts, sections=())
