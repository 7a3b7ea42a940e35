"""The tables of docs/findings.md, from the register of codes. Renew them: python -m tests.extract.findings_page."""

from __future__ import annotations

from pathlib import Path

from scorecard.extract.codes.published import PUBLISHED_CODES
from scorecard.extract.codes.registry import CELL_CODES, DOUBT_CODES, FILE_CODES, HEADER_CODES, Code
from scorecard.extract.codes.report import LAYOUT_CODES

PAGE = Path(__file__).parents[2] / "docs" / "findings.md"
SECTIONS: tuple[tuple[str, dict[str, Code]], ...] = (
    ("About the file", FILE_CODES),
    ("About the header and the rows", HEADER_CODES),
    ("About a cell", CELL_CODES),
    ("About what was known before", DOUBT_CODES),
    ("About a report read by its own layout", LAYOUT_CODES),
    ("About a published file, or a list of neighbours", PUBLISHED_CODES),
)
INTRODUCTION = """# Findings

What a check of a file can find, and what to do about it. A finding has a severity, the file, the row as the
spreadsheet numbers it, the column, the measure, a code that never changes, what was found (cut at 80 characters, with
invisible characters written out, as ‹U+200B›) and a remedy.

- An **error** refuses the whole file: nothing of it is stored until all are corrected. Every fault is listed at once.
- A **warning** asks for a yes, with a reason that is kept.
- **Information** needs nothing.

The limits of an extract: 50 MB, 500,000 rows, 200 columns, 5,000,000 cells, 100 sheets, 32,767 characters in a cell; a
workbook may unpack to 120 MB. At most 50,000 findings of one code are listed. Where one error comes more often than
that, the file isn't compared with what was known before until it is corrected.

When a figure is an `unusual-change`:

- Where its history gives limits: when it lies outside them. A level that has moved is asked about once: the next figure
  isn't, if it lies beyond the same limit and no further from the one before than a limit is from the mean.
- Where there are no limits: when its change from the figure before is larger than any change known before the file, or,
  while fewer than 12 changes are known, more than twice the largest.
- Where fewer than 3 changes are known: when, in a series of 8 figures or more, its change is more than three times the
  third largest (one slip makes two large changes). In shorter series nothing is said.
"""


def row(code: str, kind: Code) -> str:
    cells = (f"`{code}`", kind.severity, f"**{kind.title}.** {kind.meaning}", kind.example, kind.remedy)
    return "| " + " | ".join(cell.replace("|", "\\|").replace("<", "&lt;") for cell in cells) + " |"


def page() -> str:
    parts = [INTRODUCTION]
    for heading, codes in SECTIONS:
        parts += [
            f"\n## {heading}\n",
            "| Code | Severity | What it means | Example | What to do |",
            "|---|---|---|---|---|",
        ]
        parts += [row(code, kind) for code, kind in codes.items()]
    return "\n".join(parts) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
