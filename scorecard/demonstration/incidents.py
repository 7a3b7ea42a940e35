"""What happens to an invented measure's figures on their way: outliers, months that never came, slips, late records."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from scorecard.catalogue.models import Measure
from scorecard.demonstration.figures import Figure, chance
from scorecard.demonstration.levels import Span

CORRECTED_AFTER = 3  # months from a slip to its correction
SLIPPED = 0.9  # of the figure that was meant
EARLY = 0.96  # of the figure that stands when all records are in
OUTLIER = {"percent": 0.72, "days": 1.35}
OUTLIER_ELSE = 0.66
SMALL_COUNT = 10  # under which a figure is sometimes withheld
SHORTEST = 12  # months of history in which anything happens
WHY = {
    "[c]": "Invented for demonstration: too few children to be shown",
    "[x]": "Invented for demonstration: the system was not available",
    "[p]": "Invented for demonstration: some records are still to come",
    "[r]": "Invented for demonstration: corrected after a check",
}


class Happenings(NamedTuple):
    """What happens, by the months' places. outlier and its factor; unsent: no row at all; withheld: a symbol instead;
    slip: sent wrong, corrected later; late: each month comes as provisional and is confirmed a month later.
    """

    outlier: int | None = None
    factor: float = 1.0
    unsent: frozenset[int] = frozenset()
    withheld: dict[int, str] = {}  # noqa: RUF012 - a NamedTuple's default, never changed
    slip: int | None = None
    late: bool = False


# Of the measures that are counted month by month: the first that it happens to, and how many on until the next.
_OUTLIERS, _UNSENT, _UNAVAILABLE, _LATE, _SLIPS = (2, 5), (1, 6), (4, 10), (3, 7), (6, 12)


def _happens(nth: int | None, which: tuple[int, int]) -> bool:
    return nth is not None and nth % which[1] == which[0]


def happenings(
    measure: Measure, measure_figures: Sequence[Figure], nth: int | None, span: Span, events: Sequence[int]
) -> Happenings:
    """What happens to a measure's figures. nth: its place among those counted month by month, None for the others."""
    if span.months < SHORTEST or nth is None:
        return Happenings()
    random = chance(measure.id + " happens")
    untouched = {span.months - 1, span.inspected}
    places = [at for at in range(3, span.months - 4) if at not in untouched]
    first, second, third = (places[int(at)] for at in random.choice(len(places), 3, replace=False))
    withheld: dict[int, str] = {}
    if _few_counted(measure_figures):
        withheld |= {first: "[c]", second: "[c]"}
    if _happens(nth, _UNAVAILABLE):
        withheld[third] = "[x]"
    after_event = [event + 1 for event in events if event + 1 in places]
    at = after_event[0] if after_event and (nth // _OUTLIERS[1]) % 2 == 0 else third
    return Happenings(
        outlier=at if _happens(nth, _OUTLIERS) else None,
        factor=OUTLIER.get(measure.unit, OUTLIER_ELSE),
        unsent=frozenset({first}) if _happens(nth, _UNSENT) else frozenset(),
        withheld=withheld,
        slip=span.months - 6 if _happens(nth, _SLIPS) else None,
        late=_happens(nth, _LATE),
    )


def _few_counted(measure_figures: Sequence[Figure]) -> bool:
    """Whether so few are counted that a figure may be withheld: usually under ten, and not always none."""
    counts = sorted(figure.denominator or figure.value for figure in measure_figures)
    parts = [figure.numerator for figure in measure_figures if figure.numerator is not None]
    return 0 < counts[len(counts) // 2] < SMALL_COUNT and (not parts or max(parts) > 0)
