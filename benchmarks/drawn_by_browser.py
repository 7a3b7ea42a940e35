"""Draws plotly figures with kaleido and a browser, for benchmarks.pack: run in an environment that has kaleido.

python drawn_by_browser.py FIGURES.json: a list of figures as plotly JSON; prints the seconds that drawing all took.
"""

from __future__ import annotations

import json
import sys
import time

import kaleido
import plotly.io


def main() -> None:
    with open(sys.argv[1], encoding="utf-8") as file:
        figures = [plotly.io.from_json(json.dumps(figure)) for figure in json.load(file)]
    start = time.perf_counter()
    kaleido.start_sync_server()
    drawn = [kaleido.calc_fig_sync(figure, opts={"format": "pdf", "width": 700, "height": 400}) for figure in figures]
    kaleido.stop_sync_server()
    print(json.dumps({"seconds": time.perf_counter() - start, "bytes": sum(map(len, drawn))}))


if __name__ == "__main__":
    main()
