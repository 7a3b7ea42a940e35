"""What tells of single persons, which is never kept: numbers, names, addresses, and columns of them."""
