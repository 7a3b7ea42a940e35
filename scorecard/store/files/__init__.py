"""A store that is a file: which one is in use, its log, its seal, and where it lies."""
