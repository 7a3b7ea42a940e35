"""Everything about one measure."""
