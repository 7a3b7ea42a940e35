"""What a measure's chart means: change or chance, how far and by when, and where limits were drawn again."""

from __future__ import annotations

from scorecard.catalogue.models import Measure, Rebase
from scorecard.core.periods import month_words
from scorecard.core.rows import Row
from scorecard.pages.measure.chart import change_section
from scorecard.pages.parts.markup import Content, heading, joined, link, listing, paragraph, show, table
from scorecard.use_cases.view.measures import View
from scorecard.use_cases.view.overview import level, neutral
from scorecard.use_cases.view.signals import explained

REBASE_HEADERS = ("From", "Why", "Proposed by", "Agreed by", "When")
METHODS = "How these rules work, how often they are wrong, and where we differ from others:"


def change_or_chance(view: View, row: Row, measure: Measure) -> None:
    """Each signal in a sentence, how often chance alone shows one, how soon a real change would show; the monthly
    change where it is tested instead; and where limits were drawn again.
    """
    show(heading("Is it real?"))
    explanation = explained(view, row["measure_id"])
    if not explanation.by_chance:
        instead = "; the monthly change is charted instead, below" if row["no_limits_code"] == "leaning" else ""
        show(paragraph(f"{row['variation_words']}{instead}.", "sc-words"))
    else:
        if explanation.signals:
            show(listing(explanation.signals))
            if explanation.more:
                show(paragraph(f"And {explanation.more} older ones, marked on the chart.", "sc-muted"))
        else:
            show(paragraph("Nothing on this chart is beyond what chance would give.", "sc-words"))
        show(paragraph(explanation.by_chance, "sc-words"))
    if explanation.showing:
        show(heading("How soon a real change would show", 3))
        headers = ("A lasting change of", "Half of the time", "Nine times in ten")
        caption = "If the level changed for good by so much, the chart would signal it"
        show(table(caption, headers, explanation.showing, compact=True))
    change_section(view, measure.id)
    _rebases(view, measure)
    show(paragraph(joined([METHODS, link("the methods", "about")]), "sc-muted"))


def how_far(view: View, row: Row) -> None:
    """Distance, people, pace, and the chance of being there by the target's date."""
    show(heading("How far, how fast, by when?"))
    measure_id = row["measure_id"]
    facts: list[tuple[Content, Content]] = [
        ("Status", row["status_words"]),
        (f"Distance to {'the ' if neutral(row) else ''}{level(row)}", row["distance_words"]),
        ("In people", row["people_words"]),
        ("Since the figure before", row["movement_words"]),
        ("Change as a share of the gap to target", row["gap_closed_words"]),
        ("Pace to the target's date", row["trajectory_words"]),
        ("Chance of being there by its date", view.outlook[measure_id]),
        ("Projection", view.no_projection.get(measure_id)),
        ("Will it be met as things stand?", row["assurance_words"]),
        ("Age of the figure", row["age_words"]),
        ("Status against signal", row["disagreement"]),
        (
            "Is the target still asking for something?",
            "It is already met: should the board raise it?" if row["outgrown"] else None,
        ),
    ]
    show(table("What the rules say", ("Question", "Answer"), [fact for fact in facts if fact[1]], compact=True))


def rebase_cells(entry: Rebase) -> tuple[Content, ...]:
    """An entry of the register of rebases, under REBASE_HEADERS."""
    agreed = month_words(entry.agreed) if entry.agreed else None
    return month_words(entry.from_month), entry.why, entry.proposed_by, entry.agreed_by, agreed


def _rebases(view: View, measure: Measure) -> None:
    """The register of where limits were drawn again, what the figures propose, and the events drawn on the chart."""
    proposal = explained(view, measure.id).proposal
    if proposal:
        show(heading("Should limits be drawn anew?"))
        show(paragraph(proposal, "sc-words"))
        nothing = (
            "Nothing is done by itself. A rebase is an entry in the catalogue, with its reason and who agreed to it; "
            "from then on the chart and the register show both."
        )
        show(paragraph(nothing, "sc-muted"))
    if measure.rebase:
        show(heading("Where limits were drawn anew"))
        body = [rebase_cells(entry) for entry in measure.rebase]
        show(table(f"{measure.name}: register of rebases", REBASE_HEADERS, body, compact=True))
    if view.catalogue.events:
        show(heading("What happened meanwhile"))
        events = [(month_words(event.date), event.what, event.why) for event in view.catalogue.events]
        show(table("Events drawn on charts", ("When", "What", "Why it may matter"), events, compact=True))
