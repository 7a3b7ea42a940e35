"""How a figure is written, and what to do about a text that is none."""

from __future__ import annotations

import re
from decimal import Decimal

from scorecard.core.safe_text import odd_digits, unseen_words
from scorecard.extract.codes.registry import SYMBOLS_REMEDY
from scorecard.extract.header.period_remedies import is_formula

SPACE = "[ \u00a0\u2009\u202f]"  # the usual one, and those that don't break or are thin
_SEPARATED = rf"[1-9][0-9]{{0,2}}(?:,[0-9]{{3}}){{1,4}}|[1-9][0-9]{{0,2}}(?:{SPACE}[0-9]{{3}}){{1,4}}"
FIGURE = (
    rf"^(?P<sign>[+\-])?{SPACE}?(?P<whole>{_SEPARATED}|[0-9]{{1,15}})?(?:\.(?P<part>[0-9]{{0,30}}))?"
    rf"(?P<percent>{SPACE}?%)?{SPACE}?(?P<symbol>\[(?:low|[xczuperb:])\]|low|[xczuperb:])?$"
)
_ONE_FIGURE = re.compile(rf"(?=.*[0-9]){FIGURE}")
_DECIMAL_COMMA = re.compile(r"[+\-]?[0-9.\u00a0 ]*[0-9],[0-9]+ ?%?")
_NO_NUMBER = re.compile("[+\\-\u2212]?(?:nan|inf|infinity)")  # as programs write it
_NOTHING = {"n/a", "na", "none", "null", "nil", "tbc", "tba", "-", "–", "—", "..", ".", "...", "n/k", "unknown"}
_DASHES = ("-", "–", "—", "−")
_NILS = ("nil", "zero")
_OR = SYMBOLS_REMEDY.partition(": ")[2]
_FORCED_TEXT = re.compile(r'="(?P<figure>[0-9.,]+%?)"')
_NOTE_MARK = re.compile(
    r"(?P<figure>[+\-]?[0-9][0-9.,]* ?%?) ?(?:\[(?:note ?)?[0-9]{1,3}\]|\((?:note ?)?[a-z0-9]{1,2}\)|[*†‡§¹²³⁴-⁹]+)",
    re.IGNORECASE,
)


def figure_remedy(text: str) -> tuple[str, str]:
    """The code of what is wrong with a text that is no figure, and what to do about it ('' for what the code says)."""
    lower = text[:100].lower()
    if forced := _FORCED_TEXT.fullmatch(text[:100]):
        return "formula", f'Write {forced["figure"]} alone: ="…" is how a program forces a text on a spreadsheet.'
    if lower in (*_DASHES, *_NILS):
        what = "A dash" if lower in _DASHES else "It"
        remedy = f"{what} may be a zero or no figure. Write 0 if it is a zero; else a symbol: {_OR}"
        return "unreadable-value", remedy
    if noted := _with_a_note(text[:100]):
        mark = f" ({odd})" if (odd := odd_digits(text[:100])) else ""
        return "unreadable-value", f"Write {noted} alone, and say in the column note what its mark{mark} refers to."
    if unseen := unseen_words(text[:100]):
        return "unreadable-value", f"It has characters that can't be seen ({unseen}). Clear the cell and type it again."
    if lower in _NOTHING:
        return "unreadable-value", SYMBOLS_REMEDY
    if _NO_NUMBER.fullmatch(lower):
        return "unreadable-value", "That is what a program writes when it has no number. " + SYMBOLS_REMEDY
    if is_formula(text):
        return "formula", ""
    if text[0] in "'’`" and _ONE_FIGURE.match(text[1:100].lower()):
        return "unreadable-value", "Delete the apostrophe before it."
    if odd := odd_digits(text[:100]):
        return "unreadable-value", f"It has digits or signs that are not the usual ones ({odd}). Type it again, as 82."
    if re.fullmatch(r"#[a-z0-9/]+[!?]?", lower):
        return "unreadable-value", "The spreadsheet shows an error here. Mend its formula, and send the figure itself."
    if _DECIMAL_COMMA.fullmatch(text[:100]):
        return "decimal-comma", _comma_remedy(text)
    return "unreadable-value", _number_remedy(lower)


def _comma_remedy(text: str) -> str:
    whole, _, part = text.strip(" %").rpartition(",")
    return f"Write decimals with a point, as {re.sub('[^0-9+-]', '', whole)}.{part}, and thousands as 1,234 or 1234."


_NOT_NUMBERS: dict[str, tuple[str, str]] = {
    "bracketed": (r"\([0-9.,]+\)", "If this is less than zero, write it with a minus sign: −{bare}."),
    "exponent": (r"[+\-]?[0-9.]+e[+\-]?[0-9]+", "Write {in_full} in full, without e."),
    "minus_behind": (r"[0-9.,]+ ?-", "If this is less than zero, write its minus sign before it: −{bare}."),
    "suppressed": (
        r"\*+|s|\(s\)|supp|suppressed|hidden|[<≤]=? ?[0-9]+|(?:less|fewer) than [0-9a-z]+"
        r"|(?:under|below|up to) [0-9a-z]+|[0-9]+ or (?:fewer|less|under)|[0-9] ?(?:-|–|to) ?[0-9]",
        "If the figure is suppressed, write [c]. Else write the number alone.",
    ),
    "yes_or_no": (r"true|false", "The cell holds yes or no where a number should stand."),
    "date": (
        r"(?:[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{1,2}[-/][a-z0-9]{2,3}).*",
        "This is a date: a spreadsheet may have turned a number into it. Type the number again.",
    ),
    "two_numbers": (
        r"[0-9.,]+ ?%? ?\(?(?:/|of|out of) ?[0-9.,]+\)?|[0-9.,]+ ?%? ?\([0-9.,]+ ?(?:/|of|out of) ?[0-9.,]+\)",
        "It holds more than one number: write the value alone, and the others under numerator and denominator.",
    ),
    "symbol_beside": (
        r"[0-9.,]+ ?%? ?\[?[xcz:]\]?",
        "[x], [c], [z] and : stand instead of a number, not beside one. Keep one of the two.",
    ),
    "two_symbols": (r"[0-9.,]*(?: ?\[[a-z:]+\]){2,}", "Give one symbol, and say the other in the note."),
    "symbol_alone": (r"\[?(?:low|[uperb])\]?", "{text} stands beside a number: write the number too, as 0 {text}."),
    "too_long": (r"[0-9 ,]{16,}.*", "The number is too long to be a figure."),
    "with_words": (
        r"[£$€~<>]?[ ]?[+\-]?[0-9].*",
        "Write the number alone, as {number}: what it counts is in the catalogue.",
    ),
}  # what a text in the place of a number looks like, the first that fits, and what to do about it
_NOT_NUMBER = re.compile(
    "|".join(f"(?P<{name}>{pattern})" for name, (pattern, _) in _NOT_NUMBERS.items()), flags=re.DOTALL
)


def _number_remedy(lower: str) -> str:
    """What to do about a text in the place of a number, by what it looks like."""
    looks = _NOT_NUMBER.fullmatch(lower)
    if looks is None or looks.lastgroup is None:
        return SYMBOLS_REMEDY
    inserts = {"bare": lower.strip("()- "), "text": lower, "number": _the_number(lower), "in_full": _in_full(lower)}
    return _NOT_NUMBERS[looks.lastgroup][1].format(**inserts)


def _in_full(lower: str) -> str:
    """A number with an exponent as an extract writes it: 5.14e+02 is 514."""
    short = re.fullmatch(r"[+\-]?[0-9]*\.?[0-9]+e[+\-]?[0-9]{1,2}", lower)
    return format(Decimal(lower).normalize(), "f") if short else "the number"


def _the_number(lower: str) -> str:
    """The one number that a text holds; an example where it holds none or several."""
    numbers = re.findall(r"[+\-]?[0-9](?:[0-9,]*[0-9])?(?:\.[0-9]+)?", lower)
    return str(numbers[0]) if len(numbers) == 1 and _ONE_FIGURE.match(numbers[0]) else "1234 or 14.14"


def _with_a_note(text: str) -> str:
    """The figure before a note's mark (514 [note 2], 27*, 172.5¹); '' where there is none."""
    match = _NOTE_MARK.fullmatch(text.strip())
    return match["figure"].strip() if match and _ONE_FIGURE.match(match["figure"].lower()) else ""
