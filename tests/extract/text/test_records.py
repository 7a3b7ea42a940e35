"""Records kept by column are the records that were put in; what is read all at once is what row by row gives."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scorecard.extract.files.csv import _lines, _records, read_regular
from scorecard.extract.text.records import Records

rows = st.lists(
    st.lists(st.sampled_from(["", " ", "a", "é", "12.5", "\x00", "\u200b", "x" * 40]), max_size=5), max_size=8
)


def trimmed(records: list[list[str]]) -> list[list[str]]:
    return [record[: max((index + 1 for index, cell in enumerate(record) if cell), default=0)] for record in records]


@settings(max_examples=60, deadline=None, derandomize=True)
@given(rows)
def test_what_was_put_in_comes_out(records: list[list[str]]) -> None:
    stored = Records.of_rows(records)
    assert list(stored) == trimmed(records)
    assert stored[:] == trimmed(records)
    assert [stored[at] for at in range(len(records))] == trimmed(records)
    assert len(stored) == len(records)


def test_a_few_long_records_among_short_ones_are_kept() -> None:
    records = [["a"]] * 20_000 + [["b"] * 150] + [[]] * 10
    stored = Records.of_rows(records)
    assert stored[20_000] == ["b"] * 150
    assert stored[-1] == []
    assert list(stored) == records
    assert stored.column(149).to_pylist().count("b") == 1
    with pytest.raises(IndexError):
        stored[len(records)]


quoted = st.lists(st.sampled_from(["a", " ", '"', '""', "é", ",", "\n", "\r\n"]), max_size=4).map("".join)


@settings(max_examples=400, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.lists(st.lists(st.one_of(quoted, quoted.map('"{}"'.format)), min_size=3, max_size=3), min_size=1, max_size=3))
def test_quotation_marks_are_read_the_same_in_both_ways(records: list[list[str]]) -> None:
    content = "\n".join(",".join(record) for record in records).encode()
    fast = read_regular(content, ",")
    if fast is not None:
        assert list(fast) == list(_records(_lines(content, "utf-8-sig"), ","))


@settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(rows, st.sampled_from(["\n", "\r\n", "\r"]), st.sampled_from([",", ";", "\t"]), st.booleans(), st.booleans())
def test_a_regular_table_reads_the_same_in_both_ways(records, end, separator, last_end, even) -> None:
    if even:
        records = [(record + [""] * 4)[:4] for record in records]
    text = end.join(separator.join(record) for record in records) + (end if last_end else "")
    content = text.encode("utf-8")
    fast = read_regular(content, separator)
    assert even <= (fast is not None) or not records
    if fast is not None:
        assert list(fast) == list(_records(_lines(content, "utf-8-sig"), separator))
