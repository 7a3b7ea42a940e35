"""A sent file as a table of texts, whatever program wrote it."""
