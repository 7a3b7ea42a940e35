"""What is promised about speed, measured: `python -m benchmarks` runs them one after the other."""
