"""Files that aren't ours are read in processes of their own: what ends one is a finding, and ends nothing else."""

from __future__ import annotations

import os
import signal
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from scorecard.extract import limits
from scorecard.extract.files import reader_pool
from scorecard.extract.files.contents import Refused
from scorecard.extract.files.reader_pool import READERS, ReaderPool
from tests.extract.files.test_hostile import HEAD, package

GOOD = b"measure_id,period,value\nvisits-on-time,2020-08,82\n"


@pytest.fixture
def odd(monkeypatch):
    """A pool whose readers do as each file says (odd_reader)."""
    monkeypatch.setattr(reader_pool, "_MODULE", "tests.extract.files.odd_reader")
    monkeypatch.setattr(reader_pool, "_PROJECT", Path(__file__).parents[3])
    monkeypatch.setattr(limits, "READER_WAITS", 3)
    pool = ReaderPool(most=1)
    yield pool
    pool.close()


STOPPED = {
    "killed": "stopped by signal 9",
    "crashed": "stopped by signal 6",
    "memory": "more than 1.5 GB of memory",
    "slow": "more than 120 seconds",
    "pickle": "stopped",
    "half": "stopped",
    "no Arrow": "stopped",
    "huge": "stopped",
    "beyond": "stopped",
    "gone": "a reader could not be started",
}


@pytest.mark.skipif(sys.platform == "win32", reason="signals are told otherwise there")
def test_whatever_stops_a_reader_is_a_finding_and_the_next_file_is_read(odd) -> None:
    for asked, beginning in STOPPED.items():
        with pytest.raises(Refused) as refused:
            odd.read(asked.encode())
        [fault] = refused.value.faults
        assert fault["code"].tolist() == ["reader-stopped"]
        assert fault["found"].iat[0].startswith(beginning), asked
        assert odd.read(b"fine").sheets[0].records[0][0] == "fine"


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no such signal here")
def test_a_reader_that_was_killed_while_nobody_used_it_is_replaced(odd) -> None:
    first = int(odd.read(b"a").sheets[0].records[0][1])
    assert int(odd.read(b"b").sheets[0].records[0][1]) == first  # one reader, kept warm
    os.kill(first, signal.SIGKILL)
    assert int(odd.read(b"c").sheets[0].records[0][1]) != first


def test_a_reader_is_replaced_after_some_files(odd, monkeypatch) -> None:
    monkeypatch.setattr(limits, "FILES_A_READER", 2)
    assert len({odd.read(b"a").sheets[0].records[0][1] for _ in range(4)}) == 2


def test_ten_at_once_wait_their_turn_and_are_told_so(odd) -> None:
    ahead: list[int] = []
    with ThreadPoolExecutor(10) as threads:
        read = [threads.submit(odd.read, str(number).encode(), ahead.append) for number in range(10)]
        assert [reading.result().sheets[0].records[0][0] for reading in read] == [str(number) for number in range(10)]
    assert max(ahead) <= 9
    assert 1 in ahead


def test_who_leaves_the_queue_holds_nobody_up(odd) -> None:
    def leave(ahead: int) -> None:
        raise KeyboardInterrupt

    with odd._turn(lambda _: None), pytest.raises(KeyboardInterrupt):
        odd.read(b"a", leave)
    assert odd.read(b"b").sheets[0].records[0][0] == "b"


def test_what_a_process_reads_is_what_would_be_read_here() -> None:
    from scorecard.extract.files.read_contents import read_contents

    hidden = package(HEAD + '<row r="3" hidden="1"><c r="A3"><v>1</v></c></row>')
    for content in (GOOD, GOOD.decode().encode("utf-16"), hidden):
        there, here = READERS.read(content), read_contents(content)
        assert [list(sheet.records) for sheet in there.sheets] == [list(sheet.records) for sheet in here.sheets]
        assert [sheet._replace(records=None) for sheet in there.sheets] == [
            sheet._replace(records=None) for sheet in here.sheets
        ]
        assert there[::2] == here[::2]


def test_a_refusal_is_the_same_from_a_process(check) -> None:
    checked = check(b"measure_id,period,value\n" + b"a" * 200_000 + b",2020-08,82\n")
    assert [(finding.code, finding.row) for finding in checked.errors] == [("cell-too-long", 2)]


def test_a_workbook_that_claims_four_billion_texts_is_read_for_what_it_has(check) -> None:
    count = 'count="4294967295" uniqueCount="4294967295"><si><t>visits-on-time</t></si>'
    row = '<row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" t="str"><v>2020-08</v></c><c r="C2"><v>82</v></c></row>'
    content = package(HEAD + row, shared="<si/>", more={})
    claiming = package(HEAD + row, more={"xl/sharedStrings.xml": _sst(count)})
    assert check(claiming, "figures.xlsx").observations["value"].tolist() == [82]
    assert check(content, "figures.xlsx").refused


def _sst(rest: str) -> bytes:
    return f'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" {rest}</sst>'.encode()


def test_a_reader_knows_no_settings_of_ours(odd, monkeypatch) -> None:
    monkeypatch.setenv("SCORECARD_DATABASE_URL", "postgresql://scorecard:password@host/db")
    pid = int(odd.read(b"a").sheets[0].records[0][1])
    environment = Path(f"/proc/{pid}/environ")
    if environment.exists():
        assert b"SCORECARD" not in environment.read_bytes()
