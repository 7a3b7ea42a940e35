"""Moments in the store: whole microseconds since 1970 in UTC, so that they compare exactly everywhere."""

from datetime import UTC, datetime, timedelta

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
# recorded_to of a row that nothing has superseded. The largest signed 64-bit number: later than any moment.
OPEN = 2**63 - 1


def to_micros(moment: datetime) -> int:
    """The moment as a whole number; a ValueError for one without a time zone."""
    if moment.tzinfo is None or moment.utcoffset() is None:
        raise ValueError("A moment needs its time zone, such as datetime(2020, 8, 3, 9, 30, tzinfo=UTC).")
    return (moment - EPOCH) // MICROSECOND


def from_micros(micros: int) -> datetime:
    """The number that `to_micros` gave, as an aware datetime in UTC."""
    return EPOCH + micros * MICROSECOND


def current_time() -> datetime:
    """The moment by this machine's clock, in UTC."""
    return datetime.now(UTC)
