"""Which figures are there, which were revised, which are in doubt."""
