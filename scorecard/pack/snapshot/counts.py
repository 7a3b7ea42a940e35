"""How many measures stand where: counted once, from what was frozen, for every page, slide and sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scorecard.pack.snapshot.measure import SnapshotMeasure

JUDGED = ("met", "close", "missed")


@dataclass(frozen=True)
class Counts:
    """How many measures stand where; a number and a rate of the same thing count once.

    met, close, missed: by the latest figure of each measure, of whatever month; older: how many of each of the three
    stand on a figure of an earlier month. not_applicable: what came last says that there was nothing to count, so that
    an older figure judges nothing. exceptions: measures. owed: figures that are due and missing, of owing measures.
    """

    measures: int
    met: int
    close: int
    missed: int
    no_target: int
    no_data: int
    no_status: int
    not_applicable: int
    older: dict[str, int]
    exceptions: int
    owed: int
    owing: int

    @property
    def not_judged(self) -> int:
        """Those that are neither met nor close nor missed, for whatever reason."""
        return self.no_target + self.no_data + self.no_status + self.not_applicable

    @property
    def judged(self) -> int:
        """Those that a figure of the reporting month itself judges."""
        return sum(self.current.values())

    @property
    def judged_by_older(self) -> int:
        """Those that a figure of an earlier month judges."""
        return sum(self.older.values())

    @property
    def current(self) -> dict[str, int]:
        """How many are met, close and missed by a figure of the reporting month itself."""
        return {name: getattr(self, name) - self.older[name] for name in JUDGED}


def counts_of(measures: Sequence[SnapshotMeasure]) -> Counts:
    """How measures stand. Exceptions and owed figures count each measure, as they are listed."""
    counted = [measure for measure in measures if measure.judgement.counted]
    stands = [measure.stands for measure in counted]
    older = [measure.stands for measure in counted if measure.judgement.months_old]
    owed_by_measure = [measure.figures_owed for measure in measures]
    return Counts(
        measures=len(counted),
        met=stands.count("met"),
        close=stands.count("close"),
        missed=stands.count("missed"),
        no_target=stands.count("no_target"),
        no_data=stands.count("no_data"),
        no_status=stands.count("no_status"),
        not_applicable=stands.count("not_applicable"),
        older={name: older.count(name) for name in JUDGED},
        exceptions=sum(measure.judgement.exception for measure in measures),
        owed=sum(owed_by_measure),
        owing=sum(number > 0 for number in owed_by_measure),
    )
