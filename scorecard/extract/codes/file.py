"""Every kind of finding about a file as a whole: its bytes, its text, its sheets and what it carries."""

from __future__ import annotations

from scorecard.extract.codes.code import Code, error, information, warning

FILE_CODES: dict[str, Code] = {
    "empty-file": error(
        "The file is empty",
        "There is nothing in the file, or nothing but blank cells.",
        "a file of 0 bytes",
        "Check that this is the file you meant, and send it again.",
    ),
    "file-too-large": error(
        "The file is too large",
        "The file is larger than any extract: it was not read.",
        "a file of 210 MB",
        "Send files of 50 MB at most; split a long history by year.",
    ),
    "too-many-rows": error(
        "Too many rows",
        "The table has more than 500,000 rows, or a wide table more than 500,000 figures.",
        "600,000 rows",
        "Split the file by year. If the rows below the figures look blank, delete them and save again.",
    ),
    "too-many-columns": error(
        "Too many columns",
        "The table has more than 200 columns.",
        "a cell in column XFD",
        "Keep only the columns of an extract, and save again.",
    ),
    "too-many-cells": error(
        "Too many cells",
        "The table has more than 5,000,000 cells, or cells that are very far apart.",
        "one cell in A1 and another in GR500000",
        "Keep only the columns of an extract, delete stray cells, and save again.",
    ),
    "too-many-sheets": error(
        "Too many sheets",
        "The workbook has more than 100 sheets.",
        "a workbook of 250 sheets",
        "Save the sheet that holds the figures as a file of its own.",
    ),
    "cell-too-long": error(
        "A cell is too long",
        "A cell holds more than 32,767 characters, more than a spreadsheet can. Reading stopped there.",
        "a cell of 10 MB",
        "Shorten the cell. A quotation mark that is never closed is the usual cause.",
    ),
    "unclosed-quote": error(
        "A quotation mark is never closed",
        "A cell starts with a quotation mark and the file ends before the next one, so rows ran into one cell.",
        'a note that starts with " and does not end with one',
        "Close the quotation mark, or take it out.",
    ),
    "unreadable-encoding": error(
        "The file's characters can't be read",
        "The text is neither UTF-8, UTF-16 nor Windows-1252.",
        "a file cut off in the middle of a character",
        "Save the file as 'CSV UTF-8' and send it again.",
    ),
    "odd-bytes": information(
        "Single characters of another encoding",
        "The file is UTF-8, except for single characters, for example in a note pasted from another program. "
        "They were read as Windows-1252.",
        "’ in line 3",
        "Check them in the notes. Save the file as 'CSV UTF-8' next time.",
    ),
    "binary-content": error(
        "The file holds something that is not text",
        "There are NUL or control characters in a cell, or the whole file is of another kind.",
        "a PDF; a cell that holds a NUL",
        "Save the figures as CSV UTF-8 or .xlsx and send that. Clear the cell and type it again.",
    ),
    "not-an-extract": error(
        "The file is not a CSV or .xlsx",
        "The file is of a kind that can hold a table, but not one that is read here.",
        "a web page saved as .xls; a Word document; a zip of CSV files",
        "Open it in a spreadsheet, save the figures as .xlsx or 'CSV UTF-8', and send that.",
    ),
    "old-workbook": error(
        "An older kind of workbook",
        "The file is an .xls, .xlsb or .ods workbook.",
        "figures.xls from Excel 2003",
        "Open it and save as .xlsx, then send that.",
    ),
    "password-protected": error(
        "The workbook has a password",
        "The file is encrypted, so it can't be read.",
        "a workbook that asks for a password on opening",
        "Save a copy without a password and send that.",
    ),
    "damaged-workbook": error(
        "The workbook can't be opened",
        "The .xlsx is damaged, cut short, or not built as a workbook.",
        "an upload that was cut off",
        "Open it in Excel, save as .xlsx again, and send that.",
    ),
    "reader-stopped": error(
        "The file stopped its reader",
        "Each file is read by a process of its own, within 1.5 GB of memory and two minutes. This one needed more, or "
        "made that process stop. Nothing else was harmed, and nothing is stored.",
        "more than 1.5 GB of memory; stopped by signal 9",
        "Copy the figures into a new workbook, or save them as 'CSV UTF-8', and send that. If the machine was short of "
        "memory, send the file again.",
    ),
    "zip-bomb": error(
        "The workbook unpacks to far more than its size",
        "A small file that unpacks to something huge is refused before it is unpacked.",
        "200 kB that unpack to 200 MB",
        "Copy the figures into a new workbook and send that: 120 MB unpacked at most.",
    ),
    "xml-entities": error(
        "The workbook holds XML that a spreadsheet never writes",
        "A part of the workbook declares entities of its own, which can be made to read other files.",
        "<!DOCTYPE … SYSTEM 'file:///…'>",
        "Copy the figures into a new workbook and send that.",
    ),
    "no-such-sheet": error(
        "No such sheet",
        "The workbook has no sheet with the name that was asked for.",
        "sheet 'July' in a workbook of 'Figures' and 'Notes'",
        "Choose one of the sheets that the workbook has.",
    ),
    "several-sheets": warning(
        "Other sheets hold tables too",
        "More than one sheet has a header with measure_id; only one was read.",
        "sheets 'July' and 'August'",
        "Check that the sheet that was read is the one you meant, or choose another.",
    ),
    "wrong-extension": information(
        "The file's name says another kind",
        "The file was read by what is in it, not by its name.",
        "an .xlsx workbook named figures.csv",
        "Nothing is needed. Give the file its right ending next time.",
    ),
    "formulas-not-calculated": error(
        "Formulas that were never calculated",
        "Cells of the sheet hold a formula but no value, because the program that wrote the file did not calculate it. "
        "A row counts as blank only where it has nothing but formulas that may give nothing.",
        "3 formulas without a value: C2, C3, C4",
        "Open the file in a spreadsheet, let it recalculate, save it, and send it again.",
    ),
    "hidden-figures": warning(
        "Figures that can't be seen",
        "Hidden rows and columns, also those that a filter hides, are read as if they were shown. A hidden sheet is "
        "read only where no visible sheet has an extract's header, or where it was asked for.",
        "2 hidden rows (4, 9)",
        "Show them and check their figures; delete those that aren't meant.",
    ),
    "hidden-parts": information(
        "Hidden parts of the workbook",
        "Hidden sheets were not read, or hidden rows and columns hold no figure.",
        "2 hidden sheets: 'Lists', 'Old'",
        "Nothing is needed, unless figures should be there. A hidden sheet isn't kept: if it says more than the "
        "figures do, delete copies of the file that went elsewhere.",
    ),
    "carries-persons": warning(
        "The file carries something about persons",
        "Apart from the sheet that was read, the workbook carries something about single persons: in another "
        "sheet, a comment, the data behind a pivot table, a property, a page header or a text box. It isn't kept.",
        "the data behind a pivot table (an NHS number)",
        "Take it out, and delete copies of the file that went elsewhere. Nothing of it is kept here.",
    ),
    "carries-more": information(
        "The file carries more than its figures",
        "The workbook has comments, properties, page headers, text boxes, pivot tables or the like. "
        "None of it is read or kept.",
        "comments, text boxes",
        "It isn't kept. If it says more than the figures do, delete copies of the file that went elsewhere.",
    ),
    "formulas-read-as-values": information(
        "Formulas were read as their last values",
        "Cells of the workbook hold formulas. What they showed when it was last saved was read.",
        "12 formulas",
        "Check that the workbook was recalculated before it was saved.",
    ),
}
