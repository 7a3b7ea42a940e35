"""What it means: pure functions on frames."""
