"""`python -m scorecard.pack.pdf.typesetter`: sets one document by Typst and ends, so that its memory goes back with it.

Typst keeps all that it worked out of a document until the document is done, some 3 MB a page, and much of it for those
that follow. What is to be set comes on the standard input, below a line of JSON that says how; the files go to the
standard output, below a line that tells their sizes, or the fault.
"""

from __future__ import annotations

import json
import sys
from datetime import datetime
from functools import cache
from importlib import resources
from typing import Any, BinaryIO

import typst

from scorecard.pack.errors import PackError
from scorecard.pack.fonts import FONTS
from scorecard.pack.pdf.row_headers import with_row_headers

STANDARDS: list[typst.PDFStandard] = ["a-2a", "ua-1"]


def main(source: BinaryIO, out: BinaryIO) -> None:
    """Sets what comes, and writes the files or the fault."""
    asked = json.loads(source.readline())
    try:
        files = typeset(source.read().decode(), asked["moment"], asked["dots_per_inch"])
    except PackError as fault:
        out.write(json.dumps({"fault": str(fault)}).encode() + b"\n")
        return
    out.write(json.dumps({"sizes": [len(file) for file in files]}).encode() + b"\n")
    for file in files:
        out.write(file)


def typeset(pack: str, moment: str, dots_per_inch: float | None) -> list[bytes]:
    """A pack as a PDF of the standards, dated by a moment in ISO 8601; with dots_per_inch its pages as PNGs, in order.

    pack: what pack.typ reads. Raises PackError where a text can't be set.
    """
    kind: dict[str, Any] = {"format": "pdf", "pdf_standards": STANDARDS, "timestamp": datetime.fromisoformat(moment)}
    if dots_per_inch is not None:
        kind = {"format": "png", "ppi": dots_per_inch}
    with resources.as_file(resources.files("scorecard.pack") / "templates") as folder:
        try:
            pages = typst.compile(
                str(folder / "pack.typ"),
                root=str(folder),
                font_paths=shipped_fonts(),
                ignore_system_fonts=True,
                sys_inputs={"pack": pack},
                **kind,
            )
        except typst.TypstError as fault:
            raise PackError(f"The PDF could not be made: {fault.message}. Mend that text, or report it.") from fault
    files = [bytes(page) for page in pages] if isinstance(pages, list) else [bytes(pages or b"")]
    return files if dots_per_inch is not None else [with_row_headers(file) for file in files]


@cache
def shipped_fonts() -> typst.Fonts:
    """The fonts that we ship, and no other."""
    with resources.as_file(FONTS) as folder:
        return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder)])


if __name__ == "__main__":
    main(sys.stdin.buffer, sys.stdout.buffer)
