"""What the board gets: a frozen snapshot, and the documents drawn from it."""
