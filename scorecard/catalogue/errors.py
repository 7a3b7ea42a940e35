"""What is wrong with a catalogue, in words for the person who mends it: where, what was found, what to do."""

from __future__ import annotations

import difflib
from datetime import date
from typing import Any, get_args

from pydantic_core import ErrorDetails

from scorecard.catalogue.models import Frozen
from scorecard.core.numbers import count_of
from scorecard.core.vocabulary import upper_first

Path = tuple[str | int, ...]
LONGEST_FOUND = 80

_A_NUMBER = "A plain number is needed, without quotes, % or commas."
_REMEDIES = {
    "float_type": _A_NUMBER,
    "int_type": "A whole number is needed, without quotes.",
    "int_from_float": "A whole number is needed.",
    "finite_number": _A_NUMBER,
    "bool_type": "Write true or false, without quotes.",
    "string_too_short": "Text is needed here.",
    "string_too_long": "At most {max_length} characters are allowed.",
    "greater_than_equal": "It must be {ge:g} or more.",
    "less_than_equal": "It must be {le:g} or less.",
    "too_short": "Too few: at least {min_length} needed.",
    "too_long": "Too many: at most {max_length} allowed.",
    "tuple_type": "A list is needed: in square brackets, or each item on a line of its own after '- '.",
    "model_type": "Keys with their values are needed here, as 'name: …'.",
    "dict_type": "Keys with their values are needed here, as 'name: …'.",
}
_PATTERNS = {
    "code": "A code is a capital letter and eight digits, as E06000045.",
    "id": "An id has small letters, digits and single hyphens, as agency-workers.",
    "pair": "An id has small letters, digits and single hyphens, as agency-workers.",
    "formerly": "An id has small letters, digits and single hyphens, as agency-workers.",
}


class CatalogueFault(Frozen):
    """One thing wrong with the catalogue, for the person who mends it."""

    file: str
    line: int
    measure: str | None
    where: str
    found: str
    remedy: str

    def __str__(self) -> str:
        measure = f", measure {self.measure}" if self.measure else ""
        return f"{self.file}, line {self.line}{measure}: {self.where}: found {self.found}. {self.remedy}"


class CatalogueError(ValueError):
    """The catalogue can't be used. `faults` has every reason; the message lists them, one a line."""

    read = "The catalogue"  # what has the faults; another file's error says its own

    def __init__(self, faults: tuple[CatalogueFault, ...]) -> None:
        self.faults = faults
        super().__init__("\n".join([f"{self.read} has {count_of(len(faults), 'fault')}:", *map(str, faults)]))


def cut(text: str) -> str:
    """A text short enough to show."""
    return text if len(text) <= LONGEST_FOUND else text[: LONGEST_FOUND - 1] + "…"


def yaml_value(value: Any) -> str:
    """A value of the YAML as its author wrote it, or nearly."""
    match value:
        case None:
            return "nothing"
        case bool():
            return str(value).lower()
        case dict():
            return f"the keys {', '.join(map(str, value))}" if value else "no keys"
        case list():
            return f"a list of {len(value)}" if value else "an empty list"
        case date():
            return str(value)
        case _:
            return repr(value)


def dotted(path: Path) -> str:
    """A path as people read it: 'baseline.value', 'targets[1].at_most', without the way down to the measure."""
    in_measure = is_in_measure(path)
    text = "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in path[4 if in_measure else 0 :])
    return text.removeprefix(".") or ("the measure" if in_measure else "the catalogue")


def is_in_measure(path: Path) -> bool:
    """Whether a path leads to a measure or into one."""
    return len(path) >= 4 and path[0] == "service_areas" and path[2] == "measures" and isinstance(path[3], int)


def did_you_mean(text: object, allowed: list[str], nearness: float = 0.6) -> str:
    """A hint at the nearest of the allowed texts, or nothing. nearness: the least of it, 1 being the same text."""
    near = difflib.get_close_matches(str(text), allowed, n=1, cutoff=nearness)
    return f"Did you mean '{near[0]}'?" if near else ""


def found_and_remedy(error: ErrorDetails, value: Any, path: Path, whole: type[Frozen]) -> tuple[str, str]:
    """What was found and what to do about it, for one of the models' errors. whole: the model of the whole file."""
    kind, context = error["type"], error.get("ctx", {})
    match kind:
        case "missing":
            return "nothing", f"Add '{path[-1]}'." if isinstance(path[-1], str) else "Two numbers are needed."
        case "extra_forbidden":
            return f"the unknown key '{path[-1]}'", _unknown_key(path, whole)
        case "literal_error" if error["loc"][-1] == "[key]":
            return f"the unknown key '{path[-1]}'", _one_of(path[-1], str(context["expected"]))
        case "literal_error":
            return yaml_value(value), _one_of(value, str(context["expected"]))
        case "string_type" if isinstance(value, int | float | date) and not isinstance(value, bool):
            return yaml_value(value), f'Text is needed: put it in quotes, as "{value}".'
        case "string_type":
            return yaml_value(value), "Text is needed here."
        case "string_pattern_mismatch":
            return yaml_value(value), _PATTERNS.get(str(path[-1]), "Write it in the form of the others.")
        case "value_error":
            message = str(context.get("error", error["msg"])).rstrip(".")
            return yaml_value(value), upper_first(message) + "."
        case _:
            remedy = _REMEDIES.get(kind, error["msg"].rstrip(".") + ".")
            return yaml_value(value), remedy.format(**context) if kind in _REMEDIES else remedy


def _one_of(value: object, expected: str) -> str:
    allowed = [part for part in expected.replace(" or ", ", ").replace("'", "").split(", ") if part]
    return f"Allowed: {expected}. {did_you_mean(value, allowed)}".rstrip()


def _unknown_key(path: Path, whole: type[Frozen]) -> str:
    key = str(path[-1])
    if key.isdigit():
        return "A decimal is written with a point, as 35.5; put text with a comma in quotes."
    model = whole
    for part in path[:-1]:
        model = _model_in(_fields_by_key(model).get(str(part))) or model
    known = [*_fields_by_key(model)]
    return did_you_mean(key, known) or f"Take it out, or check its spelling. Allowed: {', '.join(known)}."


def _fields_by_key(model: type[Frozen]) -> dict[str, Any]:
    """What each key of a model may hold, by the key as the file has it."""
    return {field.alias or name: field.annotation for name, field in model.model_fields.items()}


def _model_in(annotation: Any) -> type[Frozen] | None:
    """The model that a field holds, or a list or mapping of it; None for a plain value."""
    if isinstance(annotation, type) and issubclass(annotation, Frozen):
        return annotation
    return next(filter(None, map(_model_in, get_args(annotation))), None)
