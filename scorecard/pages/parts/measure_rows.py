"""The list of measures: a row each, with latest, target, distance, two years as a line, movement and outlook."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from html import escape

from scorecard.charts import assurance_icon, variation_icon
from scorecard.core.periods import period_words
from scorecard.core.rows import Row
from scorecard.pages.parts.data_quality import advice_line, care_in_brief
from scorecard.pages.parts.figures import area_link, has_line, measure_link, small_line, status_mark
from scorecard.pages.parts.markup import Content, Markup, paragraph, picture, text
from scorecard.use_cases.view.charts import SCREEN_FONT
from scorecard.use_cases.view.measures import View
from scorecard.use_cases.view.overview import TargetOutlook, bar, brief_words, level

DISTANCE = Markup('<span class="sc-short">Short</span>│ met')
HEADERS: dict[str, Content] = {
    "latest": "Latest", "target": "Target", "distance": DISTANCE, "line": "Last 24 months", "moving": "Is it moving?",
    "ahead": "Will it be met?",
}  # fmt: skip
Extra = Callable[[Row], Content]
Has = Callable[[View, Row], bool]
# Columns that are left out where no row has anything to say in them, as before there is a history.
FILLED: dict[str, Has] = {
    "line": has_line,
    "moving": lambda view, row: bool(brief_words(view)[row["measure_id"]][0]),
    "ahead": lambda view, row: bool(brief_words(view)[row["measure_id"]][1].words),
}


def measure_rows(
    view: View, rows: Sequence[Row], caption: str, *, with_area: bool = True, more: Sequence[tuple[str, Extra]] = ()
) -> Markup:
    """The list as a table whose rows open in place. more: further columns, their heading and what is in them."""
    left_out = [kind for kind, has in FILLED.items() if not any(has(view, row) for row in rows)]
    shown = {kind: heading for kind, heading in HEADERS.items() if kind not in left_out}
    heads = [("measure", "Measure"), *shown.items(), *(("extra", name) for name, _ in more)]
    head = "".join(
        f'<th scope="col" role="columnheader" class="sc-head-{kind}">{text(heading)}</th>' for kind, heading in heads
    )
    body = "".join(_row(view, row, with_area, shown, more) for row in rows)
    kinds = " ".join(["sc-measures", f"sc-more-{len(more)}", *(f"sc-without-{kind}" for kind in left_out)])
    return Markup(
        f'<div class="sc-room"><table class="{kinds}" role="table"><caption>{escape(caption)}</caption>'
        f'<thead role="rowgroup"><tr role="row">{head}<td role="cell"></td></tr></thead>'
        f'<tbody role="rowgroup">{body}</tbody></table></div>'
    )


def _row(view: View, row: Row, with_area: bool, shown: Iterable[str], more: Sequence[tuple[str, Extra]]) -> str:
    area = f'<span class="sc-of">{area_link(row["service_area_id"], row["service_area"])}</span>' if with_area else ""
    moving, ahead = brief_words(view)[row["measure_id"]]
    known: dict[str, Content] = {
        "latest": latest(view, row),
        "target": _target(row),
        "distance": _distance(view, row),
        "line": small_line(view, row),
        "moving": moving_mark(row, moving),
        "ahead": target_outlook_mark(ahead),
    }
    cells = [*((kind, known[kind]) for kind in shown), *(("extra", draw(row)) for _, draw in more)]
    drawn = "".join(f'<td role="cell" class="sc-cell-{kind}">{text(content)}</td>' for kind, content in cells)
    return (
        f'<tr role="row"><th scope="row" role="rowheader"><span class="sc-name">{measure_link(row)}</span>{area}</th>'
        f'{drawn}<td role="cell" class="sc-cell-told">{_told(view, row)}</td></tr>'
    )


def _target(row: Row) -> Content:
    """'at least 90%', which a telephone, where no header is above it, calls the target or the plan's level."""
    if not row["target_words"]:
        return "no target"
    return Markup(f'<span class="sc-called">{level(row)} </span>{escape(row["target_words"])}')


def latest(view: View, row: Row) -> Content:
    """The latest figure; its month where that is not the reporting month, and whether it is provisional."""
    if row["value"] is None:
        return status_mark(row["status"], row["status_words"])
    other = period_words(row["period_end"], 1) if row["period_end"] != view.month else ""
    under = ", ".join(part for part in (other, "provisional" if row["provisional"] else "") if part)
    when = f'<span class="sc-under">{escape(under)}</span>' if under else ""
    return Markup(f"<strong>{escape(row['value_words'].split(' (')[0])}</strong>{when}")


def _distance(view: View, row: Row) -> Content:
    bar_and_label = bar(view, row["measure_id"])
    if bar_and_label is None:
        return Markup(f'<span class="sc-under">{escape(row["distance_words"] or "")}</span>')
    shown, drawn = bar_and_label
    return picture(drawn, shown.distance_words or shown.status_words, "sc-distance")


def moving_mark(row: Row, phrase: str) -> Content:
    """Whether it moves, with its icon where change can be told from chance."""
    if row["variation"] is None:
        return quiet_words(phrase)
    icon = variation_icon(row["variation"], up=row["signal_up"], title_text=phrase, font=SCREEN_FONT)
    return Markup(f"{picture(icon, '', 'sc-sign')}<span>{escape(phrase)}</span>")


def quiet_words(phrase: str) -> Markup:
    """What is said without an icon; a dash, which a telephone leaves out, where nothing is."""
    return Markup(f'<span class="sc-quiet{"" if phrase else " sc-nothing"}">{escape(phrase or "–")}</span>')


def target_outlook_mark(ahead: TargetOutlook) -> Content:
    """Whether its target will be met, with its icon where limits tell."""
    if ahead.assurance is None:
        return quiet_words(ahead.words)
    icon = assurance_icon(ahead.assurance, title_text=ahead.words, font=SCREEN_FONT)
    return Markup(f"{picture(icon, '', 'sc-sign')}<span>{escape(ahead.words)}</span>")


def _told(view: View, row: Row) -> Markup:
    """What is to be said of it, for who opens the row."""
    before = f" {row['last_year_words']}." if row["last_year_words"] else ""
    sentence = f"{row['exception_detail']}{before}" if row["exception_detail"] else row["sentence"]
    return Markup(
        f'<details><summary aria-label="More about {escape(row["name"])}"></summary>'
        f"{paragraph(sentence)}{advice_line(view, row)}{care_in_brief(view, row['measure_id'])}</details>"
    )
