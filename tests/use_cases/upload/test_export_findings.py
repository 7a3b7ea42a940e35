"""What a file does to the measures is said in the words of the pages, at the terminal too."""

from __future__ import annotations

import pandas as pd
import pytest

from scorecard.use_cases.upload.export_findings import effect_words


@pytest.mark.parametrize(
    ("level", "before", "after", "expected"),
    [
        ("", "met", "missed", "Met → Missed"),
        ("", None, "met", "not told yet → Met"),
        ("", float("nan"), "close", "not told yet → Close"),
        ("", "missed", None, "Missed → not told yet"),
        ("", "no_data", "no_target", "No figure → No target"),
        ("", "common_cause", "concern", "No real change → Getting worse"),
        ("", "improvement", "common_cause", "Improving → No real change"),
        ("plan's level", "improvement", "concern", "Towards the plan's level → Away from the plan's level"),
        ("target", "common_cause", "concern", "No real change → Away from the target"),
        ("", "neutral_high", "neutral_low", "Higher than usual → Lower than usual"),
        ("", None, "inconsistent", "not told yet → Hit and miss"),
        ("", "consistently_passing", "consistently_failing", "Reliably met → Not reliably met"),
    ],
)
def test_an_effect_is_told_in_the_words_of_the_pages(level: str, before: object, after: object, expected: str) -> None:
    row = {"measure_id": "m", "name": "Sickness days", "level": level, "what": "", "before": before, "after": after}
    assert effect_words(pd.DataFrame([row])) == [f"Sickness days: {expected}"]
