from scorecard.extract import limits
from scorecard.extract.codes.registry import CODES
from tests.extract.findings_page import PAGE, page


def test_docs_findings_lists_every_code_as_the_register_has_it() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "renew it: python -m tests.extract.findings_page"
    assert all(f"| `{code}` |" in page() for code in CODES)


def test_the_limits_that_the_page_names_are_the_ones_that_hold() -> None:
    text = page()
    for limit in (limits.MOST_ROWS, limits.MOST_COLUMNS, limits.MOST_CELLS, limits.LONGEST_CELL, limits.MOST_OF_A_CODE):
        assert f"{limit:,}" in text
    assert f"{limits.MOST_BYTES // 1_000_000} MB" in text
    assert f"{limits.MOST_UNZIPPED // 1_000_000} MB" in text
