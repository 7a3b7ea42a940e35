"""About the data: where figures come from, what the words mean, and the registers of targets and rebases."""

from __future__ import annotations

import streamlit as st

from scorecard.access.permissions import Permission, Role
from scorecard.access.person import Person
from scorecard.catalogue.models import Catalogue
from scorecard.core.numbers import SYMBOL_WORDS
from scorecard.core.periods import month_words
from scorecard.core.vocabulary import upper_first
from scorecard.pages.measure.meaning import REBASE_HEADERS, rebase_cells
from scorecard.pages.parts.markdown import show_markdown
from scorecard.pages.parts.markup import filled, heading, joined, link, listing, paragraph, show, table
from scorecard.pages.parts.session import page_title, scorecard, view_query
from scorecard.use_cases.view.methods import EXCEPTION_RULE, STATUS_RULE, methods


def page() -> None:
    """Draws the methods, definitions and registers."""
    page_title("About the data")
    show(heading("About the data", 1))
    opened = scorecard()
    catalogue = opened.catalogue
    _origin(catalogue)
    _words()
    _methods()
    _questions(catalogue)
    _targets(catalogue)
    _rebases(catalogue)
    if opened.person.may(Permission.READ_TRAIL):
        _acts()


def _origin(catalogue: Catalogue) -> None:
    plan = catalogue.plan
    st.header("Where the figures come from", anchor="sources")
    explanation = (
        f"Baselines, actuals for {month_words(plan.actuals)}, targets and comparators are those that the "
        f"{plan.title} prints ({plan.edition}). "
        "Definitions, short names, directions and notes are ours, and say so. Everything later "
        "comes from extracts that the data team sent; every version of every figure is kept, with who sent it and when."
    )
    show(paragraph(explanation, "sc-words"))
    person = scorecard().person
    show(paragraph(_who_looks(person), "sc-words"))
    if person.may(Permission.MANAGE_TOKENS):
        show(paragraph(link("Tokens for programs", "access"), "sc-words"))


def _who_looks(person: Person) -> str:
    if person.local:
        return f"Nobody signs in here: whoever uses this machine's scorecard does so as {person.called}."
    roles = ", ".join(role.label for role in Role if role in person.roles)
    return f"You are signed in as {person.called}, with the role {roles}. What you do is recorded under {person.name}."


def _words() -> None:
    st.header("What the words mean", anchor="words")
    show(table("Status and exceptions", ("Word", "Rule"), [("Status", STATUS_RULE), ("Exception", EXCEPTION_RULE)]))
    rows = [(f"[{code}]", upper_first(meaning)) for code, meaning in SYMBOL_WORDS.items()]
    show(
        table(
            "Symbols that stand instead of a figure, or beside one",
            ("Symbol", "Meaning"),
            rows,
            compact=True,
            stacks=False,
        )
    )


def _methods() -> None:
    """docs/methods.md: how each rule works, how often it is wrong, and where we differ from others."""
    for name, text in methods().items():
        show(heading(name, anchor=name.lower().replace(" ", "-")))
        with st.expander(f"{name}: the rules, how often they are wrong, what was measured"):
            show_markdown(text)


def _questions(catalogue: Catalogue) -> None:
    """What the plan leaves open, measure by measure."""
    st.header("Questions that the plan leaves open", anchor="questions")
    noted = [measure for measure in catalogue.measures if measure.note]
    query = view_query()
    show(
        listing(
            joined([link(measure.name, "measure", measure=measure.id, **query), measure.note], ": ")
            for measure in noted
        )
    )


def _targets(catalogue: Catalogue) -> None:
    st.header("Register of targets", anchor="targets")
    body = [
        (
            link(measure.name, "measure", measure=measure.id, **view_query()),
            target.printed,
            month_words(target.from_month) if target.from_month else "the plan's own",
            month_words(target.by) if target.by else "not dated",
            {"plan": "the plan's target", "action date": "the plan's action table"}.get(target.by_basis or ""),
            target.agreed_by or "the plan",
            target.why,
        )
        for measure in catalogue.measures
        for target in measure.targets
    ]
    headers = ("Measure", "Target, as printed", "In force from", "Due by", "Date from", "Agreed by", "Why")
    show(table("Every target, and when it came into force", *filled(headers, body), compact=True))


def _rebases(catalogue: Catalogue) -> None:
    st.header("Register of rebases", anchor="rebases")
    body = [
        (link(measure.name, "measure", measure=measure.id, **view_query()), *rebase_cells(entry))
        for measure in catalogue.measures
        for entry in measure.rebase
    ]
    if not body:
        show(paragraph("No limits have been drawn anew.", "sc-words"))
        return
    headers = ("Measure", *REBASE_HEADERS)
    show(table("Where limits are drawn anew, and why", headers, body, compact=True))


def _acts() -> None:
    st.header("Who did what, and when", anchor="acts")
    show(
        paragraph(
            joined(["Auditors search it, and prove it, on the page", link("Audit trail", "audit-trail")]), "sc-words"
        )
    )
