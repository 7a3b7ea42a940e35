"""What is pasted becomes fit to be kept; Markdown is shown, and everything else is text."""

from __future__ import annotations

import pytest

from scorecard.narrative.commentary.markdown import as_html, as_lines
from scorecard.narrative.commentary.repeated import repeated
from scorecard.narrative.commentary.sentences import sentences
from scorecard.narrative.commentary.written_text import cleaned, require_short_enough


@pytest.mark.parametrize(
    ("pasted", "expected"),
    [
        ("  one\r\ntwo\vthree\n\n\n\nfour ", "one\ntwo\nthree\n\nfour"),
        ("a\u00a0b\u2009c\u00adde\u200bf\ufeff", "a b cdef"),
        ("“quoted” – it’s", "“quoted” – it’s"),
        ("\u0093quoted\u0094 \u0096 it\u0092s", "“quoted” – it’s"),
        ("\uf0b7\tone\n•\ttwo\n·  three", "- one\n- two\n- three"),
        ("<b>bold</b> <!--[if gte mso 9]> x", "<b>bold</b> <!--[if gte mso 9]> x"),
    ],
)
def test_what_a_word_processor_leaves_goes_and_words_stay(pasted: str, expected: str) -> None:
    assert cleaned(pasted) == expected
    assert cleaned(expected) == expected


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
        ("- a\n  1. x\n  2. y\n- b",
         "<ul> <li>a <ol> <li>x</li> <li>y</li> </ol> </li> <li>b</li> </ul>", ("• a", "1. x", "2. y", "• b")),
        ("1. a\n   - x\n2. b", "<ol> <li>a <ul> <li>x</li> </ul> </li> <li>b</li> </ol>", ("1. a", "• x", "2. b")),
        ("- a\n  b\n\nc", "<ul> <li>a<br> b</li> </ul> <p>c</p>", ("• a", "b", "c")),
        ("<script>x</script>", "<p>&lt;script&gt;x&lt;/script&gt;</p>", ("<script>x</script>",)),
        ("[a](javascript:x) ![i](y)", "<p>[a](javascript:x) ![i](y)</p>", ("[a](javascript:x) ![i](y)",)),
        ("# not a heading", "<p># not a heading</p>", ("# not a heading",)),
    ],
)  # fmt: skip
def test_a_comment_s_markdown_is_paragraphs_lists_bold_and_italics(
    text: str, html: str, lines: tuple[str, ...]
) -> None:
    assert " ".join(as_html(text).split()) == html
    assert as_lines(text) == lines


@pytest.mark.parametrize(
    ("now", "before", "how_many"),
    [
        ("In July it rose to 82%, as two workers left.", "In June it rose to 79% as two workers left!", 1),
        ("A new duty team has begun and cases are shared out daily.", "In June it rose to 79% as two workers left.", 0),
        ("Sickness rose.", "Sickness rose.", 0),  # so short a sentence is alike by chance
        ("One thing changed here at last. Two workers were off sick again.", "Two workers were off sick again.", 1),
    ],
)
def test_last_month_s_sentences_are_found(now: str, before: str, how_many: int) -> None:
    assert len(repeated(now, before)) == how_many


def test_the_sentences_that_were_said_before_are_given_as_they_stand_now() -> None:
    now = "- In July it **rose** to 82%, as two workers left.\n- A new duty team has begun and shares out cases."
    before = "In May, it rose to 79% as two workers left! Sickness fell."
    assert repeated(now, before) == ("In July it rose to 82%, as two workers left.",)
    assert repeated("One two three four.", "One two three four.") == ()
    assert repeated("One two three four five.", "One two three four five.") == ("One two three four five.",)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("It rose. It fell! Why? We ask; they answer.", ("It rose.", "It fell!", "Why?", "We ask;", "they answer.")),
        ("He said ‘it rose.’ Then it fell.", ("He said ‘it rose.", "Then it fell.")),
        ("It was 4.5 days", ("It was 4.5 days",)),
        ("- One\n- Two", ("One", "Two")),
        ("", ()),
    ],
)
def test_the_sentences_of_a_comment(text: str, parts: tuple[str, ...]) -> None:
    assert sentences(text) == parts


def test_what_can_not_be_seen_is_named_with_what_to_do() -> None:
    with pytest.raises(ValueError, match="seen") as refused:
        cleaned("a\u202eb", "The action")
    assert str(refused.value) == (
        "The action has characters that can't be seen (U+202E right-to-left override). Nothing was saved, and your "
        "words are still here: take those characters out, or type the line again."
    )
    with pytest.raises(ValueError, match=r"\(U\+202A left-to-right embedding, .{168}\)\. Nothing was saved"):
        cleaned("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")  # no more than 200 letters of their names
    with pytest.raises(ValueError, match=r"^text has characters"):
        cleaned("a\u202eb")


def test_a_comment_has_4000_characters_of_all_its_texts_at_most() -> None:
    require_short_enough({"Reason": "a" * 2500, "Action": "b" * 1500})
    with pytest.raises(ValueError, match="can be kept") as refused:
        require_short_enough({"Reason": "a" * 1500, "Action": "b" * 2501})
    assert str(refused.value) == (
        "The comment has 4,001 characters, and 4,000 can be kept: take out 1. ‘Action’ is the longest. Nothing was "
        "saved, and your words are still here."
    )
