"""`python -m benchmarks.under_load.soak`: what takes too long for every test.

Thousands of damaged files, killed readers, crowds. Exits with 1
where a file got no answer, or the process that asked was harmed.
"""

from __future__ import annotations

import io
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from benchmarks.hostile import good_rows, good_workbook
from benchmarks.timing import highest_memory, line
from scorecard.extract.files import reader_pool
from scorecard.extract.files.contents import Refused
from scorecard.extract.files.reader_pool import READERS

DAMAGED, KILLED, AT_ONCE = 3_000, 60, 10
ADDRESS_SPACE = 4_000_000_000  # bytes, for the terminal and all that it starts
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def answer(content: bytes) -> str:
    """'read', or the code for which a file is refused."""
    try:
        READERS.read(content)
    except Refused as refused:
        return str(refused.faults[0]["code"].iat[0])
    return "read"


def damaged_bytes(content: bytes, chance: random.Random) -> bytes:
    """Bytes with some changed, cut out, doubled or put in."""
    changed = bytearray(content)
    for _ in range(chance.randint(1, 6)):
        at, size = chance.randrange(len(changed) + 1), chance.randint(1, 200)
        kind = chance.choice(("change", "cut", "double", "add", "end"))
        if kind == "change":
            changed[at : at + size] = chance.randbytes(size)
        elif kind == "cut":
            del changed[at : at + size]
        elif kind == "double":
            changed[at:at] = changed[at : at + size]
        elif kind == "add":
            changed[at:at] = chance.randbytes(size)
        elif chance.random() < 0.2:
            del changed[at:]
    return bytes(changed)


def damaged_part(content: bytes, chance: random.Random) -> bytes:
    """A workbook with one of its parts damaged, and the zip around it whole."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as book, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as written:
        wanted = chance.choice(book.namelist())
        for name in book.namelist():
            part = book.read(name)
            written.writestr(name, damaged_bytes(part, chance) if name == wanted else part)
    return buffer.getvalue()


def damaged_files(count: int) -> Iterator[bytes]:
    """Damaged files of every kind, the same each time."""
    chance = random.Random(12)
    text, book = good_rows(0.0002), good_workbook(0.0002)
    kinds: tuple[Callable[[], bytes], ...] = (
        lambda: damaged_bytes(text, chance),
        lambda: damaged_bytes(text.decode().encode("utf-16"), chance),
        lambda: damaged_bytes(book, chance),
        lambda: damaged_part(book, chance),
        lambda: damaged_part(book, chance),
    )
    for number in range(count):
        yield kinds[number % len(kinds)]()


def soak_damaged() -> bool:
    """Every damaged file gets an answer, and none stops its reader."""
    answers: Counter[str] = Counter()
    slowest, start = 0.0, time.perf_counter()
    for content in damaged_files(DAMAGED):
        begun = time.perf_counter()
        answers[answer(content)] += 1
        slowest = max(slowest, time.perf_counter() - begun)
    line(f"{DAMAGED:,} damaged files", f"{time.perf_counter() - start:.0f} s", f"the slowest {slowest:.2f} s")
    for code, count in answers.most_common():
        line(f"  {code}", f"{count:,}")
    return answers["reader-stopped"] == 0


def soak_killed() -> bool:
    """Readers killed at any moment: each file is read, or its reader was stopped; the one after it is read."""
    chance, content, answers = random.Random(12), good_workbook(0.01), Counter[str]()
    for _ in range(KILLED):
        READERS.warm()
        idle = READERS._idle[-1]
        killer = threading.Timer(chance.random() * 0.6, os.kill, (idle.process.pid, signal.SIGKILL))
        killer.start()
        answers[answer(content)] += 1
        killer.join()
        answers["after it: " + answer(b"measure_id,period,value\na,2020-08,1\n")] += 1
    line(f"{KILLED} readers killed at any moment", "", str(dict(answers)))
    return answers["after it: read"] == KILLED


def soak_crowd() -> bool:
    """Ten large files at once: all are read, in turn, and told how many come first."""
    content, ahead = good_workbook(0.1), []
    start = time.perf_counter()
    with ThreadPoolExecutor(AT_ONCE) as threads:
        read = [threads.submit(READERS.read, content, ahead.append) for _ in range(AT_ONCE)]
        rows = {len(reading.result().sheets[0].records) for reading in read}
    took = time.perf_counter() - start
    line(f"{AT_ONCE} workbooks of 50,000 rows at once", f"{took:.0f} s", f"at most {max(ahead)} ahead")
    return len(rows) == 1


def greedy_files() -> dict[str, bytes]:
    """Files that make a reader ask for very much."""
    claim = f'<sst {MAIN} count="4294967295" uniqueCount="4294967295"><si><t>a</t></si></sst>'
    cells = "<c/>" * 20_000_000
    deep = "<a>" * 3_000_000
    return {
        "four billion shared texts": _book("", {"xl/sharedStrings.xml": claim}),
        "20,000,000 cells in a row": _book(f"<row>{_noise()}{cells}</row>"),
        "elements 3,000,000 deep": _book(f"<row>{_noise()}{deep}</row>"),
        "100 MB of links": _book("", after=_noise() + '<hyperlink ref="A1"/>' * 4_500_000),
    }


def _noise() -> str:
    """What keeps a part from being packed too small to be taken for a sheet."""
    return f"<!--{random.Random(1).randbytes(700_000).hex()}-->"


def _book(rows: str, more: dict[str, str] | None = None, after: str = "") -> bytes:
    buffer = io.BytesIO()
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    links = "http://schemas.openxmlformats.org/package/2006/relationships"
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as written:
        sheets = f'<sheets><sheet name="S" sheetId="1" xmlns:r="{relations}" r:id="r1"/></sheets>'
        written.writestr("xl/workbook.xml", f"<workbook {MAIN}>{sheets}</workbook>")
        link = f'<Relationship Id="r1" Type="{relations}/worksheet" Target="worksheets/sheet1.xml"/>'
        written.writestr("xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{links}">{link}</Relationships>')
        written.writestr(
            "xl/worksheets/sheet1.xml", f"<worksheet {MAIN}><sheetData>{rows}</sheetData>{after}</worksheet>"
        )
        for name, part in (more or {}).items():
            written.writestr(name, part)
    return buffer.getvalue()


def soak_greedy() -> bool:
    """The terminal under a limit of address space: every greedy file is answered with 0 or 1."""
    import resource

    good = True
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {"SCORECARD_DATABASE_URL": f"sqlite:///{Path(folder) / 'a.db'}"}
        for name, content in greedy_files().items():
            path = Path(folder) / "file.xlsx"
            path.write_bytes(content)
            begun = time.perf_counter()
            done = subprocess.run(
                [sys.executable, "-m", "scorecard", "validate", str(path)],
                env=environment, capture_output=True, text=True, check=False,
                preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE)),
            )  # fmt: skip
            lines = (done.stdout or done.stderr).strip().splitlines()
            line(
                name,
                f"{time.perf_counter() - begun:.1f} s",
                f"exit {done.returncode}: {lines[0][:90] if lines else ''}",
            )
            good &= done.returncode in (0, 1)
    return good


def main() -> int:
    print("Files that aren't ours, read by processes of their own")
    reader_pool.READERS.warm()
    soaks = (soak_damaged, soak_killed, soak_crowd, soak_greedy)
    good = [soak() for soak in soaks if soak is not soak_greedy or sys.platform == "linux"]
    line("the highest memory of the process that asks", f"{highest_memory():.0f} MB")
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
