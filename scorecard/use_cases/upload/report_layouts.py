"""Keep layouts: how a source's own report is laid out, shown once, kept by name and version, handed out as YAML."""

from __future__ import annotations

from datetime import datetime
from difflib import get_close_matches
from typing import NamedTuple

import pandas as pd

from scorecard.access.permissions import Permission
from scorecard.extract.report_layout.model import LayoutError, ReportLayout, layout_yaml, make_layout, read_layout
from scorecard.store import RefusedError
from scorecard.use_cases.needs import needs
from scorecard.use_cases.open_scorecard import Scorecard

__all__ = [
    "LayoutError",
    "NoSuchLayout",
    "ReportLayout",
    "StoredLayout",
    "export_layout",
    "import_layout",
    "keep_layout",
    "layout_from_file",
    "layout_named",
    "layout_versions",
    "layouts_in_use",
    "make_layout",
    "stop_layout",
]
IN_USE = "in use"


class NoSuchLayout(RefusedError):
    """No layout of the name is in use. Its message names the nearest."""


class StoredLayout(NamedTuple):
    """A layout as it is kept. Version 0 is one that isn't kept yet."""

    layout: ReportLayout
    version: int

    @property
    def called(self) -> str:
        """Name and version, as they are kept with an extract: 'Mosaic monthly, version 2'."""
        return f"{self.layout.name}, version {self.version}" if self.version else self.layout.name


@needs(Permission.READ)
def layout_versions(scorecard: Scorecard) -> pd.DataFrame:
    """Every version of every layout, oldest first (store.LAYOUT_COLUMNS)."""
    return scorecard.store.layouts()


@needs(Permission.READ)
def layouts_in_use(scorecard: Scorecard) -> tuple[StoredLayout, ...]:
    """The latest version of each layout that is in use, the one shown last at the end."""
    versions = layout_versions(scorecard)
    last = versions.drop_duplicates("name", keep="last")
    last = last[last["state"] == IN_USE]
    return tuple(
        StoredLayout(read_layout(scorecard.store.layout(str(name), int(version))), int(version))
        for name, version in zip(last["name"], last["version"], strict=True)
    )


@needs(Permission.READ)
def layout_named(scorecard: Scorecard, name: str) -> StoredLayout:
    """The layout in use of a name, without case. Raises NoSuchLayout, naming the nearest."""
    layout_by_name = {layout.layout.name.casefold(): layout for layout in layouts_in_use(scorecard)}
    layout = layout_by_name.get(name.strip().casefold())
    if layout is not None:
        return layout
    near = get_close_matches(name.strip().casefold(), layout_by_name, n=1)
    hint = f" Did you mean '{layout_by_name[near[0]].layout.name}'?" if near else ""
    names = ", ".join(f"'{layout.layout.name}'" for layout in layout_by_name.values())
    known = f" There are {names}." if names else " None has been shown yet: show one on the Upload page."
    raise NoSuchLayout(f"There is no layout '{name[:60]}'.{hint}{known}")


@needs(Permission.LAYOUTS)
def keep_layout(scorecard: Scorecard, layout: ReportLayout, *, when: datetime) -> StoredLayout:
    """Keeps a layout as the next version of its name; the same again is the one there is.

    Raises LayoutError where it means measures that the catalogue doesn't have.
    """
    known = {measure.id for measure in scorecard.catalogue.measures}
    unknown = [
        f"'{label[:60]}' means {meaning.measure}, and no measure has that id."
        for label, meaning in layout.measures.items()
        if meaning.measure not in known
    ]
    if unknown:
        raise LayoutError("\n".join(["The layout can't be used.", *unknown]))
    return StoredLayout(layout, scorecard.store.keep_layout(layout.name, layout_yaml(layout), scorecard.who, when))


@needs(Permission.LAYOUTS)
def stop_layout(scorecard: Scorecard, name: str, *, when: datetime) -> None:
    """Uses a layout no longer; its versions, and the extracts read by it, stay. Raises UnknownLayout."""
    scorecard.store.stop_layout(name, scorecard.who, when)


@needs(Permission.READ)
def export_layout(scorecard: Scorecard, name: str) -> tuple[str, bytes]:
    """A file's name and the layout as YAML. Raises NoSuchLayout."""
    layout = layout_named(scorecard, name)
    tidy = "".join(sign if sign.isalnum() else "-" for sign in layout.layout.name.lower()).strip("-")
    return f"layout-{tidy}.yaml", layout_yaml(layout.layout)


def layout_from_file(content: bytes) -> StoredLayout:
    """A layout from a YAML file's bytes, not kept. Raises LayoutError with every fault."""
    return StoredLayout(read_layout(content), 0)


@needs(Permission.LAYOUTS)
def import_layout(scorecard: Scorecard, content: bytes, *, when: datetime) -> StoredLayout:
    """Keeps the layout that a YAML file describes. Raises LayoutError with every fault."""
    return keep_layout(scorecard, read_layout(content), when=when)
