"""What may be wrong with figures that could be read."""
