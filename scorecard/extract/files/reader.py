"""`python -m scorecard.extract.files.reader`: reads files that aren't ours, one after the other, and does nothing else.

A file's bytes come on the standard input, what is in it goes to the standard output (see exchange). Where a file needs
more memory or time than is given, this process ends, and nothing else does.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import BinaryIO

from scorecard.extract import limits
from scorecard.extract.files.contents import Refused
from scorecard.extract.files.exchange import NO_MEMORY, NoAnswer, receive, send, send_contents, send_refusal
from scorecard.extract.files.read_contents import read_contents

try:
    import resource
except ImportError:  # Windows has no such limits: there the time that whoever asks gives us is the one bound
    resource = None  # type: ignore[assignment]

BEGUN = b"begun"

Answer = Callable[[BinaryIO], None]


def main(source: BinaryIO, out: BinaryIO) -> None:
    """Reads files until no more come."""
    serve(source, out, _extract)


def serve(source: BinaryIO, out: BinaryIO, read: Callable[..., Answer], parts: int = 1) -> None:
    """Answers questions of so many parts until no more come.

    read: a question's parts → what writes the answer. Until it has returned it may send how much is done, as '0.25'.
    """
    _limit_memory()
    while True:
        try:
            asked = [receive(source) for _ in range(parts)]
        except NoAnswer:  # whoever asked is gone
            return
        send(out, BEGUN)
        _limit_time()
        try:
            answer = read(*asked)
        except MemoryError:
            send(out, NO_MEMORY)
            return
        send(out, b"")
        answer(out)
        asked = answer = None  # type: ignore[assignment]  # not kept beside the next file's


def _extract(content: bytes) -> Answer:
    try:
        return partial(send_contents, contents=read_contents(content))
    except Refused as refused:
        return partial(send_refusal, refused=refused)


def _limit_memory() -> None:
    if resource is None:
        return
    pages = Path("/proc/self/statm")
    if pages.exists():
        memory_in_use = int(pages.read_text().split()[0]) * resource.getpagesize()
        _lower("RLIMIT_AS", memory_in_use + limits.READER_MEMORY)
    _lower("RLIMIT_FSIZE", 0)  # nothing is written to any file
    _lower("RLIMIT_CORE", 0)


def _limit_time() -> None:
    if resource is not None:
        used = resource.getrusage(resource.RUSAGE_SELF)
        _lower("RLIMIT_CPU", int(used.ru_utime + used.ru_stime) + limits.READER_SECONDS)


def _lower(name: str, bound: int) -> None:
    """Lowers a limit of this process, where the system has it; its greatest stays, so that it can be set again."""
    kind = getattr(resource, name, None)
    if kind is not None:
        _, most = resource.getrlimit(kind)
        with suppress(ValueError, OSError):
            resource.setrlimit(kind, (bound if most == resource.RLIM_INFINITY else min(bound, most), most))


if __name__ == "__main__":
    answers, sys.stdout = sys.stdout.buffer, sys.stderr
    main(sys.stdin.buffer, answers)
