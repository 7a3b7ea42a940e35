"""Paragraphs of the deck as DrawingML: every size, colour and indent said, so that it is drawn as it was measured."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from scorecard.pack.powerpoint.layout import BETWEEN, INDENT, style_size
from scorecard.pack.powerpoint.parts import Para, Run

EMU = 12_700
LANGUAGE = "en-GB"
NAMES = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
BODY = (
    '<a:bodyPr {0} wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" rtlCol="0" anchor="{1}"><a:noAutofit/></a:bodyPr>'
)


def paragraphs_xml(paras: Sequence[Para], size: float) -> str:
    """Paragraphs one below another."""
    return "".join(_paragraph(para, size, first=not place) for place, para in enumerate(paras))


def _paragraph(para: Para, size: float, first: bool) -> str:
    letters = style_size(para.style, size)
    if para.style == "bullet":
        indent = f'marL="{round(INDENT * EMU)}" indent="{-round(INDENT * EMU)}"'
        bullet = '<a:buFont typeface="Arial"/><a:buChar char="•"/>'
    else:
        indent, bullet = 'marL="0" indent="0"', "<a:buNone/>"
    above = 0 if first else round(BETWEEN * size * 100)
    return (
        f'<a:p {NAMES}><a:pPr {indent} algn="l"><a:lnSpc><a:spcPct val="100000"/></a:lnSpc>'
        f'<a:spcBef><a:spcPts val="{above}"/></a:spcBef><a:spcAft><a:spcPts val="0"/></a:spcAft>{bullet}</a:pPr>'
        f"{''.join(run_xml(run, letters) for run in para.runs)}"
        f'<a:endParaRPr lang="{LANGUAGE}" sz="{round(letters * 100)}" dirty="0"/></a:p>'
    )


def run_xml(run: Run, size: float) -> str:
    """A run in its size, weight and colour."""
    return (
        f'<a:r><a:rPr lang="{LANGUAGE}" sz="{round(size * 100)}" b="{int(run.bold)}" i="0" cap="none" dirty="0">'
        f'<a:solidFill><a:schemeClr val="{run.colour}"/></a:solidFill></a:rPr>'
        f"<a:t>{escape(run.text, quote=False)}</a:t></a:r>"
    )


def title_xml(text: str, size: float) -> str:
    """A title's paragraph: in the template's colour and alignment, in the size that fits."""
    return (
        f'<a:p {NAMES}><a:pPr><a:lnSpc><a:spcPct val="100000"/></a:lnSpc></a:pPr>'
        f'<a:r><a:rPr lang="{LANGUAGE}" sz="{round(size * 100)}" b="1" cap="none" dirty="0"/>'
        f"<a:t>{escape(text, quote=False)}</a:t></a:r></a:p>"
    )
