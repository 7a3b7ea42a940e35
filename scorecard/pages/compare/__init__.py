"""How we compare: one row a mapped measure, and one measure in full."""
