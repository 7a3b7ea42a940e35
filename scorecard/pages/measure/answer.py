"""The answer on one line: the figure, its target, whether it moves, whether it will be met, whether to trust it."""

from __future__ import annotations

from html import escape

from scorecard.core.numbers import number_words
from scorecard.core.periods import month_words, period_words
from scorecard.core.rows import Row
from scorecard.core.vocabulary import upper_first
from scorecard.pages.measure.figures import sent_words
from scorecard.pages.parts.data_quality import advice_line, care_line, quality_of
from scorecard.pages.parts.figures import status
from scorecard.pages.parts.markup import Content, Markup, joined, paragraph, show, text
from scorecard.pages.parts.measure_rows import moving_mark, target_outlook_mark
from scorecard.use_cases.view.charts import levels
from scorecard.use_cases.view.measures import View
from scorecard.use_cases.view.overview import TargetOutlook, brief_words, chance_of, compared_with, level, plain_fact_of


def answer(view: View, row: Row) -> None:
    """Draws it, with what the board must hear, and what to do, below."""
    moving, ahead = brief_words(view)[row["measure_id"]]
    outlook = ahead if ahead.words else ahead._replace(words="Outlook not told")
    quality = quality_of(view, row["measure_id"])
    target = f"{upper_first(level(row))} {row['target_words']}" if row["target_words"] else "No target"
    parts: list[tuple[Content, Content]] = [
        (
            Markup(f'<span class="sc-large">{escape(_value(view, row))}</span>'),
            joined([_of(row), Markup(f'<span class="sc-under">{escape(sent_words(view, row))}</span>')]),
        ),
        (Markup(f"<strong>{escape(target)}</strong> {status(row) if row['status'] else ''}"), _pace(row)),
        (moving_mark(row, moving or "Change not told"), _moving(view, row)),
        (Markup(f"<strong>{text(target_outlook_mark(outlook))}</strong>"), _outlook(view, row, ahead)),
        *_compared(view, row),
        (Markup(f"<strong>Data: {escape(quality['quality_words'].lower())}</strong>"), None),
    ]
    drawn = "".join(
        f'<li><div>{text(head)}</div>{f"""<span class="sc-under">{text(under)}</span>""" if under else ""}</li>'
        for head, under in parts
    )
    board = joined([Markup("<strong>For the board:</strong>"), row["exception_detail"]]) if row["exception"] else ""
    doubt = care_line(view, row["measure_id"])
    exception = f'<div class="sc-exception">{paragraph(board)}{doubt}</div>' if board else doubt
    show(Markup(f'<ul class="sc-answer">{drawn}</ul><div class="sc-advice">{exception}{advice_line(view, row)}</div>'))


def _compared(view: View, row: Row) -> list[tuple[Content, Content]]:
    """How it stands to the first of the others that it can be compared with; nothing where there is none."""
    return [(comparison, None) for comparison in compared_with(view, row["measure_id"])[:1]]


def _value(view: View, row: Row) -> str:
    """'82%'; where the plan gives no number what it says, 'above 25'."""
    return str(row["value_words"] or upper_first(levels(view, row["measure_id"])[0].latest_words)).split(" (")[0]


def _of(row: Row) -> str:
    """'July 2020: 91 of 126'."""
    if row["period_end"] is None:
        return str(row["status_words"])
    when = period_words(row["period_end"], row["months"])
    age = f", {row['age_words']}" if row["age_words"] else ""
    counted = ""
    if row["numerator"] is not None and row["denominator"] is not None:
        counted = f": {number_words(row['numerator'])} of {number_words(row['denominator'])}"
    return f"{upper_first(when)}{age}{counted}"


def _pace(row: Row) -> str | None:
    """What it takes to meet the target by its date; without one how far off it is, unless the heading tells that."""
    sentence = row["trajectory_words"] or ""
    if sentence.startswith("No trajectory"):
        sentence = "" if row["variation"] is None else row["distance_words"] or ""
    by = "" if row["target_by"] is None else month_words(row["target_by"])
    return f"By {by}. {upper_first(sentence)}".strip() if by not in sentence else upper_first(sentence) or None


def _outlook(view: View, row: Row, ahead: TargetOutlook) -> str | None:
    """The chance by the target's date, unless it is above already; and how many more would meet it."""
    sentence = view.outlook[row["measure_id"]]
    first_words = ahead.words.split(" by ")[0]
    parts = [
        "" if first_words and sentence.startswith(first_words) else sentence,
        upper_first(row["people_words"] or ""),
    ]
    return ". ".join(part.rstrip(".") for part in parts if part) or None


def _moving(view: View, row: Row) -> str | None:
    """'Unlikely to be chance. Same time last year: 74%', below how it moves, which without limits tells that."""
    measure_id = row["measure_id"]
    last_year = row["last_year_words"] if row["variation"] is not None or row["small_numbers"] else None
    facts = (plain_fact_of(view, measure_id) or chance_of(view, measure_id), last_year)
    return ". ".join(fact for fact in facts if fact) or None
