"""A file's columns as texts, and the letters that name them."""
