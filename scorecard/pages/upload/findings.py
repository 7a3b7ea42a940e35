"""Upload, its findings: what is wrong with a file, by kind, filtered, and the rows of the file with the bad cells."""

from __future__ import annotations

import streamlit as st

from scorecard.core.numbers import count_of
from scorecard.pages.parts.download import download
from scorecard.pages.parts.markup import Content, Markup, anchor_link, heading, joined, paragraph, show, table
from scorecard.use_cases.upload.findings_in_file import (
    Excerpt,
    Finding,
    Group,
    excerpt,
    filtered,
    first_findings,
    groups,
    measures_named,
)
from scorecard.use_cases.upload.submit_extract import Preview

FINDINGS_SHOWN = 50
READ_AT_ONCE = 12  # so many findings need no table of their kinds above them
ROWS_SHOWN = 30
COLUMNS_SHOWN = 10
EXCERPT = "upload_excerpt"
SEVERITY_WORDS = {"error": "Error", "warning": "Warning", "information": "For information"}


def verdict(preview: Preview, todo: str | None = None) -> None:
    """Whether the file can be stored, and what to do. todo: about errors, where that isn't to mend them."""
    checked = preview.checked
    if len(checked.findings):
        _counted(preview, todo or "Mend the errors below in the file and send it again.")
    else:
        sound = f"{checked.file_name}: no faults found in {count_of(len(checked.observations), 'figure')}."
        show(Markup(f'<div class="sc-notice" role="status">{paragraph(sound)}</div>'))


def findings(preview: Preview) -> None:
    """Many findings by kind, those that are asked for, and the rows they are about; nothing where there are none."""
    checked = preview.checked
    if not len(checked.findings):
        return
    if not checked.refused:
        show(heading("What was found in the file", anchor="findings"))
    kinds = groups(checked.findings)
    if len(checked.findings) > READ_AT_ONCE:
        show(_kinds(kinds))
    _listed(preview, kinds)
    findings = checked.findings  # alone: the button keeps what it hands out
    name = f"findings-{checked.file_name.rsplit('.', 1)[0]}.csv"
    download("Download all findings (CSV)", name, "text/csv", lambda _: findings.to_csv(), key="findings")


def _counted(preview: Preview, mend: str) -> None:
    checked = preview.checked
    errors, warnings = checked.findings.count("error"), checked.findings.count("warning")
    if errors:
        outcome = f"{checked.file_name} can't be stored: {count_of(errors, 'error')}, {count_of(warnings, 'warning')}"
        todo = f"{mend} Nothing was stored."
    elif warnings:
        outcome = f"{checked.file_name} can be stored: {count_of(warnings, 'warning')}, no errors"
        todo = "Read the warnings. If they are right, say why; if not, mend the file and send it again."
    else:
        outcome = f"{checked.file_name} can be stored: no errors, no warnings"
        todo = "What is below is for your information."
    kind = "sc-error" if errors else "sc-notice"
    told = Markup(f"<h2>{joined([outcome])}</h2>")
    way = None if errors else anchor_link("All warnings" if warnings else "All that was found", "findings")
    said = paragraph(joined([todo, *([way] if way else [])]))
    show(Markup(f'<div class="{kind}" role="status">{told}{said}</div>'))


def _kinds(kinds: tuple[Group, ...]) -> Markup:
    body = [
        (kind.title, SEVERITY_WORDS[kind.severity], f"{kind.count:,}", f"{kind.rows:,}" if kind.rows else "whole file",
         kind.meaning)
        for kind in kinds
    ]  # fmt: skip
    headers = ("What was found", "Kind", "How often", "In how many rows", "What it means")
    return table("What was found, by kind", headers, body, numeric=(2, 3), compact=True)


def _listed(preview: Preview, kinds: tuple[Group, ...]) -> None:
    """The findings that are asked for, and the file's rows they are about."""
    findings = preview.checked.findings
    severity, code, measure_id = _filters(preview, kinds)
    places = filtered(findings, severity=severity, code=code, measure_id=measure_id)
    shown = first_findings(findings, places, FINDINGS_SHOWN)
    if not shown:
        show(paragraph("No finding is of this kind, severity and measure at once.", "sc-words"))
        return
    body = [
        (
            Markup(f"{joined([finding.title])}{_found(finding)}"),
            SEVERITY_WORDS[finding.severity],
            "whole file" if finding.row is None else f"{finding.row:,}",
            finding.column,
            finding.measure_id,
            finding.remedy,
        )
        for finding in shown
    ]
    headers = ("What was found", "Kind", "Row", "Column", "Measure", "What to do")
    more = f" (the first {FINDINGS_SHOWN} of {len(places):,})" if len(places) > FINDINGS_SHOWN else ""
    show(table(f"Findings{more}", headers, body, compact=True))
    about = tuple(finding for finding in shown if finding.row is not None)
    if about:
        _rows_of_the_file(preview, about)


def _rows_of_the_file(preview: Preview, shown: tuple[Finding, ...]) -> None:
    """The rows that findings are about; the file is read for them when they are asked for, and once."""
    expander = st.expander("The rows of the file, with what is wrong marked", on_change="rerun", key="rows-of-the-file")
    if not expander.open:
        return
    first = shown[:ROWS_SHOWN]
    key = (preview.checked.sha256, preview.checked.sheet, preview.layout, first)
    kept_excerpt = st.session_state.get(EXCERPT)
    if kept_excerpt is None or kept_excerpt[0] != key:
        kept_excerpt = key, excerpt(preview.content, preview.checked, first, preview.layout, COLUMNS_SHOWN)
        st.session_state[EXCERPT] = kept_excerpt
    rows = kept_excerpt[1]
    with expander:
        if rows is None:
            explanation = "They are not shown, because they may tell of a child or can't be set out as a table."
            show(paragraph(explanation, "sc-words"))
        else:
            more = f", for the first {ROWS_SHOWN} findings" if len(shown) > ROWS_SHOWN else ""
            show(_excerpt(rows, more))


def _filters(preview: Preview, kinds: tuple[Group, ...]) -> tuple[str | None, str | None, str | None]:
    """Which findings are asked for: a severity, a kind, a measure; shown where there is something to choose."""
    severities = list(dict.fromkeys(kind.severity for kind in kinds))
    measures = measures_named(preview.checked.findings)
    lists: dict[str, tuple[str, dict[str, str]]] = {}
    if len(severities) > 1:
        lists["severity"] = "Severity", {"": "All", **{severity: SEVERITY_WORDS[severity] for severity in severities}}
    if len(kinds) > 1:
        titles = {kind.code: f"{kind.title} ({kind.count:,})" for kind in kinds}
        lists["code"] = "What was found", {"": f"All findings ({len(preview.checked.findings):,})", **titles}
    if len(measures) > 1:
        lists["of-measure"] = "Measure", {"": "All measures", **{measure_id: measure_id for measure_id in measures}}
    chosen = {}
    for column, (key, (label, options)) in zip(st.columns(max(len(lists), 1)), lists.items(), strict=False):
        chosen[key] = column.selectbox(label, list(options), format_func=options.__getitem__, key=key)
    return chosen.get("severity") or None, chosen.get("code") or None, chosen.get("of-measure") or None


def _found(finding: Finding) -> str:
    """What was found, marked where it is wrong or doubtful."""
    kind = "" if finding.severity == "information" else "sc-bad"
    return f': <span class="{kind}">{joined([finding.found])}</span>' if finding.found else ""


def _excerpt(rows: Excerpt, more: str) -> Markup:
    """Rows as they were sent; a marked cell says so in words too. more: which rows they are, for the caption."""
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
    cut = f" ({count_of(rows.cut, 'more column')} not shown)" if rows.cut > 0 else ""
    return table(
        f"The rows as they were sent{more}{cut}",
        ("Row", *rows.header),
        body,
        compact=True,
        kind="sc-brief",
        stacks=False,
    )
