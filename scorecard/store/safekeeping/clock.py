"""A store's last change in the future: changes are refused, and what a clock that ran ahead left can be mended."""

from datetime import datetime, timedelta

from pydantic import AwareDatetime, BaseModel, ConfigDict
from sqlalchemy import Connection, select, update

from scorecard.core.periods import day_words
from scorecard.store.audit import audit_log
from scorecard.store.databases import triggers
from scorecard.store.errors import ClockBehind, NothingToMend
from scorecard.store.received.extracts import last_timestamp
from scorecard.store.schema import catalogues, extracts, observations, published_figures, withdrawals
from scorecard.store.values.timestamps import OPEN, from_micros, to_micros

ALLOWED = timedelta(minutes=1)  # clocks of two machines differ by seconds
CHANGES = (extracts, withdrawals, catalogues)
FIGURES = (observations, published_figures)


class Mended(BaseModel):
    """What mending did: the changes that were recorded in the future, and the moments they have now, in their order."""

    model_config = ConfigDict(frozen=True)

    was: tuple[AwareDatetime, ...]
    now: tuple[AwareDatetime, ...]


def require_not_behind(connection: Connection, now: datetime) -> None:
    """Raises ClockBehind where the last change lies more than a minute after this machine's clock."""
    last = last_timestamp(connection)
    if last is not None and from_micros(last) > now + ALLOWED:
        raise ClockBehind(_words(from_micros(last)), _words(now))


def mend(connection: Connection, who: str, now: datetime, reason: str) -> Mended:
    """Move the changes that are recorded in the future to just before now, in their order, in a writing transaction.

    The act keeps every moment as it was. Snapshots and acts keep theirs: what they say is frozen. Raises NothingToMend.
    """
    known = sorted(
        {moment for table in CHANGES for moment in connection.execute(select(table.c.recorded_from)).scalars()}
    )
    present = to_micros(now)
    ahead = [moment for moment in known if moment > present]
    if not ahead:
        raise NothingToMend(_words(from_micros(known[-1])) if known else None)
    before = max([moment for moment in known if moment <= present], default=0)
    start = max(before, present - len(ahead)) + 1
    moved = {moment: start + index for index, moment in enumerate(ahead)}
    with triggers.without(connection, [table.name for table in (*CHANGES, *FIGURES)]):
        _move(connection, moved)
    mended = Mended(was=tuple(map(from_micros, ahead)), now=tuple(map(from_micros, moved.values())))
    pairs = zip(mended.was, mended.now, strict=True)
    moments = [{"was": was.isoformat(), "now": new.isoformat()} for was, new in pairs]
    audit_log.record(
        connection, max(present, *moved.values()), who, "mended", "clock", {"reason": reason, "moments": moments}
    )
    return mended


def _move(connection: Connection, moved: dict[int, int]) -> None:
    for was, new in moved.items():
        for table in (*CHANGES, *FIGURES):
            connection.execute(update(table).where(table.c.recorded_from == was).values(recorded_from=new))
        for table in FIGURES:
            closed = (table.c.recorded_to == was) & (table.c.recorded_to != OPEN)
            connection.execute(update(table).where(closed).values(recorded_to=new))


def _words(moment: datetime) -> str:
    return f"{day_words(moment.date())}, {moment:%H:%M:%S} UTC"
