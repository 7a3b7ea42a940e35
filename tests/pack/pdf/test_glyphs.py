"""What the shipped fonts print, and what stands in place of a character that they lack."""

from __future__ import annotations

from scorecard.pack.pdf.glyphs import in_print, printable
from scorecard.pack.pdf.render import pdf
from scorecard.pack.snapshot.canonical_json import canonical_json
from tests.pack import invented
from tests.pack.invented import pages_of, squeezed


def test_characters_that_the_font_lacks_are_shown_by_their_number() -> None:
    text = squeezed(" ".join(pages_of(pdf(canonical_json(invented.hostile_snapshot(invented.BEYOND_THE_FONT))))))
    assert "[U+4E2D][U+6587][U+1F600][U+202E]abc" in text


def test_the_fonts_print_welsh_polish_and_the_signs_of_figures() -> None:
    wanted = "ÂÊÎÔÛŴŶâêîôûŵŷÁÉÍÓÚẂÝáéíóúẃýÄËÏÖÜẄŸäëïöüẅÿĄĆĘŁŃÓŚŹŻąćęłńóśźż−–—≥≤×→·…‘’“”£€%½"
    assert not [sign for sign in wanted if ord(sign) not in printable()]
    assert in_print(wanted) == wanted
    assert in_print("e\u0301 a\u0000\tb") == "é a[U+0000] b"
