"""A source's own report, read by a layout shown once."""
