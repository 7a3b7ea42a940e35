"""The databases that can hold a store: one contract, and what is peculiar to each behind it."""
