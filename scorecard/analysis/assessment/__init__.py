"""How every measure stands in a reporting month."""
