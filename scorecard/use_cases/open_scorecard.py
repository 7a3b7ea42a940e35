"""Opens a scorecard: which catalogue, which store, whose name, what time. The only room with a clock."""

from __future__ import annotations

import getpass
import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path

from pydantic import Field, JsonValue

from scorecard.access.access_list import Access
from scorecard.access.claims import person_on_this_machine
from scorecard.access.permissions import Permission
from scorecard.access.person import NotAllowed, Person
from scorecard.access.read_access import AccessError, read_access
from scorecard.catalogue.models import Catalogue, Frozen
from scorecard.catalogue.read_measures import CatalogueError, read_catalogue
from scorecard.extract.limits import MOST_BYTES
from scorecard.store import Store, StoreReadOnly, open_store
from scorecard.use_cases.access_changes import FoundList, note_access
from scorecard.use_cases.catalogue_changes import accept_changes
from scorecard.use_cases.note_act import note_act

PROJECT = Path(__file__).resolve().parents[2]
LARGEST_UPLOAD = MOST_BYTES
DATABASE_VARIABLE = "SCORECARD_DATABASE_URL"
CATALOGUE_VARIABLE = "SCORECARD_CATALOGUE"
DEMONSTRATION_VARIABLE = "SCORECARD_DEMONSTRATION"
BOARDS_VARIABLE = "SCORECARD_BOARDS"
PUBLISHED_VARIABLE = "SCORECARD_PUBLISHED"
DECK_TEMPLATE_VARIABLE = "SCORECARD_DECK_TEMPLATE"
OPEN_TO_ANYONE_VARIABLE = "SCORECARD_OPEN_TO_ANYONE_AS"
ACCESS_VARIABLE = "SCORECARD_ACCESS"
SIGN_IN_VARIABLE = "SCORECARD_SIGN_IN"
DEMONSTRATION = "demonstration"
REFUSED = "was refused"  # what the act of a refusal is called
ALL_INVENTED = "Demonstration data: every figure is invented"


class UnusableScorecard(ValueError):
    """The scorecard can't be opened as asked. Its message says why and what to do."""


class Settings(Frozen):
    """Where a scorecard's catalogue and store are, and whether its figures are invented ones."""

    catalogue: Path
    boards: Path
    database_url: str = Field(repr=False)  # it may hold a password
    demonstration: bool = False
    deck_template: Path | None = None
    published: Path = PROJECT / "config" / "published.yaml"
    access: Path | None = None  # who may do what; None: nobody is told apart
    shipped_figures: Path = PROJECT / "data" / "published" / "figures.csv"


def settings_from(environment: Mapping[str, str]) -> Settings:
    """The settings that environment variables ask for; without them the project's own catalogue and store."""
    demonstration = environment.get(DEMONSTRATION_VARIABLE, "") not in ("", "0")
    database = PROJECT / "data" / ("demonstration/demonstration.db" if demonstration else "scorecard.db")
    return Settings(
        catalogue=Path(environment.get(CATALOGUE_VARIABLE) or PROJECT / "config" / "measures.yaml"),
        boards=Path(environment.get(BOARDS_VARIABLE) or PROJECT / "config" / "boards.yaml"),
        database_url=environment.get(DATABASE_VARIABLE) or f"sqlite:///{database}",
        demonstration=demonstration,
        published=Path(environment.get(PUBLISHED_VARIABLE) or PROJECT / "config" / "published.yaml"),
        access=_access_file(environment),
        deck_template=Path(template) if (template := environment.get(DECK_TEMPLATE_VARIABLE)) else None,
    )


def _access_file(environment: Mapping[str, str]) -> Path | None:
    """The list of who may do what: the one that is named, else the project's own where there is one."""
    named, own = environment.get(ACCESS_VARIABLE), PROJECT / "config" / "access.yaml"
    return Path(named) if named else own if own.exists() else None


def names_open_to_anyone(environment: Mapping[str, str]) -> tuple[str, ...]:
    """The names by which anyone on the network may open the pages, in lower case; none: this machine alone."""
    asked = environment.get(OPEN_TO_ANYONE_VARIABLE, "").lower()
    return tuple(name for name in asked.replace(",", " ").split() if name)


def is_demonstration() -> bool:
    """Whether this process was started on invented figures."""
    return settings_from(os.environ).demonstration


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """The date here, by which a month is over or not."""
    return datetime.now().astimezone().date()


def who_is_here() -> str:
    """The operating system's user."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return f"user {os.getuid()}" if hasattr(os, "getuid") else "unknown user"


def access_of(settings: Settings) -> Access | None:
    """Who may do what, as the list says it now; None where there is no list. Raises AccessError, UnusableScorecard."""
    read = found_access(settings).read
    if isinstance(read, ValueError):
        raise read
    return read


def found_access(settings: Settings) -> FoundList:
    """The list of who may do what as it is found now, held to the catalogue's service areas."""
    file = settings.access
    if file is None:
        return FoundList("access.yaml", None, None)
    try:
        content = file.read_bytes()
    except OSError as error:
        refusal = (
            f"Nobody is let in: the list of who may do what, {file}, can't be read: "
            f"{error.strerror or error}. Put the file back, or check who may read it."
        )
        return FoundList(file.name, None, UnusableScorecard(refusal))
    areas = _service_areas(settings) if b"service_areas" in content else None
    try:
        return FoundList(file.name, content, _read_access(content, file.name, areas))
    except AccessError as error:
        return FoundList(file.name, content, error)


_read_access = lru_cache(maxsize=4)(read_access)  # by its content: a list that was changed is read again
_read_catalogue = lru_cache(maxsize=4)(read_catalogue)


def _service_areas(settings: Settings) -> frozenset[str] | None:
    """The ids of the catalogue's service areas; None where it can't be read, which is said to whoever opens it."""
    try:
        seen = settings.catalogue.stat()
        return _areas_of(settings, seen.st_mtime_ns, seen.st_size)
    except (CatalogueError, UnusableScorecard, OSError):
        return None


@lru_cache(maxsize=4)
def _areas_of(settings: Settings, _changed: int, _size: int) -> frozenset[str]:
    catalogue, _ = load_catalogue(settings)
    return frozenset(area.id for area in catalogue.service_areas)


def person_here(settings: Settings, by: str | None = None) -> Person:
    """Who acts on this machine: its user, with every role unless there is a list, which then says which.

    by: as whom they say that they act. Raises AccessError, UnusableScorecard.
    """
    return person_on_this_machine(who_is_here(), access_of(settings), by)


@dataclass(frozen=True)
class Scorecard:
    """An open scorecard, in the hands of a person. Close it, or use it as a context manager."""

    settings: Settings
    catalogue: Catalogue
    catalogue_content: bytes
    store: Store
    person: Person

    @property
    def who(self) -> str:
        """How acts name the person."""
        return self.person.name

    def of(self, person: Person) -> Scorecard:
        """The same scorecard in another person's hands."""
        return self if person == self.person else replace(self, person=person)

    def require(self, permission: Permission, area: str | None = None) -> None:
        """Raises NotAllowed where the person may not do something (in a service area), and keeps that as an act."""
        if not self.person.may(permission, area):
            raise refused(self.store, self.person, permission, area)

    @property
    def catalogue_sha256(self) -> str:
        """The hash that names this edition of the catalogue."""
        return hashlib.sha256(self.catalogue_content).hexdigest()

    @property
    def demonstration(self) -> bool:
        """Whether the figures are invented ones, to be labelled so everywhere."""
        return self.settings.demonstration

    @property
    def store_warnings(self) -> list[str]:
        """What the store's owner should know of where it is kept; usually nothing."""
        return self.store.warnings()

    @property
    def origin(self) -> str:
        """The origin of what is loaded into this store."""
        return DEMONSTRATION if self.demonstration else "extract"

    def __enter__(self) -> Scorecard:
        return self

    def __exit__(self, *_: object) -> None:
        self.store.close()

    def close(self) -> None:
        """Let go of the store."""
        self.store.close()


def refused(store: Store, person: Person, permission: Permission, area: str | None = None) -> NotAllowed:
    """That a person may not do something (in a service area), to be raised; it is kept as an act."""
    detail: dict[str, JsonValue] = {} if area is None else {"service_area": area}
    note_act(store, person.name, now(), REFUSED, permission.name.lower(), detail)
    return NotAllowed(person, permission)


def load_catalogue(settings: Settings) -> tuple[Catalogue, bytes]:
    """The catalogue and the bytes it was read from. Raises CatalogueError, UnusableScorecard."""
    try:
        content = settings.catalogue.read_bytes()
    except OSError as error:
        raise UnusableScorecard(
            f"The catalogue {settings.catalogue} can't be read: {error.strerror or error}. "
            "Put the file back, or check who may read it."
        ) from None
    return _read_catalogue(content, settings.catalogue.name), content


def open_scorecard(settings: Settings, person: Person, when: datetime, *, accepting: str | None = None) -> Scorecard:
    """Opens catalogue and store, and puts the catalogue in force in the store where it is a new one.

    person: who acts; each use case looks at what they may do.
    accepting: the reason for which what the catalogue changes in the meaning of stored figures is right.
    Raises CatalogueError (every fault of the catalogue), StoreError, UnusableScorecard (a file that can't be read, or
    invented and real figures that would meet in one store), CatalogueChanged (what waits for a yes), NotAllowed (who
    says that yes and may not).
    """
    catalogue, content = load_catalogue(settings)
    store = open_store(settings.database_url)
    scorecard = Scorecard(settings, catalogue, content, store, person)
    try:
        _keep_real_and_invented_apart(scorecard)
        if accepting is not None:
            scorecard.require(Permission.CHANGE_CATALOGUE)
        accepted = accept_changes(store, catalogue, content, accepting)
        if not store.read_only:
            store.keep_catalogue(content, when, person.name, accepted)
        note_access(store, found_access(settings), when)
    except StoreReadOnly:
        pass  # A store that may only be read still answers; its acts say which catalogue it was filled under.
    except BaseException:
        store.close()
        raise
    return scorecard


def _keep_real_and_invented_apart(scorecard: Scorecard) -> None:
    """Refuses a store whose figures are invented where real ones are asked for, and the other way round."""
    origin = scorecard.store.origin()
    if scorecard.demonstration and origin not in (None, DEMONSTRATION):
        raise UnusableScorecard(
            "This store holds real figures, so invented ones can't be shown with it. "
            f"Leave {DATABASE_VARIABLE} unset for the demonstration, or name a store of its own."
        )
    if not scorecard.demonstration and origin == DEMONSTRATION:
        raise UnusableScorecard(
            "This store holds invented figures, made for demonstration. Start it with 'make demo', "
            f"or name the store with the real figures in {DATABASE_VARIABLE}."
        )
