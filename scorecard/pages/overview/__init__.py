"""All service areas at a glance."""
