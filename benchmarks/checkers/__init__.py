"""One checker a file: each reads the same extract by its own means, and prints its time and the rows it names."""
