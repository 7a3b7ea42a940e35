"""Export findings and receipts: what a check found and what a load did, as lines of text and as JSON."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd

from scorecard.core.numbers import count_of
from scorecard.core.rows import rows_with_none
from scorecard.core.vocabulary import ASSURANCE_SHORT, STATUS_WORDS, VARIATION_SHORT, variation_short
from scorecard.extract.check_extract import CheckedExtract
from scorecard.use_cases.upload.submit_extract import Preview, Receipt

FINDINGS_SHOWN = 50
NOT_TOLD_YET = "not told yet"


def findings_json(checked: CheckedExtract) -> str:
    """All of a file's findings as JSON."""
    return _json(_about(checked) | {"findings": checked.findings.to_records()})


def findings_text(checked: CheckedExtract) -> str:
    """A verdict, the first findings, and a count by code where there are more."""
    errors, warnings = (checked.findings.count(severity) for severity in ("error", "warning"))
    figures = count_of(len(checked.observations), "figure")
    verdict = "can't be stored" if checked.refused else f"has {figures} and can be stored"
    lines = [f"{checked.file_name} {verdict}: {count_of(errors, 'error')}, {count_of(warnings, 'warning')}."]
    lines += [f"  {finding}" for finding in checked.findings[:FINDINGS_SHOWN]]
    if len(checked.findings) > FINDINGS_SHOWN:
        lines.append(f"  … and {len(checked.findings) - FINDINGS_SHOWN:,} more. By code:")
        lines += [f"    {count:>7,} {code}" for code, count in checked.findings.counts.items()]
    return "\n".join(lines)


def receipt_json(preview: Preview, receipt: Receipt) -> str:
    """What a load did as JSON: the same names as `findings_json`, and the extract with its counts and effects."""
    document = _about(preview.checked) | {
        "extract": receipt.extract_id,
        "already_held": receipt.already_held,
        **_counts(receipt),
        "source": preview.source,
        "layout": preview.layout.called if preview.layout else None,
        "effects": [] if receipt.already_held else rows_with_none(preview.effects.drop(columns="level")),
        "findings": preview.checked.findings.to_records(),
    }
    return _json(document)


def receipt_text(preview: Preview, receipt: Receipt) -> str:
    """What a load did, for a person at a terminal."""
    if receipt.already_held:
        return f"This file is already stored, as extract {receipt.extract_id}. Nothing was changed."
    shown = ", ".join(f"{count:,} {kind}" for kind, count in _counts(receipt).items())
    by = f", read by the layout {preview.layout.called}" if preview.layout else ""
    lines = [f"Stored as extract {receipt.extract_id}{by}: {shown}."]
    return "\n".join([*lines, *(f"  {effect}" for effect in effect_words(preview.effects))])


def effect_words(effects: pd.DataFrame) -> list[str]:
    """What a file does to the measures (submit_extract.effects_of), as 'Sickness days: Met → Missed' each."""
    return [
        f"{row['name']}: {_plain(row['before'], row['level'])} → {_plain(row['after'], row['level'])}"
        for row in rows_with_none(effects)
    ]


def _plain(code: str | None, level: str) -> str:
    if code in VARIATION_SHORT:
        return variation_short(code, level)
    return NOT_TOLD_YET if code is None else {**STATUS_WORDS, **ASSURANCE_SHORT}[code]


def _about(checked: CheckedExtract) -> dict[str, Any]:
    return {
        "file": checked.file_name,
        "sha256": checked.sha256,
        "refused": checked.refused,
        "errors": checked.findings.count("error"),
        "warnings": checked.findings.count("warning"),
        "figures": len(checked.observations),
    }


def _counts(receipt: Receipt) -> dict[str, int]:
    unchanged = 0 if receipt.already_held else receipt.unchanged
    return {"new": receipt.new, "revised": receipt.revised, "unchanged": unchanged}


def _json(document: dict[str, Any]) -> str:
    return json.dumps(document, ensure_ascii=False, indent=2)
