"""How we compare with others: neighbours, standing among all, the gap and its way, and who lies outside chance."""
