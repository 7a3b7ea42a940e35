"""A file to take along: made when it is asked for, for who may have it then, and noted as an act."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from scorecard.pages.parts.person import person_later
from scorecard.pages.parts.session import local_scorecard
from scorecard.use_cases.hand_out import hand_out
from scorecard.use_cases.open_scorecard import Scorecard

Make = Callable[[Scorecard], str | bytes]


def as_it_is(content: str | bytes) -> Make:
    """What hands out a content that is there already."""
    return lambda _: content


def download(
    label: str,
    file: str,
    media_type: str | None,
    make: Make,
    *,
    about: str | None = None,
    key: str | None = None,
    container: DeltaGenerator | None = None,
) -> None:
    """A button that hands a file out.

    make: given the scorecard in the hands of who asks, the content. about: the id of the measure, the service area or
    the snapshot that it tells of. container: where the button stands, else at the end of the page.
    """
    looks = person_later()

    def handed_out() -> str | bytes:
        whole_scorecard = local_scorecard()
        opened = whole_scorecard.of(looks(whole_scorecard))
        content = make(opened)
        return hand_out(opened, file, content, about)

    (container or st).download_button(label, handed_out, file, media_type, on_click="ignore", key=key)
