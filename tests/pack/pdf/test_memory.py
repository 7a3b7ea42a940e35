"""A server that draws pack after pack keeps none of what Typst worked out for them, and outlives what ends Typst."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from scorecard.pack.errors import PackError
from scorecard.pack.pdf import render
from scorecard.pack.snapshot.canonical_json import canonical_json
from tests.pack import invented

GROWTH = """
from pathlib import Path
from scorecard.pack.pdf.render import pdf
from scorecard.pack.snapshot.canonical_json import canonical_json
from tests.pack import invented

def megabytes():
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmRSS")).split()[1]) / 1000

content = canonical_json(invented.small_snapshot())
for number in range(9):
    pdf(content.replace(b'"value_words":"', b'"value_words":"%d' % number))
    if number == 0:
        first = megabytes()
print(megabytes() - first)
"""

PAGES = """
from pathlib import Path
from dataclasses import replace
from scorecard.pack.document.blocks import Section, Text
from scorecard.pack.document.build import build_document
from scorecard.pack.pdf.render import DRAFT, _set
from tests.pack import invented

def megabytes():
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) / 1000

snapshot = invented.small_snapshot()
document = build_document(snapshot, "ab" * 32, DRAFT)
_set(document, snapshot.as_known_at)
first = megabytes()
words = [Text(f"Words of page {n}. " * 200) for n in range(120)]
pages = tuple(Section(f"page-{n}", "Page", (said,), starts="on a page") for n, said in enumerate(words))
(made,) = _set(replace(document, sections=pages), snapshot.as_known_at)
print(made.count(b"/Type/Page/"), megabytes() - first)
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="this system does not say how much memory is held")
def test_a_server_does_not_keep_what_typst_made_of_each_pack() -> None:
    done = subprocess.run([sys.executable, "-c", GROWTH], capture_output=True, text=True, check=True)
    assert float(done.stdout) < 8  # eight small packs held are some 55 MB


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="this system does not say how much memory is held")
def test_what_a_server_holds_hardly_grows_with_the_pages_of_a_pack() -> None:
    """Oracle: a hundred more pages take Typst some 300 MB."""
    done = subprocess.run([sys.executable, "-c", PAGES], capture_output=True, text=True, check=True)
    pages, grown = map(float, done.stdout.split())
    assert pages > 100
    assert grown < 60


def test_what_ends_the_process_that_sets_a_pack_is_a_fault_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    content = canonical_json(invented.small_snapshot())
    monkeypatch.setattr(render, "TYPESETTER", "tests.pack.pdf.no_such_module")
    with pytest.raises(PackError, match="the process that sets it ended with code 1"):
        render.pdf(content)


def test_the_process_that_sets_a_pack_is_told_no_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCORECARD_DATABASE_URL", "postgresql+psycopg://role:secret@server/database")
    asked: list[dict[str, str]] = []
    start = subprocess.Popen

    def heard(*command: Any, **more: Any) -> Any:
        asked.append(more["env"])
        return start(*command, **more)

    monkeypatch.setattr(subprocess, "Popen", heard)
    render.pdf(canonical_json(invented.small_snapshot()))
    (environment,) = asked
    assert not any("secret" in value or name.startswith("SCORECARD_") for name, value in environment.items())
