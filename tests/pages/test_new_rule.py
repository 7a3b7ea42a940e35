"""A fifth rule is one function and one entry of words: every page opens with it, and every export is drawn."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import streamlit as st

from scorecard.analysis.spc import rules
from scorecard.analysis.spc.stable import simulated
from scorecard.core.vocabulary import RULE_WORDS, RuleWords
from scorecard.pack.formats import FORMATS, export
from scorecard.pack.snapshot.canonical_json import canonical_json
from scorecard.use_cases.view import shared
from tests.assessed import assess
from tests.pack import invented
from tests.pages.conftest import PAGES, Opener

JUMP = RuleWords(
    verb="has",
    fact=("leapt up in {month}", "leapt down in {month}"),
    still=("still leaping up", "still leaping down"),
    point=("a leap up", "a leap down"),
    episode=("{run} of leaps up", "{run} of leaps down"),
    by_chance="A leap comes up",
)


def jump(evidence: rules.Evidence) -> tuple[rules.Flags, rules.Flags]:
    """A rule that every step meets, so that wherever a signal is told this one is."""
    return evidence.step > 0, evidence.step < 0


@pytest.fixture
def fifth_rule(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The rule and its words; no view of before is kept, and none of these stays."""
    monkeypatch.setattr(rules, "RULES", (*rules.RULES, rules.Rule("jump", "jump_up", "jump_down", jump)))
    monkeypatch.setitem(RULE_WORDS, "jump", JUMP)
    _forget()
    yield
    _forget()


def _forget() -> None:
    shared._views.forget()
    st.cache_resource.clear()
    st.cache_data.clear()
    simulated.cache_clear()


@pytest.mark.usefixtures("fifth_rule")
def test_every_page_opens_with_a_fifth_rule(opened: Opener) -> None:
    page_texts = ""
    for page in PAGES:
        screen = opened("history", page)
        assert not screen.app.exception, page
        page_texts += screen.words
    page_texts += opened("history", "measure", measure="contacts-becoming-referrals", section="signals").words
    assert "leap" in page_texts.lower()


@pytest.mark.usefixtures("fifth_rule")
def test_every_export_is_drawn_with_a_fifth_rule() -> None:
    assessment = assess(invented.catalogue(), invented.history())
    leaping = assessment.measures["signal_cause"].str.startswith("jump", na=False)
    area = assessment.measures.loc[leaping, "service_area_id"].iloc[0]
    assert assessment.measures["variation_words"].str.contains("leapt", case=False, na=False).any()
    content = canonical_json(invented.snapshot_of(assessment, areas=[area], demonstration=True))
    for name in FORMATS:
        assert export(content, name), name


def test_every_rule_has_its_words() -> None:
    assert {rule.name for rule in rules.RULES} == set(RULE_WORDS)
