"""What the shipped fonts print, and what stands in place of a character that they lack."""

from __future__ import annotations

import pytest

from scorecard.pack.pdf.glyphs import in_print, printable
from scorecard.pack.pdf.render import pdf
from scorecard.pack.snapshot.canonical_json import canonical_json
from tests.pack import invented
from tests.pack.invented import pages_of, squeezed


def test_characters_that_the_font_lacks_are_said_in_words_and_codes() -> None:
    text = squeezed(" ".join(pages_of(pdf(canonical_json(invented.hostile_snapshot(invented.BEYOND_THE_FONT))))))
    assert squeezed("[Chinese U+4E2D 6587] [grinning face] [U+202E]abc") in text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("儿童 visits", "[Chinese U+513F 7AE5] visits"),
        ("محضر الأطفال", "[Arabic U+0645 062D 0636 0631] [Arabic U+0627 0644 0623 0637 0641 0627 0644]"),
        ("ילד 5", "[Hebrew U+05D9 05DC 05D3] 5"),
        ("seen 👶 in time ✅", "seen [baby] in time [white heavy check mark]"),
        ("one\u200btwo\u202ethree", "one[U+200B]two[U+202E]three"),
        ("two\nlines\tof it", "two lines of it"),
        ("a ^ b ] c \\ d", "a ^ b ] c \\ d"),
    ],
)
def test_what_can_t_be_printed_is_said_plainly(text: str, said: str) -> None:
    assert in_print(text) == said


def test_the_fonts_print_welsh_polish_and_the_signs_of_figures() -> None:
    wanted = "ÂÊÎÔÛŴŶâêîôûŵŷÁÉÍÓÚẂÝáéíóúẃýÄËÏÖÜẄŸäëïöüẅÿĄĆĘŁŃÓŚŹŻąćęłńóśźż−–—≥≤×→·…‘’“”£€%½"
    assert not [sign for sign in wanted if ord(sign) not in printable()]
    assert in_print(wanted) == wanted
    assert in_print("e\u0301 a\u0000\tb") == "é a[U+0000] b"
