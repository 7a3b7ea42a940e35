"""The whole pack as one value, built from a snapshot and its state. The PDF and the page are translations of it."""

from __future__ import annotations

from scorecard.core.periods import month_words
from scorecard.pack.document.blocks import Document, Section
from scorecard.pack.document.board_summary import board_section
from scorecard.pack.document.data_quality import quality_section
from scorecard.pack.document.exceptions import exceptions_section
from scorecard.pack.document.front_page import facts, warnings, watermark
from scorecard.pack.document.methods import methods_section, registers_section
from scorecard.pack.document.service_areas import area_sections
from scorecard.pack.document.words import short_id, state_words
from scorecard.pack.snapshot.models import PackState, Snapshot


def build_document(snapshot: Snapshot, snapshot_id: str, state: PackState) -> Document:
    """The pack in its order: the board's page, exceptions, each service area, data quality, methods, registers."""
    month = month_words(snapshot.reporting_month)
    return Document(
        title=f"Measures that matter: {month}",
        subtitle=snapshot.board.title,
        author=f"{snapshot.authority} children's services",
        state=state_words(state),
        watermark=watermark(state),
        warnings=warnings(snapshot, state),
        facts=facts(snapshot, state, snapshot_id),
        marking=snapshot.board.marking,
        running_head=f"{snapshot.board.title} · {month}",
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
