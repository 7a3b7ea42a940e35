"""Measure: everything about one. What it says, its chart and table, the plan's words, every version of a figure."""

from __future__ import annotations

import streamlit as st

from scorecard.catalogue.figures import SYMBOL_WORDS, figure_words
from scorecard.catalogue.models import Measure
from scorecard.catalogue.periods import month_words, period_words
from scorecard.charts import PLOTLY_CONFIG, TrendChart, figure, svg
from scorecard.charts import table as chart_table
from scorecard.pages.figures import Row, area_link, figures_table, rows_of, status
from scorecard.pages.markup import Markup, joined, listing, paragraph, show, table
from scorecard.pages.session import current_view, moment_words, scorecard
from scorecard.use_cases.draw_charts import trend
from scorecard.use_cases.export_assessment import safe_csv
from scorecard.use_cases.view_history import versions
from scorecard.use_cases.view_measures import View

ORIGINS = {
    "plan": "The improvement plan",
    "extract": "Extract",
    "published": "Published statistics",
    "demonstration": "Demonstration data",
}
KINDS = {
    "compliance": "Compliance: is what must be done, done?",
    "volume": "Volume: how much there is; neither good nor bad in itself",
    "timeliness": "Timeliness: is it done in time?",
    "quality": "Quality: is it done well?",
    "outcome": "Outcome: does it help?",
}
POLARITIES = {
    "higher_is_better": "Higher is better",
    "lower_is_better": "Lower is better",
    "monitor": "Monitored: no direction is better",
}
ACCUMULATIONS = {
    "in_month": "What happened in the month",
    "rolling_12_months": "The last 12 months",
    "year_to_date": "Added up since the start of the year",
    "at_month_end": "How things stand at the month's end",
    "unknown": "The plan does not say what period it covers",
}


def page() -> None:
    """Draws the measure that the URL names; the first where it names none."""
    crumbs = st.empty()
    heading = st.empty()
    view = current_view()
    measure_id = _choose(view)
    measure = view.catalogue.measure(measure_id)
    area = view.catalogue.service_area_of(measure_id)
    with crumbs:
        show(Markup(f'<p class="sc-crumbs">Service area: {area_link(area.id, area.name)}</p>'))
    heading.title(measure.name)
    row = rows_of(view.measures[view.measures["measure_id"] == measure_id])[0]
    _answer(row)
    chart = trend(view, measure_id)
    _chart(chart)
    show(figures_table([row], f"Figures for {month_words(view.month)}"))
    _what_it_means(row)
    _history(view, measure, chart)
    _definition(measure)


def _choose(view: View) -> str:
    names = {measure.id: measure.name for measure in view.catalogue.measures}
    asked = st.query_params.get("measure", "")
    if asked and asked not in names:
        show(paragraph(f"There is no measure '{asked[:80]}' in the catalogue, so the first one is shown.", "sc-words"))
    shown = asked if asked in names else next(iter(names))
    chosen = st.selectbox("Measure", list(names), index=list(names).index(shown), format_func=names.__getitem__)
    if chosen != shown:
        st.query_params["measure"] = chosen
        st.rerun()
    return shown


def _answer(row: Row) -> None:
    """Status and sentence: the ten-second answer."""
    show(Markup(f'<p class="sc-finding">{status(row)} {joined([row["sentence"]])}</p>'))
    if row["exception"]:
        why = joined(["For the board: ", row["exception_words"]])
        show(Markup(f'<div class="sc-exception">{paragraph(why)}</div>'))


def _chart(chart: TrendChart) -> None:
    st.header(chart.title, anchor="chart")
    if chart.subtitle:
        show(paragraph(chart.subtitle, "sc-muted"))
    st.plotly_chart(figure(chart, titled=False), config=PLOTLY_CONFIG, theme=None, alt=chart.alt, key="trend")
    if chart.notes:
        show(listing(chart.notes))
    show(paragraph(chart.source, "sc-muted"))
    readable = chart_table(chart)
    headers = [str(name) for name in readable.columns]
    with st.expander("The chart as a table"):
        show(
            table(
                f"{chart.name}: what the chart shows", headers, readable.astype(str).to_numpy().tolist(), compact=True
            )
        )
    left, middle, _ = st.columns([1, 1, 2])
    left.download_button(
        "Download the figures (CSV)", safe_csv(readable), f"{chart.measure_id}.csv", "text/csv", on_click="ignore"
    )
    middle.download_button(
        "Download the chart (SVG)", svg(chart, 900, 480), f"{chart.measure_id}.svg", "image/svg+xml", on_click="ignore"
    )


def _what_it_means(row: Row) -> None:
    st.header("What it means", anchor="meaning")
    facts = [
        ("Status", row["status_words"]),
        ("Distance to target", row["distance_words"]),
        ("Gap closed", row["gap_closed_words"]),
        ("Since the figure before", row["movement_words"]),
        ("In people", row["people_words"]),
        ("Change or chance", row["variation_words"]),
        ("Will the target be met?", row["assurance_words"]),
        ("On the way to the target's date", row["trajectory_words"]),
        ("Age of the figure", row["age_words"]),
        ("Status and signal", row["disagreement"]),
        ("Is the target outgrown?", "It may be: ask the board to reset it" if row["outgrown"] else None),
    ]
    show(table("What the rules say", ("Question", "Answer"), [fact for fact in facts if fact[1]], compact=True))


def _history(view: View, measure: Measure, chart: TrendChart) -> None:
    """Every version of every figure, with where it came from."""
    st.header("Every figure, and every version of it", anchor="versions")
    known = versions(scorecard(), view, measure.id)
    body = [_version(measure, row) for row in rows_of(known)]
    headers = ("Period", "Figure", "Symbol or note", "From", "Known from", "Until")
    show(table(f"{measure.name}: all that was ever known", headers, body, numeric=(1,), compact=True))
    del chart


def _version(measure: Measure, row: Row) -> tuple[str | None, ...]:
    words = None if row["value"] is None else figure_words(row["value"], measure.unit, measure.decimals)
    symbol = SYMBOL_WORDS.get(row["symbol"] or "", row["symbol"])
    remark = "; ".join(part for part in (symbol, row["note"]) if part)
    origin = ORIGINS.get(row["origin"], row["origin"])
    source = f"{origin} {row['extract_id']}" if row["extract_id"] is not None else origin
    until = (
        "withdrawn or replaced " + moment_words(row["recorded_to"])
        if row["recorded_to"] is not None
        else "still stands"
    )
    since = moment_words(row["recorded_from"]) if row["recorded_from"] is not None else "the plan's edition"
    return period_words(row["period_end"], row["months"]), words, remark, source, since, until


def _definition(measure: Measure) -> None:
    """What the plan prints, apart from what is ours."""
    st.header("What the plan prints", anchor="plan")
    printed = [("Measure", measure.plan_wording)]
    for label, cell in (("Baseline", measure.baseline), ("Actual, July 2020", measure.july_2020)):
        printed.append((label, cell.printed if cell else "Not in the plan"))
    printed += [("Target", target.printed) for target in measure.targets] or [("Target", "Not in the plan")]
    printed += [("Comparator", comparator.printed) for comparator in measure.comparators.values()]
    printed += [("Comparator", measure.comparators_printed)] if measure.comparators_printed else []
    for target in measure.targets:
        if target.by and target.by_action:
            words = f"{target.by_printed}: {target.by_action}"
            printed.append(("Date of the action about it", words))
    show(table("In the plan's own words", ("What", "As printed"), printed, compact=True))
    st.header("How we read it", anchor="ours")
    ours = [
        ("Definition", measure.definition),
        ("Kind", KINDS[measure.kind]),
        ("Direction", POLARITIES[measure.polarity]),
        ("What a figure covers", ACCUMULATIONS[measure.accumulation]),
        ("Sent by", f"{measure.supplied_by}, {measure.frequency}"),
        ("Starts", month_words(measure.starts) if measure.starts else None),
        ("Note", measure.note),
        ("Break", measure.definition_break.why if measure.definition_break else None),
    ]
    ours += [
        (f"Not comparable: {cell.printed}", cell.why) for cell in measure.comparators.values() if not cell.comparable
    ]
    ours += [(f"Limits drawn anew from {month_words(rebase.from_month)}", rebase.why) for rebase in measure.rebase]
    show(paragraph("These words are ours, not the plan's.", "sc-muted"))
    show(table("Definition and reading", ("What", "Ours"), [fact for fact in ours if fact[1]], compact=True))
