"""A source's own report: its layout is shown once, recognised the next month, and stopped when it has changed."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from scorecard.access.person import local_person
from scorecard.cli.commands import main
from scorecard.use_cases.open_scorecard import Scorecard
from scorecard.use_cases.upload.check_file import HowToRead
from scorecard.use_cases.upload.recognise_reports import is_new_report, is_report
from scorecard.use_cases.upload.report_layouts import (
    LayoutError,
    NoSuchLayout,
    ReportLayout,
    StoredLayout,
    export_layout,
    import_layout,
    keep_layout,
    layout_named,
    layouts_in_use,
    make_layout,
    stop_layout,
)
from scorecard.use_cases.upload.submit_extract import Preview, preview_extract, submit_extract
from tests.conftest import IN_ONE_DATABASE, WHEN

TODAY = date(2020, 11, 10)
REPORT = """Case system: monthly figures
Month,{month}

Indicator,Number,Out of,Result
Contacts that became referrals,{a},100,{a}%
Adoptions,,,{b}
Total,,,7
"""


def report(month: str, a: int = 25, b: int = 2) -> bytes:
    return REPORT.format(month=month, a=a, b=b).encode()


def layout(**changed: object) -> ReportLayout:
    return make_layout(
        {
            "layout": "Case system monthly",
            "source": "Case management system",
            "header_row": 4,
            "header": ["Indicator", "Number", "Out of", "Result"],
            "labels_in": ["Indicator"],
            "measures": {"Contacts that became referrals": "contacts-becoming-referrals", "Adoptions": "adoptions"},
            "ignored": ["Total"],
            "value": "Result",
            "numerator": "Number",
            "denominator": "Out of",
            "month": {"stands_in": "cell", "cell": "B2"},
            **changed,
        }
    )


def preview(opened: Scorecard, content: bytes, **how: object) -> Preview:
    return preview_extract(opened, "report.csv", content, today=TODAY, how=HowToRead(**how))  # type: ignore[arg-type]


def test_a_report_is_recognised_next_month_and_loads_untouched(opened: Scorecard) -> None:
    assert preview(opened, report("August 2020")).checked.findings.counts == {"no-measure-id": 1}
    own_layout = keep_layout(opened, layout(), when=WHEN)
    assert own_layout.version == 1
    for number, month in enumerate(("August 2020", "September 2020"), 1):
        previewed = preview(opened, report(month, 25 - number))
        assert previewed.layout == own_layout
        assert not previewed.checked.warnings, list(map(str, previewed.checked.findings))
        receipt = submit_extract(opened, previewed, when=WHEN + timedelta(days=number))
        assert (receipt.extract_id, receipt.new) == (number, 2)
    sent = opened.store.extracts()
    assert sent["layout"].tolist() == ["Case system monthly, version 1"] * 2
    assert sent["source"].tolist() == ["Case management system"] * 2


@IN_ONE_DATABASE
@pytest.mark.parametrize(
    ("content", "report", "new"),
    [
        (REPORT.format(month="August 2020", a=25, b=2), True, True),
        # an extract without its period, most likely; a report may have a column measure_id too
        ("measure_id,when,value\nadoptions,2020-08,2\n", True, False),
        ("measure_id,period,value\nadoptionz,2020-08,2\n", False, False),
        ("measure_id,2020-08\nadoptionz,2\n", False, False),
        ("Forename,Result\nSam,2\n", True, False),  # what is about persons is to be mended, never to be read
        ("", False, False),
    ],
)
def test_a_report_whose_layout_is_still_to_be_shown_is_told_from_an_extract_with_faults(
    opened: Scorecard, content: str, report: bool, new: bool
) -> None:
    previewed = preview(opened, content.encode())
    assert previewed.checked.refused
    assert is_report(previewed.checked, previewed.layout) == report
    assert is_new_report(previewed.checked, previewed.layout) == new
    keep_layout(opened, layout(), when=WHEN)
    previewed = preview(opened, content.encode())
    assert not is_new_report(previewed.checked, previewed.layout)


@IN_ONE_DATABASE
def test_a_report_may_have_a_column_measure_id_of_its_own(opened: Scorecard) -> None:
    header = ["Measure ID", "Indicator", "Result"]
    own = layout(header=header, header_row=2, value="Result", numerator=None, denominator=None,
                 month={"stands_in": "cell", "cell": "A1"}, ignored=[])  # fmt: skip
    own_layout = keep_layout(opened, own, when=WHEN)
    previewed = preview(
        opened, b"August 2020\nMeasure ID,Indicator,Result\n1.1,Contacts that became referrals,25\n2.3,Adoptions,2\n"
    )
    assert (previewed.layout, previewed.checked.refused) == (own_layout, False)


def test_a_report_that_changed_is_stopped_until_it_is_shown_again(opened: Scorecard) -> None:
    keep_layout(opened, layout(), when=WHEN)
    changed = report("August 2020").replace(b"Result", b"Outcome")
    previewed = preview(opened, changed)
    assert previewed.layout is not None
    assert [(finding.code, finding.found) for finding in previewed.checked.errors] == [
        ("layout-column-missing", "Result")
    ]
    again = layout(header=["Indicator", "Number", "Out of", "Outcome"], value="Outcome")
    assert keep_layout(opened.of(local_person("Bob")), again, when=WHEN).version == 2
    assert not preview(opened, changed).checked.refused
    assert preview(opened, report("August 2020")).checked.refused, "now it is the old shape that is another"


@IN_ONE_DATABASE
def test_a_measure_that_is_not_in_the_catalogue_is_never_kept(opened: Scorecard) -> None:
    with pytest.raises(LayoutError, match="no measure has that id"):
        keep_layout(opened, layout(measures={"Adoptions": "adoption"}), when=WHEN)
    assert layouts_in_use(opened) == ()


@IN_ONE_DATABASE
def test_a_layout_goes_out_and_in_as_yaml(opened: Scorecard) -> None:
    keep_layout(opened, layout(), when=WHEN)
    name, content = export_layout(opened, "case system MONTHLY")
    assert name == "layout-case-system-monthly.yaml"
    stop_layout(opened, "Case system monthly", when=WHEN)
    assert preview(opened, report("August 2020")).layout is None
    assert import_layout(opened.of(local_person("Bob")), content, when=WHEN) == StoredLayout(layout(), 2)
    with pytest.raises(NoSuchLayout, match="Did you mean 'Case system monthly'"):
        layout_named(opened, "Case system month")
    assert preview(opened, report("August 2020"), recognise=False).layout is None


@pytest.fixture
def at_terminal(opened: Scorecard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SCORECARD_DATABASE_URL", opened.settings.database_url)
    file = tmp_path / "report.csv"
    file.write_bytes(report("August 2020", 20))
    (tmp_path / "layout.yaml").write_bytes(b"")
    return file


def test_reports_load_from_the_terminal(
    opened: Scorecard, at_terminal: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = str(at_terminal)
    assert main(["validate", file]) == 1
    assert "show once on the Upload page how it is laid out" in capsys.readouterr().out
    assert main(["load", file]) == 1
    assert "source's own report" in (last := capsys.readouterr().err.splitlines()[-1])
    assert "mend the errors" not in last
    assert main(["load", file, "--layout", "Case system monthly"]) == 2
    assert "None has been shown yet" in capsys.readouterr().err
    keep_layout(opened, layout(), when=WHEN)
    assert main(["load", file, "--layout", "Case system"]) == 2
    assert "Did you mean 'Case system monthly'?" in capsys.readouterr().err
    assert main(["validate", file]) == 0
    assert main(["validate", file, "--layout", "Case system monthly"]) == 0
    assert main(["load", file, "--month", "2020-07"]) == 1
    capsys.readouterr()
    assert main(["load", file, "--json", "--accept-warnings", "--reason", "Correction"]) == 0
    answer = json.loads(capsys.readouterr().out, parse_constant=pytest.fail)  # what was not there before is null
    assert (answer["extract"], answer["new"], answer["layout"]) == (1, 2, "Case system monthly, version 1")
    assert {finding["code"] for finding in answer["findings"]} >= {"read-by-layout"}
    assert {"name", "what", "before", "after"} <= set(answer["effects"][0])


def test_a_layout_may_be_a_file_of_its_own(at_terminal: Path) -> None:
    from scorecard.extract.report_layout.model import layout_yaml

    own = at_terminal.with_name("layout.yaml")
    assert main(["validate", str(at_terminal), "--layout", str(own)]) == 1, "an empty layout is refused in words"
    own.write_bytes(layout_yaml(layout()))
    assert main(["validate", str(at_terminal), "--layout", str(own)]) == 0


def test_a_report_read_by_another_layout_is_another_extract_and_by_the_same_changes_nothing(opened: Scorecard) -> None:
    """One report may hold figures for two layouts; and one whose layout was wrong is sent again by the right one."""
    content = report("October 2020")
    contacts, adoptions = "Contacts that became referrals", "Adoptions"
    first = layout(layout="One", measures={contacts: "contacts-becoming-referrals"}, ignored=["Total", adoptions])
    second = layout(layout="Two", measures={adoptions: "adoptions"}, ignored=["Total", contacts])
    already_held = []
    for how in (first, second, first):
        shown = preview_extract(opened, "r.csv", content, today=TODAY, how=HowToRead(layout=StoredLayout(how, 0)))
        already_held.append(shown.already_held)
        submit_extract(opened, shown, when=WHEN, reason="Other")
    assert already_held == [None, None, 1]
    assert len(opened.store.extracts()) == 2
