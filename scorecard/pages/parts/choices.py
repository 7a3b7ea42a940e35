"""Choices that are links: the URL names each, so that it can be sent, and they need no part of Streamlit's.

Choosing keeps the focus and the place: script.js sees to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from urllib.parse import quote, urlencode

import streamlit as st

from scorecard.pages.parts.markup import Markup, current_link


def chosen(name: str, offered: Mapping[str, str], at_first: str | None = None) -> str:
    """Which of a choice's codes the URL names. at_first: where it names none; the first without it."""
    asked = st.query_params.get(name, "")
    return asked if asked in offered else at_first or next(iter(offered))


def switched(name: str, offered: Mapping[str, str], at_first: Sequence[str]) -> list[str]:
    """Which of several switches the URL has on, where 'none' is none. at_first: where it names none."""
    asked = st.query_params[name].split(",") if name in st.query_params else at_first
    return [code for code in offered if code in asked]


def choice_links(label: str, name: str, offered: Mapping[str, str], shown: str, kind: str = "buttons") -> Markup:
    """A choice as links, of which that of what is shown says so. name: the URL's. kind: buttons, tabs or plain."""
    links = (_to(name, code, code, Markup(escape(option)), code == shown) for code, option in offered.items())
    return _side_by_side(label, kind, links)


def switch_links(label: str, name: str, offered: Mapping[str, str], on: Sequence[str]) -> Markup:
    """Switches as links, each of which shows or hides its own and leaves the others."""
    links = []
    for code, option in offered.items():
        after = [other for other in offered if (other in on) != (other == code)]
        does = f'<span class="sc-heard">{"Hide" if code in on else "Show"} </span>{escape(option)}'
        links.append(_to(name, code, ",".join(after) or "none", Markup(does), code in on))
    return _side_by_side(label, "buttons", links)


def folded_choice(label: str, name: str, offered: Mapping[str, str], shown: str, behind: str = "") -> Markup:
    """A choice that is seldom made, behind what is shown, 'Sort: Most pressing', or behind other words."""
    words = behind or f"{label}: {offered[shown]}"
    named = f'<summary id="choice-{escape(name)}">{escape(words)}</summary>'
    links = choice_links(label, name, offered, shown, "plain")
    return Markup(f'<details class="sc-folded">{named}{links}</details>')


def _side_by_side(label: str, kind: str, links: Iterable[Markup]) -> Markup:
    items = "".join(f"<li>{to}</li>" for to in links)
    return Markup(f'<nav class="sc-choice sc-{kind}" aria-label="{escape(label)}"><ul>{items}</ul></nav>')


def _to(name: str, code: str, value: str, label: Markup, here: bool) -> Markup:
    """The link by which the URL gets a value, on the same page: all else that it names stays."""
    asked = urlencode({**st.query_params.to_dict(), name: value}, quote_via=quote)
    named = f'id="choice-{escape(name)}-{escape(code)}"'
    to = Markup(f'<a {named} href="?{escape(asked)}" target="_self">{label}</a>')
    return current_link(to) if here else to
