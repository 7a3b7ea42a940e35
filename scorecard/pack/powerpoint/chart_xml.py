"""A native chart as XML, and the workbook behind it: values only, no formula, the same bytes each time."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime
from html import escape

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from scorecard.pack.powerpoint.charts import ABOVE, Line, LineStyle, NativeChart, legend_height, month_step, plot_height
from scorecard.pack.powerpoint.drawingml import LANGUAGE, MAIN, fill_xml, line_xml, text_xml
from scorecard.pack.powerpoint.label_side import Side, label_side
from scorecard.pack.powerpoint.text_metrics import Typeface

SIZE = 1200  # hundredths of a point
BESIDE = 66.0  # points for the figures of the axis and its title
ASIDE = 1.6  # of these, left and right of the lines: on the right there is room for the last figure's label
LEVEL = ' rot="0" vert="horz"'
EPOCH = date(1899, 12, 30)
MONTH_FORMAT = "mmm yyyy"
NAMES = (
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    f'xmlns:a="{MAIN}" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
TEXT = f'<a:defRPr lang="{LANGUAGE}" sz="{SIZE}" b="0">{fill_xml("tx1")}<a:latin typeface="+mn-lt"/></a:defRPr>'


class ChartFiles:
    """What python-pptx asks of a chart's data: the chart's XML and its workbook."""

    def __init__(self, chart: NativeChart, width: float, height: float, face: Typeface, created: datetime) -> None:
        self._chart, self._created = chart, created
        self._legend = legend_height(chart, width, face) / height
        self._beside, self._above = BESIDE / width, ABOVE / height
        self._step = month_step(chart.span, width - ASIDE * BESIDE)
        high = plot_height(chart, width, height, face)
        self._plot = high / height
        wide, beyond = width - ASIDE * BESIDE, (ASIDE - 1) * BESIDE
        self._sides = [label_side(chart, line, wide, high, beyond) for line in chart.lines]

    def xml_bytes(self, _chart_type: object) -> bytes:
        """The chart part."""
        plot = _place(self._beside, self._above, 1 - ASIDE * self._beside, self._plot, inner=True)
        legend = _place(0.01, 1 - self._legend, 0.98, self._legend)
        return chart_xml(self._chart, plot, legend, self._step, self._sides).encode("utf-8")

    @property
    def xlsx_blob(self) -> bytes:
        """The workbook that opens on 'Edit data'."""
        return workbook(self._chart, self._created)


def serial(day: date) -> int:
    """A day as spreadsheets count it."""
    return (day - EPOCH).days


def workbook(chart: NativeChart, created: datetime) -> bytes:
    """The chart's figures: a row a month, a column a line. Texts stay texts, whatever they begin with."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(
        buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    book.set_properties({"created": created.replace(tzinfo=None, microsecond=0)})
    sheet = book.add_worksheet("Sheet1")
    bold, months = book.add_format({"bold": True, "text_wrap": True}), book.add_format({"num_format": MONTH_FORMAT})
    figures = book.add_format({"num_format": chart.number_format})
    sheet.write_string(0, 0, "Month", bold)
    sheet.set_column(0, len(chart.lines), 16)
    for row, month in enumerate(chart.months, start=1):
        sheet.write_number(row, 0, serial(month), months)
    for column, line in enumerate(chart.lines, start=1):
        sheet.write_string(0, column, line.name, bold)
        for row, value in enumerate(line.values, start=1):
            if value is not None:
                sheet.write_number(row, column, value, figures)
    sheet.freeze_panes(1, 1)
    book.close()
    return buffer.getvalue()


def _place(x: float, y: float, width: float, height: float, inner: bool = False) -> str:
    """A place within the chart, in shares of it."""
    target = '<c:layoutTarget val="inner"/>' if inner else ""
    numbers = "".join(
        f'<c:{name} val="{share:.4f}"/>' for name, share in (("x", x), ("y", y), ("w", width), ("h", height))
    )
    modes = '<c:xMode val="edge"/><c:yMode val="edge"/>'
    return f"<c:layout><c:manualLayout>{target}{modes}{numbers}</c:manualLayout></c:layout>"


def chart_xml(chart: NativeChart, plot: str, legend: str, step: int, sides: Sequence[Side]) -> str:
    """The chart part: lines over months, both axes titled, gaps where a figure is missing."""
    drawn = zip(chart.lines, sides, strict=True)
    series = "".join(_series(chart, index, line, side) for index, (line, side) in enumerate(drawn))
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><c:chartSpace {NAMES}><c:date1904 val="0"/>'
        f'<c:lang val="{LANGUAGE}"/><c:roundedCorners val="0"/><c:chart><c:autoTitleDeleted val="1"/><c:plotArea>'
        f"{plot}"
        f'<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>{series}<c:marker val="1"/>'
        '<c:axId val="111111111"/><c:axId val="222222222"/></c:lineChart>'
        f"{_month_axis(step)}{_value_axis(chart)}</c:plotArea>"
        f'<c:legend><c:legendPos val="b"/>{legend}<c:overlay val="0"/>{_text_style()}</c:legend>'
        '<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        f"{_text_style()}</c:chartSpace>"
    )


def _text_style(turned: str = "") -> str:
    end = f'<a:endParaRPr lang="{LANGUAGE}"/>'
    return f"<c:txPr><a:bodyPr{turned}/><a:lstStyle/><a:p><a:pPr>{TEXT}</a:pPr>{end}</a:p></c:txPr>"


def _title(title: str, turned: str = "") -> str:
    return (
        f"<c:title><c:tx><c:rich><a:bodyPr{turned}/><a:lstStyle/><a:p><a:pPr>{TEXT}</a:pPr>"
        f'<a:r><a:rPr lang="{LANGUAGE}" sz="{SIZE}" b="0"/>{text_xml(title)}</a:r></a:p>'
        '</c:rich></c:tx><c:overlay val="0"/></c:title>'
    )


def _line(colour: str, width: float, dash: str = "solid") -> str:
    return line_xml(colour, width, dash, round_ends=True)


def _month_axis(step: int) -> str:
    return (
        '<c:dateAx><c:axId val="111111111"/><c:scaling><c:orientation val="minMax"/></c:scaling><c:delete val="0"/>'
        f'<c:axPos val="b"/>{_title("Month")}<c:numFmt formatCode="{MONTH_FORMAT}" sourceLinked="0"/>'
        '<c:majorTickMark val="out"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>'
        f"<c:spPr>{_line('accent5', 1)}</c:spPr>{_text_style(LEVEL)}"
        '<c:crossAx val="222222222"/><c:crosses val="autoZero"/>'
        '<c:auto val="0"/><c:lblOffset val="100"/><c:baseTimeUnit val="months"/>'
        f'<c:majorUnit val="{step}"/><c:majorTimeUnit val="months"/></c:dateAx>'
    )


def _value_axis(chart: NativeChart) -> str:
    step = f'<c:majorUnit val="{chart.step!r}"/>' if chart.step else ""
    light = fill_xml("tx1", '<a:lumMod val="15000"/><a:lumOff val="85000"/>')
    turned = ' rot="-5400000" vert="horz"'
    return (
        '<c:valAx><c:axId val="222222222"/><c:scaling><c:orientation val="minMax"/>'
        f'<c:max val="{chart.high!r}"/><c:min val="{chart.low!r}"/></c:scaling><c:delete val="0"/><c:axPos val="l"/>'
        f'<c:majorGridlines><c:spPr><a:ln w="6350">{light}</a:ln></c:spPr></c:majorGridlines>'
        f'{_title(chart.value_title, turned)}<c:numFmt formatCode="{escape(chart.axis_format)}" sourceLinked="0"/>'
        '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>'
        f'<c:spPr><a:ln><a:noFill/></a:ln></c:spPr>{_text_style()}<c:crossAx val="111111111"/><c:crosses val="min"/>'
        f'<c:crossBetween val="between"/>{step}</c:valAx>'
    )


def _series(chart: NativeChart, index: int, line: Line, side: Side) -> str:
    column, last = xl_col_to_name(index + 1), len(chart.months) + 1
    name = (
        f'<c:tx><c:strRef><c:f>Sheet1!${column}$1</c:f><c:strCache><c:ptCount val="1"/><c:pt idx="0">'
        f"<c:v>{escape(line.name, quote=False)}</c:v></c:pt></c:strCache></c:strRef></c:tx>"
    )
    months = "".join(f'<c:pt idx="{at}"><c:v>{serial(month)}</c:v></c:pt>' for at, month in enumerate(chart.months))
    values = "".join(
        f'<c:pt idx="{at}"><c:v>{value!r}</c:v></c:pt>' for at, value in enumerate(line.values) if value is not None
    )
    look = line.look
    return (
        f'<c:ser><c:idx val="{index}"/><c:order val="{index}"/>{name}'
        f"<c:spPr>{_line(look.colour, look.width if line.drop is None else 0, look.dash)}</c:spPr>"
        f"{_marker(look)}{_points(line)}{_label(chart, line, side)}{_drop(line)}"
        f"<c:cat><c:numRef><c:f>Sheet1!$A$2:$A${last}</c:f><c:numCache><c:formatCode>{MONTH_FORMAT}</c:formatCode>"
        f'<c:ptCount val="{len(chart.months)}"/>{months}</c:numCache></c:numRef></c:cat>'
        f"<c:val><c:numRef><c:f>Sheet1!${column}$2:${column}${last}</c:f><c:numCache>"
        f"<c:formatCode>{escape(chart.number_format, quote=False)}</c:formatCode>"
        f'<c:ptCount val="{len(chart.months)}"/>{values}</c:numCache></c:numRef></c:val><c:smooth val="0"/></c:ser>'
    )


def _marker(look: LineStyle, hollow: bool = False) -> str:
    """A mark; a hollow one is pale within, and not white: some programs draw no outline."""
    if not look.size:
        return '<c:marker><c:symbol val="none"/></c:marker>'
    pale = hollow or look.hollow
    shade = '<a:lumMod val="40000"/><a:lumOff val="60000"/>' if pale else ""
    fill = fill_xml(look.colour, shade)
    return (
        f'<c:marker><c:symbol val="{look.marker}"/><c:size val="{look.size}"/>'
        f"<c:spPr>{fill}{_line(look.colour, 1.5 if pale else 0.75)}</c:spPr></c:marker>"
    )


def _points(line: Line) -> str:
    """Single figures that look otherwise: no line leads to them, or they are provisional."""
    known = [at for at in sorted(line.apart | line.hollow) if line.values[at] is not None]
    look = line.look
    point_parts = []
    for at in known:
        leading = _line(look.colour, 0 if at in line.apart else look.width, "dash" if at in line.hollow else look.dash)
        marker = _marker(look, at in line.hollow)
        point_parts.append(f'<c:dPt><c:idx val="{at}"/>{marker}<c:bubble3D val="0"/><c:spPr>{leading}</c:spPr></c:dPt>')
    return "".join(point_parts)


def _drop(line: Line) -> str:
    """A line down from each value, as an error bar of a fixed length."""
    if line.drop is None:
        return ""
    drawn = _line(line.look.colour, line.look.width, line.look.dash)
    return (
        '<c:errBars><c:errDir val="y"/><c:errBarType val="minus"/><c:errValType val="fixedVal"/><c:noEndCap val="1"/>'
        f'<c:val val="{line.drop!r}"/><c:spPr>{drawn}</c:spPr></c:errBars>'
    )


def _label(chart: NativeChart, line: Line, side: Side) -> str:
    """The last figure, written beside its point."""
    if line.labelled is None:
        return ""
    shown = (
        '<c:showLegendKey val="0"/><c:showVal val="{0}"/><c:showCatName val="0"/><c:showSerName val="0"/>'
        '<c:showPercent val="0"/><c:showBubbleSize val="0"/>'
    )
    text = TEXT.replace('b="0"', 'b="1"')
    return (
        f'<c:dLbls><c:dLbl><c:idx val="{line.labelled}"/>'
        f'<c:numFmt formatCode="{escape(chart.number_format)}" sourceLinked="0"/><c:spPr><a:noFill/></c:spPr>'
        f'<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr>{text}</a:pPr><a:endParaRPr lang="{LANGUAGE}"/></a:p></c:txPr>'
        f'<c:dLblPos val="{side}"/>{shown.format(1)}</c:dLbl>{shown.format(0)}</c:dLbls>'
    )
