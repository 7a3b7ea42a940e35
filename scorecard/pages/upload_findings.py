"""Upload, its findings: what is wrong with a file, by kind, filtered, and the rows of the file with the bad cells."""

from __future__ import annotations

import streamlit as st

from scorecard.pages.markup import Content, Markup, joined, paragraph, show, table
from scorecard.use_cases.show_findings import (
    Excerpt,
    Group,
    excerpt,
    filtered,
    groups,
    measures_named,
    some,
)
from scorecard.use_cases.submit_extract import Preview

FINDINGS_SHOWN = 100
ROWS_SHOWN = 30
COLUMNS_SHOWN = 10
SEVERITY_WORDS = {"error": "Error", "warning": "Warning", "information": "For information"}


def findings(preview: Preview) -> None:
    """The verdict, the findings by kind, those that are asked for, and the rows they are about."""
    checked = preview.checked
    if not len(checked.findings):
        words = f"{checked.file_name}: no faults found in {len(checked.observations):,} figures."
        show(Markup(f'<div class="sc-notice" role="status">{paragraph(words)}</div>'))
        return
    _verdict(preview)
    kinds = groups(checked.findings)
    if len(kinds) > 1 or kinds[0].count > 1:
        show(_kinds(kinds))
    _listed(preview, kinds)
    name = f"findings-{checked.file_name.rsplit('.', 1)[0]}.csv"
    st.download_button(
        "Download all findings (CSV)", checked.findings.to_csv, name, "text/csv", on_click="ignore", key="findings"
    )


def _verdict(preview: Preview) -> None:
    checked = preview.checked
    errors, warnings = checked.findings.count("error"), checked.findings.count("warning")
    if errors:
        verdict = f"{checked.file_name} can't be stored: {count(errors, 'error')}, {count(warnings, 'warning')}"
        todo = "Mend the errors below in the file and send it again. Nothing was stored."
    elif warnings:
        verdict = f"{checked.file_name} can be stored: {count(warnings, 'warning')}, no errors"
        todo = "Read the warnings. If they are right, say why below; if not, mend the file and send it again."
    else:
        verdict = f"{checked.file_name} can be stored: no errors, no warnings"
        todo = "What is below is for your information."
    kind = "sc-error" if errors else "sc-notice"
    heading = Markup(f"<h2>{joined([verdict])}</h2>")
    show(Markup(f'<div class="{kind}" role="status">{heading}{paragraph(todo)}</div>'))


def count(number: int, word: str) -> str:
    """'1 error', '1,200 errors'."""
    return f"{number:,} {word}{'' if number == 1 else 's'}"


def _kinds(kinds: tuple[Group, ...]) -> Markup:
    body = [
        (kind.title, SEVERITY_WORDS[kind.severity], f"{kind.count:,}", f"{kind.rows:,}" if kind.rows else "whole file",
         kind.meaning)
        for kind in kinds
    ]  # fmt: skip
    headers = ("What was found", "Kind", "How often", "In rows", "What it means")
    return table("What was found, by kind", headers, body, numeric=(2,), compact=True)


def _listed(preview: Preview, kinds: tuple[Group, ...]) -> None:
    """The findings that are asked for, and the file's rows they are about."""
    found = preview.checked.findings
    severity, code, measure_id = _filters(preview, kinds)
    places = filtered(found, severity=severity, code=code, measure_id=measure_id)
    shown = some(found, places, FINDINGS_SHOWN)
    if not shown:
        show(paragraph("No finding is of this kind, severity and measure at once.", "sc-words"))
        return
    body = [
        (
            SEVERITY_WORDS[finding.severity],
            "whole file" if finding.row is None else f"{finding.row:,}",
            finding.column,
            finding.measure_id,
            Markup(f"{joined([finding.title])}{_found(finding.found)}"),
            finding.remedy,
        )
        for finding in shown
    ]
    headers = ("Kind", "Row", "Column", "Measure", "What was found", "What to do")
    more = f" (the first {FINDINGS_SHOWN} of {len(places):,})" if len(places) > FINDINGS_SHOWN else ""
    show(table(f"Findings{more}", headers, body, row_header=False, compact=True))
    rows = excerpt(preview.content, preview.checked, shown[:ROWS_SHOWN], preview.layout, COLUMNS_SHOWN)
    if rows is not None:
        with st.expander("The rows of the file, with what is wrong marked"):
            show(_excerpt(rows))


def _filters(preview: Preview, kinds: tuple[Group, ...]) -> tuple[str | None, str | None, str | None]:
    """Which findings are asked for: a severity, a kind, a measure; shown where there is something to choose."""
    severities = list(dict.fromkeys(kind.severity for kind in kinds))
    measures = measures_named(preview.checked.findings)
    lists: dict[str, tuple[str, dict[str, str]]] = {}
    if len(severities) > 1:
        lists["severity"] = "Severity", {"": "All", **{one: SEVERITY_WORDS[one] for one in severities}}
    if len(kinds) > 1:
        titles = {kind.code: f"{kind.title} ({kind.count:,})" for kind in kinds}
        lists["code"] = "What was found", {"": f"All findings ({len(preview.checked.findings):,})", **titles}
    if len(measures) > 1:
        lists["of-measure"] = "Measure", {"": "All measures", **{one: one for one in measures}}
    chosen = {}
    for place, (key, (label, words)) in zip(st.columns(max(len(lists), 1)), lists.items(), strict=False):
        chosen[key] = place.selectbox(label, list(words), format_func=words.__getitem__, key=key)
    return chosen.get("severity") or None, chosen.get("code") or None, chosen.get("of-measure") or None


def _found(found: str) -> str:
    return f': <span class="sc-bad">{joined([found])}</span>' if found else ""


def _excerpt(rows: Excerpt) -> Markup:
    """Rows as they were sent; a marked cell says so in words too."""
    body: list[list[Content]] = []
    for row in rows.rows:
        cells: list[Content] = [f"Row {row.number:,}"]
        for at, cell in enumerate(row.cells):
            if at in row.marked:
                cells.append(
                    Markup(f'<span class="sc-bad">{joined([cell or "blank"])}</span> <small>(see findings)</small>')
                )
            else:
                cells.append(Markup("") if cell == "" else cell)
        body.append(cells)
    cut = f", {rows.cut} more columns not shown" if rows.cut > 0 else ""
    return table(f"The rows as they were sent{cut}", ("Row", *rows.header), body, compact=True)
