"""Whether extracts are those that the acts tell of: who sent which file when, and what it brought."""

import json
from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import Connection, select

from scorecard.store.databases.timestamps import to_micros
from scorecard.store.schema import acts, extracts

TOLD = ("file_name", "sha256", "new", "revised", "unchanged")


def extracts_against_acts(connection: Connection) -> list[str]:
    """What the extracts say otherwise than the acts, in plain words; none where they agree.

    An extract of which no act tells is of a store from before acts were kept of it, and is passed over. One whose
    moment was mended stands where the act of mending says.
    """
    return list(_contradictions(connection))


def _contradictions(connection: Connection) -> Iterator[str]:
    columns = (acts.c.subject, acts.c.who, acts.c.at, acts.c.detail)
    sent = connection.execute(select(*columns).where(acts.c.what == "submitted", acts.c.subject.startswith("extract ")))
    told = {subject: (who, at, json.loads(detail)) for subject, who, at, detail in sent}
    moved = _moved(connection)
    names = ("extract_id", "who", "recorded_from", *TOLD)
    kept = connection.execute(select(*[extracts.c[name] for name in names]).order_by(extracts.c.extract_id))
    for extract_id, who, at, *said in kept:
        if (act := told.get(f"extract {extract_id}")) is None:
            continue
        was = [
            act[0],
            moved.get(act[1], act[1]),
            *(act[2].get(name, now) for name, now in zip(TOLD, said, strict=True)),
        ]
        differ = [name for name, one, other in zip(("who", "when", *TOLD), was, (who, at, *said), strict=True)
                  if one != other]  # fmt: skip
        if differ:
            yield f"Extract {extract_id} is not as the act of its submission tells: {', '.join(differ)}."


def _moved(connection: Connection) -> dict[int, int]:
    """The moments that a clock which ran ahead gave, and where mending put them in the end."""
    mended = select(acts.c.detail).where(acts.c.what == "mended", acts.c.subject == "clock").order_by(acts.c.act_id)
    moved: dict[int, int] = {}
    for detail in connection.execute(mended).scalars():
        for one in json.loads(detail)["moments"]:
            was, now = (to_micros(datetime.fromisoformat(one[key])) for key in ("was", "now"))
            moved = {first: now if last == was else last for first, last in moved.items()} | {was: now}
    return moved
