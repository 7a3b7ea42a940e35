"""Runs the benchmarks that need nothing from outside, each in a process of its own so that memory is its own."""

from __future__ import annotations

import subprocess
import sys

MODULES = ("assessment", "spc", "store", "extract", "pack", "pieces", "pages")


def main() -> int:
    codes = [subprocess.call([sys.executable, "-m", f"benchmarks.{module}"]) for module in MODULES]
    return max(codes)


if __name__ == "__main__":
    sys.exit(main())
