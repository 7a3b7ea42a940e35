"""The cover that speaks: what the board is asked, and alert, advise, assure; and the facts of the pack, at its back."""

from __future__ import annotations

from scorecard.catalogue.read_boards import lacking_words
from scorecard.core.periods import month_words
from scorecard.narrative.headline import Judged, service_headline
from scorecard.pack.document.asks import NEXT_PAGE, asks_of
from scorecard.pack.document.attention import ADVISE_RULE, ALERT_RULE, ASSURE_RULE, Line, lists
from scorecard.pack.document.blocks import (
    Block,
    Bullets,
    Column,
    Fact,
    Gallery,
    Heading,
    Section,
    Table,
    Text,
    table_of,
)
from scorecard.pack.document.changes import difference_words
from scorecard.pack.document.words import (
    cut_to_room,
    how_measures_stand,
    letters,
    listed,
    moment_words,
    scope_words,
    short_id,
    state_words,
)
from scorecard.pack.snapshot.changes import Comparison
from scorecard.pack.snapshot.models import PackState, Snapshot

DEMONSTRATION = "Demonstration data: the history in this pack is invented. Do not use it to judge the service."
ROOM, WIDE = 38, 62  # small lines that a cover has for all but its title, and letters that a third of a line holds
WARNING, LARGER, WHOLE_WIDTH = 3, 1.5, 150  # lines that a warning takes, and each line of asks; letters in these
ASKS_ROOM = 9
LISTS = (("Alert", ALERT_RULE), ("Advise", ADVISE_RULE), ("Assure", ASSURE_RULE))


def cover(snapshot: Snapshot, state: PackState) -> tuple[Block, ...]:
    """What the first page says below its title: how the measures stand, what is asked, and the three lists.

    A working copy is for no board: of that, how its measures stand alone.
    """
    standing = Text(f"{how_measures_stand(snapshot.totals, snapshot.reporting_month)}{_pairs(snapshot)}", "lead")
    if state.state == "working_copy":
        return (standing,)
    asks = asks_of(snapshot)
    ask_lines = cut_to_room([f"{ask.verb} {ask.words}" for ask in asks], NEXT_PAGE, ASKS_ROOM, WHOLE_WIDTH)
    leads = tuple(ask.verb if line.startswith(ask.verb) else "" for ask, line in zip(asks, ask_lines, strict=False))
    items = tuple(line.removeprefix(lead).lstrip() for line, lead in zip(ask_lines, leads, strict=True))
    listed = lists(snapshot)
    taken = [standing.text, *ask_lines, *([""] if state.corrects or state.superseded_by else [])]
    lines = sum(1 + letters(line) // WHOLE_WIDTH for line in taken)
    warned = sum(WARNING + letters(warning) // WHOLE_WIDTH for warning in warnings(snapshot, state))
    room = int(ROOM - warned - LARGER * lines)
    columns = tuple(_list(name, rule, lines, room) for (name, rule), lines in zip(LISTS, listed, strict=True))
    return (
        Heading(headline_of(snapshot), "headline", 1),
        standing,
        Heading("What the board is asked to do", "asks"),
        Bullets(items, leads),
        Gallery(len(LISTS), columns),
    )


def headline_of(snapshot: Snapshot) -> str:
    """The whole pack in a sentence: '23 of 41 targets missed in July 2020; 3 measures getting worse, 9 improving'."""
    counts = snapshot.totals
    moving = [
        measure.judgement.variation for measure in snapshot.measures if measure.judgement.counted and not measure.level
    ]
    now = Judged(counts.judged, counts.current["missed"])
    older = Judged(counts.judged_by_older, counts.older["missed"])
    worse, better = moving.count("concern"), moving.count("improvement")
    return service_headline(now, older, worse, better, snapshot.reporting_month)


def _pairs(snapshot: Snapshot) -> str:
    """Why fewer are counted than the pack shows: the number and the rate of one thing are one."""
    more = len(snapshot.measures) - snapshot.totals.measures
    return f" A number and a rate of the same thing count as one ({more} such)." if more > 0 else ""


def _list(name: str, rule: str, lines: tuple[Line, ...], room: int) -> tuple[Block, ...]:
    """One of the three lists, as long as there is room for; the next page names every measure."""
    heading = Heading(f"{name}: {len(lines)}", name.lower())
    if not lines:
        return (heading, Text(rule, "note"), Text("None."))
    shown_lines = cut_to_room([f"{line.measure.name}: {line.words}" for line in lines], NEXT_PAGE, room, WIDE)
    whole = [said_of == f"{line.measure.name}: {line.words}" for line, said_of in zip(lines, shown_lines, strict=False)]
    leads = [f"{line.measure.name}:" if is_whole else "" for line, is_whole in zip(lines, whole, strict=False)]
    items = tuple(line.removeprefix(lead).lstrip() for line, lead in zip(shown_lines, leads, strict=False))
    return (heading, Text(rule, "note"), Bullets(items, tuple(leads[: len(items)]), small=True))


def about_section(snapshot: Snapshot, state: PackState, snapshot_id: str) -> Section:
    """The facts of the pack itself, and what it holds."""
    known = facts_table(facts(snapshot, state, snapshot_id))
    return Section("about", "About this pack", (known,), starts="together", contents=True)


def facts_table(known: tuple[Fact, ...]) -> Table:
    """Facts as a table."""
    return table_of(
        "About this pack",
        known,
        (Column("What", 1), lambda fact: fact.label),
        (Column("Of this pack", 5), lambda fact: fact.words),
    )


def _trail(snapshot: Snapshot) -> tuple[Fact, ...]:
    """The head of the audit trail, as 'audit --verify --head' reads it."""
    if snapshot.trail is None:
        return ()
    return (Fact("Audit trail (act and seal)", f"{snapshot.trail.act_id}:{snapshot.trail.sha256}"),)


def facts(snapshot: Snapshot, state: PackState, snapshot_id: str) -> tuple[Fact, ...]:
    """What to know of the pack itself, in the order that it is read."""
    known = [
        Fact("Reporting month", month_words(snapshot.reporting_month)),
        *([] if state.state == "working_copy" else [Fact("Board", snapshot.board.title)]),
        Fact("State", state_words(state)),
        Fact("As known at", moment_words(snapshot.as_known_at)),
        Fact("Service areas", _areas(snapshot, state)),
        *([] if state.state == "working_copy" else [Fact("Compared with", _compared(snapshot))]),
        *([Fact("Corrects", corrects_words(snapshot.corrects))] if snapshot.corrects else []),
        Fact("Snapshot (SHA-256)", snapshot_id),
        Fact("Catalogue (SHA-256)", snapshot.catalogue_sha256),
        *_trail(snapshot),
        Fact("Figures sent by", listed(snapshot.loaded_by) or "no extract: the plan's own figures alone"),
        Fact("Made by", f"scorecard {snapshot.software_version}, pack version {snapshot.pack_version}"),
    ]
    return tuple(known)


def warnings(snapshot: Snapshot, state: PackState) -> tuple[str, ...]:
    """What must be read before anything else."""
    sentences = []
    if snapshot.demonstration:
        sentences.append(DEMONSTRATION)
    if state.state != "working_copy" and (lacking := lacking_words(snapshot.board.name, snapshot.board.lacking or ())):
        sentences.append(lacking)
    if state.state == "approved" and state.who is not None and state.who in snapshot.loaded_by:
        sentences.append("The person who approved this pack also sent figures that it rests on.")
    if state.state == "superseded":
        sentences.append("This pack has been superseded: ask for the one that corrects it.")
    return tuple(sentences)


def watermark(state: PackState) -> str:
    """What stands across every page of a pack that is not approved."""
    return {"draft": "DRAFT", "superseded": "SUPERSEDED", "working_copy": "WORKING COPY"}.get(state.state, "")


def subject(snapshot: Snapshot, state: PackState) -> str:
    """Whom and what a pack is for: the board, and of how many of its areas; a working copy is for no board."""
    if state.state == "working_copy":
        whole = snapshot.areas_asked is None and len(snapshot.service_areas) > 1
        return "All service areas" if whole else listed([area.name for area in snapshot.service_areas])
    if snapshot.areas_asked is None:
        return snapshot.board.title
    return f"{snapshot.board.title}: {scope_words(snapshot)}"


def corrects_words(changes: Comparison) -> str:
    """Which approved pack a correction is of, and how much differs."""
    known = moment_words(changes.old.as_known_at)
    return f"Snapshot {short_id(changes.old.id)}, as known at {known}: {difference_words(changes)}"


def _areas(snapshot: Snapshot, state: PackState) -> str:
    names = [area.name for area in snapshot.service_areas]
    if snapshot.areas_asked is None and snapshot.board.service_areas is None:
        return "The plan's only one" if len(names) == 1 else f"All {len(names)} of the plan"
    if state.state == "working_copy":
        return listed(names)
    return f"{scope_words(snapshot)}: {listed(names)}"


def _compared(snapshot: Snapshot) -> str:
    if snapshot.changes is None:
        return "No earlier approved snapshot of this board"
    old = snapshot.changes.old
    month, known = month_words(old.reporting_month), moment_words(old.as_known_at)
    return f"{old.board}, {month}: snapshot {short_id(old.id)}, as known at {known}"
