"""Our own master as DrawingML: where titles, contents and running lines stand, and in which letters and colours."""

from __future__ import annotations

import re

from scorecard.charts.palette import GREY, INK, LILAC, LIMIT_BAND, NAVY, ORANGE, PLUM, TEAL, WHITE

FONT_NAME = "Arial"  # on every machine that opens a deck; the fonts that we ship can't be embedded in one
NAMES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
INCH = 914_400
COLOURS = {
    "dk1": INK, "lt1": WHITE, "dk2": NAVY, "lt2": LIMIT_BAND, "accent1": NAVY, "accent2": TEAL, "accent3": PLUM,
    "accent4": ORANGE, "accent5": GREY, "accent6": LILAC, "hlink": NAVY, "folHlink": PLUM,
}  # fmt: skip


def theme(old: bytes) -> bytes:
    """The library's theme with our palette and font."""
    text = old.decode("utf-8")
    for name, colour in COLOURS.items():
        text = re.sub(
            rf"<a:{name}>.*?</a:{name}>", f'<a:{name}><a:srgbClr val="{colour[1:]}"/></a:{name}>', text, flags=re.S
        )
    for font in ("majorFont", "minorFont"):
        text = re.sub(
            rf"<a:{font}>.*?</a:{font}>",
            f'<a:{font}><a:latin typeface="{FONT_NAME}"/><a:ea typeface=""/><a:cs typeface=""/></a:{font}>',
            text,
            flags=re.S,
        )
    text = re.sub(r'(<a:theme [^>]*?name=)"[^"]*"', r'\1"Scorecard"', text)
    text = re.sub(r'(<a:(?:clrScheme|fontScheme) name=)"[^"]*"', r'\1"Scorecard"', text)
    return text.encode("utf-8")


def _emu(*inches: float) -> tuple[int, ...]:
    return tuple(round(one * INCH) for one in inches)


def _xfrm(x: float, y: float, width: float, height: float) -> str:
    left, top, wide, high = _emu(x, y, width, height)
    return f'<a:xfrm><a:off x="{left}" y="{top}"/><a:ext cx="{wide}" cy="{high}"/></a:xfrm>'


def _holder(
    number: int,
    name: str,
    kind: str,
    place: tuple[float, float, float, float],
    text: str,
    body: str = "",
    style: str = "",
) -> str:
    """A placeholder of a master or layout."""
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="{name}"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        f'<p:nvPr><p:ph {kind}/></p:nvPr></p:nvSpPr><p:spPr>{_xfrm(*place)}<a:prstGeom prst="rect"><a:avLst/>'
        f"</a:prstGeom></p:spPr><p:txBody><a:bodyPr {body}><a:normAutofit/></a:bodyPr><a:lstStyle>{style}</a:lstStyle>"
        f"<a:p>{text}</a:p></p:txBody></p:sp>"
    )


def _bar(number: int, place: tuple[float, float, float, float], colour: str = "accent1") -> str:
    """A plain bar: decoration, and marked so."""
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="Bar {number}"><a:extLst>'
        '<a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative '
        'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
        "</p:cNvPr>"
        f'<p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr>{_xfrm(*place)}<a:prstGeom prst="rect"><a:avLst/>'
        f'</a:prstGeom><a:solidFill><a:schemeClr val="{colour}"/></a:solidFill><a:ln><a:noFill/></a:ln></p:spPr></p:sp>'
    )


def _words(text: str) -> str:
    return f'<a:r><a:rPr lang="en-GB"/><a:t>{text}</a:t></a:r>'


TITLE = (0.5, 0.6, 12.33, 0.95)
CONTENT = (0.5, 1.6, 12.33, 5.3)
_INSETS = 'vert="horz" lIns="0" tIns="0" rIns="0" bIns="0" rtlCol="0"'
_NUMBER = (
    '<a:fld id="{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}" type="slidenum"><a:rPr lang="en-GB"/><a:t>‹#›</a:t></a:fld>'
)


def _running(number: int) -> str:
    """Footer and slide number."""
    colour = '<a:solidFill><a:schemeClr val="accent5"/></a:solidFill>'
    size = f'<a:lvl1pPr algn="{{side}}"><a:defRPr sz="1200">{colour}</a:defRPr></a:lvl1pPr>'
    return _holder(
        number, "Footer", 'type="ftr" sz="quarter" idx="11"', (0.5, 6.98, 11.2, 0.3), "", f'{_INSETS} anchor="ctr"',
        size.format(side="l"),
    ) + _holder(
        number + 1, "Slide number", 'type="sldNum" sz="quarter" idx="12"', (11.83, 6.98, 1.0, 0.3), _NUMBER,
        f'{_INSETS} anchor="ctr"', size.format(side="r"),
    )  # fmt: skip


def _tree(shapes: str) -> str:
    return f"<p:spTree {NAMES}>{shapes}</p:spTree>"


MASTER_SHAPES = _tree(
    _bar(2, (0, 0, 13.333, 0.12))
    + _holder(3, "Title", 'type="title"', TITLE, _words("Title"), f'{_INSETS} anchor="ctr"')
    + _holder(4, "Text", 'type="body" idx="1"', CONTENT, _words("Text"), f'{_INSETS} anchor="t"')
    + _running(5)
)
LAYOUTS = {
    "Title Slide": _tree(
        _bar(2, (0.5, 3.42, 1.6, 0.07), "accent3")
        + _holder(3, "Title", 'type="ctrTitle"', (0.5, 0.6, 12.33, 2.6), _words("Title"), f'{_INSETS} anchor="b"')
        + _holder(
            4, "Subtitle", 'type="subTitle" idx="1"', (0.5, 3.7, 12.33, 3.1), _words("Subtitle"),
            f'{_INSETS} anchor="t"', '<a:lvl1pPr marL="0" indent="0"><a:buNone/></a:lvl1pPr>',
        )
        + _running(5)
    ),
    "Title and Content": _tree(
        _holder(2, "Title", 'type="title"', TITLE, _words("Title"), f'{_INSETS} anchor="ctr"')
        + _holder(3, "Content", 'idx="1"', CONTENT, _words("Text"), f'{_INSETS} anchor="t"')
        + _running(4)
    ),
    "Title Only": _tree(
        _holder(2, "Title", 'type="title"', TITLE, _words("Title"), f'{_INSETS} anchor="ctr"') + _running(3)
    ),
}  # fmt: skip


def _level(number: int) -> str:
    left = 228_600 * number
    return (
        f'<a:lvl{number}pPr marL="{left}" indent="-228600" algn="l" defTabSz="914400"><a:lnSpc><a:spcPct val="100000"/>'
        '</a:lnSpc><a:spcBef><a:spcPts val="600"/></a:spcBef><a:buFont typeface="Arial"/><a:buChar char="•"/>'
        '<a:defRPr sz="1800" kern="1200"><a:solidFill><a:schemeClr val="tx1"/></a:solidFill>'
        '<a:latin typeface="+mn-lt"/>'
        f'<a:ea typeface="+mn-ea"/><a:cs typeface="+mn-cs"/></a:defRPr></a:lvl{number}pPr>'
    )


_TITLE_LETTERS = (
    '<a:defRPr sz="2800" b="1" kern="1200"><a:solidFill><a:schemeClr val="tx2"/></a:solidFill>'
    '<a:latin typeface="+mj-lt"/><a:ea typeface="+mj-ea"/><a:cs typeface="+mj-cs"/></a:defRPr>'
)
MASTER_STYLES = (
    f'<p:txStyles {NAMES}><p:titleStyle><a:lvl1pPr algn="l" defTabSz="914400"><a:lnSpc><a:spcPct val="100000"/>'
    f'</a:lnSpc><a:spcBef><a:spcPct val="0"/></a:spcBef><a:buNone/>{_TITLE_LETTERS}</a:lvl1pPr></p:titleStyle>'
    f"<p:bodyStyle>{''.join(map(_level, range(1, 6)))}</p:bodyStyle>"
    '<p:otherStyle><a:defPPr><a:defRPr lang="en-GB"/></a:defPPr></p:otherStyle></p:txStyles>'
)
