"""What a use case needs to be allowed, named in one place: on the use case itself."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from scorecard.access.permissions import BY_SERVICE_AREA, Permission
from scorecard.access.person import NotAllowed, Person
from scorecard.store import open_store, which_store
from scorecard.use_cases.open_scorecard import Scorecard, Settings, refused

Given = ParamSpec("Given")
Answer = TypeVar("Answer")


def needs(
    permission: Permission, *, area: Callable[..., str] | None = None
) -> Callable[[Callable[Given, Answer]], Callable[Given, Answer]]:
    """A use case that only those may call who may do this: the person of the Scorecard that is its first argument.

    One that looks after the store itself, which may be too damaged to be opened, takes Settings first, and the person
    by the name `person`.
    area: given the use case's own arguments, the id of the service area it is about; for what is allowed by service
    area, and for that alone. The use case then raises NotAllowed, and the refusal is kept as an act.
    """
    if (area is not None) != (permission in BY_SERVICE_AREA):
        raise TypeError(f"{permission.name} is {'' if area is None else 'not '}allowed by service area")

    def wrap(use_case: Callable[Given, Answer]) -> Callable[Given, Answer]:
        @functools.wraps(use_case)
        def allowed(*args: Given.args, **kwargs: Given.kwargs) -> Answer:
            first = args[0] if args else kwargs.get("scorecard")
            if isinstance(first, Scorecard):
                first.require(permission, None if area is None else area(*args, **kwargs))
            else:
                _require_here(first, kwargs.get("person"), permission)
            return use_case(*args, **kwargs)

        allowed.__dict__["needs"] = permission  # read by the walk over all use cases
        return allowed

    return wrap


def area_of_measure(scorecard: Scorecard, measure_id: str, *_: object, **__: object) -> str:
    """The id of a measure's service area, for use cases that name the measure second; '' where there is none such."""
    areas = scorecard.catalogue.service_areas
    return next((area.id for area in areas if any(measure.id == measure_id for measure in area.measures)), "")


def _require_here(settings: object, person: object, permission: Permission) -> None:
    if not isinstance(settings, Settings) or not isinstance(person, Person):
        raise TypeError("a use case takes the scorecard first, or settings first and a person")
    if person.may(permission):
        return
    if which_store(settings.database_url) is None:  # there is none in which the refusal could be kept
        raise NotAllowed(person, permission)
    with open_store(settings.database_url) as store:
        raise refused(store, person, permission)
