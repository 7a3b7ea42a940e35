"""`python -m benchmarks.pages`: how fast pages are drawn, side by side with bare Streamlit pages that draw the same.

Measured in a browser, from the click to all charts and pictures being there, in turns (ours, bare, ours …); the fastest
of the rounds counts, for whatever else the machine does only ever adds. A visit takes seconds, as each has a browser
that has loaded nothing before, and there are five to a round: two minutes in all.
A service area of 12 measures against a bare page with the same 12 as plotly charts; the overview against a bare page
with the same pictures, and on ten years of months for every measure against three. Then what the overview sends, and
how long the server takes for another list, month or measure, for who asks first and for who asks again: from the
browser's question to the end of the answer. --rounds N for a quicker look.
"""

from __future__ import annotations

import argparse
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import yaml
from playwright.sync_api import Browser, sync_playwright

from benchmarks.history import SENT, fill
from scorecard.access.person import local_person
from scorecard.use_cases.open_scorecard import PROJECT, open_scorecard, settings_from
from tests.journeys.browser import browser as browser_path
from tests.journeys.conftest import settled, visiting

SERVER = PROJECT / "server.py"
ROUNDS = 4
CHARTS = 12
AREA = "twelve-charts"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
BARE_CHARTS = """
import streamlit as st
from scorecard.charts import PLOTLY_CONFIG, figure
from scorecard.pages.parts.session import view_of
from scorecard.use_cases.view.charts import trend

st.set_page_config(layout="wide")
view = view_of(None, None)
for measure_id in view.in_area("twelve-charts"):
    st.plotly_chart(figure(trend(view, measure_id)), config=PLOTLY_CONFIG, theme=None, key=measure_id)
"""
BARE_PICTURES = """
import json
import streamlit as st

st.set_page_config(layout="wide")
for source in json.load(open({file!r})):
    st.html(f'<img alt="" src="{{source}}">')
"""
DRAWN = """(wanted) => {
  const app = document.querySelector('[data-testid="stApp"]');
  const plots = [...document.querySelectorAll('.js-plotly-plot')].filter((plot) => plot.querySelector('.main-svg'));
  const pictures = [...document.images].filter((image) => image.complete && image.naturalWidth);
  return app && app.getAttribute('data-test-script-state') === 'notRunning'
    && !document.querySelector('[data-stale="true"]') && !document.querySelector('[data-testid="stSkeleton"]')
    && plots.length >= wanted.plots && pictures.length >= wanted.pictures;
}"""


def twelve_measures(folder: Path) -> Path:
    """The project's catalogue with its first 12 monthly measures of the month gathered in one service area."""
    catalogue = yaml.safe_load((PROJECT / "config" / "measures.yaml").read_text(encoding="utf-8"))
    areas = catalogue["service_areas"]
    measures = [measure for area in areas for measure in area["measures"]]
    chosen = [measure for measure in measures if measure["accumulation"] == "in_month" and "pair" not in measure][
        :CHARTS
    ]
    for area in areas:
        area["measures"] = [measure for measure in area["measures"] if measure not in chosen]
    catalogue["service_areas"] = [area for area in areas if area["measures"]]
    catalogue["service_areas"].append({"id": AREA, "name": "Twelve charts", "measures": chosen})
    file = folder / "measures.yaml"
    file.write_text(yaml.safe_dump(catalogue, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return file


def filled(folder: Path, months: int, catalogue: Path) -> dict[str, str]:
    """The environment of a scorecard on a new store with so many months."""
    database = f"sqlite:///{folder / f'{months}.db'}"
    environment = {"SCORECARD_DATABASE_URL": database, "SCORECARD_CATALOGUE": str(catalogue)}
    with open_scorecard(settings_from(environment), local_person("benchmark"), SENT) as scorecard:
        fill(scorecard, months)
    return environment


@contextmanager
def served(script: Path, environment: dict[str, str]) -> Iterator[str]:
    """A Streamlit script, or the scorecard's own server, served: its address."""
    with socket.socket() as opened:
        opened.bind(("127.0.0.1", 0))
        port = opened.getsockname()[1]
    bare = ["-m", "streamlit", "run", str(script), "--server.port", str(port), "--server.headless", "true"]
    command = [str(script), str(port), "127.0.0.1"] if script == SERVER else bare
    process = subprocess.Popen(
        [sys.executable, *command], cwd=PROJECT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        env={**os.environ, **environment, "PYTHONPATH": str(PROJECT)},
    )  # fmt: skip
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(900):
            try:
                urllib.request.urlopen(f"{address}/_stcore/health", timeout=1)
                break
            except OSError:
                time.sleep(0.1)
        yield address
    finally:
        process.kill()  # a server that is told to end waits for its pages, and nothing of it is kept
        process.wait()


class Wanted(NamedTuple):
    """How many plotly charts and pictures a page has when it is drawn."""

    plots: int = 0
    pictures: int = 0


def drawn(browser: Browser, address: str, wanted: Wanted) -> float:
    """Seconds from asking for a page until all that was wanted is there."""
    page = browser.new_page(viewport={"width": 1440, "height": 1000})
    start = time.perf_counter()
    page.goto(address)
    page.wait_for_function(DRAWN, arg=wanted._asdict(), timeout=60_000, polling=10)
    seconds = time.perf_counter() - start
    page.close()
    return seconds


def pictures_of(browser: Browser, address: str) -> list[str]:
    """The addresses of all pictures on a page: the pictures themselves, for they are data."""
    with visiting(browser) as context:
        page = context.new_page()
        page.goto(address)
        settled(page)
        sources: list[str] = page.evaluate("() => [...document.images].map((image) => image.src)")
    return sources


def drawn_in_turns(browser: Browser, rounds: int, pages: dict[str, tuple[str, Wanted]]) -> dict[str, float]:
    """Seconds of each page, the fastest of the rounds, asked for in turns after a first visit to each.

    pages: by name the address, and what is wanted of it.
    """
    times: dict[str, list[float]] = {name: [] for name in pages}
    for turn in range(rounds + 1):
        for name, (address, wanted) in pages.items():
            seconds = drawn(browser, address, wanted)
            if turn:
                times[name].append(seconds)
    return {name: min(seconds_each) for name, seconds_each in times.items()}


READ = 5.0  # seconds: who opens a page reads it before asking for another month, and meanwhile the nearest are prepared
CHANGES = {
    "Another list": ("overview?list=missed", 0.0),
    "Another month, two before, when the page was read": ("overview?month=2020-05", READ),
    "Another month, a year and a half before": ("overview?month=2019-01", 0.0),
    "Another measure": ("measure?measure=adoptions", 0.0),
}
FOLLOWED = """(address) => {
  noted.ended = 0;
  history.pushState({}, '', address);
  window.dispatchEvent(new PopStateEvent('popstate'));
}"""


def answers(browser: Browser, address: str) -> tuple[int, dict[str, tuple[float, float]]]:
    """The bytes that the overview sends, and the milliseconds of each change, of a server that was asked nothing yet:
    for who asks first, and for who asks again.
    """
    took: dict[str, tuple[float, float]] = {}
    with visiting(browser) as context:
        page = context.new_page()
        page.goto(address)
        settled(page)
        sent = int(page.evaluate("noted.bytes"))
        for title, (change, read) in CHANGES.items():
            page.wait_for_timeout(read * 1000)
            milliseconds = []
            for _ in range(2):
                page.evaluate(FOLLOWED, f"{address}/{change}")
                settled(page)
                milliseconds.append(float(page.evaluate("noted.took")))
                page.evaluate(FOLLOWED, address)
                settled(page)
            took[title] = (milliseconds[0], milliseconds[1])
    return sent, took


PAIRS = (
    ("Service area with 12 charts / bare page with the same 12 by plotly", "area", "bare charts", 0.5),
    ("Overview / bare page with the same {pictures} pictures", "overview", "bare pictures", 1.2),
    ("Overview on 10 years of months / on 3 years", "ten years", "overview", 1.1),
)


def pages_beside(
    browser: Browser, ours: str, ten_years: str, bare_charts: str, bare_pictures: str
) -> dict[str, tuple[str, Wanted]]:
    """Each page's address, and what is wanted of it; the overview's own pictures are what the bare page draws."""
    area = f"{ours}/service-area?area={AREA}"
    pictures = {address: Wanted(pictures=len(pictures_of(browser, address))) for address in (area, ours, ten_years)}
    return {
        "area": (area, pictures[area]),
        "bare charts": (bare_charts, Wanted(plots=CHARTS)),
        "overview": (ours, pictures[ours]),
        "bare pictures": (bare_pictures, pictures[ours]),
        "ten years": (ten_years, pictures[ten_years]),
    }


def measured(
    folder: Path, browser: Browser, rounds: int
) -> tuple[dict[str, float], int, int, dict[str, tuple[float, float]]]:
    """Seconds of each page, how many pictures the overview has, the bytes it sends, milliseconds of each change."""
    charts, pictures, sources = (folder / name for name in ("bare_charts.py", "bare_pictures.py", "pictures.json"))
    charts.write_text(BARE_CHARTS, encoding="utf-8")
    pictures.write_text(BARE_PICTURES.format(file=str(sources)), encoding="utf-8")
    catalogue = twelve_measures(folder)
    three_years, ten_years = (filled(folder, months, catalogue) for months in (36, 120))
    with served(SERVER, three_years) as ours, served(SERVER, ten_years) as long:
        sent, took = answers(browser, ours)
        shown = pictures_of(browser, ours)
        sources.write_text(json.dumps(shown), encoding="utf-8")
        with served(charts, three_years) as bare_charts, served(pictures, three_years) as bare_pictures:
            pages = pages_beside(browser, ours, long, bare_charts, bare_pictures)
            return drawn_in_turns(browser, rounds, pages), len(shown), sent, took


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rounds", type=int, default=ROUNDS)
    rounds = arguments.parse_args().rounds
    path = browser_path()
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        browser = playwright.chromium.launch(args=FLAGS, **({} if path == "playwright" else {"executable_path": path}))
        seconds, pictures, sent, took = measured(Path(name), browser, rounds)
        browser.close()
    print(f"| In the browser, fastest of {rounds} | Seconds | Seconds of the other | Ratio | Aim |")
    print("|---|---:|---:|---:|---:|")
    for title, one, other, aim in PAIRS:
        ratio = seconds[one] / seconds[other]
        print(
            f"| {title.format(pictures=pictures)} | {seconds[one]:.2f} | {seconds[other]:.2f} | {ratio:.2f} | {aim} |"
        )
    print(f"\nThe overview sends {sent / 1000:,.0f} kB (aim: at most 400).\n")
    print("| The server's time, milliseconds (aim: at most 300) | Asked first | Asked again |")
    print("|---|---:|---:|")
    for title, (first, again) in took.items():
        print(f"| {title} | {first:.0f} | {again:.0f} |")


if __name__ == "__main__":
    main()
