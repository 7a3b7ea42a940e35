"""Results that somebody looked at, kept as files beside their test: a change of one fails until it is looked at.

Look at what is new; if it is what was meant, keep it, and let the change be read with the rest of the commit:

KEEP=1 .venv/bin/python -m pytest -n 0 tests/charts/test_kept_drawings.py tests/pack/test_kept_packs.py
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from difflib import unified_diff
from pathlib import Path

FIRST = 40  # lines of what has changed that are shown


def require_as_kept(folder: Path, texts: Mapping[str, str]) -> None:
    """Each text equals its file in a folder, and no other file lies there; with KEEP=1 they are written instead."""
    if os.environ.get("KEEP"):
        folder.mkdir(exist_ok=True)
        for old in folder.iterdir():
            old.unlink()
        for name, text in texts.items():
            (folder / name).write_text(text, encoding="utf-8")
    kept_texts = {file.name: file.read_text(encoding="utf-8") for file in folder.iterdir()}
    others = sorted(name for name in texts.keys() | kept_texts.keys() if texts.get(name) != kept_texts.get(name))
    lines = [
        line
        for name in others
        for line in unified_diff(
            kept_texts.get(name, "").splitlines(), texts.get(name, "").splitlines(), f"{name}, kept", f"{name}, now",
            lineterm="", n=0,
        )
    ]  # fmt: skip
    assert others == [], "\n".join(["not as kept (tests/kept.py says what to do):", *lines[:FIRST]])
