"""The store is proved against what was kept of the files: an extract, a report by its layout, a published edition."""

from __future__ import annotations

from datetime import date

from sqlalchemy import text

from scorecard.access.person import local_person
from scorecard.use_cases.derive_again import derive_again
from scorecard.use_cases.open_scorecard import Scorecard
from scorecard.use_cases.published.import_file import import_published, preview_published
from scorecard.use_cases.safekeeping import verify_store
from scorecard.use_cases.upload.report_layouts import keep_layout
from scorecard.use_cases.upload.submit_extract import preview_extract, submit_extract
from tests.conftest import WHEN
from tests.published.files import ees, year
from tests.store.submitted import tampering
from tests.use_cases.upload.test_reports import layout, report

TODAY = date(2020, 11, 10)
EXTRACT = "measure_id,period,value,numerator,denominator\ncontacts-becoming-referrals,2020-08,20%,20,100\n" \
          "adoptions,2020-08,[x],,\n"  # fmt: skip


def test_each_extract_is_read_again_and_the_first_figure_that_differs_is_named(opened: Scorecard) -> None:
    url = opened.settings.database_url
    submit_extract(opened, preview_extract(opened, "august.csv", EXTRACT.encode(), today=TODAY), when=WHEN)
    keep_layout(opened, layout(), when=WHEN)
    previewed = preview_extract(opened, "report.csv", report("September 2020"), today=TODAY)
    assert previewed.layout is not None
    submit_extract(opened, previewed, when=WHEN)
    edition = preview_published(opened, [("file.csv", ees(year("8.1")))], published=date(2026, 2, 24))[0]
    import_published(opened, edition, when=WHEN)
    assert derive_again(url) == (3, ())
    changed = {
        "UPDATE observations SET value = 19 WHERE month = 202008 AND value = 20": 1,
        "UPDATE observations SET symbol = 'c' WHERE month = 202008 AND symbol = 'x'": 1,
        "UPDATE observations SET numerator = 24 WHERE month = 202009 AND numerator = 25": 2,
        "UPDATE published_figures SET value = 8.2": 3,
    }
    with tampering(opened.store, "observations", "published_figures") as connection:
        for statement in changed:
            assert connection.execute(text(statement)).rowcount == 1
    faults = derive_again(url).faults
    assert faults == (
        "Extract 1 (august.csv): adoptions, August 2020, area E06000045 is stored as no value [c], and what was kept "
        "of the file says no value [x]; 1 more differs.",
        "Extract 2 (report.csv): contacts-becoming-referrals, September 2020, area E06000045 is stored as 25 (24 of "
        "100), and what was kept of the file says 25 (25 of 100).",
        "Extract 3 (file.csv): social-worker-turnover, September 2025, area 852 is stored as 8.2, and what was kept of "
        "the file says 8.1.",
    )
    assert verify_store(opened.settings, person=local_person("tester")).faults == faults
