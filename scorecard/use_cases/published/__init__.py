"""What others published: import a file, know what stands, see how we compare."""
