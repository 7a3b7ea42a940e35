"""Where a sheet's cells stand, read from its XML all at once."""

from __future__ import annotations

import re
from typing import Any

import numpy as np

_ATTRIBUTE = re.compile(rb"([\w:]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_PLACE = re.compile(rb"([A-Za-z]{1,3})([0-9]{1,7})")
_ODD = (b":c", b"='s'")  # ways of writing a cell that spreadsheets don't use; so is white space before '='
_SPACE = np.frombuffer(b" \t\r\n", dtype="uint8")

_Numbers = np.ndarray[Any, Any]

_LETTERS, _SIGNS = 3, 11  # of 'XFD1048576"'
_SHARED, _DIGITS = b't="s"><v>', 10  # how a cell names a shared text; more digits than any such number has
_AFTER_TAG = np.frombuffer(b" \t\r\n>/", dtype="uint8")


def usual_places(piece: bytes) -> tuple[_Numbers, _Numbers] | None:
    """The rows and columns of a piece's cells, all at once, where every cell is written '<c r="AB12"'.

    None where a cell is written in another way, or where there is an 'r=' that isn't a cell's or a row's: such a piece
    is to be looked at more closely.
    """
    if any(odd in piece for odd in _ODD):
        return None
    signs = np.frombuffer(piece + b" " * (_SIGNS + 6), dtype="uint8")
    if np.isin(signs[np.flatnonzero(signs == ord("=")) - 1], _SPACE).any():
        return None
    tags_at = np.flatnonzero(signs == ord("<"))
    tags_at = tags_at[signs[tags_at + 1] == ord("c")]
    tags_at = tags_at[np.isin(signs[tags_at + 2], _AFTER_TAG)]
    if piece.count(b'<c r="') != len(tags_at) or piece.count(b"r=") != len(tags_at) + piece.count(b'<row r="'):
        return None
    return read_places(signs[tags_at[:, None] + np.arange(6, 6 + _SIGNS)])


def shared_texts(piece: bytes) -> _Numbers | None:
    """The numbers of the shared texts in a piece's cells, where every cell that has one is written 't="s"><v>12</v>'.

    None where one may be written in another way: such a piece is to be looked at more closely. A cell that is cut off
    by the piece's end may be missing.
    """
    usual = piece.count(_SHARED)
    cut = piece.rfind(b't="s"') > piece.rfind(b"<v>")  # the piece ends in a cell, before its text
    if usual + cut != piece.count(b't="s"') or any(odd in piece for odd in (b"'s'", b":c", b":v")):
        return None
    signs = np.frombuffer(piece + b" " * _DIGITS, dtype="uint8")
    starts = np.flatnonzero(signs == ord("v"))
    starts = starts[starts >= len(_SHARED) - 2]
    for back, sign in enumerate(reversed(_SHARED[:-2]), start=1):
        starts = starts[signs[starts - back] == sign]
    starts = starts[signs[starts + 1] == ord(">")] + 2
    numbers, ended = np.zeros(len(starts), dtype="int64"), np.zeros(len(starts), dtype=bool)
    for place in range(_DIGITS):
        digit = signs[starts + place] - ord("0")  # of unsigned numbers: anything but a digit is over 9
        ended |= digit > 9
        numbers = np.where(ended, numbers, numbers * 10 + digit)
        if ended.all():
            return numbers if len(starts) == usual else None
    return None


def read_places(signs: _Numbers) -> tuple[_Numbers, _Numbers] | None:
    """Rows and columns of cells from the signs that follow each 'r="': letters, digits and a quotation mark."""
    end = np.argmax(signs == ord('"'), axis=1)
    before = np.arange(_SIGNS) < end[:, None]
    letter = (signs >= ord("A")) & (signs <= ord("Z")) & before
    digit = (signs >= ord("0")) & (signs <= ord("9")) & before
    letters = letter.sum(axis=1)
    in_order = (letter == (np.arange(_SIGNS) < letters[:, None])).all(axis=1)
    whole = (
        in_order & (letters > 0) & (letters <= _LETTERS) & (end > letters) & ((letter | digit) == before).all(axis=1)
    )
    if not whole.all():
        return None
    rows, columns = np.zeros(len(signs), dtype="int64"), np.zeros(len(signs), dtype="int64")
    for place in range(_SIGNS - 1):
        sign = signs[:, place].astype("int64")
        columns = np.where(letter[:, place], columns * 26 + sign - (ord("A") - 1), columns)
        rows = np.where(digit[:, place], rows * 10 + sign - ord("0"), rows)
    return rows, columns


def column_number(letters: bytes) -> int:
    """A column's number from its letters: A is 1."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def attributes(tag: bytes) -> dict[bytes, bytes]:
    """A tag's attributes, however they are written."""
    return {name: double or single for name, double, single in _ATTRIBUTE.findall(tag)}


def place_of(said: dict[bytes, bytes]) -> tuple[int, int] | None:
    """Row and column of a cell by its attributes; None where they don't say."""
    place = _PLACE.fullmatch(said.get(b"r", b""))
    return None if place is None else (int(place[2]), column_number(place[1]))
