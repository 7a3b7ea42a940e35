"""All that a pack shows, frozen."""
