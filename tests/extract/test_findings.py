import csv
import io
import json

import pandas as pd
import pytest

from scorecard.extract.codes.registry import CODES, SEVERITIES
from scorecard.extract.findings import FINDING_COLUMNS, Finding, Findings, fault, faults


def some() -> Findings:
    rows = pd.DataFrame({"row": [9, 4], "measure_id": ["a", "=b"]})
    parts = [fault("unknown-column", "Comments", row=1, column="Comments"), faults("missing-value", rows, "value", "")]
    return Findings("july.csv", parts)


def test_errors_come_first_and_then_rows() -> None:
    assert [(finding.severity, finding.row) for finding in some()] == [("error", 4), ("error", 9), ("warning", 1)]


def test_a_finding_says_where_what_and_what_to_do() -> None:
    assert str(some()[2]) == (
        "warning: july.csv, row 1, Comments: An unknown column. Found: Comments. Check that nothing in it is needed; "
        "rename it or delete it."
    )


def test_findings_are_a_sequence() -> None:
    findings = some()
    assert len(findings) == 3
    assert findings[-1].code == "unknown-column"
    assert isinstance(findings[0:2], tuple)
    assert isinstance(findings[0], Finding)
    with pytest.raises(IndexError):
        findings[3]
    assert len(findings.of("error")) == findings.count("error") == findings.count("missing-value") == 2
    assert findings.counts == {"missing-value": 2, "unknown-column": 1}


def test_no_findings_are_an_empty_sequence_with_the_same_columns() -> None:
    nothing = Findings("july.csv")
    assert (len(nothing), list(nothing), nothing.counts, nothing.to_records()) == (0, [], {}, [])
    assert list(nothing.frame.columns) == FINDING_COLUMNS


def test_csv_is_safe_for_a_spreadsheet_and_complete() -> None:
    rows = list(csv.DictReader(io.StringIO(some().to_csv().decode("utf-8-sig"))))
    assert [row["measure_id"] for row in rows] == ["'=b", "a", ""]
    assert list(rows[0]) == FINDING_COLUMNS


def test_json_has_plain_values_and_nothing_for_what_is_absent() -> None:
    records = json.loads(json.dumps(some().to_records()))
    assert records[0]["row"] == 4
    assert records[2]["measure_id"] is None


@pytest.mark.parametrize("code", CODES)
def test_every_code_is_described_in_plain_words(code: str) -> None:
    kind = CODES[code]
    assert code == code.lower()
    assert kind.severity in SEVERITIES
    assert all([kind.title, kind.meaning, kind.example, kind.remedy])
    assert kind.remedy.endswith((".", "?"))
