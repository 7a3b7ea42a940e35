"""Every kind of finding: its code, how serious it is, what it means, an example and what to do."""

from __future__ import annotations

from scorecard.extract.codes.code import SEVERITIES, Code, Severity
from scorecard.extract.codes.code import error as _error
from scorecard.extract.codes.code import information as _information
from scorecard.extract.codes.code import warning as _warning
from scorecard.extract.codes.file import FILE_CODES
from scorecard.extract.codes.history import DOUBT_CODES
from scorecard.extract.codes.published import PUBLISHED_CODES
from scorecard.extract.codes.report import LAYOUT_CODES

__all__ = ["CODES", "DOUBT_CODES", "SEVERITIES", "Code", "Severity"]

SYMBOLS_REMEDY = "Write the figure, or a symbol: [x] not available, [c] suppressed, [z] not applicable, : missing."

HEADER_CODES: dict[str, Code] = {
    "more-of-the-same": _information(
        "More of the same",
        "There are more findings of one code than are listed: 50,000.",
        "unreadable-value: more than 50,000",
        "Mend what they have in common first, and send the file again.",
    ),
    "no-measure-id": _error(
        "No column is called measure_id",
        "No row near the top has a column measure_id: the table is a source's own report, or not yet an extract.",
        "a report with 'Indicator' where measure_id should stand",
        "If this is a source's own report, show once on the Upload page how it is laid out. If not, the header needs "
        "measure_id, period and value (or numerator and denominator), or a column a month.",
    ),
    "missing-column": _error(
        "A column is missing",
        "The header has measure_id, but not the other columns that an extract needs.",
        "measure_id, when, value",
        "The header needs measure_id, period and value (or numerator and denominator), or a column a month.",
    ),
    "duplicate-header": _error(
        "The same header twice",
        "Two columns have the same name, or name the same month, so it isn't known which counts.",
        "value, Value",
        "Delete or rename one of the two.",
    ),
    "personal-column": _error(
        "A column about persons",
        "An extract holds figures of groups, never of a named or numbered person. No other sheet of a workbook may "
        "list children either.",
        "Forename, Date of birth, NHS number",
        "Delete the column and send the file again. Delete copies that went elsewhere, too.",
    ),
    "unknown-column": _warning(
        "An unknown column",
        "An extract has no column of this name, or the column has no name. It was not read.",
        "a column 'Comments'",
        "Check that nothing in it is needed; rename it or delete it.",
    ),
    "empty-column": _information(
        "A month's column with nothing in it",
        "In a wide table a month's column is blank from top to bottom. It was skipped.",
        "a column 2020-12 prepared for later",
        "Nothing is needed, unless it should have figures.",
    ),
    "title-rows": _information(
        "Rows above the header",
        "The header isn't the first row. The rows above it were not read.",
        "a title in row 1, the header in row 3",
        "Nothing is needed, unless part of the table is there, such as its months.",
    ),
    "no-rows": _error(
        "A header with no rows",
        "There is a header, but no figures below it.",
        "a template that was never filled in",
        "Add a row for each figure.",
    ),
    "row-too-long": _error(
        "A row is longer than the header",
        "The row has more cells than the header has names, so cells may have moved to the right.",
        "a note with a comma in it and no quotation marks",
        "Put cells that hold the separator in quotation marks, or delete the cells to the right.",
    ),
    "repeated-header": _error(
        "The header again, among the figures",
        "A row repeats the header's names, as when two files were joined.",
        "measure_id, period, value in row 40",
        "Delete the row.",
    ),
}
CELL_CODES: dict[str, Code] = {
    "missing-measure": _error(
        "A row without a measure",
        "The row has figures, but nothing under measure_id.",
        "blank, 2020-07, 82",
        "Write the measure's id. If its cell is merged with the one above, unmerge and fill down.",
    ),
    "unknown-measure": _error(
        "No such measure",
        "The catalogue has no measure with this id.",
        "contacts-becoming-referals",
        "Use the id as the template gives it.",
    ),
    "missing-period": _error(
        "A row without a period",
        "The row has a figure, but nothing under period.",
        "referrals-rate, blank, 82",
        "Write the month, as 2020-07.",
    ),
    "unreadable-period": _error(
        "A period that can't be read",
        "The cell has no month, quarter or year, or not clearly one.",
        "2020-13; 44013; last month",
        "Write a month as 2020-07, a year as 2019-20, a quarter as 2019-20 Q1.",
    ),
    "unreadable-value": _error(
        "A number that can't be read",
        "The cell has neither a number nor one of the symbols.",
        "NaN; about 80; 14 days; (12)",
        SYMBOLS_REMEDY,
    ),
    "decimal-comma": _error(
        "A decimal comma",
        "The number seems to be written with a comma before its decimals, which could be read in two ways.",
        "1.234,5",
        "Write decimals with a point: 1234.5.",
    ),
    "formula": _error(
        "A formula instead of a figure",
        "The cell starts as a formula does. No formula is evaluated.",
        "=1+1",
        "Send the figure itself: copy and 'paste as values'.",
    ),
    "missing-value": _error(
        "No figure beside a period",
        "A blank can mean zero, not yet known or hidden. It is never guessed.",
        "referrals-rate, 2020-07, blank",
        SYMBOLS_REMEDY,
    ),
    "unknown-area": _error(
        "An area that is not a code",
        "An area is a nine-character GSS code.",
        "Southampton; 852",
        "Write the area's GSS code, as E06000045, or leave it blank for the authority's own figures.",
    ),
    "negative-value": _error(
        "Less than zero",
        "The figure is negative, and no measure can be.",
        "−3 referrals",
        "Check the figure.",
    ),
    "over-maximum": _error(
        "More than there can be",
        "The figure is over 100%, or over the highest value that the catalogue gives this measure.",
        "820 for a percentage",
        "Check the figure; perhaps a decimal point is missing.",
    ),
    "percent-sign": _error(
        "A percentage where none belongs",
        "The figure has a % sign, but the measure is not a percentage.",
        "82% for a number of children",
        "Check that the figure belongs to this measure; write the number without %.",
    ),
    "numerator-over-denominator": _error(
        "Part greater than the whole",
        "The numerator of a percentage is greater than its denominator.",
        "12 of 10",
        "Check both numbers; perhaps they are the wrong way round.",
    ),
    "zero-denominator": _error(
        "A share of nothing",
        "The denominator is 0, so there can be no value.",
        "value 100 for 0 of 0",
        "For 0 of 0 write [z] as value; otherwise mend the denominator.",
    ),
    "ratio-disagrees": _error(
        "Value and numbers disagree",
        "The value is not numerator ÷ denominator (× 100, 10,000 or 1,000 by unit) to the digits given.",
        "82 beside 40 of 50",
        "Check all three numbers.",
    ),
    "symbol-beside-figures": _error(
        "A symbol beside numbers that give the value",
        "The value is withheld or missing, but numerator and denominator give it.",
        "[c], 3, 12",
        "Clear the numerator and denominator, or give the value.",
    ),
    "month-not-over": _error(
        "A period that isn't over",
        "A figure for a period that is not over is accepted only as provisional.",
        "figures for July on 20 July",
        "Wait until the period is over, or mark the figure as provisional: 82 [p].",
    ),
    "month-not-begun": _error(
        "A period that hasn't begun",
        "The period starts after today, so there can be no figure for it.",
        "2030-07",
        "Check the period.",
    ),
    "retired-measure": _error(
        "A measure that has ended",
        "The catalogue says that the measure was retired before this period.",
        "a figure for 2021-06 of a measure retired in 2021-03",
        "Leave the row out, or ask for the measure to be kept.",
    ),
    "before-start": _error(
        "A measure that hadn't begun",
        "The catalogue says that the measure starts after this period.",
        "a figure for 2020-07 of a measure that starts in 2020-09",
        "Leave the row out, or ask for the catalogue's start to be changed.",
    ),
    "duplicate-cell": _error(
        "The same figure twice",
        "Two rows give the same measure, area and period.",
        "referrals-rate for 2020-07 in rows 5 and 9",
        "Keep one of the two.",
    ),
    "source-unkept": _error(
        "A source's name that can't be kept",
        "The name of a source has more than 100 characters, or some that can't be seen.",
        "a whole note under 'source'; a mark that turns the direction of writing",
        "Write the source's usual name, such as 'Human Resources'.",
    ),
    "note-too-long": _error(
        "A note that is too long",
        "A note has more than 2,000 characters.",
        "a pasted report",
        "Shorten the note.",
    ),
    "personal-note": _error(
        "A note or a cell about one person",
        "A cell of the sheet, read or not, or a name of the file or sheet, seems to hold an NHS number, a unique pupil "
        "number, a National Insurance number, a date of birth, or a post code beside an age.",
        "a note with ten digits that check as an NHS number; 'DOB 03/02/2011'. It is never shown again.",
        "Take it out and send the file again. Delete copies that went elsewhere, too.",
    ),
}
CODES: dict[str, Code] = FILE_CODES | HEADER_CODES | CELL_CODES | DOUBT_CODES | LAYOUT_CODES | PUBLISHED_CODES
