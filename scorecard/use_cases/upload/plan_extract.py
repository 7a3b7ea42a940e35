"""Write the plan's actuals as an extract: python -m scorecard.use_cases.upload.plan_extract [FOLDER].

The catalogue is the source of the plan's figures; the file in data/extracts is written from it by this command, and
loading it reports every figure as unchanged. Run it after an edit to the plan's figures; a test holds the two together.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from scorecard.catalogue.models import Catalogue
from scorecard.catalogue.plan_figures import plan_observations
from scorecard.core.periods import month_code
from scorecard.use_cases.open_scorecard import PROJECT, load_catalogue, settings_from
from scorecard.use_cases.upload.long_file import Row, long_file, number_text

FOLDER = PROJECT / "data" / "extracts"


def plan_extract(catalogue: Catalogue) -> tuple[str, bytes]:
    """The name and the bytes of an extract that holds the plan's actuals, in the plan's order."""
    period = month_code(catalogue.plan.actuals)
    figures = plan_observations(catalogue)
    rows = (
        Row(
            str(figure["measure_id"]),
            period,
            number_text(figure["value"]) or f"[{figure['symbol']}]",
            number_text(figure["numerator"]),
            number_text(figure["denominator"]),
        )
        for figure in figures.to_dict("records")
    )
    return f"{period}.csv", long_file(rows)


def main(arguments: list[str]) -> int:
    """Writes the file, in data/extracts where no folder is named, and says where it is."""
    folder = Path(arguments[0]) if arguments else FOLDER
    catalogue, _ = load_catalogue(settings_from(os.environ))
    name, content = plan_extract(catalogue)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(content)
    print(folder / name)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
