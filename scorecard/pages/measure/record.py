"""All that is known of one measure: every version of every figure, what the plan prints, and how we read it."""

from __future__ import annotations

from datetime import date

from scorecard.catalogue.models import Measure
from scorecard.core.numbers import SYMBOL_WORDS, figure_words
from scorecard.core.periods import month_words, period_words
from scorecard.core.rows import Row, rows_with_none
from scorecard.pages.measure.figures import file_link, sent_by
from scorecard.pages.parts.markup import NEWEST, Content, heading, newest_first, paragraph, show, table
from scorecard.pages.parts.session import moment_words, scorecard
from scorecard.use_cases.upload.history import accepted_about, versions
from scorecard.use_cases.view.completeness import completeness_of, usual_revision_of
from scorecard.use_cases.view.measures import View

TOO_FEW_SENT_AGAIN = "Too few figures have been sent more than once to say how much first figures are usually revised."
ORIGINS = {"plan": "The improvement plan", "published": "Published statistics"}  # of what no file of ours brought
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
VOLUME_POLARITIES = {
    "higher_is_better": "Neither good nor bad in itself: the plan's level is a least",
    "lower_is_better": "Neither good nor bad in itself: the plan's level is a most",
    "monitor": POLARITIES["monitor"],
}
ACCUMULATIONS = {
    "in_month": "What happened in the month",
    "rolling_12_months": "The last 12 months",
    "year_to_date": "Added up since the start of the year",
    "at_month_end": "How things stand at the month's end",
    "unknown": "The plan does not say what period it covers",
}


def history(view: View, measure: Measure) -> None:
    """Every version of every figure, with where it came from."""
    show(heading("Data history"))
    known = versions(scorecard(), view, measure.id)
    usual = usual_revision_of(completeness_of(scorecard(), view), measure.id)
    show(paragraph(usual.sentence if usual else TOO_FEW_SENT_AGAIN, "sc-words"))
    body = [_version(measure, row) for row in rows_with_none(known)]
    headers = ("Period", "Figure", "Symbol or note", "Sent by", "File", "Known from", "Until")
    newest_first(f"{measure.name}: all that was ever known", headers, body, "earlier row", numeric=(1,))
    _accepted(measure)


def _accepted(measure: Measure) -> None:
    """The warnings about its figures that were accepted, and why."""
    accepted = accepted_about(scorecard(), measure.id)
    if accepted.empty:
        return
    body = [
        (file_link(row), moment_words(row["submitted_at"]), row["title"], row["found"], row["reason"])
        for row in rows_with_none(accepted.head(NEWEST))
    ]
    more = f" (the last {NEWEST} of {len(accepted):,})" if len(accepted) > NEWEST else ""
    headers = ("File", "When", "What was found", "Found", "Why it was accepted")
    show(table(f"Warnings that were accepted{more}", headers, body, compact=True))


def _version(measure: Measure, row: Row) -> tuple[Content, ...]:
    figure_text = None if row["value"] is None else figure_words(row["value"], measure.unit, measure.decimals)
    symbol = SYMBOL_WORDS.get(row["symbol"] or "", row["symbol"])
    remark = "; ".join(part for part in (symbol, row["note"]) if part)
    sent = row["file_name"] is not None
    by, file = (sent_by(row), file_link(row)) if sent else (ORIGINS.get(row["origin"], row["origin"]), None)
    until = "Withdrawn or replaced " + moment_words(row["recorded_to"]) if row["recorded_to"] is not None else "Current"
    since = moment_words(row["recorded_from"]) if row["recorded_from"] is not None else "The plan's edition"
    return period_words(row["period_end"], row["months"]), figure_text, remark, by, file, since, until


def definition(measure: Measure, actuals: date) -> None:
    """What the plan prints, apart from what is ours. actuals: the month of the plan's."""
    show(heading("What the plan prints"))
    printed = [("Measure", measure.plan_wording)]
    for label, cell in (("Baseline", measure.baseline), (f"Actual, {month_words(actuals)}", measure.july_2020)):
        printed.append((label, cell.printed if cell else "Not in the plan"))
    printed += [("Target", target.printed) for target in measure.targets] or [("Target", "Not in the plan")]
    printed += [("Comparator", comparator.printed) for comparator in measure.comparators.values()]
    printed += [("Comparator", measure.comparators_printed)] if measure.comparators_printed else []
    for target in measure.targets:
        if target.by and target.by_action:
            action_words = f"{target.by_printed}: {target.by_action}"
            printed.append(("Date of the action about it", action_words))
    show(table("In the plan's own words", ("What", "As printed"), printed, compact=True))
    show(heading("How we read it"))
    ours = [
        ("Definition", measure.definition),
        ("Kind", KINDS[measure.kind]),
        ("Direction", (VOLUME_POLARITIES if measure.kind == "volume" else POLARITIES)[measure.polarity]),
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
