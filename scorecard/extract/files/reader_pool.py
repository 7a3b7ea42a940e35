"""Files that aren't ours are read by processes of their own: what ends one of them is a finding, and ends nothing else.

A few at once; more wait in a queue. Processes are started before they are needed and read many files, one at a time.
"""

from __future__ import annotations

import atexit
import os
import signal
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

from scorecard.extract import limits

TYPE_CHECKING = False
if TYPE_CHECKING:
    from scorecard.extract.files.contents import Contents

Waiting = Callable[[int], None]  # called with how many files are read before this one
Done = Callable[[float], None]  # told which share of the file has been read

_PROJECT = Path(__file__).parents[3]
_MODULE = "scorecard.extract.files.reader"
_LOOKS_EVERY = 0.2  # seconds, at the queue
_ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "ARROW_DEFAULT_MEMORY_POOL": "system"}


def no_progress(_: float) -> None:
    """Tells nobody."""


class _Gone(Exception):
    """The reader had stopped before it began with the file: it isn't the file's fault."""


class _Stopped(Exception):
    """The reader stopped over the file; the message says how."""


class _Reader:
    """One process that reads files."""

    def __init__(self, module: str) -> None:
        ours = {name: value for name, value in os.environ.items() if not name.startswith("SCORECARD_")}  # no passwords
        self.process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            [sys.executable, "-m", module], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            cwd=_PROJECT, env=ours | _ONE_THREAD,
        )  # fmt: skip
        self.files = 0

    def read(self, asked: tuple[bytes, ...], answer: Callable[[IO[bytes]], Any] | None, done: Done) -> Any:
        """What is in a file's bytes. Raises Refused, _Gone and _Stopped."""
        from scorecard.extract.files.exchange import (  # needs what is slow
            NO_MEMORY,
            NoAnswer,
            receive,
            receive_contents,
            send,
        )

        self.files += 1
        source, answers = self.process.stdin, self.process.stdout
        if source is None or answers is None:
            raise _Gone
        try:
            with self._ended_after(limits.READER_STARTS):
                send(source, *asked)
                receive(answers)
        except (OSError, ValueError, NoAnswer):
            raise _Gone from None
        with self._ended_after(limits.READER_WAITS) as guard:
            try:
                while message := receive(answers):
                    if message == NO_MEMORY:
                        raise _Stopped(f"more than {limits.READER_MEMORY / 1_000_000_000:.1f} GB of memory")
                    done(_share(message))
                return (answer or receive_contents)(answers)
            except (OSError, ValueError, NoAnswer):
                raise _Stopped(self._how_it_ended(timed_out=not guard.is_alive())) from None

    @contextmanager
    def _ended_after(self, seconds: float) -> Iterator[threading.Timer]:
        """Ends the process where something takes longer."""
        guard = threading.Timer(seconds, self.process.kill)
        guard.daemon = True
        guard.start()
        try:
            yield guard
        finally:
            guard.cancel()

    def _how_it_ended(self, *, timed_out: bool) -> str:
        """What ended the process, as far as it can be told."""
        self.stop()
        code = self.process.returncode
        if timed_out or code == -getattr(signal, "SIGXCPU", 0):
            return f"more than {limits.READER_SECONDS} seconds"
        return f"stopped by signal {-code}" if code < 0 else f"stopped with code {code}"

    def stop(self) -> None:
        """Ends the process, at once where it doesn't end by itself."""
        with suppress(OSError, ValueError):
            if self.process.stdin is not None:
                self.process.stdin.close()
        try:
            self.process.wait(_LOOKS_EVERY)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        if self.process.stdout is not None:
            self.process.stdout.close()


class ReaderPool:
    """The processes that read files, and the queue of those that want one read.

    most: at once. module: what each runs; None: the reader of extracts. answer: reads what it answers.
    """

    def __init__(
        self,
        most: int = limits.READERS,
        module: str | None = None,
        answer: Callable[[IO[bytes]], Any] | None = None,
    ) -> None:
        self._most, self._module, self._answer = most, module, answer
        self._changed = threading.Condition()
        self._queue: deque[object] = deque()
        self._busy = 0
        self._idle: list[_Reader] = []

    def warm(self) -> None:
        """Starts a process, where none waits for work, so that the next file finds one ready."""
        with self._changed:
            if not self._idle and not self._busy:
                self._idle.append(self._new())

    def _new(self) -> _Reader:
        return _Reader(self._module or _MODULE)

    def read(self, content: bytes, waiting: Waiting = no_progress) -> Contents:
        """What is in a file's bytes, as soon as it is their turn. Raises Refused where they can't be read.

        waiting: called with how many files come first, while any do.
        """
        contents: Contents = self.ask(content, waiting=waiting)
        return contents

    def ask(self, *asked: bytes, waiting: Waiting = no_progress, done: Done = no_progress) -> Any:
        """The answer to a question of these parts, the file's bytes the last, as soon as it is its turn.

        done: told how much of it has been read, where the reader says so. Raises Refused as `read` does.
        """
        from scorecard.extract.files.contents import Refused
        from scorecard.extract.findings import fault

        with self._turn(waiting):
            for _ in range(3):  # a process that stopped while nobody used it is replaced
                with suppress(_Gone):
                    try:
                        return self._read(asked, done)
                    except _Stopped as stopped:
                        raise Refused(fault("reader-stopped", str(stopped))) from None
            raise Refused(fault("reader-stopped", "a reader could not be started"))

    def close(self) -> None:
        """Ends the processes that wait for work."""
        with self._changed:
            idle, self._idle = self._idle, []
        for reader in idle:
            reader.stop()

    def _read(self, asked: tuple[bytes, ...], done: Done) -> Any:
        with self._changed:
            reader = self._idle.pop() if self._idle else self._new()
        usable = False
        try:
            contents = reader.read(asked, self._answer, done)
            usable = True
            return contents
        except Exception as error:
            usable = not isinstance(error, _Gone | _Stopped)  # a refusal is an answer
            raise
        finally:  # also where whoever asked is broken off: then an answer may still come, and be taken for the next
            if not usable or reader.files >= limits.FILES_A_READER or len(asked[-1]) > limits.LARGE_FILE:
                reader.stop()
                reader = self._new() if usable else None  # type: ignore[assignment]
            if reader is not None:
                with self._changed:
                    self._idle.append(reader)

    @contextmanager
    def _turn(self, waiting: Waiting) -> Iterator[None]:
        """Waits until it is this file's turn: first come, first served."""
        ticket = object()
        with self._changed:
            self._queue.append(ticket)
        try:
            while (ahead := self._ahead(ticket)) > 0:
                waiting(ahead)
                with self._changed:
                    self._changed.wait(_LOOKS_EVERY)
        except BaseException:
            with self._changed:
                self._queue.remove(ticket)
            raise
        try:
            yield
        finally:
            with self._changed:
                self._busy -= 1
                self._changed.notify_all()

    def _ahead(self, ticket: object) -> int:
        """How many files come before; none where it is this one's turn, which it then takes."""
        with self._changed:
            position = self._queue.index(ticket)
            if position == 0 and self._busy < self._most:
                self._queue.popleft()
                self._busy += 1
                return 0
            return position + self._busy


def _share(message: bytes) -> float:
    """How much of a file has been read, 0 to 1. Raises ValueError where that isn't what was said."""
    share = float(message)
    if not 0 <= share <= 1:
        raise ValueError(share)
    return share


READERS = ReaderPool()
atexit.register(READERS.close)
