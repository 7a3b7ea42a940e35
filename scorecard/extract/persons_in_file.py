"""What a whole file tells of single persons, whatever of it is read: for files that older versions kept."""

from __future__ import annotations

from scorecard.extract.files.contents import Contents, Refused, Sheet
from scorecard.extract.files.sent_file import SentFile
from scorecard.extract.header.read_header import find_header, top_rows
from scorecard.extract.persons.find_persons import kinds_in
from scorecard.extract.persons.personal_columns import is_of_one_child, is_personal
from scorecard.extract.persons.personal_data import personal_words

COLUMNS = "columns about persons"
UNREADABLE = "a file that can't be read any more"
_FEWEST_OF_A_LIST = 3  # columns of a list of children; a sheet that explains names has fewer


def persons_in_file(content: bytes, file_name: str) -> tuple[str, ...]:
    """What a file's cells, columns, name, and whatever else a workbook carries say of persons, by kinds; none: ()."""
    try:
        contents: Contents = SentFile(content, file_name).contents
    except Refused:
        return (UNREADABLE,)
    kinds = {kind for sheet in contents.sheets for kind in _in_sheet(sheet)}
    kinds |= {kind for part in contents.carried for kind in part.holds}
    named = personal_words(file_name)
    return tuple(sorted(kinds | ({named} if named else set())))


def _in_sheet(sheet: Sheet) -> set[str]:
    at = find_header(sheet.records)
    if at is not None:
        personal = any(is_personal(name) for name in sheet.records[at])
    else:
        rows = [[cell for cell in row if cell.strip()] for _, row in top_rows(sheet.records)]
        personal = any(len(row) >= _FEWEST_OF_A_LIST and any(map(is_of_one_child, row)) for row in rows)
    return {*kinds_in(sheet.records), *({COLUMNS} if personal else set())}
