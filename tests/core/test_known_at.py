"""As known at: a day means its end; what can't be read, is far away or lies in the future is said."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from scorecard.core.known_at import UnreadableKnownAt, known_at_words, parse_known_at, parse_typed_known_at

NOW = datetime(2020, 9, 10, 12, 30, 15, tzinfo=UTC)


@pytest.fixture(autouse=True, params=["Europe/London", "UTC", "America/New_York"])
def zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield request.param
    monkeypatch.undo()
    time.tzset()


def local_moment(*moment: int) -> datetime:
    return datetime(*moment).astimezone()  # type: ignore[arg-type]


LAST = 999_999
READ = [
    ("2020-08-31", lambda: local_moment(2020, 8, 31, 23, 59, 59, LAST)),
    (" 2020-08-31 ", lambda: local_moment(2020, 8, 31, 23, 59, 59, LAST)),
    ("2020-02-29", lambda: local_moment(2020, 2, 29, 23, 59, 59, LAST)),
    ("2020-03-29", lambda: local_moment(2020, 3, 29, 23, 59, 59, LAST)),  # clocks go forward in London
    ("2020-08-31T17:00", lambda: local_moment(2020, 8, 31, 17, 0, 59, LAST)),
    ("2020-08-31 17:00:05", lambda: local_moment(2020, 8, 31, 17, 0, 5, LAST)),
    ("2020-08-31T17:00:05.25", lambda: local_moment(2020, 8, 31, 17, 0, 5, 250_000)),
    ("2020-08-31T17:00:05Z", lambda: datetime(2020, 8, 31, 17, 0, 5, LAST, tzinfo=UTC)),
    ("2020-08-31T17:00:05+01:00", lambda: datetime(2020, 8, 31, 16, 0, 5, LAST, tzinfo=UTC)),
    ("2020-08-31T17:00:05 01:00", lambda: datetime(2020, 8, 31, 16, 0, 5, LAST, tzinfo=UTC)),  # a plus in an address
    ("2020-08-31T17:00:05-0400", lambda: datetime(2020, 8, 31, 21, 0, 5, LAST, tzinfo=UTC)),
    ("2020-09-10", lambda: local_moment(2020, 9, 10, 23, 59, 59, LAST)),  # today isn't over, and is no future day
    ("2020-09-10T12:30:15Z", lambda: datetime(2020, 9, 10, 12, 30, 15, LAST, tzinfo=UTC)),
]


@pytest.mark.parametrize(("text", "meant"), READ, ids=[text for text, _ in READ])
def test_a_moment_is_the_last_instant_of_what_is_written(text: str, meant: object) -> None:
    assert parse_known_at(text, NOW) == meant()  # type: ignore[operator]


SAID = [
    ("", "is no moment"),
    ("yesterday", "is no moment"),
    ("31/08/2020", "is no moment"),
    ("20200831", "is no moment"),
    ("2020-W35-1", "is no moment"),
    ("2020-8-1", "is no moment"),
    ("2020-08-31T17", "is no moment"),
    ("2020-08-31T17:00.5", "is no moment"),
    ("2020-08-31T17:00:00+01:00:30", "is no moment"),
    ("-2020-08-31", "is no moment"),
    ("٢٠٢٠-08-31", "is no moment"),
    ("2020-02-30", "of the calendar"),
    ("2020-13-01", "of the calendar"),
    ("2020-08-31T24:30", "of the calendar"),
    ("2020-08-31T17:00:00+99:00", "of the calendar"),
    ("0000-01-01", "lies before 2000"),
    ("0001-01-01", "lies before 2000"),
    ("0001-01-01T00:00:00+14:00", "lies before 2000"),
    ("1999-12-31", "lies before 2000"),
    ("2020-09-12", "lies in the future"),
    ("2021-01-01", "lies in the future"),
    ("9999-12-31", "lies in the future"),
    ("9999-12-31T23:59:59-14:00", "lies in the future"),
    ("2020-09-10T12:30:16Z", "lies in the future"),
]


@pytest.mark.parametrize(("text", "message"), SAID)
def test_what_is_no_moment_to_be_known_at_is_said_with_what_to_write(text: str, message: str) -> None:
    with pytest.raises(UnreadableKnownAt, match=message) as caught:
        parse_known_at(text, NOW)
    assert "2020-08-31T17:00:00" in str(caught.value)


@pytest.mark.parametrize(
    "typed",
    [
        "31 August 2020",
        " 31  aug 2020 ",
        "31 Aug. 2020",
        "31AUG2020",
        "31/08/2020",
        "31/8/2020",
        "31 8 2020",
        "31.08.2020",
    ],
)
def test_a_day_is_typed_as_people_here_write_it(typed: str) -> None:
    assert parse_typed_known_at(typed, NOW) == parse_known_at("2020-08-31", NOW)


def test_a_field_takes_what_an_address_takes_and_says_what_was_typed_where_it_can_t() -> None:
    for text, _ in READ:
        assert parse_typed_known_at(text, NOW) == parse_known_at(text, NOW)
    for typed, message in (
        ("31 Augustus 2020", "'31 Augustus 2020' is no moment"),
        ("08/31/2020", "'08/31/2020' is no moment of the calendar"),
        ("30 February 2020", "'30 February 2020' is no moment of the calendar"),
        ("0/0/2020", "of the calendar"),
        ("31 May 20", "is no moment"),
        ("12 September 2020", "'12 September 2020' lies in the future"),
        ("31 May 0020", "lies before 2000"),
    ):
        with pytest.raises(UnreadableKnownAt, match=f"{message}.*: write a day as 31 August 2020"):
            parse_typed_known_at(typed, NOW)


def test_a_moment_is_said_as_it_was_meant() -> None:
    assert known_at_words(parse_known_at("2020-08-31", NOW)) == "the end of 31 August 2020"
    assert known_at_words(parse_known_at("2020-08-31T17:00:05", NOW)) == "17:00:05 on 31 August 2020"
    assert (
        known_at_words(parse_known_at("2020-08-31", NOW) + timedelta(microseconds=1)) == "00:00:00 on 1 September 2020"
    )
