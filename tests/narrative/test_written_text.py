"""What is pasted becomes fit to be kept; Markdown is shown, and everything else is text."""

from __future__ import annotations

import pytest

from scorecard.narrative.commentary.markdown import as_html, as_lines
from scorecard.narrative.commentary.repeated import repeated
from scorecard.narrative.commentary.written_text import cleaned


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("  one\r\ntwo\vthree\n\n\n\nfour ", "one\ntwo\nthree\n\nfour"),
        ("a\u00a0b\u2009c\u00adde\u200bf\ufeff", "a b cdef"),
        ("“quoted” – it’s", "“quoted” – it’s"),
        ("\u0093quoted\u0094 \u0096 it\u0092s", "“quoted” – it’s"),
        ("\uf0b7\tone\n•\ttwo\n·  three", "- one\n- two\n- three"),
        ("<b>bold</b> <!--[if gte mso 9]> x", "<b>bold</b> <!--[if gte mso 9]> x"),
    ],
)
def test_what_a_word_processor_leaves_goes_and_words_stay(pasted: str, kept: str) -> None:
    assert cleaned(pasted) == kept
    assert cleaned(kept) == kept


@pytest.mark.parametrize("sign", ["\u202e", "\u2066", "\u200f", "\x00", "\x1b", "\U000e0041"])
def test_signs_that_hide_or_turn_words_are_refused(sign: str) -> None:
    with pytest.raises(ValueError, match="can't be seen"):
        cleaned(f"a{sign}b")


@pytest.mark.parametrize(
    ("text", "html", "lines"),
    [
        ("It *fell* **far**.", "<p>It <em>fell</em> <strong>far</strong>.</p>", ("It fell far.",)),
        ("- one\n- two\n", "<ul> <li>one</li> <li>two</li> </ul>", ("• one", "• two")),
        ("3. a\n4. b", '<ol start="3"> <li>a</li> <li>b</li> </ol>', ("3. a", "4. b")),
        ("one\ntwo", "<p>one<br> two</p>", ("one", "two")),
        ("<script>x</script>", "<p>&lt;script&gt;x&lt;/script&gt;</p>", ("<script>x</script>",)),
        ("[a](javascript:x) ![i](y)", "<p>[a](javascript:x) ![i](y)</p>", ("[a](javascript:x) ![i](y)",)),
        ("# not a heading", "<p># not a heading</p>", ("# not a heading",)),
    ],
)
def test_a_comment_s_markdown_is_paragraphs_lists_bold_and_italics(
    text: str, html: str, lines: tuple[str, ...]
) -> None:
    assert " ".join(as_html(text).split()) == html
    assert as_lines(text) == lines


@pytest.mark.parametrize(
    ("now", "before", "found"),
    [
        ("In July it rose to 82%, as two workers left.", "In June it rose to 79% as two workers left!", 1),
        ("A new duty team has begun and cases are shared out daily.", "In June it rose to 79% as two workers left.", 0),
        ("Sickness rose.", "Sickness rose.", 0),  # so short a sentence is alike by chance
        ("One thing changed here at last. Two workers were off sick again.", "Two workers were off sick again.", 1),
    ],
)
def test_last_month_s_sentences_are_found(now: str, before: str, found: int) -> None:
    assert len(repeated(now, before)) == found
