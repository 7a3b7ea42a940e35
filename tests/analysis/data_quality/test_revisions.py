"""First figures against latest ones: what is usual, and when nothing can be said yet."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pandas as pd
import pytest

from scorecard.analysis.data_quality.revisions import FEWEST_SENT_AGAIN, REVISION_COLUMNS, revisions, usual_revision
from scorecard.core.observations import observations_frame

SENT = datetime(2021, 1, 10, tzinfo=UTC)


def versions(*rows: tuple[str, str, float | None, int, str | None]) -> pd.DataFrame:
    """(measure, month, value, extract, symbol): a later row of the same month supersedes the earlier one."""
    frame = pd.DataFrame(rows, columns=["measure_id", "period_end", "value", "extract_id", "symbol"])
    ends = pd.to_datetime(frame["period_end"] + "-01") + pd.offsets.MonthEnd(0)
    sent = [SENT + timedelta(days=30 * extract_id) for extract_id in frame["extract_id"]]
    frame = frame.assign(period_end=ends, area="E06000045", months=1, origin="extract", recorded_from=sent)
    last = ~frame.duplicated(["measure_id", "period_end"], keep="last")
    until = pd.Series(pd.Timestamp(SENT + timedelta(days=9_999)), index=frame.index).where(~last)
    return observations_frame(frame).assign(recorded_to=until)


def sent_twice(pairs: list[tuple[float, float]]) -> pd.DataFrame:
    months = [f"2020-{at:02d}" for at in range(1, len(pairs) + 1)]
    first = [("m", month, pair[0], 1, None) for month, pair in zip(months, pairs, strict=True)]
    again = [("m", month, pair[1], 2, None) for month, pair in zip(months, pairs, strict=True)]
    return revisions(versions(*first, *again))


def test_a_row_a_figure_with_its_first_and_latest_version() -> None:
    frame = revisions(
        versions(("m", "2020-01", 10, 1, None), ("m", "2020-01", 12, 2, None), ("m", "2020-02", 5, 2, None),
                 ("m", "2020-03", None, 2, "c"), ("m", "2020-03", 3, 3, None))
    )  # fmt: skip
    assert list(frame.columns) == REVISION_COLUMNS
    assert frame["revised"].tolist() == [True, False, True]
    assert frame["times_sent"].tolist() == [2, 1, 2]
    assert frame["revision"].fillna(-99).tolist() == [2, 0, -99]
    assert frame["first_received"].iloc[0] == SENT + timedelta(days=30)


def test_an_empty_history_has_no_revisions() -> None:
    assert revisions(versions()).empty


@pytest.mark.parametrize("count", [0, 1, FEWEST_SENT_AGAIN - 1])
def test_nothing_is_said_of_too_few(count: int) -> None:
    assert usual_revision(sent_twice([(10, 12)] * count), "percent", 0) is None


@pytest.mark.parametrize(
    ("pairs", "phrase"),
    [
        ([(10, 12)] * 6, "usually revised by 2 percentage points, mostly upwards: 6 of 6"),
        ([(10, 8)] * 6, "mostly downwards"),
        ([(10, 12), (10, 8)] * 3, "usually revised by 2 percentage points: 6 of 6"),
        ([(10, 10)] * 6, "not usually revised: 6 figures were sent again, and none had changed."),
        ([(10, 10)] * 5 + [(10, 15)], "Most first figures of this measure are not revised: 1 of 6"),
        ([(10, 10)] * 5 + [(10, 15)], "June 2020 most, by 5 percentage points."),
    ],
)
def test_what_is_usual_in_words(pairs: list[tuple[float, float]], phrase: str) -> None:
    usual = usual_revision(sent_twice(pairs), "percent", 0)
    assert usual is not None
    assert phrase in usual.sentence


def test_figures_sent_once_say_nothing_of_revisions() -> None:
    frame = revisions(versions(*[("m", f"2020-{month:02d}", 1, 1, None) for month in range(1, 13)]))
    assert usual_revision(frame, "number", 0) is None
