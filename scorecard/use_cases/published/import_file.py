"""Import a published file: see what it is and would change, say yes, and it is stored as an edition."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

import pandas as pd

from scorecard.access.permissions import Permission
from scorecard.core.bounds import bounded
from scorecard.core.numbers import count_of
from scorecard.core.periods import month_words
from scorecard.core.rows import Row, missing, rows_of
from scorecard.extract.files.contents import Refused
from scorecard.extract.files.reader_pool import Done
from scorecard.extract.findings import Findings, fault
from scorecard.published.lait import Dictionary
from scorecard.published.own_format import to_own_format
from scorecard.published.read_file import FORMATS, ReadFile
from scorecard.published.reader import question, read_apart
from scorecard.published.rows import no_figures
from scorecard.store import EditionOf, Receipt, Submission, newest_edition
from scorecard.use_cases.needs import needs
from scorecard.use_cases.open_scorecard import Scorecard
from scorecard.use_cases.progress import Progress, no_progress
from scorecard.use_cases.published.edition_changes import changed_ranks
from scorecard.use_cases.published.reference import Reference, load_reference

NOT_BESIDE_INVENTED = (
    "Published figures are real, and every figure of this store is invented: the two never meet. "
    "Open the scorecard without the demonstration to import them."
)


@dataclass(frozen=True)
class PublishedPreview:
    """What a published file is and would change, before anything is stored.

    read: what is in it; None where it is refused. changes: a row a figure (store.CHANGE_COLUMNS; kind new, revised,
    unchanged, or older where a later edition prints it). standing: what it would change in our rank in England and our
    gap to the neighbours, a sentence each. known_at: the store's last change when this was made.
    """

    file_name: str
    content_size: int
    sha256: str
    findings: Findings
    read: ReadFile | None
    of: EditionOf
    publications: tuple[str, ...]
    feeds: tuple[str, ...]
    changes: pd.DataFrame
    already_held: int | None
    known_at: datetime | None
    reference: Reference
    ours: tuple[str, str, str]
    standing: tuple[str, ...] = ()

    @property
    def changed_where(self) -> dict[str, int]:
        """How many figures it revises of us, of our neighbours by any list, of the region and of England."""
        own, region, country = self.ours
        near = {neighbour for lists in self.reference.neighbours.lists.values() for neighbour in lists.get(own, ())}
        revised = self.changes.loc[self.changes["kind"] == "revised", "area"]
        places = {"of ours": {own}, "of our neighbours": near, "of the region": {region}, "of England": {country}}
        return {whose: int(revised.isin(areas).sum()) for whose, areas in places.items()}

    @property
    def our_changes(self) -> list[str]:
        """Each figure of ours that it revises: 'social-worker-turnover, September 2024: 18.8 to 19.1'."""
        ours = self.changes[(self.changes["kind"] == "revised") & (self.changes["area"] == self.ours[0])]
        return [
            f"{row['measure_id']}, {month_words(row['period_end'].date())}: {_said(row, 'old')} to {_said(row, 'new')}"
            for row in rows_of(ours)
        ]

    @property
    def refused(self) -> bool:
        """Whether nothing of it can be stored."""
        return self.read is None or self.findings.count("error") > 0

    @property
    def is_dictionary(self) -> bool:
        """Whether it is a dictionary, which says how another file is read and has no figure to store."""
        return self.read is not None and self.read.kind == "dictionary"

    @property
    def waits(self) -> bool:
        """Whether it waits for a yes, or for the day it was published."""
        return not self.refused and self.findings.count("warning") > 0

    @property
    def counts(self) -> dict[str, int]:
        """How many figures are new, revised, unchanged, older than what is known, and no longer printed."""
        of_kind = self.changes["kind"].value_counts()
        kinds = {kind: int(of_kind.get(kind, 0)) for kind in ("new", "revised", "unchanged", "older")}
        return kinds | {"dropped": self.of.dropped}

    @property
    def symbols(self) -> dict[str, int]:
        """How many cells hold each symbol."""
        if self.read is None:
            return {}
        counted = self.read.figures.loc[self.read.figures["symbol"] != "", "symbol"].value_counts()
        return {str(symbol): int(count) for symbol, count in counted.items()}

    @property
    def format(self) -> str:
        """What kind of file it is, in words."""
        return "" if self.read is None else f"{FORMATS[self.read.kind]}, {self.read.stored_as}"

    @property
    def periods(self) -> tuple[date, date] | None:
        """The first and the last period's end."""
        if self.read is None or self.read.figures.empty:
            return None
        ends = self.read.figures["period_end"]
        return ends.min().date(), ends.max().date()

    @property
    def areas(self) -> int:
        """How many areas it has figures of."""
        return 0 if self.read is None else int(self.read.figures["area"].nunique())


@needs(Permission.SUBMIT)
def preview_published(
    scorecard: Scorecard, files: Sequence[tuple[str, bytes]], *, published: date | None = None,
    progress: Progress = no_progress,
) -> list[PublishedPreview]:  # fmt: skip
    """Reads published files, each in its own right, and says what storing them would change. Nothing is stored.

    files: name and bytes. published: the day they were published, where it is known. Raises MappingError, ValueError
    where the store's figures are invented.
    """
    if scorecard.demonstration:
        raise ValueError(NOT_BESIDE_INVENTED)
    reference = load_reference(scorecard)
    dictionary: Dictionary | None = None
    read: dict[int, ReadFile | Refused] = {}
    order = sorted(
        range(len(files)), key=lambda file_index: len(files[file_index][1])
    )  # a dictionary is the smaller of two
    for before, file_index in enumerate(order):
        content = files[file_index][1]
        which = "the file" if len(files) == 1 else f"file {before + 1} of {len(files)}"
        step_text = f"Reading {which} ({len(content) / 1_000_000:,.1f} MB)"
        progress(step_text, before / (len(files) + 1))
        file_progress = partial(_told, progress, step_text, before, len(files) + 1)
        read[file_index] = _read(content, reference, dictionary, file_progress)
        file_read = read[file_index]
        if isinstance(file_read, ReadFile) and file_read.dictionary:
            dictionary = file_read.dictionary
    progress("Comparing the figures with those that are known", len(files) / (len(files) + 1))
    return [
        _preview(scorecard, reference, name, content, read[file_index], published)
        for file_index, (name, content) in enumerate(files)
    ]


@needs(Permission.SUBMIT)
def import_published(
    scorecard: Scorecard, preview: PublishedPreview, *, when: datetime, reason: str | None = None,
    progress: Progress = no_progress,
) -> Receipt:  # fmt: skip
    """Stores a previewed file as an edition, all of it or nothing.

    Raises ValueError where it is refused or waits for a yes that no reason is given for; StoreChanged where somebody
    changed the store since the preview; StoreError.
    """
    if preview.refused or preview.is_dictionary or preview.read is None:
        raise ValueError("There is nothing in this file to store.")
    if preview.waits and preview.already_held is None and not (reason or "").strip():
        raise ValueError("The file has warnings. Say why they are right, or answer what is asked.")
    figures = preview.read.figures.assign(edition=preview.of.edition)
    submission = Submission(
        file_name=preview.file_name,
        sha256=preview.sha256,
        size=preview.content_size,
        table=to_own_format(figures, preview.reference.mapping),
        source=bounded("source", ", ".join(preview.publications)[:100]),
        who=bounded("name", scorecard.who),
        when=when,
        reason=bounded("reason", reason) if reason else None,
        accepted=tuple(
            warning.model_dump(mode="json") | {"reason": reason} for warning in preview.findings.of("warning")
        ),
    )
    return scorecard.store.editions.submit(
        submission,
        preview.of,
        preview.read.figures,
        elsewhere=preview.reference.shipped_figures(sorted(figures["measure_id"].unique())),
        unless_changed_since=preview.known_at,
        written=lambda count: progress("Storing the figures", count / max(len(figures), 1)),
    )


def _told(progress: Progress, step_text: str, before: int, steps: int, share: float) -> None:
    progress(step_text, (before + share) / steps)


def _read(content: bytes, reference: Reference, dictionary: Dictionary | None, done: Done) -> ReadFile | Refused:
    how = question(reference.mapping, reference.authorities_content, dictionary, reference.mapping_name)
    try:
        return read_apart(content, how, done)
    except Refused as refused:
        return refused


def _preview(
    scorecard: Scorecard, reference: Reference, name: str, content: bytes, read: ReadFile | Refused,
    published: date | None,
) -> PublishedPreview:  # fmt: skip
    authority = scorecard.catalogue.authority
    known_at = scorecard.store.last_change()
    sha256 = hashlib.sha256(content).hexdigest()
    faults = list(read.faults)
    figures = no_figures() if isinstance(read, Refused) else read.figures
    ids = sorted(figures["measure_id"].unique())
    edition = _edition(figures, published)
    shipped = reference.shipped_figures(ids)
    changes = scorecard.store.editions.changes(figures, edition, shipped)
    known = newest_edition(shipped, scorecard.store.editions.figures(ids))
    faults += _order_unclear(known, figures, changes, edition, published)
    if (changes["kind"] == "older").any():
        faults.append(fault("published-earlier-edition", count_of(int((changes["kind"] == "older").sum()), "figure")))
    names = {
        reference.mapping.publication_of[figure_id].id: reference.mapping.publication_of[figure_id].name
        for figure_id in ids
    }
    return PublishedPreview(
        file_name=name,
        content_size=len(content),
        sha256=sha256,
        findings=Findings(name, faults),
        read=None if isinstance(read, Refused) else read,
        of=EditionOf(
            publications=tuple(names),
            edition=edition,
            published=None if published is None else _number(published),
            dropped=_dropped(known, figures, edition),
        ),
        publications=tuple(names.values()),
        feeds=tuple(dict.fromkeys(measure for figure_id in ids for measure in reference.mapping.feeds(figure_id))),
        changes=changes,
        already_held=scorecard.store.editions.extract_holding(sha256, figures, edition) if ids else None,
        known_at=known_at,
        reference=reference,
        standing=tuple(changed_ranks(scorecard, figures.assign(edition=edition))) if revises(changes) else (),
        ours=(
            reference.own_number(scorecard.catalogue),
            reference.number_of(authority.region.code, authority.region.name),
            reference.number_of(authority.country.code, authority.country.name),
        ),
    )


def revises(changes: pd.DataFrame) -> bool:
    """Whether a figure that is known would read otherwise."""
    return bool((changes["kind"] == "revised").any())


def _said(row: Row, when: str) -> str:
    """A figure as it was or is to be: its value, or the symbol in its place."""
    value, symbol = row[f"{when}_value"], row[f"{when}_symbol"]
    return str(symbol) if missing(value) else f"{value:g}"


def _number(day: date) -> int:
    return day.year * 10_000 + day.month * 100 + day.day


def _edition(figures: pd.DataFrame, published: date | None) -> int:
    """The day that orders an edition: when it was published, else the end of its newest period."""
    if published is not None:
        return _number(published)
    return _number(figures["period_end"].max().date()) if len(figures) else 0


def _dropped(known: pd.DataFrame, figures: pd.DataFrame, edition: int) -> int:
    """How many figures of earlier editions it no longer prints; they stay as they are."""
    key = ["measure_id", "area", "period_end", "months"]
    earlier = known.loc[known["edition"] <= edition, key]
    return len(earlier) - len(earlier.merge(figures[key], on=key))


def _order_unclear(
    known: pd.DataFrame, figures: pd.DataFrame, changes: pd.DataFrame, edition: int, published: date | None
) -> list[pd.DataFrame]:
    """Where it would change figures of another edition that ends in the same period, and has no day of its own."""
    if published is not None or known.empty or not changes["kind"].isin(["revised", "older"]).any():
        return []
    newest = known.groupby("edition", as_index=False)["period_end"].max()
    same = newest[(newest["period_end"] == figures["period_end"].max()) | (newest["edition"] == edition)]
    if same.empty:
        return []
    return [fault("published-edition-unclear", f"the other's edition is {int(same['edition'].max())}")]
