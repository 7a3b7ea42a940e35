"""Who wants what: each use case opens the rooms it needs."""
