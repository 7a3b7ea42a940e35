"""A service area on its page: how many charts it prints and how many stand in a row, and what the web page adds."""

from __future__ import annotations

import pytest

from scorecard.pack.document.blocks import Gallery, Screen, Text
from scorecard.pack.document.service_areas import _area
from tests.pack import invented


@pytest.mark.parametrize(
    ("measures", "in_a_row", "on_paper", "on_the_web_page", "notes"),
    [
        (3, 3, 3, 0, []),
        (4, 4, 4, 0, []),
        (5, 3, 5, 0, []),
        (6, 3, 6, 0, []),
        (7, 3, 6, 1, ["1 more chart is on the web page and in the workbook."]),
        (9, 3, 6, 3, ["3 more charts are on the web page and in the workbook."]),
    ],
)
def test_six_charts_are_printed_at_most_and_the_web_page_has_the_others_in_rows_alike(
    measures: int, in_a_row: int, on_paper: int, on_the_web_page: int, notes: list[str]
) -> None:
    pack = invented.three_measures()
    quiet = [
        measure.model_copy(update={"judgement": measure.judgement.model_copy(update={"exception": False})})
        for measure in pack.service_areas[0].measures
    ]
    area = pack.service_areas[0].model_copy(
        update={"measures": tuple((quiet * 3)[:measures]), "responsible": (), "outcomes": ()}
    )
    blocks = _area(pack, area)
    printed, *others = [block for block in blocks if isinstance(block, Gallery)]
    assert (printed.columns, len(printed.items), others) == (in_a_row, on_paper, [])
    assert [block.text for block in blocks if isinstance(block, Text) and "more chart" in block.text] == notes
    added = [block.blocks[0] for block in blocks if isinstance(block, Screen)]
    assert [(each.columns, len(each.items)) for each in added if isinstance(each, Gallery)] == (
        [(in_a_row, on_the_web_page)] if on_the_web_page else []
    )
