"""Which row is the header, which column holds what, and which period a text names."""
