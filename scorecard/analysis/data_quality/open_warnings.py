"""Doubts: which of the warnings that were accepted are outstanding, and which the figures since have answered."""

from __future__ import annotations

import pandas as pd

ANSWERED_BY_THE_NEXT = "unusual-change"  # the finding whose doubt the figure after it can answer
_NUMBER = r"^\s*(-?[\d,]*\.?\d+)\s*%?\s*(?:\[\w+\])?\s*$"
_SAID = ["accepted_at", "reason"]
_FIGURE = ["measure_id", "months", "period_end"]


def outstanding(accepted: pd.DataFrame, versions: pd.DataFrame, since: pd.Timestamp) -> pd.DataFrame:
    """The accepted warnings that are outstanding, one a row: measure_id, accepted_at and reason, NA where not known.

    accepted: measure_id, extract_id, and where known code, found (the cell), accepted_at and reason of each warning.
    versions: as for completeness. since: figures of months up to then don't count.
    A warning is outstanding while a figure that it is about is in force. It is about the figures of its extract that
    have the value that was found; where none has it, about all of them. One about an unusual change is answered when
    the next figure bears it out.
    """
    open_warnings = accepted.reindex(columns=["measure_id", "extract_id", "code", "found", *_SAID]).reset_index(
        drop=True
    )
    if open_warnings.empty:
        return open_warnings[["measure_id", *_SAID]]
    open_warnings = open_warnings.assign(warning=open_warnings.index, said=_numbers(open_warnings["found"])).astype(
        {"extract_id": "Int64"}
    )
    sent = versions.loc[
        versions["extract_id"].isin(open_warnings["extract_id"].dropna()),
        [*_FIGURE, "extract_id", "value", "recorded_to"],
    ]
    about = open_warnings.merge(sent.astype({"extract_id": "Int64"}), on=["measure_id", "extract_id"])
    named = about["said"] == about["value"]
    about = about[named | ~named.groupby(about["warning"]).transform("any")]
    about = about[about["recorded_to"].isna() & (about["period_end"] > since)]
    doubted = versions[versions["measure_id"].isin(about["measure_id"])]
    about = about.merge(_borne_out(doubted), on=_FIGURE, how="left")
    answered = (about["code"] == ANSWERED_BY_THE_NEXT) & about["borne_out"].eq(True)
    return about[~answered].drop_duplicates("warning")[["measure_id", *_SAID]].reset_index(drop=True)


def _numbers(found_texts: pd.Series) -> pd.Series:
    """The number in a cell such as '77 [p]', '82%' or '1,234'; NaN where it is no single number."""
    texts = found_texts.astype("str").str.extract(_NUMBER, expand=False)
    return pd.to_numeric(texts.str.replace(",", ""), errors="coerce")


def _borne_out(versions: pd.DataFrame) -> pd.DataFrame:
    """Of each figure in force, whether the next one lies nearer to it than to the one before it."""
    known = versions[versions["recorded_to"].isna() & versions["value"].notna()].sort_values(_FIGURE)
    values = known.groupby(["measure_id", "months"])["value"]
    before, after = values.shift(), values.shift(-1)
    nearer = (after - known["value"]).abs() < (after - before).abs()
    return known[_FIGURE].assign(borne_out=nearer)
