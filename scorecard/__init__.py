"""The scorecard for measures that matter."""
