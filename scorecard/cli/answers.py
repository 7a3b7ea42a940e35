"""What a command says and writes: whole or not at all, and in words that stay true when that fails."""

from __future__ import annotations

import os
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import TextIO

PRIVATE, PRIVATE_FOLDER = 0o600, 0o700
STOPS = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")  # those that this machine has


class WrongUsage(Exception):
    """What was asked can't be understood, or not so; the message says what to write."""


class CouldNot(Exception):
    """What was asked could not be done here and now; the message says why and what to do."""


class Unwritten(Exception):
    """The answer could not be written to the screen, or to whatever was to read it. The message says why."""


def tell(text: str, end: str = "\n") -> None:
    """Writes an answer, now. Raises Unwritten."""
    try:
        sys.stdout.write(text + end)
        sys.stdout.flush()
    except OSError as error:
        _silence(sys.stdout)
        stopped = isinstance(error, BrokenPipeError)
        raise Unwritten("whatever was to read it has stopped" if stopped else error.strerror or str(error)) from error


def complain(text: str, code: int) -> int:
    """Writes what went wrong, where anybody can read it still, and returns the exit code."""
    try:
        print(text, file=sys.stderr, flush=True)
    except OSError:
        _silence(sys.stderr)
    return code


def remark(remark_text: str | None) -> None:
    """Says beside an answer what its reader should know."""
    if remark_text:
        complain(remark_text, 0)


def progress_each_second() -> Callable[[str, float], None]:
    """Says beside the answer, once a second, what is being done and how much of it is."""
    last = time.monotonic()

    def tell_step(step_text: str, share: float) -> None:
        nonlocal last
        if time.monotonic() - last >= 1:
            last = time.monotonic()
            complain(f"{step_text}: {share:.0%}", 0)

    return tell_step


def write_file(folder: Path, name: str, content: bytes, *, private: bool = False) -> Path:
    """Writes a file, beside its name first: there is the whole of it, or what was there before.

    private: for its owner's eyes only, and the folder too where it is made here. Raises OSError.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=PRIVATE_FOLDER if private else 0o777)
    descriptor, part = tempfile.mkstemp(prefix=".part-", dir=folder)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(part, PRIVATE if private else 0o666 & ~_umask())
        os.replace(part, folder / name)
    except BaseException:
        Path(part).unlink(missing_ok=True)
        raise
    return folder / name


@contextmanager
def stopped_by_any_signal() -> Iterator[None]:
    """Whatever tells the command to stop is heard as Ctrl+C is: KeyboardInterrupt. One that is ignored stays so."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    with _handled(stop):
        yield


@contextmanager
def stopped_between() -> Iterator[Callable[[], None]]:
    """What is done in here is done to its end, or to a place of its own choosing, when the command is told to stop.

    Yields what raises KeyboardInterrupt if it was told; the same is raised at the end.
    """
    stop_asked = False

    def note(_number: int, _frame: FrameType | None) -> None:
        nonlocal stop_asked
        stop_asked = True

    def stop_if_told() -> None:
        if stop_asked:
            raise KeyboardInterrupt

    with _handled(note):
        yield stop_if_told
    stop_if_told()


@contextmanager
def _handled(handler: Callable[[int, FrameType | None], None]) -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread():  # where signals are never heard
        yield
        return
    signals = [getattr(signal, name) for name in STOPS if hasattr(signal, name)]
    before = {stop: signal.getsignal(stop) for stop in signals if signal.getsignal(stop) != signal.SIG_IGN}
    try:
        for stop in before:
            signal.signal(stop, handler)
        yield
    finally:
        for heard, was in before.items():
            signal.signal(heard, was or signal.SIG_DFL)


def _silence(stream: TextIO) -> None:
    """What is left in a stream that can't be written goes nowhere, instead of failing again when Python ends."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
