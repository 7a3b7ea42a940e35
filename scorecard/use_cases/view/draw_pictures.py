"""Draw pictures: a chart to keep, as a PNG for a slide or a letter. The same drawing as the SVG and the PDF."""

from __future__ import annotations

from scorecard.charts import TrendChart
from scorecard.pack.pdf.png import png
from scorecard.use_cases.view.charts import download_svg
from scorecard.use_cases.view.measures import View


def download_png(view: View, chart: TrendChart) -> bytes:
    """A chart as a PNG, with its finding as its title. Raises PackError where it can't be drawn."""
    return view.memoised(("png", chart.measure_id, chart.charted), lambda: png(download_svg(view, chart)))
