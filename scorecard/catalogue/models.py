"""The catalogue's models: what a measure is, as config/measures.yaml says it. Frozen; validated once, on reading."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    StringConstraints,
    ValidationInfo,
    field_validator,
    model_validator,
)

from scorecard.core.periods import month_code, month_end, parse_month, parse_month_or_year
from scorecard.core.types import Accumulation, ComparatorKind, Frequency, Kind, Polarity, SymbolCode, TargetKind, Unit

TARGET_KINDS: tuple[TargetKind, ...] = ("at_least", "at_most", "more_than", "less_than", "between")
COMPARATOR_KINDS: tuple[ComparatorKind, ...] = ("statistical_neighbour", "regional", "national")
WRONG_WAY: dict[Polarity, tuple[TargetKind, ...]] = {
    "higher_is_better": ("at_most", "less_than"),
    "lower_is_better": ("at_least", "more_than"),
}
MONTHS_BETWEEN: dict[Frequency, int] = {"monthly": 1, "quarterly": 3, "termly": 4, "annual": 12}

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
AreaCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]\d{8}$")]
AsMonth = PlainSerializer(month_code, when_used="json")  # so that what is written can be read back
Month = Annotated[date, BeforeValidator(parse_month), AsMonth]
MonthOrYear = Annotated[date, BeforeValidator(parse_month_or_year), AsMonth]
Number = Annotated[float, Field(strict=True, allow_inf_nan=False)]


def _rising(months: list[date]) -> bool:
    return months == sorted(set(months))


class Frozen(BaseModel):
    """A value that is replaced, never edited; an unknown key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, hide_input_in_errors=True)


class Area(Frozen):
    """A place with figures: an authority, a region or a country, by its GSS code."""

    name: Text
    code: AreaCode


class Authority(Area):
    """The council whose scorecard this is, with the areas it is compared to."""

    region: Area
    country: Area


class Plan(Frozen):
    """The improvement plan that the catalogue was read from. published: the first month in which it could be read."""

    title: Text
    edition: Text
    inspected: Month
    actuals: Month
    published: Month | None = None


class Event(Frozen):
    """Something that happened and may explain a change; drawn on charts."""

    date: Month
    what: Text
    why: Text


class Figure(Frozen):
    """One cell of the plan: as printed, and the value it supports, if any.

    `value` is in the measure's unit. `printed` is the plan's own text, found there white space aside. `above` and
    `below`: the number that the plan says only to lie on that side of.
    """

    printed: Text
    value: Number | None = None
    above: Number | None = None
    below: Number | None = None
    numerator: Number | None = None
    denominator: Number | None = None
    symbol: SymbolCode | None = None


class Comparator(Figure):
    """What another area's figure was, as the plan prints it. `comparable: false` needs its reason."""

    comparable: bool = Field(default=True, strict=True)
    why: Text | None = None
    year: Text | None = None

    @model_validator(mode="after")
    def _doubt_has_a_reason(self) -> Self:
        if not self.comparable and self.why is None:
            raise ValueError("'comparable: false' needs a 'why': the reason is shown beside the figure")
        return self


class Target(Frozen):
    """A target: exactly one of at_least, at_most, more_than, less_than, between; and from when, by when, why."""

    printed: Text
    at_least: Number | None = None
    at_most: Number | None = None
    more_than: Number | None = None
    less_than: Number | None = None
    between: tuple[Number, Number] | None = None
    basis: Text | None = None
    from_month: Month | None = Field(default=None, alias="from")
    by: MonthOrYear | None = None
    by_basis: Literal["plan", "action date"] | None = None
    by_printed: Text | None = None
    by_action: Text | None = None
    why: Text | None = None
    agreed_by: Text | None = None
    profile: tuple[Number, ...] | None = Field(default=None, min_length=12, max_length=12)

    @field_validator("between")
    @classmethod
    def _lower_number_first(cls, between: tuple[float, float] | None) -> tuple[float, float] | None:
        if between is not None and between[0] >= between[1]:
            raise ValueError("'between' needs the lower number first, as [10, 20]")
        return between

    @field_validator("profile")
    @classmethod
    def _whole_year_by_the_last_month(cls, profile: tuple[float, ...] | None) -> tuple[float, ...] | None:
        if profile is not None and abs(profile[-1] - 1) > 1e-9:
            raise ValueError("A profile is the share of the year's target due by each month: the last is 1")
        return profile

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        faults = []
        kinds_given = [kind for kind in TARGET_KINDS if getattr(self, kind) is not None]
        if len(kinds_given) != 1:
            kinds_found = " and ".join(kinds_given) or "none of them"
            faults.append(f"A target needs exactly one of {', '.join(TARGET_KINDS)}; this has {kinds_found}")
        if (self.by is None) != (self.by_basis is None):
            faults.append("'by' and 'by_basis' go together: by_basis is 'plan' or 'action date'")
        if self.by_basis == "action date" and (self.by_printed is None or self.by_action is None):
            faults.append("An action date keeps the plan's words: add 'by_printed' and 'by_action'")
        if faults:
            raise ValueError(". ".join(faults))
        return self

    @property
    def kind(self) -> TargetKind:
        """Which of the five kinds of target this is."""
        return next(kind for kind in TARGET_KINDS if getattr(self, kind) is not None)

    @property
    def lower(self) -> float | None:
        """The least value that meets the target (not itself included for more_than), in the measure's unit."""
        if self.between is not None:
            return self.between[0]
        return self.at_least if self.at_least is not None else self.more_than

    @property
    def upper(self) -> float | None:
        """The greatest value that meets the target (not itself included for less_than), in the measure's unit."""
        if self.between is not None:
            return self.between[1]
        return self.at_most if self.at_most is not None else self.less_than

    @property
    def strict(self) -> bool:
        """Whether the target's own number does not meet it ('>109', '<365 days')."""
        return self.more_than is not None or self.less_than is not None


class Rebase(Frozen):
    """From this month on, limits are drawn again; the reason is shown on the chart."""

    from_month: Month = Field(alias="from")
    why: Text
    proposed_by: Text | None = None
    agreed_by: Text | None = None
    agreed: Month | None = None


class Break(Frozen):
    """A change of definition: no gap closed and no line across it.

    between: the plan's two figures, which differ in what they count. from: the first month of the present definition;
    figures of months before it stay in the store and are not read by it.
    """

    between: Literal["baseline and july_2020"] | None = None
    from_month: Month | None = Field(default=None, alias="from")
    why: Text

    @model_validator(mode="after")
    def _says_where(self) -> Self:
        if (self.between is None) == (self.from_month is None):
            raise ValueError("A break stands either 'between: baseline and july_2020' or 'from' a month")
        return self


class Measure(Frozen):
    """One measure that matters. Its id never changes meaning; what the plan prints stands in `printed` texts."""

    id: Identifier
    formerly: Identifier | None = None
    name: Text
    plan_wording: Text
    definition: Text
    kind: Kind
    unit: Unit
    decimals: int = Field(ge=0, le=4, strict=True)
    polarity: Polarity
    accumulation: Accumulation
    year_starts: Literal["april", "unknown"] = "april"
    frequency: Frequency
    supplied_by: Text
    starts: Month | None = None
    retired: Month | None = None
    due_day: int | None = Field(default=None, ge=1, le=31, strict=True)
    settles_after: int | None = Field(default=None, ge=1, le=24, strict=True)
    owner: Text | None = None
    tolerance: Number | None = Field(default=None, ge=0)
    maximum: Number | None = None
    baseline: Figure | None = None
    july_2020: Figure | None = None
    targets: tuple[Target, ...] = ()
    comparators: dict[ComparatorKind, Comparator] = {}
    comparators_printed: Text | None = None
    outcomes: tuple[Text, ...] = ()
    pair: Identifier | None = None
    definition_break: Break | None = Field(default=None, alias="break")
    rebase: tuple[Rebase, ...] = ()
    fix_after: int | None = Field(default=None, ge=12, strict=True)
    screen_outliers: bool = Field(default=True, strict=True)
    note: Text | None = None

    @field_validator("year_starts")
    @classmethod
    def _only_a_running_total_has_a_start(cls, year_starts: str, info: ValidationInfo) -> str:
        if year_starts == "unknown" and info.data.get("accumulation", "year_to_date") != "year_to_date":
            raise ValueError("'year_starts' belongs to a measure whose accumulation is year_to_date")
        return year_starts

    @field_validator("retired")
    @classmethod
    def _retired_after_it_starts(cls, retired: date | None, info: ValidationInfo) -> date | None:
        if retired and (starts := info.data.get("starts")) and retired < starts:
            raise ValueError("'retired' is before 'starts'")
        return retired

    @field_validator("targets")
    @classmethod
    def _targets_agree_with_polarity(cls, targets: tuple[Target, ...], info: ValidationInfo) -> tuple[Target, ...]:
        polarity = info.data.get("polarity", "monitor")
        for target in targets:
            if target.kind in WRONG_WAY.get(polarity, ()):
                raise ValueError(f"A target of {target.kind} contradicts polarity {polarity}: mend one of the two")
        if not _rising([target.from_month or date.min for target in targets]):
            raise ValueError("Targets stand in the order of their 'from' months, each month once, the plan's own first")
        return targets

    @field_validator("rebase")
    @classmethod
    def _rebases_in_order(cls, rebase: tuple[Rebase, ...]) -> tuple[Rebase, ...]:
        if not _rising([entry.from_month for entry in rebase]):
            raise ValueError("Rebase entries stand in the order of their 'from' months, each month once")
        return rebase

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids under which its figures may be stored: its own, and the one that it had."""
        return (self.id, self.formerly) if self.formerly else (self.id,)

    @property
    def months_between(self) -> int:
        """Months from one due figure to the next, by the measure's frequency."""
        return MONTHS_BETWEEN[self.frequency]

    def target_at(self, month: date) -> Target | None:
        """The target in force in a month: the last whose `from` is not after it."""
        in_force = [target for target in self.targets if (target.from_month or date.min) <= month_end(month)]
        return in_force[-1] if in_force else None


class ServiceArea(Frozen):
    """A service area of the plan, with the roles responsible for it and its measures."""

    id: Identifier
    name: Text
    responsible: tuple[Text, ...] = ()
    outcomes: tuple[Text, ...] = ()
    measures: tuple[Measure, ...] = Field(min_length=1)


class Catalogue(Frozen):
    """Everything that is measured: the whole of config/measures.yaml."""

    authority: Authority
    plan: Plan
    events: tuple[Event, ...] = ()
    service_areas: tuple[ServiceArea, ...] = Field(min_length=1)

    @property
    def measures(self) -> tuple[Measure, ...]:
        """All measures, in the plan's order."""
        return tuple(measure for area in self.service_areas for measure in area.measures)

    def measure(self, measure_id: str) -> Measure:
        """The measure of that id. Raises KeyError where there is none."""
        for measure in self.measures:
            if measure.id == measure_id:
                return measure
        raise KeyError(measure_id)

    def service_area(self, area_id: str) -> ServiceArea:
        """The service area of that id. Raises KeyError where there is none."""
        for area in self.service_areas:
            if area.id == area_id:
                return area
        raise KeyError(area_id)

    def service_area_of(self, measure_id: str) -> ServiceArea:
        """The service area that a measure belongs to. Raises KeyError where there is no such measure."""
        for area in self.service_areas:
            if any(measure.id == measure_id for measure in area.measures):
                return area
        raise KeyError(measure_id)

    def to_json(self) -> dict[str, Any]:
        """The catalogue as plain JSON values, keys as in the YAML."""
        return self.model_dump(mode="json", by_alias=True, exclude_none=True)
