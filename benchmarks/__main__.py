"""Runs the benchmarks that need nothing from outside, each in a process of its own so that memory is its own.

Times first, then what is promised of chance: false exceptions by kind, and chances that come true.
"""

from __future__ import annotations

import subprocess
import sys

MODULES = (
    "assessment", "spc", "store", "under_load.interface", "under_load.readers", "extract", "pack", "pieces", "pages",
    "under_load.people", "published", "chance.false_exceptions", "chance.projection_chances",
)  # fmt: skip


def main() -> int:
    codes = [subprocess.call([sys.executable, "-m", f"benchmarks.{module}"]) for module in MODULES]
    return max(codes)


if __name__ == "__main__":
    sys.exit(main())
