"""What can go wrong in a use case, for pages and terminal: the rooms' own errors under one roof."""

from scorecard.catalogue.read_measures import CatalogueError
from scorecard.store import RefusedError, StoreChanged, StoreError
from scorecard.use_cases.catalogue_changes import CatalogueChanged
from scorecard.use_cases.open_scorecard import UnusableScorecard

__all__ = ["CatalogueChanged", "CatalogueError", "RefusedError", "StoreChanged", "StoreError", "UnusableScorecard"]
