"""When a measure's figure is due: the catalogue's rule, under the name by which this room knows it."""

from scorecard.catalogue.due import are_due, falls_in, is_due

__all__ = ["are_due", "falls_in", "is_due"]
