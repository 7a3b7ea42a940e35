"""Draws a pack in a process of its own, for benchmarks.pack: nothing is cached, and the memory is the drawing's.

python -m benchmarks.drawn_alone SNAPSHOT.json FORMAT…: each format once; prints seconds and the highest memory.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from benchmarks.timing import highest_memory
from scorecard.pack.formats import export


def main() -> None:
    content = Path(sys.argv[1]).read_bytes()
    start, worked = time.perf_counter(), time.process_time()
    for name in sys.argv[2:]:
        export(content, name)
    seconds, work = time.perf_counter() - start, time.process_time() - worked
    print(json.dumps({"seconds": seconds, "work": work, "megabytes": highest_memory()}))


if __name__ == "__main__":
    main()
