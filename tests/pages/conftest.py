"""Pages run without a browser, each on a store of its own kind; what they say is read as text."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from benchmarks.history import fill
from scorecard.access.person import local_person
from scorecard.use_cases.open_scorecard import open_scorecard, settings_from
from tests.catalogue.small_catalogue import SMALL, of_authority

WHEN = datetime(2020, 8, 1, tzinfo=UTC)
HOSTILE = "<img src=x onerror=alert(1)> **bold** [link](javascript:alert(1)) $x$ :red[no] `code`"
STORES = ("plan", "empty", "history", "hostile")
MODULES = {  # those in a folder
    "overview": "overview.page", "measure": "measure.page", "upload": "upload.page", "compare": "compare.page",
    "board_pack": "board_pack.page",
}  # fmt: skip
PAGES = (
    "overview",
    "service_area",
    "measure",
    "about",
    "upload",
    "board_pack",
    "completeness",
    "compare",
    "commentary",
    "audit_trail",
    "access",
)


@dataclass(frozen=True)
class Seen:
    """What a page put on the screen: its HTML as sent, its words, its headings with their levels, the text to copy."""

    app: AppTest
    html: str
    words: str
    headings: list[tuple[int, str]]
    copied: str


Opener = Callable[..., Seen]


def catalogue_text(store: str) -> str | None:
    """The catalogue of a kind of store, where it is not the project's own."""
    if store == "empty":
        return re.sub(r"\n +(baseline|july_2020): .*", "", of_authority("E06000044", "E12000008", "E92000001"))
    if store == "hostile":
        quoted = f"'{HOSTILE}'"
        text = SMALL.replace("name: First\n", f"name: {quoted}\n").replace("name: Area one", f"name: {quoted}")
        return text.replace("definition: What is counted", f"definition: {quoted}\n        note: {quoted}", 1)
    return None


@pytest.fixture(scope="session")
def stores(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, str]]:
    """The environment of each kind of store."""
    environments = {}
    for store in STORES:
        folder = tmp_path_factory.mktemp(store)
        environment = {"SCORECARD_DATABASE_URL": f"sqlite:///{folder / 'scorecard.db'}"}
        text = catalogue_text(store)
        if text is not None:
            catalogue = Path(folder / "measures.yaml")
            catalogue.write_text(text, encoding="utf-8")
            environment["SCORECARD_CATALOGUE"] = str(catalogue)
        if store in ("history", "hostile"):
            with open_scorecard(
                settings_from({**os.environ, **environment}), local_person("tester"), WHEN
            ) as scorecard:
                fill(scorecard, 36)
        environments[store] = environment
    demonstration = tmp_path_factory.mktemp("demonstration") / "invented.db"
    environments["demonstration"] = {
        "SCORECARD_DATABASE_URL": f"sqlite:///{demonstration}",
        "SCORECARD_DEMONSTRATION": "1",
    }
    return environments


@pytest.fixture
def opened(stores: dict[str, dict[str, str]], monkeypatch: pytest.MonkeyPatch) -> Opener:
    """opened(store, page, **query): the page as a reader finds it."""

    def run(store: str, page: str, **query: str) -> Seen:
        for name, value in stores[store].items():
            monkeypatch.setenv(name, value)
        app = AppTest.from_string(
            f"from scorecard.pages.{MODULES.get(page, page)} import page\n"
            "from scorecard.pages.parts.session import guarded\n"
            "guarded(page)()\n",
            default_timeout=300,
        )
        for name, value in query.items():
            app.query_params[name] = value
        return screen_of(app.run())

    return run


@pytest.fixture(scope="session")
def seen_pages() -> dict[object, Seen]:
    """Pages by store, name and query: what was opened once is the same the next time."""
    return {}


@pytest.fixture
def opened_once(opened: Opener, seen_pages: dict[object, Seen]) -> Opener:
    """opened_once(store, page, **query): as `opened`, for who only reads; a page is opened once for all who do."""

    def once(store: str, page: str, **query: str) -> Seen:
        key = (store, page, *sorted(query.items()))
        if key not in seen_pages:
            seen_pages[key] = opened(store, page, **query)
        return seen_pages[key]

    return once


def screen_of(app: AppTest) -> Seen:
    """What a run of a page shows."""
    html, headings = [], []
    for element in app.main:
        kind = getattr(element, "type", "")
        if kind == "html":
            html.append(element.proto.body)
            headings += [(int(level), plain(heading)) for level, heading in HEADING.findall(element.proto.body)]
        elif kind in ("title", "header", "subheader"):
            headings.append((int(element.tag[1]), element.value))
            html.append(element.value)
        elif kind == "markdown":
            headings += [(len(marks), heading) for marks, heading in MARKDOWN_HEADING.findall(element.value)]
            html.append(element.value)
    body = "\n".join(html)
    copied = "\n".join(code.value for code in app.code)
    return Seen(app, body, plain(body), headings, copied)


HEADING = re.compile(r"<h([1-6])[^>]*>(.*?)</h", re.DOTALL)
MARKDOWN_HEADING = re.compile(r"^(#+) (.+)$", re.MULTILINE)


def plain(html: str) -> str:
    """The words of a piece of HTML, on one line."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())
