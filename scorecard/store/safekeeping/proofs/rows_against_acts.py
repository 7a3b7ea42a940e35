"""Whether rows are those that the acts record: who kept what and when, and all that was kept.

A row that no act records is passed over only where it is older than the first act. What an act of an older version
didn't tell yet (its detail lacks the key) isn't compared.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, String, cast, func, inspect, literal, null, select

from scorecard.store.audit.row_hashes import extract_sha256
from scorecard.store.people.commentary import act_of
from scorecard.store.people.credentials import sign_in_sha256, token_sha256
from scorecard.store.people.decisions import answer_act, decision_act
from scorecard.store.report_layouts import ACTS as OF_LAYOUTS
from scorecard.store.schema import (
    acts,
    catalogues,
    commentary,
    decision_answers,
    decisions,
    editions,
    ended_sign_ins,
    extracts,
    layouts,
    read_tables,
    snapshots,
    token_ends,
    tokens,
    withdrawals,
)
from scorecard.store.snapshots import snapshot_sha256
from scorecard.store.values.timestamps import from_micros, to_micros

Row = Mapping[str, Any]
NAMES = {"at": "when", "what": "what was done", "kept_sha256": "something else that is kept"}


class RecordedRow(NamedTuple):
    """What an act records of a row. at, who: None where the row itself doesn't say."""

    at: int | None
    who: str | None
    what: str
    subject: str
    detail: Mapping[str, Any]


@dataclass(frozen=True)
class _Kept:
    """Rows in their order, what an act must record of one, and the acts that do.

    whole: an act records nothing but what the row says. mended: whether a clock that is mended moves their moments.
    """

    tables: tuple[str, ...]
    rows: Select[Any]
    told: Callable[[Row], RecordedRow]
    what: tuple[str, ...]
    subject: str
    whole: bool = False
    mended: bool = False
    before: Select[Any] | None = None  # the rows, in a store that has not all the tables yet


def rows_against_acts(connection: Connection) -> list[str]:
    """What rows say otherwise than the acts, in plain words; none where they agree."""
    there = set(inspect(connection).get_table_names())
    first = connection.execute(select(func.min(acts.c.at))).scalar()
    moved = _moved(connection)
    return [
        fault
        for kind in _KEPT
        if (query := kind.rows if set(kind.tables) <= there else kind.before) is not None
        for fault in _differ(
            _rows(connection, kind, query), _acts(connection, kind, moved if kind.mended else {}), kind.whole, first
        )
    ]


def _rows(connection: Connection, kind: _Kept, query: Select[Any]) -> dict[str, list[RecordedRow]]:
    by_subject: dict[str, list[RecordedRow]] = defaultdict(list)
    for row in connection.execute(query).mappings():
        record = kind.told({str(name): value for name, value in row.items()})
        by_subject[record.subject].append(record)
    return by_subject


def _acts(connection: Connection, kind: _Kept, moved: Mapping[int, int]) -> dict[str, list[RecordedRow]]:
    columns = (acts.c.at, acts.c.who, acts.c.what, acts.c.subject, acts.c.detail)
    query = select(*columns).where(acts.c.what.in_(kind.what), acts.c.subject.startswith(kind.subject))
    by_subject: dict[str, list[RecordedRow]] = defaultdict(list)
    for at, who, what, subject, detail in connection.execute(query.order_by(acts.c.act_id)):
        by_subject[subject].append(RecordedRow(moved.get(at, at), who, what, subject, json.loads(detail)))
    return by_subject


def _differ(
    by_rows: Mapping[str, list[RecordedRow]], by_acts: Mapping[str, list[RecordedRow]], whole: bool, first: int | None
) -> Iterator[str]:
    for subject in sorted(by_rows.keys() | by_acts.keys()):
        rows, acts_of_it = by_rows.get(subject, []), by_acts.get(subject, [])
        if not acts_of_it and (first is None or all(row.at is not None and row.at < first for row in rows)):
            continue  # from before acts were kept
        if len(rows) != len(acts_of_it):
            yield f"What is kept of {subject} is not what its acts tell of: {len(rows)} kept, {len(acts_of_it)} told."
            continue
        names = [name for row, act in zip(rows, acts_of_it, strict=True) for name in _other(row, act, whole)]
        if names:
            differing = ", ".join(NAMES.get(name, name) for name in dict.fromkeys(names))
            yield f"What is kept of {subject} is not what its acts tell of: {differing}."


def _other(row: RecordedRow, act: RecordedRow, whole: bool) -> Iterator[str]:
    """In what a row differs from its act."""
    yield from (name for name in ("at", "who") if getattr(row, name) not in (None, getattr(act, name)))
    yield from ["what"] * (row.what != act.what)
    for name in row.detail.keys() | act.detail.keys() if whole else row.detail.keys() & act.detail.keys():
        if row.detail.get(name) != act.detail.get(name):
            yield name


def _moved(connection: Connection) -> dict[int, int]:
    """The moments that a clock which ran ahead gave, and where mending put them in the end."""
    mended = select(acts.c.detail).where(acts.c.what == "mended", acts.c.subject == "clock").order_by(acts.c.act_id)
    moved: dict[int, int] = {}
    for detail in connection.execute(mended).scalars():
        for moment in json.loads(detail)["moments"]:
            was, now = (to_micros(datetime.fromisoformat(moment[key])) for key in ("was", "now"))
            moved = {first: now if last == was else last for first, last in moved.items()} | {was: now}
    return moved


def _extract(row: Row) -> RecordedRow:
    what = "submitted" if row["publications"] is None else "imported"
    names = ("file_name", "sha256", "new", "revised", "unchanged", *(["edition"] if what == "imported" else []))
    detail = {name: row[name] for name in names} | {"kept_sha256": extract_sha256(row)}
    return RecordedRow(row["recorded_from"], row["who"], what, f"extract {row['extract_id']}", detail)


def _sent_before(row: Row) -> RecordedRow:
    """The table that took the place of a file which an older version had kept: by whom and when, the act alone says."""
    return RecordedRow(None, None, _REMOVED, f"extract {row['extract_id']}", {"table_sha256": row["sha256"]})


def _layout(row: Row) -> RecordedRow:
    what = OF_LAYOUTS.get(row["state"], "")
    return RecordedRow(
        row["at"], row["who"], what, f"layout {row['name']}", {name: row[name] for name in ("version", "sha256")}
    )


def _token(row: Row) -> RecordedRow:
    detail = {"name": row["name"], "role": row["role"], "ends_at": from_micros(row["ends_at"]).isoformat()}
    detail |= {"kept_sha256": token_sha256(row)}
    return RecordedRow(row["at"], row["who"], "gave a token", f"token {row['token_id']}", detail)


def _sign_in(row: Row) -> RecordedRow:
    detail = {"why": row["why"], "kept_sha256": sign_in_sha256(row)}
    return RecordedRow(row["at"], None, "signed out", f"sign-in {row['sign_in'][:12]}", detail)


def _words(act: Callable[[Row], tuple[str, str, dict[str, Any]]]) -> Callable[[Row], RecordedRow]:
    """What tells of commentary and decisions: the act that was made of the row itself."""

    def of_row(row: Row) -> RecordedRow:
        what, subject, detail = act({**row, "flags": _as_json(row.get("flags"))})
        return RecordedRow(row["at"], row["who"], what, subject, json.loads(json.dumps(detail)))

    return of_row


def _as_json(text: str | None) -> str | None:
    """A text of JSON; one that a hand made something else of, as the text that it is."""
    try:
        json.loads(text or "[]")
    except ValueError:
        return json.dumps(text)
    return text


def _all(table: Any, *order: Any, leave: Sequence[str] = ("content",)) -> Select[Any]:
    return select(*[column for column in table.columns if column.name not in leave]).order_by(*order)


_WITH_TABLE = (
    select(
        extracts,
        *[read_tables.c[name].label(f"table_{name}") for name in ("sha256", "sheet", "month")],
        *[editions.c[name] for name in ("publications", "edition", "published", "dropped")],
    )
    .select_from(extracts.outerjoin(read_tables).outerjoin(editions, editions.c.extract_id == extracts.c.extract_id))
    .order_by(extracts.c.extract_id)
)
_ALONE = select(
    extracts,
    *[null().label(name) for name in ("table_sha256", "table_sheet", "table_month", "publications")],
).order_by(extracts.c.extract_id)
_REMOVED = "removed the sent file"
_IN_ITS_PLACE = select(read_tables.c.extract_id, read_tables.c.sha256).where(
    select(acts.c.act_id)
    .where(
        acts.c.what == _REMOVED, acts.c.subject == literal("extract ").concat(cast(read_tables.c.extract_id, String))
    )
    .exists()
)

_KEPT = (
    _Kept(
        ("catalogues",), _all(catalogues, catalogues.c.catalogue_id),
        lambda row: RecordedRow(row["recorded_from"], row["who"], "changed", "catalogue", {"sha256": row["sha256"]}),
        ("changed",), "catalogue", mended=True,
    ),
    _Kept(("editions",), _WITH_TABLE, _extract, ("submitted", "imported"), "extract ", mended=True, before=_ALONE),
    _Kept(("read_tables",), _IN_ITS_PLACE, _sent_before, (_REMOVED,), "extract "),
    _Kept(
        ("withdrawals",), _all(withdrawals, withdrawals.c.extract_id),
        lambda row: RecordedRow(
            row["recorded_from"], row["who"], "withdrew", f"extract {row['extract_id']}", {"reason": row["reason"]}
        ),
        ("withdrew",), "extract ", mended=True,
    ),
    _Kept(("layouts",), _all(layouts, layouts.c.layout_id), _layout, tuple(OF_LAYOUTS.values()), "layout "),
    _Kept(
        ("snapshots",), _all(snapshots, snapshots.c.taken_at),
        lambda row: RecordedRow(
            row["taken_at"], row["who"], "took", f"snapshot {row['snapshot_id']}", {"kept_sha256": snapshot_sha256(row)}
        ),
        ("took",), "snapshot ",
    ),
    _Kept(
        ("commentary",), _all(commentary, commentary.c.comment_id), _words(act_of),
        tuple(f"{what} commentary" for what in ("wrote", "submitted", "approved", "returned")), "commentary ",
        whole=True,
    ),
    _Kept(("decisions",), _all(decisions, decisions.c.decision_id), _words(decision_act), ("asked", "decided"),
          "decision ", whole=True),
    _Kept(("decision_answers",), _all(decision_answers, decision_answers.c.answer_id), _words(answer_act),
          ("answered", "closed"), "decision ", whole=True),
    _Kept(("tokens",), _all(tokens, tokens.c.at), _token, ("gave a token",), "token "),
    _Kept(
        ("token_ends",), _all(token_ends, token_ends.c.at),
        lambda row: RecordedRow(row["at"], row["who"], "took back a token", f"token {row['token_id']}", {}),
        ("took back a token",), "token ",
    ),
    _Kept(("ended_sign_ins",), _all(ended_sign_ins, ended_sign_ins.c.at), _sign_in, ("signed out",), "sign-in "),
)  # fmt: skip
