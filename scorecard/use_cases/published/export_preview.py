"""What a published file is and did, as lines of text and as JSON."""

from __future__ import annotations

import json
from typing import Any

from scorecard.core.periods import month_code, month_words
from scorecard.published.symbols import SYMBOL_MEANINGS
from scorecard.store import Receipt
from scorecard.use_cases.published.import_file import PublishedPreview

FINDINGS_SHOWN = 50


def preview_text(preview: PublishedPreview) -> str:
    """What a file is and would change, and every finding, as indented lines."""
    first, *rest = preview_lines(preview)
    return "\n".join([first, *(f"  {line}" for line in rest)])


def preview_lines(preview: PublishedPreview) -> list[str]:
    """The verdict on a file, then what it is and would change, and its findings."""
    lines = [f"{preview.file_name}: {_verdict(preview)}"]
    if preview.read is not None and preview.periods is not None:
        first, last = preview.periods
        lines += [
            f"publication: {', '.join(preview.publications)}",
            f"feeds: {', '.join(preview.feeds) or 'no measure by itself'}",
            f"periods: {month_words(first)} to {month_words(last)}; areas: {preview.areas:,}; "
            f"rows in the file: {preview.read.rows:,}",
            "figures: " + ", ".join(f"{count:,} {kind}" for kind, count in preview.counts.items()),
        ]
    if preview.counts["revised"]:
        lines.append("revised: " + ", ".join(f"{count:,} {whose}" for whose, count in preview.changed_where.items()))
        lines += [f"revised of ours: {change}" for change in preview.our_changes[:FINDINGS_SHOWN]]
        lines += [f"our rank and gap: {change}" for change in preview.standing[:FINDINGS_SHOWN]]
    if preview.symbols:
        counts = (
            f"{count:,} '{symbol}' ({SYMBOL_MEANINGS.get(symbol, symbol)})" for symbol, count in preview.symbols.items()
        )
        lines.append(f"symbols: {', '.join(counts)}")
    lines += [str(finding) for finding in preview.findings[:FINDINGS_SHOWN]]
    if len(preview.findings) > FINDINGS_SHOWN:
        lines.append(f"… and {len(preview.findings) - FINDINGS_SHOWN:,} more")
    return lines


def _verdict(preview: PublishedPreview) -> str:
    if preview.refused:
        return "can't be stored."
    if preview.is_dictionary:
        return f"{preview.format}: read, and used for the other files."
    return f"{preview.format}; {len(preview.changes):,} figures."


def preview_document(preview: PublishedPreview, receipt: Receipt | None = None) -> dict[str, Any]:
    """A preview as plain values, for JSON; with a receipt, what storing it did."""
    document: dict[str, Any] = {
        "file": preview.file_name,
        "sha256": preview.sha256,
        "refused": preview.refused,
        "format": preview.format,
        "publications": list(preview.of.publications),
        "feeds": list(preview.feeds),
        "periods": [month_code(end) for end in preview.periods or ()],
        "areas": preview.areas,
        "edition": preview.of.edition,
        "figures": preview.counts,
        "symbols": preview.symbols,
        "revised": preview.changed_where | {"each": preview.our_changes, "standing": list(preview.standing)},
        "skipped": dict(preview.read.skipped) if preview.read is not None else {},
        "findings": preview.findings.to_records(),
    }
    if receipt is not None:
        document |= {"extract": receipt.extract_id, "already_held": receipt.already_held}
    return document


def to_json(documents: list[dict[str, Any]]) -> str:
    """Documents of several files as JSON."""
    return json.dumps(documents, ensure_ascii=False, indent=2, sort_keys=True)
