"""What is kept of a file: what was read of it, enough to read it again; and files of older versions, replaced by it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from scorecard.catalogue.models import Catalogue
from scorecard.cli.commands import main
from scorecard.extract.check_extract import CheckedExtract, check_extract
from scorecard.extract.check_report import check_report
from scorecard.extract.files.sent_file import SentFile
from scorecard.extract.parse.rows import EarlierFigures
from scorecard.extract.report_layout.model import make_layout
from scorecard.store import open_store
from tests.store.submitted import store_of_files

TODAY = date(2020, 9, 10)
ONE, TWO = "looked-after-children-number", "contacts-becoming-referrals"
SAID = '"late, ""as said"""'
LONG = (
    f"Title,,,,\n\n measure_id ,period,value,Further,note\n{ONE},2020-08, 514 ,hush,{SAID}\n\n{TWO},2020-08,27%,hush,\n"
)
WIDE = f"measure_id,hush,2020-07,2020-08\n{ONE},hush,512,514\n{TWO},hush,26%,27%\n"
READ_LONG = f"\n\nmeasure_id,period,value,,note\n{ONE},2020-08,514,,{SAID}\n\n{TWO},2020-08,27%\n"
READ_WIDE = f"measure_id,,2020-07,2020-08\n{ONE},,512,514\n{TWO},,26%,27%\n"


@pytest.mark.parametrize(("text", "read"), [(LONG, READ_LONG), (WIDE, READ_WIDE)])
def test_what_was_read_is_kept_in_its_place_and_reads_the_same(text: str, read: str, plan_catalogue: Catalogue) -> None:
    checked = check_extract(text.encode(), "a.csv", plan_catalogue, today=TODAY)
    assert checked.table.decode() == read
    again = check_extract(checked.table, "a.csv", plan_catalogue, today=TODAY)
    pd.testing.assert_frame_equal(again.observations, checked.observations)
    assert again.table == checked.table


REPORT = (
    "Summary for August 2020,by B\n\nGroup,Indicator,Result,Told to\n"
    "Care,Looked after,514,hush\n,Contacts,27%,hush\n,Left,3,hush\n"
)
READ_REPORT = "Summary for August 2020\n\nGroup,Indicator,Result\nCare,Looked after,514\n,Contacts,27%\n"


def test_what_was_read_of_a_report_reads_the_same_by_its_layout(plan_catalogue: Catalogue) -> None:
    layout = make_layout({
        "layout": "L", "source": "S", "header_row": 3, "header": ["Group", "Indicator", "Result", "Told to"],
        "labels_in": ["Group", "Indicator"], "value": "Result", "month": {"stands_in": "cell", "cell": "A1"},
        "measures": {"Care › Looked after": ONE, "Care › Contacts": TWO}, "ignored": ["Care › Left"],
    })  # fmt: skip
    known = check_extract(b"", "", plan_catalogue, today=TODAY).observations

    def read(content: bytes) -> CheckedExtract:
        return check_report(
            SentFile(content, "r.csv"), plan_catalogue, layout, TODAY, lambda _: EarlierFigures(known, None, None)
        )

    checked = read(REPORT.encode())
    assert (checked.table.decode(), checked.month) == (READ_REPORT, "2020-08")
    pd.testing.assert_frame_equal(read(checked.table).observations, checked.observations)


def test_files_that_tell_of_persons_are_found_and_replaced_after_a_yes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "old.db"
    persons = b"measure_id,period,value,Seen by\nm,2020-07,1,943 476 5919\n"
    store_of_files(path, persons, b"measure_id,period,value\nm,2020-07,2\n")
    monkeypatch.setenv("SCORECARD_DATABASE_URL", f"sqlite:///{path}")
    assert main(["redact"]) == 3
    assert main(["redact", "--yes"]) == 1, "a reason is needed"
    assert main(["redact", "--yes", "--reason", "persons", "--by", "Bob"]) == 0
    printed = capsys.readouterr()
    assert "Extract 1, 1.csv: an NHS number." in printed.out
    assert "Extract 2" not in printed.out
    assert "943" not in printed.out + printed.err
    with open_store(f"sqlite:///{path}") as store:
        assert list(store.sent_files) == [2]
        stored_table = store.read_table(1)
        assert stored_table is not None
        assert (
            stored_table.content
            == b"measure_id,period,area,value,numerator,denominator,note\nm,2020-07,E06000045,1,,,\n"
        )
        assert store.acts()["what"].tolist().count("removed the sent file") == 1
    assert main(["redact"]) == 0
