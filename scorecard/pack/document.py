"""The whole pack as one value, built from a snapshot and its state. The PDF and the page are translations of it."""

from __future__ import annotations

from scorecard.catalogue.periods import month_words
from scorecard.pack.area_pages import area_sections
from scorecard.pack.blocks import Document, Section
from scorecard.pack.board_page import board_section
from scorecard.pack.exception_pages import exceptions_section
from scorecard.pack.front import facts, warnings, watermark
from scorecard.pack.methods import methods_section, registers_section
from scorecard.pack.models import PackState, Snapshot
from scorecard.pack.quality import quality_section
from scorecard.pack.words import short_id, state_words


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
