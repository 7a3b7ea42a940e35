"""The document as slides."""
