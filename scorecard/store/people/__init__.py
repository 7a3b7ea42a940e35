"""What people do beside the figures: their words, what boards asked, and what signs programs in."""
