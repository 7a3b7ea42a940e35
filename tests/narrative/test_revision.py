"""What a revision changed can be seen from its two texts."""

import pytest

from scorecard.narrative.revision import revision_words

OLD = {"old_value": 27.0, "old_numerator": None, "old_denominator": None, "old_symbol": None}
NEW = {"new_value": 27.0, "new_numerator": None, "new_denominator": None, "new_symbol": None}
COUNTS = {"numerator": 270.0, "denominator": 1000.0}


def of(side: str, **figure: object) -> dict[str, object]:
    return {f"{side}_{name}": value for name, value in figure.items()}


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        (of("new", value=28.0), ("27%", "28%")),
        (of("new", value=27.04), ("27.00%", "27.04%")),
        (of("new", value=27.0000000001), ("27.000000%", "27.000000% (a smaller change)")),
        (of("new", symbol="p"), ("27%", "27% [p]")),
        (of("new", value=None, symbol="c"), ("27%", "suppressed")),
        (of("new", **COUNTS), ("27%", "27% (270 of 1,000 added)")),
        (of("old", **COUNTS), ("27% (270 of 1,000)", "27% (no longer 270 of 1,000)")),
        (
            of("old", **COUNTS) | of("new", numerator=540.5, denominator=2001.85),
            ("27% (270 of 1,000)", "27% (540.5 of 2,001.85)"),
        ),
        (of("new", denominator=1000.0), ("27%", "27% (of 1,000 added)")),
        (of("new", numerator=270.0), ("27%", "27% (270 added)")),
    ],
)
def test_what_changed_is_seen(changed: dict[str, object], expected: tuple[str, str]) -> None:
    row = {"kind": "revised", **OLD, **NEW, **changed}
    assert revision_words(row, "percent", 0) == expected


def test_a_figure_that_is_new_has_nothing_before_it() -> None:
    nothing = of("old", value=None, numerator=None, denominator=None, symbol=None)
    assert revision_words({"kind": "new", **nothing, **NEW}, "percent", 0) == (None, "27%")
    assert revision_words({"kind": "new", **nothing, **NEW}, None, 0) == (None, "27")
