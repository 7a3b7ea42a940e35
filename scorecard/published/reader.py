"""`python -m scorecard.published.reader`: reads published files in a process of its own, as extract.files.reader does.

A question has two parts, how to read (mapping, authorities, dictionary) and the file's bytes; an answer has what was
read, as JSON and Arrow, which can only be data.
"""

from __future__ import annotations

import atexit
import json
import sys
from functools import partial
from typing import IO, Any, BinaryIO

import pandas as pd
import pyarrow as pa

from scorecard.extract.files.contents import Refused
from scorecard.extract.files.exchange import NoAnswer, receive, send
from scorecard.extract.files.reader import Answer, serve
from scorecard.extract.files.reader_pool import Done, ReaderPool, no_progress
from scorecard.extract.findings import fault
from scorecard.published.authorities import Authorities, read_authorities
from scorecard.published.lait import Dictionary
from scorecard.published.mapping import Mapping
from scorecard.published.read_file import ReadFile, read_file
from scorecard.published.rows import no_figures

_FAULT = ("code", "found", "remedy", "row", "column", "measure_id")


def question(mapping: Mapping, authorities: bytes, dictionary: Dictionary | None, file_of_mapping: str) -> bytes:
    """How a file is to be read, as it crosses to the other process. authorities: the table's bytes."""
    how = {
        "mapping": mapping.model_dump(mode="json"),
        "lines": {figure: mapping.line_of(figure) or 1 for figure in mapping.figures},
        "authorities": authorities.decode("utf-8-sig"),
        "dictionary": dictionary,
        "file": file_of_mapping,
    }
    return json.dumps(how).encode()


def read_apart(content: bytes, how: bytes, done: Done = no_progress) -> ReadFile:
    """What is in a file's bytes, read by a process of its own. how: of `question`. Raises Refused.

    done: told which share of the file has been read.
    """
    read: ReadFile = PUBLISHED_READERS.ask(how, content, done=done)
    return read


def _read(out: BinaryIO, how: bytes, content: bytes) -> Answer:
    asked = json.loads(how)
    mapping = Mapping.model_validate(asked["mapping"]).with_lines(asked["lines"])
    authorities: Authorities = read_authorities(asked["authorities"].encode())

    def done(share: float) -> None:
        send(out, f"{share:.3f}".encode())

    try:
        read = read_file(content, mapping, authorities, asked["dictionary"], asked["file"], done)
        return partial(_send, read=read)
    except Refused as refused:
        return partial(_refuse, refused=refused)


def _refuse(out: IO[bytes], refused: Refused) -> None:
    send(out, json.dumps({"refused": _plain(refused.faults)}).encode())


def _send(out: IO[bytes], read: ReadFile) -> None:
    head = read._asdict() | {"figures": None, "faults": _plain(read.faults)}
    table = pa.Table.from_pandas(read.figures, preserve_index=False)
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    send(out, json.dumps(head).encode(), sink.getvalue())


def _plain(faults: tuple[pd.DataFrame, ...]) -> list[dict[str, Any]]:
    rows = [row for part in faults for row in part[list(_FAULT)].to_dict("records")]
    return [{str(name): None if pd.isna(value) else value for name, value in row.items()} for row in rows]


def _receive(source: IO[bytes]) -> ReadFile:
    try:
        head = json.loads(receive(source))
        if "refused" in head:
            raise Refused(*(fault(**columns) for columns in head["refused"]))
        frame = pa.ipc.open_stream(pa.py_buffer(receive(source))).read_all().to_pandas()
        types = {str(name): str(kind) for name, kind in no_figures().dtypes.items()}
        faults = tuple(fault(**columns) for columns in head.pop("faults"))
        return ReadFile(**(head | {"figures": frame[[*types]].astype(types), "faults": faults}))
    except (ValueError, KeyError, TypeError, pa.ArrowException):
        raise NoAnswer from None


PUBLISHED_READERS = ReaderPool(most=1, module="scorecard.published.reader", answer=_receive)
atexit.register(PUBLISHED_READERS.close)

if __name__ == "__main__":
    answers, sys.stdout = sys.stdout.buffer, sys.stderr
    serve(sys.stdin.buffer, answers, partial(_read, answers), parts=2)
