"""What the figures say, in plain English, worded once."""
