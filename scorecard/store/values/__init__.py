"""How values stand in the store: types of columns, moments, many rows at once."""
