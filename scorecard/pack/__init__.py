"""What the board gets: a frozen snapshot, and PDF, page and workbook drawn from it alone."""
