"""Tell reports: whether a file is a source's own report, read by its own layout, rather than an extract."""

from __future__ import annotations

from datetime import date

from scorecard.extract.check_extract import CheckedExtract
from scorecard.use_cases.upload.findings_in_file import may_tell_of_a_child
from scorecard.use_cases.upload.report_layouts import StoredLayout

BESIDE_THE_TABLE = ("cell", "sheet_name", "file_name")
NO_EXTRACT = ("no-measure-id", "missing-column")  # said of a header that isn't an extract's


def is_report(checked: CheckedExtract, layout: StoredLayout | None) -> bool:
    """Whether a file is, or may be, a source's own report: read by a layout, or with a header that is no extract's.

    A report may have a column measure_id of its own; without a period and a value beside it, it is still no extract.
    """
    return layout is not None or any(checked.findings.count(code) for code in NO_EXTRACT)


def is_new_report(checked: CheckedExtract, layout: StoredLayout | None) -> bool:
    """Whether a file is most likely a source's own report whose layout is still to be shown.

    That is a table without a column measure_id, which no kept layout fits; not one that may tell of a child.
    """
    return layout is None and checked.findings.count("no-measure-id") > 0 and not may_tell_of_a_child(checked)


def asks_for_month(checked: CheckedExtract, layout: StoredLayout, month_read: date | None) -> bool:
    """Whether the month of a report is to be asked for: it is nowhere, or what is there may be another.

    month_read: the month that was given already, which stays to be changed.
    """
    where = layout.layout.month.stands_in
    unclear = any(checked.findings.count(code) for code in ("layout-month-unclear", "ambiguous-date"))
    return where == "asked" or (where in BESIDE_THE_TABLE and (unclear or month_read is not None))
