"""A table's texts as periods, numbers and ids."""
