"""A source's own report: how it is laid out, as a person showed it once. Frozen, and written and read as YAML."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Annotated, Any, Literal, NamedTuple, Self

import yaml
from pydantic import BeforeValidator, Field, StringConstraints, ValidationError, model_validator

from scorecard.catalogue.models import Frozen, Identifier, Text
from scorecard.catalogue.yaml_file import Tree
from scorecard.core.bounds import Kept, bounded
from scorecard.core.types import SymbolCode
from scorecard.extract.header.read_header import plain
from scorecard.extract.limits import MOST_COLUMNS
from scorecard.extract.text.spreadsheet_columns import column_place

FIRST_ROWS = 60  # rows: a report's header is among the first so many
BETWEEN = " › "  # what joins a label that is in more than one column
FIGURES = ("value", "numerator", "denominator")

MonthName = Literal[
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
]  # fmt: skip
MonthIn = Literal["column", "headers", "cell", "sheet_name", "file_name", "asked"]


def _as_text(value: object) -> object:
    """What YAML reads as a number or a truth is a text here: a header may be 2020."""
    return value if isinstance(value, str) or value is None else str(value)


def _as_list(value: object) -> object:
    return value if isinstance(value, list | tuple) else [value]


def _as_name(value: object) -> object:
    if isinstance(value, str) and not value.strip():
        raise ValueError("Give the layout a name: next month's report is recognised under it")
    return _as_kept("name")(value)


def _as_kept(what: Kept) -> Callable[[object], object]:
    """A text that is kept under one of the bounds that hold for it everywhere."""
    return lambda value: bounded(what, value) if isinstance(value, str) else value


Header = Annotated[str, BeforeValidator(_as_text), StringConstraints(strip_whitespace=True, max_length=500)]
Label = Annotated[str, BeforeValidator(_as_text), StringConstraints(strip_whitespace=True, max_length=1000)]
Labels = Annotated[tuple[Label, ...], BeforeValidator(_as_list), Field(min_length=1, max_length=1000)]
CellName = Annotated[str, StringConstraints(pattern=r"^[A-Z]{1,2}[1-9][0-9]{0,2}$", to_upper=True)]
LayoutName = Annotated[
    str, BeforeValidator(_as_name), StringConstraints(strip_whitespace=True, min_length=1, max_length=60)
]


class LayoutError(ValueError):
    """A layout that can't be used. Its message says what is wrong with it, a line a fault."""


class Place(NamedTuple):
    """A cell's place in a table's records."""

    row: int
    column: int


class MonthPlace(Frozen):
    """Where the month stands: in a column, as the headers, in a cell, in a name, or it is asked at every load.

    year_ends: where a column has years alone (2025, 202425), the month in which such a year ends.
    """

    stands_in: MonthIn
    column: Header | None = None
    cell: CellName | None = None
    year_ends: MonthName | None = None

    @model_validator(mode="after")
    def _says_where(self) -> Self:
        for name in ("column", "cell"):
            if (getattr(self, name) is not None) != (self.stands_in == name):
                raise ValueError(f"'{name}' goes with 'stands_in: {name}', and with nothing else")
        if self.year_ends is not None and self.column is None:
            raise ValueError("'year_ends' goes with 'stands_in: column', and with nothing else")
        return self

    @property
    def place(self) -> Place:
        """Where the cell is. Only where the month is in one."""
        letters, digits = re.fullmatch(r"([A-Z]+)([0-9]+)", self.cell or "A1").groups()  # type: ignore[union-attr]
        return Place(int(digits) - 1, column_place(letters))


class Meaning(Frozen):
    """What a label means: a measure, and the measure's own columns where they aren't those of the whole report."""

    measure: Identifier
    value: Header | None = None
    numerator: Header | None = None
    denominator: Header | None = None

    def column(self, name: str) -> str | None:
        """The measure's own column for the value, numerator or denominator."""
        name_there: str | None = getattr(self, name)
        return name_there


def _meaning(value: object) -> object:
    return {"measure": value} if isinstance(value, str) else value


class ReportLayout(Frozen):
    """How a source's report is laid out.

    header: the header's names as they were shown, by which a change is noticed. labels_in: the columns whose cells,
    joined, are a row's label; none: each measure has a column of its own, whose header is its label. measures: what
    each label means. ignored: labels to leave out. shares: percentages stand as 0.82 for 82%. symbols: what the report
    writes where it has no figure, and the symbol it means ('' for a blank).

    only: the columns by which rows are chosen, and what must stand there. areas: the areas whose rows are chosen, by
    code or as the report names them; none: all. area_if_blank: where the area stands if its own column is blank.
    """

    name: LayoutName = Field(alias="layout")
    source: Annotated[Text, BeforeValidator(_as_kept("source"))]
    sheet: Text | None = None
    header_row: int = Field(ge=1, le=FIRST_ROWS, strict=True)
    header: tuple[Header, ...] = Field(min_length=1, max_length=MOST_COLUMNS)
    labels_in: tuple[Header, ...] = Field(default=(), max_length=3)
    measures: dict[Label, Annotated[Meaning, BeforeValidator(_meaning)]] = Field(min_length=1, max_length=1000)
    ignored: tuple[Label, ...] = Field(default=(), max_length=1000)
    value: Header | None = None
    numerator: Header | None = None
    denominator: Header | None = None
    area: Header | None = None
    area_if_blank: Annotated[tuple[Header, ...], BeforeValidator(_as_list)] = Field(default=(), max_length=3)
    areas: Annotated[tuple[Label, ...], BeforeValidator(_as_list)] = Field(default=(), max_length=1000)
    only: dict[Header, Labels] = Field(default_factory=dict, max_length=20)
    note: Header | None = None
    month: MonthPlace
    shares: bool = Field(default=False, strict=True)
    symbols: dict[Label, SymbolCode] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        faults = [*_unknown_columns(self), *_double_labels(self), *_no_figures(self)]
        if faults:
            raise ValueError(". ".join(faults))
        return self

    @property
    def side_by_side(self) -> bool:
        """Whether each measure has a column of its own."""
        return not self.labels_in

    def needed(self) -> tuple[str, ...]:
        """The columns without which the report can't be read, each once, in the layout's order."""
        names = [*self.labels_in, self.month.column, self.value, self.numerator, self.denominator, self.area, self.note]
        names += [*self.area_if_blank, *self.only]
        for label, meaning in self.measures.items():
            names += [meaning.column(name) for name in FIGURES]
            if self.side_by_side and meaning.value is None and meaning.numerator is None:
                names.append(label)
        return tuple(dict.fromkeys(name for name in names if name))

    def column_of(self, label: str, name: str) -> str | None:
        """The column in which a label's value, numerator or denominator stands."""
        meaning = self.measures[label]
        own = meaning.column(name)
        if own is not None:
            return own
        if self.side_by_side:
            return label if name == "value" and meaning.numerator is None else None
        return getattr(self, name)  # type: ignore[no-any-return]


def _unknown_columns(layout: ReportLayout) -> list[str]:
    known = {plain(name) for name in layout.header}
    missing = [name for name in layout.needed() if plain(name) not in known]
    return [f"The header has no column '{name[:60]}'" for name in missing]


def _double_labels(layout: ReportLayout) -> list[str]:
    seen: dict[str, str] = {}
    faults = []
    for label in (*layout.measures, *layout.ignored):
        if plain_label(label) in seen:
            faults.append(f"The label '{label[:60]}' is given twice")
        seen[plain_label(label)] = label
    return faults


def _no_figures(layout: ReportLayout) -> list[str]:
    if (layout.area_if_blank or layout.areas) and layout.area is None:
        return ["'areas' and 'area_if_blank' need 'area': the column in which the area stands"]
    if layout.month.stands_in == "headers":
        if layout.side_by_side:
            return ["Months can't be the headers where the measures are: say in which column the labels stand"]
        return []
    for label in layout.measures:
        has = {name: layout.column_of(label, name) is not None for name in FIGURES}
        if not has["value"] and not (has["numerator"] and has["denominator"]):
            return [f"'{label[:60]}' has neither a column for its value nor two for numerator and denominator"]
    return []


def plain_label(label: str) -> str:
    """A label as it is compared: without case, spaces and underscores."""
    return BETWEEN.join(plain(part) for part in label.split(BETWEEN.strip()))


def layout_yaml(layout: ReportLayout) -> bytes:
    """The layout as YAML, the same bytes for the same layout; `read_layout` reads it back."""
    plain_values: dict[str, Any] = layout.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    plain_values["measures"] = {
        label: meaning["measure"] if list(meaning) == ["measure"] else meaning
        for label, meaning in plain_values["measures"].items()
    }
    text = yaml.safe_dump(plain_values, allow_unicode=True, sort_keys=False, width=120)
    return text.encode()


def read_layout(content: bytes) -> ReportLayout:
    """The layout that a YAML text describes. Raises LayoutError with every fault."""
    tree = Tree(content)
    lines = [f"Line {flaw.line}: {flaw.found}. {flaw.remedy}" for flaw in tree.flaws]
    if not lines and not isinstance(tree.value, dict):
        lines = ["This is no layout: it has no 'layout', 'header' and 'measures'."]
    if lines:
        raise LayoutError("\n".join(["The layout can't be read.", *lines]))
    return make_layout(tree.value, tree)


def make_layout(values: dict[str, Any], tree: Tree | None = None) -> ReportLayout:
    """A layout from plain values, as a form or a YAML text gives them. Raises LayoutError with every fault."""
    try:
        return ReportLayout.model_validate(values)
    except ValidationError as failure:
        lines = []
        for fault in failure.errors(include_url=False):
            path = tuple(part for part in fault["loc"] if part != "[key]")
            where = f"Line {tree.line_of(path)}: " if tree is not None else ""
            name = ".".join(str(part)[:60] for part in path)
            message = fault["msg"].removeprefix("Value error, ")
            lines.append(f"{where}{name + ': ' if name else ''}{message}.")
        raise LayoutError("\n".join(["The layout can't be used.", *lines])) from None
