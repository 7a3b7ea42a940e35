"""What the documents promise is there: commands, settings, links."""

from __future__ import annotations

import re
from importlib.util import find_spec
from pathlib import Path
from pkgutil import resolve_name

import pytest

from scorecard.cli.commands import main
from scorecard.use_cases import open_scorecard as opening

PROJECT = Path(__file__).resolve().parents[1]
README = (PROJECT / "README.md").read_text(encoding="utf-8")
PAGES = [PROJECT / "README.md", PROJECT / "CHANGELOG.md", *sorted((PROJECT / "docs").rglob("*.md"))]


def commands(capsys: pytest.CaptureFixture[str]) -> set[str]:
    with pytest.raises(SystemExit):
        main(["--help"])
    return set(re.findall(r"^    ([a-z]+)\b", capsys.readouterr().out, flags=re.MULTILINE))


def test_every_command_is_in_the_readme_and_every_one_there_exists(capsys: pytest.CaptureFixture[str]) -> None:
    named = set(re.findall(r"-m scorecard (\w+)", README))
    assert named == commands(capsys)


def test_every_setting_is_in_the_readme() -> None:
    known = {value for name, value in vars(opening).items() if name.endswith("_VARIABLE")}
    assert known <= set(re.findall(r"`(SCORECARD_\w+)`", README))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(PROJECT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("target", ["run", "test", "demo", "benchmark"])
def test_every_make_target_of_the_readme_exists(target: str) -> None:
    assert f"make {target}" in README
    assert re.search(rf"^{target}:", (PROJECT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE)


# Of the code that pages name. The changelog tells of what was there then; two files are a council's own to make.
OF_A_COUNCIL = {".streamlit/secrets.toml", "config/access.yaml"}
FILE = re.compile(r"`([\w.-]+(?:/[\w.-]+)+\.(?:py|yaml|toml|sql|md))(?:::\w+)?`")
NAME = re.compile(r"`(scorecard(?:\.\w+)+)`")
MODULE = re.compile(r"\bpython -m ((?:scorecard|tests|benchmarks)\.[\w.]*\w)")


@pytest.mark.parametrize("page", [page for page in PAGES if page.name != "CHANGELOG.md"], ids=lambda page: page.stem)
def test_every_file_module_and_function_that_a_page_names_exists(page: Path) -> None:
    text = " ".join(page.read_text(encoding="utf-8").split())
    known = [PROJECT, PROJECT / "scorecard", page.parent]
    files = set(FILE.findall(text)) - OF_A_COUNCIL
    assert [file for file in sorted(files) if not any((folder / file).exists() for folder in known)] == []
    assert [module for module in sorted(set(MODULE.findall(text))) if find_spec(module) is None] == []
    for name in set(NAME.findall(text)):
        resolve_name(name)  # raises where there is no such name


THREATS = (PROJECT / "docs" / "threat-model.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(("file", "name"), re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", THREATS))
def test_what_the_threat_model_says_is_shown_by_a_test_that_exists(file: str, name: str) -> None:
    assert f"def {name}(" in (PROJECT / file).read_text(encoding="utf-8")
