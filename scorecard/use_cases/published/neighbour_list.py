"""Turn a published sheet of statistical neighbours into an edition's file: python -m … SHEET TARGET.

The sheet (.xlsx or CSV) is read as any file that isn't ours; every fault is told, and then nothing is written.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from scorecard.extract.files.contents import Refused
from scorecard.extract.files.sent_file import SentFile
from scorecard.extract.findings import Findings
from scorecard.published.authorities import read_authorities
from scorecard.published.neighbours import file_of_lists, lists_of_sheet
from scorecard.use_cases.open_scorecard import settings_from


def main(arguments: list[str]) -> int:
    """Writes the lists and says of how many authorities. 1 where the sheet is refused, 2 for wrong usage."""
    if len(arguments) != 2:
        sys.stderr.write("Name the sheet and the file to write: SHEET config/neighbours/NAME.csv\n")
        return 2
    sheet, target = map(Path, arguments)
    authorities = read_authorities((settings_from(os.environ).published.parent / "authorities.csv").read_bytes())
    try:
        records = SentFile(sheet.read_bytes(), sheet.name).contents.sheets[0].records
        lists = lists_of_sheet(list(records), authorities)
    except Refused as refused:
        sys.stderr.writelines(f"{finding}\n" for finding in Findings(sheet.name, refused.faults))
        return 1
    target.write_bytes(file_of_lists(lists))
    print(f"{target}: neighbours of {len(lists)} authorities")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
