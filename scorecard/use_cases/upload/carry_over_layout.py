"""Show a layout again: what the page doesn't ask about is kept as the version before says it, and said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from scorecard.core.numbers import SYMBOL_WORDS
from scorecard.extract.header.read_header import plain
from scorecard.extract.report_layout.match import FoundHeader, renamed
from scorecard.extract.report_layout.model import FIGURES, LayoutError, Meaning, ReportLayout, plain_label

MOST_NAMED = 5  # labels and areas that are written out
_NEVER_ASKED = ("only", "areas", "area_if_blank", "symbols")
_ASKED_AT_TIMES = ("value", "numerator", "denominator", "area", "note")  # not where measures or months are columns


@dataclass(frozen=True)
class CarriedLayout:
    """What the version before says that isn't asked, by the report's present columns.

    values: a layout's fields. measures: labels with columns of their own, and labels that aren't asked about.
    asked: the labels whose meaning is asked, as compared. renamed: columns, and what they are called now.
    """

    values: Mapping[str, Any]
    measures: Mapping[str, Meaning]
    asked: frozenset[str]
    year_ends: str | None = None
    renamed: Mapping[str, str] | None = None

    def into(self, answers: Mapping[str, Any]) -> dict[str, Any]:
        """The answers, and what is carried over beside them: what make_layout takes."""
        before = {plain_label(label): meaning for label, meaning in self.measures.items()}
        measures: dict[str, Any] = {}
        for label, measure in answers["measures"].items():
            own = before.get(plain_label(label))
            measures[label] = measure if own is None else _plain(own) | {"measure": measure}
        unasked = {
            label: _plain(meaning) for label, meaning in self.measures.items() if plain_label(label) not in self.asked
        }
        ignored = [label for label in self.values.get("ignored", ()) if plain_label(label) not in self.asked]
        month = {**answers["month"], **({"year_ends": self.year_ends} if self.year_ends else {})}
        return {
            **self.values,
            **answers,
            "measures": measures | unasked,
            "ignored": [*answers["ignored"], *ignored],
            "month": month,
        }

    def in_sentences(self) -> list[str]:
        """What is carried over, a sentence each."""
        values = self.values
        sentences = [
            f"Only rows with {_listed(chosen)} in '{name}' are read." for name, chosen in values.get("only", {}).items()
        ]
        sentences += [f"The {name} stands in '{values[name]}'." for name in _ASKED_AT_TIMES if name in values]
        if "areas" in values:
            sentences.append(f"Only these areas are read: {_listed(values['areas'])}.")
        if "area_if_blank" in values:
            sentences.append(f"Where the area's own column is blank, it stands in {_listed(values['area_if_blank'])}.")
        if self.year_ends:
            sentences.append(f"A year alone ends in {self.year_ends}.")
        for text, symbol in values.get("symbols", {}).items():
            sentences.append((f"'{text}'" if text else "A blank cell") + f" means: {SYMBOL_WORDS[symbol]}.")
        for label, meaning in self.measures.items():
            own = [f"{name} from '{column}'" for name, column in _own(meaning).items()]
            sentences += [f"'{label[:60]}' has columns of its own: {', '.join(own)}."] if own else []
        further = [label for label, meaning in self.measures.items() if not _own(meaning)]
        sentences += [f"Labels further down mean what they meant: {_listed(further)}."] if further else []
        unseen = [label for label in values.get("ignored", ()) if plain_label(label) not in self.asked]
        sentences += [f"Labels that are not among those below are still left out: {_listed(unseen)}."] if unseen else []
        return sentences + [f"'{was}' is taken to be '{now}' now." for was, now in (self.renamed or {}).items()]

    def columns(self) -> dict[str, str]:
        """The columns that it names, and what each is for."""
        used = dict.fromkeys(self.values.get("only", ()), "Rows are chosen by it")
        blank = "The area stands there where its own column is blank"
        used |= dict.fromkeys(self.values.get("area_if_blank", ()), blank)
        used |= {self.values[name]: f"The {name} stands there" for name in _ASKED_AT_TIMES if name in self.values}
        for label, meaning in self.measures.items():
            used |= dict.fromkeys(_own(meaning).values(), f"'{label[:60]}' is read from it")
        return used


def guesses(before: ReportLayout | None, header: Sequence[str]) -> ReportLayout | None:
    """The version before with the columns that are asked about by their present names, to begin the questions with."""
    if before is None:
        return None
    now = _called_now(before, {"header": header, "labels_in": (), "month": {}})
    columns = {name: now.get(column, column) for name in _ASKED_AT_TIMES if (column := getattr(before, name))}
    labels = tuple(now.get(name, name) for name in before.labels_in)
    month = before.month.model_copy(update={"column": now.get(before.month.column or "", before.month.column)})
    return before.model_copy(update={**columns, "labels_in": labels, "month": month})


def label_columns(before: ReportLayout | None, chosen: tuple[str, ...], header: Sequence[str]) -> tuple[str, ...]:
    """The columns of the labels: the first and the last are asked; one between them is kept where it still stands."""
    were = before.labels_in[1:-1] if before and len(chosen) > 1 else ()
    return (*chosen[:-1], *[name for name in were if name in header and name not in chosen], *chosen[-1:])


def carry_over(
    before: ReportLayout | None, answers: Mapping[str, Any], asked: Sequence[str], all_labels: Sequence[str]
) -> CarriedLayout:
    """What a layout's version before says of all that the page doesn't ask about.

    answers: what was said of the report's structure: header, labels_in, month, and the columns that were asked.
    asked: the labels whose meaning is asked. all_labels: those that the report has. A label of a measure that the
    report no longer has is not kept.
    Raises LayoutError where a column is gone that the page doesn't ask about, and none can be taken for it.
    """
    labels = frozenset(plain_label(label) for label in asked)
    if before is None:
        return CarriedLayout({}, {}, labels)
    now = _called_now(before, answers)
    here = {plain_label(label) for label in all_labels}
    same_way = before.side_by_side != bool(answers["labels_in"])
    measures = {
        label: meaning.model_copy(update={name: now.get(column, column) for name, column in _own(meaning).items()})
        for label, meaning in before.measures.items()
        if same_way and (before.side_by_side or plain_label(label) in here)
        if _own(meaning) or plain_label(label) in here - labels
    }
    in_columns = before.month.stands_in == answers["month"]["stands_in"] == "column"
    carried = CarriedLayout(
        _values(before, answers, now), measures, labels, before.month.year_ends if in_columns else None
    )
    _all_stand(carried, answers["header"])
    return replace(carried, renamed={was: column for was, column in now.items() if column in carried.columns()})


def _called_now(before: ReportLayout, answers: Mapping[str, Any]) -> dict[str, str]:
    """What the columns that are gone are called now: as was answered, else as is most likely."""
    header = tuple(answers["header"])
    here = {plain(name): at for at, name in reversed(list(enumerate(header)))}
    missing = tuple(name for name in before.needed() if plain(name) not in here)
    answer_pairs = [(getattr(before, name), answers.get(name)) for name in _ASKED_AT_TIMES]
    answer_pairs += [(before.month.column, answers["month"].get("column"))]
    if len(before.labels_in) == len(answers["labels_in"]):
        answer_pairs += list(zip(before.labels_in, answers["labels_in"], strict=True))
    answered = {was: answer for was, answer in answer_pairs if was in missing and answer}
    known = {plain(name) for name in (*before.header, *before.needed())}
    new = [name for name in header if plain(name) not in known and name not in answered.values()]
    left = FoundHeader(0, header, here, tuple(name for name in missing if name not in answered))
    return renamed(before, left, new) | answered


def _values(before: ReportLayout, answers: Mapping[str, Any], now: Mapping[str, str]) -> dict[str, Any]:
    """The fields that aren't asked, as far as they say anything, with the columns' present names."""
    carried_values: dict[str, Any] = {name: getattr(before, name) for name in _NEVER_ASKED}
    as_before = before.month.stands_in == answers["month"]["stands_in"]
    for name in _ASKED_AT_TIMES:
        column = getattr(before, name)
        if name not in answers and column and (as_before or name in ("area", "note")):
            carried_values[name] = now.get(column, column)
    if not answers.get("area", carried_values.get("area")):  # without a column of areas there is nothing to choose
        carried_values |= {"areas": (), "area_if_blank": ()}
    carried_values["area_if_blank"] = tuple(now.get(name, name) for name in carried_values["area_if_blank"])
    carried_values["only"] = {now.get(name, name): wanted for name, wanted in carried_values["only"].items()}
    carried_values["ignored"] = before.ignored if before.side_by_side != bool(answers["labels_in"]) else ()
    return {name: value for name, value in carried_values.items() if value}


def _all_stand(carried: CarriedLayout, header: Sequence[str]) -> None:
    here = {plain(name) for name in header}
    gone = {name: why for name, why in carried.columns().items() if plain(name) not in here}
    if gone:
        lines = [f"There is no column '{name[:60]}' any more. {why}." for name, why in gone.items()]
        how = (
            "This page doesn't ask about it. Download the layout as YAML under 'Layouts of sources' own reports', "
            "write there what has changed, and bring it in again."
        )
        raise LayoutError("\n".join([*lines, how]))


def _own(meaning: Meaning) -> dict[str, str]:
    """A label's own columns: which of them, and their names."""
    return {name: column for name in FIGURES if (column := meaning.column(name))}


def _plain(meaning: Meaning) -> dict[str, Any]:
    return meaning.model_dump(exclude_none=True)


def _listed(texts: Sequence[str]) -> str:
    named = ", ".join(f"'{text[:60]}'" for text in texts[:MOST_NAMED])
    return f"{named} and {len(texts) - MOST_NAMED} more" if len(texts) > MOST_NAMED else named
