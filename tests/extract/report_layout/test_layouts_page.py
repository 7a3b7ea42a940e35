"""The layouts that docs/layouts.md shows can be read."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

from scorecard.extract.report_layout.model import MonthIn, read_layout

PAGE = Path(__file__).parents[3] / "docs" / "layouts.md"


def test_the_layouts_on_the_page_are_some() -> None:
    text = PAGE.read_text(encoding="utf-8")
    shown, published = (
        read_layout(layout_text.encode()) for layout_text in re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)
    )
    assert shown.column_of("Permanence › Adoptions", "value") == "Number"
    assert shown.symbols == {"n/a": "x", "*": "c"}
    for month_in in get_args(MonthIn):
        assert month_in in text
    assert published.areas == ("Southampton", "South East", "E92000001")
    assert published.side_by_side
