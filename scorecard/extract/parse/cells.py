"""Figures and periods as people write them: each different text is read once, whole columns at a time."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pandas as pd
import pyarrow.compute as pc

from scorecard.core.numbers import SYMBOLS_INSTEAD_OF_A_VALUE
from scorecard.core.periods import FINANCIAL_YEAR_ENDS, MONTH_NAMES, UnreadablePeriod, day_words, parse_period
from scorecard.core.safe_text import odd_digits, unseen_words
from scorecard.extract.codes.registry import SYMBOLS_REMEDY
from scorecard.extract.files.text_columns import as_arrow, as_texts, different
from scorecard.extract.limits import MOST_DIFFERENT_PERIODS, MOST_OF_A_CODE

_SPACE = "[ \u00a0\u2009\u202f]"  # the usual one, and those that don't break or are thin
_SEPARATED = rf"[1-9][0-9]{{0,2}}(?:,[0-9]{{3}}){{1,4}}|[1-9][0-9]{{0,2}}(?:{_SPACE}[0-9]{{3}}){{1,4}}"
_FIGURE = (
    rf"^(?P<sign>[+\-])?{_SPACE}?(?P<whole>{_SEPARATED}|[0-9]{{1,15}})?(?:\.(?P<part>[0-9]{{0,30}}))?"
    rf"(?P<percent>{_SPACE}?%)?{_SPACE}?(?P<symbol>\[(?:low|[xczuperb:])\]|low|[xczuperb:])?$"
)
_ONE_FIGURE = re.compile(rf"(?=.*[0-9]){_FIGURE}")
_PLAIN = r"[0-9]{1,15}(?:\.[0-9]{1,30})?"
_NAMED = ("sign", "whole", "part", "percent", "symbol")
_DASH = "^[\u2010-\u2015\u2212\ufe63\uff0d]"
_MINUS = re.compile(f"^[\u2010-\u2015\u2212\ufe63\uff0d](?={_SPACE}?\\.?[0-9])")
_DECIMAL_COMMA = re.compile(r"[+\-]?[0-9.\u00a0 ]*[0-9],[0-9]+ ?%?")
_FORMULA = re.compile(r"[=@＝＠]|[+\-]\s*(?:[^\s0-9.]|[0-9.]+\s*[+\-*/^&(])")
_NO_NUMBER = re.compile("[+\\-\u2212]?(?:nan|inf|infinity)")  # as programs write it
_NOTHING = {"n/a", "na", "none", "null", "nil", "tbc", "tba", "-", "–", "—", "..", ".", "...", "n/k", "unknown"}
_LONGEST_PERIOD = 60
_YEAR_TO = re.compile(
    r"(?i)(?:rolling )?(?:y/?e|(?:the )?(?:year|12 months|twelve months)) ?(?:ending|ended|end|to)?[ :]+"
)
_MONTH_ALONE = re.compile("(?i)(?:" + "|".join(f"{name}|{name[:3]}" for name in MONTH_NAMES) + r"|sept)[ .]*")
_TIME = re.compile(r"[0-9][T ][0-9]{1,2}:[0-9]{2}")
_NO_PERIOD: tuple[pd.Timestamp | None, int, str] = (None, 0, "Write a month as 2020-07.")
_ACADEMIC = "\x00academic\x00"  # before a period whose source counts school years
_FIGURE_COLUMNS = ["number", "places", "percent", "symbol", "blank", "code", "remedy"]


def read_figures(texts: pd.Series[Any]) -> pd.DataFrame:
    """Reads a column of figures.

    texts: what stands in the cells. Returns a frame with the same index: number (float, NaN where there is none),
    places (digits after the point, as given), percent (a % sign is there), symbol (a code of the catalogue, or ''),
    blank, code (of what is wrong, or '') and remedy.
    """
    given = texts.fillna("").astype("str").str.strip().set_axis(range(len(texts)))
    read = _Read(len(given))
    read.blank[:] = given == ""
    left = np.flatnonzero(~read.blank)
    if len(left):
        plain = given.iloc[left].str.fullmatch(_PLAIN).to_numpy(dtype=bool)
        _read_plain(given.iloc[left[plain]], read)
        _read_written(given.iloc[left[~plain]], read)
    return read.frame(texts.index)


class _Read:
    """What a column of figures was read as, while it is read; texts as numbers, for few different ones come often."""

    def __init__(self, size: int) -> None:
        self.number = np.full(size, np.nan)
        self.places = np.zeros(size, dtype="int16")
        self.percent = np.zeros(size, dtype=bool)
        self.blank = np.zeros(size, dtype=bool)
        self.symbol, self.code, self.remedy = (np.zeros(size, dtype="int32") for _ in range(3))
        self.words: list[dict[str, int]] = [{"": 0} for _ in range(3)]  # of symbols, codes and remedies

    def number_of(self, kind: int, text: str) -> int:
        """A text's number among the symbols (0), codes (1) or remedies (2)."""
        return self.words[kind].setdefault(text, len(self.words[kind]))

    def frame(self, index: pd.Index[Any]) -> pd.DataFrame:
        names = zip(("symbol", "code", "remedy"), self.words, strict=True)
        texts = {name: pd.Categorical.from_codes(getattr(self, name), pd.Index(list(words), dtype="str"))
                 for name, words in names}  # fmt: skip
        figures = {"number": self.number, "places": self.places, "percent": self.percent, "blank": self.blank}
        return pd.DataFrame(figures | texts, index=index, copy=False)[_FIGURE_COLUMNS]


def _read_plain(digits: pd.Series[Any], read: _Read) -> None:
    """Plain digits, all at once."""
    at = digits.index.to_numpy()
    point = digits.str.find(".")
    read.number[at] = digits.astype("float64")
    read.places[at] = (digits.str.len() - 1 - point).where(point > 0, 0)


def _read_written(given: pd.Series[Any], read: _Read) -> None:
    """Figures in any of the ways that they are written, by their pattern; what is wrong with those that are none."""
    if given.empty:
        return
    tidy = given.str.lower()
    dashed = tidy.str.contains(_DASH, regex=True)
    if dashed.any():
        tidy = tidy.mask(dashed, tidy[dashed].str.replace(_MINUS, "-", regex=True))
    fits = pc.match_substring_regex(as_arrow(tidy), _FIGURE).to_numpy(zero_copy_only=False)
    if fits.any():
        fits[fits] = _read_parts(tidy[fits], read)
    bad = given[~fits]
    read.code[bad.index] = read.number_of(1, "unreadable-value")
    said: dict[str, tuple[int, int]] = {}
    for place, text in bad.head(MOST_OF_A_CODE).items():
        if text not in said:
            code, remedy = _trouble(text)
            said[text] = read.number_of(1, code), read.number_of(2, remedy)
        read.code[place], read.remedy[place] = said[text]


def _read_parts(tidy: pd.Series[Any], read: _Read) -> np.ndarray[Any, Any]:
    """Reads texts that have a figure's pattern. Returns which of them are figures: not a symbol out of its place."""
    part = _parts(tidy)
    digits = part["whole"].str.replace(r"[^0-9]", "", regex=True) + "." + part["part"]
    has_number = digits.str.len() > 1
    symbol = part["symbol"].str.strip("[]")
    instead = symbol.isin(SYMBOLS_INSTEAD_OF_A_VALUE)
    alone = instead & (part["percent"] == "") & (part["sign"] == "") & ~tidy.str.startswith(".")
    good = (has_number & ~instead) | (~has_number & alone)
    number = pd.to_numeric(part["sign"] + digits.where(has_number), errors="coerce").astype("float64")
    at = tidy.index.to_numpy()
    read.number[at] = number.where(good)
    read.places[at] = part["part"].str.len()
    read.percent[at] = part["percent"] != ""
    kinds = {text: read.number_of(0, text) for text in ["", *symbol.unique()]}
    read.symbol[at] = symbol.where(good, "").map(kinds)
    return good.to_numpy(dtype=bool)


def _parts(tidy: pd.Series[Any]) -> pd.DataFrame:
    """The named parts of texts that have a figure's pattern; '' for those that are absent."""
    found = pc.extract_regex(as_arrow(tidy), _FIGURE)
    return pd.DataFrame({name: as_texts(pc.struct_field(found, name)) for name in _NAMED}).set_index(tidy.index)


def is_formula(text: str) -> bool:
    """Whether a spreadsheet would read the text as a formula."""
    return _FORMULA.match(text) is not None


def _trouble(text: str) -> tuple[str, str]:
    """The code and the remedy for a text that is no figure."""
    lower = text[:100].lower()
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
    "exponent": (r"[+\-]?[0-9.]+e[+\-]?[0-9]+", "Write the number in full, without e."),
    "suppressed": (r"\*|supp|suppressed|hidden|<[0-9]+", "If the figure is suppressed, write [c]."),
    "yes_or_no": (r"true|false", "The cell holds yes or no where a number should stand."),
    "date": (
        r"(?:[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{1,2}[-/][a-z0-9]{2,3}).*",
        "This is a date: a spreadsheet may have turned a number into it. Type the number again.",
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
        "Write the number alone, as 1234 or 14.14: what it counts is in the catalogue.",
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
    return _NOT_NUMBERS[looks.lastgroup][1].format(bare=lower.strip("()"), text=lower)


def read_periods(texts: pd.Series[Any], academic: pd.Series[Any]) -> pd.DataFrame:
    """Reads a column of periods.

    texts: what stands in the cells. academic: whether a year is a school year.
    Returns a frame with the same index: period_end (NaT where unreadable), months_given (0 where the text doesn't
    say) and remedy ('' where it was read).
    """
    codes, texts_read = different(texts.mask(academic, _ACADEMIC + texts) if academic.any() else texts)
    read = pd.DataFrame(
        [_read_period(str(text)) for text in texts_read[: MOST_DIFFERENT_PERIODS - 1]] + [_NO_PERIOD],
        columns=["period_end", "months_given", "remedy"],
    )
    read["period_end"] = pd.to_datetime(read["period_end"]).astype("datetime64[us]")
    frame = read.astype({"months_given": "int64", "remedy": "category"}).take(np.minimum(codes, len(read) - 1))
    frame.index = texts.index
    return frame


def _read_period(said: str) -> tuple[pd.Timestamp | None, int, str]:
    text = said.removeprefix(_ACADEMIC).strip()
    if len(text) > _LONGEST_PERIOD:
        return _NO_PERIOD
    try:
        period = parse_period(text, academic=said.startswith(_ACADEMIC))
    except UnreadablePeriod as unreadable:
        return None, 0, period_remedy(text, str(unreadable))
    return pd.Timestamp(period.end), period.months or 0, ""


def is_month_alone(text: str) -> bool:
    """Whether a text is a month's name without its year."""
    return _MONTH_ALONE.fullmatch(text.strip()) is not None


def _year_remedy(end: str) -> str:
    """What to write for twelve months that are told by their end."""
    try:
        month = parse_period(end.strip()).end
    except UnreadablePeriod:
        return "Write the month in which the year ends, as 2020-07, or a financial year, as 2019-20."
    if month.month == FINANCIAL_YEAR_ENDS:
        return f"Write the financial year, as {month.year - 1}-{month:%y}."
    return f"Write the month in which it ends, as {month:%Y-%m}, where the measure's figures are of twelve months."


def period_remedy(text: str, said: str) -> str:
    """What to do about a text that is no period; `said` is the reading's own reason."""
    text = text[:_LONGEST_PERIOD]
    if unseen := unseen_words(text):
        return f"It has characters that can't be seen ({unseen}). Type the period again, as 2020-07."
    if is_formula(text):
        return "This is a formula: none is evaluated. Write the month, as 2020-07."
    if re.fullmatch(r"[34][0-9]{4}(\.0)?", text):
        day = pd.Timestamp("1899-12-30") + pd.Timedelta(days=int(float(text)))
        return f"This looks like a spreadsheet's number for {day_words(day)}. Write the month, as {day:%Y-%m}."
    if is_month_alone(text):
        return "A month needs its year: write it as 2020-07."
    if re.fullmatch(r"(19|20)[0-9]{2}(\.0)?", text):
        return "A year alone isn't clear: write a month as 2020-07, or a financial year as 2019-20."
    if re.fullmatch(r"(?i)q[1-4][ \-/]?(?:19|20)[0-9]{2}|(?:19|20)[0-9]{2}[ \-]?q[1-4]", text):
        return "A quarter needs its financial year: write it as 2019-20 Q1, which is April to June 2019."
    if date := re.fullmatch(r"([0-9]{1,2})([/\-])([0-9]{1,2})\2((?:[0-9]{2}){1,2})(?: .*)?", text):
        if int(date[1]) <= 12 < int(date[3]):
            return "This date stands month first: days are read day first, as 31/07/2020. Write the month, as 2020-07."
    if year := _YEAR_TO.match(text):
        return _year_remedy(text[year.end() :])
    if _TIME.search(text):
        return "It has a time of day. Write the month alone, as 2020-07."
    if re.fullmatch(r"(19|20)[0-9]{2}-(00|1[3-9]|[2-9][0-9])", text):
        return f"There is no month {text[-2:]}. Write a month as 2020-07, or a financial year as 2019-20."
    return said[:1].upper() + said[1:].rstrip(".") + "."
