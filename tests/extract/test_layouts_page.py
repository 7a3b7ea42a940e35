"""The layout that docs/layouts.md shows can be read, and its report too."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

from scorecard.extract.layout import MonthIn, read_layout

PAGE = Path(__file__).parents[2] / "docs" / "layouts.md"


def test_the_layout_on_the_page_is_one() -> None:
    text = PAGE.read_text(encoding="utf-8")
    found = re.search(r"```yaml\n(.*?)```", text, re.DOTALL)
    assert found is not None
    layout = read_layout(found[1].encode())
    assert layout.column_of("Permanence › Adoptions", "value") == "Number"
    assert layout.symbols == {"n/a": "x", "*": "c"}
    for place in get_args(MonthIn):
        assert place in text
