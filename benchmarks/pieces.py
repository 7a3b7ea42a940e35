"""`python -m benchmarks.pieces`: what a page waits for, piece by piece: projections, charts, findings."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

from benchmarks.history import SENT, fill
from benchmarks.timing import best, line
from scorecard.access.person import local_person
from scorecard.analysis.projection.project import project
from scorecard.charts import svg
from scorecard.use_cases.open_scorecard import Scorecard, open_scorecard, settings_from
from scorecard.use_cases.upload.findings_in_file import excerpt, filtered, first_findings, groups
from scorecard.use_cases.upload.submit_extract import preview_extract
from scorecard.use_cases.view.charts import trend
from scorecard.use_cases.view.measures import View, view_measures

MONTHS = 120
FAULTS = 50_000
SIZE = (600, 320)
AIM = "aim: under 0.5 s"


def made(view: View) -> list[object]:
    """Every trend chart of a view, made anew: the view keeps what it has drawn, so its store is emptied first."""
    view.memo.clear()
    return [trend(view, measure_id) for measure_id in view.rows]


def charts(opened: Scorecard) -> None:
    view = view_measures(opened)
    all_of_them = made(view)
    count = len(all_of_them)
    line(f"{count} trend charts of {MONTHS} months made", f"{best(lambda: made(view)):.2f} s", AIM)
    line(f"{count} of them drawn as SVG", f"{best(lambda: [svg(chart, *SIZE) for chart in all_of_them]):.2f} s", AIM)  # type: ignore[arg-type]


def findings(opened: Scorecard) -> None:
    text = "measure_id,period,value\n" + "adoptions,2020-13,abc\n" * FAULTS
    previewed = preview_extract(opened, "faults.csv", text.encode(), today=date(2021, 6, 1))
    all_findings = previewed.checked.findings

    def show() -> None:
        groups(all_findings)
        shown = first_findings(
            all_findings, filtered(all_findings, severity="error", code="unreadable-value", measure_id="adoptions"), 100
        )
        excerpt(previewed.content, previewed.checked, shown[:30], None, 10)

    line(f"{FAULTS:,} rows with faults counted, filtered and shown", f"{best(show):.2f} s", AIM)


def main() -> None:
    print("Pieces of pages")
    with tempfile.TemporaryDirectory() as folder:
        environment = {"SCORECARD_DATABASE_URL": f"sqlite:///{Path(folder) / 'scorecard.db'}"}
        with open_scorecard(settings_from(environment), local_person("benchmark"), SENT) as opened:
            fill(opened, MONTHS)
            figures = opened.store.observations()
            series = figures.groupby(["measure_id", "area"]).ngroups
            line(f"{series} series of {MONTHS} months projected", f"{best(lambda: project(figures)):.2f} s", AIM)
            charts(opened)
            findings(opened)


if __name__ == "__main__":
    main()
