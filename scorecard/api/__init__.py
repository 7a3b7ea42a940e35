"""What other programs may ask of the server: whether it is up, and, read-only, what the scorecard knows."""
