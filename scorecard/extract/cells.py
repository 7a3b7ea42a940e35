"""Figures and periods as people write them: each different text is read once, whole columns at a time."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pandas as pd

from scorecard.catalogue.figures import SYMBOLS_INSTEAD_OF_A_VALUE
from scorecard.catalogue.periods import UnreadablePeriod, parse_period
from scorecard.extract.codes import SYMBOLS_REMEDY
from scorecard.extract.limits import MOST_OF_A_CODE
from scorecard.extract.safety import unseen_words

_SEPARATED = r"[1-9][0-9]{0,2}(?:,[0-9]{3}){1,4}|[1-9][0-9]{0,2}(?:[ \u00a0\u2009\u202f][0-9]{3}){1,4}"
_FIGURE = (
    r"^(?P<sign>[+\-])? ?(?P<whole>" + _SEPARATED + r"|[0-9]{1,15})?(?:\.(?P<part>[0-9]{0,30}))?(?P<percent> ?%)?"
    r" ?(?P<symbol>\[(?:low|[xczuperb:])\]|low|[xczuperb:])?$"
)
_PLAIN = r"[0-9]{1,15}(?:\.[0-9]{1,30})?"
_MINUS = re.compile("^[\u2010-\u2015\u2212\ufe63\uff0d](?=[ .]?[0-9])")
_DECIMAL_COMMA = re.compile(r"[+\-]?[0-9.\u00a0 ]*[0-9],[0-9]+ ?%?")
_NOTHING = {"n/a", "na", "none", "null", "nil", "tbc", "tba", "-", "–", "—", "..", ".", "...", "n/k", "unknown"}
_FIGURE_COLUMNS = ["number", "places", "percent", "symbol", "blank", "code", "remedy"]


def read_figures(texts: pd.Series[Any]) -> pd.DataFrame:
    """Reads a column of figures.

    texts: what stands in the cells. Returns a frame with the same index: number (float, NaN where there is none),
    places (digits after the point, as given), percent (a % sign is there), symbol (a code of the catalogue, or ''),
    blank, code (of what is wrong, or '') and remedy.
    """
    codes, uniques = pd.factorize(texts)
    read = _read_different(pd.Series(uniques, dtype="str").fillna(""))
    frame = read.astype({"symbol": "category", "code": "category", "remedy": "category"}).take(codes)
    frame.index = texts.index
    return frame


def _read_different(texts: pd.Series[Any]) -> pd.DataFrame:
    """Plain digits all at once; what else people write, text by text."""
    given = texts.str.strip()
    plain = given.str.fullmatch(_PLAIN)
    if not plain.any():
        return _read_written(given)
    digits = given[plain]
    point = digits.str.find(".")
    read = pd.DataFrame(
        {"number": digits.astype("float64"), "places": (digits.str.len() - 1 - point).where(point > 0, 0)}
    )
    read = read.assign(percent=False, symbol="", blank=False, code="", remedy="").astype({"places": "int16"})
    if plain.all():
        return read[_FIGURE_COLUMNS]
    return pd.concat([read[_FIGURE_COLUMNS], _read_written(given[~plain])]).sort_index()


def _read_written(given: pd.Series[Any]) -> pd.DataFrame:
    tidy = given.str.replace(_MINUS, "-", regex=True).str.lower()
    part = tidy.str.extract(_FIGURE).fillna("").astype("str")
    digits = part["whole"].str.replace(r"[^0-9]", "", regex=True) + "." + part["part"]
    has_number = digits.str.len() > 1
    number = pd.to_numeric(part["sign"] + digits.where(has_number), errors="coerce").astype("float64")
    symbol = part["symbol"].str.strip("[]")
    instead = symbol.isin(SYMBOLS_INSTEAD_OF_A_VALUE)
    blank = given == ""
    alone = instead & (part["percent"] == "") & (part["sign"] == "") & ~tidy.str.startswith(".")
    good = (has_number & ~instead) | (~has_number & alone) | blank
    frame = pd.DataFrame(
        {"number": number.where(good), "places": part["part"].str.len(), "percent": part["percent"] != ""}
    )
    frame["symbol"] = symbol.where(good, "")
    frame["blank"] = blank
    frame["code"] = np.where(good, "", "unreadable-value")
    frame["remedy"] = ""
    bad = given[~good].head(MOST_OF_A_CODE)
    trouble = pd.DataFrame([_trouble(text) for text in bad], columns=["code", "remedy"], index=bad.index)
    frame.loc[bad.index, ["code", "remedy"]] = trouble
    frame["places"] = frame["places"].astype("int16")
    return frame[_FIGURE_COLUMNS]


def is_formula(text: str) -> bool:
    """Whether a spreadsheet would read the text as a formula."""
    return re.match(r"[=@＝＠]|[+\-]\s*[^\s0-9.]", text) is not None


def _trouble(text: str) -> tuple[str, str]:
    """The code and the remedy for a text that is no figure."""
    lower = text[:100].lower()
    if unseen := unseen_words(text[:100]):
        return "unreadable-value", f"It has characters that can't be seen ({unseen}). Clear the cell and type it again."
    if lower in _NOTHING:
        return "unreadable-value", SYMBOLS_REMEDY
    if is_formula(text):
        return "formula", ""
    if re.fullmatch(r"#[a-z0-9/]+[!?]?", lower):
        return "unreadable-value", "The spreadsheet shows an error here. Mend its formula, and send the figure itself."
    if _DECIMAL_COMMA.fullmatch(text[:100]):
        return "decimal-comma", _comma_remedy(text)
    return "unreadable-value", _number_remedy(lower)


def _comma_remedy(text: str) -> str:
    whole, _, part = text.strip(" %").rpartition(",")
    return f"Write decimals with a point, as {re.sub('[^0-9+-]', '', whole)}.{part}, and thousands as 1,234 or 1234."


def _number_remedy(lower: str) -> str:
    """What to do about a text in the place of a number, by what it looks like."""
    if lower in ("nan", "inf", "-inf", "infinity", "+inf", "-nan"):
        return "That is what a program writes when it has no number. " + SYMBOLS_REMEDY
    if re.fullmatch(r"\([0-9.,]+\)", lower):
        return f"If this is less than zero, write it with a minus sign: −{lower.strip('()')}."
    if re.fullmatch(r"[+\-]?[0-9.]+e[+\-]?[0-9]+", lower):
        return "Write the number in full, without e."
    if re.fullmatch(r"(\*|supp|suppressed|hidden|<[0-9]+)", lower):
        return "If the figure is suppressed, write [c]."
    if lower in ("true", "false"):
        return "The cell holds yes or no where a number should stand."
    if re.match(r"[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{1,2}[-/][a-z0-9]{2,3}", lower):
        return "This is a date: a spreadsheet may have turned a number into it. Type the number again."
    if re.fullmatch(r"[0-9.,]+ ?%? ?\[?[xcz:]\]?", lower):
        return "[x], [c], [z] and : stand instead of a number, not beside one. Keep one of the two."
    if re.fullmatch(r"[0-9.,]*( ?\[[a-z:]+\]){2,}", lower):
        return "Give one symbol, and say the other in the note."
    if re.fullmatch(r"\[?(low|[uperb])\]?", lower):
        return f"{lower} stands beside a number: write the number too, as 0 {lower}."
    if re.fullmatch(r"[0-9 ,]{16,}.*", lower):
        return "The number is too long to be a figure."
    if re.match(r"[£$€~<>]?[ ]?[+\-]?[0-9]", lower):
        return "Write the number alone, as 1234 or 14.14: what it counts is in the catalogue."
    return SYMBOLS_REMEDY


def read_periods(texts: pd.Series[Any], academic: pd.Series[Any]) -> pd.DataFrame:
    """Reads a column of periods.

    texts: what stands in the cells. academic: whether a year is a school year.
    Returns a frame with the same index: period_end (NaT where unreadable), months_given (0 where the text doesn't
    say) and remedy ('' where it was read).
    """
    keys = pd.Series(np.where(academic, "a", "f"), index=texts.index, dtype="str") + texts
    codes, uniques = pd.factorize(keys)
    different = [_read_period(str(key)) for key in uniques[:MOST_OF_A_CODE]]
    different += [(None, 0, "Write a month as 2020-07.")] * (len(uniques) - len(different))
    read = pd.DataFrame(different, columns=["period_end", "months_given", "remedy"])
    read["period_end"] = pd.to_datetime(read["period_end"]).astype("datetime64[us]")
    frame = read.astype({"months_given": "int64", "remedy": "category"}).take(codes)
    frame.index = texts.index
    return frame


def _read_period(key: str) -> tuple[pd.Timestamp | None, int, str]:
    text = key[1:].strip()
    if len(text) > 60:
        return None, 0, "Write a month as 2020-07."
    try:
        period = parse_period(text, academic=key[0] == "a")
    except UnreadablePeriod as unreadable:
        return None, 0, period_remedy(text, str(unreadable))
    return pd.Timestamp(period.end), period.months or 0, ""


def period_remedy(text: str, said: str) -> str:
    """What to do about a text that is no period; `said` is the reading's own reason."""
    text = text[:60]
    if unseen := unseen_words(text):
        return f"It has characters that can't be seen ({unseen}). Type the period again, as 2020-07."
    if is_formula(text):
        return "This is a formula: none is evaluated. Write the month, as 2020-07."
    if re.fullmatch(r"[34][0-9]{4}(\.0)?", text):
        day = pd.Timestamp("1899-12-30") + pd.Timedelta(days=int(float(text)))
        return f"This looks like a spreadsheet's number for {day:%d/%m/%Y}. Write the month, as {day:%Y-%m}."
    if re.fullmatch(r"(19|20)[0-9]{2}(\.0)?", text):
        return "A year alone isn't clear: write a month as 2020-07, or a financial year as 2019-20."
    if re.fullmatch(r"(?i)q[1-4][ \-/]?[0-9/\-]{2,9}|(?:19|20)[0-9]{2}[ \-]?q[1-4]", text):
        return "A quarter needs its financial year: write it as 2019-20 Q1, which is April to June 2019."
    if re.fullmatch(r"(19|20)[0-9]{2}-(00|1[3-9]|[2-9][0-9])", text):
        return f"There is no month {text[-2:]}. Write a month as 2020-07, or a financial year as 2019-20."
    return said[:1].upper() + said[1:].rstrip(".") + "."
