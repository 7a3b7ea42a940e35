"""A spreadsheet's columns: their letters by their place, and their place by their letters."""

from __future__ import annotations


def column_place(letters: str) -> int:
    """A column's place by its letters: A is 0, AA is 26."""
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column - 1


def column_letters(column: int) -> str:
    """A column's letters by its place: 0 is A, 26 is AA."""
    letters, column = "", column + 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
