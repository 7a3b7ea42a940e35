"""Snapshots of format 1, as packs were frozen until November 2026: read as today's, so that they can be drawn."""

from __future__ import annotations

from typing import Any

WORDS_OF_OURS = ("words", "kind", "lower", "upper")  # derived from the catalogue's own entry since


def upgraded(plain: dict[str, Any]) -> dict[str, Any]:
    """The content of a snapshot of format 1, as plain values of format 2.

    Format 1 held each figure three times, words that follow from figures, and of a measure not all that the catalogue
    said: what it left out is as where the catalogue says nothing. Raises KeyError, TypeError, AttributeError or
    ValueError for what is no such content.
    """
    plan = {name: _month(value) if name in ("inspected", "actuals") else value for name, value in plain["plan"].items()}
    events = [{"date": _month(event["month"]), "what": event["what"], "why": event["why"]} for event in plain["events"]]
    areas = [_area(area, plain["demonstration"]) for area in plain["service_areas"]]
    read = {"plan": plan, "events": events, "service_areas": areas, "changes": _changes(plain["changes"])}
    return _without(plain, "totals") | read | {"format": 2, "written_in": 1}


def _changes(changes: dict[str, Any] | None) -> dict[str, Any] | None:
    """What had changed since the last board: a changed target is a changed rule."""
    if changes is None:
        return None
    rules = [
        {name: change[name] for name in ("measure_id", "measure", "service_area")}
        | {"rules": [{"what": change["what"], "old": change["old"], "new": change["new"]}]}
        for change in changes["targets"]
    ]
    return _without(changes, "targets") | {"rules": rules}


def _month(day: str | None) -> str | None:
    """'2020-07-31' as the catalogue writes a month: '2020-07'."""
    return None if day is None else day[:7]


def _area(area: dict[str, Any], invented: bool) -> dict[str, Any]:
    measures = [_measure(measure, invented) for measure in area["measures"]]
    return _without(area, "sentence", "counts") | {"measures": measures}


def _measure(measure: dict[str, Any], invented: bool) -> dict[str, Any]:
    why = measure["definition_break"]
    return _without(measure, "commentary", "sparkline", "rebases") | {
        "starts": _month(measure["starts"]),
        "retired": _month(measure["retired"]),
        "baseline": _figure(measure["baseline"]),
        "july_2020": _figure(measure["july_2020"]),
        "definition_break": {"between": "baseline and july_2020", "why": why} if why else None,
        "comparators": {comparator["kind"]: _figure(comparator) for comparator in measure["comparators"]},
        "targets": [_target(target) for target in measure["targets"]],
        "rebase": [
            rebase | {"from_month": _month(rebase["from_month"]), "agreed": _month(rebase["agreed"])}
            for rebase in measure["rebases"]
        ],
        "observations": [_without(figure, "words") for figure in measure["observations"]],
        "trend": _trend(measure, invented),
    }


def _without(value: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: field_value for name, field_value in value.items() if name not in names}


def _figure(figure: dict[str, Any] | None) -> dict[str, Any] | None:
    return None if figure is None else _without(figure, "words", "kind")


def _target(target: dict[str, Any]) -> dict[str, Any]:
    lower, upper = target["lower"], target["upper"]
    edges = [lower, upper] if target["kind"] == "between" else lower if lower is not None else upper
    months = {name: _month(target[name]) for name in ("from_month", "by")}
    return _without(target, *WORDS_OF_OURS) | months | {target["kind"]: edges}


def _trend(measure: dict[str, Any], invented: bool) -> dict[str, Any]:
    """What the chart says; of a pack without charts, what its sparkline said, and whether its figures are invented."""
    if measure["trend"] is not None:
        return _without(measure["trend"], "points", "segments")
    small = _without(measure["sparkline"], "points", "kind", "low", "high")
    axis = {"low": measure["sparkline"]["low"], "high": measure["sparkline"]["high"], "ticks": [], "title": ""}
    named = {name: measure[name] for name in ("name", "unit", "decimals")}
    return small | named | {"y_axis": axis, "demonstration": invented}
