"""`python -m benchmarks.under_load.writers`: twenty processes write to one store and are killed at random.

Then the store is held against what each was told: nothing that was said to be stored is lost, nothing is there twice
or in part, every version follows the one before, and all of it proves whole. On SQLite and on PostgreSQL, five minutes
each.

Exits with 1 where anything is otherwise. --seconds N for a quicker look. make soak runs it.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from benchmarks.places import Place, places
from benchmarks.timing import line
from scorecard.store import open_store, verify_file
from tests.store.submitted import figures, sent

WRITERS, SECONDS = 20, 300.0
KILLED_EVERY = (0.1, 0.9)  # seconds: each lives for some ten
WAITS = 120.0  # seconds, for the other nineteen
SEED = 18
MEASURES = ("m1", "m2", "m3")


def write(url: str, name: str, notes_path: Path) -> None:
    """Send one extract after another for ever, and note each before and after: what was said outlives the killing."""
    notes = os.open(notes_path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    clock = random.Random(name).uniform(0, 60)  # minutes by which the writers' clocks disagree
    with open_store(url, busy_timeout=WAITS) as store:
        number = 0
        while True:
            number += 1
            value = int(name) * 10_000 + number
            os.write(notes, f"sends {name}-{number}\n".encode())
            rows = [(measure, "2020-07", value) for measure in MEASURES]
            receipt = store.submit(sent(f"{name}-{number}", clock), figures(*rows))
            os.write(notes, f"stored {name}-{number} {receipt.extract_id}\n".encode())


def begun(url: str, number: int, folder: Path) -> int:
    """A new writer in a process of its own."""
    child = os.fork()
    if child == 0:
        try:
            write(url, str(number), folder / f"{number}.txt")
        except BaseException as error:
            (folder / f"{number}.fault").write_text(f"{type(error).__name__}: {error}")
        os._exit(1)
    return child


def killed_at_random(url: str, folder: Path, seconds: float) -> int:
    """Twenty write, and every moment one of them is killed and another begins: how many were killed."""
    chance, number = random.Random(SEED), WRITERS
    running = [begun(url, number, folder) for number in range(WRITERS)]
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        time.sleep(chance.uniform(*KILLED_EVERY))
        index = chance.randrange(WRITERS)
        os.kill(running[index], signal.SIGKILL)
        os.waitpid(running[index], 0)
        running[index] = begun(url, number, folder)
        number += 1
    for process_id in running:
        os.kill(process_id, signal.SIGKILL)
        os.waitpid(process_id, 0)
    return number


def faults(url: str, folder: Path) -> tuple[list[str], int, int]:
    """What is otherwise than it was told, how many extracts are held, and how many of them nobody was told of."""
    notes = [line_.split() for file in folder.glob("*.txt") for line_ in file.read_text().splitlines()]
    sent_names = {words[1] for words in notes if words[0] == "sends"}
    stored = {words[1]: int(words[2]) for words in notes if words[0] == "stored" and len(words) == 3}
    with open_store(url, busy_timeout=WAITS) as store:
        extracts = store.extracts()
        held = dict(zip(extracts["file_name"].str.removesuffix(".csv"), extracts["extract_id"], strict=True))
        fault_lines = [f"{file.stem} ended: {file.read_text()}" for file in folder.glob("*.fault")]
        fault_lines += [f"{name} was lost" for name, number in stored.items() if held.get(name) != number]
        fault_lines += [f"{name} is held {n} times" for name, n in Counter(extracts["file_name"]).items() if n > 1]
        fault_lines += [f"{name} was never sent" for name in held if name not in sent_names]
        acts = Counter(store.acts()["what"])
        if len(extracts) not in acts.values():
            fault_lines.append(f"{len(extracts)} extracts, and as acts {dict(acts)}")
        histories = [store.history(measure) for measure in MEASURES]
    for measure, history in zip(MEASURES, histories, strict=True):
        history = history.sort_values("recorded_from")
        if sorted(history["extract_id"]) != sorted(held.values()):
            fault_lines.append(f"{measure} has {len(history)} versions of {len(held)} extracts")
        if not (history["recorded_from"].is_monotonic_increasing and history["recorded_from"].is_unique):
            fault_lines.append(f"the moments of {measure} do not rise")
        if history["recorded_to"].iloc[:-1].tolist() != history["recorded_from"].iloc[1:].tolist():
            fault_lines.append(f"the versions of {measure} do not follow one another")
    fault_lines += verify_file(url).faults
    return fault_lines, len(held), len(held) - len(stored)


def of_database(name: str, place: Place, seconds: float) -> bool:
    """The lines of one database; whether all is as it was told."""
    with tempfile.TemporaryDirectory() as folder:
        url = place()
        killed = killed_at_random(url, Path(folder), seconds)
        fault_lines, held, untold = faults(url, Path(folder))
    line(f"{name}: writers killed in {seconds:.0f} s", f"{killed:,}")
    line("  extracts held, and of them stored as their writer was killed", f"{held:,}, {untold:,}")
    line("  lost, doubled, in part or not proved", f"{len(fault_lines):,}", "aim: none")
    for fault in fault_lines[:5]:
        line(f"    {fault[:110]}", "")
    return not fault_lines and held > 0


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--seconds", type=float, default=SECONDS)
    seconds = arguments.parse_args().seconds
    print(f"{WRITERS} writers at once, killed at random")
    with places() as there:
        good = [of_database(name, place, seconds) for name, place in there.items()]
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
