"""The store and the server with many at once: programs, people, readers, writers, hostile files."""
