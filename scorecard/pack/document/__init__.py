"""A snapshot as headings, words, tables and figures, in a pack's order."""
