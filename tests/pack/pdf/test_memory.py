"""A server that draws pack after pack keeps none of what Typst worked out for them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

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


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="this system does not say how much memory is held")
def test_a_server_does_not_keep_what_typst_made_of_each_pack() -> None:
    done = subprocess.run([sys.executable, "-c", GROWTH], capture_output=True, text=True, check=True)
    assert float(done.stdout) < 25  # eight small packs held are some 55 MB; let go of, 8 MB
