"""What can go wrong in a use case, for pages and terminal: the rooms' own errors under one roof."""

from scorecard.access.person import NotAllowed
from scorecard.access.read_access import AccessError
from scorecard.catalogue.read_measures import CatalogueError
from scorecard.store import RefusedError, StoreChanged, StoreError
from scorecard.use_cases.catalogue_changes import CatalogueChanged
from scorecard.use_cases.open_scorecard import UnusableScorecard

__all__ = [
    "CANT_OPEN",
    "AccessError",
    "CatalogueChanged",
    "CatalogueError",
    "NotAllowed",
    "RefusedError",
    "StoreChanged",
    "StoreError",
    "UnusableScorecard",
]

CANT_OPEN = (CatalogueError, CatalogueChanged, StoreError, UnusableScorecard)  # whoever asks
