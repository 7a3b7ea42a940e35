"""What the page of how we compare shows: a row a measure, and of one measure its words, pictures, table and CSV."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial

import pandas as pd

from scorecard.analysis.comparison.areas import CELL, own_figures
from scorecard.catalogue.models import Measure
from scorecard.charts.svg.comparison import draw_funnel, draw_places, draw_years, gap_bars, years_top
from scorecard.core.numbers import count_of
from scorecard.core.periods import month_words
from scorecard.core.rows import Row, missing, rows_of
from scorecard.core.vocabulary import upper_first
from scorecard.narrative.comparison import (
    FUNNEL_WORDS,
    NOT_BESIDE_INVENTED,
    NOTHING_KNOWN,
    gap_words,
    good_way,
    interval_words,
    list_words,
    mean_words,
    movement_words,
    people_words,
    period_of,
    rank_words,
    value_of,
)
from scorecard.use_cases.published.charts import (
    funnel_chart,
    gaps_chart,
    local_chart,
    places_chart,
    years_chart,
)
from scorecard.use_cases.published.comparison import Comparison, Middle
from scorecard.use_cases.published.export_comparison import comparison_rows
from scorecard.use_cases.view.charts import SCREEN_FONT

__all__ = [
    "BY_THE_RULE",
    "LINES",
    "MIDDLES",
    "NOTHING_KNOWN",
    "NOT_BESIDE_INVENTED",
    "ComparedMeasure",
    "compared_measures",
    "finding_words",
    "gap_picture",
    "lists_to_choose",
    "measure_csv",
    "measure_pictures",
    "measure_table",
    "measure_words",
    "not_published",
    "published_and_local",
    "sources_that_differ",
]  # fmt: skip
BY_THE_RULE = "rule"
REVISED_TOLD = 3
DIFFERENCES = 500  # of sources, listed at most
NEWEST = ", the newest there is"
COUNT = "a count: see its rate"
NO_NEIGHBOURS = "no neighbours' figure to set it beside"
WIDE, NARROW, HALF = 576.0, 296.0, 424.0  # pixels, as in view.charts
MIDDLES = {"mean": "Mean of the neighbours", "median": "Median of the neighbours"}
LINES = {"held": "The list that held in each year", "lists": "Each list over all years, and those in every list"}
SAME = {"same": "The same definition as ours.", "near": "Near to ours, not the same."}


@dataclass(frozen=True)
class ComparedMeasure:
    """One measure's row, in words."""

    measure_id: str
    name: str
    then: str
    now: str
    moved: str
    neighbours_rank: str
    england_rank: str


@dataclass(frozen=True)
class Picture:
    """A chart as SVG at two widths, and what it says."""

    wide: str
    narrow: str
    alt: str


def not_published(comparison: Comparison, measure_id: str) -> str:
    """Why nothing published feeds a measure."""
    mapped = comparison.reference.mapping.by_measure.get(measure_id)
    if mapped is None or mapped.sources:
        return "No published figure of it is known."
    return f"Nothing that is published feeds it: {mapped.words}"


def lists_to_choose(comparison: Comparison) -> dict[str, str]:
    """The ways to choose a list of neighbours: the rule, and each list for all years."""
    known = comparison.reference.neighbours.rule.editions
    return {BY_THE_RULE: "The list that held in each year"} | {
        edition.id: f"{edition.name}'s, all years" for edition in known
    }


def compared_measures(comparison: Comparison, month: date) -> list[ComparedMeasure]:
    """A row for each measure with published figures. month: the reporting month, by which 'then' had ended."""
    now = {row["measure_id"]: row for row in rows_of(comparison.newest())}
    then = {row["measure_id"]: row for row in rows_of(comparison.newest(month))}
    moved = {row["measure_id"]: row for row in rows_of(comparison.movements)}
    rows = []
    for measure_id, measure in comparison.measures.items():
        if measure_id in now:
            before, after = then.get(measure_id), now[measure_id]
            rows.append(
                ComparedMeasure(
                    measure_id=measure_id,
                    name=measure.name,
                    then=_figure(before, measure, comparison.middle),
                    now=_figure(after, measure, comparison.middle),
                    moved=movement_words(moved[measure_id], measure)
                    if measure_id in moved
                    else COUNT
                    if measure.unit == "number"
                    else NO_NEIGHBOURS,
                    neighbours_rank=_ranks(before, after, "sn_rank_lowest_first", "sn_ranked"),
                    england_rank=_ranks(before, after, "england_rank_lowest_first", "england_of"),
                )
            )
    return rows


def finding_words(comparison: Comparison) -> str:
    """'better than the neighbours in 9 of 12 measures, worse in 3, by the newest published figures'."""
    rows = [(row, comparison.measures[row["measure_id"]]) for row in rows_of(comparison.newest())]
    judged = [(row, measure) for row, measure in rows if measure.unit != "number" and good_way(measure)]
    gaps = [gap_words(row[f"gap_to_sn_{comparison.middle}"], measure, "them") for row, measure in judged]
    better, worse, level = (
        sum(gap.endswith(how) for gap in gaps) for how in ("better than them", "worse than them", "level with them")
    )
    if not better + worse + level:
        return "no published figure to set beside the neighbours' yet"
    return (
        f"better than the neighbours in {better} of {better + worse + level} measures, worse in {worse}, by the newest "
        "published figures"
    )


def _figure(row: Row | None, measure: Measure, middle: Middle) -> str:
    """'90.0, 4.8 per 10,000 below the neighbours (31 March 2025)'."""
    if row is None:
        return "no figure had been published for a period that was over"
    value = value_of(row["value"], measure)
    if measure.unit == "number":
        return f"{value} ({period_of(row)})"
    return f"{value}, {gap_words(row[f'gap_to_sn_{middle}'], measure, 'the neighbours')} ({period_of(row)})"


def _ranks(before: Row | None, after: Row, rank: str, ranked: str) -> str:
    now = rank_words(after[rank], after[ranked])
    if before is None or before["period_end"] == after["period_end"]:
        return now
    return f"{rank_words(before[rank], before[ranked])}, then {now}"


def gap_picture(comparison: Comparison, measure_id: str) -> tuple[str, str] | None:
    """A gap over the years as small bars, up where we are better (or above), and its words; None without any."""
    chart = gaps_chart(comparison, measure_id)
    return None if chart is None else (gap_bars(chart), chart.alt)


def measure_words(comparison: Comparison, measure: Measure, month: date | None = None) -> list[str]:
    """What must be known of a measure's comparison: definition, list, people, sources that differ, editions.

    month: the reporting month, whose own newest published period is told before the newest there is.
    """
    mapped = comparison.reference.mapping.by_measure[measure.id]
    editions = {edition.id: edition.name for edition in comparison.reference.neighbours.rule.editions}
    sentences = [f"{SAME.get(mapped.match, '')} {mapped.words}".strip()]
    newest = _newest_of(comparison, measure)
    alone = f"no figure is published of {comparison.catalogue.authority.name} alone"
    sentences += [f"Of {whose}, who make one return: {alone}." for whose in comparison.joint_names(measure.id)]
    sentences += _by_month(comparison, measure, month, newest, editions)
    for row in newest:
        is_later = month is not None and row["period_end"].date() > month
        sentences.append(_period_words(row, measure, editions, comparison.middle, NEWEST if is_later else ""))
        if interval := interval_words(row, measure, row[comparison.sn]):
            sentences.append(f"{interval}.")
        if people := people_words(row["more_than"]):
            size = comparison.size_words(measure.id)
            sentences.append(f"{upper_first(people)}, of {row['denominator']:,.0f} ({size}).")
        if not missing(row["funnel_position"]):
            sentences.append(f"Among all authorities: {FUNNEL_WORDS[row['funnel_position']]}.")
        if turns := list_words(rows_of(comparison.by_list(measure.id, row["period_end"])), editions, measure):
            sentences.append(turns)
    sentences += _before_the_lists(comparison, measure)
    return [*sentences, *_revised(comparison, measure), _sources(comparison, measure)]


def _revised(comparison: Comparison, measure: Measure) -> list[str]:
    """Which of our figures read otherwise than as first published, the newest ones one by one."""
    if comparison.first is None:
        return []
    early = own_figures(comparison.first, comparison.own)
    ours = comparison.ours[comparison.ours["measure_id"] == measure.id]
    both = ours.merge(early, on=CELL, suffixes=("", "_first")).sort_values("period_end", ascending=False)
    differ = [row for row in rows_of(both) if _otherwise(row, measure)]
    revisions = [
        f"{period_of(row)}: {value_of(row['value_first'], measure)} as first published (edition of "
        f"{_day(row['edition_first'])}), {value_of(row['value'], measure)} as revised since."
        for row in differ[:REVISED_TOLD]
    ]
    more = len(differ) - len(revisions)
    return [
        *revisions,
        *(
            [f"{count_of(more, 'earlier figure of ours was', 'earlier figures of ours were')} revised too."]
            if more
            else []
        ),
    ]


def _day(edition: object) -> str:
    """An edition's day, as 20/11/2025, of the number that orders it."""
    return f"{pd.Timestamp(str(edition)):%d/%m/%Y}"


def _otherwise(row: Row, measure: Measure) -> bool:
    return value_of(row["value"], measure) != value_of(row["value_first"], measure)


def _newest_of(comparison: Comparison, measure: Measure, by: date | None = None) -> list[Row]:
    """The newest row of a measure that had ended by a day, in full; none where there isn't one."""
    return rows_of(comparison.newest_of(measure.id, by))


def _by_month(
    comparison: Comparison, measure: Measure, month: date | None, newest: list[Row], editions: dict[str, str]
) -> list[str]:
    """What is told of the reporting month where the newest period there is ended after it."""
    if month is None or not newest or newest[0]["period_end"].date() <= month:
        return []
    sentences = []
    for row in _newest_of(comparison, measure, month):
        which = f", the newest that had ended by {month_words(month)}"
        people = people_words(row["more_than"])
        period_sentence = _period_words(row, measure, editions, comparison.middle, which)
        sentences.append(f"{period_sentence} {upper_first(people)}." if people else period_sentence)
    return sentences or [f"No published period had ended by {month_words(month)}."]


def _period_words(row: Row, measure: Measure, editions: dict[str, str], middle: Middle, which: str) -> str:
    """A period's figures, ours and others'. which: what to say of the period."""
    period = period_of(row)
    ours = f"{upper_first(period)}{which}: {value_of(row['value'], measure)}"
    if measure.unit == "number":
        return f"{ours}. A count has no neighbours' mean: its rate can be compared."
    others = f"region {value_of(row['region'], measure)}; England {value_of(row['england'], measure)}"
    mean_text = mean_words(row, editions, middle)
    return f"{ours}; neighbours {value_of(row[f'sn_{middle}'], measure)} ({mean_text}); {others}."


def _before_the_lists(comparison: Comparison, measure: Measure) -> list[str]:
    """What is said of years before a list was in force."""
    if measure.unit == "number":
        return []
    ends = comparison.ours.loc[comparison.ours["measure_id"] == measure.id, "period_end"]
    rule = comparison.reference.neighbours
    sentences = {
        one.before
        for end in ends
        if (one := rule.edition_for(end.date())) is not None and one.before and end.date() < one.in_force
    }
    return sorted(sentences)


def _sources(comparison: Comparison, measure: Measure) -> str:
    rows = comparison.ours[comparison.ours["measure_id"] == measure.id]
    known = {publication.id: publication for publication in comparison.reference.mapping.publications}
    parts = [
        f"{known[str(name)].name} ({known[str(name)].publisher}, {known[str(name)].licence}), edition "
        f"{_day(group['edition'].max())}"
        for name, group in rows.groupby("publication", sort=True)
    ]
    return f"Source: {'; '.join(parts)}."


def published_and_local(comparison: Comparison, measure: Measure, figures: pd.DataFrame) -> list[Picture]:
    """The published years, and beside them our own monthly figures where there are enough.

    On one value axis where the definition is the same, else each on its own. figures: as of charts.local_chart.
    """
    same = comparison.reference.mapping.by_measure[measure.id].match == "same"
    years = years_chart(comparison, measure)
    published = [point.value for line in years.lines for point in line.points] if same else []
    local = local_chart(comparison, measure, figures, published)
    if local is None:
        return [_both(partial(draw_years, years, font=SCREEN_FONT), years.alt)]
    own = [point.value for point in local.lines[0].points] if same else []
    pair = (years_chart(comparison, measure, other_values=own), local)
    top = max(years_top(chart, HALF, SCREEN_FONT) for chart in pair)
    return [
        Picture(draw_years(chart, HALF, font=SCREEN_FONT, top=top), draw_years(chart, NARROW, font=SCREEN_FONT),
                chart.alt)
        for chart in pair
    ]  # fmt: skip


def measure_pictures(comparison: Comparison, measure: Measure, *, by_list: bool = False) -> list[tuple[str, Picture]]:
    """The charts of a measure, each under its heading: the years, the neighbours, all authorities, the funnel."""
    years = years_chart(comparison, measure, by_list=by_list)
    pictures = [("Over the years", _both(partial(draw_years, years, font=SCREEN_FONT), years.alt))]
    newest = comparison.newest()
    for end in newest.loc[newest["measure_id"] == measure.id, "period_end"]:
        for name, named in (("Beside our neighbours", True), ("In England", False)):
            places = places_chart(comparison, measure, end, named=named)
            if places is not None and len(places.places) > 1:
                pictures.append((name, _both(partial(draw_places, places, font=SCREEN_FONT), places.alt)))
        funnel = funnel_chart(comparison, measure, end)
        if funnel is not None:
            pictures.append(("By size: the funnel", _both(partial(draw_funnel, funnel, font=SCREEN_FONT), funnel.alt)))
    return pictures


def _both(draw: Callable[[float], str], alt: str) -> Picture:
    return Picture(draw(WIDE), draw(NARROW), alt)


def measure_table(comparison: Comparison, measure: Measure) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """A measure's figures by period, newest first: headers and rows."""
    editions = {edition.id: edition.name for edition in comparison.reference.neighbours.rule.editions}
    rows = comparison.beside_others[comparison.beside_others["measure_id"] == measure.id].iloc[::-1]
    middle = comparison.middle
    headers = (
        "Period",
        "Ours",
        f"Neighbours' {middle}",
        "Of how many, which list",
        "Region",
        "England",
        "Rank in England",
        "Edition",
    )
    body: list[tuple[str, ...]] = [
        (
            period_of(row),
            value_of(row["value"], measure) if missing(row["symbol"]) else f"{value_of(row['value'], measure)} "
            f"[{row['symbol']}]",
            value_of(row[comparison.sn], measure),
            mean_words(row, editions, middle) if measure.unit != "number" else "–",
            value_of(row["region"], measure),
            value_of(row["england"], measure),
            rank_words(row["england_rank_lowest_first"], row["england_of"]),
            _day(row["figure_edition"]),
        )
        for row in rows_of(rows)
    ]  # fmt: skip
    return headers, body


def sources_that_differ(comparison: Comparison, measure: Measure) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """The figures of which two sources differ beyond rounding, ours first: headers and rows."""
    headers = ("Area", "Period", "Stands here", "From", "Also published", "By")
    differing = comparison.disagreements[comparison.disagreements["measure_id"] == measure.id]
    differing = differing.assign(others=(differing["area"] != comparison.own).to_numpy(dtype=bool))
    names = {publication.id: publication.name for publication in comparison.reference.mapping.publications}
    return headers, [
        (
            comparison.reference.authorities.area(str(row["area"])).name,
            f"{row['period_end']:%d/%m/%Y}",
            value_of(row["value"], measure),
            names[str(row["publication"])],
            value_of(row["other_value"], measure),
            names[str(row["other_publication"])],
        )
        for row in rows_of(differing.sort_values(["others", "area", "period_end"], kind="stable").head(DIFFERENCES))
    ]


def measure_csv(comparison: Comparison, measure: Measure) -> bytes:
    """All quantities of a measure, of every area, as long rows (UTF-8 with BOM)."""
    rows = comparison_rows(comparison)
    text = rows[rows["measure_id"] == measure.id].to_csv(index=False, lineterminator="\n")
    return str(text).encode("utf-8-sig")
