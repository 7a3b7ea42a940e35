"""How each measure stands in a reporting month."""
