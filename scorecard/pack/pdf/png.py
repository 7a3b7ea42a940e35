"""One of our charts as a PNG, drawn from its SVG by Typst with the fonts that we ship: no browser, the same bytes."""

from __future__ import annotations

import typst

from scorecard.pack.errors import PackError
from scorecard.pack.pdf.glyphs import in_print
from scorecard.pack.pdf.typesetter import shipped_fonts

DOTS_PER_INCH = 192  # twice the 96 of a screen: sharp in a document and on a projector
# Without a font of the document's own that is there, Typst leaves out the text of a picture and says nothing.
SOURCE = b"""#set text(font: "Source Sans 3", fallback: false)
#set page(width: auto, height: auto, margin: 8pt)
#image(bytes(sys.inputs.svg), format: "svg")
"""


def png(svg: str) -> bytes:
    """A chart's SVG as a PNG. Raises PackError where it can't be drawn."""
    try:
        image = typst.compile(
            SOURCE,
            format="png",
            ppi=DOTS_PER_INCH,
            font_paths=shipped_fonts(),
            ignore_system_fonts=True,
            sys_inputs={"svg": in_print(svg)},
        )
    except typst.TypstError as fault:
        raise PackError(f"The picture could not be made: {fault.message}.") from fault
    if not isinstance(image, bytes):
        raise PackError("The picture could not be made: it has more than one page.")
    return image
