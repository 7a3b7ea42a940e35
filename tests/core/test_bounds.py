"""Texts that are kept have a length each and nothing that can't be seen, at file, terminal and page alike."""

from __future__ import annotations

import pytest

from scorecard.core.bounds import LONGEST, LONGEST_WORDS, Kept, bounded


@pytest.mark.parametrize("what", LONGEST)
def test_a_text_is_kept_up_to_its_length_and_without_unseen_marks(what: Kept) -> None:
    assert bounded(what, f" {'é' * LONGEST[what]} ") == "é" * LONGEST[what]
    for wrong in ("x" * (LONGEST[what] + 1), "a\u202eb", "a\x00b", "a\nb", "a\u200bb"):
        with pytest.raises(ValueError, match=f"The {what} has"):
            bounded(what, wrong)


def test_a_page_s_words_fit_with_the_kind_of_reason() -> None:
    from scorecard.use_cases.upload.submit_extract import REASONS

    assert LONGEST_WORDS + max(map(len, REASONS)) + len(": ") <= LONGEST["reason"]
