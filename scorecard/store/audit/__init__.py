"""The trail of acts: each sealed with the one before, searched, and proved."""
