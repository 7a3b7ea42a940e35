"""What is promised of chance: signals, exceptions, intervals and chances, counted on series whose truth is known."""
