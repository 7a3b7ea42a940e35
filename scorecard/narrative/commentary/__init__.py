"""What people write beside the figures: cleaned, shown, and held against what the figures say."""
