"""Change or chance over the whole service: variation × assurance, and where status and signal disagree."""

from __future__ import annotations

import streamlit as st

from scorecard.charts import assurance_icon, variation_icon
from scorecard.core.rows import Row
from scorecard.core.vocabulary import ASSURANCE_HEADINGS, VARIATION_HEADINGS
from scorecard.pages.parts.figures import measure_link, rows_among, rows_by_id, status_mark
from scorecard.pages.parts.markup import Content, Markup, beside, joined, listing, paragraph, show, table
from scorecard.use_cases.view.measures import View


def moving_words(view: View) -> str:
    """Is it moving? How many signal a change, and how many of so many would by chance alone."""
    shown, signalling = view.signals_shown, view.signalling
    if not shown:
        return (
            "Whether it is moving can't be told yet: change is told from chance once a measure has 12 figures, and "
            "none has so many."
        )
    by_chance = view.expected_by_chance
    chance = "fewer than one" if by_chance < 1 else f"about {by_chance:.0f}"
    return (
        f"{signalling} of the {shown} measures with enough figures signal a change this month. If nothing but chance "
        f"were at work, {chance} ({by_chance:.1f}) would."
    )


def change_or_chance(view: View) -> None:
    """The grid, or why there is none; then what it means for a board."""
    st.header("Change or chance, and will it be met?", anchor="chance")
    show(paragraph(moving_words(view), "sc-words"))
    if view.signals_shown:
        _told(view)
        show(_grid(view))
    _too_little(view)
    _lists(view)


def _told(view: View) -> None:
    """What a board should read off the grid, in words."""
    slow = [measure_link(row) for row in rows_among(view, view.improving_too_slowly)]
    lucky = [joined([measure_link(row), f" ({_how_often(row)})"], "") for row in rows_among(view, view.met_by_luck)]
    told: list[tuple[str, list[Markup]]] = [
        ("Improving, but behind the line to its target by more than chance", slow),
        ("Meets the target now, but by luck: its level misses it in 1 month of 5 or more", lucky),
    ]
    for words, found in told:
        names = joined(found, "; ") if found else "no measure"
        show(paragraph(joined([Markup(f"<strong>{words}:</strong>"), names]), "sc-words"))


def _how_often(row: Row) -> str:
    return f"met in {row['met_months']} of the last {row['met_of']}"


def _grid(view: View) -> Markup:
    """Rows and columns that hold any measure; each measure as its status and a link."""
    columns = [code for code in ASSURANCE_HEADINGS if any(view.cell(row, code) for row in VARIATION_HEADINGS)]
    rows = [code for code in VARIATION_HEADINGS if any(view.cell(code, column) for column in ASSURANCE_HEADINGS)]
    headers = ["Change or chance", *(_heading(code) for code in columns)]
    body = [
        (
            beside(variation_icon(code, up=code != "concern"), VARIATION_HEADINGS[code]),
            *(_cell(view, view.cell(code, column)) for column in columns),
        )
        for code in rows
    ]
    return table("Variation by assurance: every measure with enough figures", headers, body, kind="sc-grid")


def _heading(assurance: str) -> Content:
    """An assurance as its icon and words; the columns that are none have no icon."""
    words = ASSURANCE_HEADINGS[assurance]
    return words if assurance in ("met_months", "moving", "none") else beside(assurance_icon(assurance), words)


def _cell(view: View, measure_ids: list[str]) -> Content:
    if not measure_ids:
        return None
    return listing([_entry(rows_by_id(view)[measure_id]) for measure_id in measure_ids], "sc-cell")


def _entry(row: Row) -> Markup:
    words = row["assurance_words"] if row["target_at_bound"] else None
    often = [f"({words[:1].lower()}{words[1:]})"] if words else []
    return status_mark(row["status"], joined([measure_link(row), *often]))


def _too_little(view: View) -> None:
    """The measures that the grid can't place, by the reason."""
    found = view.too_little
    if not found:
        return
    count = sum(map(len, found.values()))
    lines = [
        joined(
            [
                Markup(f"<strong>{len(ids)}</strong>"),
                f"{why}: ",
                joined([measure_link(rows_by_id(view)[measure_id]) for measure_id in ids], "; "),
            ]
        )
        for why, ids in found.items()
    ]
    noun = "measure" if count == 1 else "measures"
    with st.expander(f"{count} {noun} whose change can't be told from chance, and why"):
        show(listing(lines))


def _lists(view: View) -> None:
    """Where status and signal disagree, and the targets that ask for nothing more."""
    st.subheader("Where status and signal disagree", anchor=False)
    disagree = rows_among(view, view.disagreements)
    if disagree:
        show(listing(joined([measure_link(row), row["disagreement"]], ": ") for row in disagree))
    else:
        nowhere = "Nowhere: no met target is worsening beyond chance, and no missed one improving."
        show(paragraph(nowhere if view.signals_shown else "That can't be told yet: nothing signals.", "sc-words"))
    st.subheader("Targets that may be outgrown", anchor=False)
    outgrown = rows_among(view, view.outgrown)
    if outgrown:
        words = "Met at the baseline already, or by each of the last six figures: ask the board to set them anew."
        show(paragraph(words, "sc-words"))
        show(listing(joined([measure_link(row), _standing(row)], ": ") for row in outgrown))
    else:
        show(paragraph("None.", "sc-words"))


def _standing(row: Row) -> str:
    return f"{row['value_words']}, target {row['target_words']}"
