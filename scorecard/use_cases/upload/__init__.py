"""From a sent file to stored figures."""
