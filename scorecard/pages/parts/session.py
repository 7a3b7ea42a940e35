"""What every page asks first: the open scorecard, the month, the moment; and how a fault is shown."""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from datetime import date, datetime, time
from typing import Literal

import pandas as pd
import streamlit as st

from scorecard.access.permissions import Permission
from scorecard.access.person import local_person
from scorecard.core.known_at import UnreadableKnownAt, known_at_words, parse_known_at, parse_typed_known_at
from scorecard.core.periods import UnreadablePeriod, day_words, month_code, month_words, parse_period
from scorecard.pages.parts.choices import choice_links, chosen
from scorecard.pages.parts.confirmation import forget_yes
from scorecard.pages.parts.markup import Markup, joined, listing, paragraph, show
from scorecard.pages.parts.person import NotSignedIn, person_now
from scorecard.use_cases.errors import (
    AccessError,
    CatalogueChanged,
    CatalogueError,
    NotAllowed,
    RefusedError,
    StoreError,
    UnusableScorecard,
)
from scorecard.use_cases.open_scorecard import (
    Scorecard,
    now,
    who_is_here,
)
from scorecard.use_cases.sign_in import SignInOver
from scorecard.use_cases.view.measures import View, nothing_loaded_by
from scorecard.use_cases.view.prepare_months import preparation, prepare_months
from scorecard.use_cases.view.shared import shared_scorecard, shared_view

log = logging.getLogger("scorecard.pages")
# The scorecard that the page's run has asked for already: opening it looks at the store, the list of people and who
# looks, and a page asks some sixty times. Nothing is kept from one run to the next.
_in_this_run: ContextVar[list[Scorecard] | None] = ContextVar("in_this_run", default=None)


def local_scorecard() -> Scorecard:
    """The scorecard that this app shows, in the hands of the machine: to look who looks, and for nothing else."""
    return shared_scorecard(local_person(who_is_here()))


def scorecard() -> Scorecard:
    """The scorecard that this app shows, in the hands of who looks; found once in a page's run.

    Raises NotSignedIn, SignInOver, NotAllowed, AccessError, CatalogueError, StoreError, UnusableScorecard.
    """
    this_run = _in_this_run.get()
    if this_run:
        return this_run[0]
    whole_scorecard = local_scorecard()
    opened = whole_scorecard.of(person_now(whole_scorecard))
    opened.require(Permission.READ)  # what is kept for all sessions is for every reader alike
    if this_run is not None:
        this_run.append(opened)
    return opened


def view_of(month: date | None, as_known_at: datetime | None) -> View:
    """The assessed measures, computed once for all sessions until the store or the catalogue changes."""
    return shared_view(scorecard(), month, as_known_at)


class UnreadableAddress(ValueError):
    """The page's address asks for a month or a moment that can't be shown. The message says why, and what to write."""


def url_month() -> date | None:
    """The reporting month that the URL names; None for the latest. Raises UnreadableAddress."""
    try:
        return parse_period(st.query_params["month"]).end if "month" in st.query_params else None
    except UnreadablePeriod as error:
        raise UnreadableAddress(f"The address ends in month=…, and {error}.") from None


def url_moment() -> datetime | None:
    """The moment that the URL names, of a day its end; None for now. Raises UnreadableAddress."""
    try:
        return parse_known_at(st.query_params["known"], now()) if "known" in st.query_params else None
    except UnreadableKnownAt as error:
        raise UnreadableAddress(f"The address asks for what was known at a moment: {error}") from None


def current_view(share: Callable[[View], None] | None = None) -> View:
    """The view that the URL asks for, with the controls in the bar that change it, and the banners that belong to it.

    share: draws what of the page can be taken along; only for who opens it.
    """
    view = view_of(url_month(), url_moment())
    with st.container(key="controls", horizontal=True, width="content", gap="xsmall"):
        _choose_month(view)
        choose_moment()
        if share is not None:
            taken = st.popover("Share", key="share", on_change="rerun")
            if taken.open:
                with taken:
                    share(view)
    show_moment(view.as_known_at)
    prepare_months(scorecard(), view)
    return view


def page_title(title: str) -> None:
    """What the browser's tab is called: what the page shows, and where."""
    st.set_page_config(page_title=f"{title} – Measures that matter")


def show_moment(as_known_at: datetime | None) -> None:
    """Says as known at what moment the page is, and where nothing had been loaded by then; nothing where it is now."""
    if as_known_at is None:
        return
    sentence = f"As known at {known_at_words(as_known_at)}: later figures and corrections are left out."
    nothing = nothing_loaded_by(scorecard(), as_known_at)
    body = paragraph(sentence) if nothing is None else Markup(f"{paragraph(sentence)}{paragraph(nothing)}")
    show(Markup(f'<div class="sc-notice" role="note">{body}</div>'))


def choice(label: str, name: str, offered: Mapping[str, str], *, shown_label: bool = False) -> str:
    """A choice that the URL names and keeps, from a list that unfolds. The focus stays where it is.

    name: the URL's. offered: what may stand there, and its words.
    """
    shown = chosen(name, offered)
    key = f"choice-{name}"
    st.session_state[key] = shown
    visible: Literal["visible", "collapsed"] = "visible" if shown_label else "collapsed"
    st.selectbox(
        label, list(offered), format_func=offered.__getitem__, key=key, on_change=_choose, args=(name, key),
        label_visibility=visible,
    )  # fmt: skip
    return shown


def _choose(name: str, key: str) -> None:
    """Puts what was chosen into the URL; a choice that was taken back leaves it."""
    if st.session_state.get(key) is not None:
        st.query_params[name] = st.session_state[key]


def _choose_month(view: View) -> None:
    """The months that have figures, the newest first: behind what is shown, and gone once one is chosen."""
    shown = month_code(view.month.date())
    if st.session_state.get("month-chosen") != shown:
        st.session_state["month-chosen"], st.session_state["month"] = shown, False
    opened = st.popover(f"Month: {_short(month_words(view.month))}", key="month", on_change="rerun")
    if opened.open:
        months = sorted({*(timestamp.date() for timestamp in view.months), view.month.date()}, reverse=True)
        labels = {month_code(month): month_words(month) for month in months}
        with opened:
            show(choice_links("Reporting month", "month", labels, shown, "plain"))


def _short(label: str) -> str:
    """'31 May 2020', '30 Sep 2020': the bar has no room for September."""
    return " ".join(part[:3] if part.isalpha() else part for part in label.split())


def choose_moment() -> None:
    """The day that the figures are to be as known at: typed as people write it, and taken on Enter."""
    moment = url_moment()
    before = day_words(moment.astimezone().date()) if moment else ""
    opened = st.popover(f"Known: {_short(before) or 'today'}", key="known", on_change="rerun")
    if not opened.open:
        st.session_state.pop("known-fault", None)
        return
    with opened:
        wrong = st.session_state.get("known-fault")
        if wrong is None:
            st.session_state["known-day"] = before
        st.text_input(
            "As known at the end of a day, such as 31 May 2020; empty for today", key="known-day",
            max_chars=40, on_change=_choose_moment_typed,
        )  # fmt: skip
        if wrong is not None:
            show(Markup(f'<p class="sc-fault" role="alert">{joined([Markup("<strong>Error:</strong>"), wrong])}</p>'))


def _choose_moment_typed() -> None:
    """Puts the day that was typed into the URL; what can't be read stays in the field, and why is told below it."""
    typed = st.session_state["known-day"].strip()
    st.session_state.pop("known-fault", None)
    if not typed:
        st.query_params.pop("known", None)
        return
    try:
        moment = parse_typed_known_at(typed, now()).astimezone()
    except UnreadableKnownAt as error:
        st.session_state["known-fault"] = str(error)
        return
    st.query_params["known"] = moment.date().isoformat() if moment.time() == time.max else moment.isoformat()


def view_query() -> dict[str, str]:
    """What of the URL goes along with a link: the month and the moment."""
    return {name: st.query_params[name] for name in ("month", "known") if name in st.query_params}


def moment_words(moment: datetime | pd.Timestamp) -> str:
    """A moment as people read it here: '24 November 2026, 08:15'."""
    plain = moment.to_pydatetime() if isinstance(moment, pd.Timestamp) else moment
    local = plain.astimezone()
    return f"{day_words(local.date())}, {local:%H:%M}"


def fault(heading: str, message: str) -> None:
    """Shows what went wrong and what to do, as text."""
    lines = [line for line in message.splitlines() if line.strip()]
    body = paragraph(lines[0]) if len(lines) == 1 else Markup(f"{paragraph(lines[0])}{listing(lines[1:])}")
    show(Markup(f'<div class="sc-error" role="alert"><h2>{heading}</h2>{body}</div>'))


def guarded(page: Callable[[], None]) -> Callable[[], None]:
    """A page that shows a fault in plain words, never a traceback."""

    @functools.wraps(page)
    def run() -> None:
        begun = _in_this_run.set([])
        try:
            with preparation.page():
                page()
            forget_yes()
        except (NotSignedIn, SignInOver):
            fault("You are not signed in any more", "Nothing was changed. Reload the page to sign in again.")
        except NotAllowed as error:
            fault("That is not yours to do", str(error))
        except AccessError as error:
            fault("Nobody can be let in", error.for_strangers)
        except CatalogueError as error:
            fault("The catalogue can't be used", str(error))
        except CatalogueChanged as error:
            fault("The catalogue was changed", str(error))
        except UnusableScorecard as error:
            fault("The scorecard can't be opened", str(error))
        except UnreadableAddress as error:
            fault("The address of this page can't be read", str(error))
        except StoreError as error:
            fault("The store did not answer as it should", str(error))
        except RefusedError as error:
            fault("That can't be done", str(error))
        except Exception:  # Streamlit's own rerun and stop are no Exception, and pass.
            log.exception("page %s", page.__name__)
            fault(
                "Something went wrong on this page",
                "Nothing was changed. Reload the page; if it happens again, tell whoever looks after the scorecard "
                "what you did, and when. The reason is in the app's log.",
            )
        finally:
            _in_this_run.reset(begun)

    return run
