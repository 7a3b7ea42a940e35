"""What the shipped fonts print, and what stands in place of a character that they lack."""

from __future__ import annotations

import struct

import pytest

from scorecard.pack.pdf.glyphs import _groups, _lacking, in_print, printable
from scorecard.pack.pdf.render import pdf
from scorecard.pack.snapshot.canonical_json import canonical_json
from tests.pack import invented
from tests.pack.invented import pages_of, squeezed


@pytest.fixture(autouse=True)
def _read_anew() -> None:
    """The fonts are read for each test, not remembered from another."""
    printable.cache_clear()
    _lacking.cache_clear()


def test_characters_that_the_font_lacks_are_said_in_words_and_codes() -> None:
    text = squeezed(" ".join(pages_of(pdf(canonical_json(invented.hostile_snapshot(invented.BEYOND_THE_FONT))))))
    assert squeezed("[Chinese U+4E2D 6587] [grinning face] [U+202E]abc") in text


@pytest.mark.parametrize(
    ("text", "expected"),
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
def test_what_can_t_be_printed_is_said_plainly(text: str, expected: str) -> None:
    assert in_print(text) == expected


def test_the_fonts_print_welsh_polish_and_the_signs_of_figures() -> None:
    wanted = "ÂÊÎÔÛŴŶâêîôûŵŷÁÉÍÓÚẂÝáéíóúẃýÄËÏÖÜẄŸäëïöüẅÿĄĆĘŁŃÓŚŹŻąćęłńóśźż−–—≥≤×→·…‘’“”£€%½"
    assert not [sign for sign in wanted if ord(sign) not in printable()]
    assert in_print(wanted) == wanted
    assert in_print("e\u0301 a\u0000\tb") == "é a[U+0000] b"


def test_a_font_s_table_of_characters_is_read_by_its_groups() -> None:
    groups = ((0x20, 0x7E, 1), (0xA0, 0xA0, 96), (0x142, 0x144, 97))
    format_12 = struct.pack(">HHIII", 12, 0, 16 + 12 * len(groups), 0, len(groups))
    format_12 += b"".join(struct.pack(">III", *group) for group in groups)
    format_4 = struct.pack(">HHH", 4, 8, 0) + b"\0\0"
    encodings = struct.pack(">HHI", 0, 3, 20) + struct.pack(">HHI", 3, 10, 20 + len(format_4))
    cmap = struct.pack(">HH", 0, 2) + encodings + format_4 + format_12
    assert _groups(b"before" + cmap, 6) == {*range(0x20, 0x7F), 0xA0, 0x142, 0x143, 0x144}
    assert _groups(struct.pack(">HH", 0, 1) + struct.pack(">HHI", 0, 3, 12) + format_4, 0) == frozenset()


def test_letters_of_other_scripts_are_not_taken_for_printable() -> None:
    known = printable()
    assert all(ord(sign) in known for sign in " ~AZaz09")
    assert not [sign for sign in "\u513f\u0645\u05d9\U0001f476" if ord(sign) in known]
