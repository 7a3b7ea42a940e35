"""`python -m benchmarks.assessment`: assessing 60 measures, and how it grows with months and with measures."""

from __future__ import annotations

from benchmarks.histories import history, more_measures, plan_catalogue
from benchmarks.timing import best, line
from scorecard.catalogue.plan_figures import plan_observations
from tests.assessed import assess


def main() -> None:
    catalogue = plan_catalogue()
    print("Assessment")
    printed = plan_observations(catalogue)
    line("the plan alone, 47 measures", f"{1000 * best(lambda: assess(catalogue, printed)):.0f} ms")
    sixty = more_measures(catalogue, 60)
    times = {}
    for months in (12, 36, 120):
        known = history(sixty, months)
        times[months] = best(lambda known=known: assess(sixty, known))  # type: ignore[misc]
        line(f"60 measures × {months} months", f"{1000 * times[months]:.0f} ms")
    line("ten years against one year", f"{times[120] / times[12]:.2f} ×")
    many = more_measures(catalogue, 600)
    known = history(many, 36)
    grown = best(lambda: assess(many, known), 3)
    line("ten times the measures (600 × 36 months)", f"{grown / times[36]:.1f} ×", "aim: at most 10")


if __name__ == "__main__":
    main()
