"""DrawingML, the XML of shapes and charts: units, runs and paragraphs, every size and colour said."""

from __future__ import annotations

from html import escape

from scorecard.pack.powerpoint.theme import MEANING

EMU = 12_700  # of PowerPoint's units, a point
LANGUAGE = "en-GB"
MAIN = "http://schemas.openxmlformats.org/drawingml/2006/main"
NAMES = f'xmlns:a="{MAIN}"'
BODY = (
    f'<a:bodyPr {NAMES} wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" rtlCol="0" anchor="{{0}}">'
    "<a:noAutofit/></a:bodyPr>"
)


def emu(points: float) -> int:
    """Points as PowerPoint's units."""
    return round(points * EMU)


def text_xml(text: str) -> str:
    """A text as XML holds it."""
    return f"<a:t>{escape(text, quote=False)}</a:t>"


def fill_xml(colour: str, shade: str = "") -> str:
    """A colour as a fill, of the theme or, where it means something, our own; shade: how much lighter or darker."""
    if colour in MEANING:
        return f'<a:solidFill><a:srgbClr val="{MEANING[colour]}">{shade}</a:srgbClr></a:solidFill>'
    return f'<a:solidFill><a:schemeClr val="{colour}">{shade}</a:schemeClr></a:solidFill>'


def run_xml(text: str, size: float, bold: bool = False, colour: str = "tx1") -> str:
    """A run in its size, weight and colour of the theme; nothing for an empty text."""
    if not text:
        return ""
    return (
        f'<a:r><a:rPr lang="{LANGUAGE}" sz="{round(size * 100)}" b="{int(bold)}" i="0" cap="none" dirty="0">'
        f"{fill_xml(colour)}</a:rPr>{text_xml(text)}</a:r>"
    )


def plain_run_xml(text: str, size: float | None = None, bold: bool = False) -> str:
    """A run in the template's own colour; without a size, in the template's letters."""
    letters = "" if size is None else f' sz="{round(size * 100)}"'
    heavy = ' b="1" cap="none"' if bold else ""
    return f'<a:r><a:rPr lang="{LANGUAGE}"{letters}{heavy} dirty="0"/>{text_xml(text)}</a:r>'


def paragraph_xml(
    runs: str, size: float, *, align: str = "l", above: float = 0.0, bullet: str = "", indent: float = 0.0
) -> str:
    """A paragraph of runs, that nothing of a template changes. above, indent: points; bullet: a sign."""
    side = f'marL="{emu(indent)}" indent="{-emu(indent)}"'
    sign = f'<a:buFont typeface="Arial"/><a:buChar char="{bullet}"/>' if bullet else "<a:buNone/>"
    return (
        f'<a:p {NAMES}><a:pPr {side} algn="{align}"><a:lnSpc><a:spcPct val="100000"/></a:lnSpc>'
        f'<a:spcBef><a:spcPts val="{round(above * 100)}"/></a:spcBef><a:spcAft><a:spcPts val="0"/></a:spcAft>{sign}'
        f'</a:pPr>{runs}<a:endParaRPr lang="{LANGUAGE}" sz="{round(size * 100)}" dirty="0"/></a:p>'
    )


def title_xml(title: str, size: float) -> str:
    """A title's paragraph: in the template's colour and alignment, in the size that fits."""
    spacing = '<a:pPr><a:lnSpc><a:spcPct val="100000"/></a:lnSpc></a:pPr>'
    return f"<a:p {NAMES}>{spacing}{plain_run_xml(title, size, bold=True)}</a:p>"


def line_xml(colour: str, width: float, dash: str = "solid", *, side: str = "ln", round_ends: bool = False) -> str:
    """A line or a cell's rule (side: lnB, lnT) of a width in points; 0: none."""
    if not width:
        return f"<a:{side}><a:noFill/></a:{side}>"
    ends, joins = (' cap="rnd"', "<a:round/>") if round_ends else ("", "")
    return f'<a:{side} w="{emu(width)}"{ends}>{fill_xml(colour)}<a:prstDash val="{dash}"/>{joins}</a:{side}>'
