import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorecard.core.safe_text import spreadsheet_safe, visible

SAFE = [
    ("=1+1", "'=1+1"),
    ("+A1", "'+A1"),
    ("-A1", "'-A1"),
    ("@SUM(A1)", "'@SUM(A1)"),
    ("\t=1", "'\t=1"),
    ("\r=1", "'\r=1"),
    (" =1", "' =1"),
    ("＝1", "'＝1"),
    ("-6.14", "-6.14"),
    ("+3", "+3"),
    ("-1,234.5", "-1,234.5"),
    ("-1+1", "'-1+1"),
    ("-", "'-"),
    ("82%", "82%"),
    ("plain", "plain"),
    ("", ""),
]


@pytest.mark.parametrize(("text", "safe"), SAFE)
def test_no_text_is_read_as_a_formula_and_no_number_is_changed(text: str, safe: str) -> None:
    assert spreadsheet_safe(text) == safe


@given(st.text(max_size=20))
def test_what_starts_as_a_formula_never_leaves_as_one(text: str) -> None:
    safe = spreadsheet_safe(text)
    assert safe in (text, "'" + text)
    assert not safe.startswith(("=", "@", "\t", "\r"))


@pytest.mark.parametrize(
    ("text", "shown"),
    [("a\x00b", "a‹U+0000›b"), ("a\u200bb", "a‹U+200B›b"), ("x" * 81, "x" * 79 + "…"), ("x" * 80, "x" * 80)],
)
def test_what_cannot_be_seen_is_written_out_and_long_text_is_cut(text: str, shown: str) -> None:
    assert visible(text) == shown
