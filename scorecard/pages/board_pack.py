"""Board pack: choose the month and the board, see what will be in it, export; and every snapshot taken before."""

from __future__ import annotations

from datetime import date

import streamlit as st

from scorecard.catalogue.read_boards import Board
from scorecard.core.periods import month_words, parse_period
from scorecard.core.rows import Row, rows_with_none
from scorecard.pages.parts.confirmation import said_yes, seen_as
from scorecard.pages.parts.figures import area_link
from scorecard.pages.parts.markup import Markup, listing, paragraph, png_picture, show, table
from scorecard.pages.parts.session import asked_moment, fault, moment_words, scorecard, show_moment, view_of
from scorecard.use_cases.errors import RefusedError, StoreError
from scorecard.use_cases.open_scorecard import Scorecard, now, who_is_here
from scorecard.use_cases.publish.boards import boards
from scorecard.use_cases.publish.pack import (
    FORMATS,
    Documents,
    PackError,
    approvals,
    approve_pack,
    compare_packs,
    export_pack,
    preview_pages,
    snapshots,
    supersede_pack,
    take_snapshot,
)
from scorecard.use_cases.view.measures import View

DRAWN = "board_pack_documents"
CHANGES = {
    "new_figures": "New figures",
    "revised": "Revised figures",
    "taken_back": "Figures taken back",
    "status": "Status",
    "variation": "Variation",
    "assurance": "Assurance",
    "targets": "Targets",
    "wording": "Wording of the catalogue",
}


def page() -> None:
    """Draws the export of a pack, and the list of snapshots."""
    st.title("Board pack")
    opened = scorecard()
    words = (
        "A pack is drawn from a snapshot: everything it shows is frozen, and the snapshot's id is the hash of it. "
        "The same snapshot gives the same documents, whatever is uploaded later."
    )
    show(paragraph(words, "sc-words"))
    show_moment(asked_moment())
    _export(opened)
    st.header("Snapshots", anchor="snapshots")
    _snapshots(opened)


def _export(opened: Scorecard) -> None:
    st.header("Export a pack", anchor="export")
    known = {board.id: board for board in boards(opened).boards}
    months = [month.date() for month in view_of(None, asked_moment()).months]
    left, right = st.columns(2)
    month = left.selectbox("Reporting month", months, format_func=month_words, key="pack-month")
    board = known[right.selectbox("Board", list(known), format_func=lambda one: known[one].title, key="pack-board")]
    view = view_of(month, asked_moment())
    seen = {area.id: area.name for area in board.areas(view.catalogue)}
    with st.expander("Choose service areas, formats and charts"):
        areas = st.multiselect(
            "Service areas (none chosen: all that the board sees)", list(seen), format_func=seen.__getitem__
        )
        formats = st.multiselect("Formats", list(FORMATS), default=[next(iter(FORMATS))], format_func=_format_words)
        with_charts = st.checkbox("With charts", value=True)
    _contents(view, board, areas or list(seen))
    if st.button("Look at the pages first"):
        _look(opened, month, board, areas, with_charts)
    if st.button("Take the snapshot and draw the pack", type="primary"):
        _draw(opened, month, board, areas, formats, with_charts)
    _downloads(st.session_state.get(DRAWN))


def _format_words(name: str) -> str:
    return FORMATS[name].words


def _contents(view: View, board: Board, areas: list[str]) -> None:
    """What will be in the pack, before it is drawn."""
    chosen = view.measures[view.measures["service_area_id"].isin(areas)]
    count = len(chosen)
    words = (
        f"{board.title}, {month_words(view.month)}: {len(areas)} service areas, {count} measures, "
        f"{int(chosen['exception'].sum())} exceptions, {int(chosen['overdue'].sum())} figures owed. "
        f"Marked {board.marking} on every page."
    )
    show(paragraph(words, "sc-finding"))
    found = rows_with_none(chosen[chosen["exception"]])
    if found:
        show(listing(row["exception_words"] for row in found))
    names = {area.id: area.name for area in view.catalogue.service_areas}
    with st.expander("Service areas in the pack"):
        show(listing(area_link(area, names[area]) for area in areas))


def _draw(
    opened: Scorecard, month: date, board: Board, areas: list[str], formats: list[str], with_charts: bool
) -> None:
    if not formats:
        fault("Choose a format", "Nothing was drawn: choose at least one format.")
        return
    with st.status("Taking the snapshot", expanded=False) as progress:
        try:
            snapshot_id = take_snapshot(
                opened, month, board=board.id, areas=areas or None, with_charts=with_charts, who=who_is_here(),
                when=now(), as_known_at=asked_moment(),
            )  # fmt: skip
            documents = export_pack(
                opened, snapshot_id, formats, lambda one: progress.update(label=f"Drawing the {_format_words(one)}")
            )
        except (PackError, StoreError) as error:
            progress.update(label="Not drawn", state="error")
            fault("The pack was not drawn", str(error))
            return
        progress.update(label="Drawn", state="complete")
    st.session_state[DRAWN] = documents


def _look(opened: Scorecard, month: date, board: Board, areas: list[str], with_charts: bool) -> None:
    """The PDF's pages as pictures; nothing is kept."""
    with st.spinner("Drawing the pages"):
        try:
            pages = preview_pages(
                opened, month, board=board.id, areas=areas or None, with_charts=with_charts, as_known_at=asked_moment()
            )
        except (PackError, StoreError) as error:
            fault("The pages were not drawn", str(error))
            return
    show(paragraph(f"{len(pages)} pages. Nothing is kept until you take the snapshot.", "sc-words"))
    shown = "".join(
        f"<li>{png_picture(page, f'Page {number} of {len(pages)}', 'sc-page')}</li>"
        for number, page in enumerate(pages, 1)
    )
    show(Markup(f'<ol class="sc-pages">{shown}</ol>'))


def _downloads(documents: Documents | None) -> None:
    if documents is None:
        return
    words = (
        f"Snapshot {documents.snapshot_id[:12]} is kept. Download its documents here, or any time from the list below."
    )
    show(Markup(f'<div class="sc-notice" role="status"><h2>The pack is ready</h2>{paragraph(words)}</div>'))
    for name, content in documents.files.items():
        kind = FORMATS[name.rsplit(".", 1)[1]]
        label = f"Download {name} ({len(content) / 1000:,.0f} kB)"
        st.download_button(label, content, name, kind.media_type, on_click="ignore", key=f"download-{name}")


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
    show(table("Snapshots, latest first", headers, body, compact=True))
    _approvals(opened)
    labels = {row["snapshot_id"]: " · ".join(map(str, cells[:5])) for row, cells in zip(rows, body, strict=True)}
    _again(opened, labels)
    _approve(opened, {row["snapshot_id"]: labels[row["snapshot_id"]] for row in rows if row["state"] == "draft"})
    _supersede(opened, labels, rows)
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


def _approve(opened: Scorecard, drafts: dict[str, str]) -> None:
    if not drafts:
        return
    with st.expander("Approve a draft"):
        show(paragraph("Every format's bytes are kept at approval, and handed out from then on.", "sc-muted"))
        chosen = st.selectbox("Draft", list(drafts), format_func=drafts.__getitem__)
        with st.form("approve"):
            role = st.text_input("Role that approves it, such as Executive Director", max_chars=100)
            said = said_yes("Approve", "approve", chosen, button=st.form_submit_button)
    if said:
        try:
            approve_pack(opened, chosen, role=role, who=who_is_here(), when=now())
        except (RefusedError, StoreError, ValueError) as error:
            fault("Nothing was approved", str(error))
            return
        st.rerun()


def _supersede(opened: Scorecard, labels: dict[str, str], rows: list[Row]) -> None:
    approved = [row["snapshot_id"] for row in rows if row["state"] == "approved"]
    if not approved or len(labels) < 2:
        return
    with st.expander("Supersede an approved pack by a correction"):
        old = st.selectbox("Approved pack", approved, format_func=labels.__getitem__)
        new = st.selectbox("Its correction", list(labels), format_func=labels.__getitem__)
        with st.form("supersede"):
            reason = st.text_input("Why (kept with it)", max_chars=300)
            said = said_yes("Supersede", "supersede", seen_as(old, new), button=st.form_submit_button)
    if said:
        try:
            supersede_pack(opened, old, by=new, who=who_is_here(), when=now(), reason=reason)
        except (RefusedError, StoreError, ValueError) as error:
            fault("Nothing was superseded", str(error))
            return
        st.rerun()


def _compare(opened: Scorecard, labels: dict[str, str]) -> None:
    if len(labels) < 2:
        return
    with st.expander("Compare two snapshots"):
        ids = list(labels)
        old = st.selectbox("The earlier", ids, index=1, format_func=labels.__getitem__)
        new = st.selectbox("The later", ids, index=0, format_func=labels.__getitem__)
        if old == new:
            show(paragraph("Choose two different snapshots.", "sc-words"))
            return
        found = compare_packs(opened, old, new)
        if found.nothing:
            show(paragraph("Nothing differs.", "sc-words"))
        for name, words in CHANGES.items():
            changes = getattr(found, name)
            if changes:
                body = [_difference(change) for change in changes]
                show(table(f"{words} ({len(body)})", ("Measure", "What", "Before", "After"), body, compact=True))


def _difference(change: object) -> tuple[str, ...]:
    """A changed figure or word as a row: measure, what, before, after."""
    if hasattr(change, "period_end"):
        return change.measure, month_words(change.period_end), change.old_words, change.new_words  # type: ignore[attr-defined]
    return change.measure, change.what, change.old, change.new  # type: ignore[attr-defined]
