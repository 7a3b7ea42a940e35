"""Export how we compare: long rows, unrounded, without a clock; the same figures give the same bytes."""

from __future__ import annotations

import io
import json
from typing import Any

import pandas as pd

from scorecard.core.rows import rows_of
from scorecard.core.safe_text import spreadsheet_safe
from scorecard.narrative.comparison import (
    NOT_BESIDE_INVENTED,
    NOTHING_KNOWN,
    list_words,
    mean_words,
    movement_words,
    people_words,
    period_of,
    rank_words,
    value_of,
)
from scorecard.use_cases.published.comparison import FUNNEL, Comparison

COLUMNS = ("measure_id", "area", "period_end", "months", "quantity", "edition", "value", "symbol", "publication")
BY_LIST = ("sn_mean", "sn_median", "sn_n", "sn_rank_lowest_first", "sn_rank_highest_first", "gap_to_sn_mean",
           "more_than_at_sn")  # fmt: skip
OF_ALL = (
    "value_lower_95", "value_upper_95",
    "england_of", "england_rank_lowest_first", "england_rank_highest_first", "england_quarter_lowest_first",
    "gap_to_region", "gap_to_england", *FUNNEL,
)  # fmt: skip


def comparison_rows(comparison: Comparison) -> pd.DataFrame:
    """All quantities as long rows, in COLUMNS, sorted.

    quantity value: every area's figure, whose edition is the day of the publication's edition. sn_…, gap_to_sn_mean:
    an authority's beside its own neighbours', whose edition is the neighbours' list. The others are of an authority
    among all. value_…_95 and more_than_at_sn are ours alone. A row whose value is missing is a figure with a symbol in
    its place.
    """
    day = pd.to_datetime(comparison.figures["edition"].astype("str"), format="%Y%m%d").dt.strftime("%Y-%m-%d")
    values = comparison.figures.assign(quantity="value", edition=day)
    parts = [values[list(COLUMNS)]]
    for summary in (comparison.summary, comparison.of_others):
        for name in (quantity for quantity in (*BY_LIST, *OF_ALL) if quantity in summary):
            edition = summary["neighbours_edition"] if name in BY_LIST else ""
            rows = summary.assign(quantity=name, edition=edition, value=summary[name].astype("float64"), symbol="")
            parts.append(rows.loc[rows["value"].notna(), list(COLUMNS)])
    table = pd.concat(parts, ignore_index=True)
    table = table.assign(period_end=table["period_end"].dt.strftime("%Y-%m-%d"))
    blank = ("symbol", "edition", "publication")
    texts = {name: table[name].astype("object").where(table[name].notna(), "") for name in blank}
    return table.assign(**texts).sort_values(["measure_id", "area", "period_end", "quantity"], ignore_index=True)


def comparison_csv(comparison: Comparison) -> str:
    """The rows as CSV, unrounded."""
    rows = comparison_rows(comparison)
    safe = {name: rows[name].map(spreadsheet_safe) for name in ("measure_id", "area", "quantity", "symbol")}
    out = io.StringIO()
    rows.assign(**safe).to_csv(out, index=False, lineterminator="\n")
    return out.getvalue()


def comparison_json(comparison: Comparison) -> str:
    """The rows as JSON; null where a symbol is given instead of a value."""
    rows = comparison_rows(comparison)
    plain: list[dict[str, Any]] = [
        {str(name): None if isinstance(value, float) and pd.isna(value) else value for name, value in row.items()}
        for row in rows.to_dict("records")
    ]
    return json.dumps(plain, ensure_ascii=False, indent=1) + "\n"


def comparison_text(comparison: Comparison) -> str:
    """How we compare by the newest figure of each measure, a few lines each."""
    if comparison.demonstration:
        return NOT_BESIDE_INVENTED + "\n"
    if not comparison.measures:
        return NOTHING_KNOWN + "\n"
    editions = {edition.id: edition.name for edition in comparison.reference.neighbours.rule.editions}
    moved = {row["measure_id"]: row for row in rows_of(comparison.movements)}
    lines = []
    for row in rows_of(comparison.newest_in_full()):
        measure = comparison.measures[row["measure_id"]]
        lines += [
            f"{measure.name}, {period_of(row)}: {value_of(row['value'], measure)}",
            "  a count: its rate is what can be compared"
            if measure.unit == "number"
            else f"  neighbours {value_of(row['sn_mean'], measure)} ({mean_words(row, editions)}), "
            f"region {value_of(row['region'], measure)}, England {value_of(row['england'], measure)}",
            f"  {rank_words(row['sn_rank_lowest_first'], row['sn_ranked'])} with its neighbours, "
            f"{rank_words(row['england_rank_lowest_first'], row['england_of'])} in England",
        ]
        if people := people_words(row["more_than_at_sn"]):
            lines.append(f"  {people}")
        if row["measure_id"] in moved:
            lines.append(f"  {movement_words(moved[row['measure_id']], measure)}")
        turns = list_words(rows_of(comparison.by_list(row["measure_id"], row["period_end"])), editions, measure)
        lines += [f"  {turns}"] if turns else []
    return "\n".join(lines) + "\n"
