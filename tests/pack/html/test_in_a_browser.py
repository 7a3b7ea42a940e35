"""The page in a real browser: nothing serious for axe-core, nothing wider than a narrow screen, nothing asked for."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from scorecard.pack.html.render import html
from scorecard.pack.snapshot.take import canonical_json
from tests.conftest import ANSWERS_WITHIN
from tests.pack import invented


@pytest.mark.browser
@pytest.mark.parametrize("name", ["some areas", "hostile"])
def test_the_page_can_be_read_at_320_pixels_and_axe_finds_nothing_serious(
    name: str, tmp_path: Path, chromium: Browser
) -> None:
    content = canonical_json(invented.small_snapshot() if name == "some areas" else invented.hostile_snapshot())
    file = tmp_path / "pack.html"
    file.write_bytes(html(content))
    context = chromium.new_context(viewport={"width": 320, "height": 800}, bypass_csp=True)
    context.set_default_timeout(ANSWERS_WITHIN)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(file.as_uri())
    wide, visible = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    found_by_axe = Axe().run(page).response["violations"]
    context.close()
    assert wide <= visible
    assert [url for url in asked if not url.startswith("data:")] == [file.as_uri()]
    serious = [rule for rule in found_by_axe if rule["impact"] in ("serious", "critical")]
    assert not serious, [(rule["id"], rule["nodes"][0]["html"][:200]) for rule in serious]


@pytest.mark.browser
def test_who_stands_where_is_read_at_320_pixels_without_moving_the_table(tmp_path: Path, chromium: Browser) -> None:
    file = tmp_path / "pack.html"
    file.write_bytes(html(canonical_json(invented.three_measures())))
    page = chromium.new_page(viewport={"width": 320, "height": 800})
    page.goto(file.as_uri())
    (fits,) = page.eval_on_selector_all(
        ".scroll:has(.lists)", "all => all.map((one) => one.scrollWidth <= one.clientWidth)"
    )
    cell = page.locator(".lists td:visible").first
    label = cell.evaluate("(cell) => getComputedStyle(cell, '::before').content")
    inside = cell.bounding_box()
    page.close()
    assert fits
    assert label.strip('"')
    assert inside is not None
    assert inside["x"] >= 0
    assert inside["x"] + inside["width"] <= 320
