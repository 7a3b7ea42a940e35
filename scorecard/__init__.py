"""The scorecard for measures that matter."""

__version__ = "0.1.0"
