"""Board pack: choose the month and the board, see what will be in it, export; and every snapshot taken before."""

from __future__ import annotations

from datetime import date

import streamlit as st

from scorecard.access.permissions import Permission, whose_part
from scorecard.catalogue.read_boards import Board, lacking_words
from scorecard.core.bounds import LONGEST, LONGEST_WORDS
from scorecard.core.numbers import count_of
from scorecard.core.periods import month_code, month_words, parse_period
from scorecard.core.rows import Row, rows_with_none
from scorecard.pages.board_pack.reported_figures import reported_section
from scorecard.pages.parts.confirmation import fingerprint, is_confirmed
from scorecard.pages.parts.download import as_it_is, download
from scorecard.pages.parts.figures import area_link
from scorecard.pages.parts.markup import Markup, heading, link, listing, paragraph, png_picture, show, table
from scorecard.pages.parts.session import fault, moment_words, page_title, scorecard, show_moment, url_moment, view_of
from scorecard.use_cases.boards import boards
from scorecard.use_cases.commentary.status import month_commentary
from scorecard.use_cases.errors import RefusedError, StoreError
from scorecard.use_cases.open_scorecard import Scorecard, now
from scorecard.use_cases.publish.pack import (
    FORMATS,
    HEADINGS,
    Documents,
    Length,
    PackError,
    approvals,
    approve_pack,
    approved_files,
    ask_sentences,
    compare_packs,
    differences,
    export_pack,
    media_type,
    preview_pages,
    reword_asks,
    snapshots,
    successions,
    supersede_pack,
    take_snapshot,
    usual_length,
)
from scorecard.use_cases.view.completeness import completeness_of
from scorecard.use_cases.view.measures import View

DRAWN = "board_pack_documents"
LENGTHS: dict[Length, str] = {
    "whole": "Whole: with each service area, at most 20 pages or so",
    "short": "Short: at most six pages or so, without the service areas",
}


def page() -> None:
    """Draws the export of a pack, and the list of snapshots."""
    page_title("Board pack")
    show(heading("Board pack", 1))
    opened = scorecard()
    show_moment(url_moment())
    _export(opened)
    show(heading("Snapshots", anchor="snapshots"))
    _snapshots(opened)
    reported_section(view_of(None, None))


def _export(opened: Scorecard) -> None:
    known = {board.id: board for board in boards(opened).boards}
    months = [month.date() for month in view_of(None, url_moment()).months]
    left, right = st.columns(2)
    month = left.selectbox("Reporting month", months, format_func=month_words, key="pack-month")
    board = known[
        right.selectbox("Board", list(known), format_func=lambda board_id: known[board_id].title, key="pack-board")
    ]
    view = view_of(month, url_moment())
    seen = {area.id: area.name for area in board.areas(view.catalogue)}
    with st.expander("Choose service areas, formats and charts"):
        areas = st.multiselect(
            "Service areas (none chosen: all that the board sees)", list(seen), format_func=seen.__getitem__
        )
        formats = st.multiselect("Formats", list(FORMATS), default=[next(iter(FORMATS))], format_func=_format_words)
        usual = list(LENGTHS).index(usual_length(opened, board.id))
        length = st.radio(
            "Length", list(LENGTHS), index=usual, format_func=LENGTHS.__getitem__, key=f"length-{board.id}"
        )
        with_charts = st.checkbox("With charts", value=True)
    show(paragraph(_in_short(opened, view, board, areas or list(seen)), "sc-words"))
    if lacking := lacking_words(board.title, board.lacking(view.catalogue)):
        show(paragraph(lacking, "sc-words"))
    if reminder := month_commentary(opened, view).sentence:
        show(paragraph(link(reminder, "commentary", month=month_code(month)), "sc-words"))
    show(paragraph("The pack's figures are fixed from the moment in which it is created.", "sc-muted"))
    with st.container(horizontal=True):
        may = opened.person.may(Permission.TAKE_SNAPSHOT)
        create = may and st.button("Create the pack", type="primary")
        look = st.button("Look at the pages first")
    if not may:
        show(paragraph(whose_part(Permission.TAKE_SNAPSHOT), "sc-muted"))
    if look:
        _look(opened, month, board, areas, with_charts, length)
    if create:
        _draw(opened, month, board, areas, formats, with_charts, length)
    _downloads(opened, st.session_state.get(DRAWN))
    _contents(view, areas or list(seen))


def _format_words(name: str) -> str:
    return FORMATS[name].words


def _in_short(opened: Scorecard, view: View, board: Board, areas: list[str]) -> str:
    """What will be in the pack, counted."""
    chosen = view.measures[view.measures["service_area_id"].isin(areas)]
    exceptions = int(chosen["exception"].sum())
    overdue = int(completeness_of(opened, view).completeness.owed["measure_id"].isin(chosen["measure_id"]).sum())
    counted = (
        count_of(len(areas), "service area"),
        count_of(len(chosen), "measure"),
        count_of(exceptions, "exception"),
        count_of(overdue, "overdue figure"),
    )
    return f"{board.title}, {month_words(view.month)}: {', '.join(counted)}. Marked {board.marking} on every page."


def _contents(view: View, areas: list[str]) -> None:
    """What the board is asked about, and the areas, before anything is drawn."""
    chosen = view.measures[view.measures["service_area_id"].isin(areas)]
    exceptions = rows_with_none(chosen[chosen["exception"]])
    if exceptions:
        show(heading("What the board must hear"))
        show(listing(row["exception_words"] for row in exceptions))
    names = {area.id: area.name for area in view.catalogue.service_areas}
    with st.expander("Service areas in the pack"):
        show(listing(area_link(area, names[area]) for area in areas))


def _draw(
    opened: Scorecard,
    month: date,
    board: Board,
    areas: list[str],
    formats: list[str],
    with_charts: bool,
    length: Length,
) -> None:
    if not formats:
        fault("Choose a format", "Nothing was drawn: choose at least one format.")
        return
    with st.status("Taking the snapshot", expanded=False) as progress:
        try:
            snapshot_id = take_snapshot(
                opened, month, board=board.id, areas=areas or None, with_charts=with_charts, when=now(),
                as_known_at=url_moment(), length=length,
            )  # fmt: skip
            documents = export_pack(
                opened, snapshot_id, formats, lambda name: progress.update(label=f"Drawing the {_format_words(name)}")
            )
        except (PackError, StoreError) as error:
            progress.update(label="Not drawn", state="error")
            fault("The pack was not drawn", str(error))
            return
        progress.update(label="Drawn", state="complete")
    st.session_state[DRAWN] = documents


def _look(opened: Scorecard, month: date, board: Board, areas: list[str], with_charts: bool, length: Length) -> None:
    """The PDF's pages as pictures; nothing is kept."""
    with st.spinner("Drawing the pages"):
        try:
            pages = preview_pages(
                opened,
                month,
                board=board.id,
                areas=areas or None,
                with_charts=with_charts,
                length=length,
                as_known_at=url_moment(),
            )
        except (PackError, StoreError) as error:
            fault("The pages were not drawn", str(error))
            return
    show(paragraph(f"{count_of(len(pages), 'page')}. Nothing is kept until you take the snapshot.", "sc-words"))
    shown = "".join(
        f"<li>{png_picture(page, f'Page {number} of {len(pages)}', 'sc-page')}</li>"
        for number, page in enumerate(pages, 1)
    )
    show(Markup(f'<ol class="sc-pages">{shown}</ol>'))


def _downloads(opened: Scorecard, documents: Documents | None) -> None:
    """The files of the pack that was drawn last, and what it asks its board to do."""
    if documents is None:
        return
    instruction = (
        f"Snapshot {documents.snapshot_id[:12]} is kept. Download its documents here, or any time from the list below."
    )
    show(Markup(f'<div class="sc-notice" role="status"><h2>The pack is ready</h2>{paragraph(instruction)}</div>'))
    for name, content in documents.files.items():
        label = f"Download {name} ({len(content) / 1000:,.0f} kB)"
        about = documents.snapshot_id
        download(label, name, media_type(name), as_it_is(content), about=about, key=f"download-{name}")
    show(heading("What the board is asked to do"))
    show(listing(ask_sentences(opened, documents.snapshot_id)))


def _snapshots(opened: Scorecard) -> None:
    known = snapshots(opened)
    if known.empty:
        show(paragraph("None yet.", "sc-words"))
        return
    titles = {board.id: board.name for board in boards(opened).boards}
    rows = rows_with_none(known)
    body = [
        (
            row["snapshot_id"][:12],
            titles.get(row["board"], row["board"]),
            month_words(parse_period(row["period"]).end),
            moment_words(row["as_known_at"]),
            row["state"].capitalize(),
            row["who"],
            moment_words(row["taken_at"]),
        )
        for row in rows
    ]
    headers = ("Snapshot", "Board", "Month", "As known at", "State", "Taken by", "Taken")
    show(table("Snapshots, latest month first", headers, body, compact=True))
    labels = {row["snapshot_id"]: " · ".join(map(str, cells[:5])) for row, cells in zip(rows, body, strict=True)}
    drafts, approved = (
        {row["snapshot_id"]: labels[row["snapshot_id"]] for row in rows if row["state"] == state}
        for state in ("draft", "approved")
    )
    _approvals(opened)
    _successions(opened, labels)
    _again(opened, labels)
    if opened.person.may(Permission.TAKE_SNAPSHOT):
        _asks(opened, drafts)
    if opened.person.may(Permission.APPROVE_SNAPSHOT):
        _approve(opened, drafts, approved)
        _supersede(opened, approved)
    else:
        show(paragraph(whose_part(Permission.APPROVE_SNAPSHOT), "sc-muted"))
    _compare(opened, labels)


def _approvals(opened: Scorecard) -> None:
    """Who approved what, and by which template the approved PowerPoint deck was drawn."""
    rows = rows_with_none(approvals(opened))
    if rows:
        body = [
            (row["snapshot_id"][:12], row["role"], row["who"], moment_words(row["at"]), *_template_words(row))
            for row in rows
        ]
        headers = ("Snapshot", "Approved by", "Person", "When", "PowerPoint template", "SHA-256 of the template")
        show(table("Approvals, latest first", headers, body, compact=True))
        kept_files = [
            (row["snapshot_id"][:12], FORMATS[row["format"]].words, row["sha256"], f"{row['size'] / 1000:,.0f} kB")
            for row in rows_with_none(approved_files(opened))
        ]
        with st.expander("SHA-256 of each approved file"):
            instruction = "To prove a filed copy: python -m scorecard verify FILE, or compare its SHA-256 with these."
            show(paragraph(instruction, "sc-muted"))
            show(table("Files kept at approval", ("Snapshot", "Format", "SHA-256", "Size"), kept_files, compact=True))


def _template_words(row: Row) -> tuple[str, str]:
    if not row["template_kept"]:
        return "Not recorded", "–"
    return (row["template_file"], row["template_sha256"][:12]) if row["template_file"] else ("The scorecard's own", "–")


def _again(opened: Scorecard, labels: dict[str, str]) -> None:
    with st.expander("Export a snapshot again"), st.form("again"):
        chosen = st.selectbox("Snapshot", list(labels), format_func=labels.__getitem__, key="again-id")
        formats = st.multiselect("Formats", list(FORMATS), default=list(FORMATS)[:1], format_func=_format_words)
        if st.form_submit_button("Draw it") and formats:
            st.session_state[DRAWN] = export_pack(opened, chosen, formats)
            st.rerun()


def _draft(drafts: dict[str, str], key: str) -> str:
    """Asks which draft is meant: at first the one that was drawn last, else the first."""
    documents: Documents | None = st.session_state.get(DRAWN)
    drawn = documents.snapshot_id if documents else ""
    ids = list(drafts)
    place = ids.index(drawn) if drawn in drafts else 0
    return st.selectbox("Draft", ids, index=place, format_func=drafts.__getitem__, key=f"{key}-{drawn}")


def _asks(opened: Scorecard, drafts: dict[str, str]) -> None:
    """What a draft asks its board to do, to be worded before approval."""
    if not drafts:
        return
    with st.expander("Word what the board is asked to do", key="word-asks"):
        instruction = (
            "A line each, beginning with Decide, Agree or Note. Keeping them takes a new draft of the same figures."
        )
        show(paragraph(instruction, "sc-muted"))
        chosen = _draft(drafts, "asks-id")
        with st.form("asks"):
            asks_text = "\n".join(ask_sentences(opened, chosen))
            lines = st.text_area("What the board is asked to do", asks_text, key=f"asks-{chosen}", height="content")
            confirmed = st.form_submit_button("Keep these words")
    if confirmed:
        try:
            reword_asks(opened, chosen, lines.splitlines(), when=now())
        except (RefusedError, StoreError, ValueError) as error:
            fault("The words were not kept", str(error))
            return
        st.rerun()


def _approve(opened: Scorecard, drafts: dict[str, str], approved: dict[str, str]) -> None:
    if not drafts:
        return
    with st.expander("Approve a draft", key="approve-a-draft"):
        show(paragraph("Every format's bytes are kept at approval, and handed out from then on.", "sc-muted"))
        chosen = _draft(drafts, "approve-id")
        corrects = st.selectbox(
            "Approved pack that it corrects, of the same board and month",
            [None, *approved],
            format_func=lambda snapshot_id: "None: it is the first" if snapshot_id is None else approved[snapshot_id],
        )
        with st.form("approve"):
            role = st.text_input("Role that approves it, such as Executive Director", max_chars=LONGEST["role"])
            reason = st.text_input("Why that pack is corrected (kept with both, and printed)", max_chars=LONGEST_WORDS)
            confirmed = is_confirmed(
                "Approve", "approve", fingerprint(chosen, corrects or ""), button=st.form_submit_button
            )
    if confirmed:
        try:
            approve_pack(opened, chosen, role=role, when=now(), corrects=corrects, reason=reason)
        except (RefusedError, StoreError, ValueError) as error:
            fault("Nothing was approved", str(error))
            return
        drawn = st.session_state.get(DRAWN)
        if drawn is not None and drawn.snapshot_id == chosen:  # what is offered from now on are the approved files
            formats = [ending for name in drawn.files if (ending := name.rsplit(".", 1)[1]) in FORMATS]
            st.session_state[DRAWN] = export_pack(opened, chosen, formats)
        st.rerun()


def _successions(opened: Scorecard, labels: dict[str, str]) -> None:
    """Which pack superseded which, and why."""
    rows = rows_with_none(successions(opened))
    if rows:
        body = [
            (
                labels[row["snapshot_id"]],
                labels[row["superseded_by"]],
                row["reason"],
                row["who"],
                moment_words(row["at"]),
            )
            for row in rows
        ]
        show(table("Superseded packs, latest first", ("Pack", "Its correction", "Why", "Person", "When"), body))


def _supersede(opened: Scorecard, approved: dict[str, str]) -> None:
    if len(approved) < 2:
        return
    with st.expander("Supersede an approved pack by another of the same board and month", key="supersede-a-pack"):
        old = st.selectbox("Approved pack", list(approved), format_func=approved.__getitem__)
        new = st.selectbox("Its correction, approved too", list(approved), format_func=approved.__getitem__)
        with st.form("supersede"):
            reason = st.text_input("Why (kept with it)", max_chars=LONGEST_WORDS)
            confirmed = is_confirmed("Supersede", "supersede", fingerprint(old, new), button=st.form_submit_button)
    if confirmed:
        try:
            supersede_pack(opened, old, by=new, when=now(), reason=reason)
        except (RefusedError, StoreError, ValueError) as error:
            fault("Nothing was superseded", str(error))
            return
        st.rerun()


def _compare(opened: Scorecard, labels: dict[str, str]) -> None:
    if len(labels) < 2:
        return
    seen = st.expander("Compare two snapshots", on_change="rerun", key="compare-snapshots")
    if not seen.open:  # what isn't seen isn't worked out
        return
    with seen:
        ids = list(labels)
        old = st.selectbox("The earlier month", ids, index=1, format_func=labels.__getitem__)
        new = st.selectbox("The later month", ids, index=0, format_func=labels.__getitem__)
        if old == new:
            show(paragraph("Choose two different snapshots.", "sc-words"))
            return
        changes = list(differences(compare_packs(opened, old, new)))
        if not changes:
            show(paragraph("Nothing differs.", "sc-words"))
        for difference in changes:
            show(table(f"{difference.title} ({len(difference.rows)})", HEADINGS, difference.rows, compact=True))
