"""Every kind of finding about a published file, and about a list of statistical neighbours."""

from __future__ import annotations

from scorecard.extract.codes.code import Code, error, information, warning

PUBLISHED_CODES: dict[str, Code] = {
    "published-other-kind": error(
        "Not a published data file",
        "The file is none of the data files that are read: EES as CSV, and LAIT as parquet or CSV.",
        "the meta file beside an EES data file; a Fingertips CSV; a printed table; an .ods workbook",
        "Download the data file itself: docs/published.md says where each is.",
    ),
    "published-unreadable": error(
        "The published file can't be read",
        "The file is cut off or damaged, or its columns are of a kind that no figure has.",
        "a parquet file whose end is missing; a column of lists; a row with more cells than the header",
        "Download the file again, and send it as it comes.",
    ),
    "published-too-large": error(
        "The published file is too large",
        "The file has more than 300 MB, 5,000,000 rows or 500 columns, or unpacks to more than 2,000 MB.",
        "a file of 2 GB",
        "Take only the years and indicators that are needed from the publication's table tool.",
    ),
    "published-no-geography": error(
        "No column of areas",
        "The file has no column that says which area each row is about.",
        "time_period without geographic_level; Years without LA Number",
        "Send the data file as it was downloaded, with all its columns.",
    ),
    "published-no-period": error(
        "No column of periods",
        "The file has no column that says which period each row is about.",
        "geographic_level without time_period and time_identifier",
        "Send the data file as it was downloaded, with all its columns.",
    ),
    "published-feeds-nothing": error(
        "The file feeds no measure",
        "The file can be read, but has none of the indicators that config/published.yaml names.",
        "a file of school absence",
        "If a measure of the catalogue is in it, add the figure to config/published.yaml.",
    ),
    "published-no-figures": error(
        "No figure in the file",
        "The file has the columns, but no figure for an authority, a region or England.",
        "a file of schools alone",
        "Check that this is the file with figures for local authorities.",
    ),
    "published-indicator-missing": warning(
        "A column may have been renamed",
        "A figure of this data set has no column by any name that config/published.yaml knows, but the file has one of "
        "nearly that name. The figure is left out.",
        "turnover_rate_fte is now called turnover_rate_fte_percent",
        "If it was renamed, add the new name to the figure's headers in config/published.yaml.",
    ),
    "published-filter-missing": error(
        "A filter of the mapping isn't in the file",
        "config/published.yaml fixes a filter that the file doesn't have, or a choice that no row has.",
        "population_type is now called population_group",
        "Add this generation of the file's columns to the figure's headers in config/published.yaml.",
    ),
    "published-filter-open": error(
        "A filter is left open",
        "Several rows are of one figure, area and period, and differ in a filter that the mapping doesn't fix.",
        "would take 4 rows for one cell: say which school_type",
        "Fix the filter's choice under the figure's headers in config/published.yaml.",
    ),
    "published-cell-twice": error(
        "The same cell twice",
        "The file has two different values for one figure, area and period.",
        "two rows of 852 for 2025",
        "Download the file again. If it is published like this, ask the publisher which is right.",
    ),
    "published-same-cell": information(
        "The same cell again",
        "The file repeats rows, with the same value.",
        "12 rows",
        "Nothing is needed.",
    ),
    "published-time-unknown": error(
        "An unknown time identifier",
        "The time_identifier is not one of the open data standard's.",
        "Fiscal year",
        "Check the file: known are Calendar, Financial, Academic, Tax and Reporting year, their quarters and halves, "
        "terms, months and weeks.",
    ),
    "published-period-unreadable": error(
        "A period that can't be read",
        "The period is not a year, or names years that don't follow each other.",
        "201719",
        "Write 2018, or 201718 for a year that spans two.",
    ),
    "published-year-missing": warning(
        "A year is missing",
        "The year is given as 0: the rows were left out.",
        "'0' for an indicator in LAIT",
        "Nothing can be done about it here: the rows can't be dated.",
    ),
    "published-area-unknown": error(
        "An unknown area",
        "The table of authorities has no authority, region or country with this code.",
        "E06000099",
        "Check the code. If authorities have changed, add them to config/authorities.csv.",
    ),
    "published-area-twice": error(
        "Two areas in one row",
        "A row's number and its GSS code are of different authorities, so it isn't clear whose the figure is.",
        "852 (Southampton) and E06000044 (Portsmouth)",
        "Download the file again. If it is published like this, ask the publisher whose figure it is.",
    ),
    "published-symbol-unknown": error(
        "An unknown symbol",
        "The cell has neither a number nor a symbol of official statistics.",
        "n/a",
        "Known are c, x, z, u, k, low, ~, :, .., ., - and NULL. Ask the publisher what is meant.",
    ),
    "published-not-a-number": error(
        "Not a number",
        "The cell has a date, or years and months.",
        "'01:07' is years and months",
        "Map another indicator: this one can't be compared as a number.",
    ),
    "published-out-of-range": error(
        "Outside what it can be",
        "The value is below zero, or is a percentage over 100 that the mapping doesn't allow.",
        "104.2",
        "Ask the publisher. If it is right, set the figure's maximum in config/published.yaml.",
    ),
    "published-rows-skipped": information(
        "Rows left out",
        "Rows of levels other than local authority, region and England, and of authorities that did not exist then.",
        "3,400: level 'school'",
        "Nothing is needed.",
    ),
    "published-without-dictionary": information(
        "LAIT without its dictionary",
        "The table was read by the years that config/published.yaml gives for each indicator.",
        "bds_long.parquet alone",
        "Send the data dictionary with it, and the two are checked against each other.",
    ),
    "published-year-type": error(
        "The dictionary says another year",
        "LAIT's dictionary and config/published.yaml call an indicator's year differently.",
        "the dictionary says 'Academic Year' of LAC",
        "Correct year_ends and year_type in config/published.yaml.",
    ),
    "published-edition-unclear": warning(
        "It isn't known which edition is newer",
        "Another edition of the same data set ends in the same period, and neither says when it was published.",
        "two files whose newest period is March 2025",
        "Say when this one was published: --published 2025-11-20.",
    ),
    "published-earlier-edition": information(
        "An earlier edition than one that is stored",
        "The file only fills what later editions don't print.",
        "the edition of 2024, loaded after that of 2025",
        "Nothing is needed.",
    ),
    "neighbours-unreadable": error(
        "No list of statistical neighbours",
        "The sheet has no columns LA num and SN1 to SN10.",
        "a list of names without numbers",
        "Send the published sheet of statistical neighbour groups as it comes.",
    ),
    "neighbours-self": error(
        "An authority is its own neighbour",
        "The list names an authority among its own neighbours.",
        "852 in the row of 852",
        "Correct the list; no authority is compared with itself.",
    ),
    "neighbours-twice": error(
        "A neighbour twice",
        "The list names a neighbour twice for one authority, or an authority in two rows.",
        "851 twice in the row of 852",
        "Correct the list: each neighbour counts once.",
    ),
    "neighbours-unknown": error(
        "An unknown number",
        "The list names an authority that the table of authorities doesn't have.",
        "999",
        "Check the number. If authorities have changed, add them to config/authorities.csv.",
    ),
}
