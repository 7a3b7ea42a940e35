"""What is due, to be sent on by whoever wishes: words for an e-mail of theirs, and days for a calendar of theirs.

The scorecard sends nothing itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from urllib.parse import quote

import pandas as pd

from scorecard.core.numbers import count_of
from scorecard.core.periods import day_words, month_words
from scorecard.core.rows import Row, rows_with_none
from scorecard.use_cases.commentary.status import MonthCommentary
from scorecard.use_cases.decisions.list_decisions import KINDS, Decision

LONGEST_ADDRESS = 1_900  # characters of a mailto: address that every mail program takes
LINE = 75  # octets of a line of a calendar, RFC 5545, 3.1


def mail_address(commentary: MonthCommentary, month: date, page: str) -> str:
    """A mailto: address that opens an e-mail with the commentary that is due, by service area; to nobody yet.

    page: the address of the list, where the rest stands if the e-mail has no room for all.
    """
    begins = f"Commentary is asked of these exceptions of {month_words(month)}.\n{_by(commentary.papers_due)}"
    lines = [f"{measure.service_area}: {measure.name} ({measure.state.lower()})" for measure in commentary.awaited]
    return _mail(f"Commentary for {month_words(month)}", begins, lines, page)


def figures_mail_address(figures: pd.DataFrame, month: date, papers_due: date | None, page: str) -> str:
    """An e-mail with the figures owed, by who supplies them. figures: completeness's OVERDUE_COLUMNS."""
    begins = f"These figures were due by {month_words(month)} and have not come.\n{_by(papers_due)}"
    lines = [f"{row['supplied_by']}: {_figure(row)}" for row in rows_with_none(figures)]
    return _mail(f"Figures owed for {month_words(month)}", begins, lines, page)


def questions_mail_address(items: Sequence[Decision], page: str) -> str:
    """An e-mail's address with what boards asked and decided that is open, by the day it is due."""
    lines = [
        f"{item.owner}, by {day_words(item.due)}: {KINDS[item.kind].lower()} of {item.board} on {item.about}: "
        f"{' '.join(item.text.split())}"
        for item in sorted(items, key=lambda item: item.due)
        if item.open
    ]
    return _mail("What boards asked", "These questions and decisions await an answer.\n", lines, page)


def _by(papers_due: date | None) -> str:
    return f"Papers are due on {day_words(papers_due)}.\n" if papers_due else ""


def _figure(row: Row) -> str:
    owner = f", owner: {row['owner']}" if row["owner"] else ""
    return f"{row['name']}, {month_words(row['period_end'])}{owner}"


def _mail(subject: str, begins: str, lines: Sequence[str], page: str) -> str:
    for shown_count in range(len(lines), -1, -1):
        rest = [] if shown_count == len(lines) else [f"and {len(lines) - shown_count} more"]
        body = "\n".join([begins, *lines[:shown_count], *rest, "", page])
        address = f"mailto:?subject={quote(subject)}&body={quote(body.replace(chr(10), chr(13) + chr(10)))}"
        if len(address) <= LONGEST_ADDRESS:
            return address
    return f"mailto:?subject={quote(subject)}"


def calendar(
    commentary: MonthCommentary,
    month: date,
    items: Sequence[Decision],
    when: datetime,
    figures: pd.DataFrame | None = None,
) -> str:
    """The days of what is due as a calendar file (RFC 5545): commentary and figures by the day papers are due, and the
    day of each open question.

    figures: that are owed, in completeness's OVERDUE_COLUMNS; where no papers are due, by the last of their own days.
    """
    days: list[tuple[str, date, str, str]] = []
    if commentary.papers_due and commentary.awaited:
        names = "\n".join(f"{measure.service_area}: {measure.name}" for measure in commentary.awaited)
        title = f"Commentary due: {count_of(len(commentary.awaited), 'exception')} of {month_words(month)}"
        days.append((f"commentary-{month:%Y-%m}", commentary.papers_due, title, names))
    days += _figures_due(figures, month, commentary.papers_due)
    for item in items:
        if item.open:
            days.append(
                (f"decision-{item.number}", item.due, f"{KINDS[item.kind]} of {item.board}: {item.about}", item.text)
            )
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Measures that matter//Scorecard//EN"]
    lines += [line for day in days for line in _event(*day, when)]
    return "".join(f"{_folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"])


def _figures_due(
    figures: pd.DataFrame | None, month: date, papers_due: date | None
) -> Iterator[tuple[str, date, str, str]]:
    """A day for each who owes figures; none for those of whom no day is known."""
    if figures is None:
        return
    for source, source_figures in figures.groupby("supplied_by", sort=True):
        due = source_figures["due_on"].max()
        day = papers_due or (None if pd.isna(due) else due.date())
        if day is not None:
            uid = f"figures-{sha256(str(source).encode()).hexdigest()[:12]}-{month:%Y-%m}"
            title = f"Figures due from {source}: {len(source_figures)} up to {month_words(month)}"
            yield uid, day, title, "\n".join(_figure(row) for row in rows_with_none(source_figures))


def _event(uid: str, day: date, title: str, text: str, when: datetime) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{uid}@scorecard"
    yield f"DTSTAMP:{when.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;VALUE=DATE:{day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_escaped(title)}"
    yield f"DESCRIPTION:{_escaped(text)}"
    yield "END:VEVENT"


def _escaped(text: str) -> str:
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\r", "").replace("\n", "\\n")


def _folded(line: str) -> str:
    """A line in pieces of at most LINE octets, each but the first led by a space; no letter is cut."""
    pieces, room = [""], LINE
    for letter in line:
        size = len(letter.encode())
        if size > room:
            pieces.append("")
            room = LINE - 1
        pieces[-1] += letter
        room -= size
    return "\r\n ".join(pieces)
