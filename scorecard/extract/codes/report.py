"""Every kind of finding about a report that is read by its own layout."""

from __future__ import annotations

from scorecard.extract.codes.code import Code, error, information, warning

LAYOUT_CODES: dict[str, Code] = {
    "read-by-layout": information(
        "Read by a layout",
        "The file is a source's own report. It was read as its layout says, which was shown once and kept.",
        "Mosaic monthly performance, version 2",
        "Nothing is needed, if that is the report you sent.",
    ),
    "layout-sheet-missing": error(
        "The report's sheet is missing",
        "The workbook has no sheet of the name that the layout says.",
        "'Summary' is now called 'Summary 20-21'",
        "Rename the sheet, or show the report's layout again on the Upload page.",
    ),
    "layout-header-moved": error(
        "The report's header has moved",
        "The header that the layout knows is in a different row.",
        "the header in row 6, where the layout says row 4",
        "Check whether rows were added above the header. If the report has changed, show its layout again.",
    ),
    "layout-column-missing": error(
        "A column of the report is missing",
        "The layout needs a column that the header no longer has.",
        "'Numerator' is gone, or is now called 'Num.'",
        "Name the column as it was. If the report has changed, show its layout again.",
    ),
    "layout-column-new": warning(
        "A new column in the report",
        "The header has a column that wasn't there when the layout was shown. It was not read.",
        "a column 'Adjusted actual' beside 'Actual'",
        "Check that the figures are still in the columns that are read; show the layout again to stop this warning.",
    ),
    "layout-label-unknown": error(
        "A label that the layout doesn't know",
        "The row has figures, but the layout says neither which measure its label means nor to leave it out.",
        "'Referrals received' where the layout knows 'Referrals'",
        "Name the row as it was, or show the layout again and say what the label means.",
    ),
    "layout-label-missing": warning(
        "A label is missing from the report",
        "The layout knows the label, but the report no longer has a row or column of it.",
        "no row 'Adoptions'",
        "Check whether the report is whole. If the label is gone for good, show the layout again without it.",
    ),
    "layout-measure-unknown": error(
        "The layout means a measure that isn't there",
        "The layout gives a label the id of a measure that isn't in the catalogue.",
        "'Adoptions' means adoptions-made, but the catalogue has adoptions",
        "Show the layout again and choose a measure of the catalogue.",
    ),
    "layout-month-unclear": error(
        "The report's month is not clear",
        "Where the layout says that the month is, there is none, or more than one.",
        "cell B2 says 'Monthly report'; the file is called report-final.xlsx",
        "Write the month there, as 'August 2020', or show the layout again and say where the month is.",
    ),
}
