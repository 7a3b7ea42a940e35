"""Numbers that name one person: NHS, unique pupil and National Insurance numbers, however they are spelt."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from scorecard.core.safe_text import without_unseen

_PUPIL_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"  # a unique pupil number's check letters, in the order of their values
_APART = r"(?:[\s_/·.\-]|\\){0,3}"  # what may stand between the digits of one number
_DIGITS = re.compile(rf"[0-9](?:{_APART}[0-9])*")
_DIGITS_OF_NHS = 10
_NHS_GROUPS = {
    (10,), (3, 3, 4), (3, 4, 3), (4, 3, 3), (3, 7), (7, 3), (6, 4), (5, 5), (2,) * 5, (1,) * 10,
}  # fmt: skip  # other groups of ten digits are a year and figures, a date, a telephone number
_IN_BRACKETS = re.compile(  # '(943) 476 5919', '943*476*5919'; a list of figures has ', ' between them
    r"(?<![0-9.,])([0-9]{3})(?![,;:] )[^\w\s]?[\W_]{1,2}([0-9]{3})(?![,;:] )[^\w\s]?[\W_]{1,2}([0-9]{4})(?![0-9])"
)
_YEAR = re.compile("(?:19|20)[0-9]{2}")
_TELEPHONE = re.compile("0[1-9][0-9]{9}|44[1-9][0-9]{9}|0044[1-9][0-9]{9}")
_SCIENTIFIC = re.compile(r"(?<![0-9.,])([0-9])\.([0-9]{9})[eE]\+?0?9(?![0-9])")  # as spreadsheets write ten digits
_BEFORE_A_TELEPHONE = re.compile(
    r"(?:\+\s*[0-9]{0,3}\)?|\b(?:tel|telephone|phone|mobile|mob|fax|ext)\b[^0-9]{0,12})$", re.I
)
_PUPIL = re.compile(rf"(?<![A-Z0-9])[A-Z](?:{_APART}[0-9]){{11}}{_APART}[0-9A-Z](?![A-Z0-9])")
_INSURANCE = re.compile(
    rf"(?<![A-Z0-9])(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z]{_APART}[A-CEGHJ-NPR-TW-Z]"
    rf"(?:{_APART}[0-9]){{6}}{_APART}[A-D](?![A-Z0-9])"
)
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_SLASHES = "\u2044\u2215\u29f8"
_BEGINS = re.compile(r"(?P<group>[0-9]+)(?P<apart>[^0-9]*)")


def plain_text(text: str) -> str:
    """A text as numbers are looked for in it: usual digits for those of other scripts, usual dashes, nothing unseen."""
    if text.isascii() and text.isprintable():
        return text
    usual = without_unseen(unicodedata.normalize("NFKC", text))
    return _NOT_ASCII.sub(_usual, usual)


def _usual(match: re.Match[str]) -> str:
    sign = match[0]
    kind = unicodedata.category(sign)
    if kind == "Nd":
        return str(unicodedata.decimal(sign))
    if sign in _SLASHES:
        return "/"
    return "-" if kind == "Pd" or sign == "\u2212" else " " if kind == "Zs" else sign


def is_nhs_number(digits: str) -> bool:
    """Whether ten digits have an NHS number's check digit (the NHS Data Dictionary's modulus 11)."""
    total = sum(int(digit) * weight for digit, weight in zip(digits[:9], range(10, 1, -1), strict=True))
    return len(set(digits)) > 1 and (11 - total % 11) % 11 == int(digits[9])


def is_pupil_number(text: str) -> bool:
    """Whether a letter and twelve signs have a unique pupil number's check letter (the DfE's modulus 23)."""
    signs = [_PUPIL_LETTERS.find(sign) if sign.isalpha() else int(sign) for sign in text[1:]]
    total = sum(sign * weight for sign, weight in zip(signs, range(2, 14), strict=True))
    return min(signs) >= 0 and _PUPIL_LETTERS[total % len(_PUPIL_LETTERS)] == text[0]


def number_words(text: str) -> str:
    """Which number of a person a plain text holds (see plain_text); '' where it holds none."""
    if any(is_nhs_number(digits) for digits in _tens(text)):
        return "an NHS number"
    upper = text.upper()
    if any(is_pupil_number(re.sub("[^A-Z0-9]", "", letters)) for letters in _PUPIL.findall(upper)):
        return "a unique pupil number"
    return "a National Insurance number" if _INSURANCE.search(upper) else ""


def _tens(text: str) -> Iterator[str]:
    """The ten digits that may be one number, wherever some stand together as such a number is written."""
    yield from ("".join(match) for match in _SCIENTIFIC.findall(text))
    yield from (
        "".join(match.groups())
        for match in _IN_BRACKETS.finditer(text)
        if not _is_telephone(text[max(0, match.start() - 24) : match.start()], [(part, "") for part in match.groups()])
    )
    for run in _DIGITS.finditer(text):
        if len(run[0]) < _DIGITS_OF_NHS:
            continue
        before = text[max(0, run.start() - 24) : run.start()]
        parts = [(match["group"], match["apart"]) for match in _BEGINS.finditer(run[0])]
        if sum(len(group) for group, _ in parts) < _DIGITS_OF_NHS or _is_telephone(before, parts):
            continue
        for start in range(len(parts)):
            yield from _ten_from(before, parts, start)


def _ten_from(before: str, parts: list[tuple[str, str]], start: int) -> Iterator[str]:
    """The groups from one on that make ten digits, where they stand as a number is written and are no decimals."""
    length = end = 0
    for end in range(start, min(start + 10, len(parts))):
        length += len(parts[end][0])
        if length >= 10:
            break
    groups = [group for group, _ in parts[start : end + 1]]
    apart = [sign for _, sign in parts[start:end]]
    lengths = tuple(map(len, groups))
    if length != 10 or lengths not in _NHS_GROUPS:
        return
    if lengths != (3, 3, 4) and any(_YEAR.fullmatch(group) for group in groups):  # '2020 514 512'
        return
    if apart == ["."] or _has_decimals(before, parts, start, end):
        return
    yield "".join(groups)


def _has_decimals(before: str, parts: list[tuple[str, str]], start: int, end: int) -> bool:
    """Whether ten digits in one are the decimals of a figure, or a figure that has decimals; '.0' is no decimals."""
    if start != end:
        return False
    leads = parts[start - 1][1] == "." if start else bool(re.search(r"[0-9][.,]$", before[-2:]))
    trails = end + 1 < len(parts) and parts[end][1] == "." and bool(parts[end + 1][0].strip("0"))
    return (leads and not (start and len(parts[start - 1][0]) > 6)) or trails


def _is_telephone(before: str, parts: list[tuple[str, str]]) -> bool:
    """Whether digits are dialled: 11 of them from a 0 on, more after a '+', or after a word that says so."""
    digits = "".join(group for group, _ in parts)
    if _BEFORE_A_TELEPHONE.search(before):
        return True
    if digits.startswith("0") and len(digits) == 10:
        return not _is_day(digits[:6])  # Scotland's numbers begin with a date of birth; no telephone number does
    return _TELEPHONE.fullmatch(digits) is not None


def _is_day(digits: str) -> bool:
    return 1 <= int(digits[:2]) <= 31 and 1 <= int(digits[2:4]) <= 12
