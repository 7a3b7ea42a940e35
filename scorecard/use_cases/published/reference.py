"""What published figures are read by: mapping, authorities, neighbours' lists, and the figures that ship."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path

import pandas as pd

from scorecard.access.permissions import Permission
from scorecard.catalogue.errors import CatalogueFault
from scorecard.catalogue.models import Catalogue
from scorecard.core.observations import OBSERVATION_KEY
from scorecard.published.authorities import Authorities, read_authorities
from scorecard.published.mapping import Mapping
from scorecard.published.neighbours import Neighbours, read_neighbours
from scorecard.published.own_format import from_own_format
from scorecard.published.read_mapping import MappingError, read_mapping
from scorecard.store import newest_edition
from scorecard.use_cases.needs import needs
from scorecard.use_cases.open_scorecard import Scorecard, Settings, UnusableScorecard

__all__ = ["MappingError", "Reference", "load_reference"]


@dataclass(frozen=True, eq=False)  # one is the same as itself alone: what is kept of it is kept by it
class Reference:
    """How published files are read for a catalogue, and what of them is known without loading any."""

    catalogue: Catalogue
    mapping: Mapping
    authorities: Authorities
    authorities_content: bytes
    neighbours: Neighbours
    mapping_name: str
    shipped: pd.DataFrame
    _sorted: dict[tuple[str, ...], pd.DataFrame] = field(default_factory=dict, init=False, repr=False)

    @cached_property
    def shipped_of(self) -> dict[str, pd.DataFrame]:
        """The figures that ship, by the published figure's id."""
        return {str(figure): rows for figure, rows in self.shipped.groupby("measure_id", sort=False)}

    def shipped_figures(self, figure_ids: list[str]) -> pd.DataFrame:
        """The figures that ship of some published figures, in store.PUBLISHED_COLUMNS."""
        parts = [self.shipped_of[figure_id] for figure_id in figure_ids if figure_id in self.shipped_of]
        return pd.concat(parts, ignore_index=True) if parts else self.shipped.iloc[:0]

    def shipped_sorted(self, figure_ids: tuple[str, ...]) -> pd.DataFrame:
        """`shipped_figures` sorted by cell: what is known of them where no edition was imported. Made once."""
        if figure_ids not in self._sorted:
            self._sorted[figure_ids] = newest_edition(self.shipped_figures([*figure_ids]))
        return self._sorted[figure_ids]

    def own_number(self, catalogue: Catalogue) -> str:
        """The number of the catalogue's authority. Raises UnusableScorecard where the table doesn't have its code."""
        return self.number_of(catalogue.authority.code, catalogue.authority.name)

    def number_of(self, code: str, name: str) -> str:
        """The number of an area by its code. Raises UnusableScorecard where the table of authorities hasn't got it."""
        number = self.authorities.number_of(code)
        if number is None:
            raise UnusableScorecard(f"config/authorities.csv has no area {code} ({name}): add it there.")
        return number


@needs(Permission.READ)
def load_reference(scorecard: Scorecard) -> Reference:
    """What published figures are read by, for a scorecard's catalogue; read again only where a file has changed.

    Raises MappingError with every fault of the mapping or the neighbours' rule, UnusableScorecard.
    """
    files = _files(scorecard.settings)
    reference = _kept(files, _state(files), scorecard.catalogue_sha256, _Held(scorecard.catalogue))
    if isinstance(reference, str):
        raise UnusableScorecard(reference)
    if isinstance(reference, tuple):
        raise MappingError(reference)
    return reference


class _Held:
    """A catalogue on its way through a cache, where its sha256 stands for it."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held)

    def __hash__(self) -> int:
        return 0


def _files(settings: Settings) -> tuple[Path, Path, Path, Path]:
    folder = settings.published.parent
    neighbours = folder / "neighbours" / "neighbours.yaml"
    return settings.published, folder / "authorities.csv", neighbours, settings.shipped_figures


State = tuple[tuple[str, int, int], ...]


def _state(files: tuple[Path, ...]) -> State:
    """What tells whether a file has changed; the neighbours' lists too."""
    states = []
    for path in (*files, *sorted(files[2].parent.glob("*.csv"))):
        try:
            about = path.stat()
            states.append((str(path), about.st_mtime_ns, about.st_size))
        except OSError:
            states.append((str(path), 0, 0))
    return tuple(states)


@lru_cache(maxsize=8)
def _kept(
    files: tuple[Path, ...], _state: State, _catalogue: str, holder: _Held
) -> Reference | tuple[CatalogueFault, ...] | str:
    """What the files give, or why they can't be used: that too holds until one of them changes."""
    try:
        return _read(files, holder.catalogue)
    except MappingError as error:
        return error.faults
    except UnusableScorecard as error:
        return str(error)


def _read(files: tuple[Path, ...], catalogue: Catalogue) -> Reference:
    mapping_file, authorities_file, neighbours_file, shipped_file = files
    content = _bytes(authorities_file)
    try:
        authorities = read_authorities(content)
    except ValueError as error:
        raise UnusableScorecard(str(error)) from None
    return Reference(
        catalogue=catalogue,
        mapping=read_mapping(_bytes(mapping_file), catalogue, mapping_file.name),
        authorities=authorities,
        authorities_content=content,
        neighbours=read_neighbours(
            _bytes(neighbours_file),
            lambda name: (neighbours_file.parent / Path(name).name).read_bytes(),
            authorities,
            neighbours_file.name,
        ),
        mapping_name=mapping_file.name,
        shipped=_shipped(shipped_file),
    )


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UnusableScorecard(f"{path} can't be read: {error.strerror or error}. Put the file back.") from None


def _shipped(path: Path) -> pd.DataFrame:
    """The figures that ship, as the store would hold them; none where the file isn't there."""
    read = from_own_format(path.read_bytes()) if path.exists() else from_own_format(_NO_FIGURES)
    return read.assign(
        symbol=read["symbol"].mask(read["symbol"] == ""),
        extract_id=pd.array([pd.NA] * len(read), dtype="Int64"),
        recorded_from=pd.to_datetime(pd.Series([pd.NaT] * len(read)), utc=True),
    )[[*OBSERVATION_KEY, "value", "symbol", "edition", "extract_id", "recorded_from"]]


_NO_FIGURES = b"figure,area,period,months,value,symbol,publication,edition,licence\n"
