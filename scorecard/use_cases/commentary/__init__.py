"""Commentary: who writes what of a figure, who approves it, and what is still owed."""
