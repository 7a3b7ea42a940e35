"""What each part of a catalogue allows and the parts together can't mean: a target of 120 %, 50 of 10, two of one name.

Read from the file's own values, so that these faults are told beside all others, whatever else is wrong.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from datetime import date
from itertools import pairwise
from typing import Any, NamedTuple

from scorecard.catalogue.errors import Path, cut, yaml_value
from scorecard.catalogue.models import COMPARATOR_KINDS, TARGET_KINDS
from scorecard.core.numbers import PER_UNIT, SYMBOLS_INSTEAD_OF_A_VALUE
from scorecard.core.periods import parse_month, parse_month_or_year
from scorecard.core.safe_text import unseen_words

PERCENT_MAXIMUM = 100.0
LONGEST_NAME = 150  # characters: what a table's first column bears


class Doubtful(NamedTuple):
    """A place that makes no sense: its path in the file, what was found there and what to do."""

    path: Path
    found: str
    remedy: str


def largest(measure: dict[str, Any]) -> float:
    """The largest value a measure can have, in its unit: its `maximum`, else 100 for a percent; else unbounded."""
    maximum = number(measure.get("maximum"))
    if maximum is not None:
        return maximum
    return PERCENT_MAXIMUM if measure.get("unit") == "percent" else math.inf


def number(value: Any) -> float | None:
    """A plain number of the YAML; None for anything else."""
    plain = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
    return float(value) if plain else None


def measure_faults(path: Path, measure: dict[str, Any]) -> Iterator[Doubtful]:
    """What in one measure can't be."""
    most = number(measure.get("maximum"))
    if most is not None and most <= 0:
        yield Doubtful((*path, "maximum"), yaml_value(measure["maximum"]), "A maximum is more than 0.")
        return
    for name in ("baseline", "july_2020"):
        yield from figure_faults((*path, name), measure.get(name), measure)
    comparators = measure.get("comparators")
    for name in COMPARATOR_KINDS:
        if isinstance(comparators, dict):
            yield from figure_faults((*path, "comparators", name), comparators.get(name), measure)
    targets = measure.get("targets")
    for index, target in enumerate(targets if isinstance(targets, list) else []):
        if isinstance(target, dict):
            yield from target_faults((*path, "targets", index), target, measure)


def figure_faults(path: Path, figure: Any, measure: dict[str, Any]) -> Iterator[Doubtful]:
    """A figure out of bounds, a part larger than its whole, or a value beside a symbol that is given instead of one."""
    if not isinstance(figure, dict):
        return
    yield from out_of_bounds((*path, "value"), figure.get("value"), measure, "figure")
    symbol = figure.get("symbol")
    if symbol in SYMBOLS_INSTEAD_OF_A_VALUE and number(figure.get("value")) is not None:
        remedy = f"'{symbol}' stands instead of a value: take one of the two out."
        yield Doubtful((*path, "symbol"), f"{yaml_value(symbol)} and the value {figure['value']:g}", remedy)
    part, whole = number(figure.get("numerator")), number(figure.get("denominator"))
    for name, count in (("numerator", part), ("denominator", whole)):
        if count is not None and count < 0:
            yield Doubtful((*path, name), f"{count:g}", "A count is 0 or more.")
            return
    if whole == 0 and number(figure.get("value")) is not None:
        yield Doubtful(
            (*path, "denominator"), "0", "Of none there is no share: take the value out and write symbol: z."
        )
    elif part is not None and whole:
        yield from share_faults(path, part, whole, number(figure.get("value")), measure)


def share_faults(
    path: Path, part: float, whole: float, value: float | None, measure: dict[str, Any]
) -> Iterator[Doubtful]:
    """A numerator over its denominator where no share can be over the maximum, and a value that is another share."""
    unit = measure.get("unit")
    per = PER_UNIT.get(unit, 1.0) if isinstance(unit, str) else 1.0  # type: ignore[call-overload]
    share = part / whole * per
    if unit == "percent" and share > largest(measure):
        remedy = f"That is {share:g}%, more than can be: check both numbers, or set a higher 'maximum'."
        yield Doubtful((*path, "numerator"), f"{part:g} of {whole:g}", remedy)
    elif value is not None:
        decimals = measure.get("decimals")
        half = 0.5 * 10.0 ** -(decimals if isinstance(decimals, int) else 0)
        if abs(value - share) > half * (1 + 1e-9):
            remedy = f"{part:g} of {whole:g} is {share:g}: check the three numbers."
            yield Doubtful((*path, "value"), f"{value:g}", remedy)


def target_faults(path: Path, target: dict[str, Any], measure: dict[str, Any]) -> Iterator[Doubtful]:
    """A target that no figure can meet or miss, that is due before it begins, or whose profile falls."""
    for kind in TARGET_KINDS:
        target_value = target.get(kind)
        edges = target_value if isinstance(target_value, list) else [target_value]
        for index, edge in enumerate(edges):
            path_of_target = (*path, kind, index) if isinstance(target_value, list) else (*path, kind)
            yield from out_of_bounds(path_of_target, edge, measure, "target")
    most = largest(measure)
    if number(target.get("more_than")) == most:
        yield Doubtful((*path, "more_than"), f"{most:g}", f"No figure can be over {most:g}: write 'at_least'.")
    if number(target.get("less_than")) == 0:
        yield Doubtful((*path, "less_than"), "0", "No figure can be under 0: write 'at_most'.")
    begins, due = _month(target.get("from")), _due(target.get("by"))
    if begins and due and due < begins:
        yield Doubtful(
            (*path, "by"), yaml_value(target["by"]), f"That is before the target begins ('from', {begins:%Y-%m})."
        )
    profile = target.get("profile")
    shares = [number(share) for share in profile] if isinstance(profile, list) else []
    for index, (before, after) in enumerate(pairwise(shares), start=1):
        if before is not None and after is not None and after < before:
            remedy = f"A profile is the share due so far and never falls; the month before has {before:g}."
            yield Doubtful((*path, "profile", index), f"{after:g}", remedy)
    if shares and shares[0] is not None and shares[0] < 0:
        yield Doubtful((*path, "profile", 0), f"{shares[0]:g}", "A share of the year's target is 0 or more.")


def out_of_bounds(path: Path, value: Any, measure: dict[str, Any], what: str) -> Iterator[Doubtful]:
    """A value under 0 or over the largest that the measure can have."""
    value_number, most = number(value), largest(measure)
    if value_number is not None and value_number < 0:
        yield Doubtful(path, f"{value_number:g}", f"A {what} of this measure is 0 or more.")
    elif value_number is not None and value_number > most:
        way_out = (
            "correct it, or set a higher 'maximum'" if measure.get("maximum") is None else "correct one of the two"
        )
        yield Doubtful(path, f"{value_number:g}", f"The largest that this measure can be is {most:g}: {way_out}.")


def texts_that_cannot_be_shown(path: Path, value: Any) -> Iterator[Doubtful]:
    """Texts with signs that can't be seen, such as direction marks; and names too long for a table or a page."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from texts_that_cannot_be_shown((*path, key), inner)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from texts_that_cannot_be_shown((*path, index), item)
    elif isinstance(value, str):
        if unseen := unseen_words(value.replace("\n", " ").replace("\t", " ")):
            yield Doubtful(path, f"'{cut(value)}'", f"It has signs that can't be seen ({unseen[:80]}): take them out.")
        if path[-1:] == ("name",) and len(value) > LONGEST_NAME:
            yield Doubtful(path, f"{len(value):,} characters", f"A name has {LONGEST_NAME} at most: shorten it.")


def names_given_twice(items: list[tuple[Path, Any]], what: str) -> Iterator[tuple[Doubtful, Path]]:
    """Names that two service areas or two measures share, letter case and spaces aside; with where it stood first."""
    seen: dict[str, Path] = {}
    for path, item in items:
        name = item.get("name") if isinstance(item, dict) else None
        if not isinstance(name, str) or not name.strip():
            continue
        plain = " ".join(name.split()).casefold()
        if plain in seen:
            yield (
                Doubtful((*path, "name"), f"'{cut(name)}'", f"has this name already: give this {what} another."),
                seen[plain],
            )
        seen.setdefault(plain, (*path, "name"))


def area_faults(authority: Any) -> Iterator[Doubtful]:
    """An authority that is its own region or country: each is compared with the others."""
    if not isinstance(authority, dict):
        return
    seen: dict[str, str] = {}
    names: dict[str, str] = {}
    for name, area in (
        ("authority", authority),
        ("region", authority.get("region")),
        ("country", authority.get("country")),
    ):
        code, called = (area.get("code"), area.get("name")) if isinstance(area, dict) else (None, None)
        if isinstance(called, str) and (plain := " ".join(called.split()).casefold()):
            if plain in names:
                remedy = f"The {names[plain]} has this name already: give each area its own."
                yield Doubtful(("authority", name, "name"), yaml_value(called), remedy)
            names.setdefault(plain, name)
        if not isinstance(code, str):
            continue
        if code in seen:
            path: Path = ("authority", "code") if name == "authority" else ("authority", name, "code")
            yield Doubtful(path, yaml_value(code), f"The {seen[code]} has this code already: each area has its own.")
        seen.setdefault(code, name)


def _month(value: Any) -> date | None:
    return _read(parse_month, value)


def _due(value: Any) -> date | None:
    return _read(parse_month_or_year, value)


def _read(parse: Callable[[object], date], value: Any) -> date | None:
    try:
        return parse(value) if value is not None else None
    except ValueError:
        return None
