"""What every room speaks: periods, numbers, observations and their words."""
